"""Rolling origins: what models would have said, held against the outcomes."""

from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.cache import keep, key_of, read_kept
from trade_lib.forecast.checks import check_count, check_series
from trade_lib.forecast.error_model import learnt_from
from trade_lib.forecast.fitting import fit_panel, split_series
from trade_lib.forecast.members import COMBINATION
from trade_lib.forecast.panel import checked, draw, label, table
from trade_lib.forecast.scores import crps, pit

COLUMNS = ("series", "model", "origin", "horizon", "month", "actual", "mean", "median", "lo80", "hi80", "lo95", "hi95",
           "used", "scale", "crps", "pit")
FAILED = ("series", "model", "origin", "reason")


def backtest(data, horizon: int, origins, models=(COMBINATION,), step=1, refit=1, season=12, n_paths=1000, seed=0,
             x=None, processes=1, cache=None, progress=None):
    r"""Forecasts of every series and model from past origins, and outcomes.

    ``data`` is a long frame (series, month, value) or one monthly series. ``origins`` are the last months used
    (periods or text), or a count K: origin k of K, counted back from the end of a series of T months, is month
    :math:`T - H - (k - 1)\,s` with H the horizon and s the ``step``. Nothing after an origin is used, of no series:
    those forecast from one calendar month learn from each other's past before it, anew at every ``refit``-th of them;
    models are fitted at each. ``cache`` is a folder in which finished pieces are kept by content, so that a run that
    was broken off goes on; ``progress`` wraps the iterable of pieces, such as tqdm.

    Rows for `trade_lib.forecast.compare`: series, model, origin, horizon, month, actual (none beyond the end of a
    series), mean, median, lo80, hi80, lo95, hi95, used (the model that the history allowed), scale (mean
    :math:`|y_t - y_{t-12}|` up to the origin), crps, pit. Failures: series, model, origin, reason.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=48, freq="M").astype(str)
    >>> frame = pd.DataFrame({"series": "a", "month": months, "value": range(100, 148)})
    >>> rows, failures = backtest(frame, 2, 2, ["seasonal_naive"], n_paths=50)
    >>> rows["origin"].astype(str).unique().tolist(), rows["actual"].tolist()
    (['2021-09', '2021-10'], [145.0, 146.0, 146.0, 147.0])
    """
    check_count(step, "step between origins")
    check_count(refit, "origins from one refit to the next")
    for model in models or [None]:
        checked(horizon, model, n_paths, season)
    if isinstance(data, pd.Series):
        name = data.name if data.name is not None else "series"
        series, bad = {name: check_series(data)}, {}
    else:
        series, bad = split_series(data)
    when, late = _origins(series, origins, horizon, step)
    failures = [{"series": name, "model": model, "origin": None, "reason": reason}
                for name, reason in (bad | late).items() for model in models]
    tasks = _tasks(series, when, models, refit, (x, horizon, season, n_paths, seed))
    tables = _done(tasks, processes, cache, progress)
    rows = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=["reason"])
    failed = rows["reason"].notna()
    failures += rows.loc[failed, list(FAILED)].to_dict("records") if failed.any() else []
    if failed.all():
        reason = failures[0]["reason"] if failures else "nothing to do"
        raise TradeDataError(f"no series could be tried ({reason})", expected=f"more than {horizon} months")
    rows = rows.loc[~failed, list(COLUMNS)].astype({"horizon": int}).sort_values(
        ["series", "model", "origin", "horizon"], ignore_index=True)
    for column in ("origin", "month"):
        rows[column] = pd.PeriodIndex(rows[column], freq="M")
    return rows, pd.DataFrame(failures, columns=FAILED)


def _origins(series, origins, horizon, step):
    """Origins of each series, oldest first, and why a series has none."""
    when, late = {}, {}
    if isinstance(origins, int | np.integer):
        count = check_count(origins, "number of origins")
        for name, y in series.items():
            ends = [len(y) - horizon - k * step for k in reversed(range(count))]
            when[name] = [y.index[end - 1] for end in ends if end > 0]
            if len(when[name]) < count:
                late[name] = f"no month left before {count - len(when[name])} of {count} origins"
        return when, late
    months = sorted({pd.Period(origin, "M") for origin in origins})
    if not months:
        raise TradeDataError("no origin given", expected="at least one month")
    for name, y in series.items():
        when[name] = [month for month in months if month in y.index]
        absent = [month for month in months if month not in y.index]
        if absent:
            late[name] = f"origin {absent[0]} outside the series, {y.index[0]} to {y.index[-1]}"
    return when, late


def _tasks(series, when, models, refit, options):
    """Pieces of work that need nothing of each other: a model, and the calendar months up to the next refit."""
    calendar = sorted({month for months in when.values() for month in months})
    tasks = []
    for model in models:
        for first in range(0, len(calendar), refit):
            block = {month: [name for name, months in when.items() if month in months]
                     for month in calendar[first:first + refit]}
            names = sorted({name for some in block.values() for name in some}, key=str)
            tasks.append(({name: series[name] for name in names}, block, model, *options))
    return tasks


def _done(tasks, processes, cache, progress):
    """Each task's table, read back where it was kept, made and kept where it was not."""
    names = [key_of(*task) if cache else None for task in tasks]
    steps = _each(tasks, names, processes, cache)
    return list(steps if progress is None else progress(steps, total=len(tasks)))


def _each(tasks, names, processes, cache):
    todo = []
    for task, name in zip(tasks, names, strict=True):
        kept = read_kept(cache, name) if cache else None
        if kept is None:
            todo.append((task, name))
        else:
            yield kept
    with ProcessPoolExecutor(processes) if processes > 1 and len(todo) > 1 else nullcontext() as executor:
        if executor is None:
            finished = ((_block(*task), name) for task, name in todo)
        else:
            import statsforecast.models  # noqa: F401  (seconds, spent once here rather than in every forked worker)
            pending = {executor.submit(_block, *task): name for task, name in todo}
            finished = ((future.result(), pending[future]) for future in as_completed(pending))
        for rows, name in finished:
            if cache:
                keep(cache, name, rows)
            yield rows


def _block(series, block, model, x, horizon, season, n_paths, seed):
    """A model from the calendar months up to the next refit: errors are learnt at the first of them."""
    learnt, tables = None, []
    for origin, names in block.items():
        past = {name: series[name].loc[:origin] for name in names}
        fits, bad = fit_panel(past, horizon, model, season, x, learnt is None, 1)
        learnt = learnt or learnt_from([one for fit in fits.values() for one in fit.past])
        tables += [pd.DataFrame([{"series": name, "model": model, "origin": str(origin), "reason": reason}])
                   for name, reason in bad.items()]
        tables += [_rows(name, model, origin, series[name], draw(fit, learnt, n_paths, seed, name), label(model, fit))
                   for name, fit in fits.items()]
    return pd.concat(tables, ignore_index=True)


def _rows(name, model, origin, y, paths, used):
    """Forecasts of one series from one origin beside the outcomes."""
    months = pd.period_range(origin + 1, periods=paths.shape[1], freq="M")
    actual, past = y.reindex(months).to_numpy(float), y.loc[:origin].to_numpy(float)
    return table(paths, months, name, used).rename(columns={"model": "used"}).assign(
        model=model, origin=str(origin), horizon=range(1, len(months) + 1), month=months.astype(str), actual=actual,
        scale=np.abs(past[12:] - past[:-12]).mean() if len(past) > 12 else np.nan,
        crps=crps(paths, actual), pit=pit(paths, actual), reason=None)
