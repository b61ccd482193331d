"""Forecasting models as functions of one form: ``model(y, horizon, n_paths, rng, x=None) -> paths``.

``y`` is a checked monthly series, ``x`` the regressors to use over history and horizon, ``paths`` an array n_paths x
horizon. Models on logs need values above zero. The shocks of a path are drawn from the model's own residuals, so a
series with rare large months keeps them. Fits may warn; `trade_lib.forecast.forecast` records it with the forecast.
"""

import numpy as np

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_series

SEASON = 12


def innovation_paths(mean, psi, residuals, n_paths, rng):
    r"""Paths around a mean from a model's moving-average form.

    .. math:: y_{T+h} = \mu_h + \sum_{j=0}^{h-1} \psi_j\, \varepsilon_{T+h-j}, \qquad \psi_0 = 1

    with shocks drawn from the residuals (centred).

    Parameters
    ----------
    mean, psi : array, horizon
    residuals : array
    n_paths : int
    rng : numpy.random.Generator

    Returns
    -------
    array, n_paths x horizon

    Examples
    --------
    >>> innovation_paths([5.0, 5.0], [1.0, 0.5], [0.0, 0.0], 1, np.random.default_rng(0)).tolist()
    [[5.0, 5.0]]
    """
    horizon = len(mean)
    residuals = np.asarray(residuals, float)
    shocks = rng.choice(residuals - residuals.mean(), size=(n_paths, horizon))
    weights = np.zeros((horizon, horizon))
    for lag in range(horizon):
        weights += np.diag(np.full(horizon - lag, psi[lag]), lag)
    return np.asarray(mean) + shocks @ weights


def scaled(residuals, n_parameters):
    """Residuals scaled up for the parameters that were fitted to them."""
    n = len(residuals)
    return np.asarray(residuals) * np.sqrt(n / max(n - n_parameters, n / 2))


def _stretch(errors, horizon, n_paths, rng):
    """Whole stretches of past errors with a random sign: dependence over time stays, the middle of the paths too."""
    starts = rng.integers(0, len(errors), n_paths)
    steps = (starts[:, None] + np.arange(horizon)) % len(errors)
    return errors[steps] * rng.choice([-1.0, 1.0], (n_paths, 1))


def _transformed(y):
    """Logs where the series allows it, else the values themselves; with the way back."""
    return (np.log(y.to_numpy()), np.exp) if (y > 0).all() else (y.to_numpy(), lambda z: z)


def seasonal_naive(y, horizon, n_paths, rng, x=None):
    r"""The same month of the last year: :math:`\hat z_{T+h} = z_{T+h-12k}`, z the log where all values are positive.

    Errors are stretches of the series' own past errors of this rule (year-on-year changes), with a random sign.
    Values at or below zero are taken as they are, without logs. Needs 24 months.
    """
    y = check_series(y, least=2 * SEASON)
    z, back = _transformed(y)
    last = np.resize(z[-SEASON:], horizon)
    years = 1 + np.arange(horizon) // SEASON
    return back(last + _stretch(z[SEASON:] - z[:-SEASON], horizon, n_paths, rng) * np.sqrt(years))


def seasonal_naive_drift(y, horizon, n_paths, rng, x=None):
    r"""The same month of the last year, moved by the recent year-on-year change.

    .. math:: \hat z_{T+h} = z_{T+h-12k} + k\, \bar g_T, \quad \bar g_T = \tfrac13 \sum_{j<3} (z_{T-j} - z_{T-j-12})

    The rule has no fitted parameter, so its past errors are out-of-sample errors: they are kept as whole stretches
    following each past origin and drawn with a random sign. Needs 36 months.
    """
    y = check_series(y, least=3 * SEASON)
    z, back = _transformed(y)
    growth = z[SEASON:] - z[:-SEASON]
    recent = np.convolve(growth, np.ones(3) / 3, "valid")
    years = 1 + np.arange(horizon) // SEASON
    span = min(horizon, SEASON, len(growth) - 3)
    past = np.array([growth[3 + s:3 + s + span] - recent[s] for s in range(len(growth) - 2 - span)])
    steps = np.minimum(np.arange(horizon), span - 1)
    errors = past[rng.integers(0, len(past), n_paths)][:, steps] * rng.choice([-1.0, 1.0], (n_paths, 1))
    return back(np.resize(z[-SEASON:], horizon) + years * recent[-1] + errors * years)


