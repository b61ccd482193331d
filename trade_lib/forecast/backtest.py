"""Rolling origins: what a model would have said, held against what came."""

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_count, check_series
from trade_lib.forecast.combine import COMBINATION, forecast
from trade_lib.forecast.scores import crps


def backtest(y, horizon, origins, models=(COMBINATION,), seed=0, n_paths=1000, x=None, sets=()):
    """Forecasts of each model from each origin, refitted there on months up to the origin only.

    Parameters
    ----------
    y : pandas.Series
        Unbroken monthly values.
    horizon : int
    origins : iterable of pandas.Period or str
        Last months used.
    models : sequence of str
    seed, n_paths, x, sets
        As in `trade_lib.forecast.forecast`.

    Returns
    -------
    pandas.DataFrame
        One row a series, model, origin and horizon: series, model, origin, horizon, month, actual, mean, median, lo80,
        hi80, lo95, hi95, crps. Months ahead of the end of the series have no actual and no crps.

    Raises
    ------
    TradeDataError
        An origin outside the series; anything `forecast` refuses.

    Examples
    --------
    >>> y = pd.Series(range(1, 49), pd.period_range("2018-01", periods=48, freq="M"), dtype=float)
    >>> backtest(y, 1, ["2020-12"], ["seasonal_naive"])["actual"].tolist()
    [37.0]
    """
    y, horizon = check_series(y), check_count(horizon, "horizon")
    tables = []
    for origin in (pd.Period(origin, "M") for origin in origins):
        if origin not in y.index:
            raise TradeDataError("origin outside the series", file=y.name, value=str(origin),
                                 expected=f"{y.index[0]} to {y.index[-1]}")
        for model in models:
            found = forecast(y.loc[:origin], horizon, model=model, n_paths=n_paths, seed=seed, x=x, sets=sets)
            table = found.to_frame().reset_index()
            table.insert(0, "series", found.key)
            table.insert(1, "model", model)
            table.insert(2, "origin", origin)
            table.insert(3, "horizon", range(1, horizon + 1))
            table.insert(5, "actual", y.reindex(found.index).to_numpy())
            table["crps"] = [crps(found.paths[:, h], value) if value == value else float("nan")
                             for h, value in enumerate(table["actual"])]
            tables.append(table)
    if not tables:
        raise TradeDataError("no origin given", expected="at least one month")
    return pd.concat(tables, ignore_index=True)
