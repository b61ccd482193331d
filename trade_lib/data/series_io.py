"""Long files of many series, as the command line takes and gives them: series, month, value and regressors."""

from pathlib import Path

import pandas as pd

from trade_lib.data.tables import read_table
from trade_lib.errors import TradeDataError

KEY = ("series", "month", "value")


def read_long(path):
    """A csv or parquet file of many series as a frame, and the regressors in it.

    Columns series, month (YYYY-MM), value; every further column is a regressor known ahead. Rows after a series' last
    value whose value is empty carry the regressors of the months ahead. Nothing is repaired here: a month given
    twice, a gap, text among the values stay as they are, so that the series is refused by name later.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    (pandas.DataFrame, pandas.DataFrame or None)
        series, month, value of the history; series, month and the regressors of history and months ahead.

    Raises
    ------
    TradeDataError
        No such file, another kind of file, a file that cannot be read, a missing column, or no rows.
    """
    path = Path(path)
    if not path.is_file():
        raise TradeDataError("no such file", file=path)
    try:
        if path.suffix == ".csv":
            # names such as NA (Namibia) are names, only an empty cell is missing
            frame = pd.read_csv(path, dtype={"series": str, "month": str}, keep_default_na=False, na_values=[""],
                                low_memory=False)
        elif path.suffix == ".parquet":
            frame = pd.read_parquet(path)
        else:
            raise TradeDataError("not a kind of file that can be read", file=path, value=path.suffix,
                                 expected=".csv or .parquet")
    except (ValueError, OSError) as error:
        if isinstance(error, TradeDataError):
            raise
        raise TradeDataError(f"cannot be read ({str(error).splitlines()[0]})", file=path) from None
    absent = [name for name in KEY if name not in frame]
    if absent:
        raise TradeDataError("column missing", file=path, column=absent[0], expected="series, month, value")
    if frame.empty:
        raise TradeDataError("no rows", file=path, expected="series, month, value")
    nameless = frame["series"].isna()
    if nameless.any():
        raise TradeDataError("row without a series name", file=path, row=int(nameless.to_numpy().argmax()),
                             column="series")
    frame["series"], frame["month"] = frame["series"].astype(str), _as_text(frame["month"])
    columns = [name for name in frame if name not in KEY]
    if not columns:
        return frame[list(KEY)], None
    good = frame["month"].str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])")
    last = frame["month"].where(frame["value"].notna(), "").groupby(frame["series"]).transform("max")
    ahead = frame["value"].isna() & good & (last != "") & (frame["month"] > last)
    return (frame.loc[~ahead, list(KEY)].reset_index(drop=True),
            frame.loc[good, ["series", "month", *columns]].reset_index(drop=True))


def read_flows(path):
    """A monthly table in the package's long flow schema as `read_long` gives it: a series a source, pair and flow.

    Parameters
    ----------
    path : str or Path
        csv or parquet with ``source, reporter, partner, flow, period, value, unit``, held against the schema as the
        shipped tables are.

    Returns
    -------
    (pandas.DataFrame, None)
        series (``"RUS-CHN export (RU_FCS_96STRAN)"``), month, value; no regressors.

    Raises
    ------
    TradeDataError
        As :func:`trade_lib.tables.read_table`; or years, not months.
    """
    table = read_table(path)
    if not isinstance(table["period"].dtype, pd.PeriodDtype):
        raise TradeDataError("years, not months", file=Path(path).name, column="period",
                             value=str(table["period"].iloc[0]), expected="months (YYYY-MM)")
    name = table["reporter"] + "-" + table["partner"] + " " + table["flow"] + " (" + table["source"] + ")"
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
    parts = ([read_long(source)] if source is not None else []) + ([read_flows(data)] if data is not None else [])
    return pd.concat([history for history, _ in parts], ignore_index=True), parts[0][1]


def _as_text(month):
    """Months as YYYY-MM; a date inside a month keeps its day, so that it is seen not to be a month."""
    if isinstance(month.dtype, pd.PeriodDtype):
        return month.astype(str)
    if pd.api.types.is_datetime64_any_dtype(month):
        edge = month.dt.is_month_start | month.dt.is_month_end
        return month.dt.strftime("%Y-%m").where(edge, month.dt.strftime("%Y-%m-%d"))
    return month.fillna("").astype(str)


def write_long(frame, path):
    """A frame to a csv or parquet file by the name's ending, months as YYYY-MM.

    Raises
    ------
    TradeDataError
        Another ending, or a folder that is not there.
    """
    path = Path(path)
    check_target(path)
    periods = [name for name in frame if isinstance(frame[name].dtype, pd.PeriodDtype)]
    frame = frame.assign(**{name: frame[name].astype(str) for name in periods})
    if path.suffix == ".csv":
        frame.to_csv(path, index=False, lineterminator="\n")
    else:
        frame.to_parquet(path, index=False)
    return path


def check_target(path):
    """A file that can be written to: known before the work is done.

    Raises
    ------
    TradeDataError
    """
    path = Path(path)
    if path.suffix not in (".csv", ".parquet"):
        raise TradeDataError("not a kind of file that can be written", file=path, value=path.suffix,
                             expected=".csv or .parquet")
    if not path.parent.is_dir():
        raise TradeDataError("no such folder", file=path.parent)
