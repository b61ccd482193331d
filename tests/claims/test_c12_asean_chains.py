"""C12: the rule at its edges, printed shares, and members that stay the same."""

import pytest

from trade_lib import TradeDataError, load
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c12_asean_chains as asean_chains
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("given", "verdict"), [
    ((True, [1.1, 1.1], 1.1), SUPPORTED), ((True, [1.1, 1.1], 1.0), CAVEATS), ((True, [1.1, 1.0], 1.1), CAVEATS),
    ((True, [1.1, 1.1], -1.0), CAVEATS), ((True, [1.1, 1.1], -1.1), MIXED), ((True, [1.1, -1.1], 1.1), MIXED),
    ((True, [1.0, 1.0], 1.0), MIXED), ((True, [-9.0, -9.0], -9.0), MIXED), ((False, [1.1, 1.1], 1.1), MIXED),
    ((False, [1.0, 1.1], 1.0), CONTRADICTED),
])
def test_rule(given, verdict):
    assert asean_chains.decide_chains(*given) == verdict


def test_verdicts_follow_from_the_last_ten_years():
    table, verdict = asean_chains.changes(), evaluate("C12")
    machines = table[table["measure"] == "machinery"]["change"].tolist()
    value = table[table["measure"] == "value added"].set_index("end")["change"]
    close = (asean_chains.manufactures().xs(2015, level="year") > 50).all()
    assert (verdict.verdict, verdict.verdict_now) == tuple(
        asean_chains.decide_chains(close, machines, value[year]) for year in (2020, 2022))
    assert asean_chains.changes(1995).query("measure == 'machinery'")["change"].min() > 0  # the long run rose
    with pytest.raises(TradeDataError, match="1995 or 2005"):
        asean_chains.changes(2000)


@pytest.mark.parametrize(("made", "middle", "then", "now"), [
    (50.1, 50.1, MIXED, MIXED), (50.0, 50.1, CONTRADICTED, CONTRADICTED), (50.1, 50.0, MIXED, CONTRADICTED)])
def test_close_means_more_than_half(made, middle, then, now, monkeypatch):
    """Nothing rises over the last ten years, so ties that are not close contradict the claim."""
    shares, printed = asean_chains.manufactures() * 0 + made, asean_chains.intermediate().assign(share=middle)
    monkeypatch.setattr(asean_chains, "manufactures", lambda: shares)
    monkeypatch.setattr(asean_chains, "intermediate", lambda: printed)
    verdict = evaluate("C12")
    assert (verdict.verdict, verdict.verdict_now) == (then, now)


def test_intermediates_are_recomputed_to_the_printed_share():
    row = asean_chains.intermediate().set_index("year").loc[2022]
    assert (row["intermediate"], row["total"]) == (4360.0, 6520.0)
    assert round(row["share"]) == row["printed_share"] == 67


def test_machinery_shares_are_near_the_printed_ones():
    """Customs prints 28.9, 53.3, 11.1 and 52.7 %; the totals here are the IMF's."""
    table = asean_chains.machinery().set_index(["reading", "flow", "year"])["share"].sort_index()
    for flow, year, said in (("export", 1993, 28.9), ("export", 2020, 53.3), ("import", 1993, 11.1),
                             ("import", 2020, 52.7)):
        assert table["printed", flow, year] == pytest.approx(said, abs=0.5)


def test_sections_have_the_same_members_each_year():
    assert asean_chains.sections().shape == (6, 10)
    table = load("sitc_sections")
    broken = table[~((table["importer"] == "VNM") & (table["year"] == 1995))]
    with pytest.raises(TradeDataError, match="differ between the years"):
        asean_chains.sections(broken)
