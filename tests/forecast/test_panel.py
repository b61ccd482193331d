"""A panel in one call: bad series are isolated, odd histories get sensible forecasts, nothing looks ahead."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.errors import TradeDataError
from trade_lib.forecast import LONGEST, MEMBERS, MODELS, fitting, forecast, forecast_panel, learn, members


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
    large = pd.concat([panel.assign(series=panel["series"] + name) for name in "abcd"])
    whole, _ = forecast_panel(large, 3, n_paths=100)
    learnt = learn(large, 3)
    assert learnt.errors == 24 * 2 * 3  # series, past origins, months
    part, _ = forecast_panel(large[large["series"] == "s2a"], 3, n_paths=100, learnt=learnt)
    pd.testing.assert_frame_equal(whole[whole["series"] == "s2a"].reset_index(drop=True), part)


def test_a_large_panel_learns_from_some_of_its_series(monkeypatch):
    """Evenly spaced by name, whatever the order of rows; a panel below the limit learns from all."""
    frame = long(**{f"s{k:02d}": seasonal(60, seed=k) for k in range(24)})
    for most, taught in ((24, 24), (23, 12), (10, 8)):
        monkeypatch.setattr(fitting, "TAUGHT", most)
        assert learn(frame, 3, "seasonal_naive").errors == taught * 2 * 3
    mixed = learn(frame.sample(frac=1, random_state=0), 3, "seasonal_naive")
    assert mixed == learn(frame, 3, "seasonal_naive")


@pytest.mark.parametrize(("count", "errors"), [(19, 0), (20, 20 * 2 * 3)])
def test_few_series_learn_nothing(count, errors):
    frame = long(**{f"s{k:02d}": seasonal(60, seed=k) for k in range(count)})
    assert learn(frame, 3, "seasonal_naive").errors == errors


@pytest.mark.parametrize(("y", "kind"), [
    (np.arange(4.0), "tiny"), (np.arange(1.0, 6.0), "short"), (np.arange(1.0, 36.0), "short"),
    (np.arange(1.0, 37.0), "regular"), (np.r_[np.zeros(12), np.arange(1.0, 29.0)], "intermittent"),
    (np.r_[np.zeros(11), np.arange(1.0, 30.0)], "regular"), (np.full(5, 2.0), "constant"),
    (np.r_[np.full(39, 2.0), 2.0 + 1e-11], "regular"),
])
def test_what_a_history_is_changes_where_it_is_said_to(y, kind):
    assert members.kind_of(y) == kind


@pytest.mark.parametrize(("end", "usable"), [(2.99, True), (3.01, False), (-1.99, True), (-2.01, False),
                                             (np.nan, False)])
def test_a_path_is_plausible_within_twice_the_range_of_three_years(end, usable):
    z = np.r_[50.0, np.linspace(0.0, 1.0, 36)]  # what was before the three years does not count
    assert members.plausible_path(np.array([0.5, end]), z) == usable


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
    assert found["model"].eq(f"combination ({kind})" if kind else "combination").all()
    numbers = found[["mean", "median", "lo80", "hi80", "lo95", "hi95"]].to_numpy(float)
    assert np.isfinite(numbers).all()
    if (y >= 0).all():
        assert (numbers >= 0).all()
    if kind == "constant":
        np.testing.assert_allclose(numbers, y[0])
    else:
        assert (found["hi95"] > found["lo95"]).all(), "an uncertain month needs a width"
        span = np.ptp(y) + abs(y).max()
        assert found["median"].between(y.min() - 2 * span, y.max() + 2 * span).all()


def test_an_intermittent_history_keeps_its_zeros():
    y = pd.Series(HISTORIES["intermittent"][0], pd.period_range("2010-01", periods=60, freq="M"))
    paths = forecast(y, 6, n_paths=3000).paths
    assert set(np.unique(paths)) == {0.0, 9.0}
    assert (paths == 0).mean() == pytest.approx(2 / 3, abs=0.03)


def test_a_trend_is_not_flattened_by_every_member():
    y = pd.Series(np.exp(0.02 * np.arange(96)), pd.period_range("2010-01", periods=96, freq="M"))
    assert 0.3 < np.log(forecast(y, 12).median().iloc[-1] / y.iloc[-1]) / (0.02 * 12) < 1.3


def test_a_member_that_fails_or_explodes_is_left_out_and_named(monkeypatch):
    given = members.median_path

    def broken(name, z, horizon, season):
        if name == "theta":
            raise RuntimeError("compiled fit gave up")
        return np.full(horizon, 1e9) if name == "ets" else given(name, z, horizon, season)

    monkeypatch.setattr(members, "median_path", broken)
    y = pd.Series(seasonal(80), pd.period_range("2010-01", periods=80, freq="M"))
    made = forecast(y, 6)
    assert made.notes == ("left out theta: compiled fit gave up", "left out ets: path not plausible")
    np.testing.assert_allclose(made.median(), y.iloc[-12:-6], rtol=0.02)  # the one member left: the year before


def test_with_no_plausible_member_the_last_year_is_repeated(monkeypatch):
    given = members.median_path
    monkeypatch.setattr(members, "median_path", lambda name, z, horizon, season: given(name, z, horizon, season)
                        if name == "seasonal_naive" else np.full(horizon, np.nan))
    y = pd.Series(seasonal(80), pd.period_range("2010-01", periods=80, freq="M"))
    made = forecast(y, 6, "ets")
    assert "seasonal_naive used instead" in made.notes
    np.testing.assert_allclose(made.median(), y.iloc[-12:-6], rtol=0.02)


def test_the_middle_is_the_mean_of_the_members_on_logs():
    y = pd.Series(seasonal(90), pd.period_range("2010-01", periods=90, freq="M"), name="a")
    theta, ets, naive = (np.log(forecast(y, 6, name, n_paths=20000).median()) for name in MEMBERS)
    late = np.arange(1, 7) / (np.arange(1, 7) + 2.0)
    middle = np.log(forecast(y, 6, n_paths=20000).median())
    np.testing.assert_allclose(middle, (theta + ets + late * naive) / (2 + late), atol=0.004)


def test_one_series_is_a_panel_of_one(panel):
    """The same paths and so the same limits from either call: small panels use the stored error model."""
    y = pd.Series(seasonal(90, seed=2), pd.period_range("2010-01", periods=90, freq="M"), name="s2")
    table, _ = forecast_panel(panel, 5, n_paths=300)
    rows = table[table["series"] == "s2"]
    np.testing.assert_allclose(forecast(y, 5, n_paths=300).quantile([0.1])[0.1], rows["lo80"])


def test_a_horizon_beyond_what_was_evaluated_is_refused(panel):
    y = pd.Series(seasonal(90), pd.period_range("2010-01", periods=90, freq="M"))
    assert len(forecast(y, LONGEST, n_paths=20).index) == LONGEST
    for call in (lambda: forecast(y, LONGEST + 1), lambda: forecast_panel(panel, LONGEST + 1)):
        with pytest.raises(TradeDataError, match="beyond what was evaluated"):
            call()


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


@pytest.mark.parametrize("name", sorted(set(MODELS) - {"arima", "ets_auto"}))
def test_one_series_by_any_model(name):
    y = pd.Series(seasonal(96, noise=0.01), pd.period_range("2010-01", periods=96, freq="M"), name="flow")
    made = forecast(y, 12, name, n_paths=80, seed=3)
    assert made.paths.shape == (80, 12) and made.model == name and made.key == "flow" and not made.notes
    np.testing.assert_array_equal(made.paths, forecast(y, 12, name, n_paths=80, seed=3).paths)
    assert np.abs(np.log(made.median() / seasonal(108, noise=0.01)[96:])).mean() < 0.12


def test_one_series_by_no_model_or_broken_is_refused():
    y = pd.Series(seasonal(72), pd.period_range("2010-01", periods=72, freq="M"))
    with pytest.raises(TradeDataError, match="no such model"):
        forecast(y, 2, "oracle")
    with pytest.raises(TradeDataError, match="month missing"):
        forecast(y.drop(y.index[5]), 2)


def test_limits_of_a_series_that_moves_by_factors_stay_sane():
    """On logs the upper limit of such a series ran away to thousands of times its largest month."""
    y = np.exp(np.random.default_rng(1).normal(2, 1.6, 96))
    found, _ = forecast_panel(long(a=y, **{f"s{k}": seasonal(96, seed=k) for k in range(5)}), 24, n_paths=500)
    assert found[found["series"] == "a"]["hi95"].max() < 3 * y.max()
