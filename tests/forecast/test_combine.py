"""What enters the combination, and how its spread is corrected."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.forecast import MODELS, backtest, forecast
from trade_lib.forecast.calibrate import rescale, spread_factors
from trade_lib.forecast.combine import insane
from trade_lib.forecast.models import Model


def walk(seed=0, n=96, scale=0.05):
    z = np.cumsum(np.random.default_rng(seed).normal(0, scale, n))
    return pd.Series(np.exp(z), pd.period_range("2012-01", periods=n, freq="M"), name="walk")


@pytest.mark.parametrize(("paths", "word"), [
    (lambda n, h: np.full((n, h), np.nan), "finite"),
    (lambda n, h: np.full((n, h), 1e6), "median"),
    (lambda n, h: 1 + 1e3 * np.linspace(-1, 1, n)[:, None] * np.ones(h), "wide"),
])
def test_a_member_gone_astray_is_left_out_and_named(monkeypatch, paths, word):
    y = walk()
    before = forecast(y, 4, n_paths=300, members=("theta",))
    astray = Model(lambda y, x: None, lambda fitted, y, horizon, n_paths, rng, x: paths(n_paths, horizon))
    monkeypatch.setitem(MODELS, "ets", astray)
    after = forecast(y, 4, n_paths=300, members=("ets", "theta"))
    assert [note for note in after.notes if "left out ets" in note and word in note]
    np.testing.assert_array_equal(after.paths, before.paths)


def test_sane_paths_are_sane():
    y = walk()
    assert insane(np.tile(y.to_numpy()[-12:], (5, 1)), y) is None


def test_pool_takes_the_members_in_equal_numbers():
    y = walk(1)
    pool = forecast(y, 3, n_paths=201, members=("seasonal_naive", "seasonal_naive_drift"), calibrated=False).paths
    first, second = (forecast(y, 3, name, n_paths=201).paths for name in ("seasonal_naive", "seasonal_naive_drift"))
    np.testing.assert_array_equal(pool, np.vstack([first[:101], second[:100]]))


def test_rescaling_keeps_the_median_and_the_ranks():
    paths = np.exp(np.random.default_rng(0).normal(size=(501, 3)))
    wide = rescale(paths, [1.0, 2.0, 0.5])
    np.testing.assert_allclose(np.median(wide, axis=0), np.median(paths, axis=0))
    np.testing.assert_array_equal(wide.argsort(axis=0), paths.argsort(axis=0))
    np.testing.assert_allclose(np.log(wide).std(axis=0) / np.log(paths).std(axis=0), [1.0, 2.0, 0.5], rtol=1e-2)


def test_spread_factors_follow_past_errors():
    calm = walk(2, 144)
    # errors larger than the early months announced widen the spread, smaller ones narrow it
    steps = np.random.default_rng(5).normal(0, 1, 144)
    louder = pd.Series(np.exp(np.cumsum(steps * np.where(np.arange(144) < 72, 0.02, 0.2))), calm.index)
    quieter = pd.Series(np.exp(np.cumsum(steps * np.where(np.arange(144) < 72, 0.2, 0.02))), calm.index)
    assert spread_factors(louder, 6).min() > 1.2
    assert spread_factors(quieter, 6)[0] < 0.9 and spread_factors(quieter, 6).mean() < 1
    assert 0.8 < spread_factors(calm, 6).mean() < 1.25


def test_spread_factors_of_short_or_zero_holding_series_are_one():
    y = walk(3)
    assert spread_factors(y.iloc[:30], 5).tolist() == [1.0] * 5
    assert spread_factors(y.where(y.index != y.index[50], 0.0), 2).tolist() == [1.0, 1.0]


def test_backtest_rows_do_not_see_the_months_they_are_scored_on():
    y = walk(4)
    origin = y.index[70]
    broken = y.where(y.index <= origin, y * 3)
    (first, _), (second, _) = (backtest(z, 4, [origin], ("theta", "seasonal_naive"), n_paths=100) for z in (y, broken))
    same = ["series", "model", "origin", "horizon", "month", "mean", "median", "lo80", "hi80", "lo95", "hi95"]
    pd.testing.assert_frame_equal(first[same], second[same])
    assert (second["actual"] > first["actual"]).all()
    assert len(first) == 8 and (first["crps"] >= 0).all()


def test_backtest_beyond_the_end_has_no_actual():
    y = walk(5)
    found, _ = backtest(y, 2, [y.index[-2]], ["seasonal_naive"], n_paths=50)
    assert found["actual"].isna().tolist() == [False, True] and found["crps"].isna().tolist() == [False, True]


@pytest.mark.parametrize("origins", [[], ["1999-01"]])
def test_backtest_needs_an_origin_within_the_series(origins):
    with pytest.raises(TradeDataError):
        backtest(walk(), 2, origins, ["seasonal_naive"])
