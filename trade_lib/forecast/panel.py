"""A panel of series in one call: the quick combination, its weights and spread learnt across the panel.

Which default is used where: `trade_lib.forecast.forecast` (one series, with regressors chosen by maximum likelihood)
uses ``combination``, four state-space and smoothing models; `forecast_panel` uses ``panel``, five quick models whose
weights and intervals come from past errors across the panel. Each can be asked for by name in either place.
"""

import os
import warnings
import zlib
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_count, check_regressors, check_series
from trade_lib.forecast.fast import FAST, kind, members_for, run_members
from trade_lib.forecast.pool import Pooled, base_scale, combine, error_paths, own_factor, past_errors, pool
from trade_lib.forecast.prepare import effect_of, transform

PANEL = "panel"
LEVELS = (80, 95)
#: Past origins, in months before the end of a history: two in panels of 100 series or more, four in smaller ones.
BACK_MANY, BACK_FEW, MANY = (12, 24), (6, 12, 18, 24), 100


def split_series(frame):
    """A long frame as {series: monthly Series}, and the series that cannot be read, with the reason.

    Parameters
    ----------
    frame : pandas.DataFrame
        series, month (period, or text YYYY-MM), value. Rows in any order; further columns are left aside.

    Returns
    -------
    (dict, dict)
        Readable series, and reasons by name of the others.

    Raises
    ------
    TradeDataError
        A column is missing or the frame is empty.

    Examples
    --------
    >>> good, bad = split_series(pd.DataFrame({"series": "a", "month": ["2021-01", "2021-02"], "value": [1.0, "x"]}))
    >>> list(good), "not a number" in bad["a"]
    ([], True)
    """
    absent = [column for column in ("series", "month", "value") if column not in frame]
    if absent:
        raise TradeDataError("column missing", column=absent[0], expected="series, month, value")
    if not len(frame):
        raise TradeDataError("no rows given", expected="at least one series")
    if frame["series"].isna().any():
        raise TradeDataError("row without a series name", row=int(np.argmax(frame["series"].isna())), column="series")
    good, bad = {}, {}
    for name, part in frame.groupby("series", sort=True, observed=True):
        try:
            months = part["month"]
            if not isinstance(months.dtype, pd.PeriodDtype):
                if not pd.api.types.is_datetime64_any_dtype(months):
                    text = months.astype(str)
                    odd = ~text.str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])")
                    if odd.any():
                        raise TradeDataError("not a month", file=name, value=text[odd].iloc[0], expected="YYYY-MM")
                months = pd.PeriodIndex(pd.to_datetime(months), freq="M")
            good[name] = check_series(pd.Series(part["value"].to_numpy(), pd.PeriodIndex(months), name=name))
        except (TradeDataError, ValueError) as error:
            bad[name] = str(error)
    return good, bad


def study(y, horizon, names=None, season=12, backs=BACK_FEW, x=None, sets=()):
    """What one series brings to the panel: its members' paths now and at past origins.

    Parameters
    ----------
    y : pandas.Series
        Checked monthly series.
    horizon : int
    names : sequence of str, optional
        Members; by default those for the kind of history.
    season : int
    backs : sequence of int
        Past origins, in months before the end.
    x : pandas.DataFrame, optional
        Regressors over history and horizon.
    sets : iterable of sequences of str
        Candidate sets of regressors; all columns when empty.

    Returns
    -------
    dict
        kind, names, base, now (members x horizon), past, back (the way back to the unit), notes.
    """
    values, sort = y.to_numpy(), kind(y.to_numpy(), season)
    z, log, floor = transform(values, sort)
    names = tuple(names or members_for(sort, len(values), season))
    effect, chosen = effect_of(z, check_regressors(x, y, horizon), sets, season) if sort == "regular" else (None, ())
    plain = z if effect is None else z - effect[:len(z)]
    now, notes = run_members(plain, horizon, names, season)
    if not np.isfinite(now[:, 0]).any():
        names = ("seasonal_naive",) if len(z) >= season else ("last_value",)
        now, _ = run_members(plain, horizon, names, season)
        notes["used instead"] = names[0]
    past = []
    if sort == "regular":
        for back in backs:
            cut, ahead = len(z) - back, min(back, horizon)
            if cut >= 3 * season:
                paths, _ = run_members(plain[:cut], ahead, names, season)
                past.append((plain[cut:cut + ahead], paths, base_scale(plain[:cut], season)))
    if effect is not None:
        now = now + effect[len(z):]
    return {"kind": sort, "names": names, "base": 0.0 if sort == "constant" else base_scale(plain, season), "now": now,
            "past": past, "log": log, "floor": floor, "notes": notes, "regressors": chosen,
            "recent": values[-3 * season:]}


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
        base = max(part["base"], pooled.typical if part["log"] else 0.1 * abs(part["recent"]).max())
        spread = base * np.sqrt(1 + np.arange(horizon))
    paths = middle + error_paths(horizon, spread, pooled, n_paths, rng)
    if part["log"]:
        return np.exp(np.clip(paths, -700, 700))
    return np.maximum(paths, part["floor"]) if part["floor"] is not None else paths


