"""A page of China's customs: what month, currency and unit it is in, which column is what, and its figures.

Nothing goes by position: months have seven or ten columns, the unit stands now here, now there. Columns are known by
their headings, the month by title and headings, the currency by every place that names one.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.sources import arrival, html_table, names
from trade_lib.sources.publisher import rows

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = rf"({'|'.join(MONTHS)})[a-z]*\.?"
CURRENCIES = {"CNY": r"\bCNY\b|\bRMB\b|\byuan\b|人民币|元", "USD": r"\bUS ?\$|\bUSD\b|\bU\.?S\.? ?dollars?\b|美元|\$"}
POWERS = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
GROWTH = re.compile(r"percentage|year-on-year|±|change|growth|%", re.I)
LAST_YEAR = re.compile(r"last year|previous year|prior year|year earlier|same period", re.I)
SPAN = re.compile(r"^(\d{1,2})(?:\s*-?\s*to\s*-?\s*|\s*[-–—~]\s*)(\d{1,2})\b", re.I)
CURRENCY_OF_UNIT = re.compile(r"unit\s*:", re.I)


@dataclass(frozen=True)
class Column:
    """One column: what it measures, over which window, and whether it is growth on the year before."""

    at: int
    measure: str
    window: str
    growth: bool


def read(answer):
    """(source id, figures, what was left out) of a page by partner or by commodity.
    """
    tree = html_table.document(answer)
    lines = max((html_table.grid(table) for table in tree.xpath("//table")), key=len)
    titles = [html_table.clean(text) for text in tree.xpath("//title/text()|//*[@class='atcl-ttl']//text()")]
    titles += [line[0] for line in lines[:4] if len(set(line)) == 1 and line[0]]
    title = max([*titles, answer.label], key=len) if titles or answer.label else ""
    head, body = _split(lines, answer)
    unit_lines = [cell for line in head for cell in line if CURRENCY_OF_UNIT.search(cell)]
    currency, scale = _unit(unit_lines, [*titles, *(cell for line in head for cell in line)], answer)
    head = [line for line in head if len(set(line)) > 1 and not any(CURRENCY_OF_UNIT.search(cell) for cell in line)]
    by_partner = bool(re.search(r"by (?:major )?country", title, re.I))
    columns = _columns(head, "total|export|import" if by_partner else "quantity|value", answer)
    year, month = _period(titles + [answer.label], columns, answer)
    stage = "PRELIM" if re.search(r"values by|quantity and value", title, re.I) and "China" in title else "MONTHLY"
    same = {"reporter": "CHN", "published": _published(tree)}
    periods = {"month": f"{year}-{month:02d}", "ytd": f"{year}-{month:02d}"}
    if by_partner:
        records, words = _partners(body, columns, scale, periods["month"], answer)
    else:
        records, words = _commodities(head, body, columns, scale, currency, title, answer)
    frame = rows(records, unit=currency, **same)
    return f"GACC_{stage}_{currency}", frame.assign(period=frame["window"].map(periods)), words


def _split(lines, answer):
    """Heading lines and lines of figures: these begin with the first name beside nothing but numbers."""
    def is_figures(line):
        cells = [cell for cell in line[1:] if cell]
        try:
            numbers = [html_table.number(cell) for cell in cells]
            return bool(line[0]) and sum(number is not None for number in numbers) > 1
        except ValueError:
            return False

    def is_goods(line):  # a commodity has its unit of quantity in the second column
        return len(line) > 4 and not re.fullmatch(r"[\d,.]+", line[1]) and is_figures([line[0], *line[2:]])

    start = next((i for i, line in enumerate(lines) if is_figures(line) or is_goods(line)), None)
    if not start:
        raise TradeDataError("the page parses to an empty table: no headings and figures", file=answer.address,
                             expected="a name and numbers")
    return lines[:start], lines[start:]


def _unit(unit_lines, said, answer):
    """Currency and the number of its units that 1 stands for."""
    named = sorted({currency for currency, sign in CURRENCIES.items() for text in said if re.search(sign, text, re.I)})
    if len(named) != 1:
        raise TradeDataError("the page names two currencies" if named else "the page names no currency",
                             file=answer.address, value=" | ".join(dict.fromkeys(unit_lines)) or None,
                             expected="one currency in title and unit line")
    scales = set()
    for text in unit_lines:
        figure = re.search(r"\d[\d,]*(?:\.\d+)?", text)
        power = next((factor for word, factor in POWERS.items() if word in text.lower()), 1)
        scales.add((float(figure[0].replace(",", "")) if figure else 1.0) * power)
    if len(scales) != 1:
        raise TradeDataError("the page has no unit line" if not scales else "the page names two units",
                             file=answer.address, value=" | ".join(dict.fromkeys(unit_lines)) or None,
                             expected="a line such as 'Unit: CNY 100 Million'")
    return named[0], scales.pop()


def _columns(head, measures, answer):
    """The columns of figures, by their headings."""
    known = []
    for at in range(1, len(head[0]) if head else 0):
        texts = list(dict.fromkeys(filter(None, (line[at] for line in head))))
        says = [text for text in texts if re.search(measures, text, re.I)]
        if not says or any(LAST_YEAR.search(text) for text in texts) or says == [t for t in says if "Unit" in t]:
            continue
        found = sorted(set(re.findall(measures, says[-1].lower())))
        measure = "total" if len(found) > 1 else found[0]
        growth = any(GROWTH.search(text) for text in texts)
        spans = [SPAN.match(text) for text in texts if SPAN.match(text)]
        months = [int(text) for text in texts if re.fullmatch(r"\d{1,2}", text)]
        if spans:
            first, last = map(int, spans[0].groups())
            window = f"month {last}" if first == last else f"ytd {last}"
        else:
            window = f"month {months[0]}" if months else ""
        known.append(Column(at, measure, window, growth))
    values = [column for column in known if not column.growth]
    wanted = set(measures.split("|"))
    if {column.measure for column in values} != wanted or not all(column.window for column in values):
        printed = "; ".join(" / ".join(dict.fromkeys(texts)) for texts in zip(*head, strict=True))
        raise TradeDataError("the headings are not those of this table: the publisher's columns have changed",
                             file=answer.address, value=printed[:200],
                             expected=f"columns of {', '.join(sorted(wanted))} with their months")
    latest = max((column.window for column in values), key=lambda window: window.startswith("ytd"))
    return [column if column.window else Column(column.at, column.measure, latest, True) for column in known]


def _period(titles, columns, answer):
    """Year and month of a page: the title's, which the headings have to confirm."""
    months = {int(column.window.split()[1]) for column in columns if not column.growth}
    text = " ".join(titles)
    year = re.search(r"(?<!\d)(20\d{2})(?!\d)", text)
    named = re.search(rf"{MONTH}\s*(?:-|to)\s*{MONTH},?\s*(?=20\d\d)", text, re.I)
    single = re.search(rf"{MONTH},?\s*(?=20\d\d)", text, re.I)
    dotted = re.search(r"(?<!\d)(\d{1,2})\.(?=20\d\d)", text)
    said = (MONTHS.index(named[2][:3].lower()) + 1 if named else MONTHS.index(single[1][:3].lower()) + 1 if single
            else int(dotted[1]) if dotted else None)
    if not year or len(months) != 1 or said not in (None, *months):
        raise TradeDataError("title and headings do not name one month", file=answer.address, value=text[:120],
                             expected=f"a year, and month {', '.join(map(str, sorted(months)))} as in the headings")
    return int(year[1]), months.pop()


