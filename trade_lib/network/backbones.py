"""The links that matter, the communities they make, and how widely a country's trade spreads over those."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.network.flows import check

LEVEL, SEEDS = 0.05, tuple(range(10))


def disparity(W):
    """How likely each flow is that large by chance for the exporter or the importer: the smaller of both.

    For a country with k partners and strength s: (1 - w / s)^(k - 1), the chance under an even random split of s.
    A country with one partner says nothing of the link (1); no link is 1.

    Source: Serrano, Boguna, Vespignani (2009), PNAS 106 (16), 6483-6488.

    >>> W = pd.DataFrame([[0, 3.0, 1], [0, 0, 0], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> disparity(W).loc["A"].tolist()
    [1.0, 0.25, 0.75]
    """
    values = check(W)
    chance = [np.power(np.clip(1 - side / np.where(side.sum(1) > 0, side.sum(1), 1)[:, None], 0, 1),
                       np.maximum((side > 0).sum(1) - 1, 0)[:, None]) for side in (values, values.T)]
    return pd.DataFrame(np.where(values > 0, np.minimum(chance[0], chance[1].T), 1.0), W.index, W.columns)


def backbone(W, level=LEVEL):
    """The flows whose :func:`disparity` is below ``level``, all others 0.

    >>> W = pd.DataFrame([[0, 3.0, 1], [0, 0, 0], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> backbone(W, 0.3).loc["A"].tolist()
    [0.0, 3.0, 0.0]
    """
    if not 0 < level <= 1:
        raise TradeDataError("not a level of significance", column="level", value=level, expected="above 0, to 1")
    return W.where(disparity(W) < level, 0.0)


def communities(W: pd.DataFrame, seeds: Sequence[int] = SEEDS, resolution: float = 1.0):
    """Groups of countries that trade more with one another than size explains, agreed on over random starts.

    Louvain's method on W + W' once a seed; of the runs, the one that agrees most with all others.

    ``W``: the backbone, best: the method is as slow as there are links. ``resolution``: above 1 gives smaller
    communities. Returns ``labels``: community of each country, 0 the largest by number of countries. ``stability``:
    mean :func:`agreement` between the runs, 1 when all seeds gave the same (1 for a single seed).

    Source: Blondel, Guillaume, Lambiotte, Lefebvre (2008), Journal of Statistical Mechanics P10008.

    >>> W = pd.DataFrame([[0, 9, 0, 0], [9, 0, 1, 0], [0, 1, 0, 9], [0, 0, 9, 0.0]], list("ABCD"), list("ABCD"))
    >>> labels, stability = communities(W)
    >>> labels.tolist(), stability
    ([0, 0, 1, 1], 1.0)
    """
    if not len(seeds):
        raise TradeDataError("no seeds", column="seeds", expected="at least one")
    values = check(W)
    runs = _louvain(values + values.T, seeds, resolution)
    alike = np.eye(len(runs))
    for i, j in combinations(range(len(runs)), 2):
        alike[i, j] = alike[j, i] = agreement(runs[i], runs[j])
    stability = float(alike[np.triu_indices(len(runs), 1)].mean()) if len(runs) > 1 else 1.0
    chosen = runs[int(np.argmax(alike.sum(0).round(9)))]
    sizes = np.bincount(chosen)
    rank = np.argsort(np.argsort(-sizes, kind="stable"), kind="stable")
    return pd.Series(rank[chosen], W.index, name="community"), stability


def _louvain(weights, seeds, resolution):
    import networkx as nx

    graph = nx.from_numpy_array(weights)
    runs = []
    for seed in seeds:
        communities = nx.community.louvain_communities(graph, resolution=resolution, seed=int(seed))
        label = np.empty(len(weights), dtype=int)
        for number, members in enumerate(sorted(communities, key=min)):
            label[list(members)] = number
        runs.append(label)
    return runs


def agreement(a, b):
    """Adjusted Rand index of two partitions: 1 the same, 0 what chance gives.

    Source: Hubert, Arabie (1985), Journal of Classification 2.

    >>> agreement([0, 0, 1, 1], [1, 1, 0, 0]), round(agreement([0, 0, 1, 1], [0, 1, 0, 1]), 3)
    (1.0, -0.5)
    """
    counts = pd.crosstab(np.asarray(a), np.asarray(b)).to_numpy()
    pairs, row, column, every = (float((x * (x - 1) / 2).sum()) for x in
                                 (counts, counts.sum(1), counts.sum(0), np.array([counts.sum()])))
    chance, most = row * column / every if every else 0.0, (row + column) / 2
    return 1.0 if most == chance else (pairs - chance) / (most - chance)


def participation(W: pd.DataFrame, labels: pd.Series):
    """How evenly a country's trade spreads over communities: 1 - sum over communities of its share squared.

    0: all in one community. The most is 1 - 1 / (number of communities).

    ``labels``: community of each country of W.

    Source: Guimera, Amaral (2005), Nature 433, 895-900.

    >>> W = pd.DataFrame([[0, 1.0, 1], [0, 0, 0], [0, 0, 0]], list("ABC"), list("ABC"))
    >>> participation(W, pd.Series([0, 0, 1], list("ABC"))).tolist()
    [0.5, 0.0, 0.0]
    """
    lacking = W.index.difference(labels.index)
    if len(lacking):
        raise TradeDataError("a country has no community", column="labels", value=lacking[0], expected="one for each")
    values = check(W)
    by_group = pd.DataFrame(values + values.T, W.index).T.groupby(labels.reindex(W.index).to_numpy()).sum().T
    total = by_group.sum(axis=1)
    shares = by_group.div(total.where(total > 0), axis=0)
    return (1 - (shares**2).sum(axis=1)).where(total > 0, 0.0).rename("participation")
