"""Quick point forecasts on arrays, the members of the panel's combination: ``member(z, horizon, season) -> middle``.

``z`` is the history on the scale modelled (logs where all values are positive), ``middle`` the median path on that
scale. statsforecast fits what it fits well; each call takes a few milliseconds.
"""

import warnings

import numpy as np

#: Members of the panel's combination. Chosen on Tourism monthly without its last 24 months and on the trade panel
#: up to December 2011; neither is scored in the benchmarks.
FAST_MEMBERS = ("dot", "ces", "ets_level", "seasonal_ar", "seasonal_naive")


def _theta(z, horizon, season):
    from statsforecast.models import DynamicOptimizedTheta

    model = DynamicOptimizedTheta(season_length=season, decomposition_type="additive")
    return model.forecast(y=z, h=horizon)["mean"]


def dot(z, horizon, season=12):
    """Dynamic optimised Theta, additive season (Fiorucci et al. 2016). Needs two seasons."""
    return _theta(z, horizon, season)


def theta_plain(z, horizon, season=12):
    """Dynamic optimised Theta without a season, for histories too short to show one. Needs five values."""
    return _theta(z, horizon, 1)


def ces(z, horizon, season=12):
    """Complex exponential smoothing, form by AICc (Svetunkov et al. 2022). Needs two seasons and a half.

    Its forecasts depend on where zero lies: centred on zero it pulls back to the mean of the history and flattens a
    trend, so zero is kept far away. Errors are about as large either way (benchmarks/forecast_design.csv).
    """
    from statsforecast.models import AutoCES

    return AutoCES(season_length=season).forecast(y=z + FROM_ZERO, h=horizon)["mean"] - FROM_ZERO


def ets_level(z, horizon, season=12):
    """ETS(A,N,A): level and season, no slope (Hyndman et al. 2008)."""
    from statsforecast.models import AutoETS

    return AutoETS(season_length=season, model="ANA").forecast(y=z, h=horizon)["mean"]


def ets_damped(z, horizon, season=12):
    """ETS(A,Ad,A): level, damped slope and season."""
    from statsforecast.models import AutoETS

    return AutoETS(season_length=season, model="AAA", damped=True).forecast(y=z, h=horizon)["mean"]


def ets_auto(z, horizon, season=12):
    """ETS of any form by AICc (Hyndman & Khandakar 2008); slow, not in the combination."""
    from statsforecast.models import AutoETS

    return AutoETS(season_length=season).forecast(y=z, h=horizon)["mean"]


def arima_auto(z, horizon, season=12):
    """Seasonal ARIMA with orders by AICc, approximated search (Hyndman & Khandakar 2008); slow."""
    from statsforecast.models import AutoARIMA

    return AutoARIMA(season_length=season, approximation=True).forecast(y=z, h=horizon)["mean"]


def stl_theta(z, horizon, season=12):
    """STL season carried on, dynamic optimised Theta on the rest (Cleveland et al. 1990)."""
    from statsmodels.tsa.seasonal import STL

    seasonal = STL(z, period=season, seasonal=13).fit().seasonal
    return theta_plain(z - seasonal, horizon) + np.resize(seasonal[-season:], horizon)


def carry_on(growth, horizon, season=12, common=None):
    """Growth carried on by an autoregression around its mean: least squares with a light ridge, lags 1, 2, 3, s, s+1.

    ``common`` (history and horizon) enters as it is and one month late.
    """
    mean, n = growth.mean(), len(growth)
    v = growth - mean
    lags = [lag for lag in (1, 2, 3, season, season + 1) if n >= lag + 24] or [1]
    most = max(lags)
    columns = [v[most - lag:n - lag] for lag in lags]
    columns += [] if common is None else [common[most:n], common[most - 1:n - 1]]
    past = np.column_stack(columns)
    square = past.T @ past
    ridge = (RIDGE * np.trace(square) / len(square) + 1e-12) * np.eye(len(square))
    phi = np.linalg.solve(square + ridge, past.T @ v[most:])
    v = list(v)
    for step in range(n, n + horizon):
        shared = [] if common is None else [common[step], common[step - 1]]
        v.append(float(phi @ [*(v[-lag] for lag in lags), *shared]))
    return np.array(v[n:]) + mean


