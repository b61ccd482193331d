"""Centrality of countries in a network of trade. All are those of networkx (a test holds them), on whole matrices."""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.network.flows import check

TIE = 1e-10  # two routes whose costs differ by less than this share are equally short


def strength(W) -> pd.DataFrame:
    """Exports, imports, their sum, and the number of partners of each country.

    Returns ``out``, ``into``, ``total`` (units of W) and ``partners`` (countries traded with either way).

    >>> W = pd.DataFrame([[0, 2.0, 0], [1, 0, 4], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> strength(W).loc["B"].tolist()
    [5.0, 2.0, 7.0, 2.0]
    """
    values = check(W)
    out, into = values.sum(1), values.sum(0)
    linked = ((values > 0) | (values.T > 0)).sum(1)
    return pd.DataFrame({"out": out, "into": into, "total": out + into, "partners": linked}, index=W.index)


def eigenvector(W):
    """Eigenvector centrality: the leading eigenvector of W + W', adding up to 1 (central: trading with the central).

    >>> W = pd.DataFrame([[0, 1.0, 1], [0, 0, 1], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> eigenvector(W).round(3).tolist()
    [0.333, 0.333, 0.333]
    """
    values = check(W)
    _, vectors = np.linalg.eigh(values + values.T)
    leading = np.abs(vectors[:, -1])
    return pd.Series(leading / leading.sum(), W.index, name="eigenvector")


def pagerank(W, damping=0.85):
    """PageRank, x = damping P'x + (1 - damping) / n with P the export shares: where trade ends up, link by link.

    A country without exports hands its rank to all alike. Adds up to 1.

    Source: Brin, Page (1998), Computer Networks 30.

    >>> W = pd.DataFrame([[0, 1.0], [3, 0]], list("AB"), list("AB"))
    >>> pagerank(W).round(3).tolist()
    [0.5, 0.5]
    """
    if not 0 < damping < 1:
        raise TradeDataError("not a damping factor", column="damping", value=damping, expected="between 0 and 1")
    values = check(W)
    n, out = len(values), values.sum(1)
    shares = np.full_like(values, 1 / n)
    np.divide(values, out[:, None], out=shares, where=out[:, None] > 0)
    rank = np.linalg.solve(np.eye(n) - damping * shares.T, np.full(n, (1 - damping) / n))
    return pd.Series(rank / rank.sum(), W.index, name="pagerank")


def costs(W, exponent=1.0):
    """The cost of each link, (mean flow / flow)^exponent: large trade is a short way; no trade, no way (inf)."""
    values = check(W)
    link = values > 0
    if not link.any():
        raise TradeDataError("a network without trade", expected="at least one flow")
    return np.where(link, values[link].mean() / np.where(link, values, 1.0), np.inf) ** exponent


def distances(cost):
    """Least costs between all pairs (Dijkstra's algorithm, scipy); inf where there is no way."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    return dijkstra(csr_array(np.where(np.isfinite(cost), cost, 0.0)))


def betweenness(W: pd.DataFrame, exponent: float = 1.0) -> pd.Series:
    """Share of the cheapest routes between all other pairs that lead through a country.

    Cost of a link: (mean flow / flow)^exponent. With exponent 1 (Newman 2001) a route is short when every flow on it
    is large; with less, every border crossed weighs more (Opsahl et al. 2010). Equal routes share (Brandes 2001).

    0 to 1, over the (n - 1)(n - 2) ordered pairs of others.

    Source: Brandes (2001), Journal of Mathematical Sociology 25; Newman (2001), Physical Review E 64, 016132.

    >>> W = pd.DataFrame([[0, 9.0, 1], [9, 0, 9], [1, 9, 0]], list("ABC"), list("ABC"))
    >>> betweenness(W).tolist()
    [0.0, 1.0, 0.0]
    """
    cost = costs(W, exponent)
    n = len(cost)
    far = distances(cost)
    order = np.argsort(far, axis=1, kind="stable")
    source = np.arange(n)
    routes, passing = np.eye(n), np.zeros((n, n))
    for k in range(1, n):  # the k-th nearest country of every source at once
        to = order[:, k]
        routes[source, to] = np.where(_last_leg(far, cost, to), routes, 0).sum(1)
    for k in range(n - 1, 0, -1):
        to = order[:, k]
        leg = _last_leg(far, cost, to)
        there = np.where(routes[source, to] > 0, routes[source, to], 1)
        passing += np.where(leg, routes * ((1 + passing[source, to]) / there)[:, None], 0)
    np.fill_diagonal(passing, 0)
    return pd.Series(passing.sum(0) / max((n - 1) * (n - 2), 1), W.index, name="betweenness")


def _last_leg(far, cost, to):
    """For each source (row), the countries (columns) from which a cheapest route enters its country ``to``."""
    end = far[np.arange(len(far)), to][:, None]
    return np.isfinite(end) & (far + cost[:, to].T <= end * (1 + TIE))
