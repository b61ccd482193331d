"""The engine: forecasts of a panel of monthly series, or of one, as sample paths."""

import zlib

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_count, check_series
from trade_lib.forecast.error_model import ErrorModel, learnt_from
from trade_lib.forecast.fitting import Fit, fit_panel, split_series
from trade_lib.forecast.members import COMBINATION, MODELS
from trade_lib.forecast.paths import Forecast

LEVELS = (80, 95)
#: Longest horizon, in months, that forecasts were scored at: ten origins to 24 months (benchmarks/forecast_trade.py),
#: one origin to 49 (table ``forecast_november_2021``).
LONGEST = 49


def draw(fit: Fit, learnt: ErrorModel, n_paths=1000, seed=0, key="") -> np.ndarray:
    """Sample paths (n_paths x horizon) in the unit of the series; they depend on seed and name, not on neighbours.

    An intermittent history is forecast by draws from its last three seasons, and so is a constant one.
    """
    rng = np.random.default_rng([seed, zlib.crc32(str(key).encode())])
    if fit.kind in ("intermittent", "constant"):
        return rng.choice(fit.recent, size=(n_paths, len(fit.path.middle)))
    return fit.scale.to_values(learnt.draw(fit.path, n_paths, rng))


def label(model: str, fit: Fit) -> str:
    """A model's name, with the kind of history where that is not regular and allowed less."""
    return model if fit.kind == "regular" else f"{model} ({fit.kind})"


def table(paths, months, key, model, levels=LEVELS) -> pd.DataFrame:
    """Mean, median and limits of paths by month: series, month, mean, median, lo80, hi80, ..., model."""
    quantiles = [0.5, *(q for level in levels for q in (0.5 - level / 200, 0.5 + level / 200))]
    rows = np.quantile(paths, quantiles, axis=0)
    limits = {f"{side}{level:g}": rows[1 + 2 * i + j] for i, level in enumerate(levels)
              for j, side in enumerate(("lo", "hi"))}
    return pd.DataFrame({"series": key, "month": months, "mean": paths.mean(axis=0), "median": rows[0], **limits,
                         "model": model})


def checked(horizon, model, n_paths=1, season=12, levels=()):
    """Options of a call, or a clear error: counts, model, levels, and a horizon up to which the engine was tried."""
    for value, what in ((horizon, "horizon"), (n_paths, "number of paths"), (season, "season")):
        check_count(value, what)
    if horizon > LONGEST:
        raise TradeDataError("horizon beyond what was evaluated", value=horizon, expected=f"at most {LONGEST} months")
    if model not in MODELS:
        raise TradeDataError("no such model", value=model, expected=", ".join(MODELS))
    if any(not 0 < level < 100 for level in levels):
        raise TradeDataError("level outside 0 to 100", value=list(levels))


def forecast_panel(frame: pd.DataFrame, horizon: int, model=COMBINATION, x=None, season=12, levels=LEVELS, n_paths=1000,
                   seed=0, learnt: ErrorModel | None = None, processes=None, return_paths=False, run=None):
    """Forecasts of every series of a long frame; a broken series is reported and costs no other.

    The middle is the mean of the members' paths on logs (`members`), the spread what past errors of the
    panel say (`error_model`). Publish the median for a month and the mean for a sum of months. Histories that allow
    less are forecast by less (`members.kind_of`), and the column ``model`` says so.

    ``frame`` is long: series, month (YYYY-MM or monthly periods), value. ``x`` are regressors known over history and
    horizon (months x columns, or long with series and month), or a list of such candidates, of which one or none is
    chosen within each history. ``learnt`` is what a larger panel said of errors (`learn`), by default learnt from
    ``frame``. ``processes`` are one below 64 series, else one a core (at most 8); ``run(function, tasks)`` is a map
    that does the work elsewhere (`trade_lib.forecast.run_on`). Same inputs and seed give the same numbers anywhere.

    Forecasts: series, month, mean, median, lo80, hi80, ..., model. Failures: series, reason. With ``return_paths``
    also {series: array n_paths x horizon}.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=48, freq="M").astype(str)
    >>> frame = pd.DataFrame({"series": "a", "month": months, "value": np.arange(100.0, 148.0)})
    >>> forecasts, failures = forecast_panel(frame, 2)
    >>> forecasts["month"].astype(str).tolist(), len(failures)
    (['2022-01', '2022-02'], 0)
    """
    checked(horizon, model, n_paths, season, levels)
    series, failed = split_series(frame)
    fits, worse = fit_panel(series, horizon, model, season, x, learnt is None, processes, run)
    learnt = learnt or learnt_from([one for fit in fits.values() for one in fit.past])
    tables, paths = [], {}
    for key, fit in fits.items():
        drawn = draw(fit, learnt, n_paths, seed, key)
        months = pd.period_range(series[key].index[-1] + 1, periods=horizon, freq="M")
        tables.append(table(drawn, months, key, label(model, fit), levels))
        if return_paths:
            paths[key] = drawn
    made = pd.concat(tables, ignore_index=True) if tables else table(
        np.empty((1, 0)), pd.PeriodIndex([], freq="M"), "", model, levels)
    failed = pd.Series(failed | worse, dtype=object).rename_axis("series").rename("reason").reset_index()
    return (made, failed, paths) if return_paths else (made, failed)


def learn(frame: pd.DataFrame, horizon: int, model=COMBINATION, x=None, season=12, processes=None) -> ErrorModel:
    """What a panel says of errors, to be handed to `forecast_panel` for parts of it."""
    checked(horizon, model)
    fits, _ = fit_panel(split_series(frame)[0], horizon, model, season, x, True, processes)
    return learnt_from([one for fit in fits.values() for one in fit.past])


def forecast(y: pd.Series, horizon: int, model=COMBINATION, x=None, n_paths=2000, seed=0, key=None,
             learnt: ErrorModel | None = None) -> Forecast:
    """Sample paths of one monthly series: as `forecast_panel` of a panel of one, whose errors are those stored.

    Raises TradeDataError for a bad series, horizon, regressors or model name.

    Examples
    --------
    >>> y = pd.Series(range(1, 49), pd.period_range("2018-01", periods=48, freq="M"), dtype=float)
    >>> forecast(y, 2).index.astype(str).tolist()
    ['2022-01', '2022-02']
    """
    checked(horizon, model, n_paths)
    y, name = check_series(y), key if key is not None else y.name
    fits, failed = fit_panel({name: y}, horizon, model, x=x, learn=False, processes=1)
    if failed:
        raise TradeDataError(failed[name], file=name)
    fit = fits[name]
    paths = draw(fit, learnt or ErrorModel(), n_paths, seed, name)
    months = pd.period_range(y.index[-1] + 1, periods=horizon, freq="M")
    return Forecast(paths, months, y.index[-1], label(model, fit), seed, name, fit.regressors, fit.notes)
