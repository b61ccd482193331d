"""The scales of a history: models see logs, errors are measured on square roots; values as they are where some are not
above zero. What regressors explain is taken off on the scale of the models.

Errors drawn on logs would make the upper limits of series that move by factors run away.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

#: How much the AICc must gain before regressors enter: differences of noise are strongly autocorrelated, so the
#: criterion alone would let idle ones in.
GAIN = 10.0


class Scale(NamedTuple):
    """Ways between values, the scale of the models and that of the errors."""

    to_model: Callable
    to_errors: Callable  # from the scale of the models
    to_values: Callable  # from the scale of the errors


def _root_of_log(z):
    return np.exp(np.clip(z, -700, 700) / 2)


def _floored(r):
    return np.maximum(r, 0.0)


def _squared(r):
    return _floored(r) ** 2


LOGS = Scale(np.log, _root_of_log, _squared)
FLOWS = Scale(np.asarray, np.asarray, _floored)
LEVELS = Scale(np.asarray, np.asarray, np.asarray)


def scale_of(y: np.ndarray) -> Scale:
    """Logs and square roots above zero; levels otherwise, cut at zero where no value of the history is below it.

    Examples
    --------
    >>> scale_of(np.array([1.0, 2.0])) is LOGS, scale_of(np.array([0.0, 2.0])) is FLOWS
    (True, True)
    """
    return LOGS if (y > 0).all() else FLOWS if (y >= 0).all() else LEVELS


def least_squares_effect(z: np.ndarray, frame: pd.DataFrame, season: int = 12) -> tuple[np.ndarray, np.ndarray]:
    r"""What regressors explain of a history, by least squares on :math:`\nabla\nabla_s z`, over all months of their
    frame; and what is left of the differences.
    """
    values = frame.to_numpy(float)
    target = np.diff(z[season:] - z[:-season])
    design = np.diff(values[season:len(z)] - values[:len(z) - season], axis=0)
    beta = np.linalg.lstsq(design, target, rcond=None)[0]
    return values @ beta, target - design @ beta


def chosen_effect(z: np.ndarray, candidates: list[pd.DataFrame], season: int = 12):
    r"""The effect of the candidate frame (each over history and months ahead) with the lowest AICc, if that gains at
    least ``GAIN`` over none.

    .. math:: \mathrm{AICc} = n \log \overline{e^2} + 2 k n / (n - k - 1)

    Returns
    -------
    array over history and months ahead (or None), columns chosen
    """
    if not candidates or len(z) < 4 * season:
        return None, ()
    none = np.diff(z[season:] - z[:-season])
    n = len(none)
    best, effect, chosen = n * np.log(np.mean(none ** 2) + 1e-300) - GAIN, None, ()
    for frame in candidates:
        explained, left = least_squares_effect(z, frame, season)
        k = frame.shape[1] + 1
        aicc = n * np.log(np.mean(left ** 2) + 1e-300) + 2 * k * n / max(n - k - 1, 1)
        if aicc < best:
            best, effect, chosen = aicc, explained, tuple(frame.columns)
    return effect, chosen


def candidates_of(x):
    """A function from a series' name to its candidate frames; a long frame (series, month, columns) is taken apart."""
    if x is None:
        return lambda key: []
    frames = list(x) if isinstance(x, list | tuple) else [x]
    if len(frames) != 1 or "series" not in frames[0]:
        return lambda key: frames
    parts = dict(list(frames[0].groupby("series", observed=True)))

    def of(key):
        if key not in parts:
            return []
        part = parts[key]
        return [part.set_index(pd.PeriodIndex(part["month"], freq="M")).drop(columns=["series", "month"])]

    return of