def table(paths, months, key, model, levels=LEVELS):
    """Mean, median and limits of paths by month: series, month, mean, median, lo80, hi80, ..., model."""
    quantiles = [0.5, *(q for level in levels for q in (0.5 - level / 200, 0.5 + level / 200))]
    found = np.quantile(paths, quantiles, axis=0)
    limits = {f"{side}{level:g}": found[1 + 2 * i + j] for i, level in enumerate(levels)
              for j, side in enumerate(("lo", "hi"))}
    return pd.DataFrame({"series": key, "month": months, "mean": paths.mean(axis=0), "median": found[0], **limits,
                         "model": model})


def _study_many(task):
    chunk, horizon, names, season, backs, sets = task
    found = []
    for key, y, x in chunk:
        try:
            found.append((key, study(y, horizon, names, season, backs, x, sets), None))
        except Exception as error:  # one broken series must not lose the others; it is reported
            found.append((key, None, str(error) or type(error).__name__))
    return found


def _by_series(x):
    """A function from a series' name to its regressors; a long frame (series, month, columns) is taken apart."""
    if x is None or "series" not in x:
        return lambda key: x
    parts = dict(list(x.groupby("series", observed=True)))

    def of(key):
        if key not in parts:
            return None
        part = parts[key]
        return part.set_index(pd.PeriodIndex(part["month"], freq="M")).drop(columns=["series", "month"])

    return of


def studied(series, horizon, names=None, season=12, x=None, sets=(), processes=None, run=None):
    """`study` of every series, on several processes for large panels; ``run`` is as in `forecast_panel`.

    Returns
    -------
    (dict, dict)
        Parts by name, reasons by name.
    """
    backs = BACK_MANY if len(series) >= MANY else BACK_FEW
    keys = list(series)
    regressors = _by_series(x)
    size = max(1, min(50, len(keys) // 8))
    tasks = [([(key, series[key], regressors(key)) for key in keys[i:i + size]], horizon, names, season, backs,
              tuple(sets)) for i in range(0, len(keys), size)]
    workers = processes or (1 if len(keys) < 64 else min(os.cpu_count() or 1, 8))
    if run is not None:
        results = run(_study_many, tasks)
    elif workers == 1:
        results = list(map(_study_many, tasks))
    else:
        import statsforecast.models  # noqa: F401  (seconds, spent once here rather than in every forked worker)
        with ProcessPoolExecutor(workers) as executor:
            results = list(executor.map(_study_many, tasks))
    parts = {key: part for chunk in results for key, part, _ in chunk if part is not None}
    return parts, {key: why for chunk in results for key, part, why in chunk if part is None}


def _by_name(task):
    """A single-series model (or the single-series combination) on each series of a part of the panel."""
    from trade_lib.forecast.combine import forecast

    series, horizon, model, levels, n_paths, seed, x, sets = task
    tables, bad, paths = [], {}, {}
    for key, y in series.items():
        try:
            found = forecast(y, horizon, model=model, n_paths=n_paths, seed=seed, x=x, sets=sets, key=key)
            tables.append(table(found.paths, found.index, key, model, levels))
            paths[key] = found.paths
        except (TradeDataError, ValueError, np.linalg.LinAlgError) as error:
            bad[key] = str(error)
    return tables, bad, paths


def forecast_panel(frame, horizon, model=PANEL, season=12, levels=LEVELS, n_paths=1000, seed=0, x=None, sets=(),
                   pooled=None, processes=None, return_paths=False, run=None):
    r"""Forecasts of every series of a long frame; a broken series is reported and costs no other.

    Each series goes to logs where it is positive. The middle of its forecast is the weighted mean of the members'
    paths; weights follow the members' errors at past origins over the whole panel. The spread is

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
        from trade_lib.forecast.combine import COMBINATION
        from trade_lib.forecast.models import MODELS
        if model not in (*MODELS, COMBINATION):
            raise TradeDataError("no such model", value=model, expected=", ".join([PANEL, COMBINATION, *FAST, *MODELS]))
        regressors = _by_series(x)
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
            label = model if part["kind"] == "regular" else f"{model} ({part['kind']})"
            tables.append(table(drawn, months, key, label, levels))
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
