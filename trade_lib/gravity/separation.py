"""Rows that regressors separate in a Poisson model: no finite coefficient fits them."""

import warnings

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError

NIL = 1e-5


def separated(data: pd.DataFrame, y: str, regressors: str, effects: list[str]) -> list[int]:
    """Rows where trade is zero and which regressors set apart from all rows with trade.

    A combination z of regressors and effects that is zero on every row with trade and never negative elsewhere
    separates the rows where it is positive: pushing its coefficient to minus infinity fits them ever better (Santos
    Silva and Tenreyro 2010; Correia, Guimaraes and Zylkin 2021). Such a z needs a term that other terms and effects
    determine among the rows with trade. For each such term, z is what is left of it outside these rows; the
    combination of them that separates most rows is a linear programme.

    ``data``: rows 0, 1, ...; levels of the effects without trade already left out. ``y``: column of trade.
    ``regressors``: right side of the formula without effects. ``effects``: columns of whole numbers. Returns labels of
    the rows.

    >>> demo = pd.DataFrame({"y": [1.0, 2.0, 3.0, 0.0, 0.0], "x": [1.0, 2.0, 1.0, 2.0, 1.0], "ban": [0, 0, 0, 0, 1]})
    >>> separated(demo, "y", "x + ban", [])
    [4]
    """
    traded = (data[y] > 0).to_numpy()
    if traded.all():
        return []
    by_effects = effects_apart(data, traded, effects)
    if len(by_effects):
        return by_effects
    matrix, bar = _scaled(data, regressors, effects), f" | {' + '.join(effects)}" if effects else ""
    free = [name for name in matrix.columns if name not in effects]
    free = _independent(matrix, free, bar)
    independent = _independent(matrix[traded], free, bar)
    loose = [name for name in free if name not in independent]
    if not loose:
        return []
    rest = np.column_stack([_outside(matrix, traded, name, independent, bar) for name in loose])
    rows = np.flatnonzero(~traded)
    return [int(label) for label in rows[_one_sided(rest)]]


def effects_apart(data, traded, effects):
    """Rows that two effects separate together, although each of their levels has trade.

    Levels joined by trade form blocks; adding to one effect and taking from the other leaves trade within a block as it
    is, and moves the rows without trade that lead from one block to another. Where no chain of such rows leads back,
    they can all be moved one way: they are separated. (Combinations of three effects are not looked for.)

    >>> demo = pd.DataFrame({"e": [0, 1, 0], "i": [0, 1, 1]})
    >>> effects_apart(demo, np.array([True, True, False]), ["e", "i"])
    [2]
    """
    from itertools import combinations

    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    apart = np.zeros(len(data), bool)
    for first, second in combinations(effects, 2):
        a = pd.factorize(data[first])[0]
        b = pd.factorize(data[second])[0] + a.max() + 1
        n = b.max() + 1
        trade = csr_matrix((np.ones(traded.sum()), (a[traded], b[traded])), (n, n))
        blocks, block = connected_components(trade, directed=False)
        if blocks > 1:
            none = ~traded
            ways = csr_matrix((np.ones(none.sum()), (block[a[none]], block[b[none]])), (blocks, blocks))
            circle = connected_components(ways, connection="strong")[1]
            apart |= none & (circle[block[a]] != circle[block[b]])
    return np.flatnonzero(apart).tolist()


def columns(data, regressors):
    """The terms of a formula as plain columns, the constant among them."""
    import pyfixest as pf

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = pf.feols(f"probe__ ~ {regressors}", data.assign(probe__=_probe(len(data))))
        except Exception as error:  # pyfixest and its formula reader raise a dozen kinds for what they cannot read
            raise TradeDataError(f"cannot be estimated ({str(error).splitlines()[0][:160]})", value=regressors,
                                 expected="regressors joined by +, fewer than rows") from error
    return pd.DataFrame(np.asarray(model._X), columns=model._coefnames)


def _scaled(data, regressors, effects):
    """The regressors as plain columns, scaled to spread one, beside the effects."""
    terms = columns(data, regressors).drop(columns="Intercept", errors="ignore").to_numpy()
    scale = terms.std(axis=0)
    scaled = {f"x{k}__": terms[:, k] / scale[k] for k in range(len(scale)) if scale[k] > 0}
    return pd.DataFrame({**scaled, **{effect: data[effect].to_numpy() for effect in effects}})


def _probe(n):
    return np.arange(n) % 7.0


def _independent(matrix, names, bar):
    """The columns that the others and the effects do not determine."""
    import pyfixest as pf

    if not names:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = pf.feols(f"probe__ ~ {' + '.join(names)}{bar}", matrix.assign(probe__=_probe(len(matrix))),
                             fixef_rm="none", lean=True)
        except (ValueError, np.linalg.LinAlgError):  # raised when none is left
            return []
    return [name for name in names if name in model._coefnames]


def _outside(matrix, traded, name, regressors, bar):
    """A column less what the others and the effects, fitted on the rows with trade, make of it on the other rows."""
    import pyfixest as pf

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = pf.feols(f"{name} ~ {' + '.join(regressors) or '1'}{bar}", matrix[traded].reset_index(drop=True),
                             fixef_rm="none")
            others = matrix[~traded].reset_index(drop=True)
            predicted = model.predict(others, atol=1e-12, btol=1e-12)
        except (ValueError, np.linalg.LinAlgError, RuntimeError) as error:
            raise TradeDataError(f"cannot say which rows the regressors separate ({str(error).splitlines()[0][:120]})",
                                 expected="regressors that vary among rows with trade") from error
    left = others[name].to_numpy() - np.asarray(predicted, float)
    return np.where(np.abs(left) < NIL, 0.0, np.nan_to_num(left))


def _one_sided(rest):
    """Rows where some combination of the columns is positive, that is nowhere negative (a mask)."""
    if rest.shape[1] == 1:
        column = rest[:, 0]
        return np.zeros(len(rest), bool) if (column > 0).any() and (column < 0).any() else column != 0
    from scipy.optimize import linprog

    live = np.flatnonzero(rest.any(axis=1))
    if not len(live):
        return np.zeros(len(rest), bool)
    n, k = len(live), rest.shape[1]
    solution = linprog(np.r_[np.zeros(k), -np.ones(n)], A_ub=np.hstack([-rest[live], np.eye(n)]), b_ub=np.zeros(n),
                    bounds=[(None, None)] * k + [(0, 1)] * n)
    mask = np.zeros(len(rest), bool)
    mask[live] = solution.x[k:] > 0.5
    return mask
