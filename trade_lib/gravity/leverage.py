"""Robust errors that allow for the leverage of each row, effects included: HC3."""

import numpy as np

from trade_lib.errors import TradeDataError

MOST_LEVELS = 3000


def hc3(X: np.ndarray, score: np.ndarray, weight: np.ndarray, codes) -> np.ndarray:
    """Standard errors of a Poisson or least-squares fit, each residual divided by one minus its row's leverage.

    V = A (sum (u_i / (1 - h_i))^2 x_i x_i') A with A = (X'WX)^-1, x_i the regressors less what the effects explain, u_i
    the residual and h_i the leverage of row i in the fit with all effects as dummies. A row with high leverage pulls
    the fit towards itself, so that its residual is too small. Plain robust errors take it as it is, and where samples
    are small and trade is uneven their intervals hold the truth too seldom.

    ``X``: rows by terms; without effects, the constant among them. ``score``: y less fitted y, times the weights given.
    ``weight``: what a row weighs in X'WX: 1 (least squares), fitted y (Poisson); times the weights given. ``codes``:
    whole numbers from 0 for the levels of each effect. Returns an error a term.

    Source: MacKinnon, White (1985), Journal of Econometrics 29; for PPML: Pfaffermayr (2019), Applied Economics Letters
    26.

    >>> x, y = np.array([0.0, 1, 2, 3]), np.array([0.0, 1, 2, 5])
    >>> X = np.column_stack([np.ones(4), x])
    >>> u = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
    >>> hc3(X, u, np.ones(4), []).round(2).tolist()
    [1.03, 0.73]
    """
    left, h = _without_effects(X, weight, codes)
    inverse = np.linalg.inv((left * weight[:, None]).T @ left)
    h = h + weight * np.einsum("ij,jk,ik->i", left, inverse, left)
    whole = h > 1 - 1e-9  # fitted exactly: no residual, whatever it is divided by
    pull = left * np.where(whole, 0.0, score / np.where(whole, 1.0, 1 - h))[:, None]
    return np.sqrt(np.diag(inverse @ (pull.T @ pull) @ inverse))


def _without_effects(X, weight, codes):
    """The terms less their weighted fit on the effects, and the leverage of each row in that fit."""
    left, h = X.astype(float).copy(), np.zeros(len(X))
    if not codes:
        return left, h
    shift = np.cumsum([0, *[code.max() + 1 for code in codes]])
    levels = np.column_stack([code + start for code, start in zip(codes, shift, strict=False)])
    for rows in _blocks(levels, int(shift[-1])):
        at, level = np.unique(levels[rows], return_inverse=True)
        if len(at) > MOST_LEVELS:
            raise TradeDataError("too many levels of effects hang together for hc3", value=len(at),
                                 expected=f"at most {MOST_LEVELS}; with effects of pairs, cluster:pair")
        level, w = level.reshape(len(rows), -1), weight[rows]
        inverse = _inverse(level, w, len(at))
        sums = np.zeros((len(at), X.shape[1]))
        for column in level.T:
            np.add.at(sums, column, left[rows] * w[:, None])
        h[rows] = w * sum(inverse[a, b] for a in level.T for b in level.T)
        left[rows] -= (inverse @ sums)[level].sum(axis=1)
    return left, h


def _blocks(levels, n):
    """Rows that share levels of effects with one another: years apart where effects are by year."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    first = np.repeat(levels[:, 0], levels.shape[1])
    block = connected_components(csr_array((np.ones(levels.size), (first, levels.ravel())), (n, n)), directed=False)[1]
    of_row = block[levels[:, 0]]
    order = np.argsort(of_row, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(of_row[order])) + 1)


def _inverse(level, w, n):
    """A generalised inverse of the weighted cross-products of dummies, scaled so that small countries are not lost."""
    cross = np.zeros((n, n))
    for a in level.T:
        for b in level.T:
            np.add.at(cross, (a, b), w)
    scale = 1 / np.sqrt(np.diag(cross))
    return np.linalg.pinv(cross * np.outer(scale, scale), rcond=1e-10, hermitian=True) * np.outer(scale, scale)
