"""A panel of series in one call: the quick combination, its weights and spread learnt across the panel.

Which default is used where: `trade_lib.forecast.forecast` (one series, with regressors chosen by maximum likelihood)
uses ``combination``, four state-space and smoothing models; `forecast_panel` uses ``panel``, five quick models whose
weights and intervals come from past errors across the panel. Each can be asked for by name in either place.
"""

import warnings
import zlib

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_count, check_series
from trade_lib.forecast.combine import COMBINATION, forecast_single
from trade_lib.forecast.fast import FAST
from trade_lib.forecast.models import MODELS
from trade_lib.forecast.paths import Forecast
from trade_lib.forecast.pool import Pooled, combine, error_paths, own_factor, past_errors, pool
from trade_lib.forecast.prepare import ERRORS, back
from trade_lib.forecast.study import regressors_of, split_series, studied

PANEL = "panel"
LEVELS = (80, 95)
def draw(part, pooled, horizon, n_paths=1000, seed=0, key=""):
    """Sample paths of one studied series, given what the panel says.

    Returns
    -------
    array, n_paths x horizon
        In the unit of the series. The draws depend on the seed and the series' name only, not on its neighbours.
    """
    rng = np.random.default_rng([seed, zlib.crc32(str(key).encode())])
    if part["kind"] == "constant":
        return np.full((n_paths, horizon), part["recent"][-1])
    if part["kind"] == "intermittent":
        return rng.choice(part["recent"], size=(n_paths, horizon))
    middle = combine(part["now"], part["names"], pooled)
    factor = own_factor(past_errors(part, pooled), pooled)
    spread = part["base"] * factor * np.sqrt(pooled.variance(horizon))
    if part["kind"] in ("tiny", "short"):  # no past errors of its own: shocks add up, as in a random walk
        base = max(part["base"], pooled.typical if part["positive"] else 0.1 * abs(part["recent"]).max())
        spread = base * np.sqrt(1 + np.arange(horizon))
    paths = middle + error_paths(horizon, spread, pooled, n_paths, rng)
    if part["positive"]:
        return back(paths, ERRORS, part["unit"])
    return np.maximum(paths, part["floor"]) if part["floor"] is not None else paths


def label(model, part):
    """A model's name as the history allowed it: with the kind of history where that is not regular."""
    return model if part["kind"] == "regular" else f"{model} ({part['kind']})"


def table(paths, months, key, model, levels=LEVELS):
    """Mean, median and limits of paths by month: series, month, mean, median, lo80, hi80, ..., model."""
    quantiles = [0.5, *(q for level in levels for q in (0.5 - level / 200, 0.5 + level / 200))]
    found = np.quantile(paths, quantiles, axis=0)
    limits = {f"{side}{level:g}": found[1 + 2 * i + j] for i, level in enumerate(levels)
              for j, side in enumerate(("lo", "hi"))}
    return pd.DataFrame({"series": key, "month": months, "mean": paths.mean(axis=0), "median": found[0], **limits,
                         "model": model})


def _by_name(task):
    """A single-series model (or the single-series combination) on each series of a part of the panel."""
    series, horizon, model, levels, n_paths, seed, x, sets = task
    tables, bad, paths = [], {}, {}
    for key, y in series.items():
        try:
            found = forecast_single(y, horizon, model=model, n_paths=n_paths, seed=seed, x=x, sets=sets, key=key)
            tables.append(table(found.paths, found.index, key, model, levels))
            paths[key] = found.paths
        except (TradeDataError, ValueError, np.linalg.LinAlgError) as error:
            bad[key] = str(error)
    return tables, bad, paths


