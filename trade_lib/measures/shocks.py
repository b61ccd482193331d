"""How trade took a shock: depth of the fall, months to recover, volatility, who carried growth, dates against placebos.

Series are floats indexed by monthly periods, in units of one currency.
"""

import numpy as np
import pandas as pd

from trade_lib.data import validate
from trade_lib.errors import TradeDataError
from trade_lib.measures.growth import yoy


def against_base_year(series: pd.Series, year: int) -> pd.Series:
    r"""Each month as a per cent of the same month of a base year, :math:`100\, y_t / y_{m(t),\,base}`.

    January and February are compared as one, since Chinese New Year moves between them. Taking the same month removes
    the seasons without a model.

    ``series``: monthly values; the base year has to be whole. ``year``: base year. Base year = 100; an
    unfinished pair of January and February is left out.

    >>> y = pd.Series([100.0] * 12 + [80.0] * 12, pd.period_range("2019-01", periods=24, freq="M"))
    >>> float(against_base_year(y, 2019)["2020-04"])
    80.0
    """
    series = validate.monthly(series, lowest=0)
    validate.base(validate.within(series, f"{year}-01", f"{year}-12"), series.name)
    first = series.index.month <= 2
    pairs = series[first].groupby(series.index[first].year).transform(lambda s: s.sum() if len(s) == 2 else np.nan)
    values = series.where(~first, pairs.reindex(series.index))
    base = values[values.index.year == year]
    base = pd.Series(base.to_numpy(), index=base.index.month)
    return (100 * values / base.reindex(values.index.month).to_numpy()).dropna().rename(series.name)


def fall_and_recovery(index: pd.Series, start: str, end: str, hold: int = 3) -> pd.Series:
    """Depth of the fall below 100, its month, and the months from the start until the level held again.

    Recovered: the first month from the trough on that begins a run of ``hold`` months at or above 100.

    ``index``: as of `against_base_year`. ``start``, ``end``: the window of the shock, months. ``hold``: months that a
    recovery must last. Returns ``depth`` (per cent of the base, 0 where no month fell below), ``trough`` (month or
    None), ``months`` (from ``start`` to the recovery; 0 without a fall, missing where the window ends before it).

    >>> x = pd.Series([100.0, 90.0, 101.0, 102.0, 103.0], pd.period_range("2020-01", periods=5, freq="M"))
    >>> fall_and_recovery(x, "2020-01", "2020-05").tolist()
    [-10.0, '2020-02', 2.0]
    """
    first, last = validate.window(start, end)
    hold = int(validate.number(hold, "hold", lowest=1))
    index = validate.monthly(index, lowest=0)
    window = index[(index.index >= first) & (index.index <= last)]
    if window.empty:
        raise TradeDataError("no month in the window", file=index.name, value=f"{start}..{end}",
                             expected=f"within {index.index.min()}..{index.index.max()}")
    trough = window.idxmin()
    if window[trough] >= 100:
        return pd.Series({"depth": 0.0, "trough": None, "months": 0.0}, dtype=object)
    after = (window.loc[trough:] >= 100).to_numpy()
    runs = [i for i in range(len(after) - hold + 1) if after[i:i + hold].all()]
    months = float((trough + runs[0] - first).n) if runs else np.nan
    return pd.Series({"depth": float(window[trough] - 100), "trough": str(trough), "months": months}, dtype=object)


def volatility(series, start, end):
    """Standard deviation of monthly growth over a year earlier within a window, in points.

    January and February are compared as one, so New Year does not count as volatility; the pair counts once.

    >>> y = pd.Series([100.0] * 12 + [110.0] * 12, pd.period_range("2019-01", periods=24, freq="M"))
    >>> volatility(y, "2020-01", "2020-12")
    0.0
    """
    growth = yoy(series, merge_january_february=True)
    first, last = validate.window(start, end)
    window = growth[(growth.index.month != 1) & (growth.index >= first) & (growth.index <= last)]
    if len(window) < 3:
        raise TradeDataError("too few months for a spread", file=series.name, value=len(window), expected="3 or more")
    return round(float(window.std()), 10)


