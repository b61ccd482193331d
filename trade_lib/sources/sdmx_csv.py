"""SDMX-CSV, the one form in which the IMF, Eurostat and the OECD answer alike."""

import csv
import io
import re
from collections.abc import Callable

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.sources.names import period_index, windows, with_areas
from trade_lib.sources.publisher import rows

MISSING = {"", "NaN", "nan", "NA", "n/a", ":"}


def table(answer, wanted):
    """The rows of an answer as text, columns by their names in capitals.
    """
    text = answer.text().lstrip("\ufeff\r\n ")
    if text.startswith(("<", "{")):
        found = re.search(r'code="(\d+)".*?<(?:\w+:)?Text[^>]*>(.*?)</', text, re.S)
        said = f"{found[1]}: {' '.join(found[2].split())}"[:200] if found else text[:80]
        large = "413" in said or "TOO_BIG" in text
        raise TradeDataError("the question is too large" if large else "a message in place of figures",
                             file=answer.address, value=said,
                             expected="fewer months or partners a question" if large else "SDMX-CSV")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    header = [name.strip().upper() for name in lines[0]] if lines else []
    header = [name.partition(":")[0] for name in header]
    for name in wanted:
        if name not in header:
            raise TradeDataError("column missing: the publisher's columns have changed", file=answer.address,
                                 column=name, value=", ".join(header[:12]), expected=", ".join(wanted))
    body = [line for line in lines[1:] if line]
    if not body:
        raise TradeDataError("an answer without series: a code, or the order of the dimensions, is not the publisher's",
                             file=answer.address, expected="figures")
    for number, line in enumerate(body):
        if len(line) != len(header):
            raise TradeDataError("row is cut short or has too many cells", file=answer.address, row=number,
                                 value=",".join(line)[:120], expected=f"{len(header)} cells")
    return pd.DataFrame(body, columns=header).apply(lambda column: column.str.strip())


def flows(answer, columns: dict, flow_of: dict, *, system: str, unit, published=None, start: str | None = None,
          keep: Callable | None = None):
    """The flows of an answer.

    Parameters
    ----------
    columns : {"reporter", "partner", "flow": the publisher's columns}, and "item" where it has one.
    flow_of : {code in the flow column: "export" or "import"}; other codes are left out and said.
    system : how the publisher codes areas (see `names.to_area`).
    start : months before it are left out: some services do not heed the window they are asked for.
    keep : the rows that count, of the raw ones.
    """
    raw = table(answer, [*columns.values(), "TIME_PERIOD", "OBS_VALUE"])
    frame = (keep(raw) if keep else raw).rename(columns={column: name for name, column in columns.items()})
    other = sorted(set(frame["flow"]) - set(flow_of))
    words = [f"left out, not exports or imports: {', '.join(other)}"] if other else []
    frame = frame[frame["flow"].isin(list(flow_of))]
    frame = frame.assign(flow=frame["flow"].map(flow_of), period=frame["TIME_PERIOD"].map(period_index))
    odd = frame["period"].isna()
    if odd.any():
        raise TradeDataError("not a period", file=answer.address, column="TIME_PERIOD",
                             value=frame.loc[odd, "TIME_PERIOD"].iloc[0], expected="2026-04, 2026-M04, 2026-Q2 or 2026")
    empty = frame["OBS_VALUE"].isin(MISSING)
    if empty.any():
        words.append(f"left out, without a value: {int(empty.sum())} of {len(frame)} figures")
    frame = frame[~empty].assign(value=pd.to_numeric(frame["OBS_VALUE"], errors="coerce"))
    if frame["value"].isna().any():
        raise TradeDataError("not a number", file=answer.address, column="OBS_VALUE",
                             value=frame.loc[frame["value"].isna(), "OBS_VALUE"].iloc[0])
    if start:
        frame = frame[frame["period"].str[:len(start)] >= start]
    for column in ("reporter", "partner"):
        frame, said = with_areas(frame, column, system)
        words += said
    frame = frame.assign(window=windows(frame["period"]).to_numpy())
    return rows(frame[["reporter", "partner", "flow", "period", "window", "value", *({"item"} & set(columns))]],
                unit=unit, published=published), words
