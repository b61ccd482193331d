"""Prices and exchange rates as series, by month or as yearly means."""

from trade_lib.tables import load


def monthly(column):
    """One column of ``prices_monthly`` as a monthly series, empty months left out.

    Examples
    --------
    >>> round(float(monthly("cny_per_usd")["2021-11"]), 2)
    6.39
    """
    return load("prices_monthly").set_index("month")[column].dropna().astype(float)


def yearly(column):
    """Yearly means of a column of ``prices_monthly``, by year; a year still running is the mean of its months so far.

    Examples
    --------
    >>> round(float(yearly("us_cpi")[2021]), 1)
    271.0
    """
    values = monthly(column)
    return values.groupby(values.index.year).mean()
