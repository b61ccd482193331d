"""Periods in any usual form, read as months, quarters or years; what could be two things is never guessed."""

import calendar
import re
from typing import Literal

import pandas as pd

from trade_lib.errors import TradeDataError

MonthOrder = Literal["dmy", "mdy"] | None
_NAMES = {name.casefold()[:3]: n for n, name in enumerate(calendar.month_name) if name}
_YEAR, _MONTH, _DAY = r"(?P<y>(?:1[789]|2[01])\d\d)", r"(?P<m>0?[1-9]|1[0-2])", r"(?P<d>0?[1-9]|[12]\d|3[01])"
_WORD = r"(?P<w>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = [re.compile(form, re.I) for form in (
    rf"{_YEAR}(?:[-/. ]?M?|年){_MONTH}月?", rf"{_YEAR}[-/. ]?{_WORD}", rf"{_WORD}[-/ ,.]*{_YEAR}",
    rf"{_WORD}[-/ ’'](?P<yy>\d\d)", rf"{_MONTH}[-/.]{_YEAR}", rf"{_YEAR}[-/. ]?Q(?P<q>[1-4])",
    rf"Q(?P<q>[1-4])[-/. ]?{_YEAR}", rf"{_YEAR}(?:-A1|年)?",
    rf"{_YEAR}(?P<s>[-/.年]?){_MONTH}(?:(?P=s)|月){_DAY}日?(?:[T ].*)?",
    rf"{_YEAR}(?:0[1-9]|1[0-2]){_DAY}", rf"{_DAY}[- ]?{_WORD}[- ]?{_YEAR}")]
_EITHER = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:1[789]|2[01])\d\d)(?: .*)?")
PARTIAL = re.compile(r"through|to date|ytd|total|jan.*feb|1-\d+月|average", re.I)


def _parsed(text: str) -> tuple[int, int, str, int | None] | None:
    """Year, first month, ``M``, ``Q`` or ``Y``, and the day where one is given."""
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            given = match.groupdict()
            year = int(given.get("y") or 2000 + int(given["yy"]) - (100 if int(given["yy"]) > 50 else 0))
            if given.get("q"):
                return year, 3 * int(given["q"]) - 2, "Q", None
            month = int(given.get("m") or _NAMES.get((given.get("w") or "").casefold()[:3], 0))
            if not month and given.get("d"):  # eight digits: the month stands between year and day
                month = int(text[4:6])
            day = int(given["d"]) if given.get("d") else None
            return year, month or 1, "M" if month else "Y", day
    return None


def period_text(text) -> str | None:
    """``2026-04``, ``2026-Q2`` or ``2026`` of a period in any usual form; None for a day and for anything else.

    Examples
    --------
    >>> period_text("2026-M04"), period_text(202604), period_text("2026-A1"), period_text("2026-Q2")
    ('2026-04', '2026-04', '2026', '2026-Q2')
    """
    year, month, size, day = _parsed(str(text).strip()) or (0, 0, "", 0)
    if day is not None:
        return None
    return {"M": f"{year}-{month:02d}", "Q": f"{year}-Q{(month + 2) // 3}", "Y": str(year)}[size]


def share_of_periods(texts) -> float:
    """The share of texts that are a period, in whatever form.

    Examples
    --------
    >>> share_of_periods(["2016M01", "Jan-2016", "201601", "2016年03月", "Germany"])
    0.8
    """
    texts = pd.Series(list(texts), dtype=str).str.strip()
    return float(texts.map(lambda text: bool(_parsed(text) or _EITHER.fullmatch(text) or PARTIAL.search(text)
                                             and re.search(r"\d{4}", text))).mean()) if len(texts) else 0.0


def read_periods(texts: pd.Series, order: MonthOrder, file: str) -> tuple[pd.Series, int, list[str]]:
    """Periods of a column, how many make a year (12, 4 or 1), and in words what was left out.

    Dates are taken as the month they begin or end, and as quarters or years where all lie three or twelve months
    apart. ``2001.1`` beside ``2001.01`` is October, whose zero a spreadsheet has dropped.
    """
    texts = texts.astype(str).str.strip()
    distinct = list(dict.fromkeys(texts))
    if any(re.fullmatch(r"\d{4}\.0\d", text) for text in distinct):
        october = {text: f"{text}0" for text in distinct if re.fullmatch(r"\d{4}\.1", text)}
    else:
        october = {}
    days = [text for text in distinct if not _parsed(text) and _EITHER.fullmatch(text)]
    order = order or (_order(days, file) if days else None)
    read: dict[str, tuple | None] = {}
    for text in distinct:
        match = _EITHER.fullmatch(text)
        if match and text in days:
            first, second, year = (int(part) for part in match.groups())
            read[text] = (year, second if order == "dmy" else first, "M", first if order == "dmy" else second)
        else:
            read[text] = _parsed(october.get(text, text))
    odd = [text for text in distinct if read[text] is None or not 1 <= read[text][1] <= 12]
    lost = [text for text in odd if text and not PARTIAL.search(text)]
    if lost:
        raise TradeDataError("not a period", file=file, column=str(texts.name), value=lost[0],
                             expected="2021-11, 2021M11, Nov-2021, 2021Q4 or 2021")
    good = {text: parsed for text, parsed in read.items() if text not in odd}
    sizes = {parsed[2] for parsed in good.values()}
    if len(sizes) != 1:
        raise TradeDataError("periods of several lengths", file=file, column=str(texts.name),
                             value=", ".join(list(good)[:3]), expected="all months, all quarters or all years")
    for text, (year, month, _, day) in good.items():
        if day not in (None, 1, calendar.monthrange(year, month)[1]):
            raise TradeDataError("days, not months", file=file, column=str(texts.name), value=text,
                                 expected="one figure a month, dated its first or last day")
    months = pd.PeriodIndex([f"{year}-{month:02d}" for year, month, _, _ in good.values()], freq="M")
    season = {"M": _season(months), "Q": 4, "Y": 1}[sizes.pop()]
    periods = months.asfreq({12: "M", 4: "Q", 1: "Y"}[season])
    words = [f"left out, no whole period: {', '.join(odd)}"] if [text for text in odd if text] else []
    return texts.map(dict(zip(good, periods, strict=True))), season, words


def _season(months: pd.PeriodIndex) -> int:
    """12, 4 or 1 by how far the months lie apart."""
    apart = pd.Series(sorted({month.ordinal for month in months})).diff().dropna()
    if len(apart) and (apart % 12 == 0).all():
        return 1
    return 4 if len(apart) and (apart % 3 == 0).all() else 12


def _order(days: list[str], file: str) -> MonthOrder:
    """Whether day or month comes first: told by which of the two is always 1 or a month's last day."""
    parts = [tuple(int(part) for part in _EITHER.fullmatch(text).groups()) for text in days]

    def possible(day: int, month: int) -> bool:
        return all(1 <= part[month] <= 12 and part[day] in (1, calendar.monthrange(part[2], part[month])[1])
                   for part in parts)

    fits = [order for order, day, month in (("dmy", 0, 1), ("mdy", 1, 0)) if possible(day, month)]
    if len(fits) == 2 and len(parts) > 1:
        raise TradeDataError("day and month could be exchanged", file=file, value=days[0],
                             expected="--month dmy or --month mdy")
    if not fits:
        raise TradeDataError("days, not months", file=file, value=days[0],
                             expected="one figure a month, dated its first or last day")
    return fits[0]
