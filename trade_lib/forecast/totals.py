"""Totals over a window of months, with the joint uncertainty of its missing months."""

import numpy as np
import pandas as pd


def year_months(year):
    """The twelve months of a year (PeriodIndex).

    Examples
    --------
    >>> len(year_months(2021))
    12
    """
    return pd.period_range(f"{year}-01", f"{year}-12", freq="M")


def year_total(path_forecast, y, year=None):
    """Draws of a calendar year's total: months known up to the origin plus the joint sum of the months ahead.

    Parameters
    ----------
    path_forecast : Forecast
        Paths that reach December of the year.
    y : pandas.Series
        Monthly history; months after the origin are not used.
    year : int, optional
        The year of the first month ahead by default.

    Returns
    -------
    array, n_paths

    Raises
    ------
    TradeDataError
        A month of the year is neither known nor ahead.
    """
    months = year_months(path_forecast.index[0].year if year is None else year)
    known = y[(y.index >= months[0]) & (y.index <= min(months[-1], path_forecast.origin))]
    return path_forecast.total(known if len(known) else None, months)


def summary(draws, threshold=None):
    """Mean, 80 and 95 % limits and, with a threshold, the share of draws above it.

    Examples
    --------
    >>> round(summary(np.arange(101.0), 90)["p_exceed"], 3)
    0.099
    """
    lo95, lo80, hi80, hi95 = np.quantile(draws, [0.025, 0.1, 0.9, 0.975])
    found = {"mean": float(np.mean(draws)), "lo80": float(lo80), "hi80": float(hi80), "lo95": float(lo95),
             "hi95": float(hi95)}
    return found if threshold is None else {**found, "p_exceed": float(np.mean(np.asarray(draws) > threshold))}