def _logs(y, least):
    return np.log(check_series(y, positive=True, least=least))


def regression_effect(z, x):
    r"""What the regressors explain: least squares on :math:`\nabla\nabla_{12} z`, for models that take none.

    Returns
    -------
    array over history and horizon
    """
    if x is None:
        return np.zeros(0)
    values = x.to_numpy()
    twice = [np.diff(v[SEASON:] - v[:-SEASON], axis=0) for v in (z.to_numpy()[:, None], values[:len(z)])]
    beta = np.linalg.lstsq(twice[1], twice[0][:, 0], rcond=None)[0]
    return values @ beta


def _aicc(result, n):
    k = len(result.params) + 1
    return -2 * result.llf + 2 * k * n / max(n - k - 1, 1)


def ets(y, horizon, n_paths, rng, x=None):
    r"""Exponential smoothing on logs: ETS(A,N,A) or ETS(A,Ad,A), by AICc (Hyndman et al. 2008; statsmodels ETSModel).

    Paths follow :math:`\psi_j = \alpha + \beta (\phi + \dots + \phi^j) + \gamma\, 1[12 \mid j]`. Needs 36 months.
    """
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    z = _logs(y, 3 * SEASON)
    effect = regression_effect(z, x)
    plain = z - effect[:len(z)] if len(effect) else z
    fits = [ETSModel(plain.to_timestamp(), error="add", trend=trend, damped_trend=trend is not None, seasonal="add",
                     seasonal_periods=SEASON).fit(disp=False) for trend in (None, "add")]
    fit = min(fits, key=lambda f: _aicc(f, len(z)))
    value = dict(zip(fit.model.param_names, fit.params, strict=True))
    lags = np.arange(horizon)
    phi = value.get("damping_trend", 0.0)
    damped = np.array([sum(phi ** i for i in range(1, j + 1)) for j in lags])
    psi = value["smoothing_level"] + value.get("smoothing_trend", 0.0) * damped
    psi = np.where(lags % SEASON == 0, psi + value["smoothing_seasonal"], psi)
    psi[0] = 1.0
    mean = np.asarray(fit.forecast(horizon)) + (effect[len(z):] if len(effect) else 0.0)
    return np.exp(innovation_paths(mean, psi, scaled(fit.resid, 4), n_paths, rng))


def fit_theta(z, horizon):
    """Theta with an additive season: forecast, smoothing weight, one-step residuals (the season taken as known).

    The residuals are computed here: statsmodels' ``sigma2`` fits a second model for them.

    Parameters
    ----------
    z : pandas.Series
        Values on the scale to model.
    horizon : int

    Returns
    -------
    (array horizon, float, array of history)
    """
    from statsmodels.tsa.forecasting.theta import ThetaModel
    from statsmodels.tsa.seasonal import seasonal_decompose

    values = z.to_timestamp()
    fit = ThetaModel(values, period=SEASON, use_test=False, method="additive").fit()
    alpha = float(fit.params["alpha"])
    plain = (values - seasonal_decompose(values, model="additive", period=SEASON).seasonal).to_numpy()
    drift = float(fit.params["b0"]) / 2
    level, residuals = plain[0], np.zeros(len(plain))
    for t in range(1, len(plain)):
        residuals[t] = plain[t] - level - drift
        level += drift + alpha * residuals[t]
    return fit.forecast(horizon).to_numpy(), alpha, residuals


def theta(y, horizon, n_paths, rng, x=None):
    r"""Theta on logs, additive season (Assimakopoulos & Nikolopoulos 2000; statsmodels ThetaModel).

    Errors follow simple exponential smoothing: :math:`\psi_j = \alpha`. Needs 36 months.
    """
    z = _logs(y, 3 * SEASON)
    effect = regression_effect(z, x)
    plain = z - effect[:len(z)] if len(effect) else z
    mean, alpha, residuals = fit_theta(plain, horizon)
    psi = np.r_[1.0, np.full(horizon - 1, alpha)]
    mean = mean + (effect[len(z):] if len(effect) else 0.0)
    return np.exp(innovation_paths(mean, psi, scaled(residuals[SEASON:], SEASON), n_paths, rng))


