r"""How wrong forecasts are: size and shape of their errors, learnt from past origins and pooled over a panel.

The error at horizon h is :math:`e_h = s_h u_h` on the scale of errors, with

.. math:: \log s_h = \log b + \beta_0 + \beta_1 \log h + \beta_2 (1 - 1 / 2h^2) \log (d_h / b + 0.05)
          + \beta_3 \log (n / g) / h, \qquad b^2 = n g

n and g the history's yardsticks (`yardsticks`) and :math:`d_h` the standard deviation of the models' paths up to h:
where models disagree, errors are large; the disagreement of one month says less. This is conformal prediction with
normalised scores (Lei et al. 2018, JASA 113; several steps ahead: Wang & Hyndman 2024, arXiv 2410.13115), the scores
pooled over series and shrunk to those stored here.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

#: The stored model, learnt by `benchmarks/forecast_design.py` from the shipped trade panel, months to December 2011.
STORED = (-0.11, 0.28, 0.51, 0.24)
#: Its shape: quantiles of Student's t with so many degrees of freedom, times a factor.
STORED_DF, STORED_FACTOR = 4, 1.48
#: Past errors that the stored model counts for. Errors of a series depend on one another: each counts a third.
STORED_WEIGHT, SHARE = 1000.0, 1 / 3
#: Part of a month's shock that stays in the months after it.
STAYS = 0.4
NORMAL = np.linspace(-4.0, 4.0, 161)
STORED_SHAPE = STORED_FACTOR * special.stdtrit(STORED_DF, special.ndtr(NORMAL))
#: Logs of disagreement over yardstick and of noise over growth (mean less and plus a spread) at which the stored model
#: is taken as seen.
STORED_RATIOS = (-0.15, 1.1), (0.0, 0.85)


def yardsticks(r: np.ndarray, season: int = 12) -> tuple[float, float]:
    r"""A history's month-to-month noise, over its last two seasons, and the spread of its growth over a year.

    .. math:: n = \tfrac12 \overline{|\nabla\nabla_s r|}, \qquad
              g = \tfrac13 \overline{|\nabla_s r - \overline{\nabla_s r}|}

    Both are the mean of :math:`|\nabla r|` where the history is short, a tenth of the level where it is shorter than
    five months.

    Examples
    --------
    >>> yardsticks(np.array([1.0, 2.0, 1.0, 2.0, 1.0]))
    (1.0, 1.0)
    """
    least = 1e-9 * max(np.abs(r).max(), 1e-9)
    if len(r) >= 2 * season + 2:
        growth = r[season:] - r[:-season]
        noise = np.abs(np.diff(growth)[-2 * season:]).mean() / 2
        return float(max(noise, least)), float(max(np.abs(growth - growth.mean()).mean() / 3, least))
    scale = np.abs(np.diff(r)).mean() if len(r) > 1 else 0.0
    scale = float(max(scale, 0.1 * np.abs(r).max() if len(r) < 5 else 0.0, least))
    return scale, scale


@dataclass(frozen=True)
class Path:
    """A forecast on the scale of errors: middle and disagreement of the models by horizon, the history's yardsticks."""

    middle: np.ndarray
    apart: np.ndarray
    noise: float
    growth: float

    @property
    def base(self) -> float:
        """The yardstick of errors, b."""
        return (self.noise * self.growth) ** 0.5

    def design(self) -> np.ndarray:
        """What the size of the errors is explained by, a row a horizon."""
        ratio = np.log(self.apart / self.base + 0.05)
        return _design(np.arange(1, len(self.middle) + 1), ratio, np.log(self.noise / self.growth))


def _design(horizon, ratio, noisy):
    return np.column_stack([np.ones(len(horizon)), np.log(horizon), (1 - 0.5 / horizon ** 2) * ratio, noisy / horizon])


@dataclass(frozen=True)
class ErrorModel:
    """Size and shape of errors: the coefficients, quantiles of u at the normal quantiles ``NORMAL``, errors seen.

    Examples
    --------
    >>> model = ErrorModel()
    >>> bool((np.diff(model.shape) > 0).all()), model.errors
    (True, 0)
    """

    coefficients: tuple = STORED
    shape: tuple = tuple(STORED_SHAPE)
    errors: int = 0

    def size(self, path: Path) -> np.ndarray:
        """Size of the errors by horizon, on their scale."""
        return path.base * np.exp(path.design() @ np.array(self.coefficients))

    def draw(self, path: Path, n_paths: int, rng: np.random.Generator) -> np.ndarray:
        r"""Sample paths on the scale of errors, n_paths x horizon.

        Ranks come from :math:`g_h = \varepsilon_h + a \sum_{j<h} \varepsilon_j`, a shock and the part of it that
        stays (``STAYS``); antithetic pairs keep the median path where it is.
        """
        horizon = len(path.middle)
        half = rng.standard_normal((n_paths - n_paths // 2, horizon))
        shocks = np.vstack([half, -half])[:n_paths]
        stayed = np.cumsum(shocks, axis=1) - shocks
        ranks = (shocks + STAYS * stayed) / np.sqrt(1 + STAYS ** 2 * np.arange(horizon))
        return path.middle + np.interp(ranks, NORMAL, self.shape) * self.size(path)


def learnt_from(past: list[tuple[np.ndarray, Path]]) -> ErrorModel:
    """The error model of a panel: least squares of log absolute errors, and quantiles of what is left, both shrunk.

    Parameters
    ----------
    past : errors of forecasts made at past origins, and the forecasts; horizons as far as outcomes reach.
    """
    if not past:
        return ErrorModel()
    error = np.concatenate([errors / path.base for errors, path in past])
    seen = np.vstack([path.design()[:len(errors)] for errors, path in past])
    stored = _design(*(axis.ravel() for axis in np.meshgrid(np.arange(1, 25), *STORED_RATIOS)))
    x = np.vstack([seen, stored])
    y = np.r_[np.log(np.abs(error) + 0.02), stored @ np.array(STORED)]
    w = np.sqrt(np.r_[np.full(len(seen), SHARE), np.full(len(stored), STORED_WEIGHT / len(stored))])
    coefficients = np.linalg.lstsq(x * w[:, None], y * w, rcond=None)[0]
    u = error / np.exp(seen @ coefficients)
    share = SHARE * len(u) / (SHARE * len(u) + STORED_WEIGHT)
    shape = share * np.quantile(np.r_[u, -u], special.ndtr(NORMAL)) + (1 - share) * STORED_SHAPE
    return ErrorModel(tuple(coefficients), tuple(shape), len(u))
