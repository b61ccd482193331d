"""The shipped tables: published anchors, and the yearly pairs against what the tables give."""

import pandas as pd
import pytest

from trade_lib import load
from trade_lib.valuechain import bilateral, borin_mancini, foreign_share, value_added_in_final_demand
from trade_lib.valuechain.wiod_tables import small, two_way, wiod, wiod_years, yearly


@pytest.fixture(scope="module")
def table():
    return wiod(2011)


@pytest.mark.parametrize(("year", "share"), [(1995, 15.7), (2008, 22.8)])
def test_chinas_foreign_content_as_published(year, share):
    assert 100 * foreign_share(wiod(year))["CHN"] == pytest.approx(share, abs=0.05)


def test_chinas_foreign_content_of_2011_and_what_aggregation_does_to_it(table):
    assert 100 * foreign_share(table)["CHN"] == pytest.approx(21.8, abs=0.05)
    assert 100 * foreign_share(small(table))["CHN"] == pytest.approx(20.7, abs=0.05)


def test_backward_participation_of_2018_is_the_oecds_figure():
    frame = load("adb_participation").query("country == 'CHN' and detail == 0").set_index("year")
    assert 100 * frame.loc[2018, "backward_share"] == pytest.approx(17.2, abs=0.05)


def test_yearly_pairs_are_what_the_table_gives(table):
    live = bilateral(table)
    stored = yearly().query("year == 2011").set_index(["origin", "destination"]).loc[live.index]
    for name in ("intermediate", "final", "exports", "domestic_content", "value_added_in_exports_of"):
        assert live[name].to_numpy() == pytest.approx(stored[name].to_numpy(), abs=0.01)
    # Closing the rows moves final use at home a little, and with it what is absorbed.
    assert live["value_added_absorbed"].sum() == pytest.approx(stored["value_added_absorbed"].sum(), rel=2e-3)


def test_terms_of_every_year_and_pair_agree_with_the_yearly_pairs():
    """Two computations: the terms stored here, and the bilateral table as compiled elsewhere from the same release."""
    terms = load("chain_trade").set_index(["year", "origin", "destination"])
    assert sorted(terms.index.get_level_values("year").unique()) == list(range(1995, 2012))
    pairs = yearly().set_index(["year", "origin", "destination"]).loc[terms.index]
    assert len(terms) == 17 * 41 * 40
    assert terms["GEXP"].to_numpy() == pytest.approx(pairs["exports"].to_numpy(), abs=0.01)
    # In Luxembourg and Latvia the source has industries without output that sell, or take back, a few millions: stocks
    # and rounding, which the terms count as their own value added and the compilation as nothing.
    gap = (terms["DC"] - pairs["domestic_content"]).abs()
    rounding = gap.index.get_level_values("origin").isin(["LUX", "LVA"])
    assert gap[~rounding].max() < 0.01
    assert gap[rounding].max() < 12
    assert (gap > 0.01).sum() < 20
    assert (terms["DAVAX"] + terms["GVC"]).to_numpy() == pytest.approx(terms["GEXP"].to_numpy(), abs=0.01)


def test_value_added_of_the_world_is_its_final_demand(table):
    absorbed = value_added_in_final_demand(table).to_numpy()
    assert absorbed.sum() == pytest.approx((table.v * table.x).sum())
    assert absorbed.sum() == pytest.approx(table.Y.sum())
    assert 60e6 < absorbed.sum() < 75e6  # world GDP of 2011, mn US$


def test_terms_of_the_real_table_add_up(table):
    terms = borin_mancini(table, "pair")
    gross = bilateral(table)["exports"]
    assert (terms["DC"] + terms["FC"]).to_numpy() == pytest.approx(gross.to_numpy(), rel=1e-9, abs=1e-6)


def test_years_and_regions():
    assert wiod_years() == [1995, 2001, 2006, 2008, 2011]
    assert len(yearly().query("year == 1995")) == 41 * 40


def test_two_way_is_both_directions_and_the_eu_its_members():
    pairs = pd.DataFrame({"year": 2000, "origin": ["CHN", "RUS", "CHN"], "destination": ["RUS", "CHN", "JPN"],
                          "exports": [1.0, 2.0, 4.0]})
    assert two_way(pairs, "CHN", "RUS", ["exports"]).loc[2000, "exports"] == 3.0
    everyone = yearly().query("year == 2011")
    eu = two_way(everyone, "CHN", "EU", ["exports"]).loc[2011, "exports"]
    assert two_way(everyone, "CHN", "DEU", ["exports"]).loc[2011, "exports"] < eu < 1e6
