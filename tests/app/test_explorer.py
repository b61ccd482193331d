"""The explorer: what it shows is what the tables and the forecasts say, and the menus change the picture."""

import gc
import re
from datetime import date

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
    made, _ = explorer.widget()
    yield made
    ipywidgets.Widget.close_all()
    del made
    gc.collect()


def menus(box):
    return {menu.description: menu for menu in box.children[1].children}


def picture(box):
    return box.children[2].value


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


def test_every_menu_redraws(box):
    seen = {picture(box)}
    for name, value in (("Partner", "DEU"), ("Flow", "export"), ("Forecast by", "seasonal_naive"), ("From year", 2010),
                        ("Known to", pd.Period("2019-06")), ("Months ahead", 6)):
        menus(box)[name].value = value
        seen.add(picture(box))
    assert len(seen) == 7 and "Germany, exports" in picture(box)


def test_menus_speak_of_countries_and_publishers_and_never_of_codes(box):
    for menu in menus(box).values():
        for label in getattr(menu, "options", ()):
            assert not re.search(r"\b[A-Z]{2,}_[A-Z]|^[A-Z]{3}$", label if isinstance(label, str) else label[0])
    assert menus(box)["Whose customs"].value == "Russia (Rosstat, to 2021)"


def test_every_side_draws_and_offers_only_the_flows_and_months_it_has(box):
    sides = menus(box)["Whose customs"].options
    assert len(sides) == len(explorer.choices()[["source", "reporter"]].drop_duplicates())
    for side in sides:
        menus(box)["Whose customs"].value = side
        assert "<img" in picture(box), side
    menus(box)["Whose customs"].value = "United States, imports (US Census, to 2025)"
    assert dict(menus(box)["Flow"].options) == {"imports": "import"}
    assert str(menus(box)["Known to"].options[-1][1]) == "2025-12"
    menus(box)["Whose customs"].value = "Singapore (SingStat, to 2025)"
    assert len(menus(box)["Partner"].options) > 50 and menus(box)["Partner"].value == "CHN"


def test_a_series_begins_after_its_last_month_without_trade_and_can_be_drawn():
    rows = explorer.choices()
    late = rows.query("source == 'SG_SINGSTAT' and flow == 'export' and first > '2003-01'").iloc[0]
    value = series("SGP", late["partner"], "export", source="SG_SINGSTAT")
    assert not value.get(late["first"] - 1, 0) > 0 and (value.loc[late["first"]:] > 0).all()
    assert rows.query("reporter == 'SGP' and partner == 'UKR' and flow == 'export'").empty  # none in late 2022
    for row in rows.sample(6, random_state=1).itertuples():
        assert len(explorer.view(row.source, row.reporter, row.partner, row.flow, horizon=1)["fan"]) == 1


def test_the_text_of_an_article_is_checked_and_a_fault_stands_at_the_field(box):
    _, text, fields, fault, answers = box.children[3].children
    day, reporter, button = fields.children
    text.value, day.value, reporter.value = "Exports to Russia rose 46.9 percent in 2023.", date(2024, 1, 12), "Chnia"
    button.click()
    assert "whose trade" in fault.value and "CHN" in fault.value and answers.value == ""
    reporter.value = "China"
    button.click()
    assert fault.value == "" and "46.9 percent" in answers.value and "srcdoc" in answers.value


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
