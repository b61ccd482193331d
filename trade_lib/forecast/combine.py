"""A series by a single model, or by the equal-weight pool of those that pass a sanity check."""

import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.calibrate import rescale, spread_factors
from trade_lib.forecast.checks import check_count, check_regressors, check_series
from trade_lib.forecast.models import MODELS
from trade_lib.forecast.paths import Forecast
from trade_lib.forecast.statespace import choose_regressors

#: Members of the combination. With the seasonal naive rules added the pool is wider and no more accurate (CRPS of
#: the rest of the year, Russia's trade with seven partners other than China, 2012-2021).
MEMBERS = ("ets", "theta", "sarima", "structural")
#: Used in the combination only where no member can be (short series, values at or below zero).
RESERVE = ("seasonal_naive_drift", "seasonal_naive")
COMBINATION = "combination"


def insane(paths, y):
    """Why paths must not enter a combination, or None.

    The rule: finite; the median path stays within the range of the last 36 months widened by twice that range on
    either side; and no month's 80 % interval is wider than ten times that range.

    Examples
    --------
    >>> y = pd.Series([1.0, 2.0, 3.0], pd.period_range("2021-01", periods=3, freq="M"))
    >>> insane(np.array([[50.0], [51.0]]), y)
    'median path outside -3 to 7'
    """
    if not np.isfinite(paths).all():
        return "paths not finite"
    recent = y.to_numpy()[-36:]
    span = max(recent.max() - recent.min(), 1e-9 * max(abs(recent).max(), 1e-300))
    low, high = recent.min() - 2 * span, recent.max() + 2 * span
    middle = np.median(paths, axis=0)
    if (middle < low).any() or (middle > high).any():
        return f"median path outside {low:.4g} to {high:.4g}"
    width = np.ptp(np.quantile(paths, [0.1, 0.9], axis=0), axis=0).max()
    return f"80 % interval {width:.4g} wide" if width > 10 * span else None


class Estimated(NamedTuple):
    """What was learnt from a history: regressors chosen, fits by model, the correction of the spread, notes.

    With forecasts of longer histories of the same series nothing of it is estimated again.
    """

    columns: tuple
    fits: dict
    factors: np.ndarray | None
    notes: tuple


def _recorded(name, notes, call, *arguments):
    """The call's result; warnings met on the way go to the notes, with the model's name."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = call(*arguments)
    notes += sorted({f"{name}: {str(w.message).splitlines()[0]}" for w in caught})
    return found


def estimate(y, horizon, model=COMBINATION, x=None, sets=(), members=MEMBERS, calibrated=True):
    """Everything that is estimated before paths are drawn; parameters as in `forecast_single`.

    Returns
    -------
    Estimated
    """
    y, horizon = check_series(y, least=1), check_count(horizon, "horizon")
    for name in (*members, *([] if model == COMBINATION else [model])):
        if name not in MODELS:
            raise TradeDataError("no such model", value=name, expected=", ".join([*MODELS, COMBINATION]))
    x, notes = check_regressors(x, y, horizon), []
    columns = () if x is None else tuple(x.columns)
    if x is not None and sets and (y > 0).all() and len(y) >= 48:
        columns = tuple(_recorded("", [], choose_regressors, y, x, sets))
    elif x is not None and sets:
        columns, notes = (), ["regressors: not chosen (fewer than 48 months, or values at or below zero)"]
    x = x[list(columns)] if columns else None
    if model != COMBINATION:
        return Estimated(columns, {model: _recorded(model, notes, MODELS[model].fit, y, x)}, None, tuple(notes))
    fits = {}
    for name in members:
        try:
            fits[name] = _recorded(name, notes, MODELS[name].fit, y, x)
        except (TradeDataError, np.linalg.LinAlgError, ValueError) as error:
            notes.append(f"left out {name}: {error}")
    fits |= {name: None for name in RESERVE if name not in members}
    return Estimated(columns, fits, spread_factors(y, horizon) if calibrated else None, tuple(notes))


def forecast_single(y, horizon, model=COMBINATION, n_paths=2000, seed=0, x=None, sets=(), key=None, members=MEMBERS,
                    calibrated=True, estimated=None):
    """Sample paths of a monthly series.

    ``combination`` pools the members' paths in equal numbers (a linear opinion pool: its spread holds both each
    model's own uncertainty and their disagreement), then corrects the pool's spread by the series' own past errors
    (`spread_factors`). Where no member can be used the first reserve rule that can takes over, and ``notes`` say so.
    A member that cannot be fitted or whose paths are not sane (see `insane`) is left out and named in ``notes``.
    Which regressors enter is chosen within the history, by AICc, among ``sets`` and none.

    Parameters
    ----------
    y : pandas.Series
        History on a monthly PeriodIndex, unbroken.
    horizon : int
        Months ahead.
    model : str
        A name in ``MODELS``, or ``combination``.
    n_paths : int
    seed : int
        Same inputs and seed give the same paths. Each model draws from its own stream, whatever else is run.
    x : pandas.DataFrame, optional
        Candidate regressors, known over history and horizon.
    sets : iterable of sequences of str
        Candidate sets of columns of ``x``; when empty all columns of ``x`` are used.
    key : str, optional
        Name of the series; the series' own name by default.
    members : sequence of str
        Models of the combination.
    calibrated : bool
        Correct the combination's spread by past errors.
    estimated : Estimated, optional
        What `estimate` learnt from an earlier history of the series: nothing is estimated again.

    Returns
    -------
    Forecast

    Raises
    ------
    TradeDataError
        Bad series, horizon, regressors or model name; no member of the combination left.

    Examples
    --------
    >>> y = pd.Series(range(1, 49), pd.period_range("2018-01", periods=48, freq="M"), dtype=float)
    >>> forecast_single(y, 2, model="seasonal_naive").index.astype(str).tolist()
    ['2022-01', '2022-02']
    """
    y, horizon = check_series(y, least=1), check_count(horizon, "horizon")
    n_paths = check_count(n_paths, "number of paths")
    if estimated is None:
        estimated = estimate(y, horizon, model, x, sets, members, calibrated)
    columns, fits, factors, notes = estimated
    x = check_regressors(x, y, horizon)[list(columns)] if columns else None
    notes = list(notes)

    def paths_of(name):
        rng = np.random.default_rng([seed, list(MODELS).index(name)])
        return np.asarray(_recorded(name, notes, MODELS[name].paths, fits[name], y, horizon, n_paths, rng, x), float)

    if model != COMBINATION:
        paths = paths_of(model)
    else:
        pool = {}
        for name in fits:
            if pool and name not in members:
                break
            try:
                paths = paths_of(name)
                reason = insane(paths, y)
            except (TradeDataError, np.linalg.LinAlgError, ValueError) as error:
                reason = str(error)
            if reason is None:
                pool[name] = paths
            else:
                notes.append(f"left out {name}: {reason}")
        if not pool:
            raise TradeDataError("no model of the combination could be used", file=key or y.name,
                                 value="; ".join(notes))
        sizes = np.full(len(pool), n_paths // len(pool)) + (np.arange(len(pool)) < n_paths % len(pool))
        paths = np.vstack([part[:size] for part, size in zip(pool.values(), sizes, strict=True)])
        if not set(pool) & set(members):
            notes.append(f"{', '.join(pool)} used instead of the members")
        elif factors is not None:
            paths = rescale(paths, factors)
    index = pd.period_range(y.index[-1] + 1, periods=horizon, freq="M")
    return Forecast(paths, index, y.index[-1], model, seed, key if key is not None else y.name, columns, tuple(notes))
