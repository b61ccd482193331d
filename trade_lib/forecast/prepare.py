"""The scale a history is modelled on, and what regressors explain of it."""

import numpy as np

from trade_lib.errors import TradeDataError

GAIN = 10.0


def transform(values, kind):
    """Values on the scale to model: (array, whether logs, floor of the forecasts or None).

    Logs where all values are positive and the history is not constant; else the values as they are, with forecasts
    floored at zero when the history never falls below.

    Examples
    --------
    >>> transform(np.array([0.0, 2.0]), "regular")[1:]
    (False, 0.0)
    """
    if (values > 0).all() and kind != "constant":
        return np.log(values), True, None
    return values.astype(float), False, 0.0 if (values >= 0).all() else None


def effect_of(z, x, sets=(), season=12):
    r"""What regressors explain, by least squares on :math:`\nabla\nabla_s z`, and the set chosen by AICc.

    The set with the lowest AICc enters, if it gains at least ``GAIN`` over none: differences of noise are strongly
    autocorrelated, so that the criterion alone would let idle regressors in.

    Parameters
    ----------
    z : array
        History.
    x : pandas.DataFrame or None
        Regressors over history and horizon.
    sets : iterable of sequences of str
        Candidate sets; all columns when empty.

    Returns
    -------
    (array over history and horizon or None, tuple of str)
    """
    if x is None or len(z) < 4 * season:
        return None, ()
    target = np.diff(z[season:] - z[:-season])
    n = len(target)
    best, found = n * np.log(np.mean(target ** 2) + 1e-300) - GAIN, (None, ())
    for names in [tuple(s) for s in sets] or [tuple(x.columns)]:
        absent = [name for name in names if name not in x.columns]
        if absent:
            raise TradeDataError("candidate regressor not given", column=absent[0],
                                 expected=", ".join(map(str, x.columns)))
        values = x[list(names)].to_numpy(float)
        design = np.diff(values[season:len(z)] - values[:len(z) - season], axis=0)
        beta = np.linalg.lstsq(design, target, rcond=None)[0]
        k = len(names) + 1
        score = n * np.log(np.mean((target - design @ beta) ** 2) + 1e-300) + 2 * k * n / max(n - k - 1, 1)
        if score < best:
            best, found = score, (values @ beta, names)
    return found
