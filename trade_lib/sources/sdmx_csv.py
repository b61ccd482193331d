"""SDMX-CSV, the one form in which the IMF, Eurostat and the OECD answer alike."""

import csv
import io
import re

import pyarrow as pa
import pyarrow.csv as reader

from trade_lib.errors import TradeDataError
from trade_lib.sources.flows import require
from trade_lib.sources.publisher import recode


def table(answer, columns):
    """The rows of an answer as text: {name here: the publisher's column in capitals}, and TIME_PERIOD and OBS_VALUE."""
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
    require(header, [*columns.values(), "TIME_PERIOD", "OBS_VALUE"], answer)
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
    raw = raw.apply(lambda column: column if column.name == "OBS_VALUE" else recode(
        column, lambda text: text.strip().partition(": ")[0]))  # a code may bear its label: "M: Monthly"
    return raw.rename(columns={**{column: name for name, column in columns.items()}, "TIME_PERIOD": "period",
                               "OBS_VALUE": "value"})
