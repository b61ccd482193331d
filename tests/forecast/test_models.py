"""Models: joint spread against theory and simulation, New Year effects found, bad input refused."""

import warnings

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.forecast import COMBINATION, MODELS, choose_regressors, forecast, statespace
from trade_lib.forecast.innovations import innovation_paths
from trade_lib.measures import newyear

LOG_MODELS = ("ets", "theta", "sarima", "structural")


def simulated(seed, n=108, level=0.04, noise=0.05, start="2010-01", ahead=12):
    """A random-walk level with noise and a fixed season, on logs; the whole series."""
    rng = np.random.default_rng(seed)
    season = 0.1 * np.sin(2 * np.pi * np.arange(n + ahead) / 12)
    z = 2 + np.cumsum(rng.normal(0, level, n + ahead)) + season + rng.normal(0, noise, n + ahead)
    return pd.Series(np.exp(z), pd.period_range(start, periods=n + ahead, freq="M"), name="simulated")


def test_innovation_paths_have_the_covariance_of_the_moving_average():
    psi = np.array([1.0, 0.6, 0.3, 0.2])
    rng = np.random.default_rng(0)
    paths = innovation_paths(np.zeros(4), psi, rng.normal(size=5000), 60000, rng)
    lower = np.array([[psi[i - j] if i >= j else 0.0 for j in range(4)] for i in range(4)])
    np.testing.assert_allclose(np.cov(paths.T), lower @ lower.T, atol=0.06)


@pytest.mark.filterwarnings("ignore:Maximum Likelihood")
@pytest.mark.parametrize("name", ["sarima", "structural"])
def test_spread_grows_as_the_state_space_model_says(name, monkeypatch):
    seen = {}
    original = statespace._state_space_paths

    def keep(fit, *arguments):
        seen["fit"] = fit
        return original(fit, *arguments)

    monkeypatch.setattr(statespace, "_state_space_paths", keep)
    y = simulated(1).iloc[:-12]
    paths = np.log(MODELS[name](y, 12, 20000, np.random.default_rng(0)))
    told = seen["fit"].get_forecast(12)
    np.testing.assert_allclose(paths.mean(axis=0), told.predicted_mean, atol=0.01)
    # drawn residuals are scaled up for the fitted parameters, so levels differ by a few per cent, growth does not
    np.testing.assert_allclose(paths.std(axis=0), told.se_mean, rtol=0.12)
    np.testing.assert_allclose(paths.std(axis=0) / paths.std(axis=0)[0], told.se_mean / told.se_mean[0], rtol=0.04)


@pytest.mark.parametrize("name", ["ets", "theta"])
def test_year_totals_of_a_known_process_are_covered(name):
    hits80, hits95 = [], []
    for seed in range(60):
        y = simulated(seed)
        total = forecast(y.iloc[:-12], 12, name, n_paths=800, seed=1).total()
        lo95, lo80, hi80, hi95 = np.quantile(total, [0.025, 0.1, 0.9, 0.975])
        outcome = y.iloc[-12:].sum()
        hits80.append(lo80 <= outcome <= hi80)
        hits95.append(lo95 <= outcome <= hi95)
    # two and a half standard errors of 60 trials are 13 and 7 points; less is fitted than known, so lower is expected
    assert 0.66 <= np.mean(hits80) <= 0.93
    assert np.mean(hits95) >= 0.87


def test_combination_covers_a_known_process():
    hits = []
    for seed in range(8):
        y = simulated(100 + seed, n=84)
        quantiles = forecast(y.iloc[:-12], 12, n_paths=800, seed=1).quantile([0.1, 0.9])
        actual = y.iloc[-12:]
        hits += list((actual >= quantiles[0.1]) & (actual <= quantiles[0.9]))
    assert 0.62 <= np.mean(hits) <= 0.95


