"""Forecasting models in one form: fit on a history, give sample paths (see `Model`).

Models on logs need values above zero. The shocks of a path are drawn from the model's own residuals, so a series with
rare large months keeps them. Fits may warn; `trade_lib.forecast.forecast` records it with the forecast.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from trade_lib.forecast.checks import check_series
from trade_lib.forecast.innovations import SEASON, aicc, innovation_paths, logs, scaled
from trade_lib.forecast.statespace import best_sarima, fit_structural, state_space


class Model(NamedTuple):
    """What every model offers: ``fit(y, x) -> fitted`` and ``paths(fitted, y, horizon, n_paths, rng, x) -> array``.

    ``y`` is a checked monthly series, ``x`` the regressors to use over history and horizon (or None). ``fitted`` may
    come from an earlier, shorter history of the same series: its parameters are then kept, its states brought up to
    the end of ``y``. Models that estimate nothing costly have None for it.

    Examples
    --------
    >>> import pandas as pd
    >>> y = pd.Series(range(1, 49), pd.period_range("2018-01", periods=48, freq="M"), dtype=float)
    >>> MODELS["seasonal_naive"](y, 2, 100, np.random.default_rng(0)).shape
    (100, 2)
    """

    fit: Callable
    paths: Callable

    def __call__(self, y, horizon, n_paths, rng, x=None):
        """Fit and draw in one call."""
        return self.paths(self.fit(y, x), y, horizon, n_paths, rng, x)


def _nothing(y, x=None):
    """The fit of a rule without parameters, or with some so quickly found that keeping them would save nothing."""


def _stretch(errors, horizon, n_paths, rng):
    """Whole stretches of past errors with a random sign: dependence over time stays, the middle of the paths too."""
    starts = rng.integers(0, len(errors), n_paths)
    steps = (starts[:, None] + np.arange(horizon)) % len(errors)
    return errors[steps] * rng.choice([-1.0, 1.0], (n_paths, 1))


def _transformed(y):
    """Logs where the series allows it, else the values themselves; with the way back."""
    return (np.log(y.to_numpy()), np.exp) if (y > 0).all() else (y.to_numpy(), lambda z: z)


def seasonal_naive(fitted, y, horizon, n_paths, rng, x=None):
    r"""The same month of the last year: :math:`\hat z_{T+h} = z_{T+h-12k}`, z the log where all values are positive.

    Errors are stretches of the series' own past errors of this rule (year-on-year changes), with a random sign.
    Values at or below zero are taken as they are, without logs. Needs 24 months.
    """
    y = check_series(y, least=2 * SEASON)
    z, back = _transformed(y)
    last = np.resize(z[-SEASON:], horizon)
    years = 1 + np.arange(horizon) // SEASON
    return back(last + _stretch(z[SEASON:] - z[:-SEASON], horizon, n_paths, rng) * np.sqrt(years))


def seasonal_naive_drift(fitted, y, horizon, n_paths, rng, x=None):
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


def _without_effect(z, x):
    """Logs less what regressors explain, and the effect over history and horizon."""
    effect = regression_effect(z, x)
    return (z - effect[:len(z)], effect) if len(effect) else (z, effect)


def _ets_model(plain, trend):
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    return ETSModel(plain.to_timestamp(), error="add", trend=trend, damped_trend=trend is not None, seasonal="add",
                    seasonal_periods=SEASON)


def fit_ets(y, x=None):
    """ETS(A,N,A) or ETS(A,Ad,A) on logs, by AICc (Hyndman et al. 2008; statsmodels ETSModel). Needs 36 months."""
    plain, _ = _without_effect(logs(y, 3 * SEASON), x)
    fits = [_ets_model(plain, trend).fit(disp=False) for trend in (None, "add")]
    return min(fits, key=lambda f: aicc(f, len(plain)))


def ets(fitted, y, horizon, n_paths, rng, x=None):
    r"""Exponential smoothing on logs: paths follow
    :math:`\psi_j = \alpha + \beta (\phi + \dots + \phi^j) + \gamma\, 1[12 \mid j]`.
    """
    plain, effect = _without_effect(logs(y, 3 * SEASON), x)
    fit = fitted if fitted.nobs == len(plain) else _ets_model(plain, fitted.model.trend).smooth(fitted.params)
    value = dict(zip(fit.model.param_names, fit.params, strict=True))
    lags = np.arange(horizon)
    phi = value.get("damping_trend", 0.0)
    damped = np.array([sum(phi ** i for i in range(1, j + 1)) for j in lags])
    psi = value["smoothing_level"] + value.get("smoothing_trend", 0.0) * damped
    psi = np.where(lags % SEASON == 0, psi + value["smoothing_seasonal"], psi)
    psi[0] = 1.0
    mean = np.asarray(fit.forecast(horizon)) + (effect[len(plain):] if len(effect) else 0.0)
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


def theta(fitted, y, horizon, n_paths, rng, x=None):
    r"""Theta on logs, additive season (Assimakopoulos & Nikolopoulos 2000; statsmodels ThetaModel).

    Errors follow simple exponential smoothing: :math:`\psi_j = \alpha`. Needs 36 months.
    """
    plain, effect = _without_effect(logs(y, 3 * SEASON), x)
    mean, alpha, residuals = fit_theta(plain, horizon)
    psi = np.r_[1.0, np.full(horizon - 1, alpha)]
    mean = mean + (effect[len(plain):] if len(effect) else 0.0)
    return np.exp(innovation_paths(mean, psi, scaled(residuals[SEASON:], SEASON), n_paths, rng))


#: New models go to the end: a model's place in this table is part of what its draws are seeded with.
MODELS = {
    "seasonal_naive": Model(_nothing, seasonal_naive), "seasonal_naive_drift": Model(_nothing, seasonal_naive_drift),
    "ets": Model(fit_ets, ets), "theta": Model(_nothing, theta), "sarima": Model(best_sarima, state_space),
    "structural": Model(fit_structural, state_space),
}
