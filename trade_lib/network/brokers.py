"""Brokers: who stands between others, whom a country cannot go round, and what is lost with a partner."""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.network.centrality import costs, distances
from trade_lib.network.flows import check, like


def brokerage(W) -> pd.Series:
    """Open two-paths a -> i -> b brokered by each i: a exports to i, i to b, and a not to b (a and b differ).

    Use it on the backbone, where a link means that it matters. In the network of a country's partners these are the
    deals between two of them that go by the third (Gould and Fernandez 1989, all roles together).

    Returns ordered pairs (a, b).

    Source: Gould, Fernandez (1989), Sociological Methodology 19.

    >>> W = pd.DataFrame([[0, 1.0, 0], [1, 0, 1], [0, 1, 0]], list("ABC"), list("ABC"))
    >>> brokerage(W).tolist()
    [0, 2, 0]
    """
    link = (check(W) > 0).astype(float)
    through = link.sum(0) * link.sum(1) - (link * link.T).sum(1)
    closed = ((link.T @ link) * link).sum(1)  # of the pairs a -> i -> b, those with a -> b
    return pd.Series((through - closed).astype(int), W.index, name="brokerage")


def _proportions(W):
    both = check(W)
    both = both + both.T
    total = both.sum(1)
    return both, np.divide(both, total[:, None], out=np.zeros_like(both), where=total[:, None] > 0)


def _marginal(both):
    """Each flow over the country's largest."""
    most = both.max(1)[:, None]
    return np.divide(both, most, out=np.zeros_like(both), where=most > 0)


def constraint(W):
    """Burt's constraint: sum over partners j of (p_ij + sum_q p_iq p_qj)^2, p the shares in a country's trade.

    High: its partners trade among themselves or one of them is most of its trade. Low: a broker. Missing without
    trade.

    Source: Burt (1992), Structural Holes, ch. 2.

    >>> W = pd.DataFrame([[0, 1.0, 0], [0, 0, 1], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> constraint(W).tolist()
    [1.0, 0.5, 1.0]
    """
    both, p = _proportions(W)
    dyads = np.where(both > 0, p + p @ p, 0) ** 2
    return pd.Series(np.where(both.any(1), dyads.sum(1), np.nan), W.index, name="constraint")


def effective_size(W):
    """Burt's effective size: sum over partners j of 1 - sum_q p_iq m_jq, m a flow over j's largest.

    The number of partners less what they repeat of one another. Missing without trade.

    Source: Burt (1992), Structural Holes, ch. 2.

    >>> W = pd.DataFrame([[0, 1.0, 0], [0, 0, 1], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> effective_size(W).tolist()
    [1.0, 2.0, 1.0]
    """
    both, p = _proportions(W)
    m = _marginal(both)
    single = np.where(both > 0, 1 - p @ m.T, 0)
    return pd.Series(np.where(both.any(1), single.sum(1), np.nan), W.index, name="effective_size")


def ties(W: pd.DataFrame, ego: str) -> pd.DataFrame:
    """A country's partners: how much of its trade, how far it is bound to each, and how far others repeat each.

    By partner: ``share`` of ego's trade, ``binding`` (dyadic constraint (p_ej + sum_q p_eq p_qj)^2) and
    ``single`` (1 - sum_q p_eq m_jq: 1 when no other partner of ego trades with it).

    >>> W = pd.DataFrame([[0, 1.0, 0], [0, 0, 1], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> ties(W, "B")["binding"].tolist()
    [0.25, 0.25]
    """
    at = like(W, ego)
    both, p = _proportions(W)
    m = _marginal(both)
    frame = pd.DataFrame({"share": p[at], "binding": (p[at] + p[at] @ p) ** 2, "single": 1 - m @ p[at]}, W.index)
    return frame[both[at] > 0]


def removal(W: pd.DataFrame, ego: str, exponent: float = 1.0) -> pd.DataFrame:
    """What ego loses when a partner leaves the network: its direct trade, and ways to others that led through it.

    Access of ego is the sum of 1 / cost of the cheapest way to and from each other country. ``detour`` is the share by
    which access to the OTHERS falls without the partner: 0 when no cheapest way of ego leads through it.

    ``exponent``: as in :func:`trade_lib.network.betweenness`. By partner: ``direct`` (share of ego's trade) and
    ``detour`` (share of access).

    >>> W = pd.DataFrame([[0, 8.0, 1], [8, 0, 8], [1, 8, 0]], list("ABC"), list("ABC"))
    >>> removal(W, "A").round(3).to_numpy().tolist()
    [[0.889, 0.75], [0.111, 0.0]]
    """
    at = like(W, ego)
    cost = costs(W, exponent)
    if len(W) < 3:
        raise TradeDataError("too few countries to remove one", value=len(W), expected="three or more")
    every = distances(cost)
    out, into = every[at], every[:, at]
    direct = ties(W, ego)["share"].reindex(W.index).fillna(0.0)
    loss = np.zeros(len(W))
    others = np.arange(len(W)) != at
    for i in np.flatnonzero(others):
        rest = others & (np.arange(len(W)) != i)
        via_out = rest & np.isfinite(out) & (out[i] + every[i] <= out * (1 + 1e-10))
        via_into = rest & np.isfinite(into) & (every[:, i] + into[i] <= into * (1 + 1e-10))
        if not (via_out.any() or via_into.any()):
            continue
        remaining = np.flatnonzero(np.arange(len(W)) != i)
        position = int(np.flatnonzero(remaining == at)[0])
        left = cost[np.ix_(remaining, remaining)]
        loss[i] = 1 - (_access(left, position) / ((1 / out[rest]).sum() + (1 / into[rest]).sum()))
    frame = pd.DataFrame({"direct": direct, "detour": loss}, W.index)
    return frame.drop(index=ego)


def _access(cost, at):
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    graph = csr_array(np.where(np.isfinite(cost), cost, 0.0))
    others = np.arange(len(cost)) != at
    return sum((1 / dijkstra(g, indices=at)[others]).sum() for g in (graph, csr_array(graph.T)))
