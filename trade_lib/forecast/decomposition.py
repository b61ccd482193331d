"""What moves a month: trend, season and rest of a series, and whether a regressor earns its place."""

import numpy as np
import pandas as pd

from trade_lib.forecast.checks import check_series
from trade_lib.forecast.compare import diebold_mariano


def decompose(y: pd.Series, season=12) -> pd.DataFrame:
    """Trend, season and rest of the logs by month, by robust STL (Cleveland et al. 1990): observed = trend + season +
    rest.

    Examples
    --------
    >>> y = pd.Series(np.exp(np.tile([1.0, 2.0], 24)), pd.period_range("2018-01", periods=48, freq="M"))
    >>> parts = decompose(y)
    >>> bool(np.allclose(parts["observed"], parts[["trend", "season", "rest"]].sum(axis=1)))
    True
    """
    from statsmodels.tsa.seasonal import STL

    z = np.log(check_series(y, positive=True, least=2 * season))
    fit = STL(z.to_numpy(), period=season, seasonal=13, robust=True).fit()
    return pd.DataFrame({"observed": z, "trend": fit.trend, "season": fit.seasonal, "rest": fit.resid}, index=z.index)


def change_shares(parts: pd.DataFrame) -> pd.Series:
    r"""How much of the movement from one month to the next is owed to each component, per cent.

    .. math:: s_c = \frac{\mathrm{cov}(\nabla c_t, \nabla z_t)}{\mathrm{var}(\nabla z_t)}

    The shares add up to 100.

    Examples
    --------
    >>> t = np.arange(24.0)
    >>> parts = pd.DataFrame({"observed": t + t % 2, "trend": t, "season": t % 2, "rest": 0 * t})
    >>> change_shares(parts).round(1).to_dict()
    {'trend': 0.0, 'season': 100.0, 'rest': 0.0}
    """
    moves = parts.diff().dropna()
    return pd.Series({name: 100 * np.cov(moves[name], moves["observed"])[0, 1] / moves["observed"].var()
                      for name in ("trend", "season", "rest")})


def regressor_gain(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Mean absolute log error (%) with and without a regressor, by flow, its gain (% of the error without), and the
    p-value of a Diebold-Mariano test (lag 0: one step). Rows in order of time.

    Examples
    --------
    >>> frame = pd.DataFrame({"reporter": "CHN", "partner": "WORLD", "flow": "import", "actual": 1.0,
    ...                       "without": [2.0, 2.1, 2.0, 2.2, 2.0, 2.3], "with": 1.0})
    >>> regressor_gain(frame)[["flow", "gain"]].to_numpy().tolist()
    [['CHN imports, WORLD', 100.0]]
    """
    rows = []
    for (reporter, partner, flow), part in forecasts.groupby(["reporter", "partner", "flow"], sort=False):
        loss = {kind: 100 * np.abs(np.log(part["actual"] / part[kind])) for kind in ("without", "with")}
        test = diebold_mariano(loss["with"], loss["without"])
        rows.append({"flow": f"{reporter} {flow}s, {partner}", "forecasts": len(part),
                     "without": loss["without"].mean(), "with": loss["with"].mean(),
                     "gain": 100 * (1 - loss["with"].mean() / loss["without"].mean()), "pvalue": test["pvalue"]})
    return pd.DataFrame(rows)


def hindsight(made: pd.DataFrame) -> pd.DataFrame:
    """Stored forecasts held against what came: adds panel (a label), year, months ahead (the first is one), the
    absolute errors over scale of the default and of the same month of the last year known, and whether the limits held
    (100 or 0).

    Examples
    --------
    >>> row = {"reporter": "SGP", "partner": "CHN", "flow": "import", "month": pd.Period("2022-01", "M"),
    ...        "median": 2.0, "lo80": 1.0, "hi80": 3.0, "lo95": 0.0, "hi95": 4.0, "naive": 1.0, "actual": 4.0,
    ...        "scale": 2.0}
    >>> hindsight(pd.DataFrame([row]))[["default", "same month", "within 80", "within 95"]].to_numpy().tolist()
    [[1.0, 1.5, 0.0, 100.0]]
    """
    scored = made.assign(panel=made["reporter"] + " " + made["flow"] + "s, " + made["partner"],
                         year=pd.PeriodIndex(made["month"]).year)
    ahead = pd.PeriodIndex(made["month"]).asi8
    scored["months ahead"] = pd.cut(ahead - ahead.min() + 1, [0, 12, 24, 36, 49],
                                    labels=["1-12", "13-24", "25-36", "37-49"])
    scored["default"] = (made["actual"] - made["median"]).abs() / made["scale"]
    scored["same month"] = (made["actual"] - made["naive"]).abs() / made["scale"]
    for level in (80, 95):
        scored[f"within {level}"] = 100 * made["actual"].between(made[f"lo{level}"], made[f"hi{level}"]).astype(int)
    return scored
