"""Sample paths from a model's moving-average form, and what the models on logs share."""

import numpy as np

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


def logs(y, least):
    """Logs of a checked series of values above zero, at least so many months long."""
    return np.log(check_series(y, positive=True, least=least))


def aicc(result, n):
    """Corrected information criterion of a statsmodels fit to n values."""
    k = len(result.params) + 1
    return -2 * result.llf + 2 * k * n / max(n - k - 1, 1)
