"""The pivot score: which partners hold a country's network of trade together, and how sure their rank is."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.network.backbones import LEVEL, SEEDS, backbone, communities, participation
from trade_lib.network.brokers import brokerage, constraint, effective_size, removal, ties
from trade_lib.network.centrality import betweenness, eigenvector, pagerank, strength
from trade_lib.network.flows import like, perturb

# Fixed before any number was read: the tie with the country itself, and four places in the network without it.
COMPONENTS = ("tie", "pagerank", "betweenness", "brokerage", "participation")
NETWORK = COMPONENTS[1:]
MEANS = ("arithmetic", "geometric", "least")


def measures(W: pd.DataFrame, ego: str, seeds: Sequence[int] = SEEDS, level: float = LEVEL, exponent: float = 1.0,
             resolution: float = 1.0, without: bool = True, everything: bool = False) -> pd.DataFrame:
    """The components of the pivot score for each partner of a country, in one year.

    ``tie`` is the partner's share of ego's trade. The others are read off the network without ego, so that they do not
    repeat the tie: ``pagerank``, ``betweenness`` (cost: one over value), ``brokerage`` (open two-paths between ego's
    partners on the backbone) and ``participation`` (over the communities of that backbone).

    ``W``: one year's flows (:func:`trade_lib.network.flow_matrix`). ``seeds``: random starts of the communities.
    ``level``: of the backbone. ``exponent``: of the cost of a link. ``resolution``: of the communities. ``without``:
    leave ego out of the network (as the score has it), or keep it in. ``everything``: also what the score does not use:
    ``eigenvector``, ``total``, ``constraint``, ``effective_size``, ``community``, ``binding``, ``single``, ``detour``.
    Returns partner by measure; ``attrs`` holds ``stability`` and the number of ``communities`` and of ``links`` in the
    backbone.

    >>> W = pd.DataFrame(np.ones((4, 4)) - np.eye(4), list("ABCD"), list("ABCD"))
    >>> measures(W, "A").round(2).loc["B"].tolist()
    [0.33, 0.33, 0.0, 0.0, 0.5]
    """
    like(W, ego)
    tied = ties(W, ego)
    rest = W.loc[tied.index, tied.index] if without else W.loc[[ego, *tied.index], [ego, *tied.index]]
    bones = backbone(rest, level)
    labels, stability = communities(bones, seeds, resolution)
    columns = {"tie": tied["share"], "pagerank": pagerank(rest), "betweenness": betweenness(rest, exponent),
               "brokerage": brokerage(bones), "participation": participation(rest, labels)}
    if everything:
        columns |= {"eigenvector": eigenvector(rest), "total": strength(W)["total"], "constraint": constraint(rest),
                    "effective_size": effective_size(rest), "community": labels, "binding": tied["binding"],
                    "single": tied["single"], "detour": removal(W, ego, exponent)["detour"]}
    frame = pd.DataFrame(columns).loc[tied.index]
    frame.attrs = {"stability": stability, "communities": int(_several(labels)), "links": int((bones > 0).sum().sum())}
    return frame


def _several(labels):
    """Communities of two countries or more: one that trades with none above chance is no community."""
    return (labels.value_counts() > 1).sum()


def ranks(table):
    """Each column as ranks from 0 (least) to 100 (most); equals share a rank.

    >>> ranks(pd.DataFrame({"x": [1, 5, 5, 9]}))["x"].tolist()
    [0.0, 50.0, 50.0, 100.0]
    """
    if len(table) < 2:
        raise TradeDataError("nothing to rank", value=len(table), expected="two partners or more")
    return (table.rank() - 1) / (len(table) - 1) * 100


def score(table: pd.DataFrame, weights: dict[str, float] | None = None, mean="arithmetic"):
    """The pivot score of each partner, 0 to 100: the mean of the ranks of its components.

    ``table``: partner by measure, more is more central. ``weights``: weight of each component; equal weights on
    COMPONENTS by default. ``mean``: how ranks are joined; "least" takes the lowest of those with a weight. The
    geometric mean counts ranks from 1.

    >>> score(pd.DataFrame({"a": [1, 2, 3], "b": [1, 3, 2]}), {"a": 1, "b": 1}).tolist()
    [0.0, 75.0, 75.0]
    """
    weights = dict.fromkeys(COMPONENTS, 1.0) if weights is None else weights
    unknown = [name for name in weights if name not in table]
    if unknown:
        raise TradeDataError("no such measure", column=unknown[0], expected=", ".join(table.columns))
    w = pd.Series(weights, dtype=float)
    if not ((w >= 0).all() and w.sum() > 0):
        raise TradeDataError("weights do not weigh", column="weights", value=weights, expected="0 or more, one above")
    if mean not in MEANS:
        raise TradeDataError("no such mean", column="mean", value=mean, expected=" | ".join(MEANS))
    place = ranks(table[list(w.index)])
    if mean == "least":
        ranked = place[w.index[w > 0]].min(axis=1)
    elif mean == "geometric":
        ranked = np.exp((np.log(place + 1) * w).sum(axis=1) / w.sum()) - 1
    else:
        ranked = (place * w).sum(axis=1) / w.sum()
    return ranked.rename("score")


def top(scores, size):
    """The codes with the highest scores, highest first; equal scores in the order of their codes.

    >>> top(pd.Series([1.0, 3.0, 3.0], list("ACB")), 2)
    ['B', 'C']
    """
    return scores.sort_index().sort_values(ascending=False, kind="stable").index[:size].tolist()


def rank_draws(W: pd.DataFrame, ego: str, sigma: float, n_draws: int, seed: int, **options) -> pd.DataFrame:
    """Scores under errors in the flows, other starts of the communities, and other weights of the components.

    Each draw puts an error on every flow (:func:`perturb`), takes one new seed for the communities, and weights that
    are uniform on all that add up to 1 (Dirichlet). So the spread of a rank holds all three.

    ``sigma``: standard deviation of the error of a flow's logarithm. ``options``: of :func:`measures`. Returns partner
    by draw: place by score, 1 the highest.

    >>> W = pd.DataFrame(np.arange(16.0).reshape(4, 4) * (1 - np.eye(4)), list("ABCD"), list("ABCD"))
    >>> rank_draws(W, "A", 0.1, 3, seed=1).shape
    (3, 3)
    """
    rng = np.random.default_rng(seed)
    places = {}
    for draw in range(n_draws):
        table = measures(perturb(W, sigma, rng), ego, seeds=(int(rng.integers(2**31)),), **options)
        weights = dict(zip(COMPONENTS, rng.dirichlet(np.ones(len(COMPONENTS))), strict=True))
        places[draw] = score(table, weights).rank(ascending=False, method="min")
    return pd.DataFrame(places)
