"""A panel in one call: bad series are isolated, odd histories get sensible forecasts, nothing looks ahead."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.errors import TradeDataError
from trade_lib.forecast import fast, forecast, forecast_panel, learn, pool
from trade_lib.forecast.panel import draw
from trade_lib.forecast.pool import Pooled
from trade_lib.forecast.prepare import ERRORS, back, effect_of, without_outliers
from trade_lib.forecast.study import study


def months(n, start="2010-01"):
    return pd.period_range(start, periods=n, freq="M").astype(str)


def seasonal(n, seed=0, level=5.0, noise=0.05):
    """A trending, seasonal, positive series."""
    rng = np.random.default_rng(seed)
    t = np.arange(n)
    return np.exp(level + 0.004 * t + 0.2 * np.sin(t * np.pi / 6) + np.cumsum(rng.normal(0, noise / 2, n))
                  + rng.normal(0, noise, n))


def long(**series):
    return pd.concat([pd.DataFrame({"series": name, "month": months(len(y)), "value": list(y)})
                      for name, y in series.items()], ignore_index=True)


@pytest.fixture(scope="module")
def panel():
    return long(**{f"s{k}": seasonal(90, seed=k) for k in range(6)})


def test_every_month_of_every_series_is_forecast(panel):
    found, failed = forecast_panel(panel, 5, n_paths=200)
    assert failed.empty and len(found) == 30
    assert (found["lo95"] <= found["lo80"]).all() and (found["lo80"] <= found["median"]).all()
    assert (found["median"] <= found["hi80"]).all() and (found["hi80"] <= found["hi95"]).all()
    assert found.groupby("series")["month"].first().astype(str).eq("2017-07").all()


def test_same_seed_same_numbers_whatever_the_order_of_rows(panel):
    once, _ = forecast_panel(panel, 3, n_paths=100, seed=4)
    shuffled, _ = forecast_panel(panel.sample(frac=1, random_state=0), 3, n_paths=100, seed=4)
    pd.testing.assert_frame_equal(once, shuffled)


def test_a_part_of_the_panel_gets_the_whole_panels_numbers(panel):
    whole, _ = forecast_panel(panel, 3, n_paths=100)
    part, _ = forecast_panel(panel[panel["series"] == "s2"], 3, n_paths=100, pooled=learn(panel, 3))
    pd.testing.assert_frame_equal(whole[whole["series"] == "s2"].reset_index(drop=True), part)


def test_the_future_does_not_enter(panel):
    """A wild month after the origin changes nothing before it."""
    cut = panel[panel["month"] <= months(80)[-1]]
    wild = panel.copy()
    wild.loc[wild["month"] > months(80)[-1], "value"] *= 50
    once, _ = forecast_panel(cut, 3, n_paths=100)
    again, _ = forecast_panel(wild[wild["month"] <= months(80)[-1]], 3, n_paths=100)
    pd.testing.assert_frame_equal(once, again)


BROKEN = {
    "twice": (["2020-01", "2020-01"], [1, 2], "month given twice"),
    "gap": (["2020-01", "2020-03"], [1, 2], "month missing"),
    "text": (["2020-01", "2020-02"], [1, "many"], "not a number"),
    "infinite": (["2020-01", "2020-02"], [1, np.inf], "infinite"),
    "missing": (["2020-01", "2020-02"], [1, np.nan], "value missing"),
    "quarter": (["2020-01", "2020Q2"], [1, 2], "not a month"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_series_costs_no_other(panel, name):
    when, values, reason = BROKEN[name]
    frame = pd.concat([panel.astype({"value": object}),
                       pd.DataFrame({"series": name, "month": when, "value": values})])
    found, failed = forecast_panel(frame, 2, n_paths=50)
    assert found["series"].nunique() == 6
    assert failed["series"].tolist() == [name] and reason in failed["reason"][0]


@pytest.mark.parametrize("options, message", [
    ({"horizon": 0}, "horizon"), ({"horizon": 2.5}, "horizon"), ({"model": "oracle"}, "no such model"),
    ({"n_paths": 0}, "paths"), ({"levels": (80, 100)}, "level"),
])
def test_a_bad_call_is_refused(panel, options, message):
    with pytest.raises(TradeDataError, match=message):
        forecast_panel(panel, **{"horizon": 2, **options})


def test_frames_without_rows_or_columns_are_refused(panel):
    with pytest.raises(TradeDataError, match="no rows"):
        forecast_panel(panel.iloc[:0], 2)
    with pytest.raises(TradeDataError, match="month"):
        forecast_panel(panel.drop(columns="month"), 2)


def test_regressors_that_end_too_early_are_a_reported_failure(panel):
    x = pd.DataFrame({"holiday": 1.0}, index=pd.period_range("2010-01", periods=91, freq="M"))
    found, failed = forecast_panel(panel, 4, x=x, n_paths=50)
    assert len(failed) == 6 and found.empty and "do not cover" in failed["reason"][0]


HISTORIES = {
    "constant": (np.full(60, 7.0), "constant"), "zeros": (np.zeros(60), "constant"),
    "intermittent": (np.where(np.arange(60) % 3 == 0, 9.0, 0.0), "intermittent"),
    "one": (np.array([5.0]), "tiny"), "three": (np.array([5.0, 6.0, 5.5]), "tiny"),
    "fourteen": (np.arange(1.0, 15.0), "short"), "thirty": (seasonal(30), "short"),
    "some zeros": (np.where(np.arange(72) % 9 == 0, 0.0, seasonal(72)), ""),
    "negative": (np.random.default_rng(0).normal(0, 1, 60), ""), "trend": (np.arange(1.0, 80.0), ""),
    "huge": (1e14 * seasonal(72), ""), "minute": (1e-9 * seasonal(72), ""),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_any_history_gets_a_sensible_forecast_that_says_what_it_is(name):
    y, kind = HISTORIES[name]
    found, failed = forecast_panel(long(a=y), 14, n_paths=400)
    assert failed.empty and len(found) == 14
    assert found["model"].eq(f"panel ({kind})" if kind else "panel").all()
    numbers = found[["mean", "median", "lo80", "hi80", "lo95", "hi95"]].to_numpy(float)
    assert np.isfinite(numbers).all()
    if (y >= 0).all():
        assert (numbers >= 0).all()
    if kind == "constant":
        assert (numbers == y[0]).all()
    else:
        assert (found["hi95"] > found["lo95"]).all(), "an uncertain month needs a width"
        span = np.ptp(y) + abs(y).max()
        assert found["median"].between(y.min() - 2 * span, y.max() + 2 * span).all()


def test_an_intermittent_history_keeps_its_zeros():
    y = HISTORIES["intermittent"][0]
    part = study(pd.Series(y, pd.period_range("2010-01", periods=60, freq="M")), 6)
    paths = draw(part, Pooled(), 6, n_paths=3000)
    assert set(np.unique(paths)) == {0.0, 9.0}
    assert (paths == 0).mean() == pytest.approx(2 / 3, abs=0.03)


def test_a_trend_is_not_flattened_by_every_member():
    y = pd.Series(np.exp(0.02 * np.arange(96)), pd.period_range("2010-01", periods=96, freq="M"))
    part = study(y, 12)
    middle = pool.combine(part["now"], part["names"], Pooled())
    assert 0.5 < np.log(back(middle[-1], ERRORS, part["unit"]) / y.iloc[-1]) / (0.02 * 12) < 1.3


def test_a_member_that_fails_or_explodes_is_left_out(monkeypatch):
    def explode(z, horizon, season=12):
        return np.full(horizon, 1e9)

    def fail(z, horizon, season=12):
        raise RuntimeError("compiled fit gave up")

    monkeypatch.setitem(fast.FAST, "dot", explode)
    monkeypatch.setitem(fast.FAST, "ces", fail)
    y = pd.Series(seasonal(80), pd.period_range("2010-01", periods=80, freq="M"))
    part = study(y, 6)
    assert set(part["notes"]) == {"dot", "ces"}
    assert np.isfinite(pool.combine(part["now"], part["names"], Pooled())).all()


def test_weights_follow_past_errors_and_trim_the_worst():
    names, usable = ("a", "b", "c"), np.array([True, True, True])
    w = pool.weights(names, usable, Pooled(scores={"a": 0.8, "b": 1.0, "c": 1.3}))
    assert w[0] > w[1] > 0 and w[2] == 0 and w.sum() == pytest.approx(1)
    assert pool.weights(names, np.array([False, True, True]), Pooled()).tolist() == [0, 0.5, 0.5]


def test_the_spread_is_that_of_a_known_process():
    """Random walks on logs: limits at each horizon hold about what they say."""
    rng = np.random.default_rng(5)
    walks = np.exp(4 + np.cumsum(rng.normal(0, 0.05, (60, 96)), axis=1))
    frame = long(**{f"w{k}": walk[:84] for k, walk in enumerate(walks)})
    found, _ = forecast_panel(frame, 12, n_paths=400, processes=1)
    inside = found.sort_values(["series", "month"])
    actual = np.concatenate([walks[int(name[1:])][84:] for name in sorted(frame["series"].unique())])
    assert 0.70 <= ((inside["lo80"] <= actual) & (actual <= inside["hi80"])).mean() <= 0.90
    assert 0.89 <= ((inside["lo95"] <= actual) & (actual <= inside["hi95"])).mean() <= 0.99


def test_a_wilder_series_gets_wider_limits(panel):
    frame = pd.concat([panel, long(wild=seasonal(90, seed=9, noise=0.4))])
    found, _ = forecast_panel(frame, 6, n_paths=200)
    width = np.log(found["hi80"] / found["lo80"]).groupby(found["series"]).mean()
    assert width["wild"] > 3 * width.drop("wild").max()


def test_effect_of_finds_the_regressor_that_moves_the_series():
    rng = np.random.default_rng(0)
    index = pd.period_range("2000-01", periods=132, freq="M")
    x = pd.DataFrame({"real": rng.normal(0, 1, 132), "idle": rng.normal(0, 1, 132)}, index=index)
    z = np.cumsum(rng.normal(0, 0.02, 120)) + 0.3 * x["real"].to_numpy()[:120]
    effect, chosen = effect_of(z, x, [("idle",), ("real",)])
    assert chosen == ("real",)
    np.testing.assert_allclose(effect, 0.3 * x["real"], atol=0.05)
    taken = [effect_of(rng.normal(0, 1, 120), x, [("idle",)])[1] for _ in range(100)]
    assert taken.count(("idle",)) <= 10, "a regressor that does nothing is seldom taken"
    with pytest.raises(TradeDataError, match="not given"):
        effect_of(z, x, [("absent",)])


@pytest.mark.parametrize("name", sorted(set(fast.FAST) - {"ets_auto", "arima_auto"}))
def test_members_recover_a_season_and_stay_sane(name):
    z = np.log(seasonal(96, noise=0.01))
    middle = fast.FAST[name](z, 12)
    assert len(middle) == 12 and fast.sane(np.asarray(middle), z)
    if name not in ("theta_plain", "last_value"):
        actual = np.log(seasonal(108, noise=0.01))[96:]
        assert np.abs(middle - actual).mean() < 0.12


def test_a_wild_month_is_set_aside_for_the_fit_alone():
    """The members see it smoothed, the last months as they were; the errors it made are counted in full."""
    y = seasonal(96, noise=0.02)
    wild = np.where(np.arange(96) == 90, 8 * y, y)
    calm, odd = (study(pd.Series(v, pd.period_range("2010-01", periods=96, freq="M")), 6) for v in (y, wild))
    assert calm["outliers"] == 0 and odd["outliers"] == 1
    middles = [back(pool.combine(p["now"], p["names"], Pooled()), ERRORS, p["unit"]) for p in (calm, odd)]
    np.testing.assert_allclose(middles[1], middles[0], rtol=0.08)
    assert max(abs(e).max() for e in pool.past_errors(odd, Pooled())) > 5 * max(
        abs(e).max() for e in pool.past_errors(calm, Pooled()))


def test_the_last_month_and_a_new_level_are_left_as_they_are():
    z = np.log(seasonal(96, noise=0.02))
    last = np.where(np.arange(96) == 95, z + 2, z)
    level = np.where(np.arange(96) >= 60, z + 1, z)
    for history in (last, level):
        found, count = without_outliers(history)
        assert count == 0
        np.testing.assert_array_equal(found, history)


def test_what_is_an_outlier_does_not_depend_on_later_months_once_they_are_cut():
    z = np.log(seasonal(96, noise=0.02))
    z[50] += 3
    before = without_outliers(z[:80])[0]
    later = z.copy()
    later[80:] += np.random.default_rng(0).normal(0, 5, 16)
    np.testing.assert_array_equal(before, without_outliers(later[:80])[0])
    assert abs(before[50] - z[49]) < 0.6


def test_a_common_factor_lends_a_late_series_what_the_others_show():
    """Eleven partners move together; one reports four months later than the others: their growth tells its months."""
    rng = np.random.default_rng(3)
    wave = np.cumsum(rng.normal(0, 0.08, 120))
    own = {f"p{k:02d}": np.exp(5 + wave + np.cumsum(rng.normal(0, 0.005, 120)) + rng.normal(0, 0.01, 120))
           for k in range(12)}
    frame = long(**{name: y if name != "p00" else y[:116] for name, y in own.items()})
    error = {}
    for model in ("seasonal_ar", "common_factor"):
        found, _ = forecast_panel(frame, 4, model=model, n_paths=50)
        ours = found[found["series"] == "p00"]["median"].to_numpy()
        error[model] = np.abs(np.log(ours / own["p00"][116:])).mean()
    assert error["common_factor"] < 0.6 * error["seasonal_ar"]


def test_without_a_panel_there_is_no_factor():
    y = seasonal(96)
    found, failed = forecast_panel(long(a=y), 3, model="common_factor", n_paths=50)
    same, _ = forecast_panel(long(a=y), 3, model="seasonal_ar", n_paths=50)
    assert failed.empty
    pd.testing.assert_frame_equal(found.drop(columns="model"), same.drop(columns="model"))


@pytest.mark.parametrize("name", ["panel", "dot", "ces", "stl_theta", "ets_auto", "arima_auto", "theta", "combination"])
def test_one_series_by_any_model(name):
    y = pd.Series(seasonal(72), pd.period_range("2010-01", periods=72, freq="M"), name="flow")
    found = forecast(y, 5, name, n_paths=80, seed=3)
    assert found.paths.shape == (80, 5) and found.model == name and found.key == "flow"
    np.testing.assert_array_equal(found.paths, forecast(y, 5, name, n_paths=80, seed=3).paths)
    assert (np.abs(np.log(found.median() / y.iloc[-12:-7].to_numpy())) < 0.5).all()


def test_one_series_by_no_model_or_broken_is_refused():
    y = pd.Series(seasonal(72), pd.period_range("2010-01", periods=72, freq="M"))
    with pytest.raises(TradeDataError, match="no such model"):
        forecast(y, 2, "oracle")
    with pytest.raises(TradeDataError, match="month missing"):
        forecast(y.drop(y.index[5]), 2, "panel")


def test_limits_of_a_series_that_moves_by_factors_stay_sane():
    """On logs the upper limit of such a series ran away to thousands of times its largest month."""
    y = np.exp(np.random.default_rng(1).normal(2, 1.6, 96))
    found, _ = forecast_panel(long(a=y, **{f"s{k}": seasonal(96, seed=k) for k in range(5)}), 24, n_paths=500)
    assert found[found["series"] == "a"]["hi95"].max() < 3 * y.max()
