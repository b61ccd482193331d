"""Regressors: the one that moves a series is found in its history, an idle one seldom, scored months unseen."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.forecast import backtest, forecast
from trade_lib.forecast.fitting import fit_history
from trade_lib.forecast.scales import GAIN, chosen_effect, least_squares_effect, scale_of
from trade_lib.measures import newyear

INDEX = pd.period_range("2000-01", periods=132, freq="M")


@pytest.fixture(scope="module")
def moved():
    rng = np.random.default_rng(0)
    x = pd.DataFrame({"real": rng.normal(0, 1, 132), "idle": rng.normal(0, 1, 132)}, index=INDEX)
    return np.cumsum(rng.normal(0, 0.02, 120)) + 0.3 * x["real"].to_numpy()[:120], x


def test_the_regressor_that_moves_the_series_is_chosen(moved):
    z, x = moved
    effect, chosen = chosen_effect(z, [x[["idle"]], x[["real"]]])
    assert chosen == ("real",)
    np.testing.assert_allclose(effect, 0.3 * x["real"], atol=0.05)
    np.testing.assert_array_equal(effect, least_squares_effect(z, x[["real"]])[0])


def test_a_regressor_that_does_nothing_is_seldom_taken(moved):
    rng = np.random.default_rng(1)
    taken = [chosen_effect(rng.normal(0, 1, 120), [moved[1][["idle"]]])[1] for _ in range(100)]
    assert taken.count(("idle",)) <= 10


def test_the_gain_asked_for_decides(moved):
    """Just above and just below what the criterion must gain."""
    z, x = moved
    target = np.diff(z[12:] - z[:-12])
    n = len(target)
    left = least_squares_effect(z, x[["real"]])[1]
    gain = n * np.log(np.mean(target ** 2) / np.mean(left ** 2)) - 4 * n / (n - 3)
    assert gain > GAIN
    noise = np.random.default_rng(2).normal(0, 1, 120)

    def chosen(share):
        mixed = share * z / z.std() + noise
        return chosen_effect(mixed, [x[["real"]]])[1], least_squares_effect(mixed, x[["real"]])[1], mixed

    for share in np.linspace(0.1, 1.5, 15):
        names, left, mixed = chosen(share)
        target = np.diff(mixed[12:] - mixed[:-12])
        gain = n * np.log(np.mean(target ** 2) / np.mean(left ** 2)) - 4 * n / (n - 3)
        assert (names == ("real",)) == (gain > GAIN)


def test_past_errors_come_from_regressors_fitted_before_them(moved):
    """A wild scored month changes no effect that was taken off before it."""
    z, x = moved
    y = pd.Series(np.exp(z), INDEX[:120])
    wild = y.where(np.arange(120) != 110, 50 * y)
    errors = [fit_history(v, 12, "ets", candidates=[x[["real"]]], backs=(12,)).past[0] for v in (y, wild)]
    np.testing.assert_array_equal(errors[0][1].middle, errors[1][1].middle)
    assert errors[1][0][2] > errors[0][0][2] + 1  # month 110 is the third scored


def test_new_year_enters_by_its_candidates():
    """Imports that halve in the seven days of New Year: known ahead, so the forecast follows the calendar."""
    months = pd.period_range("2000-01", "2013-12", freq="M")
    effect = -0.5 * newyear.regressors(months, ["during7"])["during7"]
    y = pd.Series(np.exp(3 + effect + np.random.default_rng(0).normal(0, 0.02, len(months))), months)
    known = y.loc[:"2012-12"]
    made = forecast(known, 12, x=newyear.candidates(months[0], months[-1]))
    assert made.regressors == ("during7",)
    np.testing.assert_allclose(made.median(), y.loc["2013"], rtol=0.08)
    with_, _ = backtest(y, 12, ["2012-12"], x=newyear.candidates(months[0], months[-1]))
    np.testing.assert_allclose(with_["actual"], y.loc["2013"])


@pytest.mark.parametrize("values", [[1.0, 4.0], [0.0, 4.0], [-1.0, 4.0], [1e-9, 1e14]])
def test_there_and_back(values):
    y = np.array(values)
    scale = scale_of(y)
    np.testing.assert_allclose(scale.to_values(scale.to_errors(scale.to_model(y))), y)


def test_a_flow_never_falls_below_zero_and_a_balance_may():
    assert scale_of(np.array([0.0, 1.0])).to_values(np.array([-1.0])).tolist() == [0.0]
    assert scale_of(np.array([2.0, 1.0])).to_values(np.array([-1.0])).tolist() == [0.0]
    assert scale_of(np.array([-2.0, 1.0])).to_values(np.array([-1.0])).tolist() == [-1.0]
