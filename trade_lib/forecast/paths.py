"""A forecast is its sample paths: mean, quantiles, totals and probabilities are read off them, so they agree."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_series

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


@dataclass(frozen=True)
class Forecast:
    """Sample paths (n_paths x months, joint draws in the unit of the series) of one series; origin: last month used.

    The median is the point to publish for a month, the mean for a sum of months. ``notes`` name members left out.

    Examples
    --------
    >>> months = pd.period_range("2021-12", periods=1, freq="M")
    >>> f = Forecast(np.array([[1.0], [3.0]]), months, pd.Period("2021-11", "M"), "given", 0)
    >>> known = pd.Series([10.0], pd.period_range("2021-11", periods=1, freq="M"))
    >>> float(f.mean().iloc[0]), f.prob_exceeds(12, known)
    (2.0, 0.5)
    """

    paths: np.ndarray
    index: pd.PeriodIndex
    origin: pd.Period
    model: str
    seed: int
    key: str | None = None
    regressors: tuple = ()
    notes: tuple = ()

    def __post_init__(self):
        paths = np.asarray(self.paths, float)
        if paths.ndim != 2 or not paths.size or paths.shape[1] != len(self.index):
            raise TradeDataError("paths do not fit the months", value=paths.shape,
                                 expected=f"n_paths x {len(self.index)}")
        if not np.isfinite(paths).all():
            raise TradeDataError("paths hold values that are not finite", column=self.model)
        paths = paths.copy()
        paths.setflags(write=False)
        object.__setattr__(self, "paths", paths)

    def mean(self):
        """Mean of the paths by month (Series)."""
        return pd.Series(self.paths.mean(axis=0), index=self.index, name="mean")

    def median(self):
        """Median of the paths by month (Series)."""
        return pd.Series(np.median(self.paths, axis=0), index=self.index, name="median")

    def quantile(self, levels=LEVELS):
        """Quantiles of the paths: months x levels (DataFrame)."""
        levels = list(levels)
        if any(not 0 <= level <= 1 for level in levels):
            raise TradeDataError("level outside 0 to 1", value=levels)
        return pd.DataFrame(np.quantile(self.paths, levels, axis=0).T, index=self.index, columns=levels)

    def to_frame(self):
        """Mean, median and the 80 and 95 % limits by month (DataFrame)."""
        q = self.quantile()
        return pd.DataFrame({"mean": self.mean(), "median": q[0.5], "lo80": q[0.1], "hi80": q[0.9], "lo95": q[0.025],
                             "hi95": q[0.975]}).rename_axis("month")

    def total(self, known=None, window=None):
        r"""Draws of the sum over a window: the known months in it plus the joint sum of the months ahead.

        .. math:: S^{(i)} = \sum_{t \in W,\ t \le T} y_t + \sum_{t \in W,\ t > T} y_t^{(i)}

        Without a window, of the known months and all months ahead. Raises TradeDataError where a month of the window
        is neither known nor ahead, or a known month lies beyond the origin.
        """
        base, months = 0.0, self.index
        if known is not None:
            known = check_series(known)
            if len(known) and known.index[-1] > self.origin:
                raise TradeDataError("known month lies beyond the origin", row=str(known.index[-1]),
                                     expected=f"<= {self.origin}")
            months = known.index.append(self.index)
        window = months if window is None else window
        absent = window.difference(months)
        if len(absent):
            raise TradeDataError("month of the window is neither known nor forecast", row=str(absent[0]))
        if known is not None:
            base = float(known[known.index.isin(window)].sum())
        return base + self.paths[:, self.index.isin(window)].sum(axis=1)

    def prob_exceeds(self, threshold, known=None, window=None):
        """Share of the paths whose total (see `total`) is above the threshold."""
        return float((self.total(known, window) > threshold).mean())


def year_months(year: int) -> pd.PeriodIndex:
    """The twelve months of a year.

    Examples
    --------
    >>> len(year_months(2021))
    12
    """
    return pd.period_range(f"{year}-01", f"{year}-12", freq="M")


def summary(draws: np.ndarray, threshold: float | None = None) -> dict:
    """Mean, 80 and 95 % limits and, with a threshold, the share of draws above it.

    Examples
    --------
    >>> round(summary(np.arange(101.0), 90)["p_exceed"], 3)
    0.099
    """
    lo95, lo80, hi80, hi95 = np.quantile(draws, [0.025, 0.1, 0.9, 0.975])
    said = {"mean": float(np.mean(draws)), "lo80": float(lo80), "hi80": float(hi80), "lo95": float(lo95),
            "hi95": float(hi95)}
    return said if threshold is None else {**said, "p_exceed": float(np.mean(np.asarray(draws) > threshold))}
