"""Growth of trade: rates, bases, contributions, and the parts due to prices, exchange rates and the reporting side.

Series are floats indexed by monthly periods, in units of one currency. Growth is in per cent.
"""

import pandas as pd

from trade_lib import checks
from trade_lib.errors import TradeDataError

#: Per cent by which freight and insurance put an importer's CIF value above the exporter's FOB value, at most. The
#: IMF's Direction of Trade Statistics took 10 until 2018 and takes 6 since (Marini, Dippelsman & Stanger 2018).
FREIGHT = 10


def yoy(series, years=1, merge_january_february=False):
    r"""Growth of each month over the same month ``years`` earlier, in per cent.

    .. math:: g_t = 100 \left( y_t / y_{t - 12 k} - 1 \right)

    With ``merge_january_february`` the sum of both months is compared and stands for each of them: Chinese New Year
    moves between the two, so either one alone compares a holiday month with a working month.

    Parameters
    ----------
    series : pandas.Series
        Unbroken monthly values.
    years : int
        How many years back the base lies.
    merge_january_february : bool
        Compare January and February as one.

    Returns
    -------
    pandas.Series
        Per cent; months without a base are left out.

    Raises
    ------
    TradeDataError
        The months are broken, repeated or not monthly periods; a value is missing; a base is zero or negative.

    Examples
    --------
    >>> y = pd.Series(range(100, 124), index=pd.period_range("2020-01", periods=24, freq="M"), dtype=float)
    >>> float(yoy(y)["2021-01"].round(1))
    12.0
    """
    series = checks.monthly(series, lowest=0)
    years = int(checks.number(years, "years", lowest=1))
    if merge_january_february:
        first = series.index.month <= 2
        pairs = series[first].groupby(series.index[first].year).transform(lambda s: s.sum() if len(s) == 2 else None)
        series = series.astype(float).where(~first, pairs.reindex(series.index))
    before = series.shift(12 * years).dropna()
    if len(before):
        checks.base(before, series.name)
    return (100 * (series / before - 1)).dropna().rename(f"{series.name} yoy")


def ytd(series):
    """Value cumulated from January to each month of the same year; a year not begun in January is left out.

    Examples
    --------
    >>> y = pd.Series(1.0, index=pd.period_range("2020-11", "2021-03", freq="M"))
    >>> ytd(y).tolist()
    [1.0, 2.0, 3.0]
    """
    series = checks.monthly(series)
    full = series[series.index.year > series.index[0].year] if series.index[0].month > 1 else series
    return full.groupby(full.index.year).cumsum().rename(f"{series.name} year to date")


def window_sum(series, start, end):
    """Sum over the months ``start`` to ``end``, both included.

    Raises
    ------
    TradeDataError
        One of the months or its value is missing, a month stands twice, or the window ends before it starts.

    Examples
    --------
    >>> y = pd.Series(1.0, index=pd.period_range("2021-01", periods=12, freq="M"))
    >>> window_sum(y, "2021-01", "2021-11")
    11.0
    """
    return float(checks.within(series, start, end).sum())


def window_growth(series, start, end, years=1):
    r"""Growth of a window's sum over the same window ``years`` earlier, in per cent.

    .. math:: g = 100 \left( \sum_{t \in W} y_t \Big/ \sum_{t \in W} y_{t - 12 k} - 1 \right)

    Examples
    --------
    >>> y = pd.Series([1.0] * 12 + [1.5] * 12, index=pd.period_range("2020-01", periods=24, freq="M"))
    >>> window_growth(y, "2021-01", "2021-11")
    50.0
    """
    start, end = checks.window(start, end)
    months = 12 * int(checks.number(years, "years", lowest=1))
    base = checks.within(series, start - months, end - months, lowest=0).sum()
    now = checks.within(series, start, end, lowest=0).sum()
    return 100 * (float(now) / checks.number(base, "sum of the base months", above=0) - 1)


def annualised(growth_pct, years):
    r"""Growth over several years as a yearly rate, :math:`100 ((1 + g/100)^{1/k} - 1)`.

    Examples
    --------
    >>> round(annualised(21.0, 2), 6)
    10.0
    """
    growth = checks.number(growth_pct, "growth_pct", lowest=-100)
    return 100 * ((1 + growth / 100) ** (1 / checks.number(years, "years", above=0)) - 1)


def base_effect(growth_pct, two_year_growth_pct):
    """Points of a growth rate owed to an unusual base year: growth less the annualised two-year growth.

    Examples
    --------
    >>> round(base_effect(30.0, 21.0), 6)
    20.0
    """
    return checks.number(growth_pct, "growth_pct", lowest=-100) - annualised(two_year_growth_pct, 2)