@pytest.mark.parametrize("name", [*MODELS, COMBINATION])
def test_same_seed_same_paths_other_seed_other_paths(name):
    y = simulated(2).iloc[:-12]
    first, again, other = (forecast(y, 3, name, n_paths=50, seed=s).paths for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("name", MODELS)
def test_known_months_reduce_the_variance_of_the_year(name):
    y = simulated(3)
    spread = []
    for known in (1, 6, 11):
        history = y.iloc[:96 + known]
        total = forecast(history, 12 - known, name, n_paths=800, seed=1).total(history.iloc[96:])
        spread.append(np.log(total).std())
    assert spread[0] > spread[1] > spread[2] > 0


@pytest.mark.parametrize("name", [*MODELS, COMBINATION])
def test_scale_of_the_series_does_not_matter(name):
    y = simulated(4, n=60).iloc[:-12]
    one, many = (forecast(y * k, 4, name, n_paths=200, seed=1).median() for k in (1.0, 1e9))
    np.testing.assert_allclose(many / 1e9, one, rtol=0.02)


def test_seasonal_naive_is_last_year():
    y = simulated(5).iloc[:-12]
    found = forecast(y, 24, "seasonal_naive", n_paths=4000, seed=1).median()
    np.testing.assert_allclose(found.iloc[:12], y.iloc[-12:], rtol=0.1)
    np.testing.assert_allclose(found.iloc[12:], found.iloc[:12], rtol=0.15)


def test_seasonal_naive_with_drift_follows_steady_growth_exactly():
    months = pd.period_range("2010-01", periods=72, freq="M")
    y = pd.Series(100 * 1.01 ** np.arange(72.0), months)
    found = forecast(y, 18, "seasonal_naive_drift", n_paths=10).median()
    np.testing.assert_allclose(found, 100 * 1.01 ** np.arange(72.0, 90.0), rtol=1e-9)


def shifted(effect, seed=6):
    """A simulated series whose New Year weeks are lowered, and candidate regressors."""
    y = simulated(seed, n=144, level=0.02, noise=0.02)
    x = newyear.regressors(y.index, ["pre7", "pre14", "during7", "post14"])
    return y * np.exp(effect * x["during7"]), x


def test_new_year_windows_are_found_in_the_sample_only_when_they_are_there():
    sets = (("during7",), ("pre14", "during7", "post14"))
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        y, x = shifted(-0.4)
        assert "during7" in choose_regressors(y.iloc[:132], x, sets)
        chosen = [choose_regressors(shifted(0.0, seed)[0].iloc[:132], x, sets) for seed in range(3)]
    assert chosen.count(()) >= 2


@pytest.mark.parametrize("name", LOG_MODELS)
def test_regressors_carry_the_new_year_into_the_forecast(name):
    y, x = shifted(-0.5)  # day 1 in 2022: 1 February, so February takes the whole holiday
    history = y.loc[:"2021-12"]
    index = pd.period_range(y.index[0], "2022-12", freq="M")
    x = newyear.regressors(index, ["during7"])
    with_x, without = (forecast(history, 2, name, n_paths=2000, seed=1, x=z).median() for z in (x, None))
    moved = np.log(with_x / without)
    wanted = -0.5 * x["during7"].iloc[-12:-10].to_numpy()
    assert wanted[0] > 0 > wanted[1]
    np.testing.assert_allclose(moved.to_numpy(), wanted, atol=0.1)


# ---- awkward series

def monthly(values, start="2015-01"):
    return pd.Series(values, pd.period_range(start, periods=len(values), freq="M"), name="awkward")


def test_constant_series_stays_constant():
    for name in ("seasonal_naive", "seasonal_naive_drift", COMBINATION):
        found = forecast(monthly([5.0] * 60), 6, name, n_paths=100)
        np.testing.assert_allclose(found.paths, 5.0, rtol=1e-3)


def test_series_with_zeros_goes_to_the_reserve_rule_and_says_so():
    y = simulated(7).iloc[:-12]
    y.iloc[40] = 0.0
    found = forecast(y, 6, n_paths=100)
    assert any("used instead" in note for note in found.notes)
    assert sum("left out" in note for note in found.notes) == 4
    with pytest.raises(TradeDataError, match="2013-05"):
        forecast(y, 6, "ets")


def test_two_years_are_enough_for_the_reserve_rule_and_one_is_not():
    y = simulated(8).iloc[:30]
    assert forecast(y, 3, n_paths=50).paths.shape == (50, 3)
    with pytest.raises(TradeDataError, match="too short"):
        forecast(y.iloc[:12], 3)
    with pytest.raises(TradeDataError):
        forecast(y.iloc[:1], 3)


GOOD = simulated(9).iloc[:-12]


@pytest.mark.parametrize(("y", "horizon", "options"), [
    (GOOD.drop(GOOD.index[5]), 3, {}),
    (pd.concat([GOOD, GOOD.iloc[-1:]]), 3, {}),
    (GOOD.astype(object).where(GOOD.index != GOOD.index[4], "n/a"), 3, {}),
    (GOOD.where(GOOD.index != GOOD.index[4]), 3, {}),
    (GOOD.where(GOOD.index != GOOD.index[4], np.inf), 3, {}),
    (GOOD.where(GOOD.index != GOOD.index[4], -1.0), 3, {"model": "sarima"}),
    (GOOD.to_timestamp(), 3, {}),
    (GOOD.to_numpy(), 3, {}),
    (GOOD.iloc[:0], 3, {}),
    (GOOD, 0, {}),
    (GOOD, 1.5, {}),
    (GOOD, 3, {"n_paths": 0}),
    (GOOD, 3, {"model": "oracle"}),
    (GOOD, 3, {"members": ("ets", "oracle")}),
    (GOOD, 3, {"x": pd.DataFrame({"a": 1.0}, index=GOOD.index)}),
    (GOOD, 1, {"x": pd.DataFrame({"a": np.nan}, index=GOOD.index.union([GOOD.index[-1] + 1]))}),
])
def test_bad_input_is_one_clear_error(y, horizon, options):
    with pytest.raises(TradeDataError):
        forecast(y, horizon, **options)


def test_no_warning_leaves_a_fit():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        forecast(simulated(10, n=48).iloc[:-12], 3, n_paths=50)
