"""Known answers of the tables on products and services."""

import pytest

from trade_lib import load


def test_sections_of_2015_add_up_to_china_s_imports():
    """UNCTAD's total of China's imports in 2015: 1,454.35 bn US$, by sections and as a total."""
    table = load("sitc_sections").query("year == 2015 and importer == 'CHN'")
    whole = table[table["section"] == "total"]["value"].sum()
    assert whole / 1e9 == pytest.approx(1454.35, abs=0.01)
    assert table[table["section"] != "total"]["value"].sum() == pytest.approx(whole, rel=1e-6)


def test_largest_chapters_of_2014_as_customs_printed_the_partners():
    totals = load("hs2_top5").query("source == 'COMTRADE_TOP5_2014'").groupby("exporter")["total"].first() / 1e9
    assert totals[["RUS", "ZAF", "VNM"]].round(1).tolist() == [41.6, 44.6, 19.9]


def test_south_africa_s_minerals_before_and_after_the_break():
    table = load("minerals_metals").query("exporter == 'ZAF'").set_index("year")["value"] / 1e9
    assert table[[2014, 2015]].round(1).tolist() == [16.2, 28.7]


def test_technology_exports_add_up_to_the_world():
    table = load("kti_trade").query("flow == 'export' and year == 2018")
    assert table["value"].sum() / 1e9 == pytest.approx(7405.7, abs=0.5)


def test_angola_sells_oil():
    table = load("hs6_top").query("source == 'COMTRADE_CN_HS6_3' and exporter == 'AGO' and year == 2003")
    first = table.set_index("rank").loc[1]
    assert (first["hs6"], first["value"]) == ("270900", 2205654993.0)


def test_stages_of_china_s_exports_in_2015():
    table = load("stages_world").query("reporter == 'CHN' and flow == 'export' and year == 2015").set_index("stage")
    assert table.loc["capital", "value"] == pytest.approx(1006590.52e6)


def test_digital_items_are_six_of_twelve():
    items = load("services_items")
    assert items["digital"].sum() == 6 and (items["level"] == "main").sum() == 12


def test_singapore_has_ten_chapters_both_ways_each_year():
    assert (load("singapore_hs2").groupby(["year", "exporter"]).size() == 10).all()
    assert load("product_facts")["id"].is_unique
