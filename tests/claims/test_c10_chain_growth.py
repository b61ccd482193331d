"""C10: the rule at its edges, known sums and printed shares."""

import pytest

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c10_chain_growth as chain_growth
from trade_lib.claims import evaluate
from trade_lib.valuechain import wiod


@pytest.mark.parametrize(("own", "world", "by_partner", "verdict"), [
    ([0.71, 0.8], [0.71], True, SUPPORTED), ([0.71, 0.8], [0.71], False, CAVEATS), ([0.7, 0.8], [0.9], True, MIXED),
    ([0.71], [0.7], True, MIXED), ([-2.0], [0.71], False, MIXED), ([0.7], [0.7], True, CONTRADICTED),
    ([-2.0, 0.7], [-1.0, 0.0], True, CONTRADICTED),
])
def test_rule(own, world, by_partner, verdict):
    assert chain_growth.decide_chains(own, world, by_partner) == verdict


def test_tolerance_covers_what_two_releases_differ_by():
    assert 0.3 < chain_growth.edition_gap() < chain_growth.TOLERANCE < 1.2 * chain_growth.edition_gap()


def test_verdict_follows_from_the_newest_windows():
    table = chain_growth.growth().set_index(["source", "start", "end"])
    verdict = evaluate("C10")
    for windows, by_partner, given in ((chain_growth.NEWEST_THEN, True, verdict.verdict),
                                       (chain_growth.NEWEST_NOW, False, verdict.verdict_now)):
        own, world = (table.loc[list(windows), column].tolist() for column in ("own", "lead"))
        assert given == chain_growth.decide_chains(own, world, by_partner)
    assert len(verdict.ways) == 2 * (6 + 4 * len(chain_growth.MAIN))


def test_sum_of_partners_is_the_sum():
    """All ten together: growth from the sums, so it lies between the slowest and the fastest partner."""
    window = "source == 'WIOD 2016' and start == 2008"
    each = [chain_growth.growth(partner).query(window)["trade"].item() for partner in chain_growth.MAIN]
    assert min(each) < chain_growth.growth().query(window)["trade"].item() < max(each)


def test_printed_shares_and_their_arithmetic():
    shares = chain_growth.printed_intermediates().set_index(["what", "year"])["share_pct"]
    assert shares["trade with ASEAN, both ways", 2022] == pytest.approx(66.87, abs=0.01)
    assert shares["trade with ASEAN, both ways", 2023] == pytest.approx(64.43, abs=0.01)
    assert shares["exports to Belt and Road countries"].tolist() == [49.8, 56.2]


def test_foreign_content_and_borders():
    assert chain_growth.foreign_content().round(1)[[1995, 2008, 2011]].tolist() == [15.7, 22.8, 21.8]
    assert chain_growth.anchors()["here"].round(1).tolist() == [22.8, 17.2]
    shares = chain_growth.border_shares()
    assert shares.sum(axis=1).to_numpy() == pytest.approx(100)
    assert shares.min().min() > 0


def test_stored_terms_are_what_the_call_gives_now():
    terms = chain_growth.live_terms(wiod(2008))
    assert chain_growth.stored_gap(terms, 2008) < 0.01
    content = chain_growth.content(terms)
    assert (content["domestic"] + content["foreign"]).to_numpy() == pytest.approx(100)
    assert set(content["partner"]) == set(chain_growth.MAIN)
