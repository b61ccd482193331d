"""Prices and exchange rates: the series, and the parts of growth that are owed to them."""

from trade_lib.data import validate
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures.growth import window_growth


def monthly(column):
    """One column of ``prices_monthly`` as a monthly series, empty months left out.

    >>> round(float(monthly("cny_per_usd")["2021-11"]), 2)
    6.39
    """
    return load("prices_monthly").set_index("month")[column].dropna().astype(float)


def yearly(column):
    """Yearly means of a column of ``prices_monthly``, by year; a year still running is the mean of its months so far.

    >>> round(float(yearly("us_cpi")[2021]), 1)
    271.0
    """
    values = monthly(column)
    return values.groupby(values.index.year).mean()


def in_other_currency(series, rate, lag=0):
    """The series times an exchange rate, month by month (``rate``: units of the other currency for one of this).

    ``lag=1`` takes the preceding month's rate: China's customs convert a month at the rate of the third Wednesday of
    the month before (GACC decree on the valuation of duties), so the lagged average comes nearest to its practice.

    >>> import pandas as pd
    >>> months = pd.period_range("2020-12", "2021-02", freq="M")
    >>> usd = pd.Series(1.0, index=months[1:])
    >>> in_other_currency(usd, pd.Series([6.5, 6.4, 6.3], index=months), lag=1).tolist()
    [6.5, 6.4]
    """
    series, rate = validate.numbers(series), validate.base(validate.monthly(rate), "exchange rate")
    used = rate.shift(lag).reindex(series.index)
    if used.isna().any():
        raise TradeDataError("no exchange rate", row=str(series.index[used.isna()][0]), expected="one for each month")
    return series * used


def price_part(value_now, value_base, price_relative, share, pass_through=1.0) -> float:
    r"""The part of a rise in value that is price, for a share of the trade whose price is known.

    At the quantities of now (Paasche), a good worth ``share * value_now`` would have cost :math:`p^{-\lambda}` times as
    much at the base's prices, so

    .. math:: part = s V_1 (1 - p^{-\lambda}) \big/ (V_1 - V_0)

    with :math:`p` the price relative and :math:`\lambda` how much of it reached customs values within the window
    (contracts lag the spot price: show a range, not one number).

    Returns share of the rise, 0 to 1 and beyond (above 1: at constant prices the value would have fallen).

    >>> round(price_part(130.0, 100.0, price_relative=2.0, share=0.3), 2)
    0.65
    """
    value_now = validate.number(value_now, "value_now", lowest=0)
    value_base = validate.number(value_base, "value_base", above=0)
    price_relative = validate.number(price_relative, "price_relative", above=0)
    share = validate.number(share, "share")
    if not 0 <= share <= 1:
        raise TradeDataError("share out of range", column="share", value=share, expected="0 to 1")
    if value_now == value_base:
        raise TradeDataError("no rise to take apart", column="value_now", value=value_now,
                             expected="a value that differs from the base")
    return share * value_now * (1 - price_relative ** -pass_through) / (value_now - value_base)


def price_relative(price, start, end, years=1, lag=0):
    """Mean price over a window against the same window ``years`` earlier, the price taken ``lag`` months before.

    >>> import pandas as pd
    >>> p = pd.Series([50.0] * 12 + [75.0] * 12, index=pd.period_range("2020-01", periods=24, freq="M"))
    >>> price_relative(p, "2021-01", "2021-11")
    1.5
    """
    start, end = (m - lag for m in validate.window(start, end))
    return 1 + window_growth(price, start, end, years) / 100


def deflate(series, index, base):
    """The series in prices of ``base`` (a month or a year), by a price index.

    >>> import pandas as pd
    >>> months = pd.period_range("2020-01", periods=2, freq="M")
    >>> deflate(pd.Series([100.0, 100.0], months), pd.Series([100.0, 110.0], months), "2020-01").round(1).tolist()
    [100.0, 90.9]
    """
    series, index = validate.numbers(series), validate.base(index, "price index")
    try:
        level = index.loc[str(base)]
    except KeyError:
        raise TradeDataError("no price index for the base", row=str(base), value=base,
                             expected=f"a period from {index.index.min()} to {index.index.max()}") from None
    level = float(level.mean()) if hasattr(level, "mean") else float(level)
    missing = series.index.difference(index.index)
    if len(missing):
        raise TradeDataError("no price index", row=str(missing[0]), expected="an index for each period")
    return series * level / index.reindex(series.index)
