"""A forecast is its sample paths: mean, quantiles, totals and probabilities are read off them, so they agree."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_series

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


@dataclass(frozen=True)
class Forecast:
    """Sample paths of one series from one origin.

    Parameters
    ----------
    paths : array, n_paths x horizon
        Joint draws of the coming months, in the unit of the series.
    index : pandas.PeriodIndex
        The months ahead.
    origin : pandas.Period
        Last month used.
    model : str
    seed : int
    key : str, optional
        Name of the series.
    regressors : tuple of str
        Regressors chosen within the history.
    notes : tuple of str
        Warnings met while fitting, and members left out of a combination with the reason.

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
        r"""Draws of the sum over a window of months: known months plus the joint sum of the missing ones.

        .. math:: S^{(i)} = \sum_{t \in W,\ t \le T} y_t + \sum_{t \in W,\ t > T} y_t^{(i)}

        Parameters
        ----------
        known : pandas.Series, optional
            Months up to the origin; those in the window are added.
        window : pandas.PeriodIndex, optional
            The months to sum; by default the known months and all months ahead.

        Returns
        -------
        array, n_paths

        Raises
        ------
        TradeDataError
            A month of the window is neither known nor ahead, or a known month lies beyond the origin.
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