def forecast_panel(frame, horizon, model=PANEL, season=12, levels=LEVELS, n_paths=1000, seed=0, x=None, sets=(),
                   pooled=None, processes=None, return_paths=False, run=None):
    r"""Forecasts of every series of a long frame; a broken series is reported and costs no other.

    Members are fitted on a scale chosen within each history, wild months aside (`study.study`). The middle of the
    forecast is the weighted mean of their paths, on square roots where the series is positive; weights follow the
    members' errors at past origins over the whole panel. The spread, on the same scale, is

    .. math:: \sigma_{i,h} = b_i\, k_i \sqrt{a + c\,(h - 1)}

    with b the series' own yardstick (`pool.base_scale`), a + c (h - 1) the panel's error variance by horizon and k
    the series' own past errors against it, shrunk to 1. The shape of the errors is the panel's. Histories that allow
    less are forecast by less, and the column ``model`` says so: short (under three seasons: plain Theta and the
    seasonal naive rule), tiny (under five months: the last value, errors adding up), intermittent (30 % zeros or
    more: draws from the last three years), constant (that value, no spread).

    Parameters
    ----------
    frame : pandas.DataFrame
        Long: series, month (YYYY-MM or monthly periods), value.
    horizon : int
        Months ahead.
    model : str
        ``panel`` (default), a member's name (``fast.FAST``), ``combination`` or a name of ``MODELS``.
    season : int
    levels : sequence of float
        Coverage of the limits in per cent.
    n_paths, seed : int
        Same inputs and seed give the same numbers, on any number of processes.
    x : pandas.DataFrame, optional
        Regressors known over history and horizon: months x columns for all series, or long with series and month.
    sets : iterable of sequences of str
        Candidate sets of regressors, chosen within each history.
    pooled : Pooled, optional
        What a larger panel said (`learn`), for a part of it; learnt from ``frame`` by default.
    processes : int, optional
        One below 64 series, else one a core (at most 8).
    return_paths : bool
        Also return the paths, {series: array n_paths x horizon}.
    run : callable, optional
        ``run(function, tasks)``, a map that does the work elsewhere (`trade_lib.forecast.engine`).

    Returns
    -------
    (pandas.DataFrame, pandas.DataFrame) or with paths a third item
        Forecasts: series, month, mean, median, lo80, hi80, lo95, hi95, model. Failures: series, reason.

    Raises
    ------
    TradeDataError
        The frame lacks a column or rows; bad horizon, level, model or number of paths.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=48, freq="M").astype(str)
    >>> frame = pd.DataFrame({"series": "a", "month": months, "value": np.arange(100.0, 148.0)})
    >>> found, failed = forecast_panel(frame, 2)
    >>> found["month"].astype(str).tolist(), len(failed)
    (['2022-01', '2022-02'], 0)
    """
    horizon, n_paths = check_count(horizon, "horizon"), check_count(n_paths, "number of paths")
    season = check_count(season, "season")
    if any(not 0 < level < 100 for level in levels):
        raise TradeDataError("level outside 0 to 100", value=list(levels))
    series, bad = split_series(frame)
    paths = {}
    if model != PANEL and model not in FAST:
        if model not in (*MODELS, COMBINATION):
            raise TradeDataError("no such model", value=model, expected=", ".join([PANEL, COMBINATION, *FAST, *MODELS]))
        regressors = regressors_of(x)
        tasks = [({key: y}, horizon, model, levels, n_paths, seed, regressors(key), sets) for key, y in series.items()]
        tables = []
        for found, worse, drawn in (run or map)(_by_name, tasks):
            tables += found
            bad |= worse
            paths |= drawn if return_paths else {}
    else:
        names = None if model == PANEL else (model,)
        parts, worse = studied(series, horizon, names, season, x, sets, processes, run)
        bad |= worse
        pooled = pool(list(parts.values())) if pooled is None else pooled
        tables = []
        for key, part in parts.items():
            drawn = draw(part, pooled, horizon, n_paths, seed, key)
            months = pd.period_range(series[key].index[-1] + 1, periods=horizon, freq="M")
            tables.append(table(drawn, months, key, label(model, part), levels))
            if return_paths:
                paths[key] = drawn
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        found = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(
            columns=["series", "month", "mean", "median",
                     *(f"{side}{level:g}" for level in levels for side in ("lo", "hi")), "model"])
    failed = pd.DataFrame({"series": list(bad), "reason": list(bad.values())})
    return (found, failed, paths) if return_paths else (found, failed)


def learn(frame, horizon, season=12, x=None, sets=(), processes=None):
    """What a panel says (members' scores, spread, shape), to be handed to `forecast_panel` for parts of it.

    Returns
    -------
    Pooled
    """
    parts, _ = studied(split_series(frame)[0], horizon, None, season, x, sets, processes)
    return pool(list(parts.values())) if parts else Pooled()


def forecast(y, horizon, model=COMBINATION, n_paths=2000, seed=0, x=None, sets=(), key=None, **options):
    """Sample paths of one monthly series by any model of the package.

    Parameters
    ----------
    y, horizon, n_paths, seed, x, sets, key, options
        As in `trade_lib.forecast.combine.forecast_single`.
    model : str
        ``combination`` (default), a name of ``MODELS``, ``panel`` or one of its quick models (``fast.FAST``); a name
        in both tables is that of ``MODELS``. ``panel`` learns from the series' own past alone here.

    Returns
    -------
    Forecast

    Raises
    ------
    TradeDataError
        Bad series, horizon, regressors or model name.

    Examples
    --------
    >>> y = pd.Series(range(1, 49), pd.period_range("2018-01", periods=48, freq="M"), dtype=float)
    >>> forecast(y, 2, "dot").index.astype(str).tolist()
    ['2022-01', '2022-02']
    """
    if model == COMBINATION or model in MODELS:
        return forecast_single(y, horizon, model, n_paths, seed, x, sets, key, **options)
    y, name = check_series(y), key if key is not None else y.name
    frame = pd.DataFrame({"series": str(name), "month": y.index, "value": y.to_numpy()})
    _, failed, paths = forecast_panel(frame, horizon, model, n_paths=n_paths, seed=seed, x=x, sets=sets,
                                      return_paths=True)
    if len(failed):
        raise TradeDataError(failed["reason"][0], file=name)
    months = pd.period_range(y.index[-1] + 1, periods=horizon, freq="M")
    return Forecast(paths[str(name)], months, y.index[-1], model, seed, name)
