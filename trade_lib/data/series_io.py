"""Files of many series, as the command line takes and gives them: series, month, value and regressors."""

import datetime
import decimal
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from trade_lib.data.downloads import read_download
from trade_lib.data.files import TABLES, read_table, target, write
from trade_lib.data.grids import KINDS, first_line
from trade_lib.data.schema import NUMBER
from trade_lib.data.tables import read_table as read_flow_table
from trade_lib.data.validate import MONTH
from trade_lib.errors import TradeDataError

KEY = ("series", "month", "value")
FREQUENCIES = {12: "M", 4: "Q", 1: "Y"}
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
    """
    table = read_flow_table(path)
    if not isinstance(table["period"].dtype, pd.PeriodDtype):
        raise TradeDataError("years, not months", file=Path(path).name, column="period",
                             value=str(table["period"].iloc[0]), expected="months (YYYY-MM)")
    name = (table["reporter"] + "-" + table["partner"] + " " + table["flow"] + ", " + table["unit"] + " ("
            + table["source"] + ")")
    return pd.DataFrame({"series": name, "month": table["period"].astype(str), "value": table["value"]}), None


class Reading(NamedTuple):
    """What a command reads: a history by series, month and value, regressors, periods in a year, what was understood.

    Quarters and years are numbered as consecutive months, which is all that a forecast counts; `dated` turns them back.
    """

    history: pd.DataFrame
    x: pd.DataFrame | None
    season: int
    words: list[str]


def read_series(source=None, data=None, **options) -> Reading:
    """The series of a file in the form of `read_long` or in any usual layout, of a table of flows, or of both.

    ``options`` are those of :func:`trade_lib.data.downloads.read_download`.
    """
    if source is None and data is None:
        raise TradeDataError("no input named", expected="a file of series, or --data with a table of flows")
    given = ([_read_any(source, options)] if source is not None else []) + (
        [Reading(*read_flows(data), 12, [])] if data is not None else [])
    if len({one.season for one in given}) > 1:
        raise TradeDataError("files of different periods", file=source, value=given[0].season,
                             expected="months in both")
    return Reading(pd.concat([one.history for one in given], ignore_index=True), given[0].x, given[0].season,
                   [word for one in given for word in one.words])


def _read_any(path, options) -> Reading:
    if Path(path).suffix == ".parquet" or _is_long(path):
        return Reading(*read_long(path), 12, [])
    download = read_download(path, **options)
    table, freq = download.table, FREQUENCIES[download.season]
    ordinals = pd.PeriodIndex(table["period"], freq=freq).astype("int64")
    history = pd.DataFrame({"series": _names(table["series"], Path(path)), "value": table["value"],
                            "month": pd.PeriodIndex.from_ordinals(ordinals, freq="M").astype(str)})
    return Reading(history[list(KEY)], None, download.season, download.words)


def _is_long(path) -> bool:
    """Whether a csv names its series, as `read_long` takes it."""
    if Path(path).suffix != ".csv" or not Path(path).is_file():
        return Path(path).suffix not in KINDS
    return "series" in first_line(path).split(",")


def dated(frame: pd.DataFrame, season: int, columns=("month", "origin")) -> pd.DataFrame:
    """A frame whose months stand for quarters (``season`` 4) or years (1), with these instead.

    Examples
    --------
    >>> dated(pd.DataFrame({"month": pd.PeriodIndex.from_ordinals([184], freq="M")}), 4)["month"].tolist()
    ['2016Q1']
    """
    if season == 12:
        return frame
    return frame.assign(**{
        name: pd.PeriodIndex.from_ordinals(pd.PeriodIndex(frame[name], freq="M").astype("int64"),
                                           freq=FREQUENCIES[season]).astype(str)
        for name in columns if name in frame})


def dated_text(text: str, season: int) -> str:
    """A message whose months stand for quarters or years, with these instead."""
    if season == 12:
        return text
    return re.sub(r"\b\d{4}-\d{2}\b", lambda month: dated(pd.DataFrame({"month": [month[0]]}), season)["month"][0],
                  text).replace("month", {4: "quarter", 1: "year"}[season])


def write_long(frame, path, inputs=()):
    """A frame to a csv or parquet file by the name's ending, months as YYYY-MM.
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