def _grown(z, growth, season):
    """The path whose seasonal differences are the given growth."""
    path = list(z[-season:])
    for step in growth:
        path.append(path[-season] + step)
    return np.array(path[season:])


def seasonal_ar(z, horizon, season=12):
    r"""Autoregression of seasonal differences around their mean, by least squares with a light ridge.

    .. math:: \nabla_s z_t = c + \sum_{l \in \{1, 2, 3, s, s+1\}} \phi_l (\nabla_s z_{t-l} - c) + \varepsilon_t

    Growth returns to its own average, so it neither freezes nor runs on the last slope.
    """
    return _grown(z, carry_on(z[season:] - z[:-season], horizon, season), season)


def common_factor(z, horizon, season=12, common=None):
    r"""`seasonal_ar` with the panel's common growth f (`factor.common_growth`), now and one month ago, as regressors.

    .. math:: \nabla_s z_t = c + \beta_0 f_t + \beta_1 f_{t-1}
              + \sum_l \phi_l (\nabla_s z_{t-l} - c) + \varepsilon_t

    Not in the default: alone it is little better than `seasonal_ar` and well behind the smoothing members
    (benchmarks/forecast_design.csv). Where the panel shows no factor it is `seasonal_ar`.
    """
    growth = z[season:] - z[:-season]
    if common is not None:
        growth = growth[-(len(common) - horizon):]
    return _grown(z, carry_on(growth, horizon, season, common), season)


FROM_ZERO, RIDGE = 10.0, 0.03


def seasonal_naive(z, horizon, season=12):
    """The same season of the last year."""
    return np.resize(z[-season:], horizon)


def last_value(z, horizon, season=12):
    """The last value: for histories of a few months."""
    return np.full(horizon, z[-1])


FAST = {f.__name__: f for f in (dot, theta_plain, ces, ets_level, ets_damped, ets_auto, arima_auto, stl_theta,
                                seasonal_ar, common_factor, seasonal_naive, last_value)}
COMMON = common_factor.__name__


def kind(y, season=12):
    """What a history is, which decides who forecasts it: constant, intermittent, tiny, short or regular.

    constant: one value throughout (at least two months). intermittent: at least 30 % zeros. tiny: fewer than five
    months. short: fewer than three seasons. regular: all others.

    Examples
    --------
    >>> kind(np.array([2.0, 2.0, 2.0])), kind(np.array([0.0, 5.0] * 20)), kind(np.arange(48.0))
    ('constant', 'intermittent', 'regular')
    """
    if len(y) > 1 and np.ptp(y) <= 1e-12 * abs(y).max():
        return "constant"
    if (y == 0).mean() >= 0.3 and len(y) >= 5:
        return "intermittent"
    if len(y) < 5:
        return "tiny"
    return "short" if len(y) < 3 * season else "regular"


def members_for(kind_, n, season=12):
    """Members used for a kind of history of n months.

    Examples
    --------
    >>> members_for("short", 20)
    ('theta_plain', 'seasonal_naive')
    """
    if kind_ == "regular":
        return FAST_MEMBERS
    if kind_ == "short":
        return ("theta_plain", "seasonal_naive") if n >= season else ("theta_plain", "last_value")
    return ("last_value",)


def sane(middle, z):
    """Whether a member's path may enter: finite, within the last 36 values' range widened by twice it either side."""
    recent = z[-36:]
    span = max(np.ptp(recent), 1e-9 * max(abs(recent).max(), 1e-300))
    return bool(np.isfinite(middle).all() and middle.min() >= recent.min() - 2 * span
                and middle.max() <= recent.max() + 2 * span)


def run_members(z, horizon, names, season=12, common=None):
    """Median paths of the members, and why any was left out; ``common`` goes to the model that takes a factor.

    Returns
    -------
    (array members x horizon, dict of str)
        Rows of NaN where a member failed or was not sane.
    """
    found, notes = np.full((len(names), horizon), np.nan), {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row, name in enumerate(names):
            try:
                more = (common,) if name == COMMON else ()
                middle = np.asarray(FAST[name](z, horizon, season, *more), float)
            except Exception as error:  # a compiled fit may raise anything; the member is left out and named
                notes[name] = str(error)[:100] or type(error).__name__
                continue
            if sane(middle, z):
                found[row] = middle
            else:
                notes[name] = "path not sane"
    return found, notes
