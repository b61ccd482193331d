"""FRED of the Federal Reserve Bank of St. Louis: economic series by month; daily and weekly ones as monthly means."""

import csv
import io

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.sources.client import Request, base
from trade_lib.sources.publisher import CSV, Publisher, rows

USUAL = ("EXPCH", "IMPCH", "EXCHUS", "DCOILBRENTEU")
STEPS = {12: ("year", "%Y"), 3: ("quarter", None), 1: ("month", "%Y-%m")}  # months between two figures


def requests(query):
    """One address a series: several at once come as an archive where their frequencies differ."""
    where = base("fred", "https://fred.stlouisfed.org")
    items = query.items if query.items not in ((), ("TOTAL",)) else USUAL
    return [Request(f"{where}/graph/fredgraph.csv?id={item}" + (f"&cosd={query.start}-01" if query.start else ""), CSV)
            for item in items]


def parse(answer, query):
    """Every series of an answer; `.` or an empty cell is missing."""
    lines = [line for line in csv.reader(io.StringIO(answer.text())) if line]
    header = [name.strip() for name in lines[0]] if lines else []
    if len(header) < 2 or header[0].lower() not in ("date", "observation_date"):
        raise TradeDataError("not a csv of FRED", file=answer.address, value=",".join(header)[:80],
                             expected="observation_date and a series")
    if any(len(line) != len(header) for line in lines):
        raise TradeDataError("row is cut short or has too many cells", file=answer.address,
                             row=next(i for i, line in enumerate(lines) if len(line) != len(header)) - 1)
    raw = pd.DataFrame(lines[1:], columns=header).set_index(header[0])
    days = pd.to_datetime(raw.index, format="%Y-%m-%d", errors="coerce")
    if days.isna().any():
        raise TradeDataError("not a day", file=answer.address, column=header[0], value=raw.index[days.isna()][0])
    parts, words = [], []
    for item in raw:
        text = raw[item].str.strip().replace({".": "", "NA": ""})
        value = pd.to_numeric(text.where(text != "", "nan"), errors="coerce").set_axis(days)
        if (value.isna().to_numpy() & (text != "").to_numpy()).any():
            bad = (value.isna().to_numpy() & (text != "").to_numpy()).argmax()
            raise TradeDataError("not a number", file=answer.address, row=int(bad), column=item, value=text.iloc[bad])
        figures, said = _by_period(value.dropna(), answer.seen)
        parts.append(figures.assign(item=item))
        words += [f"{item}: {said}"] if said else []
    return "FRED", rows(pd.concat(parts, ignore_index=True), unit="as published"), words


def _by_period(value, seen):
    """A series by its own months, quarters or years; a finer one as monthly means of whole months."""
    months = value.index.to_period("M")
    if (value.index.day != 1).any() or months.has_duplicates:
        means = value.groupby(months).mean()
        whole = means[means.index < pd.Period(seen.date(), "M")]
        said = "monthly means"
        if len(whole) < len(means):
            said += f"; {means.index[-1]} is not over and left out"
        return pd.DataFrame({"period": whole.index.astype(str), "window": "month", "value": whole.to_numpy()}), said
    gaps = np.diff(months.asi8) if len(months) > 1 else np.array([1])
    window, form = STEPS.get(int(gaps.min()), STEPS[1])
    period = months.strftime(form) if form else [f"{m.year}-Q{m.quarter}" for m in months]
    return pd.DataFrame({"period": period, "window": window, "value": value.to_numpy()}), ""


PUBLISHER = Publisher("fred", "FRED, economic series", requests, parse, kinds=CSV)
