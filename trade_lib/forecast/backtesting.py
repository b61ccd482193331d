"""Rolling origins: what models would have said, held against what came."""

import warnings
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.cache import keep, key_of, read_kept
from trade_lib.forecast.checks import check_count, check_series
from trade_lib.forecast.combine import COMBINATION, estimate, forecast_single
from trade_lib.forecast.fast import FAST
from trade_lib.forecast.innovations import SEASON
from trade_lib.forecast.models import MODELS
from trade_lib.forecast.panel import PANEL, draw, label, table
from trade_lib.forecast.pool import pool
from trade_lib.forecast.scores import crps, pit
from trade_lib.forecast.study import regressors_of, split_series, studied

COLUMNS = ("series", "model", "origin", "horizon", "month", "actual", "mean", "median", "lo80", "hi80", "lo95", "hi95",
           "used", "scale", "crps", "pit")
SINGLE = (COMBINATION, *(name for name in MODELS if name not in FAST))
FAILED = ("series", "model", "origin", "reason")


def backtest(data, horizon, origins, models=(PANEL,), step=1, refit=1, season=12, n_paths=1000, seed=0, x=None, sets=(),
             processes=1, cache=None, progress=None):
    r"""Forecasts of every series and model from past origins, and what came.

    Origin k of K counted back from the end of a series of T months is month :math:`T - H - (k - 1)\,s`. Nothing after
    an origin is used by any model. Between refits a model's estimates are kept and its states brought up to the
    origin: parameters, chosen regressors and the correction of the spread of the single-series models; past errors
    and what was learnt from them of the panel models, whose quick members are fitted anew at every origin.

    Parameters
    ----------
    data : pandas.DataFrame or pandas.Series
        series, month, value; or one monthly series.
    horizon : int
        H.
    origins : int or iterable of pandas.Period or str
        K, the last ones that leave a whole horizon to score; or the last months used. Months beyond the end of a
        series have no actual.
    models : sequence of str
        As in `trade_lib.forecast.forecast_panel`.
    step : int
        Months between origins when they are counted, s.
    refit : int
        Estimate at every ``refit``-th origin: 1 at each, 12 once a year with monthly origins.
    season, n_paths, seed, x, sets
        As in `forecast_panel`.
    processes : int
        Processes that share the work; the numbers do not depend on it.
    cache : path, optional
        A folder in which finished pieces of work are cached by their content (`trade_lib.forecast.cache`): a run
        that was broken off goes on where it stopped, a rerun is read back. Data, options, code or libraries that
        change are another content.
    progress : callable, optional
        Wraps the iterable of finished pieces of work, such as tqdm; called with ``total``.

    Returns
    -------
    (pandas.DataFrame, pandas.DataFrame)
        series, model, origin, horizon, month, actual, mean, median, lo80, hi80, lo95, hi95, used (the model that the
        history allowed), scale (mean :math:`|y_t - y_{t-12}|` up to the origin), crps and pit; and failures: series,
        model, origin, reason. The first goes into `trade_lib.forecast.compare` as it is.

    Raises
    ------
    TradeDataError
        Bad counts, a column missing, an unknown model, or no series that could be tried.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=48, freq="M").astype(str)
    >>> frame = pd.DataFrame({"series": "a", "month": months, "value": range(100, 148)})
    >>> found, failed = backtest(frame, 2, 2, ["seasonal_naive"], n_paths=50)
    >>> found["origin"].astype(str).unique().tolist(), found["actual"].tolist()
    (['2021-09', '2021-10'], [145.0, 146.0, 146.0, 147.0])
    """
    horizon, step, refit = (check_count(horizon, "horizon"), check_count(step, "step between origins"),
                            check_count(refit, "origins from one refit to the next"))
    n_paths = check_count(n_paths, "number of paths")
    known = (PANEL, *SINGLE, *FAST)
    for model in models or [None]:
        if model not in known:
            raise TradeDataError("no such model", value=model, expected=", ".join(known))
    if isinstance(data, pd.Series):
        name = data.name if data.name is not None else "series"
        series, bad = {name: check_series(data)}, {}
    else:
        series, bad = split_series(data)
    when, late = _origins(series, origins, horizon, step)
    failures = [{"series": name, "model": model, "origin": None, "reason": reason}
                for name, reason in (bad | late).items() for model in models]
    tasks = _tasks(series, when, models, horizon, season, n_paths, seed, x, tuple(map(tuple, sets)), refit)
    tables = _done(tasks, processes, cache, progress)
    rows = _joined(tables) if tables else pd.DataFrame(columns=["reason"])
    failed = rows["reason"].notna()
    failures += rows.loc[failed, list(FAILED)].to_dict("records") if failed.any() else []
    if failed.all():
        reason = failures[0]["reason"] if failures else "nothing to do"
        raise TradeDataError(f"no series could be tried ({reason})", expected=f"more than {horizon} months")
    found = rows.loc[~failed, list(COLUMNS)].astype({"horizon": int}).sort_values(
        ["series", "model", "origin", "horizon"], ignore_index=True)
    for column in ("origin", "month"):
        found[column] = pd.PeriodIndex(found[column], freq="M")
    return found, pd.DataFrame(failures, columns=FAILED)


