"""Scores of forecasts given as draws, and of probabilities."""

import numpy as np
import pandas as pd


def crps(draws, outcome):
    r"""Continuous ranked probability score of draws (n or n x k), in the unit of the outcome (lower is better).

    .. math:: \frac1n \sum_i |x_i - y| - \frac{1}{2 n^2} \sum_{i,j} |x_i - x_j|

    Gneiting & Raftery (2007, JASA 102), by scoringrules.

    Examples
    --------
    >>> crps([1.0, 3.0], 2.0)
    0.5
    """
    from scoringrules import crps_ensemble

    score = crps_ensemble(np.asarray(outcome, float), np.asarray(draws, float), m_axis=0, estimator="qd")
    return float(score) if np.ndim(score) == 0 else score


def pit(draws, outcome):
    """Probability integral transform: share of draws (n or n x k) below the outcome, ties counted half. Uniform when
    calibrated.

    Examples
    --------
    >>> pit([1.0, 2.0, 3.0, 4.0], 2.0)
    0.375
    """
    draws, outcome = np.asarray(draws, float), np.asarray(outcome, float)
    share = (draws < outcome).mean(axis=0) + (draws == outcome).mean(axis=0) / 2
    return float(share) if np.ndim(share) == 0 else np.where(np.isfinite(outcome), share, np.nan)


def reliability(probability, happened, edges=(0, 0.1, 0.3, 0.5, 0.7, 0.9, 1)) -> pd.DataFrame:
    """Mean stated probability against how often it happened, by bin: bin, forecasts, stated, happened.

    Examples
    --------
    >>> reliability([0.05, 0.95], [0, 1])[["forecasts", "stated", "happened"]].to_numpy().tolist()
    [[1.0, 0.05, 0.0], [1.0, 0.95, 1.0]]
    """
    frame = pd.DataFrame({"stated": np.asarray(probability, float), "happened": np.asarray(happened, float)})
    groups = frame.groupby(pd.cut(frame["stated"], list(edges), include_lowest=True), observed=True)
    table = groups.agg(forecasts=("stated", "size"), stated=("stated", "mean"), happened=("happened", "mean"))
    return table.rename_axis("bin").reset_index()
