"""Rates of growth, their bases, and who contributes to them.

Series are floats indexed by monthly periods, in units of one currency. Growth is in per cent.
"""

import pandas as pd

from trade_lib.data import validate
from trade_lib.errors import TradeDataError


def yoy(series: pd.Series, years: int = 1, merge_january_february: bool = False) -> pd.Series:
    r"""Growth of each month over the same month ``years`` earlier, in per cent.

    .. math:: g_t = 100 \left( y_t / y_{t - 12 k} - 1 \right)

    With ``merge_january_february`` the sum of both months is compared and stands for each of them: Chinese New Year
    moves between the two, so either one alone compares a holiday month with a working month.

    ``series``: unbroken monthly values. ``years``: how many years back the base lies. ``merge_january_february``:
    compare January and February as one. Returns per cent; months without a base, or with a base of zero, are left out.

    >>> y = pd.Series(range(100, 124), index=pd.period_range("2020-01", periods=24, freq="M"), dtype=float)
    >>> float(yoy(y)["2021-01"].round(1))
    12.0
    """
    series = validate.monthly(series, lowest=0)
    years = int(validate.number(years, "years", lowest=1))
    if merge_january_february:
        first = series.index.month <= 2
        pairs = series[first].groupby(series.index[first].year).transform(lambda s: s.sum() if len(s) == 2 else None)
        series = series.astype(float).where(~first, pairs.reindex(series.index))
    before = series.shift(12 * years)
    return (100 * (series / before.where(before > 0) - 1)).dropna().rename(f"{series.name} yoy")


def window_sum(series, start, end):
    """Sum over the months ``start`` to ``end``, both included.

    >>> y = pd.Series(1.0, index=pd.period_range("2021-01", periods=12, freq="M"))
    >>> window_sum(y, "2021-01", "2021-11")
    11.0
    """
    return float(validate.within(series, start, end).sum())


def window_growth(series, start, end, years=1):
    r"""Growth of a window's sum over the same window ``years`` earlier, in per cent.

    .. math:: g = 100 \left( \sum_{t \in W} y_t \Big/ \sum_{t \in W} y_{t - 12 k} - 1 \right)

    >>> y = pd.Series([1.0] * 12 + [1.5] * 12, index=pd.period_range("2020-01", periods=24, freq="M"))
    >>> window_growth(y, "2021-01", "2021-11")
    50.0
    """
    start, end = validate.window(start, end)
    months = 12 * int(validate.number(years, "years", lowest=1))
    base = validate.within(series, start - months, end - months, lowest=0).sum()
    now = validate.within(series, start, end, lowest=0).sum()
    return 100 * (float(now) / validate.number(base, "sum of the base months", above=0) - 1)


def annualised(growth_pct, years):
    r"""Growth over several years as a yearly rate, :math:`100 ((1 + g/100)^{1/k} - 1)`.

    >>> round(annualised(21.0, 2), 6)
    10.0
    """
    growth = validate.number(growth_pct, "growth_pct", lowest=-100)
    return 100 * ((1 + growth / 100) ** (1 / validate.number(years, "years", above=0)) - 1)


def base_effect(growth_pct, two_year_growth_pct):
    """Points of a growth rate owed to an unusual base year: growth less the annualised two-year growth.

    >>> round(base_effect(30.0, 21.0), 6)
    20.0
    """
    return validate.number(growth_pct, "growth_pct", lowest=-100) - annualised(two_year_growth_pct, 2)


def contributions(now: pd.Series, base: pd.Series) -> pd.DataFrame:
    r"""Points that each part gives to the growth of the sum, :math:`100 (x_{i1} - x_{i0}) / \sum_j x_{j0}`.

    ``now``, ``base``: values of the same parts (flows, partners) in both periods. Returns a row a part: ``now``,
    ``base``, ``growth_pct`` (missing for a part that was zero), ``points``; the points add up to the growth of the sum.

    >>> base = pd.Series({"export": 50.0, "import": 50.0})
    >>> contributions(pd.Series({"export": 60.0, "import": 70.0}), base)["points"].tolist()
    [10.0, 20.0]
    """
    now, base = (validate.numbers(part, name, lowest=0) for part, name in ((now, "now"), (base, "base")))
    if set(now.index) != set(base.index):
        odd = sorted(set(now.index) ^ set(base.index), key=str)
        raise TradeDataError("parts differ between the two periods", value=odd, expected="the same members in both")
    base = base.reindex(now.index)
    total = validate.number(base.sum(), "sum of the base", above=0)
    return pd.DataFrame({"now": now, "base": base, "growth_pct": 100 * (now / base.where(base != 0) - 1),
                         "points": 100 * (now - base) / total})
