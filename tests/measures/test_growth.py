"""Measures of growth: printed numbers recovered, identities, and bad input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trade_lib import TradeDataError, load, series
from trade_lib.measures import growth, mirror, prices

WINDOW = ("2021-01", "2021-11")
money = st.floats(1e6, 1e12)


def monthly(values, start="2019-01", name="A-B total"):
    return pd.Series(np.asarray(values, float), pd.period_range(start, periods=len(values), freq="M"), name=name)


@pytest.fixture(scope="module")
def russian():
    return series("RUS", "CHN", source="RU_FCS_96STRAN")


def test_russian_side_of_the_stated_growth(russian):
    assert growth.window_sum(russian, *WINDOW) / 1e9 == pytest.approx(126.60, abs=0.005)
    assert growth.window_growth(russian, *WINDOW) == pytest.approx(35.57, abs=0.005)
    assert growth.window_growth(russian, *WINDOW, years=2) == pytest.approx(26.31, abs=0.005)


def test_implied_base_of_the_printed_pair():
    base = mirror.implied_base(130.43, 33.6)
    assert base.round(2).tolist() == [97.63, 97.59, 97.67]


@given(money, st.floats(-90, 300))
def test_implied_base_holds_the_true_base_after_rounding(base, rate):
    level = round(base * (1 + rate / 100) / 1e6, 2)
    implied = mirror.implied_base(level, round(rate, 1))
    assert implied["low"] * (1 - 1e-9) <= base / 1e6 <= implied["high"] * (1 + 1e-9)


@given(st.lists(money, min_size=36, max_size=36))
def test_two_year_growth_compounds_one_year_growth(values):
    y = monthly(values)
    one, two = growth.yoy(y), growth.yoy(y, years=2)
    month = two.index[0]
    assert (1 + two[month] / 100) == pytest.approx((1 + one[month] / 100) * (1 + one[month - 12] / 100))


@given(st.lists(money, min_size=2, max_size=6), st.lists(money, min_size=6, max_size=6))
def test_contributions_add_up_to_the_growth_of_the_sum(now, base):
    now, base = pd.Series(now), pd.Series(base[:len(now)])
    parts = growth.contributions(now, base)
    assert parts["points"].sum() == pytest.approx(100 * (now.sum() / base.sum() - 1), abs=1e-6)


def test_january_and_february_are_compared_as_one():
    y = monthly([100, 50, 80] + [90] * 9 + [60, 90, 80] + [90] * 9)
    merged = growth.yoy(y, merge_january_february=True)
    assert merged["2020-01"] == merged["2020-02"] == pytest.approx(0.0)
    assert growth.yoy(y)["2020-01"] == pytest.approx(-40.0)


def test_january_without_february_has_no_merged_growth():
    y = monthly([100] * 13)
    assert "2020-01" not in growth.yoy(y, merge_january_february=True).index.astype(str)


def test_price_part_is_all_of_a_pure_price_rise_and_none_without_one():
    assert prices.price_part(150, 100, price_relative=1.5, share=1.0) == pytest.approx(1.0)
    assert prices.price_part(150, 100, price_relative=1.0, share=1.0) == 0.0


def test_mirror_gap_reads_freight_transit_and_under_reporting():
    gaps = mirror.mirror_gap(pd.Series({1: 106.0, 2: 112.0, 3: 90.0}), pd.Series({1: 100.0, 2: 100.0, 3: 100.0}))
    assert gaps["reading"].tolist() == ["freight can explain it", "more than freight", "importer books less"]


def test_a_month_whose_base_is_zero_has_no_growth():
    found = growth.yoy(monthly([0.0] + [100.0] * 11 + [120.0] * 12))
    assert "2020-01" not in found.index.astype(str)
    assert found.tolist() == pytest.approx([20.0] * 11)


def test_a_rate_missing_in_between_is_never_replaced_by_its_neighbour():
    rate = monthly([6.0, 7.0, 8.0], start="2018-11").drop(pd.Period("2018-12", "M"))
    with pytest.raises(TradeDataError, match="2018-12"):
        prices.in_other_currency(monthly([1.0, 1.0]), rate, lag=1)


def test_deflating_takes_a_month_or_a_years_mean_as_base():
    index = monthly([100.0] * 12 + [110.0] * 12)
    y = monthly([100.0] * 24)
    assert prices.deflate(y, index, 2020)["2019-01"] == pytest.approx(110.0)
    assert prices.deflate(y, index, "2019-06")["2020-01"] == pytest.approx(100 / 1.1)


def test_the_numbers_of_the_russian_side_by_hand(russian):
    """Straight sums over the table's rows, without the functions under test."""
    rows = load("flows_monthly").query("source == 'RU_FCS_96STRAN' and partner == 'CHN'")
    month = rows["period"].dt.month
    eleven = rows[month <= 11].groupby(rows["period"].dt.year)["value"].sum() / 1e9
    assert (eleven[2021].round(2), eleven[2020].round(2), eleven[2019].round(2)) == (126.60, 93.38, 100.23)
    assert growth.window_growth(russian, *WINDOW) == pytest.approx(100 * (eleven[2021] / eleven[2020] - 1))
    assert growth.annualised(growth.window_growth(russian, *WINDOW, years=2), 2) == pytest.approx(
        100 * ((eleven[2021] / eleven[2019]) ** 0.5 - 1))


def test_deflating_by_a_flat_index_changes_nothing(russian):
    flat = pd.Series(7.0, russian.index)
    assert np.allclose(prices.deflate(russian, flat, 2020), russian)


@pytest.mark.parametrize(("call", "words"), [
    (lambda: growth.yoy(monthly([1] * 24).drop(pd.Period("2019-06", "M"))), "2019-06"),
    (lambda: growth.yoy(pd.concat([monthly([1] * 24), monthly([1])])), "month given twice"),
    (lambda: growth.yoy(pd.Series([1.0, 2.0])), "PeriodIndex of months"),
    (lambda: growth.window_sum(monthly([1] * 6), "2019-05", "2019-09"), "2019-07"),
    (lambda: growth.contributions(pd.Series({"a": 1.0}), pd.Series({"b": 1.0})), "same members"),
    (lambda: prices.price_part(2, 1, 1.5, share=1.2), "0 to 1"),
    (lambda: prices.price_part(2, 2, 1.5, share=0.5), "no rise"),
    (lambda: mirror.mirror_gap(pd.Series({1: 1.0}), pd.Series({2: 1.0})), "share no period"),
    (lambda: mirror.implied_base(100, -100), "above -100"),
    (lambda: prices.in_other_currency(monthly([1] * 3), monthly([1])), "2019-02"),
    (lambda: prices.deflate(monthly([1] * 3), monthly([1]), "2019-01"), "2019-02"),
])
def test_bad_input_says_where_and_what_was_expected(call, words):
    with pytest.raises(TradeDataError, match=words):
        call()