def _published(tree):
    """The day on the page, year/month/day or month/day/year."""
    text = " ".join(tree.xpath("//*[@class='atcl-date']//text()"))
    if match := re.search(r"(20\d\d)[/-](\d{1,2})[/-](\d{1,2})", text):
        return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    match = re.search(r"(\d{1,2})/(\d{1,2})/(20\d\d)", text)
    return f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}" if match else None


def _cells(body, columns, answer):
    """The numbers printed, a line a name and a column a Column; steps are one unit of the last digit."""
    lines, labels, step, skipped = [], [], 1.0, []
    for line in body:
        texts = [line[column.at] for column in columns]
        if not any(texts) or len(set(line)) == 1:
            skipped += [line[0]] if line[0] and not re.match(r"note|\d|\(", line[0], re.I) else []
            continue
        try:
            lines.append([None if column.growth and text in html_table.NIL else html_table.number(text)
                          for column, text in zip(columns, texts, strict=True)])
        except ValueError:
            raise TradeDataError("not a number: the publisher's columns have changed", file=answer.address, row=line[0],
                                 value=" | ".join(texts)[:120], expected="numbers, - for nil") from None
        if not line[0]:
            raise TradeDataError("figures without a name", file=answer.address, value=" | ".join(texts)[:120])
        labels.append(re.sub(r"^of which\s*:?\s*", "", line[0], flags=re.I).rstrip(": "))
        decimals = [len(t.partition(".")[2]) for t, c in zip(texts, columns, strict=True) if not c.growth]
        step = min(step, 10.0 ** -max(decimals))
    frame = pd.DataFrame(lines, index=labels, columns=range(len(columns)), dtype=float)
    return frame, step, [f"left out, lines without figures: {', '.join(skipped)}"] if skipped else []


