"""Falls, recoveries, spreads, contributions and placebos: known answers, identities, a simulation, bad input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from trade_lib import TradeDataError
from trade_lib.measures import shocks as r


def monthly(values, start="2019-01"):
    return pd.Series(np.asarray(values, float), pd.period_range(start, periods=len(values), freq="M"), name="y")


@given(st.lists(st.floats(1, 1e9), min_size=24, max_size=36))
@settings(max_examples=40, deadline=None)
def test_the_base_year_is_one_hundred_in_every_month(values):
    index = r.against_base_year(monthly(values), 2019)
    assert index.loc["2019"].to_numpy() == pytest.approx(100)


def test_january_and_february_share_one_index():
    values = [100.0] * 12 + [50.0, 150.0] + [100.0] * 10
    index = r.against_base_year(monthly(values), 2019)
    assert index["2020-01"] == index["2020-02"] == pytest.approx(100)


def test_an_unfinished_pair_of_winter_months_is_left_out():
    index = r.against_base_year(monthly([100.0] * 13), 2019)
    assert str(index.index[-1]) == "2019-12"


def test_a_base_year_with_a_hole_is_refused():
    with pytest.raises(TradeDataError, match="2019-01"):
        r.against_base_year(monthly([1.0] * 20, "2019-03"), 2019)


def test_fall_trough_and_months():
    index = monthly([100, 100, 80, 70, 90, 101, 99, 100, 103, 104, 105, 106], "2020-01")
    depth, trough, months = r.fall_and_recovery(index, "2020-01", "2020-12")
    assert (depth, trough, months) == (-30.0, "2020-04", 7.0)  # August begins three months at or above


def test_a_recovery_that_does_not_hold_is_none():
    index = monthly([100, 70, 101, 99, 101, 99], "2020-01")
    assert np.isnan(r.fall_and_recovery(index, "2020-01", "2020-06")["months"])
    assert r.fall_and_recovery(index, "2020-01", "2020-06", hold=1)["months"] == 2


def test_no_fall():
    assert r.fall_and_recovery(monthly([100, 101, 102], "2020-01"), "2020-01", "2020-03").tolist() == [0.0, None, 0.0]


def test_a_window_without_months_is_refused():
    with pytest.raises(TradeDataError, match="within 2020-01..2020-03"):
        r.fall_and_recovery(monthly([1, 2, 3], "2020-01"), "2021-01", "2021-02")


def test_volatility_is_the_spread_of_growth():
    rng = np.random.default_rng(1)
    growth = rng.normal(0, 10, 12)
    growth[1] = growth[0]  # the pair of winter months grows as one
    values = [100.0] * 12 + list(100 * (1 + growth / 100))
    assert r.volatility(monthly(values), "2020-01", "2020-12") == pytest.approx(np.std(growth[1:], ddof=1))
    with pytest.raises(TradeDataError, match="too few"):
        r.volatility(monthly(values), "2020-01", "2020-03")


@given(st.integers(1, 200), st.data())
@settings(max_examples=60, deadline=None)
def test_wilson_is_that_of_statsmodels(n, data):
    k = data.draw(st.integers(0, n))
    share, low, high = r.wilson(k, n)
    expected = proportion_confint(k, n, method="wilson")
    assert (low, high) == pytest.approx(expected, abs=1e-6)
    assert 0 <= low <= share <= high <= 1


@pytest.mark.parametrize(("k", "n"), [(1, 0), (3, 2), (-1, 5)])
def test_wilson_refuses_what_is_no_share(k, n):
    with pytest.raises(TradeDataError, match="not a share"):
        r.wilson(k, n)


def test_wilson_covers_its_nominal_share():
    rng = np.random.default_rng(2)
    draws = rng.binomial(40, 0.9, 2000)
    held = [r.wilson(int(k), 40)["low"] <= 0.9 <= r.wilson(int(k), 40)["high"] for k in draws]
    assert 0.93 < np.mean(held) < 0.98


def test_common_shocks_drop_out_of_the_event_gap():
    rng = np.random.default_rng(4)
    shock = np.exp(rng.normal(0, 0.3, 60))
    flow, control = monthly(3 * shock, "2015-01"), monthly(7 * shock, "2015-01")
    assert r.event_gap(flow, control, "2018-06", 6) == pytest.approx(0, abs=1e-9)


def test_placebo_gaps_are_the_event_gap_at_each_date_and_spare_the_event():
    rng = np.random.default_rng(5)
    flow, control = (monthly(np.exp(rng.normal(0, 0.1, 120)), "2010-01") for _ in range(2))
    gaps, _ = r.placebo_gaps(flow, control, "2016-06", 6)
    assert gaps.iloc[[0, 7, -1]].tolist() == pytest.approx(
        [r.event_gap(flow, control, d, 6) for d in gaps.index[[0, 7, -1]]])
    assert min(abs((d - pd.Period("2016-06", "M")).n) for d in gaps.index) >= 18


def test_an_effect_is_seen_and_its_absence_is_not():
    """Size and power: under no effect a share of 0.1 or less comes at about one date in ten; a large effect shows."""
    rng = np.random.default_rng(6)
    null, moved = [], []
    for _ in range(60):
        flow, control = (monthly(np.exp(rng.normal(0, 0.05, 144)), "2008-01") for _ in range(2))
        null.append(r.placebo_gaps(flow, control, "2015-06", 6)[1])
        lifted = flow.where(flow.index <= pd.Period("2015-06", "M"), flow * 1.3)
        moved.append(r.placebo_gaps(lifted.where(lifted.index <= pd.Period("2015-12", "M"), flow), control, "2015-06",
                                    6)[1])
    assert 0.03 < np.mean(np.array(null) <= 0.1) < 0.2
    assert np.mean(np.array(moved) <= 0.1) > 0.95


def test_too_few_placebo_dates_are_refused():
    flat = monthly([1.0] * 40)
    with pytest.raises(TradeDataError, match="24 or more"):
        r.placebo_gaps(flat, flat, "2020-06", 6)
