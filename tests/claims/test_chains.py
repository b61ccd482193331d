"""C10: known sums, printed shares, and the rules at their edges."""

import pytest

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c10_chain_growth as chain_growth
from trade_lib.claims import evaluate
from trade_lib.valuechain import wiod


@pytest.mark.parametrize(("gaps", "then", "now"), [
    ([0.1, 0.2, 0.3, 0.4], CAVEATS, SUPPORTED), ([0.0, 0.2, 0.3, 0.4], MIXED, MIXED),
    ([-0.1, -0.2, -0.3, 0.1], MIXED, MIXED), ([-0.1, -0.2, 0.0, -0.4], CONTRADICTED, CONTRADICTED),
])
def test_c10_rule(gaps, then, now):
    assert chain_growth.decide_then(gaps) == then
    assert chain_growth.decide_now(gaps) == now


def test_c10_verdict_follows_from_its_counts():
    gaps = chain_growth.pair_gaps().query("partner == 'all'").set_index(["measure", "start"])["value"]
    counted = [gaps[measure, start] for measure in chain_growth.COUNTS for start in (1995, 2006)]
    world = chain_growth.world_gaps().query("start == 2017")["value"].tolist()
    verdict = evaluate("C10")
    assert verdict.verdict == chain_growth.decide_then(counted)
    assert verdict.verdict_now == chain_growth.decide_now(world)


def test_c10_printed_shares_and_their_arithmetic():
    shares = chain_growth.printed_intermediates().set_index(["what", "year"])["share_pct"]
    assert shares["trade with ASEAN, both ways", 2022] == pytest.approx(66.87, abs=0.01)
    assert shares["trade with ASEAN, both ways", 2023] == pytest.approx(64.43, abs=0.01)
    assert chain_growth.asean_2022()["share"]["value"] == 67
    assert shares["exports to Belt and Road countries"].tolist() == [49.8, 56.2]


def test_c10_sum_of_partners_is_the_sum():
    """All ten together: growth from the sums, so it lies between the slowest and the fastest partner."""
    gaps = chain_growth.pair_gaps().query("measure == 'intermediate'")
    for _, window in gaps.groupby("start"):
        rates = window.set_index("partner")["base_growth"]
        assert rates.drop("all").min() < rates["all"] < rates.drop("all").max()


def test_c10_foreign_content_and_borders():
    assert chain_growth.foreign_content().round(1)[[1995, 2008, 2011]].tolist() == [15.7, 22.8, 21.8]
    shares = chain_growth.border_shares()
    assert shares.sum(axis=1).to_numpy() == pytest.approx(100)
    assert shares.min().min() > 0


def test_c10_stored_terms_are_what_the_call_gives_now():
    world = wiod(2008)
    terms = chain_growth.live_terms(world)
    assert chain_growth.stored_gap(terms, 2008) < 0.01
    content = chain_growth.content(terms)
    assert (content["domestic"] + content["foreign"]).to_numpy() == pytest.approx(100)
    assert set(content["partner"]) == set(chain_growth.MAIN)


def test_c10_indices_start_at_100():
    assert chain_growth.export_indices().iloc[0].tolist() == [100, 100, 100]
