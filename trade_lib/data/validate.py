"""What numbers, series and windows must look like before anything is computed from them."""

import re

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError

MONTH = r"(?:1[7-9]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])"  # YYYY-MM, 1700 to 2199, in these digits only


def number(value, name, above=-np.inf, lowest=-np.inf):
    """A finite number, above or at least a limit, as float; else a clear error naming the argument.

    Examples
    --------
    >>> number(2, "years", above=0)
    2.0
    """
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = np.nan
    if not np.isfinite(found) or found <= above or found < lowest:
        limit = f" above {above:g}" if np.isfinite(above) else f" of at least {lowest:g}" if np.isfinite(lowest) else ""
        raise TradeDataError("not a number that can be used", column=name, value=value,
                             expected=f"a finite number{limit}")
    return found


def numbers(values: pd.Series, name: str | None = None, lowest: float = -np.inf, unique: bool = True):
    """A Series of finite numbers as floats, each label once, not empty; else a clear error naming the row.

    Parameters
    ----------
    name : said in errors in place of the Series' own name.
    lowest : no value lies below it.
    unique : each label stands once.

    Examples
    --------
    >>> numbers(pd.Series({"CHN": 1, "RUS": 2})).tolist()
    [1.0, 2.0]
    """
    if not isinstance(values, pd.Series):
        raise TradeDataError("not a series", file=name, value=type(values).__name__, expected="a pandas Series")
    name = name if name is not None else values.name
    if values.empty:
        raise TradeDataError("no values", file=name, expected="a series that is not empty")
    if unique and values.index.has_duplicates:
        raise TradeDataError("label given twice", file=name, row=str(values.index[values.index.duplicated()][0]),
                             expected="each label once")
    if values.dtype == float:
        array = values.to_numpy()
        if np.isfinite(array).all() and (array >= lowest).all():  # nearly always: said early, for speed
            return values
    text = values.map(lambda v: isinstance(v, str)) if values.dtype == object else pd.Series(False, values.index)
    found = pd.to_numeric(values.mask(text), errors="coerce").astype(float)
    for bad, what, expected in ((found.isna() & values.notna(), "not a number", "numbers"),
                                (found.isna(), "value missing or negative" if lowest == 0 else "value missing",
                                 "a number in every row"),
                                (np.isinf(found), "value infinite", "finite numbers"),
                                (found < lowest, "value missing or negative" if lowest == 0 else "value too low",
                                 f">= {lowest:g}")):
        if bad.any():
            raise TradeDataError(what, file=name, row=str(values.index[bad][0]), value=values[bad].iloc[0],
                                 expected=expected)
    return found


def monthly(series, lowest=-np.inf):
    """A Series of finite numbers by month, sorted and without a gap; else a clear error.

    Examples
    --------
    >>> monthly(pd.Series([1, 2], pd.period_range("2021-01", periods=2, freq="M"))).tolist()
    [1.0, 2.0]
    """
    by_month(series)
    unbroken(series)
    return numbers(series, lowest=lowest).sort_index()


def within(series, start, end, lowest=-np.inf):
    """The months ``start`` to ``end`` of a Series, all of them; months outside may be missing.

    Examples
    --------
    >>> within(pd.Series([1, 2], pd.period_range("2021-01", periods=2, freq="M")), "2021-02", "2021-02").tolist()
    [2.0]
    """
    first, last = window(start, end)
    by_month(series)
    missing = pd.period_range(first, last, freq="M").difference(series.index)
    if len(missing):
        raise TradeDataError("month missing", file=series.name, row=str(missing[0]), expected=f"{first} to {last}")
    return numbers(series[(series.index >= first) & (series.index <= last)], lowest=lowest).sort_index()


def by_month(series):
    """Raise unless this is a Series on a PeriodIndex of months, each month once.

    Examples
    --------
    >>> by_month(pd.Series([1, 2], pd.period_range("2021-01", periods=2, freq="M")))
    """
    if not isinstance(series, pd.Series):
        raise TradeDataError("not a series", value=type(series).__name__, expected="a pandas Series of months")
    index = series.index
    if not isinstance(index, pd.PeriodIndex) or index.freqstr != "M":
        raise TradeDataError("not a monthly series", file=series.name, value=type(index).__name__,
                             expected="a PeriodIndex of months")
    if index.has_duplicates:
        raise TradeDataError("month given twice", file=series.name, row=str(index[index.duplicated()][0]),
                             expected="each month once")


def unbroken(series):
    """Raise for the first month that is missing between the first and the last of a Series by month.

    Examples
    --------
    >>> unbroken(pd.Series([1, 2], pd.period_range("2021-01", periods=2, freq="M")))
    """
    index = series.index
    gaps = pd.period_range(index.min(), index.max(), freq="M").difference(index) if len(index) else index
    if len(gaps):
        raise TradeDataError("month missing", file=series.name, row=str(gaps[0]), expected="unbroken months")


def month(value):
    """A month as a Period, from YYYY-MM, a Period of months or a day's Timestamp; else a clear error.

    Examples
    --------
    >>> str(month("2021-11"))
    '2021-11'
    """
    if isinstance(value, str) and re.fullmatch(MONTH, value) or isinstance(value, pd.Timestamp):
        return pd.Period(value, "M")
    if isinstance(value, pd.Period) and value.freqstr == "M":
        return value
    raise TradeDataError("not a month", value=value, expected="a month such as '2021-11'")


def window(start, end):
    """First and last month of a window as Periods; an error when it ends before it starts.

    Examples
    --------
    >>> [str(m) for m in window("2021-01", "2021-11")]
    ['2021-01', '2021-11']
    """
    first, last = month(start), month(end)
    if last < first:
        raise TradeDataError("window ends before it starts", value=f"{first}..{last}", expected="start, then end")
    return first, last


def base(values, name=None):
    """Values that growth is reckoned from: finite and above zero; else a clear error.

    Examples
    --------
    >>> base(pd.Series({2019: 5.0})).tolist()
    [5.0]
    """
    found = numbers(values, name)
    if (found.to_numpy() <= 0).any():
        bad = found[found <= 0]
        raise TradeDataError("no base to grow from", file=name if name is not None else values.name,
                             row=str(bad.index[0]), value=float(bad.iloc[0]), expected="a value above zero")
    return found
