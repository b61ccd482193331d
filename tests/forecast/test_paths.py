"""A forecast read off its paths: totals, probabilities and quantiles agree with one another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from trade_lib import TradeDataError
from trade_lib.forecast import Forecast, summary, year_months

MONTHS = pd.period_range("2021-10", "2021-12", freq="M")
KNOWN = pd.Series(np.arange(1.0, 10.0), pd.period_range("2021-01", "2021-09", freq="M"))
PATHS = arrays(float, st.tuples(st.integers(1, 40), st.just(3)), elements=st.floats(0, 1e6, width=32))


def of(paths):
    return Forecast(paths, MONTHS, pd.Period("2021-09", "M"), "given", 0)


@given(PATHS)
@settings(max_examples=50, deadline=None)
def test_total_is_known_months_plus_the_sum_of_each_path(paths):
    total = of(paths).total(KNOWN)
    np.testing.assert_allclose(total, 45.0 + np.asarray(paths, float).sum(axis=1))
    np.testing.assert_allclose(total.mean(), 45.0 + of(paths).mean().sum())
    np.testing.assert_allclose(of(paths).total(KNOWN, year_months(2021)), total)


@given(PATHS, st.floats(0, 3e6), st.floats(0, 3e6))
@settings(max_examples=50, deadline=None)
def test_probability_of_exceeding_falls_with_the_threshold(paths, a, b):
    low, high = sorted((a, b))
    assert of(paths).prob_exceeds(low, KNOWN) >= of(paths).prob_exceeds(high, KNOWN)
    assert of(paths).prob_exceeds(-1, KNOWN) == 1 and of(paths).prob_exceeds(1e8, KNOWN) == 0


@given(PATHS)
@settings(max_examples=50, deadline=None)
def test_limits_are_ordered_and_agree_with_quantiles(paths):
    table = of(paths).to_frame()
    ordered = table[["lo95", "lo80", "median", "hi80", "hi95"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0).all()
    np.testing.assert_allclose(table["lo80"], of(paths).quantile([0.1])[0.1])


def test_quantiles_of_a_total_are_not_sums_of_quantiles():
    draws = np.random.default_rng(0).normal(100, 10, (4000, 3))
    joint = np.diff(np.quantile(of(draws).total(), [0.1, 0.9]))[0]
    summed = (of(draws).quantile([0.9])[0.9] - of(draws).quantile([0.1])[0.1]).sum()
    assert joint == pytest.approx(summed / np.sqrt(3), rel=0.06)


def test_window_takes_only_its_months():
    found = of([[1.0, 2.0, 4.0]]).total(KNOWN, pd.period_range("2021-09", "2021-10", freq="M"))
    assert found.tolist() == [10.0]


def test_paths_cannot_be_changed():
    paths = np.ones((2, 3))
    found = of(paths)
    paths[:] = 5
    assert found.mean().tolist() == [1, 1, 1]
    with pytest.raises(ValueError):
        found.paths[0, 0] = 2


@pytest.mark.parametrize("call", [
    lambda: of(np.ones((2, 2))),
    lambda: of(np.ones((0, 3))),
    lambda: of([[1.0, np.nan, 1.0]]),
    lambda: of(np.ones((2, 3))).quantile([1.2]),
    lambda: of(np.ones((2, 3))).total(KNOWN, pd.period_range("2022-01", periods=1, freq="M")),
    lambda: of(np.ones((2, 3))).total(pd.Series([1.0], pd.period_range("2021-10", periods=1, freq="M"))),
    lambda: of(np.ones((2, 3))).total(KNOWN.iloc[1:], year_months(2021)),
])
def test_bad_input_is_one_clear_error(call):
    with pytest.raises(TradeDataError):
        call()


def test_summary_reads_off_the_draws():
    found = summary(np.arange(1001.0), 900)
    assert [found[k] for k in ("mean", "lo95", "lo80", "hi80", "hi95")] == [500, 25, 100, 900, 975]
    assert found["p_exceed"] == pytest.approx(100 / 1001)
