"""C11 to C14: the rules at their edges, published anchors, and what must hold between the numbers."""

import pandas as pd
import pytest

from trade_lib import TradeDataError, load
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED
from trade_lib.claims import c11_digital as digital
from trade_lib.claims import c12_asean_chains as asean_chains
from trade_lib.claims import c13_africa as africa
from trade_lib.claims import c14_russia_prospects as russia_prospects
from trade_lib.claims import evaluate
from trade_lib.data import areas
from trade_lib.data.provenance import provenance


@pytest.mark.parametrize(("tests", "verdict"), [
    ([True, True, True], SUPPORTED), ([True, True, False], CAVEATS), ([True, False], MIXED),
    ([False, True, False], MIXED), ([False, False], CONTRADICTED),
])
def test_c11_rule(tests, verdict):
    assert digital.decide_digital(tests) == verdict


@pytest.mark.parametrize(("given", "verdict"), [
    ((True, [True, True], [True, True], True), SUPPORTED),
    ((True, [True, True], [True, True], False), CAVEATS),
    ((True, [True, True], [True, False], True), CAVEATS),
    ((True, [True, False], [True, True], True), MIXED),
    ((True, [False, False], [True, True], True), CONTRADICTED),
    ((False, [True, True], [True, True], True), CONTRADICTED),
])
def test_c12_rule(given, verdict):
    assert asean_chains.decide_chains(*given) == verdict


@pytest.mark.parametrize(("given", "verdict"), [
    ((True, True, "rise"), SUPPORTED), ((True, True, "overlap"), CAVEATS), ((True, True, "fall"), MIXED),
    ((True, False, "rise"), MIXED), ((True, False, "overlap"), MIXED), ((True, False, "fall"), CONTRADICTED),
    ((False, True, "rise"), CONTRADICTED),
])
def test_c13_rule(given, verdict):
    assert africa.decide_africa(*given) == verdict


@pytest.mark.parametrize(("leads", "verdict"), [
    ([], NOT_TESTABLE), ([1.0, 2.0], NOT_TESTABLE), ([1.0, 2.0, 0.1], CAVEATS), ([1.0, 2.0, 0.1, 3.0], SUPPORTED),
    ([1.0, 2.0, 0.0], MIXED), ([-1.0, -2.0, 0.0], CONTRADICTED),
])
def test_c14_rule(leads, verdict):
    assert russia_prospects.decide_prospects(leads) == verdict


@pytest.mark.parametrize("claim_id", ["C11", "C12", "C13", "C14"])
def test_evidence_can_be_traced_and_nothing_is_left_empty(claim_id):
    verdict = evaluate(claim_id)
    assert verdict.reason and len(verdict.ways) >= 10
    for item in verdict.evidence:
        assert item.sources and item.vintage and item.call, item.name
        assert all(len(provenance(source)) for source in item.sources)


def test_c11_anchors():
    table = digital.tests().set_index("test")
    assert table.loc["cross-border e-commerce, 2020, yuan", "digital"] == 31.1
    names = [e.name for e in evaluate("C11").evidence]
    assert {"services exports to ASEAN, 2005", "services exports to ASEAN, 2019"} <= set(names)
    gap = digital.two_sources().loc[("export", 2019)]
    assert (round(gap["unctad"], 1), round(gap["batis"], 1)) == (140.8, 106.4)


def test_c11_digital_and_other_services_are_all_services():
    main = digital.items_of("ASEAN")
    row = digital.by_partner().set_index(["partner", "flow"]).loc[("ASEAN", "export")]
    assert main["value"].sum() == pytest.approx(row["all_2019"])
    assert main[main["digital"]]["value"].sum() == pytest.approx(row["digital_2019"])


def test_c11_both_printings_of_2022_are_kept():
    table = digital.ecommerce()
    assert sorted(table[table["year"] == 2022]["value"]) == [2100.0, 2110.0]