def wilson(successes, n, alpha: float = 0.05) -> pd.Series:
    """Share with its Wilson score interval (Wilson 1927), for a share of independent trials: ``share, low, high``.

    Months of one partner depend on one another, so the true interval is wider.

    >>> wilson(9, 10).round(3).tolist()
    [0.9, 0.596, 0.982]
    """
    from statsmodels.stats.proportion import proportion_confint  # here only: statsmodels takes a second to import

    n, successes = validate.number(n, "n"), validate.number(successes, "successes")
    if n < 1 or not 0 <= successes <= n:
        raise TradeDataError("not a share", value=f"{successes:g} of {n:g}", expected="0 <= successes <= n, n >= 1")
    low, high = proportion_confint(successes, n, alpha, "wilson")
    return pd.Series({"share": successes / n, "low": min(low, successes / n), "high": max(high, successes / n)})


def event_gap(series, control, month, span):
    r"""How much faster a flow grew than its control in the ``span`` months after a date, in log points.

    .. math:: 100 \left[ \log\frac{\sum_{1}^{k} y_{t+j}}{\sum_{1}^{k} y_{t+j-12}}
       - \log\frac{\sum_{1}^{k} c_{t+j}}{\sum_{1}^{k} c_{t+j-12}} \right]

    Growth over the same months a year earlier, less that of the control: seasons and shocks common to both drop out.

    >>> months = pd.period_range("2020-01", periods=24, freq="M")
    >>> round(event_gap(pd.Series([1.0] * 12 + [2.0] * 12, months), pd.Series(1.0, months), "2020-12", 6), 2)
    69.31
    """
    first = validate.month(month) + 1
    last = first + int(validate.number(span, "span", lowest=1)) - 1
    sums = [[validate.within(s, first - back, last - back, lowest=0).sum() for back in (0, 12)]
            for s in (series, control)]
    logs = [np.log(validate.number(now, "sum of the months", above=0)
                   / validate.number(base, "sum of the base", above=0)) for now, base in sums]
    return float(100 * (logs[0] - logs[1]))


def placebo_gaps(series, control, month, span):
    """The same gap after every date that could have been the event's, and where the event's own falls among them.

    Dates whose window or base touches the event's window are left out. Neighbouring windows overlap, so the dates are
    far from independent: the share is a description, not a test.

    Returns ``gaps``: log points by month, placebo dates only. ``share``: share of the placebo dates with a gap at least
    as far from zero as the event's.

    >>> months = pd.period_range("2010-01", periods=96, freq="M")
    >>> flat = pd.Series(1.0, months)
    >>> gaps, share = placebo_gaps(flat, flat, "2016-01", 6)
    >>> float(gaps.abs().max()), share
    (0.0, 1.0)
    """
    event, span = validate.month(month), int(validate.number(span, "span", lowest=1))
    series, control = validate.base(validate.monthly(series)), validate.base(validate.monthly(control))
    months = series.index.intersection(control.index)
    if months.empty:
        raise TradeDataError("the two series share no month", file=series.name, expected="24 or more placebo dates")
    dates = pd.period_range(months.min() + 11, months.max() - span, freq="M")
    dates = dates[[abs((d - event).n) >= 12 + span for d in dates]]
    if len(dates) < 24:
        raise TradeDataError("too few placebo dates", value=len(dates), expected="24 or more")
    sums = pd.DataFrame({"flow": series.loc[months], "control": control.loc[months]}).rolling(span).sum()
    growth = np.log(sums / sums.shift(12))
    gaps = (100 * (growth["flow"] - growth["control"])).shift(-span).reindex(dates)
    share = float((gaps.abs() >= abs(event_gap(series, control, event, span))).mean())
    return gaps, share
