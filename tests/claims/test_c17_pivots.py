"""C17: the rule at its edges, the stored results against a year recomputed, and what the readings must satisfy."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError, load, network
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c17_networks as pivot_networks
from trade_lib.claims import c17_pivots as pivots
from trade_lib.claims import evaluate
from trade_lib.data import areas


@pytest.fixture(scope="module")
def measured():
    return load("c17_measures")


@pytest.fixture(scope="module")
def frames():
    return pivot_networks.networks([2000, 2019])


@pytest.mark.parametrize(("low", "rises", "beyond", "verdict"), [
    (5, 0.951, True, SUPPORTED), (5, 0.951, False, CAVEATS), (5, 0.95, True, MIXED), (4.9, 0.951, True, MIXED),
    (9, 0.64, True, MIXED), (4.9, 0.95, True, CONTRADICTED),
])
def test_rule(low, rises, beyond, verdict):
    assert pivots.decide(low, rises, beyond) == verdict


def test_limits_of_the_number_are_those_of_90_per_cent_of_draws():
    draws = pd.DataFrame({"year": 2000, "draw": range(101), "developing": range(101)})
    assert pivots.count_intervals(draws).loc[2000, ["low", "median", "high"]].tolist() == [5, 50, 95]


def test_every_year_has_the_same_countries(measured, frames):
    assert frames[2000].index.equals(frames[2019].index)
    assert measured["year"].nunique() == 22 and measured.groupby("year")["code"].agg(set).map(len).min() > 190
    assert "TWN" not in frames[2019].index  # in one edition only
    left = pivot_networks.left_out().set_index("year")
    assert "TWN" in left.loc[2023, "countries"] and left.loc[2019, "share_pct"] < 1


def test_the_network_holds_the_trade_of_the_table(frames):
    flows = load("flows_bilateral")
    flows = flows[(flows["year"] == 2019)].set_index(["exporter", "importer"])["value"]
    assert frames[2019].loc["CHN", "VNM"] == flows["CHN", "VNM"]
    assert frames[2019].loc["VNM", "CHN"] == flows["VNM", "CHN"]


def test_the_stored_year_is_the_year_recomputed(measured, frames):
    stored = measured[measured["year"] == 2019].set_index("code")
    found = pivot_networks.year_table(frames[2019])
    pd.testing.assert_frame_equal(found, stored[found.columns], check_names=False, rtol=1e-6, check_dtype=False)


def test_stored_scores_follow_from_stored_measures(measured):
    for _, part in measured.groupby("year"):
        part = part.set_index("code")
        assert network.score(part).to_numpy() == pytest.approx(part["score"].to_numpy())
        assert part["tie"].sum() == pytest.approx(1)


def test_counts_and_group_means(measured):
    counts = pivots.counts_by_year(measured)
    for year in (2000, 2019, 2023):
        of_year = measured[measured["year"] == year].nsmallest(20, "place")["code"]
        assert counts[year] == sum(areas.is_developing(c) for c in of_year)
    groups = pivots.group_scores(measured)
    russia = measured[measured["code"] == "RUS"].set_index("year")["score"]
    assert groups["RUS"].to_numpy() == pytest.approx(russia.to_numpy())


def test_regions_cover_everyone(measured):
    from trade_lib.plots.network import REGIONS

    assert {pivots.region(c) for c in measured["code"].unique()} == set(REGIONS)
    assert pivots.region("SGP") == "ASEAN" and pivots.region("HKG") == "Advanced economies"


def test_draws_bracket_their_places():
    draws = load("c17_ranks")
    assert (draws["low"] <= draws["high"]).all() and draws["top_share"].between(0, 1).all()
    # on average 20 partners are pivots in each draw, ties apart
    assert draws.groupby("year")["top_share"].sum().to_numpy() == pytest.approx(np.full(5, 20), abs=0.5)


def test_measured_error_is_that_of_two_accounts_and_no_larger_for_large_flows():
    assert 0.02 < pivot_networks.measured_error(least=1e9) < pivot_networks.measured_error() < 0.5


def test_random_networks_keep_the_mean_rank_of_all(frames):
    random = pivot_networks.random_networks(frames[2019], 2, seed=1)
    observed = pivot_networks.network_rank(network.measures(frames[2019], "CHN", seeds=(1,)))
    everyone = pivot_networks.against_random(observed, random, observed.index.tolist())
    assert everyone["observed"] == pytest.approx(50) and everyone["mean"] == pytest.approx(50)


def test_map(measured, frames):
    nodes = pivots.map_nodes(measured, 2019, 12)
    assert nodes["pivot"].all() and nodes["score"].is_monotonic_decreasing


def test_largest_moves_are_of_leaders(measured):
    rows = pivots.largest_moves(measured, load("c17_ranks"), 2000, 2019, within=30, each=5)
    assert len(rows) == 10 and (rows[["before", "after"]].min(axis=1) <= 30).all()
    assert (rows["up"] == rows["before"] - rows["after"]).all()


def test_verdict_follows_its_rule(measured):
    verdict, counts = evaluate("C17"), pivots.counts_by_year(measured)
    test, spread = load("c17_random_pivots").set_index("year"), pivots.count_intervals(load("c17_draws"))
    for year, given in ((2019, verdict.verdict), (2023, verdict.verdict_now)):
        beyond = test.loc[year, "observed"] > test.loc[year, "high"]
        assert given == pivots.decide(spread.loc[year, "low"], spread.loc[year, "more_unpaired"], beyond)
        chosen = pivots.pivots_of(measured, {2019: 2014, 2023: 2018}[year])
        assert test.loc[year, "economies"] == ", ".join(pivot_networks.developing(chosen))
    variants = load("c17_variants").set_index(["definition", "year"])
    assert variants.loc[("as defined", 2019), "after"] == counts[2019]
    assert verdict.held == ((variants["value"] > 0).sum(), len(variants))


def test_unknown_year():
    with pytest.raises(TradeDataError, match="no flows"):
        pivot_networks.networks([2021])