def test_c12_intermediates_are_recomputed_to_the_printed_share():
    row = asean_chains.intermediate().set_index("year").loc[2022]
    assert (row["intermediate"], row["total"]) == (4360.0, 6520.0)
    assert round(row["share"]) == row["printed_share"] == 67


def test_c12_machinery_shares_are_near_the_printed_ones():
    """Customs prints 28.9, 53.3, 11.1 and 52.7 %; the totals here are the IMF's."""
    table = asean_chains.machinery().set_index(["reading", "flow", "year"])["share"].sort_index()
    for flow, year, said in (("export", 1993, 28.9), ("export", 2020, 53.3), ("import", 1993, 11.1),
                             ("import", 2020, 52.7)):
        assert table["printed", flow, year] == pytest.approx(said, abs=0.5)


def test_c12_sections_have_the_same_members_each_year():
    assert asean_chains.sections().shape == (6, 10)
    table = load("sitc_sections")
    broken = table[~((table["importer"] == "VNM") & (table["year"] == 1995))]
    with pytest.raises(TradeDataError, match="differ between the years"):
        asean_chains.sections(broken)


def test_c13_bounds_are_bounds_and_the_gold_break_is_left_out():
    table = africa.bounds()
    assert ((table["low"] >= 0) & (table["low"] <= table["high"]) & (table["high"] <= 100)).all()
    assert set(table["method"]) == set(africa.METHODS)
    both = africa.minerals()
    south = both["minerals"] - both["minerals_without"]
    assert south[2015] > 1.7 * south[2014]
    assert both["total_without"][2015] < both["total"][2015]


def test_c13_certain_resources_lie_outside_the_bounds():
    """Fuels alone, known for certain, keep the upper bound of the sections down."""
    values = africa.section_values()["africa"]
    top = africa.bounds().query("method == 'sections'").set_index("year")["high"]
    for year in (1995, 2005, 2015):
        assert top[year] == pytest.approx(100 * (1 - values[year]["3"] / values[year].sum()))


def test_c13_south_africa_s_own_books_bound_what_china_s_cannot():
    own = africa.south_africa().set_index("year")
    assert (own["high"] < 50).all() and (own["low"] <= own["high"]).all()
    assert own.loc[2021, "total"] == pytest.approx(13.51, abs=0.01)
    raw = africa.raw_materials()
    assert raw.loc[2000, "NGA"] > 90 > raw.loc[2000, "ZAF"]


def test_c13_membership_is_the_same_in_every_year():
    assert africa.africa() == areas.check_same_members("AFRICA", 2012, 2022)
    with pytest.raises(TradeDataError, match="joined SSD"):
        areas.check_same_members("AFRICA", 2010, 2022)


def test_c13_change_between_years_that_are_there():
    table = pd.DataFrame({"method": "sections", "year": [2000, 2010], "low": [5.0, 30.0], "high": [20.0, 40.0]})
    assert africa.change(table, "sections", 2000, 2010) == "rise"
    with pytest.raises(TradeDataError, match="no bounds for the year"):
        africa.change(table, "sections", 2000, 2011)


def test_c13_farm_share_as_printed():
    share, ids = africa.farm_share()
    assert share == pytest.approx(100 * 23.66 / 426.65)
    assert ids == ("OF0199", "OF0344")


def test_c14_covers_two_fields_and_says_what_is_missing():
    table = russia_prospects.fields().set_index("field")
    assert table.index.tolist() == list(russia_prospects.FIELDS)
    assert table["covered"].tolist() == [True, True, False, False, False]
    assert (table.loc[~table["covered"], "missing"].str.len() > 0).all()
    assert table.loc["e-commerce", "size"] == pytest.approx(0.029 * 1530)


def test_c14_items_add_up_to_all_services():
    assert russia_prospects.by_item()["end"].sum() == pytest.approx(russia_prospects.fields()["size"][0], rel=1e-6)
