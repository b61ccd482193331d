"""Figures of value chains: headlines follow the data, all text stays on the canvas."""

import pytest

from trade_lib import plots
from trade_lib.claims import c08_chain_stability as chain_stability
from trade_lib.claims import c10_chain_growth as chain_growth
from trade_lib.valuechain import participation


def test_chain_growth_counts_windows(readable):
    table = chain_growth.growth()
    headline = readable(plots.chain_growth(table, "ten partners", chain_growth.SOURCES["growth"]))
    assert f"the world's in {(table['lead'] > 0).sum()} of 6" in headline and "with them in 3" in headline
    assert "the world's in 0 of 6" in readable(plots.chain_growth(table.assign(lead=-1.0), "Japan", "source"))


def test_foreign_content_names_the_peak(readable):
    adb = 100 * participation(["CHN"]).set_index("year")["backward_share"]
    headline = readable(plots.foreign_content(chain_growth.foreign_content(), adb, chain_growth.SOURCES["shares"]))
    assert "26 % in 2005" in headline


def test_border_shares(readable):
    shares = chain_growth.border_shares()
    headline = readable(plots.border_shares(shares, chain_growth.SOURCES["terms"]))
    assert f"{100 - shares.loc[2011, 'DAVAX']:.0f} % of China's trade" in headline


def test_participation_figures_count_economies(readable):
    wide = chain_stability.participation()
    headline = readable(plots.participation_change(wide, 2019, 2022, chain_stability.SOURCES["chains"]))
    assert headline.startswith("None of 11")
    worse = wide.assign(**{"2022": 0}).rename(columns={2022: "old", "2022": 2022})
    assert readable(plots.participation_change(worse, 2019, 2022, "source")).startswith("11 of 11")
    moves = chain_stability.yearly_moves()
    assert f"in {(moves['region'] > moves['others']).sum()} of {len(moves)} years" in readable(
        plots.yearly_moves(moves, chain_stability.SOURCES["chains"]))


@pytest.mark.parametrize(("rise", "held"), [(-99.0, 2), (99.0, 0)])
def test_spread_change_counts_reporters(readable, rise, held):
    spreads = chain_stability.spread(chain_stability.growth_by_partner())
    spreads.loc[spreads.index.get_level_values(1) == "China", "rise"] = rise
    headline = readable(plots.spread_change(spreads, chain_stability.SOURCES["months"]))
    series = spreads.index.get_level_values(0).nunique()
    assert f"in {series if held else 0} of {series} series" in headline