def contributions(now, base):
    r"""Points that each part gives to the growth of the sum, :math:`100 (x_{i1} - x_{i0}) / \sum_j x_{j0}`.

    Parameters
    ----------
    now, base : pandas.Series
        Values of the same parts (flows, partners) in both periods.

    Returns
    -------
    pandas.DataFrame
        A row a part: ``now``, ``base``, ``growth_pct`` (missing for a part that was zero), ``points``; the points add
        up to the growth of the sum.

    Raises
    ------
    TradeDataError
        The parts differ between the periods (a change of members is not growth), a value is missing, or the base
        adds up to nothing.

    Examples
    --------
    >>> base = pd.Series({"export": 50.0, "import": 50.0})
    >>> contributions(pd.Series({"export": 60.0, "import": 70.0}), base)["points"].tolist()
    [10.0, 20.0]
    """
    now, base = (checks.numbers(part, name, lowest=0) for part, name in ((now, "now"), (base, "base")))
    if set(now.index) != set(base.index):
        odd = sorted(set(now.index) ^ set(base.index), key=str)
        raise TradeDataError("parts differ between the two periods", value=odd, expected="the same members in both")
    base = base.reindex(now.index)
    total = checks.number(base.sum(), "sum of the base", above=0)
    return pd.DataFrame({"now": now, "base": base, "growth_pct": 100 * (now / base.where(base != 0) - 1),
                         "points": 100 * (now - base) / total})


def in_other_currency(series, rate, lag=0):
    """The series times an exchange rate, month by month (``rate``: units of the other currency for one of this).

    ``lag=1`` takes the preceding month's rate: China's customs convert a month at the rate of the third Wednesday of
    the month before (GACC decree on the valuation of duties), so the lagged average comes nearest to its practice.

    Examples
    --------
    >>> months = pd.period_range("2020-12", "2021-02", freq="M")
    >>> usd = pd.Series(1.0, index=months[1:])
    >>> in_other_currency(usd, pd.Series([6.5, 6.4, 6.3], index=months), lag=1).tolist()
    [6.5, 6.4]
    """
    series, rate = checks.numbers(series), checks.base(checks.monthly(rate), "exchange rate")
    used = rate.shift(lag).reindex(series.index)
    if used.isna().any():
        raise TradeDataError("no exchange rate", row=str(series.index[used.isna()][0]), expected="one for each month")
    return series * used


def exchange_rate_part(growth_usd_pct, growth_local_pct):
    r"""How far the currency rose against the dollar over the same window, weighted as the trade was, in per cent.

    From :math:`1 + g_{usd} = (1 + g_{local}) (1 + e)`: the part of dollar growth that is the exchange rate only.

    Examples
    --------
    >>> round(exchange_rate_part(33.6, 24.0), 1)
    7.7
    """
    dollars = checks.number(growth_usd_pct, "growth_usd_pct", lowest=-100)
    return 100 * ((1 + dollars / 100) / (1 + checks.number(growth_local_pct, "growth_local_pct", above=-100) / 100) - 1)


def price_part(value_now, value_base, price_relative, share, pass_through=1.0):
    r"""The part of a rise in value that is price, for a share of the trade whose price is known.

    At the quantities of now (Paasche), a good worth ``share * value_now`` would have cost :math:`p^{-\lambda}` times as
    much at the base's prices, so

    .. math:: part = s V_1 (1 - p^{-\lambda}) \big/ (V_1 - V_0)

    with :math:`p` the price relative and :math:`\lambda` how much of it reached customs values within the window
    (contracts lag the spot price: show a range, not one number).

    Returns
    -------
    float
        Share of the rise, 0 to 1 and beyond (above 1: at constant prices the value would have fallen).

    Examples
    --------
    >>> round(price_part(130.0, 100.0, price_relative=2.0, share=0.3), 2)
    0.65
    """
    value_now = checks.number(value_now, "value_now", lowest=0)
    value_base = checks.number(value_base, "value_base", above=0)
    price_relative = checks.number(price_relative, "price_relative", above=0)
    share = checks.number(share, "share")
    if not 0 <= share <= 1:
        raise TradeDataError("share out of range", column="share", value=share, expected="0 to 1")
    if value_now == value_base:
        raise TradeDataError("no rise to take apart", column="value_now", value=value_now,
                             expected="a value that differs from the base")
    return share * value_now * (1 - price_relative ** -pass_through) / (value_now - value_base)


