"""SDMX-CSV, the one form in which the IMF, Eurostat and the OECD answer alike."""

import csv
import io
import re
from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pyarrow.csv as reader

from trade_lib.data.periods import period_text
from trade_lib.errors import TradeDataError
from trade_lib.sources.names import windows, with_areas
from trade_lib.sources.publisher import recode, rows

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
    first = text.partition("\n")[0]
    bad = []
    delimiter = ";" if ";" in first else ","
    header = [name.strip().upper().partition(":")[0] for name in next(csv.reader([first], delimiter=delimiter))]
    header = [f"{name} LABEL" if name in header[:n] else name for n, name in enumerate(header)]
    for name in wanted:
        if name not in header:
            raise TradeDataError("column missing: the publisher's columns have changed", file=answer.address,
                                 column=name, value=", ".join(header[:12]), expected=", ".join(wanted))
    words = pa.dictionary(pa.int32(), pa.string())  # few different texts in many rows
    raw = reader.read_csv(
        io.BytesIO(text.encode()), reader.ReadOptions(use_threads=False, column_names=header, skip_rows=1),
        reader.ParseOptions(delimiter=delimiter,
                            invalid_row_handler=lambda row: bad.append(row) or "skip"),
        reader.ConvertOptions(column_types=dict.fromkeys(header, words) | {"OBS_VALUE": pa.string()},
                              strings_can_be_null=False)).to_pandas()
    if bad:
        raise TradeDataError("row is cut short or has too many cells", file=answer.address, value=bad[0].text[:120],
                             expected=f"{len(header)} cells")
    if raw.empty:
        raise TradeDataError("an answer without series: a code, or the order of the dimensions, is not the publisher's",
                             file=answer.address, expected="figures")
    return raw.apply(lambda column: column if column.name == "OBS_VALUE" else recode(
        column, lambda text: text.strip().partition(": ")[0]))  # a code may bear its label: "M: Monthly"


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
    other = sorted(set(frame["flow"].unique()) - set(flow_of))
    words = [f"left out, not exports or imports: {', '.join(other)}"] if other else []
    frame = frame[frame["flow"].isin(list(flow_of))]
    frame = frame.assign(flow=recode(frame["flow"], flow_of.get), period=recode(frame["TIME_PERIOD"], period_text))
    odd = frame["period"].isna()
    if odd.any():
        raise TradeDataError("not a period", file=answer.address, column="TIME_PERIOD",
                             value=frame.loc[odd, "TIME_PERIOD"].iloc[0], expected="2026-04, 2026-M04, 2026-Q2 or 2026")
    empty = frame["OBS_VALUE"].str.strip().isin(MISSING)
    if empty.any():
        words.append(f"left out, without a value: {int(empty.sum())} of {len(frame)} figures")
    frame = frame[~empty].assign(value=pd.to_numeric(frame["OBS_VALUE"], errors="coerce"))
    if frame["value"].isna().any():
        raise TradeDataError("not a number", file=answer.address, column="OBS_VALUE",
                             value=frame.loc[frame["value"].isna(), "OBS_VALUE"].iloc[0])
    if start:
        frame = frame[recode(frame["period"], lambda period: "in" if period[:len(start)] >= start else None).notna()]
    for column in ("reporter", "partner"):
        frame, said = with_areas(frame, column, system)
        words += said
    frame = frame.assign(window=windows(frame["period"]))
    return rows(frame[["reporter", "partner", "flow", "period", "window", "value", *({"item"} & set(columns))]],
                unit=unit, published=published), words
