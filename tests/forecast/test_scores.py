"""Scores against closed forms and brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trade_lib.forecast import scores

DRAWS = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30)


@given(DRAWS, st.floats(-1e3, 1e3))
@settings(max_examples=60, deadline=None)
def test_crps_equals_its_double_sum(draws, outcome):
    x = np.array(draws)
    wanted = np.abs(x - outcome).mean() - np.abs(x[:, None] - x).mean() / 2
    assert scores.crps(draws, outcome) == pytest.approx(wanted, abs=1e-8)


def test_crps_of_a_normal_equals_the_closed_form():
    draws = stats.norm.ppf((np.arange(20000) + 0.5) / 20000)
    z = 0.7
    closed = z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi)
    assert scores.crps(draws, z) == pytest.approx(closed, abs=1e-3)


def test_pit_is_uniform_when_outcomes_come_from_the_draws():
    rng = np.random.default_rng(3)
    values = [scores.pit(rng.normal(size=400), rng.normal()) for _ in range(400)]
    assert stats.kstest(values, "uniform").pvalue > 0.01
    narrow = [scores.pit(rng.normal(0, 0.4, size=400), rng.normal()) for _ in range(400)]
    assert stats.kstest(narrow, "uniform").pvalue < 1e-6


def test_reliability_of_honest_probabilities_lies_on_the_diagonal():
    rng = np.random.default_rng(1)
    stated = rng.uniform(size=20000)
    happened = rng.uniform(size=20000) < stated
    table = scores.reliability(stated, happened)
    assert table["forecasts"].sum() == 20000
    assert (table["stated"] - table["happened"]).abs().max() < 0.03
