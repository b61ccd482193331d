"""What each series of a panel brings: its members' paths from the end of its history and from past origins."""

import os
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd

from trade_lib.data.validate import MONTH
from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_regressors, check_series
from trade_lib.forecast.factor import aligned, common_growth
from trade_lib.forecast.fast import COMMON, kind, members_for, run_members
from trade_lib.forecast.pool import base_scale
from trade_lib.forecast.prepare import ERRORS, back, box_cox, choose_power, effect_of, without_outliers

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
                    odd = ~text.str.fullmatch(MONTH)
                    if odd.any():
                        raise TradeDataError("not a month", file=name, value=text[odd].iloc[0], expected="YYYY-MM")
                months = pd.PeriodIndex(pd.to_datetime(months), freq="M")
            good[name] = check_series(pd.Series(part["value"].to_numpy(), pd.PeriodIndex(months), name=name))
        except (TradeDataError, ValueError) as error:
            bad[name] = str(error)
    return good, bad


def study(y, horizon, names=None, season=12, backs=BACK_FEW, x=None, sets=(), before=None, common=None):
    """What one series brings to the panel: its members' paths now and at past origins.

    Members are fitted on a scale chosen within the history (`prepare.choose_power`), without single wild months
    (`prepare.without_outliers`) and less what regressors explain. Their paths are handed on, and errors measured
    against the months as they were, on one scale for all: square roots, on which limits stay sane for series that
    move by factors; values as they are where some are at or below zero.

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
    before : dict, optional
        What `study` found on an earlier, shorter history: its past errors are kept, only the paths from the end of
        ``y`` are made anew.
    common : dict, optional
        The panel's common growth (`factor.common_growth`) by months before the end, for models that take it.

    Returns
    -------
    dict
        kind, names, power and unit (the scale modelled), positive, now (members x horizon), past (list of actual,
        members x horizon, base), base, floor, notes, regressors, recent (last three seasons), outliers.
    """
    values, sort = y.to_numpy(), kind(y.to_numpy(), season)
    positive = bool((values > 0).all()) and sort != "constant"
    unit = float(np.exp(np.log(values).mean())) if positive else 1.0
    power = (choose_power(values, unit, season) if sort == "regular" else 0.0) if positive else 1.0
    names = tuple(names or members_for(sort, len(values), season))

    def handed_on(z):
        return box_cox(back(z, power), ERRORS) if positive else z

    z = box_cox(values, power, unit) if positive else values.astype(float)
    effect, chosen = effect_of(z, check_regressors(x, y, horizon), sets, season) if sort == "regular" else (None, ())
    plain = z if effect is None else z - effect[:len(z)]

    def run(cut, ahead, months):
        usual, count = without_outliers(plain[:cut], season) if sort == "regular" else (plain[:cut], 0)
        factor = aligned((common or {}).get(months), y.index[:cut], season, ahead)
        return *run_members(usual, ahead, names, season, factor), count

    now, notes, outliers = run(len(z), horizon, 0)
    if not np.isfinite(now[:, 0]).any():
        names = ("seasonal_naive",) if len(z) >= season else ("last_value",)
        now, _, _ = run(len(z), horizon, 0)
        notes["used instead"] = names[0]
    measured = handed_on(plain)
    past = [] if before is None else before["past"]
    if sort == "regular" and before is None:
        for months in backs:
            cut, ahead = len(z) - months, min(months, horizon)
            if cut >= 3 * season:
                past.append((measured[cut:cut + ahead], handed_on(run(cut, ahead, months)[0]),
                             base_scale(measured[:cut], season)))
    if effect is not None:
        now = now + effect[len(z):]
    return {"kind": sort, "names": names, "power": power, "unit": unit, "positive": positive, "now": handed_on(now),
            "past": past, "base": 0.0 if sort == "constant" else base_scale(measured, season),
            "floor": 0.0 if not positive and (values >= 0).all() else None, "notes": notes, "regressors": chosen,
            "recent": values[-3 * season:], "outliers": outliers}


def _study_many(task):
    chunk, horizon, names, season, backs, sets, common = task
    found = []
    for key, y, x, before in chunk:
        try:
            found.append((key, study(y, horizon, names, season, backs, x, sets, before, common), None))
        except Exception as error:  # one broken series must not lose the others; it is reported
            found.append((key, None, str(error) or type(error).__name__))
    return found


def regressors_of(x):
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


def studied(series, horizon, names=None, season=12, x=None, sets=(), processes=None, run=None, before=None):
    """`study` of every series, on several processes for large panels; ``run`` is as in `forecast_panel`, ``before``
    what `studied` found on earlier histories.

    Returns
    -------
    (dict, dict)
        Parts by name, reasons by name.
    """
    backs = BACK_MANY if len(series) >= MANY else BACK_FEW
    keys = list(series)
    regressors = regressors_of(x)
    size = max(1, min(50, len(keys) // 8))
    before = before or {}
    chunks = [[(key, series[key], regressors(key), before.get(key)) for key in keys[i:i + size]]
              for i in range(0, len(keys), size)]
    common = {b: common_growth(series, b, horizon, season) for b in (0, *backs)} if COMMON in (names or ()) else None
    tasks = [(chunk, horizon, names, season, backs, tuple(sets), common) for chunk in chunks]
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
