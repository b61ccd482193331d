r"""What a panel's series learn from each other's past errors: weights of the members, and the spread by horizon.

Everything is computed on the scale of errors (square roots where a series is positive), from forecasts made at past
origins within the history; nothing after the end of a history is seen.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import special

#: Settings, chosen on Tourism monthly without its last 24 months, on the trade panel up to December 2011, and
#: (TAIL, and the scale of past errors) on the simulated processes of benchmarks/forecast_simulated.py.
POWER, EQUAL, OWN, WORST = 4.0, 400.0, 6.0, 1.5
#: Errors (in units of the base scale) assumed before any is seen: variance at horizon 1 and its growth a month.
PRIOR_LEVEL, PRIOR_SLOPE, PRIOR_WEIGHT = 6.4, 0.6, 60.0
GRID = np.linspace(0.005, 0.995, 199)
TAIL_DF, TAIL_WEIGHT = 5, 400.0
# Student's t scaled to hold 80 % where a normal of variance 1 does
TAIL = special.stdtrit(TAIL_DF, GRID) * special.ndtri(0.9) / special.stdtrit(TAIL_DF, 0.9)
#: Base scale of a series of which nothing can be seen, in a panel that shows none either.
TYPICAL = 0.1


def base_scale(z, season=12):
    r"""A series' yardstick, from month-to-month noise and from the spread of growth over a year.

    .. math:: b^2 = \tfrac12 \overline{|\nabla\nabla_s z|} \cdot
              \tfrac13 \overline{|\nabla_s z - \overline{\nabla_s z}|}

    the first mean over the last five seasons; the mean of :math:`|\nabla z|` where the history is short.

    Examples
    --------
    >>> base_scale(np.array([1.0, 2.0, 1.0, 2.0]), season=12)
    1.0
    """
    if len(z) >= 2 * season + 2:
        growth = z[season:] - z[:-season]
        scale = np.sqrt(np.abs(np.diff(growth)[-5 * season:]).mean() / 2 * np.abs(growth - growth.mean()).mean() / 3)
    else:
        scale = np.abs(np.diff(z)).mean() if len(z) > 1 else 0.0
    return float(max(scale, 1e-9 * max(np.abs(z).max(), 1e-9)))


@dataclass(frozen=True)
class Pooled:
    """What the panel says: score of each member (1 = average), error variance by horizon (a + b (h - 1), in base
    scales), shape of standardised errors (quantiles on GRID, symmetric), number of series with past errors, and the
    typical base scale of positive series.

    Examples
    --------
    >>> Pooled().variance(3).round(2).tolist()
    [6.4, 7.0, 7.6]
    """

    scores: dict = field(default_factory=dict)
    level: float = PRIOR_LEVEL
    slope: float = PRIOR_SLOPE
    shape: tuple = ()
    series: int = 0
    typical: float = TYPICAL

    def variance(self, horizon):
        """Error variance by horizon, in squared base scales."""
        return self.level + self.slope * np.arange(horizon)


def weights(names, usable, pooled):
    r"""Weights of the members: :math:`w_m \propto s_m^{-4}`, s the panel's mean absolute error of the member relative
    to the members' mean; a member above 1.5 times the best is trimmed.

    Examples
    --------
    >>> weights(("a", "b"), np.array([True, True]), Pooled(scores={"a": 1.0, "b": 1.0})).tolist()
    [0.5, 0.5]
    """
    scores = np.array([pooled.scores.get(name, 1.0) for name in names])
    if not usable.any():
        return np.zeros(len(names))
    keep = usable & (scores <= WORST * scores[usable].min())
    w = np.where(keep, scores ** -POWER, 0.0)
    return w / w.sum()


def combine(paths, names, pooled):
    """Weighted mean of members' median paths (members x horizon, NaN rows left out)."""
    usable = np.isfinite(paths[:, 0])
    w = weights(names, usable, pooled)
    return w @ np.where(usable[:, None], paths, 0.0)


def member_scores(parts):
    """Each member's mean absolute error over the panel, relative to the members' mean, shrunk to 1.

    Parameters
    ----------
    parts : list of dict
        ``names`` and ``past`` (list of (actual, members x horizon, base scale) at past origins) of each series.

    Returns
    -------
    dict
        Name to score.
    """
    total, count = {}, 0.0
    for part in parts:
        for actual, paths, _ in part["past"]:
            if not np.isfinite(paths).all():
                continue
            errors = np.abs(actual - paths).mean(axis=1)
            mean = errors.mean()
            if mean > 0:
                for name, error in zip(part["names"], errors / mean, strict=True):
                    total.setdefault(name, []).append((error, len(actual)))
                count += len(actual)
    found = {}
    for name, values in total.items():
        error, months = np.array(values).T
        # log scores shrink to equal weights where few months speak; overlapping origins count a half
        seen = months.sum() / 2
        relative = max((error * months).sum() / months.sum(), 0.01)  # a rule can be exact on a made-up series
        found[name] = float(np.exp(np.log(relative) * seen / (seen + EQUAL)))
    return found


