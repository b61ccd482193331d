"""The explorer: what it shows is what the tables and the forecasts say, and the menus change the picture."""

import gc

import ipywidgets
import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError, series
from trade_lib.app import explorer
from trade_lib.data.tables import load
from trade_lib.forecast import forecast
from trade_lib.measures import growth


@pytest.fixture(scope="module")
def shown():
    return explorer.view()


@pytest.fixture
def box():
    """The widget, closed and collected here: a later collection may fall into the parsing of a module."""
    made = explorer.widget()
    yield made
    ipywidgets.Widget.close_all()
    del made
    gc.collect()


def menus(box):
    return {menu.description: menu for menu in box.children[0].children}


def test_the_series_is_that_of_the_table(shown):
    y = series("RUS", "CHN", source="RU_FCS_96STRAN")
    assert np.allclose(shown["known"], y.loc[shown["known"].index] / 1e9)


def test_the_fan_knows_nothing_after_its_origin(shown):
    y = series("RUS", "CHN", source="RU_FCS_96STRAN") / 1e9
    made = forecast(y.loc[:"2020-11"], 13, n_paths=explorer.N_PATHS, seed=explorer.SEED).to_frame()
    assert np.allclose(shown["fan"], made)
    assert shown["fan"].index[0] == pd.Period("2020-12", "M")


def test_the_parts_add_up_to_growth(shown):
    y = series("RUS", "CHN", source="RU_FCS_96STRAN").rolling(3).sum()
    rate = 100 * (y / y.shift(12) - 1)
    assert np.allclose(shown["parts"].sum(axis=1), rate.loc[shown["parts"].index])


def test_the_new_year_effect_is_there_around_new_year_only(shown):
    rest = shown["effect"][shown["effect"].index.month.isin(range(4, 12))]
    assert np.allclose(rest, 1) and (abs(shown["effect"] - 1) > 0.001).any()


def test_growth_in_the_table_is_that_of_the_measure(shown):
    y = series("RUS", "CHN", source="RU_FCS_96STRAN")
    assert explorer.growth_table(shown, 1)["growth, %"].iloc[0] == pytest.approx(growth.yoy(y)["2021-12"])


def test_a_break_is_found_where_growth_changes_and_nowhere_else():
    months = pd.period_range("2000-01", periods=144, freq="M")
    rng = np.random.default_rng(1)
    steady = pd.Series(np.exp(0.005 * np.arange(144)), months)
    assert explorer.breaks(steady) == []
    slope = np.where(np.arange(144) < 84, 0.0, 0.03)
    broken = pd.Series(np.exp(np.cumsum(slope) + rng.normal(0, 0.01, 144)), months)
    found, = explorer.breaks(broken, most=1)
    assert abs((found - pd.Period("2007-06", "M")).n) <= 3  # growth over a year moves halfway half a year later


@pytest.mark.parametrize("wrong", [{"model": "oracle"}, {"partner": "ATL"}, {"source": "NONE"}])
def test_what_is_not_there_is_said(wrong):
    with pytest.raises(TradeDataError):
        explorer.view(**wrong)


def test_an_origin_outside_is_moved_inside():
    early, late = (explorer.view(origin=month, horizon=1)["fan"].index[0] for month in ("1999-01", "2050-01"))
    assert (str(early), str(late)) == ("2011-01", "2022-01")


def test_another_partner_changes_the_picture(box):
    before = box.children[1].value
    assert bytes(before).startswith(b"\x89PNG")
    menus(box)["Partner"].value = "DEU"
    assert box.children[1].value != before and box.children[2].value == ""


def test_every_menu_redraws(box):
    seen = {box.children[1].value}
    for name, value in (("Flow", "export"), ("Model", "seasonal_naive"), ("From year", 2010),
                        ("Known to", "2019-06"), ("Ahead", 6)):
        menus(box)[name].value = value
        seen.add(box.children[1].value)
    assert len(seen) == 6


def test_another_side_brings_its_partners(box):
    menus(box)["Side"].value = ("SG_SINGSTAT", "SGP")
    assert len(menus(box)["Partner"].options) > 50 and box.children[2].value == ""
    assert menus(box)["Partner"].value == "CHN"


def test_a_bad_origin_is_told_and_the_picture_stays(box):
    before = box.children[1].value
    menus(box)["Known to"].value = "late 2020"
    assert box.children[2].value and box.children[1].value == before




def test_every_side_draws_and_offers_only_flows_it_has(box):
    for side in menus(box)["Side"].options.values():
        menus(box)["Side"].value = side
        assert box.children[2].value == "", side
    menus(box)["Side"].value = ("FRED_IMPCH_2026", "USA")
    assert menus(box)["Flow"].options == ("import",)


def test_a_bad_month_is_told_and_the_picture_named(box):
    for text in ("", "x", "2021-13"):
        menus(box)["Known to"].value = text
        assert "expected a month such as" in box.children[2].value and "Russia" in box.children[2].value
    menus(box)["Known to"].value = "2019-12"
    assert box.children[2].value == ""


def test_a_table_of_ones_own_is_looked_at_beside_the_shipped_ones(tmp_path):
    mine = load("flows_monthly").query("source == 'KR_CUSTOMS_LOC' and partner == 'CHN'").assign(source="MINE")
    mine.assign(period=mine["period"].astype(str)).to_csv(tmp_path / "mine.csv", index=False)
    path = tmp_path / "mine.csv"
    seen = explorer.view("MINE", "KOR", "CHN", "export", origin="2019-12", horizon=3, data=path)
    same = explorer.view("KR_CUSTOMS_LOC", "KOR", "CHN", "export", origin="2019-12", horizon=3)
    assert np.allclose(seen["fan"], same["fan"]) and "MINE" not in set(explorer.choices()["source"])
    path.write_text(path.read_text().replace("2019-11,", "2019-11,-", 1))
    with pytest.raises(TradeDataError, match="mine.csv, row"):
        explorer.choices(path)
