"""Networks of trade: graphs worked by hand, networkx's own answers, what scaling and renaming must not change."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib import TradeDataError, network


def frame(values, codes=None):
    values = np.asarray(values, dtype=float)
    codes = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(values)]) if codes is None else codes
    return pd.DataFrame(values, codes, codes)


def drawn(seed, n=12, density=0.5):
    """A random network in which everyone trades with someone both ways (a ring is put below it)."""
    rng = np.random.default_rng(seed)
    values = np.where(rng.random((n, n)) < density, rng.lognormal(0, 1.5, (n, n)), 0)
    values[np.arange(n), (np.arange(n) + 1) % n] += 0.5
    return frame(values * (1 - np.eye(n)))


def graph(W, exponent=1.0):
    g = nx.from_pandas_adjacency(W, create_using=nx.DiGraph)
    mean = W.to_numpy()[W.to_numpy() > 0].mean()
    for _, _, data in g.edges(data=True):
        data["cost"] = (mean / data["weight"]) ** exponent
    return g


# ---- the frame of flows

FLOWS = pd.DataFrame({"exporter": ["B", "A", "A"], "importer": ["A", "B", "C"], "value": [2, 3, 1]})


def test_flow_matrix():
    W = network.flow_matrix(FLOWS)
    assert W.index.tolist() == W.columns.tolist() == ["A", "B", "C"]
    assert W.loc["A"].tolist() == [0, 3, 1] and W.loc["B"].tolist() == [2, 0, 0] and W.loc["C"].sum() == 0
    assert network.flow_matrix(FLOWS, ["A", "B"]).shape == (2, 2)


@pytest.mark.parametrize(("flows", "part"), [
    (FLOWS.drop(columns="value"), "column 'value': a column is missing"),
    (FLOWS.iloc[:0], "no flows"),
    (FLOWS.assign(value=[2, -3, 1]), "row A to B, column 'value': not a value of trade: got -3"),
    (FLOWS.assign(value=[2, None, 1]), "row A to B, column 'value'"),
    (FLOWS.assign(value=[2, "x", 1]), "got 'x'"),
    (FLOWS.assign(importer=["A", "A", "C"]), "row A to A, column 'importer': a country trades with itself"),
    (FLOWS.assign(importer=["A", "B", "B"]), "row A to B, column 'importer': the pair comes twice"),
    (FLOWS.assign(exporter=["B", None, "A"]), "a country is missing"),
])
def test_bad_flows(flows, part):
    with pytest.raises(TradeDataError) as error:
        network.flow_matrix(flows)
    assert part in str(error.value)


def test_a_country_with_no_trade_is_refused_when_asked_for():
    with pytest.raises(TradeDataError, match="no trade with the other countries: got 'C'"):
        network.flow_matrix(FLOWS.iloc[:2], ["A", "B", "C"])
    with pytest.raises(TradeDataError, match="got 'Z'"):
        network.flow_matrix(FLOWS, ["A", "B", "Z"])


@pytest.mark.parametrize("W", [
    pd.DataFrame([[0.0, 1], [1, 0]], list("AB"), list("AC")), frame([[1.0, 1], [1, 0]]), frame([[0, -1.0], [1, 0]]),
    frame([[0, np.nan], [1, 0]]),
])
def test_measures_refuse_what_is_no_network(W):
    for measure in (network.strength, network.pagerank, network.betweenness, network.disparity, network.constraint):
        with pytest.raises(TradeDataError, match="frame of flows"):
            measure(W)


@pytest.mark.parametrize("call", [
    lambda W: network.pagerank(W, 1.0), lambda W: network.backbone(W, 0.0), lambda W: network.communities(W, ()),
    lambda W: network.perturb(W, -0.1, np.random.default_rng(1)), lambda W: network.ties(W, "ZZZ"),
    lambda W: network.removal(W, "ZZZ"), lambda W: network.measures(W, "ZZZ"), lambda W: network.betweenness(W * 0),
    lambda W: network.removal(frame([[0, 1.0], [1, 0]]), "A"),
    lambda W: network.participation(W, pd.Series([0], ["A"])), lambda W: network.score(network.ranks(W), {"Z": 1}),
    lambda W: network.score(W, {"A": -1, "B": 2}), lambda W: network.score(W, {"A": 0}),
    lambda W: network.score(W, {"A": 1}, "median"), lambda W: network.ranks(W.iloc[:1]),
])
def test_bad_arguments(call):
    with pytest.raises(TradeDataError):
        call(drawn(1))


# ---- known answers

STAR = frame([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])


def test_star():
    assert network.betweenness(STAR).tolist() == [1, 0, 0, 0]
    assert network.brokerage(STAR).tolist() == [6, 0, 0, 0]
    assert network.strength(STAR).loc["A"].tolist() == [3, 3, 6, 3]
    # leading eigenvector of the star with three leaves: sqrt(3) at the centre for 1 at a leaf
    assert network.eigenvector(STAR).to_numpy() == pytest.approx(np.array([3**0.5, 1, 1, 1]) / (3 + 3**0.5))
    # centre: x = .85 (1 - x) + .15 / 4
    assert network.pagerank(STAR)["A"] == pytest.approx((0.85 + 0.0375) / 1.85)
    # no two leaves trade: each partner stands alone, and holds a ninth
    assert network.constraint(STAR).to_numpy() == pytest.approx([1 / 3, 1, 1, 1])
    assert network.effective_size(STAR).to_numpy() == pytest.approx([3, 1, 1, 1])
    assert network.ties(STAR, "A")["single"].tolist() == [1, 1, 1]


def test_triangle_has_no_broker():
    full = frame(np.ones((3, 3)) - np.eye(3))
    assert network.brokerage(full).tolist() == [0, 0, 0]
    assert network.betweenness(full).tolist() == [0, 0, 0]
    # p = 1/2 each; (1/2 + 1/2 x 1/2)^2 twice
    assert network.constraint(full).to_numpy() == pytest.approx([9 / 8] * 3)


def test_equal_routes_share():
    square = frame([[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]])
    assert network.betweenness(square).tolist() == [0, 0.5 / 6, 0.5 / 6, 0]


def test_disparity_by_hand():
    W = frame([[0, 6, 3, 1], [0, 0, 0, 0], [0, 2, 0, 0], [0, 0, 0, 0]])
    found = network.disparity(W)
    # exporter A: (1 - .6)^2; importer B: (1 - 6/8)^1 = .25; the smaller of both
    assert found.loc["A", "B"] == pytest.approx(0.16)
    assert found.loc["A", "C"] == pytest.approx(0.49)  # C has one supplier: it says nothing
    assert found.loc["C", "B"] == pytest.approx(0.75)  # C has one market; B: 1 - 2/8
    assert found.loc["B", "A"] == 1
    assert network.backbone(W, 0.2).to_numpy().sum() == 6


def test_disparity_of_an_even_split_is_what_chance_gives():
    n = 21
    even = frame(np.ones((n, n)) - np.eye(n), [f"c{i}" for i in range(n)])
    assert network.disparity(even).iloc[0, 1] == pytest.approx((1 - 1 / 20) ** 19)
    assert network.backbone(even).to_numpy().sum() == 0


def test_participation_by_hand():
    W = frame([[0, 2, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    labels = pd.Series([0, 0, 1, 2], list("ABCD"))
    found = network.participation(W, labels)
    assert found["A"] == pytest.approx(1 - (0.25 + 0.0625 + 0.0625))
    assert found[["B", "C", "D"]].tolist() == [0, 0, 0]


def test_two_cliques_are_two_communities_whatever_the_seed():
    block = np.kron(np.eye(2), np.ones((4, 4))) * (1 - np.eye(8)) * 10
    block[0, 4] = 1
    labels, stability = network.communities(frame(block))
    assert labels.nunique() == 2 and labels.iloc[:4].nunique() == labels.iloc[4:].nunique() == 1
    assert stability == 1


def test_one_run_agrees_with_itself():
    assert network.communities(STAR, (1,))[1] == 1


def test_agreement_known_answers():
    assert network.agreement([0, 0, 1, 1], [5, 5, 3, 3]) == 1
    assert network.agreement([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx(0.24242424242424243)  # R, mclust
    assert network.agreement([0, 0, 0], [1, 1, 1]) == 1


def test_removal_by_hand():
    # B is the way to C: costs (mean 17/3 over value) are less by B than direct
    W = frame([[0, 8, 1], [8, 0, 8], [1, 8, 0]])
    found = network.removal(W, "A")
    assert found["direct"].to_numpy() == pytest.approx([16 / 18, 2 / 18])
    # through B the way costs 1/8 + 1/8 = 1/4, without it 1: access to C falls by three quarters
    assert found["detour"].to_numpy() == pytest.approx([0.75, 0])


def test_removing_the_only_way_loses_all():
    line = frame([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    assert network.removal(line, "A")["detour"].tolist() == [1, 0]


# ---- networkx's answers

@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("exponent", [1.0, 0.5])
def test_betweenness_is_that_of_networkx(seed, exponent):
    W = drawn(seed)
    expected = nx.betweenness_centrality(graph(W, exponent), weight="cost")
    assert network.betweenness(W, exponent).to_dict() == pytest.approx(expected)


def test_betweenness_with_ties_is_that_of_networkx():
    rng = np.random.default_rng(5)
    W = frame((rng.random((14, 14)) < 0.3) * (1 - np.eye(14)))
    assert network.betweenness(W).to_dict() == pytest.approx(nx.betweenness_centrality(graph(W), weight="cost"))


@pytest.mark.parametrize("seed", range(4))
def test_others_are_those_of_networkx(seed):
    W = drawn(seed)
    W.iloc[3] = 0.0  # one that exports nothing
    g = graph(W)
    assert network.pagerank(W).to_dict() == pytest.approx(nx.pagerank(g, tol=1e-12, max_iter=1000), abs=1e-9)
    assert network.constraint(W).to_dict() == pytest.approx(nx.constraint(g, weight="weight"))
    # node by node: the other path of networkx 3.6 divides by the largest flow of the wrong country
    some = [code for code in W.index if code != "D"]
    expected = nx.effective_size(g, nodes=some, weight="weight")
    assert network.effective_size(W)[some].to_dict() == pytest.approx(expected)
    undirected = nx.from_pandas_adjacency(W + W.T)
    expected = pd.Series(nx.eigenvector_centrality_numpy(undirected, weight="weight"))
    assert network.eigenvector(W).to_dict() == pytest.approx((expected / expected.sum()).to_dict())


def test_brokerage_counts_open_pairs():
    W = drawn(9, 9, 0.3)
    link = W.to_numpy() > 0
    n = range(len(W))
    expected = [sum(link[a, i] and link[i, b] and not link[a, b] for a in n for b in n if a != b) for i in n]
    assert network.brokerage(W).tolist() == expected


def test_removal_is_that_of_rerunning_everything():
    W = drawn(11, 9)
    g = graph(W)

    def access(h, targets):
        out, into = (nx.single_source_dijkstra_path_length(x, "A", weight="cost") for x in (h, h.reverse()))
        return sum(1 / d[t] for d in (out, into) for t in targets if t in d)

    found = network.removal(W, "A")["detour"]
    for code in W.index[1:]:
        targets = [c for c in W.index[1:] if c != code]
        h = g.copy()
        h.remove_node(code)
        assert found[code] == pytest.approx(1 - access(h, targets) / access(g, targets)), code
    assert (found > 0).any()


# ---- what must not matter

def every_measure(W, ego="A"):
    return network.measures(W, ego, seeds=(1, 2), everything=True)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.floats(1e-3, 1e9))
def test_the_unit_of_trade_does_not_matter(seed, factor):
    W = drawn(seed, 8)
    a, b = (every_measure(x).drop(columns=["total", "community", "participation"]) for x in (W, W * factor))
    pd.testing.assert_frame_equal(a, b, rtol=1e-6)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_names_and_order_do_not_matter(seed):
    W = drawn(seed, 8)
    new = dict(zip(W.index, np.random.default_rng(seed).permutation(list("ABCDEFGH")), strict=True))
    renamed = W.rename(index=new, columns=new).sort_index().sort_index(axis=1)
    a = every_measure(W).drop(columns=["community", "participation"])  # Louvain starts from the order of the countries
    b = every_measure(renamed, new["A"]).drop(columns=["community", "participation"])
    pd.testing.assert_frame_equal(a.rename(index=new).sort_index(), b.sort_index(), rtol=1e-6, check_names=False)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_identities(seed):
    W = drawn(seed, 9)
    s = network.strength(W)
    assert s["out"].sum() == pytest.approx(s["into"].sum())
    assert network.pagerank(W).sum() == pytest.approx(1) and network.eigenvector(W).sum() == pytest.approx(1)
    tied = network.ties(W, "A")
    assert tied["share"].sum() == pytest.approx(1)
    assert tied["binding"].sum() == pytest.approx(network.constraint(W)["A"])
    assert tied["single"].sum() == pytest.approx(network.effective_size(W)["A"])
    found = every_measure(W)
    assert found["participation"].between(0, 1).all() and found["betweenness"].between(0, 1).all()
    assert found["detour"].between(-1e-9, 1 + 1e-9).all()
    assert network.score(found).between(0, 100).all()


def test_same_seed_same_communities():
    W = drawn(3, 20)
    first, second = network.communities(W), network.communities(W)
    assert first[0].equals(second[0]) and first[1] == second[1]


# ---- random networks

@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_the_random_network_keeps_links_exports_and_imports(seed):
    W = drawn(seed, 10)
    other = network.rewire(W, np.random.default_rng(seed))
    assert ((other > 0) == (W > 0)).all().all()
    for axis in (0, 1):
        assert other.sum(axis=axis).to_numpy() == pytest.approx(W.sum(axis=axis).to_numpy(), rel=1e-5)
    pd.testing.assert_frame_equal(network.strength(other), network.strength(W), rtol=1e-5)


def test_the_random_network_loses_who_is_close_to_whom():
    blocks = np.kron(np.eye(2), np.full((6, 6), 20.0)) + 1
    W = frame(blocks * (1 - np.eye(12)))
    other = network.rewire(W, np.random.default_rng(1))
    inside = [x.to_numpy()[:6, :6].sum() / x.to_numpy().sum() for x in (W, other)]
    assert inside[0] > 0.45 and inside[1] < 0.35  # even: 0.23
    assert not np.allclose(other, network.rewire(W, np.random.default_rng(2)))


def test_errors_in_the_flows_keep_their_mean():
    W = frame(np.ones((40, 40)) - np.eye(40), [f"c{i:02}" for i in range(40)])
    noisy = network.perturb(W, 0.3, np.random.default_rng(1))
    logs = np.log(noisy.to_numpy()[~np.eye(40, dtype=bool)])
    assert noisy.to_numpy().sum() == pytest.approx(1560, rel=0.02)
    assert logs.std() == pytest.approx(0.3, rel=0.05)


# ---- the score

TABLE = pd.DataFrame({"tie": [1, 2, 3, 4], "pagerank": [1, 2, 3, 4], "betweenness": [0, 0, 0, 1],
                      "brokerage": [4, 3, 2, 1], "participation": [0.1, 0.4, 0.2, 0.3]}, index=list("ABCD"))


def test_score_by_hand():
    ranks = network.ranks(TABLE)
    assert ranks["betweenness"].to_numpy() == pytest.approx([100 / 3, 100 / 3, 100 / 3, 100])
    assert ranks["participation"].to_numpy() == pytest.approx([0, 100, 100 / 3, 200 / 3])
    assert network.score(TABLE)["D"] == pytest.approx((100 + 100 + 100 + 0 + 200 / 3) / 5)
    assert network.score(TABLE, mean="least").to_numpy() == pytest.approx([0, 100 / 3, 100 / 3, 0])
    assert network.score(TABLE, {"tie": 2, "brokerage": 0}).tolist() == ranks["tie"].tolist()
    assert network.score(TABLE, {"tie": 1}, "geometric").to_numpy() == pytest.approx(ranks["tie"].to_numpy())


def test_a_hub_of_the_partners_is_the_pivot():
    """Six partners of A, equally tied to it; all trade among one another goes by G."""
    values = np.zeros((7, 7))
    values[0, 1:] = values[1:, 0] = 5
    values[6, 1:6] = values[1:6, 6] = 50
    table = network.measures(frame(values), "A", level=0.5)
    assert network.score(table).idxmax() == "G"
    assert table.loc["G", "betweenness"] == 1 and table.drop(index="G")["betweenness"].max() == 0


def test_rank_draws_are_the_same_for_a_seed_and_narrow_without_error():
    W = drawn(4, 10)
    a, b = (network.rank_draws(W, "A", 0.2, 4, seed=1) for _ in range(2))
    assert a.equals(b) and a.shape == (len(network.ties(W, "A")), 4)
    assert a.min().eq(1).all() and not a.equals(network.rank_draws(W, "A", 0.2, 4, seed=2))


@pytest.mark.parametrize(("share", "stays"), [(0.952, True), (0.948, False)])
def test_a_link_stays_at_the_five_per_cent_level(share, stays):
    """Of two markets the larger is no chance where the share of the other is below 5 %."""
    W = frame([[0, share, 1 - share], [0, 0, 0], [0, 0, 0]])
    assert bool(network.backbone(W).loc["A", "B"]) == stays
