"""Scores of forecasts given as draws, and of probabilities."""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError


def crps(draws, outcome):
    r"""Continuous ranked probability score of draws, in the unit of the outcome (lower is better; scoringrules).

    .. math:: \frac1n \sum_i |x_i - y| - \frac{1}{2 n^2} \sum_{i,j} |x_i - x_j|

    Gneiting & Raftery (2007, JASA 102).

    Parameters
    ----------
    draws : array, n or n x k
    outcome : number or array, k

    Returns
    -------
    float or array, k

    Examples
    --------
    >>> crps([1.0, 3.0], 2.0)
    0.5
    """
    from scoringrules import crps_ensemble

    found = crps_ensemble(np.asarray(outcome, float), np.asarray(draws, float), m_axis=0, estimator="qd")
    return float(found) if np.ndim(found) == 0 else found


def pinball(quantile, outcome, level):
    r"""Pinball (quantile) loss, in the unit of the outcome (lower is better; scoringrules).

    .. math:: (1[y < q] - \alpha)(q - y)

    Parameters
    ----------
    quantile, outcome : number or array
    level : float
        Share of outcomes that the quantile is meant to exceed, 0 to 1.

    Returns
    -------
    float or array

    Examples
    --------
    >>> pinball(3.0, 2.0, 0.9).round(3), pinball(1.0, 2.0, 0.9).round(3)
    (np.float64(0.1), np.float64(0.9))
    """
    from scoringrules import quantile_score

    if not 0 < level < 1:
        raise TradeDataError("level outside 0 to 1", value=level)
    return quantile_score(np.asarray(outcome, float), np.asarray(quantile, float), level)


def pit(draws, outcome):
    """Probability integral transform: share of draws below the outcome, ties counted half. Uniform when calibrated.

    Draws n or n x k, outcomes one or k.

    Examples
    --------
    >>> pit([1.0, 2.0, 3.0, 4.0], 2.0)
    0.375
    """
    draws, outcome = np.asarray(draws, float), np.asarray(outcome, float)
    found = (draws < outcome).mean(axis=0) + (draws == outcome).mean(axis=0) / 2
    return float(found) if np.ndim(found) == 0 else np.where(np.isfinite(outcome), found, np.nan)


def coverage(outcome, low, high):
    """Share of outcomes within their limits.

    Examples
    --------
    >>> coverage([1, 5], [0, 0], [2, 2])
    0.5
    """
    outcome, low, high = (np.asarray(v, float) for v in (outcome, low, high))
    return float(((low <= outcome) & (outcome <= high)).mean())


def mase(actual, forecast, history, season=12):
    r"""Mean absolute error over the in-sample mean of :math:`|y_t - y_{t-12}|` (Hyndman & Koehler 2006).

    Raises
    ------
    TradeDataError
        The history repeats itself exactly (scale zero) or holds no full season.

    Examples
    --------
    >>> mase([3.0], [2.0], [1.0, 2.0, 3.0], season=1)
    1.0
    """
    history = np.asarray(history, float)
    scale = np.abs(history[season:] - history[:-season]).mean() if len(history) > season else np.nan
    if not scale > 0:
        raise TradeDataError("no scale for MASE", value=float(scale), expected="more than a season, not repeating")
    return float(np.abs(np.asarray(actual, float) - np.asarray(forecast, float)).mean() / scale)


def brier(probability, happened):
    """Mean squared distance of probabilities from what happened, 0 or 1 (Brier 1950).

    Examples
    --------
    >>> brier([1.0, 0.5], [1, 0])
    0.125
    """
    return float(np.mean((np.asarray(probability, float) - np.asarray(happened, float)) ** 2))


def reliability(probability, happened, edges=(0, 0.1, 0.3, 0.5, 0.7, 0.9, 1)):
    """Mean stated probability against how often it happened, by bin.

    Returns
    -------
    pandas.DataFrame
        bin (interval), forecasts, stated, happened; empty bins are absent.

    Examples
    --------
    >>> reliability([0.05, 0.95], [0, 1])[["forecasts", "stated", "happened"]].to_numpy().tolist()
    [[1.0, 0.05, 0.0], [1.0, 0.95, 1.0]]
    """
    frame = pd.DataFrame({"stated": np.asarray(probability, float), "happened": np.asarray(happened, float)})
    groups = frame.groupby(pd.cut(frame["stated"], list(edges), include_lowest=True), observed=True)
    table = groups.agg(forecasts=("stated", "size"), stated=("stated", "mean"), happened=("happened", "mean"))
    return table.rename_axis("bin").reset_index()