def _origins(series, origins, horizon, step):
    """Origins of each series, oldest first, and why a series has none."""
    found, late = {}, {}
    if isinstance(origins, int | np.integer):
        count = check_count(origins, "number of origins")
        for name, y in series.items():
            ends = [len(y) - horizon - k * step for k in reversed(range(count))]
            found[name] = [y.index[end - 1] for end in ends if end > 0]
            if ends[0] <= 0:
                late[name] = f"no month left before {sum(end <= 0 for end in ends)} of {count} origins"
        return found, late
    months = sorted({pd.Period(origin, "M") for origin in origins})
    if not months:
        raise TradeDataError("no origin given", expected="at least one month")
    for name, y in series.items():
        found[name] = [month for month in months if month in y.index]
        absent = [month for month in months if month not in y.index]
        if absent:
            late[name] = f"origin {absent[0]} outside the series, {y.index[0]} to {y.index[-1]}"
    return found, late


def _tasks(series, when, models, horizon, season, n_paths, seed, x, sets, refit):
    """Pieces of work that need nothing of each other: a series; for panel models the origins up to the next refit."""
    of = regressors_of(x)
    tasks = []
    for model in models:
        options = (model, horizon, season, n_paths, seed, sets, refit)
        if model in SINGLE:
            tasks += [(_one_series, {name: series[name]}, {name: months}, of(name), *options)
                      for name, months in when.items() if months]
            continue
        most = max(map(len, when.values()), default=0)
        rows = {name: [None] * (most - len(months)) + months for name, months in when.items()}
        for first in range(0, most, refit):
            block = {name: months[first:first + refit] for name, months in rows.items()}
            block = {name: months for name, months in block.items() if any(months)}
            tasks.append((_panel_block, {name: series[name] for name in block}, block, x, *options))
    return tasks


def _done(tasks, processes, cache, progress):
    """Each task's table, read back where it was kept, made and kept where it was not."""
    names = [key_of(function.__name__, *rest) if cache else None for function, *rest in tasks]
    steps = _each(tasks, names, processes, cache)
    return list(steps if progress is None else progress(steps, total=len(tasks)))


def _each(tasks, names, processes, cache):
    todo = []
    for task, name in zip(tasks, names, strict=True):
        found = read_kept(cache, name) if cache else None
        if found is None:
            todo.append((task, name))
        else:
            yield found
    with ProcessPoolExecutor(processes) if processes > 1 and len(todo) > 1 else nullcontext() as executor:
        if executor is None:
            finished = ((_call(task), name) for task, name in todo)
        else:
            import statsforecast.models  # noqa: F401  (seconds, spent once here rather than in every forked worker)
            pending = {executor.submit(_call, task): name for task, name in todo}
            finished = ((future.result(), pending[future]) for future in as_completed(pending))
        for found, name in finished:
            if cache:
                keep(cache, name, found)
            yield found


def _call(task):
    function, *rest = task
    return function(*rest)


def _rows(name, model, origin, y, horizon, paths, used):
    """Forecasts of one series from one origin beside what came."""
    months = pd.period_range(origin + 1, periods=horizon, freq="M")
    actual, past = y.reindex(months).to_numpy(float), y.loc[:origin].to_numpy(float)
    found = table(paths, months, name, used).rename(columns={"model": "used"})
    return found.assign(
        model=model, origin=str(origin), horizon=range(1, horizon + 1), month=months.astype(str), actual=actual,
        scale=np.abs(past[SEASON:] - past[:-SEASON]).mean() if len(past) > SEASON else np.nan,
        crps=crps(paths, actual), pit=pit(paths, actual), reason=None)


def _failure(name, model, origin, reason):
    return pd.DataFrame([{"series": name, "model": model, "origin": str(origin), "reason": reason}])


def _joined(tables):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # columns of failures hold nothing, and pandas says so
        return pd.concat(tables, ignore_index=True)


def _one_series(series, when, x, model, horizon, season, n_paths, seed, sets, refit):
    """A single-series model from every origin of one series."""
    (name, y), = series.items()
    tables, estimated = [], None
    for k, origin in enumerate(when[name]):
        past = y.loc[:origin]
        try:
            if k % refit == 0 or estimated is None:
                estimated = estimate(past, horizon, model, x, sets)
            found = forecast_single(past, horizon, model, n_paths, seed, x, sets, name, estimated=estimated)
        except (TradeDataError, ValueError, np.linalg.LinAlgError) as error:
            estimated = None
            tables.append(_failure(name, model, origin, str(error)))
        else:
            tables.append(_rows(name, model, origin, y, horizon, found.paths, model))
    return _joined(tables)


def _panel_block(series, when, x, model, horizon, season, n_paths, seed, sets, refit):
    """A panel model from the origins up to the next refit: it learns at the first of them."""
    names, learnt, parts, tables = None if model == PANEL else (model,), None, {}, []
    for k in range(max(map(len, when.values()))):
        here = {name: months[k] for name, months in when.items() if k < len(months) and months[k] is not None}
        past = {name: series[name].loc[:origin] for name, origin in here.items()}
        found, bad = studied(past, horizon, names, season, x, sets, processes=1, before=parts)
        learnt = pool(list(found.values())) if learnt is None else learnt
        parts |= {name: part for name, part in found.items() if name not in parts}
        tables += [_failure(name, model, here[name], reason) for name, reason in bad.items()]
        for name, part in found.items():
            paths = draw(part, learnt, horizon, n_paths, seed, name)
            tables.append(_rows(name, model, here[name], series[name], horizon, paths, label(model, part)))
    return _joined(tables)
