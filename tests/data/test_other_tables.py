"""Known answers of the tables on releases, other reporters, trade policy and indicators."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from trade_lib import load, series
from trade_lib.data.areas import members

sys.path.insert(0, str(Path(__file__).parents[2] / "data" / "builders"))
import customs_releases as builder  # noqa: E402
import other_sides  # noqa: E402


def release(**wanted):
    table = load("customs_releases").astype({"period_end": str})
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


def test_the_articles_figure_stands_in_the_releases():
    rows = release(partner="RUS", flow="total", basis="ytd", period_end="2021-11")
    assert (rows["yoy_pct"] == 33.6).all()
    assert rows["value"].between(130.35e9, 130.45e9).all()


def test_blocs_of_the_2026_table_are_the_sums_of_their_members():
    rows = release(source="GACC_TABLE2_2026", flow="export", period_end="2026-01").set_index("partner")["value"]
    assert rows[members("ASEAN", "2026-01")].sum() == pytest.approx(rows["ASEAN"], rel=1e-6)
    assert rows["WORLD"] == pytest.approx(356.699626e9)


def test_every_release_has_a_day_after_its_period():
    table = release()
    assert (table["published"].str[:7] > table["period_end"]).all()
    assert set(table["published_basis"]) == {"page", "calendar"}


@pytest.mark.parametrize(("address", "end", "day"), [
    ("https://a.org/2021/06/08/x", "2021-05", "2021-06-08"), ("https://a.org/20210614/5", "2021-05", "2021-06-14"),
    ("https://a.org/202105/x", "2021-05", None), ("https://a.org/x/55435", "2021-05", None),
    ("https://a.org/201312/x", "2013-10", "2013-12")])
def test_a_date_in_an_address_counts_only_after_the_period(address, end, day):
    assert builder.page_date(address, end) == day


def test_gaps_are_found_as_runs_of_months():
    key = {"source": "S", "reporter": "A", "partner": "B", "flow": "export", "unit": "USD"}
    frame = pd.DataFrame({**key, "period": ["2024-01", "2024-03", "2024-06"]})
    found = other_sides.gaps(frame)
    assert [(gap["from"], gap["to"]) for gap in found] == [("2024-02", "2024-02"), ("2024-04", "2024-05")]


def test_us_imports_from_china_equal_the_published_year():
    imports = series("USA", "CHN", "import", source="US_CENSUS_COUNTRY_2023", table="flows_monthly_usa")
    assert imports["2021"].sum() == pytest.approx(504.9e9, rel=1e-3)
    fred = series("USA", "CHN", "import", source="FRED_IMPCH_2026", start="2017-01", end="2019-12")
    assert (imports["2017-01":"2019-12"] / fred - 1).abs().max() < 1e-4


def test_the_average_duty_on_china_equals_the_published_rates():
    table = load("us_duties").query("partner == 'CHN'")
    sums = table.groupby(table["period"].dt.year)[["duty", "value"]].sum()
    rate = 100 * sums["duty"] / sums["value"]
    assert rate[[2017, 2021, 2025]].round(1).tolist() == [2.7, 11.2, 30.6]


def test_interventions_are_those_known_on_the_same_day_of_each_year():
    table = load("trade_interventions")
    held = table[table["measure"] == "interventions_announced"].set_index("year")["value"]
    assert held[[2009, 2019, 2020]].tolist() == [429, 1165, 2031]


def test_votes_put_china_at_no_distance_from_itself():
    table = load("un_votes").set_index(["code", "year"])
    assert table.loc[("CHN", 2019), "distance"] == 0
    assert table.loc[("USA", 2019), "distance"] > 2 > table.loc[("RUS", 2019), "distance"]


def test_indicators_hold_their_best_known_points():
    table = load("monthly_indicators").set_index(["series", "period"])["value"]
    assert str(table["supply_pressure"].idxmax()) == "2021-12"
    assert table["price_crude_oil_brent"]["2021-11"] == pytest.approx(80.8, abs=0.1)
    trade = table["cpb_trade_volume_world"]
    assert trade[trade.index.year == 2021].mean() == pytest.approx(100, abs=0.2)


def test_union_exports_to_china_equal_the_published_year():
    table = load("flows_annual_eu").query("partner == 'CHN' and period == 2021")
    assert table["value"].item() == pytest.approx(223.5e9, abs=0.1e9)
    assert table[["reporter", "unit"]].values.tolist() == [["EU27", "EUR"]]


def test_customs_own_print_of_imports_from_africa_in_2015_adds_up():
    table = load("official_figures").set_index("id").loc[["OF1724", "OF1726", "OF1727"]]
    values = table.set_index("flow")["value"]
    assert set(table["period_start"].astype(str)) == {"2015-01"} and set(table["partner"]) == {"AFRICA"}
    assert values["export"] + values["import"] == values["total"] == 1110
