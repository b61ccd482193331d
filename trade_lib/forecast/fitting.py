"""What each history of a panel brings: the forecast from its end, and the errors of such forecasts at past origins."""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trade_lib.data.validate import MONTH
from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_regressors, check_series
from trade_lib.forecast.error_model import Path, yardsticks
from trade_lib.forecast.members import kind_of, mean_path, members_of, run_members
from trade_lib.forecast.scales import Scale, candidates_of, chosen_effect, scale_of

#: Past origins that errors are learnt from, in months before the end of a history; panels of fewer series than
#: ``FEWEST`` learn nothing and use what is stored.
BACKS, FEWEST = (12, 24), 20
#: Series that errors are learnt from at most, evenly spaced by name: more teach nothing new.
TAUGHT = 500


def split_series(frame: pd.DataFrame) -> tuple[dict, dict]:
    """A long frame (series, month, value) as {series: monthly Series}, and why other series cannot be read.

    Raises TradeDataError where a column is missing, the frame is empty or a row has no series.

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
    for name, rows in frame.groupby("series", sort=True, observed=True):
        try:
            good[name] = check_series(pd.Series(rows["value"].to_numpy(), _months(rows["month"], name), name=name))
        except (TradeDataError, ValueError) as error:
            bad[name] = str(error)
    return good, bad


def _months(months, name):
    if isinstance(months.dtype, pd.PeriodDtype):
        return pd.PeriodIndex(months)
    if not pd.api.types.is_datetime64_any_dtype(months):
        text = months.astype(str)
        odd = ~text.str.fullmatch(MONTH)
        if odd.any():
            raise TradeDataError("not a month", file=name, value=text[odd].iloc[0], expected="YYYY-MM")
    return pd.PeriodIndex(pd.to_datetime(months), freq="M")


@dataclass(frozen=True)
class Fit:
    """What one history brings: kind, scale, forecast and past errors on the scale of errors, the last three seasons."""

    kind: str
    scale: Scale
    path: Path
    past: list
    recent: np.ndarray
    regressors: tuple
    notes: tuple


def fit_history(y: pd.Series, horizon: int, model: str, season: int = 12, candidates=(), backs=()) -> Fit:
    """The model's forecast of a checked series, and its errors at past origins, each made from the months before it."""
    values = y.to_numpy()
    kind, scale = kind_of(values, season), scale_of(values)
    z, names = scale.to_model(values), members_of(kind, model)
    frames = [check_regressors(x, y, horizon) for x in candidates] if kind == "regular" else []
    path, regressors, notes = _path(z, horizon, names, season, frames, scale)
    past = []
    for months in backs if kind == "regular" else ():
        cut, ahead = len(z) - months, min(months, horizon)
        if cut >= 3 * season:
            made, _, _ = _path(z[:cut], ahead, names, season, frames, scale)
            past.append((scale.to_errors(z[cut:cut + ahead]) - made.middle, made))
    return Fit(kind, scale, path, past, values[-3 * season:], regressors, notes)


def _path(z, horizon, names, season, frames, scale):
    """Forecast from the end of a history: the mean of the models, on top of what regressors explain.

    The seasonal naive path counts for the disagreement of the models, whether it is one of them or not.
    """
    n = len(z)
    effect, regressors = chosen_effect(z, [frame.iloc[:n + horizon] for frame in frames], season)
    plain, ahead = (z - effect[:n], effect[n:]) if regressors else (z, 0.0)
    paths, notes = run_members(plain, horizon, names, season)
    naive = np.resize(plain[-season:] if n >= season else plain[-1:], horizon)
    apart = np.var(scale.to_errors(np.vstack(list({"seasonal_naive": naive, **paths}.values()))), axis=0)
    apart = np.sqrt(np.cumsum(apart) / np.arange(1, horizon + 1))
    path = Path(scale.to_errors(mean_path(paths) + ahead), apart, *yardsticks(scale.to_errors(plain), season))
    return path, regressors, notes


def fit_chunk(task):
    """`fit_history` of some series, {series: Fit} and {series: reason}: a broken series must not lose the others."""
    chunk, options = task
    fits, failed = {}, {}
    for key, y, candidates, backs in chunk:
        try:
            fits[key] = fit_history(y, candidates=candidates, backs=backs, **options)
        except Exception as error:  # a compiled fit may raise anything; it is reported
            failed[key] = str(error) or type(error).__name__
    return fits, failed


def fit_panel(series: dict, horizon: int, model: str, season=12, x=None, learn=True, processes=None, run=None):
    """`fit_history` of every series, on several processes for large panels or wherever ``run`` takes the work.

    Returns
    -------
    {series: Fit}, {series: reason of a failure}
    """
    keys, candidates = list(series), candidates_of(x)
    taught = set(keys[::-(-len(keys) // TAUGHT)]) if learn and len(keys) >= FEWEST else set()
    size = max(1, min(50, len(keys) // 8))
    options = {"horizon": horizon, "model": model, "season": season}
    pieces = [(key, series[key], candidates(key), BACKS if key in taught else ()) for key in keys]
    tasks = [(pieces[i:i + size], options) for i in range(0, len(pieces), size)]
    workers = processes or (1 if len(keys) < 64 else min(os.cpu_count() or 1, 8))
    if run is not None:
        results = run(fit_chunk, tasks)
    elif workers == 1:
        results = map(fit_chunk, tasks)
    else:
        import statsforecast.models  # noqa: F401  (seconds, spent once here rather than in every forked worker)
        with ProcessPoolExecutor(workers) as executor:
            results = list(executor.map(fit_chunk, tasks))
    fits, failed = {}, {}
    for some, bad in results:
        fits |= some
        failed |= bad
    return fits, failed
