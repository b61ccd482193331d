"""Figures of C17: headlines are read off the data, and nothing is cut off."""

import pytest

from trade_lib import load, plots
from trade_lib.claims import c17_pivots as pivots


@pytest.fixture(scope="module")
def measured():
    return load("c17_measures")


def test_partner_network(readable, measured):
    nodes = pivots.map_nodes(measured, 2019)
    held = int((nodes["pivot"] & nodes["developing"]).sum())
    headline = readable(plots.partner_network(nodes, (2000, 3), "s"))
    assert f"{held} of the 20" in headline and "3 in 2000" in headline and "2019" in headline
    none = nodes.assign(developing=False)
    none.attrs["year"] = 2019
    assert "0 of the 20" in readable(plots.partner_network(none, (2000, 3), "s"))


def test_rising_and_falling(readable, measured):
    rows = pivots.largest_moves(measured, load("c17_ranks"), 2000, 2023)
    best = rows.sort_values("up").iloc[-1]
    headline = readable(plots.rising_and_falling(rows, (2000, 2023), "s"))
    assert best["name"] in headline and f"place {best['before']} to {best['after']}" in headline
    wide = rows.assign(before_low=1, before_high=200)
    assert "0 of these" in readable(plots.rising_and_falling(wide, (2000, 2023), "s"))


def test_pivots_over_time(readable, measured):
    counts, groups = pivots.counts_by_year(measured), pivots.group_scores(measured)
    draws = pivots.count_intervals(load("c17_draws"))
    headline = readable(plots.pivots_over_time(counts, draws, groups, (2013, 2018), 20, "s"))
    assert f"{counts[2000]} in 2000, {counts[2023]} in 2023" in headline


def test_against_random(readable):
    rows = pivots.named(load("c17_random").query("year == 2019").head(20))
    above = int((rows["observed"] > rows["high"]).sum())
    assert f"{above} of the 20" in readable(plots.against_random(rows, 2019, "s"))
    assert "20 of the 20" in readable(plots.against_random(rows.assign(high=-1.0, low=-2.0), 2019, "s"))
