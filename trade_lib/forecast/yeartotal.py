r"""A calendar year's bilateral trade foretold from the months known, on both customs' books.

Side A (the customs that publish months): months known plus the joint paths of the missing ones.
Side B (the mirror customs, of which only printed year-to-date figures are at hand):

.. math:: B_Y = P_p + R \sum_{t=p+1}^{12} A_t

with P the printed figure for January to month p (p = 0 and P = 0 when none was printed), A the months of side A
(known up to the origin, paths after it) and R the mirror ratio B / A, whose distribution comes from years before Y.

The exercise is pseudo-real-time: side A's months are those of one late vintage (September 2022 for Russia), not what
was on the screen at each origin, and side B's printed figures are those of each release as far as a print from then
is at hand.
"""

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_series
from trade_lib.forecast.combine import COMBINATION, forecast_single
from trade_lib.forecast.mirror import mirror_total
from trade_lib.forecast.models import MODELS
from trade_lib.forecast.scores import pit
from trade_lib.forecast.statespace import choose_regressors
from trade_lib.forecast.totals import summary, year_total

#: Thresholds of the reliability check, as multiples of the year before's total.
GRID = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4)


def rest_of_year(y, origin, model=COMBINATION, n_paths=4000, seed=0, x=None, sets=(), **options):
    """Joint paths of the months from the origin to December, fitted on months up to the origin only.

    Parameters
    ----------
    y : pandas.Series
        Monthly trade; months after the origin are not looked at.
    origin : pandas.Period or str
        Last month known, January to November.
    model, n_paths, seed, x, sets
        As in `trade_lib.forecast.forecast`.

    Returns
    -------
    Forecast

    Raises
    ------
    TradeDataError
        The origin lies outside the series or in December.
    """
    origin = pd.Period(origin, "M")
    y = check_series(y)
    if origin not in y.index:
        raise TradeDataError("origin outside the series", value=str(origin), expected=f"{y.index[0]} to {y.index[-1]}")
    if origin.month == 12:
        raise TradeDataError("nothing of the year is left", value=str(origin), expected="January to November")
    history, left = y.loc[:origin], 12 - origin.month
    return forecast_single(history, left, model=model, n_paths=n_paths, seed=seed, x=x, sets=sets, **options)


def _chosen(y, origin, x=None, sets=(), **options):
    """Options with the regressors chosen once for all models of an origin (the same choice each would make)."""
    if x is not None and len(sets):
        x = x[list(choose_regressors(y.loc[:pd.Period(origin, "M")], x, sets))]
    return {**options, "x": x}


def year_draws(y, origin, annual, figures, model=COMBINATION, **options):
    """Draws of the year's total on both sides from one origin.

    Parameters
    ----------
    y, annual, figures
        As in `trade_lib.forecast.mirror.mirror_ratio`.
    origin : pandas.Period or str
    model, options
        As in `rest_of_year`.

    Returns
    -------
    dict
        own and mirror (arrays n_paths), printed_to (Period or None), forecast (Forecast).
    """
    found = rest_of_year(y, origin, model, **options)
    mirror, printed_to = mirror_total(found, y, annual, figures)
    return {"own": year_total(found, y), "mirror": mirror, "printed_to": printed_to, "forecast": found}


def probability_path(y, origins, annual, figures, threshold, models=(COMBINATION,), sides=("own", "mirror"), **options):
    """One row an origin, model and side: mean and limits of the year's total, probability that it exceeds a threshold.

    Parameters
    ----------
    y, annual, figures
        As in `trade_lib.forecast.mirror.mirror_ratio`.
    origins : iterable of pandas.Period or str
        January to November of one or more years.
    threshold : float
        In the unit of ``y``.
    models : sequence of str
    sides : (str, str)
        Labels of the two sides.
    options
        As in `rest_of_year` (x, sets, n_paths, seed).

    Returns
    -------
    pandas.DataFrame
        side, origin, months_known, printed_to, model, mean, lo80, hi80, lo95, hi95, p_exceed.
    """
    rows = []
    for origin in (pd.Period(origin, "M") for origin in origins):
        shared = _chosen(y, origin, **options)
        for model in models:
            draws = year_draws(y, origin, annual, figures, model, **shared)
            for side, key in zip(sides, ("own", "mirror"), strict=True):
                printed_to = draws["printed_to"] if key == "mirror" else None
                rows.append({"side": side, "origin": origin, "months_known": origin.month, "printed_to": printed_to,
                             "model": model, **summary(draws[key], threshold)})
    return pd.DataFrame(rows)


def calibration(y, years, annual, figures, models=(*MODELS, COMBINATION), sides=("own", "mirror"),
                months=range(1, 12), grid=GRID, progress=None, **options):
    """The same procedure on past years, against what came: intervals, PIT and exceedance probabilities.

    Parameters
    ----------
    y, annual, figures
        As in `trade_lib.forecast.mirror.mirror_ratio`; outcomes are the sums of ``y`` (own side) and ``annual``
        (mirror side).
    years : iterable of int
    models, sides, options
        As in `probability_path`.
    months : iterable of int
        Origin months.
    grid : sequence of float
        Thresholds as multiples of the year before's total on the same side.
    progress : callable, optional
        Called with each (year, month) when done.

    Returns
    -------
    (pandas.DataFrame, pandas.DataFrame)
        Rows a side, year, origin_month and model: pit, mean, limits, outcome, covered80, covered95; and rows with, for
        each threshold_ratio, p_exceed and happened.
    """
    own = y.groupby(y.index.year).sum()
    rows, exceed = [], []
    for year in years:
        for month in months:
            shared = _chosen(y, f"{year}-{month:02d}", **options)
            for model in models:
                draws = year_draws(y, f"{year}-{month:02d}", annual, figures, model, **shared)
                for side, key, totals in zip(sides, ("own", "mirror"), (own, annual), strict=True):
                    if year not in totals.index:
                        continue
                    outcome, found = float(totals[year]), summary(draws[key])
                    place = {"side": side, "year": year, "origin_month": month, "model": model}
                    rows.append({**place, "pit": pit(draws[key], outcome), **found, "outcome": outcome,
                                 "covered80": bool(found["lo80"] <= outcome <= found["hi80"]),
                                 "covered95": bool(found["lo95"] <= outcome <= found["hi95"])})
                    exceed += [{**place, "threshold_ratio": ratio,
                                "p_exceed": float((draws[key] > ratio * totals[year - 1]).mean()),
                                "happened": bool(outcome > ratio * totals[year - 1])} for ratio in grid]
            if progress is not None:
                progress((year, month))
    return pd.DataFrame(rows), pd.DataFrame(exceed)
