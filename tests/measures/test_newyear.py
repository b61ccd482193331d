"""New Year regressors against the reference table (Census genhol form), by calendar and by identity."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib import TradeDataError
from trade_lib.measures import newyear

REFERENCE = Path(__file__).parents[1] / "reference" / "chinese_new_year_regressors.csv"
COLUMNS = {"pre6": "seasonal_pre6", "pre7": "pre7", "pre14": "pre14", "pre20": "pre20", "during7": "during0_6",
           "post7": "post7_13", "post14": "post7_20", "post20": "post7_26"}


@pytest.fixture(scope="module")
def reference():
    table = pd.read_csv(REFERENCE)
    return table.set_index(pd.PeriodIndex(table["month"], freq="M"))


@pytest.mark.parametrize("window", COLUMNS)
def test_regressors_equal_the_reference_to_its_printed_digits(reference, window):
    found = newyear.regressors(reference.index, [window])[window]
    wanted = reference[f"{COLUMNS[window]}_calcentered_1986_2034"]
    np.testing.assert_allclose(found, wanted, atol=6e-7)


@pytest.mark.parametrize("window", COLUMNS)
def test_raw_shares_equal_the_reference(reference, window):
    found = newyear.shares(newyear.dates(), *newyear.WINDOWS[window]).reindex(reference.index, fill_value=0.0)
    np.testing.assert_allclose(found, reference[f"{COLUMNS[window]}_raw"], atol=6e-7)


def test_every_date_is_new_moon_day_in_range():
    day1 = newyear.dates()
    assert list(day1.index) == list(range(1985, 2036))
    assert (day1.dt.year == day1.index).all()
    assert ((day1.dt.strftime("%m-%d") >= "01-21") & (day1.dt.strftime("%m-%d") <= "02-20")).all()
    # a lunar year has 12 or 13 months: 353 to 355 or 383 to 385 days
    assert day1.diff().dropna().dt.days.isin([353, 354, 355, 383, 384, 385]).all()
    # mean lunation 29.530588 days: all dates lie within a day and a bit of one grid of new moons
    phase = ((day1 - day1.iloc[0]).dt.days / 29.530588) % 1
    assert np.ptp((phase + 0.5) % 1) * 29.53 < 2


@pytest.mark.parametrize("day", ["1985-02-20", "1995-01-31", "2003-02-01", "2007-02-18", "2020-01-25", "2021-02-12",
                                 "2033-01-31", "2034-02-19", "2035-02-08"])
def test_known_dates(day):
    assert newyear.dates([int(day[:4])]).iloc[0] == pd.Timestamp(day)


@given(first=st.integers(-40, 40), length=st.integers(1, 40), year=st.integers(1985, 2035))
@settings(max_examples=60, deadline=None)
def test_shares_of_a_year_sum_to_one(first, length, year):
    share = newyear.shares(newyear.dates([year]), first, first + length - 1)
    assert share.sum() == pytest.approx(1)
    assert (share > 0).all()


@given(windows=st.sets(st.sampled_from(sorted(newyear.WINDOWS)), min_size=1))
@settings(max_examples=20, deadline=None)
def test_regressors_average_to_zero_by_calendar_month_over_the_base(windows):
    index = pd.period_range("1986-01", "2034-12", freq="M")
    found = newyear.regressors(index, sorted(windows))
    assert found.groupby(index.month).mean().abs().to_numpy().max() < 1e-12
    # what a year gains in one month it loses in another
    assert found.groupby(index.year).sum().abs().to_numpy().max() < 1e-12


def test_own_window_and_own_dates():
    index = pd.period_range("2022-01", "2022-02", freq="M")
    day1 = pd.Series(pd.to_datetime(["2022-02-01"]), index=[2022])
    found = newyear.regressors(index, {"eve": (-1, -1)}, dates=day1, base=(2022, 2022))
    assert found["eve"].tolist() == [0.0, 0.0]  # one year is its own mean


@pytest.mark.parametrize("call", [
    lambda: newyear.dates([1900]),
    lambda: newyear.regressors(pd.period_range("2040-01", periods=2, freq="M")),
    lambda: newyear.regressors(pd.date_range("2020-01-01", periods=2)),
    lambda: newyear.regressors(pd.period_range("2020-01", periods=2, freq="M"), ["week"]),
    lambda: newyear.shares(newyear.dates([2020]), 3, 2),
])
def test_bad_input_is_one_clear_error(call):
    with pytest.raises(TradeDataError):
        call()
