"""Figures of C11 to C14: headlines follow the data, and all text stays on the canvas."""

import pandas as pd

from trade_lib import plots
from trade_lib.claims import c11_digital as digital
from trade_lib.claims import c12_asean_chains as asean_chains
from trade_lib.claims import c13_africa as africa
from trade_lib.claims import c14_russia_prospects as russia_prospects
from trade_lib.measures import services


def test_africa_bounds_say_whether_a_rise_is_proven(readable):
    table = africa.bounds()
    found = africa.change(*africa.NOW)
    assert "no rise is proven" in readable(plots.africa_bounds(table, *africa.NOW, found, africa.SOURCES["bounds"]))
    risen = table.copy()
    risen.loc[2022, ["low", "high"]] = [60.0, 70.0]
    found = africa.change(*africa.NOW, risen)
    headline = readable(plots.africa_bounds(risen, *africa.NOW, found, "source"))
    assert "at most 70 %" in headline and "has risen" in headline


def test_farm(readable):
    windows = africa.farm_windows()
    assert "8 of 8 comparisons" in readable(plots.farm_growth(windows, 5.5, africa.SOURCES["farm"]))
    slower = windows.assign(farm=windows["all"] - 1)
    assert "0 of 8 comparisons" in readable(plots.farm_growth(slower, 5.5, "source"))


def test_asean_figures(readable):
    table = asean_chains.machinery()
    assert "no steady climb" in readable(plots.machinery_shares(table, asean_chains.SOURCES["machinery"]))
    steady = table.assign(share=table["share"].where(table["reading"] != "section 7", table["year"] - 1990))
    assert "no steady climb" not in readable(plots.machinery_shares(steady, "source"))
    readable(plots.intermediate_goods(asean_chains.intermediate(), asean_chains.SOURCES["intermediate"]))
    headline = readable(plots.class_shares(asean_chains.classes(), asean_chains.SOURCES["sections"]))
    assert headline.startswith("ASEAN to China, 1995 to 2015: machinery")


def test_value_added_headline_follows_the_first_and_last_year(readable):
    shares = asean_chains.value_added()["all"]
    assert "has not risen" in readable(plots.value_added_shares(shares, {"VNM": "Vietnam"}, "source"))
    assert "has risen" in readable(plots.value_added_shares(shares.assign(
        ASEAN=range(50, 50 + len(shares))), {"VNM": "Vietnam"}, "source"))


def test_services_figures(readable):
    headline = readable(plots.digital_and_goods(digital.yearly(), digital.SOURCES["index"]))
    assert "+4 (exports)" in headline and "\u22123 by 2022" in headline
    assert "5.8 to 28.5" in readable(plots.services_by_partner(digital.by_partner(), digital.SOURCES["partners"]))
    assert "140.8 or 106.4" in readable(plots.two_sources(digital.two_sources(), digital.SOURCES["sources"]))


def test_russia_figures(readable):
    fields, goods = russia_prospects.fields(), services.growth(russia_prospects.goods(), 2014, 2019)["yearly"]
    assert "2 of 5" in readable(plots.prospect_fields(fields, goods, "2014-2019", russia_prospects.SOURCES["fields"]))
    near = russia_prospects.nearest()
    assert f"beat all goods {len(near)} times" in readable(plots.nearest_rates(near, "source"))
    rising = pd.DataFrame({"export": [10.0, 15.0], "import": [5.0, 6.0]}, index=[2021, 2023])
    assert "rose by 50 %" in readable(plots.russia_after(rising, "source"))
    assert "fell" in readable(plots.russia_after(russia_prospects.russia_digital(), russia_prospects.SOURCES["after"]))
