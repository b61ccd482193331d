r"""A common factor of a panel: what moves most partners' growth at once, lent to each series.

Yearly growth of each series, standardised, is one column; the factor is their first principal component (gaps filled
by EM; Stock & Watson 2002, JASA 97), carried on by its own autoregression.
"""

import warnings

import numpy as np
import pandas as pd

from trade_lib.forecast.fast import carry_on

#: Fewest series, and months of growth, that a factor is taken from; bound of standardised growth (single months).
SERIES, MONTHS, BOUND = 4, 37, 4.0


def common_growth(series, back, horizon, season=12):
    """The factor up to ``back`` months before the panel's last month and ``horizon`` months on.

    Parameters
    ----------
    series : dict of pandas.Series
        Checked monthly series; those with values at or below zero are left aside.
    back, horizon, season : int

    Returns
    -------
    pandas.Series or None
        Standardised growth by month; None when the panel is too small to show one.

    Examples
    --------
    >>> months = pd.period_range("2010-01", periods=96, freq="M")
    >>> wave = np.cumsum(np.random.default_rng(0).normal(0, 0.05, 96))
    >>> panel = {k: pd.Series(np.exp(wave + np.random.default_rng(k).normal(0, 0.01, 96)), months) for k in range(5)}
    >>> factor = common_growth(panel, 0, 6)
    >>> growth = (pd.Series(wave, months).diff(12)).dropna()
    >>> len(factor) == 84 + 6, bool(np.corrcoef(factor[:84], growth)[0, 1] > 0.98)
    (True, True)
    """
    from statsmodels.multivariate.pca import PCA

    last = max((y.index[-1] for y in series.values()), default=None)
    columns = {}
    for name, y in series.items():
        y = y.loc[:last - back]
        if len(y) >= MONTHS + season and (y > 0).all():
            growth = np.log(y).diff(season).dropna()
            if growth.std() > 0:
                columns[name] = ((growth - growth.mean()) / growth.std()).clip(-BOUND, BOUND)
    if len(columns) < SERIES:
        return None
    wide = pd.DataFrame(columns).sort_index()
    wide = wide[wide.notna().mean(axis=1) > 0.5]
    if len(wide) < MONTHS or len(wide) != (wide.index[-1] - wide.index[0]).n + 1:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gaps = "fill-em" if wide.isna().any(axis=None) else None
        found = PCA(wide.to_numpy(), ncomp=1, standardize=False, missing=gaps)
    factor = found.factors[:, 0]
    factor = factor / factor.std() * np.sign(found.loadings[:, 0].sum())  # up is what most series call growth
    months = pd.period_range(wide.index[0], periods=len(factor) + horizon, freq="M")
    return pd.Series(np.r_[factor, carry_on(factor, horizon, season)], months)


def aligned(factor, months, season, horizon):
    """The factor over a history's months of growth and the months ahead (array), or None where it says too little."""
    if factor is None:
        return None
    window = factor.reindex(months[season:].append(pd.period_range(months[-1] + 1, periods=horizon, freq="M")))
    window = window.loc[window.first_valid_index():] if window.notna().any() else window
    return None if window.isna().any() or len(window) < MONTHS + horizon else window.to_numpy()
