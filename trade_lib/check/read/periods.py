"""Periods in words: which months "the first 11 months of this year" or "in November" are, seen from a day."""

import re

from trade_lib.check.periods import months, shift
from trade_lib.check.read.forms import COUNTS, ORDINALS, PERIODS

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FISCAL = {"IND": 4, "PAK": 7, "AUS": 7, "JPN": 4, "NZL": 7, "BGD": 7}  # the month in which a fiscal year begins
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "latter": 2}


def count(word):
    """A number word, figure or ordinal as a number: "eleven", "11", "11th", "tenth"."""
    figure = re.match(r"\d+", word)
    return int(figure.group()) if figure else (COUNTS if word.lower() in COUNTS else ORDINALS).index(word.lower())


def month(name):
    """Number of a month's name."""
    return MONTHS.index(name[:3].lower()) + 1


def months_of(text, date, reporter=None, known=(), ahead=False):
    """First and last month of a period in words ("2021-01", "2021-11"), and what of it was not said.

    A month or quarter without a year is the latest that was over on the day; with ``ahead`` (of forecasts) it is the
    one of that year. "The period", "the quarter" and such are the last of ``known`` (periods named before, latest
    last) of that length; "so far this year" runs to the latest month named of that year. None where it cannot be told.
    """
    text = text.rstrip(".")
    form, part = next((form, match.groupdict()) for form, regex in PERIODS.items() if (match := regex.fullmatch(text)))
    said = part.get("y")
    if form in ("words", "years", "fiscal year"):
        if ahead and re.search("(?:this|whole|full|entire) year", text):
            return (f"{date.year}-01", f"{date.year}-12"), ""
        return _from_words(text.lower(), date, reporter, known), "" if re.search(r"\d|last", text) else "period"
    first, last = _months(form, part, text)
    if said in (None, "the year", "the same year"):
        over = last < date.month or last == date.month and date.day >= 28
        year = date.year if over or ahead else date.year - 1
    else:
        year = {"this year": date.year, "last year": date.year - 1}.get(said) or int(said)
    period = (f"{year}-{first:02d}", f"{year}-{last:02d}") if 1 <= first <= last <= 12 else None
    return period, "" if re.search(r"\d|year$", said or "") else "year"


def _months(form, part, text):
    """Numbers of the first and last month."""
    if form == "month to month":
        return month(part["a"]), month(part["b"])
    if form == "months to":
        return month(part["b"]) - count(part["n"]) + 1, month(part["b"])
    if form in ("first months", "months"):
        return 1, count(part["n"])
    if form == "month":
        return month(part["a"]), month(part["a"])
    if form in ("quarter", "half"):
        long = 3 if form == "quarter" else 6
        words = {**NTH, "last": 12 // long}
        nth = words[part["q"].lower()] if part["q"] else int(re.search(r"(?<!\d)[1-4](?!\d)", text).group())
        return long * (nth - 1) + 1, long * nth
    return 1, {"three quarters": 9, "year": 12}[form]


def _from_words(words, date, reporter, known):
    """The months of a fiscal year, of "last month", or of what words such as "the period" refer to."""
    if digits := re.findall(r"\d+", words):
        begins = FISCAL.get(reporter)
        year = int(digits[0]) if len(digits[0]) == 4 else 1999 + int(digits[0])  # FY22 ends in 2022
        if begins is None or len(digits) > 1 and int(digits[1]) % 100 != (year + 1) % 100:
            return None
        return f"{year}-{begins:02d}", f"{year + 1}-{begins - 1:02d}"
    if "last month" in words:
        return shift(*(date.isoformat()[:7],) * 2, -1)
    if "last year" in words:
        return f"{date.year - 1}-01", f"{date.year - 1}-12"
    if re.search("so far|to.date", words):
        ends = [end for _, end in known if end[:4] == str(date.year)]
        return (f"{date.year}-01", max(ends)) if ends else None
    if "this" in words:
        return None
    long = {"year": 12, "quarter": 3, "half": 6, "month": 1}.get(words.split()[-1])
    fits = [period for period in known if long in (None, months(*period))]
    if not fits and long == 3:
        last = (date.month - 1) // 3 * 3
        return (f"{date.year}-{last - 2:02d}", f"{date.year}-{last:02d}") if last else \
            (f"{date.year - 1}-10", f"{date.year - 1}-12")
    return fits[-1] if fits else None


def written(period):
    """A period in the form of a claims file: "2021", "2021-11" or "2021-01..2021-11"."""
    start, end = period
    if start[5:] == "01" and end == f"{start[:4]}-12":
        return start[:4]
    return start if start == end else f"{start}..{end}"


def published(date):
    """The period of news that names none: last year in January and February, after a quarter the months so far."""
    if date.month <= 2:
        return f"{date.year - 1}-01", f"{date.year - 1}-12"
    after_quarter = date.month in (4, 7, 10) and 7 <= date.day <= 20
    return (f"{date.year}-01", f"{date.year}-{date.month - 1:02d}") if after_quarter else None