def _state_space_paths(fit, horizon, n_paths, rng, exog, n_parameters):
    r"""Paths from the innovations form of a fitted state-space model: :math:`\psi_j = Z T^{j-1} K`, K the last gain."""
    results = fit.filter_results
    design, transition = results.design[0, :, -1], results.transition[:, :, -1]
    state = results.kalman_gain[:, 0, -1]
    psi = [1.0]
    for _ in range(horizon - 1):
        psi.append(float(design @ state))
        state = transition @ state
    burn = max(int(results.loglikelihood_burn), results.nobs_diffuse or 0, SEASON + 1)
    errors = results.standardized_forecasts_error[0, burn:]
    scale = np.sqrt(results.forecasts_error_cov[0, 0, -1])
    mean = np.asarray(fit.forecast(horizon, exog=exog))
    # statsmodels keeps the scale apart when it is concentrated out; standardised errors have both divided out
    return np.exp(innovation_paths(mean, psi, scaled(errors * scale, n_parameters), n_paths, rng))


def _split(x, n):
    return (None, None) if x is None else (x.to_numpy()[:n], x.to_numpy()[n:])


def fit_sarima(z, order, exog, seasonal=(0, 1, 1, SEASON)):
    """One SARIMAX fit by the cheap options (scale concentrated out, no covariance of parameters)."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    model = SARIMAX(z.to_numpy(), exog=exog, order=order, seasonal_order=seasonal, concentrate_scale=True)
    return model.fit(disp=False, cov_type="none")


def sarima(y, horizon, n_paths, rng, x=None):
    """Log SARIMA (0,1,1)(0,1,1)12 or (1,1,1)(0,1,1)12 by AICc, with the regressors. Needs 36 months."""
    z = _logs(y, 3 * SEASON)
    past, future = _split(x, len(z))
    fits = [fit_sarima(z, order, past) for order in ((0, 1, 1), (1, 1, 1))]
    fit = min(fits, key=lambda f: _aicc(f, len(z) - SEASON - 1))
    return _state_space_paths(fit, horizon, n_paths, rng, future, len(fit.params))


def structural(y, horizon, n_paths, rng, x=None):
    """Unobserved components on logs: level (with or without a moving slope, by AICc), stochastic season, regressors.

    Harvey (1989); statsmodels UnobservedComponents. Needs 36 months.
    """
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    z = _logs(y, 3 * SEASON)
    past, future = _split(x, len(z))
    fits = [UnobservedComponents(z.to_numpy(), level=level, seasonal=SEASON, exog=past).fit(disp=False, cov_type="none")
            for level in ("local level", "local linear trend")]
    fit = min(fits, key=lambda f: _aicc(f, len(z) - SEASON))
    return _state_space_paths(fit, horizon, n_paths, rng, future, len(fit.params))


def choose_regressors(y, x, sets):
    r"""The set of regressors (none among the choices) with the lowest AICc in a log SARIMA (0,1,1)(0,1,1)12 of the
    history.

    .. math:: \mathrm{AICc} = -2 \ell + 2 k n / (n - k - 1)

    Parameters
    ----------
    y : pandas.Series
        History (values above zero).
    x : pandas.DataFrame
        Candidate columns; only the months of the history are looked at.
    sets : iterable of sequences of str
        Candidate sets of columns.

    Returns
    -------
    tuple of str
        Columns chosen; empty when none is best.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.period_range("2010-01", periods=72, freq="M")
    >>> y = pd.Series(np.exp(np.random.default_rng(0).normal(0, .1, 72)), index=months)
    >>> choose_regressors(y, pd.DataFrame(index=months), [])
    ()
    """
    z = _logs(y, 4 * SEASON)
    best, chosen = np.inf, ()
    for names in [(), *map(tuple, sets)]:
        absent = [name for name in names if name not in x.columns]
        if absent:
            raise TradeDataError("candidate regressor not given", column=absent[0],
                                 expected=", ".join(map(str, x.columns)))
        exog = x.loc[z.index, list(names)].to_numpy() if names else None
        score = _aicc(fit_sarima(z, (0, 1, 1), exog), len(z) - SEASON - 1)
        if score < best:
            best, chosen = score, names
    return chosen


MODELS = {
    "seasonal_naive": seasonal_naive, "seasonal_naive_drift": seasonal_naive_drift, "ets": ets, "theta": theta,
    "sarima": sarima, "structural": structural,
}