def _partners(body, columns, scale, period, answer):
    """Records of a table by partner, after its sums have been checked."""
    frame, step, words = _cells(body, columns, answer)
    printed = {(column.measure, column.window): frame[i] for i, column in enumerate(columns) if not column.growth}
    growth = {(column.measure, column.window): frame[i] for i, column in enumerate(columns) if column.growth}
    for window in dict.fromkeys(window for _, window in printed):
        three = pd.DataFrame({name: printed[name, window] for name in ("total", "export", "import")})
        three, said = arrival.third_of_three(three)
        words += said
        arrival.adds_up(three, step, answer.address)
        areas = [names.to_area(label) for label in three.index]
        arrival.members_sum(three, areas, period, step, answer.address)
        rates = pd.DataFrame({name: growth[name, window] for name in three if (name, window) in growth})
        arrival.growth_agrees(three, rates, areas, answer.address)
        for name in three:
            printed[name, window] = three[name]
    parts = [pd.DataFrame({"partner": frame.index, "flow": measure, "window": window.split()[0],
                           "value": (values * scale).to_numpy(),
                           "yoy_pct": growth.get((measure, window), pd.Series(np.nan, frame.index)).to_numpy()})
             for (measure, window), values in printed.items()]
    records, said = names.with_areas(pd.concat(parts, ignore_index=True), "partner")
    return records.dropna(subset=["value"]), words + said


def _commodities(head, body, columns, scale, currency, title, answer):
    """Records of a table by commodity: values in the currency, quantities in the unit that stands beside the name."""
    flow = "export" if "export" in title.lower() else "import"
    at = next((at for at in range(1, len(head[0])) if any("unit" in line[at].lower() for line in head)), None)
    shifted = at is not None and all(not line[-1] and re.fullmatch(r"[\d,.]+|[-—]", line[at])
                                     for line in body if any(line[1:]) and len(set(line)) > 1)
    if shifted:  # a page without its column of units: everything stands one place to the left
        body = [[*line[:at], "", *line[at:-1]] for line in body]
    units = {re.sub(r"[*#]+$", "", line[0]).strip(): line[at] if at else "" for line in body}
    body = [[re.sub(r"[*#]+$", "", line[0]).strip(), *line[1:]] for line in body]
    frame, _, words = _cells(body, columns, answer)
    growth = {(column.measure, column.window): frame[i] for i, column in enumerate(columns) if column.growth}
    parts = []
    for i, column in enumerate(columns):
        if not column.growth:
            value = column.measure == "value"
            part = pd.DataFrame({"item": frame.index, "flow": flow, "window": column.window.split()[0],
                                 "value": (frame[i] * (scale if value else 1.0)).to_numpy(), "partner": "WORLD",
                                 "unit": currency if value else frame.index.map(units),
                                 "yoy_pct": growth.get((column.measure, column.window),
                                                       pd.Series(np.nan, frame.index)).to_numpy()})
            parts.append(part[part["unit"].str.strip("- ") != ""])
    if shifted:
        words.append("left out, quantities: the page has no column of their units")
    records = pd.concat(parts, ignore_index=True)
    if not (records["unit"] == currency).any() or records["unit"].str.fullmatch(r"[\d,.]+").any():
        raise TradeDataError("numbers where units should be: the publisher's columns have changed", file=answer.address)
    return records.dropna(subset=["value"]), words