def past_errors(part, pooled):
    """The combination's errors at past origins: list of arrays (1..horizon), in base scales.

    The scale is that of the history before each past origin: with the whole history's, a large error would enlarge
    its own yardstick and the spread would come out too small (seen on simulated processes).
    """
    found = []
    for actual, paths, base in part["past"]:
        if np.isfinite(paths[:, 0]).any():
            found.append((actual - combine(paths, part["names"], pooled)) / base)
    return found


def own_factor(errors, pooled, weight=OWN):
    r"""How much wider the series' own past errors were than the panel's: :math:`\sqrt{(w + n \bar u^2)/(w + n)}`.

    n counts errors, divided by 3 for their dependence over time; single errors beyond 4 spreads count as 4.

    Examples
    --------
    >>> own_factor([], Pooled())
    1.0
    """
    if not errors:
        return 1.0
    u2 = np.concatenate([np.minimum(e ** 2 / pooled.variance(len(e)), 16.0) for e in errors])
    n = len(u2) / 3
    return float(np.sqrt((weight + n * u2.mean()) / (weight + n)))


def pool(parts):
    """Scores, variance line and error shape of a panel from its series' past errors.

    Returns
    -------
    Pooled
    """
    parts = [part for part in parts if part["kind"] == "regular"]
    typical = float(np.median([part["base"] for part in parts if part["positive"]] or [TYPICAL]))
    parts = [part for part in parts if part["past"]]
    pooled = Pooled(scores=member_scores(parts), series=len(parts), typical=typical)
    each = [past_errors(part, pooled) for part in parts]
    rows = [(h, min(v * v, 400.0)) for errors in each for e in errors for h, v in enumerate(e)]
    if not rows:
        return pooled
    h, square = np.array(rows).T
    # Line through the variances by horizon, weighted least squares with the prior line as pseudo-observations
    top = max(int(h.max()), 11)
    x = np.r_[h, np.arange(top + 1)]
    y = np.r_[square, PRIOR_LEVEL + PRIOR_SLOPE * np.arange(top + 1)]
    w = np.r_[np.full(len(h), 1 / 3), np.full(top + 1, PRIOR_WEIGHT / (top + 1))]
    guess = y.mean()
    design = np.column_stack([np.ones_like(x), x])
    level, slope = np.linalg.lstsq(design * np.sqrt(w)[:, None], y * np.sqrt(w), rcond=None)[0]
    slope = max(slope, 0.0)
    level = max(np.average(y - slope * x, weights=w), 0.1 * guess)
    lined = replace(pooled, level=float(level), slope=float(slope))
    # Each past origin is standardised by the series' other origins only, so that the tails are those of new errors
    u = np.concatenate([e / np.sqrt(lined.variance(len(e))) / own_factor(errors[:i] + errors[i + 1:], lined)
                        for errors in each for i, e in enumerate(errors)])
    own = np.quantile(np.r_[u, -u], GRID)
    share = len(u) / 3 / (len(u) / 3 + TAIL_WEIGHT)
    shape = share * own + (1 - share) * TAIL
    return replace(lined, shape=tuple(shape))


def error_paths(horizon, spread, pooled, n_paths, rng):
    r"""Errors with the panel's shape, the given spread by horizon, and dependence over time.

    Ranks come from :math:`g_h = \varepsilon_h + a \sum_{j<h} \varepsilon_j` (a shock and the part of it that stays),
    with a from the growth of the variance over the horizon; each month's values are those of the error shape.
    Antithetic pairs keep the median path where it is.
    """
    shape = np.array(pooled.shape) if pooled.shape else TAIL
    stays = np.sqrt(min(pooled.slope / max(pooled.level, 1e-12), 1.0))
    half = rng.standard_normal((n_paths // 2 + n_paths % 2, horizon))
    shocks = np.vstack([half, -half])[:n_paths]
    walk = np.cumsum(shocks, axis=1) - shocks
    g = (shocks + stays * walk) / np.sqrt(1 + stays ** 2 * np.arange(horizon))
    ranks = special.ndtr(g)
    return np.interp(ranks, GRID, shape) * spread
