"""The scale a history is modelled on, chosen within it, and what regressors explain of it."""

import numpy as np

from trade_lib.errors import TradeDataError

GAIN, OUTLIER = 10.0, 6.0
#: Scales a history may be modelled on (powers of Box & Cox 1964; 0 is the logarithm), and the one errors are drawn on.
POWERS, ERRORS = (0.0, 0.25, 0.5, 1.0), 0.5


def box_cox(y, power, unit=1.0):
    r"""Values on a Box-Cox scale: :math:`((y/u)^p - 1)/p`, :math:`\log(y/u)` for p = 0; u a typical value.

    Examples
    --------
    >>> box_cox(np.array([1.0, 4.0]), 0.5).tolist()
    [0.0, 2.0]
    """
    x = np.asarray(y, float) / unit
    return np.log(x) if power == 0 else (x ** power - 1) / power


def back(z, power, unit=1.0):
    """The way back from `box_cox`; what lies below the scale's end is zero.

    Examples
    --------
    >>> back(box_cox(np.array([3.0]), 0.25, 7.0), 0.25, 7.0).round(9).tolist(), back(-5.0, 0.5).tolist()
    ([3.0], 0.0)
    """
    z = np.asarray(z, float)
    return unit * (np.exp(np.clip(z, -700, 700)) if power == 0 else np.maximum(1 + power * z, 0.0) ** (1 / power))


def choose_power(y, unit, season=12, powers=POWERS):
    r"""The scale on which changes of yearly growth are most alike in size, by profile likelihood in the sample.

    .. math:: \ell(p) = -n \log \overline{|\nabla\nabla_s z^{(p)}|} + (p - 1) \sum_t \log (y_t / u)

    Box & Cox (1964, JRSS B 26), with Laplace errors so that single months do not decide.

    Parameters
    ----------
    y : array
        Values above zero.
    unit : float
    season : int
    powers : sequence of float

    Returns
    -------
    float

    Examples
    --------
    >>> walk = np.cumsum(np.random.default_rng(0).normal(0, 0.1, 240))
    >>> choose_power(np.exp(walk), 1.0), choose_power(10 + walk, 10.0)
    (0.0, 1.0)
    """
    if len(y) < 3 * season:
        return 0.0
    logs = np.log(y[season + 1:] / unit).sum()

    def likelihood(power):
        z = box_cox(y, power, unit)
        twice = np.diff(z[season:] - z[:-season])
        return -len(twice) * np.log(np.abs(twice).mean() + 1e-300) + (power - 1) * logs

    return max(powers, key=likelihood)


def without_outliers(z, season=12, limit=OUTLIER):
    r"""The history with single wild months brought back to their surroundings, and how many there were.

    The season (medians by calendar month of what a running median over 13 months leaves) is taken off; a month
    further than ``limit`` robust spreads (1.4826 MAD) from the running median over 7 months becomes that median plus
    its season. The last month is never touched: it may be the first of a new level. Level shifts are left as they
    are, since the members follow them: moving the history before a shift to the new level made errors larger
    (benchmarks/forecast_design.csv, origins up to 2011). Nothing after the history is used.

    The rule is a safeguard against single shipments, not a gain in accuracy: on those origins errors are a little
    larger with it than without.

    Parameters
    ----------
    z : array
        History on the scale modelled.
    season : int
    limit : float
        Six spares what is merely unusual; five costs more accuracy, eight about as much.

    Returns
    -------
    (array, int)

    Examples
    --------
    >>> z = np.sin(np.arange(60.0) * np.pi / 6) + np.random.default_rng(0).normal(0, 0.01, 60)
    >>> wild = np.where(np.arange(60) == 30, 5.0, z)
    >>> found, count = without_outliers(wild)
    >>> count, bool(abs(found[30] - z[30]) < 0.1)
    (1, True)
    """
    if len(z) < 3 * season:
        return z, 0
    cycle = np.arange(len(z)) % season
    rest = z - running_median(z, season + 1 - season % 2)
    seasonal = np.array([np.median(rest[cycle == k]) for k in range(season)])[cycle]
    middle = running_median(z - seasonal, 7)
    distance = np.abs(z - seasonal - middle)
    wild = distance > limit * 1.4826 * np.median(distance)
    wild[-1] = False
    if np.median(distance) == 0 or not wild.any():
        return z, 0
    return np.where(wild, middle + seasonal, z), int(wild.sum())


def running_median(z, width):
    """Median over a window of so many months (odd) round each month; the ends are continued with the last value.

    Examples
    --------
    >>> running_median(np.array([1.0, 9.0, 2.0, 3.0]), 3).tolist()
    [1.0, 2.0, 3.0, 3.0]
    """
    return np.median(np.lib.stride_tricks.sliding_window_view(np.pad(z, width // 2, mode="edge"), width), axis=1)


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