def price_relative(price, start, end, years=1, lag=0):
    """Mean price over a window against the same window ``years`` earlier, the price taken ``lag`` months before.

    Examples
    --------
    >>> p = pd.Series([50.0] * 12 + [75.0] * 12, index=pd.period_range("2020-01", periods=24, freq="M"))
    >>> price_relative(p, "2021-01", "2021-11")
    1.5
    """
    start, end = (m - lag for m in checks.window(start, end))
    return 1 + window_growth(price, start, end, years) / 100


def deflate(series, index, base):
    """The series in prices of ``base`` (a month or a year), by a price index.

    Examples
    --------
    >>> months = pd.period_range("2020-01", periods=2, freq="M")
    >>> deflate(pd.Series([100.0, 100.0], months), pd.Series([100.0, 110.0], months), "2020-01").round(1).tolist()
    [100.0, 90.9]
    """
    series, index = checks.numbers(series), checks.base(index, "price index")
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


def mirror_gap(import_side, export_side):
    r"""The gap of two sides' reports of one flow, as the importer's figure over the exporter's.

    .. math:: gap = 100 \left( M^{cif}_{ij} / X^{fob}_{ij} - 1 \right)

    Freight and insurance put the importer's CIF value above the exporter's FOB value, by up to `FREIGHT` per cent as a
    rule of thumb; a gap outside 0 to `FREIGHT` points to transit through third countries, timing or under-reporting
    rather than to freight alone.

    Parameters
    ----------
    import_side, export_side : pandas.Series
        The same flow as booked by the importer (CIF) and by the exporter (FOB), in one currency.

    Returns
    -------
    pandas.DataFrame
        ``import_side``, ``export_side``, ``gap_pct`` and ``reading`` for the periods that both report.

    Examples
    --------
    >>> mirror_gap(pd.Series({2020: 106.0}), pd.Series({2020: 100.0})).round(1).values.tolist()
    [[106.0, 100.0, 6.0, 'freight and insurance']]
    """
    import_side = checks.numbers(import_side, "import side", lowest=0)
    export_side = checks.base(export_side, "export side")
    both = pd.concat({"import_side": import_side, "export_side": export_side}, axis=1).dropna()
    if both.empty:
        raise TradeDataError("the two sides share no period", expected="at least one period that both report")
    gap = 100 * (both["import_side"] / both["export_side"] - 1)
    reading = pd.cut(gap, [-float("inf"), 0, FREIGHT, float("inf")], right=False,
                     labels=["importer books less", "freight and insurance", "more than freight"]).astype(str)
    return both.assign(gap_pct=gap, reading=reading)


def implied_base(level, growth_pct, level_step=0.01, growth_step=0.1):
    r"""The base that a printed level and a printed growth rate imply, with the interval that rounding allows.

    .. math:: V_0 = V_1 / (1 + g), \quad
       \frac{V_1 - \delta/2}{1 + g + \gamma/2} \le V_0 \le \frac{V_1 + \delta/2}{1 + g - \gamma/2}

    Parameters
    ----------
    level : float
        Printed level.
    growth_pct : float
        Printed growth, per cent.
    level_step, growth_step : float
        One unit of the last digit printed.

    Returns
    -------
    pandas.Series
        ``base``, ``low``, ``high`` in the level's unit.

    Examples
    --------
    >>> implied_base(130.43, 33.6).round(2).tolist()
    [97.63, 97.59, 97.67]
    """
    level = checks.number(level, "level", lowest=0)
    growth_pct = checks.number(growth_pct, "growth_pct")
    if growth_pct - growth_step / 2 <= -100:
        raise TradeDataError("growth leaves no base", column="growth_pct", value=growth_pct, expected="above -100")
    low = (level - level_step / 2) / (1 + (growth_pct + growth_step / 2) / 100)
    high = (level + level_step / 2) / (1 + (growth_pct - growth_step / 2) / 100)
    return pd.Series({"base": level / (1 + growth_pct / 100), "low": low, "high": high})


def growth_interval(level, base, level_step=0.01, base_step=0.01):
    """Growth of two printed levels with the interval that their rounding allows, in per cent.

    Examples
    --------
    >>> growth_interval(130.43, 97.63).round(2).tolist()
    [33.6, 33.58, 33.61]
    """
    level, base = checks.number(level, "level", lowest=0), checks.number(base, "base", above=base_step / 2)
    low = 100 * ((level - level_step / 2) / (base + base_step / 2) - 1)
    high = 100 * ((level + level_step / 2) / (base - base_step / 2) - 1)
    return pd.Series({"growth_pct": 100 * (level / base - 1), "low": low, "high": high})
