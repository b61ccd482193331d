"""Files of many series, as the command line takes and gives them: series, month, value and regressors."""

import datetime
import decimal
from pathlib import Path

import pandas as pd

from trade_lib.data.files import TABLES, read_table, target, write
from trade_lib.data.schema import NUMBER
from trade_lib.data.tables import read_table as read_flow_table
from trade_lib.data.validate import MONTH
from trade_lib.errors import TradeDataError

KEY = ("series", "month", "value")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins so


def read_long(path):
    """A csv or parquet file of many series as a frame, and the regressors in it.

    Columns series, month (YYYY-MM), value; every further column is a regressor known ahead. Rows after a series' last
    value whose value is empty carry the regressors of the months ahead. Nothing is repaired here: a month given
    twice, a gap, text among the values stay as they are, so that the series is refused by name later.

    Returns
    -------
    (pandas.DataFrame, pandas.DataFrame or None)
        series, month, value of the history; series, month and the regressors of history and months ahead.

    Raises
    ------
    TradeDataError
        As :func:`trade_lib.data.files.read_table`; a missing column, no rows, a row without a name, a column of
        another type.
    """
    frame, file = read_table(path), Path(path)
    absent = [name for name in KEY if name not in frame]
    if absent:
        raise TradeDataError("column missing", file=file, column=absent[0], expected="series, month, value")
    if frame.empty:
        raise TradeDataError("no rows", file=file, expected="series, month, value")
    columns = [name for name in frame if name not in KEY]
    typed = {"series": _names(frame["series"], file), "month": _months(frame["month"])}
    frame = pd.DataFrame(typed | {name: _numbers(frame[name], file) for name in ("value", *columns)})
    if not columns:
        return frame, None
    good = frame["month"].str.fullmatch(MONTH)
    last = frame["month"].where(frame["value"].notna(), "").groupby(frame["series"]).transform("max")
    ahead = frame["value"].isna() & good & (last != "") & (frame["month"] > last)
    return (frame.loc[~ahead, list(KEY)].reset_index(drop=True),
            frame.loc[good, ["series", "month", *columns]].reset_index(drop=True))


def _names(cells, file):
    """Names as text; each row has one, and none that a spreadsheet would run."""
    _of_types(cells, "iu", {str, int, type(None)}, file, "text")
    names = cells.astype(object).fillna("").astype(str)
    for bad, message, expected in ((names == "", "row without a series name", "a name in every row"),
                                   (names.str.startswith(FORMULA_SIGNS), "name that a spreadsheet would run",
                                    "a name that does not begin with = + - @")):
        if bad.any():
            row = int(bad.to_numpy().argmax())
            raise TradeDataError(message, file=file, row=row, column="series", value=names.iloc[row] or None,
                                 expected=expected)
    return names


def _months(cells):
    """Months as YYYY-MM; a date inside a month keeps its day, so that it is seen not to be a month."""
    if cells.dtype == object and isinstance(cells.iloc[0], datetime.date):
        cells = pd.to_datetime(cells, errors="coerce")
    if pd.api.types.is_datetime64_any_dtype(cells):
        edge = cells.dt.is_month_start | cells.dt.is_month_end
        return cells.dt.strftime("%Y-%m").where(edge, cells.dt.strftime("%Y-%m-%d")).fillna("")
    return cells.astype(object).fillna("").astype(str)


def _numbers(cells, file):
    """Numbers exactly as written, empty cells as missing; text stays, so that its series is refused by name."""
    _of_types(cells, "iuf", {str, int, float, decimal.Decimal, type(None)}, file, "numbers")
    if cells.dtype != object:
        return cells
    exact = {cell: _number(cell) for cell in cells.unique()}
    return pd.Series([exact[cell] for cell in cells], cells.index)


def _number(cell):
    if isinstance(cell, str) and cell:
        return float(cell) if NUMBER.fullmatch(cell) else cell
    return float(cell or "nan") if cell != 0 else 0.0


def _of_types(cells, kinds, types, file, expected):
    """Raise unless a column is of one of the kinds of numpy, or holds objects of these types only."""
    strange = {type(cell) for cell in cells} - types if cells.dtype == object else set()
    if strange or cells.dtype != object and cells.dtype.kind not in kinds:
        kind = ", ".join(one.__name__ for one in strange) or str(cells.dtype)
        raise TradeDataError("column has the wrong type", file=file, column=cells.name, value=kind, expected=expected)


def read_flows(path):
    """A monthly table in the long flow schema as `read_long` gives it: a series a source, pair, flow and currency.

    Returns
    -------
    (pandas.DataFrame, None)
        series (``"RUS-CHN export, USD (RU_FCS_96STRAN)"``), month, value; no regressors.

    Raises
    ------
    TradeDataError
        As :func:`trade_lib.data.tables.read_table`; or years, not months.
    """
    table = read_flow_table(path)
    if not isinstance(table["period"].dtype, pd.PeriodDtype):
        raise TradeDataError("years, not months", file=Path(path).name, column="period",
                             value=str(table["period"].iloc[0]), expected="months (YYYY-MM)")
    name = (table["reporter"] + "-" + table["partner"] + " " + table["flow"] + ", " + table["unit"] + " ("
            + table["source"] + ")")
    return pd.DataFrame({"series": name, "month": table["period"].astype(str), "value": table["value"]}), None


def read_series(source=None, data=None):
    """The series of a file in the form of `read_long`, of a table in the form of `read_flows`, or of both.

    Raises
    ------
    TradeDataError
        Neither is named, or as those two.
    """
    if source is None and data is None:
        raise TradeDataError("no input named", expected="a file of series, or --data with a table of flows")
    given = ([read_long(source)] if source is not None else []) + ([read_flows(data)] if data is not None else [])
    return pd.concat([history for history, _ in given], ignore_index=True), given[0][1]


def write_long(frame, path, inputs=()):
    """A frame to a csv or parquet file by the name's ending, months as YYYY-MM.

    Raises
    ------
    TradeDataError
        As :func:`trade_lib.data.files.write`.
    """
    suffix = target(path, TABLES, inputs).suffix
    periods = [name for name in frame if isinstance(frame[name].dtype, pd.PeriodDtype)]
    frame = frame.assign(**{name: frame[name].astype(str) for name in periods})

    def content(handle):
        if suffix == ".csv":
            frame.to_csv(handle, index=False, lineterminator="\n", mode="wb")
        else:
            frame.to_parquet(handle, index=False)

    return write(path, content, TABLES, inputs)
