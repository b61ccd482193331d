"""A panel tried on its own past: every series cut at its last origins, forecast from there, held against what came."""

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_count
from trade_lib.forecast.panel import PANEL, forecast_panel, split_series
from trade_lib.forecast.scores import crps


def backtest_panel(frame, horizon, origins, models=(PANEL,), step=1, progress=None, **options):
    r"""Forecasts of every series and model from the last K origins that leave a whole horizon to score.

    Origin k of a series of T months is month :math:`T - H - (k - 1)\,s`. At each origin a panel model learns from the
    cut series only; nothing after an origin is used by any model.

    Parameters
    ----------
    frame : pandas.DataFrame
        series, month, value.
    horizon : int
        H.
    origins : int
        K.
    models : sequence of str
        As in `trade_lib.forecast.forecast_panel`.
    step : int
        Months between origins, s.
    progress : callable, optional
        Wraps the iterable of (model, origin) pairs, such as tqdm.
    options
        season, levels, n_paths, seed, x, sets, processes: as in `forecast_panel`.

    Returns
    -------
    (pandas.DataFrame, pandas.DataFrame)
        series, model, origin, horizon, month, actual, mean, median, lo80, hi80, lo95, hi95, used (the model that
        the history allowed), crps; and failures: series, model, origin, reason.

    Raises
    ------
    TradeDataError
        Bad counts, a column missing, an unknown model, or no series long enough for one origin.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=48, freq="M").astype(str)
    >>> frame = pd.DataFrame({"series": "a", "month": months, "value": range(100, 148)})
    >>> found, failed = backtest_panel(frame, 2, 2, ["seasonal_naive"], n_paths=50)
    >>> found["origin"].astype(str).unique().tolist(), found["actual"].tolist()
    (['2021-09', '2021-10'], [145.0, 146.0, 146.0, 147.0])
    """
    horizon, origins, step = (check_count(horizon, "horizon"), check_count(origins, "number of origins"),
                              check_count(step, "step between origins"))
    if not len(models):
        raise TradeDataError("no model given", expected="at least one")
    series, bad = split_series(frame)
    failures = [{"series": name, "model": model, "origin": None, "reason": reason}
                for name, reason in bad.items() for model in models]
    tables, todo = [], [(model, k) for k in reversed(range(origins)) for model in models]
    for model, k in todo if progress is None else progress(todo):
        cut = {name: y.iloc[:len(y) - horizon - k * step] for name, y in series.items()}
        short = [name for name, y in cut.items() if not len(y)]
        reason = f"no month left before origin {k + 1} of {origins}"
        failures += [{"series": name, "model": model, "origin": None, "reason": reason} for name in short]
        known = [pd.DataFrame({"series": name, "month": y.index, "value": y.to_numpy()})
                 for name, y in cut.items() if len(y)]
        if not known:
            continue
        found, failed, paths = forecast_panel(pd.concat(known), horizon, model=model, return_paths=True, **options)
        failures += [{"series": row.series, "model": model, "origin": cut[row.series].index[-1], "reason": row.reason}
                     for row in failed.itertuples()]
        for name, table in found.groupby("series", sort=False):
            actual = series[name].reindex(pd.PeriodIndex(table["month"], freq="M")).to_numpy()
            table = table.rename(columns={"model": "used"})
            table.insert(1, "model", model)
            table.insert(2, "origin", cut[name].index[-1])
            table.insert(3, "horizon", range(1, horizon + 1))
            table.insert(5, "actual", actual)
            table["crps"] = [crps(paths[name][:, h], value) for h, value in enumerate(actual)]
            tables.append(table)
    if not tables:
        reason = failures[0]["reason"] if failures else "nothing to do"
        raise TradeDataError(f"no series could be tried ({reason})", expected=f"more than {horizon} months")
    done = pd.concat(tables, ignore_index=True).sort_values(["series", "model", "origin", "horizon"],
                                                            ignore_index=True)
    return done, pd.DataFrame(failures, columns=["series", "model", "origin", "reason"])
