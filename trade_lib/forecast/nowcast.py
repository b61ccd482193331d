r"""One month ahead with what was public meanwhile: other series' surprises correct the engine's forecast.

.. math:: \hat y_t = \tilde y_t \exp\Bigl(\sum_k \beta_k s_{k,t}\Bigr), \qquad s_{k,t} = \log (x_{k,t} / \tilde x_{k,t})

with :math:`\tilde y_t` and :math:`\tilde x_{k,t}` the engine's medians from month t - 1 and :math:`\beta` from least
squares of the target's own surprises on those of the indicators in all months before t. Season and calendar are in the
engine's forecasts, so that only news is left. The caller sees to it that an indicator is public before the target.
"""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.compare import diebold_mariano

LEAST = 36  # months of surprises before the first correction
RIDGE = 0.05  # of the mean square of the surprises


def surprises(rows: pd.DataFrame) -> pd.Series:
    """Log of outcome over median by month, of one-month-ahead rows of `trade_lib.forecast.backtest` of one series."""
    rows = rows[rows["horizon"] == 1]
    return pd.Series(np.log(rows["actual"] / rows["median"]).to_numpy(), pd.PeriodIndex(rows["month"], freq="M"))


def nowcast(target: pd.Series, indicators: pd.DataFrame) -> pd.DataFrame:
    """Surprises left without and with the indicators' news, by month (log points): columns engine, nowcast.

    Examples
    --------
    >>> months = pd.period_range("2010-01", periods=80, freq="M")
    >>> news = pd.Series(np.random.default_rng(0).normal(0, 0.1, 80), months)
    >>> left = nowcast(0.5 * news, news.to_frame("x"))
    >>> len(left), bool(left["nowcast"].abs().mean() < 0.1 * left["engine"].abs().mean())
    (44, True)
    """
    known = indicators.assign(target=target).dropna()
    if len(known) <= LEAST:
        raise TradeDataError("too few months that target and indicators share", value=len(known),
                             expected=f"more than {LEAST}")
    x, y = known[list(indicators)].to_numpy(), known["target"].to_numpy()
    left = []
    for t in range(LEAST, len(y)):
        square = x[:t].T @ x[:t]
        ridge = RIDGE * np.trace(square) / len(square) * np.eye(len(square))
        left.append(y[t] - x[t] @ np.linalg.solve(square + ridge, x[:t].T @ y[:t]))
    return pd.DataFrame({"engine": y[LEAST:], "nowcast": left}, known.index[LEAST:])


def gain(left: pd.DataFrame) -> dict:
    """Mean absolute error without and with news (%), and a Diebold-Mariano test over origins (one step, no lags)."""
    without, with_ = 100 * left["engine"].abs(), 100 * left["nowcast"].abs()
    return {"origins": len(left), "engine": without.mean(), "nowcast": with_.mean(),
            "gain": 100 * (1 - with_.mean() / without.mean()), "pvalue": diebold_mariano(with_, without)["pvalue"]}
