"""The map: the projection is the published one, and the headline is read off the data."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import load, plots
from trade_lib.claims import c16_potential as c16
from trade_lib.plots.maps import MIDDLE, equal_earth


def test_equal_earth_keeps_areas():
    """A cell of a degree is as large on the map as on the globe, up to one factor."""
    lat = np.array([-60.0, 0.0, 30.0, 75.0])
    x, y = (equal_earth(MIDDLE + 1, lat)[0] - equal_earth(MIDDLE, lat)[0],
            equal_earth(MIDDLE, lat + 0.01)[1] - equal_earth(MIDDLE, lat - 0.01)[1])
    assert x * y / np.cos(np.radians(lat)) == pytest.approx(np.radians(1) * np.radians(0.02), rel=1e-4)


def test_no_outline_is_cut_by_the_edge_of_the_map():
    table = load("country_outlines")
    x, _ = equal_earth(table["lon"], table["lat"])
    wide = pd.Series(x).groupby(table["ring"]).agg(["min", "max"])
    assert (wide["max"] - wide["min"]).max() < 2.5


def test_every_large_partner_has_an_outline():
    gaps = c16.gaps()
    large = gaps[gaps["gap"].abs() > 1]
    assert set(large["code"]) <= set(load("country_outlines")["code"].dropna())


@pytest.mark.parametrize("year", [2019, 2023])
def test_potential_map(readable, year):
    gaps = c16.gaps(year)
    headline = readable(plots.potential_map(gaps, load("country_outlines"), year, "s"))
    assert gaps[gaps["low"] > 0].nlargest(1, "gap")["name"].iloc[0] in headline
    assert gaps[gaps["high"] < 0].nsmallest(1, "gap")["name"].iloc[0] in headline


def test_gaps_and_ranking_are_one_thing():
    gaps, ranking = c16.gaps().set_index("name"), c16.ranking().set_index("name")
    stored = load("c16_partners").query("year == 2019").set_index("partner")
    assert ranking["relative"].max() == pytest.approx(stored.loc["IND", "relative"])
    expected = ranking["actual"] * (ranking["relative"] - 1)
    assert gaps.loc[ranking.index, "gap"].to_numpy() == pytest.approx(expected.to_numpy())
