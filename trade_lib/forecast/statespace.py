"""State-space models on logs, fitted by statsmodels: SARIMA and structural, with regressors and the choice of them."""

import numpy as np

from trade_lib.errors import TradeDataError
from trade_lib.forecast.innovations import SEASON, aicc, innovation_paths, logs, scaled


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


def _moved_on(fitted, z, past):
    """A state-space fit with its parameters, filtered over a longer history; itself over the same."""
    return fitted if fitted.nobs == len(z) else fitted.apply(z.to_numpy(), exog=past)


def best_sarima(y, x=None):
    """Log SARIMA (0,1,1)(0,1,1)12 or (1,1,1)(0,1,1)12 by AICc, with the regressors. Needs 36 months."""
    z = logs(y, 3 * SEASON)
    past, _ = _split(x, len(z))
    fits = [fit_sarima(z, order, past) for order in ((0, 1, 1), (1, 1, 1))]
    return min(fits, key=lambda f: aicc(f, len(z) - SEASON - 1))


def fit_structural(y, x=None):
    """Unobserved components on logs: level (with or without a moving slope, by AICc), stochastic season, regressors.

    Harvey (1989); statsmodels UnobservedComponents. Needs 36 months.
    """
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    z = logs(y, 3 * SEASON)
    past, _ = _split(x, len(z))
    fits = [UnobservedComponents(z.to_numpy(), level=level, seasonal=SEASON, exog=past).fit(disp=False, cov_type="none")
            for level in ("local level", "local linear trend")]
    return min(fits, key=lambda f: aicc(f, len(z) - SEASON))


def state_space(fitted, y, horizon, n_paths, rng, x=None):
    """Paths of a fitted SARIMA or structural model on logs."""
    z = logs(y, 3 * SEASON)
    past, future = _split(x, len(z))
    return _state_space_paths(_moved_on(fitted, z, past), horizon, n_paths, rng, future, len(fitted.params))


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
    z = logs(y, 4 * SEASON)
    best, chosen = np.inf, ()
    for names in [(), *map(tuple, sets)]:
        absent = [name for name in names if name not in x.columns]
        if absent:
            raise TradeDataError("candidate regressor not given", column=absent[0],
                                 expected=", ".join(map(str, x.columns)))
        exog = x.loc[z.index, list(names)].to_numpy() if names else None
        score = aicc(fit_sarima(z, (0, 1, 1), exog), len(z) - SEASON - 1)
        if score < best:
            best, chosen = score, names
    return chosen
