"""What holds in every balanced table: terms add up to gross exports, value added to output and to GDP."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib.valuechain import (
    aggregate,
    bilateral,
    borin_mancini,
    exports,
    foreign_share,
    icio,
    kww,
    value_added_in_exports,
    value_added_in_final_demand,
    value_added_in_output,
    world_foreign,
    wwz,
)


def made(seed, g, n, empty=False):
    """A balanced random table; with ``empty`` one sector makes and buys nothing."""
    rng = np.random.default_rng(seed)
    inter = rng.gamma(0.5, 1.0, (g * n, g * n)) * (rng.random((g * n, g * n)) < 0.8)
    final = rng.gamma(0.5, 4.0, (g * n, g)) + 0.1
    if empty:
        inter[0] = inter[:, 0] = final[0] = 0
    out = inter.sum(axis=1) + final.sum(axis=1)
    short = np.maximum(inter.sum(axis=0) * 1.3 - out, 0)
    if empty:
        short[0] = 0
    final += short[:, None] / g
    countries = [f"K{i}" for i in range(g)]
    return icio(inter, final, inter.sum(axis=1) + final.sum(axis=1), countries, [f"i{i}" for i in range(n)])


TABLES = given(seed=st.integers(0, 10**6), g=st.integers(2, 5), n=st.integers(1, 4), empty=st.booleans())
QUICK = settings(max_examples=25, deadline=None)


@QUICK
@TABLES
def test_terms_add_up_to_gross_exports(seed, g, n, empty):
    table = made(seed, g, n, empty and n > 1)
    gross = exports(table)["total"]
    by_country = gross.groupby(level="country", sort=False).sum()
    assert kww(table).sum(axis=1).to_numpy() == pytest.approx(by_country.to_numpy())
    terms = wwz(table)
    assert terms.sum(axis=1).to_numpy() == pytest.approx(gross.reindex(terms.index).to_numpy())
    for approach in ("source", "sink"):
        bm = borin_mancini(table, "bilateral", approach)
        assert bm["GEXP"].to_numpy() == pytest.approx(gross.reindex(bm.index).to_numpy())
        assert (bm["VAX"] + bm["REF"] + bm["DDC"] + bm["FVA"] + bm["FDC"]).to_numpy() == pytest.approx(
            bm["GEXP"].to_numpy())
        assert bm.to_numpy().min() > -1e-9 * bm["GEXP"].max()


@QUICK
@TABLES
def test_value_added_adds_up_to_output_final_demand_and_exports(seed, g, n, empty):
    table = made(seed, g, n, empty and n > 1)
    absorbed = value_added_in_final_demand(table)
    assert absorbed.sum(axis=1).to_numpy() == pytest.approx(table.v * table.x)
    assert absorbed.sum().to_numpy() == pytest.approx(table.Y.sum(axis=0))
    assert value_added_in_output(table).sum().to_numpy() == pytest.approx(table.x)
    assert value_added_in_exports(table).sum().sum() == pytest.approx(exports(table)["total"].sum())


@QUICK
@TABLES
def test_the_two_approaches_and_the_methods_agree_where_they_must(seed, g, n, empty):
    table = made(seed, g, n, empty and n > 1)
    source, sink, nine = borin_mancini(table), borin_mancini(table, approach="sink"), kww(table)
    for term in ("DC", "DVA", "VAX", "REF", "DDC", "FC", "FVA", "FDC"):
        assert source[term].to_numpy() == pytest.approx(sink[term].to_numpy(), abs=1e-8)
    assert source["VAX"].to_numpy() == pytest.approx(nine.iloc[:, :3].sum(axis=1).to_numpy())
    assert source["REF"].to_numpy() == pytest.approx(nine[["RDV_FIN", "RDV_INT"]].sum(axis=1).to_numpy())
    assert source["FC"].to_numpy() == pytest.approx(nine.iloc[:, 6:].sum(axis=1).to_numpy())
    assert world_foreign(table)["FVA"].sum() == pytest.approx(world_foreign(table, "source")["FVA"].sum())
    absorbed = bilateral(table).groupby("origin", sort=False)["value_added_absorbed"].sum()
    assert source["VAX"].to_numpy() == pytest.approx(absorbed.to_numpy())


@QUICK
@TABLES
def test_borders_of_the_terms(seed, g, n, empty):
    pairs = borin_mancini(made(seed, g, n, empty and n > 1), "bilateral", "sink")
    once = borin_mancini(made(seed, g, n, empty and n > 1), "bilateral")
    room = 1e-9 * once["GEXP"].max()
    assert (pairs["VAXIM"] <= pairs["VAX"] + room).all()
    assert (once["DAVAX"] <= once["VAX"] + room).all()
    assert (once["DVA"] <= once["DC"] + room).all()
    assert once["GVC"].to_numpy() == pytest.approx((once["GVCB"] + once["GVCF"]).to_numpy(), abs=room)


def test_without_trade_in_intermediates_all_exports_are_value_added():
    inter = np.kron(np.eye(3), np.full((2, 2), 1.0))
    final = np.full((6, 3), 5.0)
    table = icio(inter, final, inter.sum(axis=1) + final.sum(axis=1), list("abc"), ["x", "y"])
    terms = borin_mancini(table)
    assert terms["DAVAX"].to_numpy() == pytest.approx(terms["GEXP"].to_numpy())
    assert terms[["FC", "DDC", "REF", "GVC"]].abs().max().max() < 1e-12
    assert foreign_share(table).abs().max() < 1e-12


def test_foreign_share_of_a_chain_that_can_be_reckoned_by_hand():
    """a ships 4 of parts to b, which adds 6 and ships 10 of goods to a: b's exports are 40 % foreign."""
    table = icio([[0, 4], [0, 0]], [[6, 0], [10, 0]], [10, 10], ["a", "b"], ["all"])
    assert foreign_share(table).to_dict() == pytest.approx({"a": 0.0, "b": 0.4})
    terms = borin_mancini(table)
    assert terms.loc["a", ["GEXP", "DVA", "REF", "VAX"]].tolist() == pytest.approx([4, 4, 4, 0])
    assert terms.loc["b", ["GEXP", "FVA", "DAVAX", "GVC"]].tolist() == pytest.approx([10, 4, 6, 4])


def test_exporters_can_be_chosen_and_levels_add_up():
    table = made(1, 4, 3)
    everyone, one = borin_mancini(table, "bilateral"), borin_mancini(table, "bilateral", exporters=["K2"])
    pd.testing.assert_frame_equal(one, everyone.loc[["K2"]])
    levels = {"country": ["country"], "sector": ["country", "sector"], "pair": ["country", "destination"]}
    for level, by in levels.items():
        pd.testing.assert_frame_equal(borin_mancini(table, level), everyone.groupby(level=by, sort=False).sum())


def test_aggregation_keeps_totals_and_trade_between_groups():
    table = made(2, 4, 3)
    small = aggregate(table, {"K0": "both", "K1": "both"}, {"i0": "one", "i2": "one"})
    assert small.countries == ("both", "K2", "K3")
    assert small.sectors == ("one", "i1")
    assert small.x.sum() == pytest.approx(table.x.sum())
    pairs, before = bilateral(small)["exports"], bilateral(table)["exports"]
    assert pairs["both", "K2"] == pytest.approx(before["K0", "K2"] + before["K1", "K2"])


def test_sales_in_the_own_country_are_no_exports():
    table = exports(made(1, 3, 2))
    assert (table.index.get_level_values("country") != table.index.get_level_values("destination")).all()
    assert len(table) == 3 * 2 * 2
