"""What a series, its regressors and a call must look like before a forecast is made from them."""

import numpy as np
import pandas as pd

from trade_lib.data.validate import by_month, unbroken
from trade_lib.errors import TradeDataError

LARGEST = 1e100  # of a value: squares and sums of larger ones are no numbers any more


def check_series(y: pd.Series, positive=False, least=1) -> pd.Series:
    """The series (numbers on a monthly PeriodIndex, none missing, at least ``least``) as floats in month order, or a
    clear error; with ``positive`` all above zero, for models on logs.

    Examples
    --------
    >>> check_series(pd.Series([1, 2], index=pd.period_range("2021-01", periods=2, freq="M"))).dtype
    dtype('float64')
    """
    by_month(y)
    name = y.name
    y = y.sort_index()
    numbers = pd.to_numeric(y, errors="coerce").astype(float)
    for bad, what, wanted in (
        (numbers.isna() & y.notna(), "not a number", "numbers"),
        (numbers.isna(), "value missing", "a number in every month"),
        (numbers.abs() > LARGEST, "value infinite or too large", f"numbers up to {LARGEST:g}"),
        ((numbers <= 0) & positive, "value at or below zero", "values above zero (logs are taken)"),
    ):
        if bad.any():
            raise TradeDataError(what, file=name, row=str(y.index[bad][0]), value=y[bad].iloc[0], expected=wanted)
    unbroken(y)
    if len(y) < least:
        raise TradeDataError("series too short", file=name, value=len(y), expected=f"at least {least} months")
    return numbers


def check_count(value, what):
    """A whole number of at least 1 (horizon, number of paths), or a clear error."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise TradeDataError(f"{what} is not a whole number of at least 1", value=value, expected=">= 1")
    return int(value)


def check_regressors(x: pd.DataFrame | None, y: pd.Series, horizon: int) -> pd.DataFrame | None:
    """Regressors over history and horizon exactly, as floats, or a clear error."""
    if x is None or x.shape[1] == 0:
        return None
    months = pd.period_range(y.index[0], periods=len(y) + horizon, freq="M")
    if not isinstance(x.index, pd.PeriodIndex) or x.index.has_duplicates:
        raise TradeDataError("regressors need a PeriodIndex of months, each once", value=type(x.index).__name__)
    absent = months.difference(x.index)
    if len(absent):
        raise TradeDataError("regressors do not cover history and horizon", row=str(absent[0]),
                             expected=f"{months[0]} to {months[-1]}")
    x = x.loc[months].apply(pd.to_numeric, errors="coerce")
    bad = ~np.isfinite(x.to_numpy(float))
    if bad.any():
        row, column = np.argwhere(bad)[0]
        raise TradeDataError("regressor is not a finite number", row=str(months[row]), column=x.columns[column])
    return x.astype(float)
