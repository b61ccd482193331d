"""Comparing models: hand-made scores, the size and power of the tests, and who is best."""

import numpy as np
import pandas as pd
import pytest
import scoringrules

from trade_lib.errors import TradeDataError
from trade_lib.forecast import compare, scores


def frame(models, actual, width=2.0, scale=1.0, series=4, origins=5):
    """Point forecasts of each model for the same outcomes: ``models`` maps a name to errors (series, origin, h)."""
    rows = []
    for name, errors in models.items():
        for (s, o, h), error in np.ndenumerate(errors):
            y = actual[s, o, h]
            middle = y + error
            rows.append({"series": f"s{s}", "origin": f"2020-{o + 1:02d}", "horizon": h + 1, "model": name,
                         "mean": middle, "lo80": middle - width, "hi80": middle + width, "lo95": middle - 2 * width,
                         "hi95": middle + 2 * width, "actual": y, "scale": scale})
    return pd.DataFrame(rows)


@pytest.fixture
def two_models():
    rng = np.random.default_rng(0)
    actual = rng.normal(100, 5, (20, 6, 3))
    return frame({"good": rng.normal(0, 1, actual.shape), "bad": rng.normal(0, 2, actual.shape)}, actual)


def test_scores_of_a_table_worked_by_hand():
    actual = np.full((1, 1, 2), 10.0)
    table = compare.score_table(frame({"m": np.array([[[1.0, -3.0]]])}, actual, scale=2.0)).iloc[0]
    assert table["MASE24"] == pytest.approx((0.5 + 1.5) / 2)
    assert table["RMSSE"] == pytest.approx(np.sqrt((0.25 + 2.25) / 2))
    assert table["bias"] == pytest.approx((0.5 - 1.5) / 2)
    assert table["sMAPE"] == pytest.approx((200 * 1 / 21 + 200 * 3 / 17) / 2)
    assert (table["coverage80"], table["coverage95"]) == (50.0, 100.0)
    assert (table["below80"], table["above80"]) == (0.0, 50.0)  # the second was forecast three too low, limits at two
    # widths 8; both outcomes inside the 95 % limits
    assert table["MSIS"] == pytest.approx(8 / 2)


def test_the_interval_score_punishes_a_miss_by_forty():
    actual = np.full((1, 1, 1), 10.0)
    table = compare.score_table(frame({"m": np.array([[[5.0]]])}, actual)).iloc[0]
    assert table["MSIS"] == pytest.approx(8 + 40 * (5 - 4))


def test_the_gain_compares_the_same_forecasts_only(two_models):
    part = two_models[(two_models["model"] == "bad") & (two_models["series"] == "s0")]
    mixed = pd.concat([two_models[two_models["model"] == "good"], part])
    row = compare.score_table(mixed, base="good").set_index("model").loc["bad"]
    only = two_models[(two_models["model"] == "good") & (two_models["series"] == "s0")]
    assert row["base_MASE24"] == pytest.approx(compare.score_table(only).iloc[0]["MASE24"])


def test_crps_agrees_with_the_reference_library():
    rng = np.random.default_rng(1)
    draws = rng.lognormal(0, 1, (30, 200))
    actual = rng.lognormal(0, 1, 30)
    ours = [scores.crps(d, y) for d, y in zip(draws, actual, strict=True)]
    np.testing.assert_allclose(ours, scoringrules.crps_ensemble(actual, draws, estimator="qd"), rtol=1e-9)


def test_league_and_confidence_set_find_the_better_model(two_models):
    league = compare.league(two_models, reps=200)
    assert league["model"].tolist() == ["good", "bad"]
    assert league.loc[0, ["rank_low", "rank_high"]].tolist() == [1, 1]
    assert compare.model_confidence_set(two_models, reps=200) == ["good"]


def test_equal_models_cannot_be_told_apart():
    rng = np.random.default_rng(3)
    actual = rng.normal(100, 5, (30, 4, 2))
    same = frame({"a": rng.normal(0, 1, actual.shape), "b": rng.normal(0, 1, actual.shape)}, actual)
    assert compare.model_confidence_set(same, reps=200) == ["a", "b"]
    assert compare.league(same, reps=200)["rank_high"].tolist() == [2, 2]


def test_significance_counts_origins_and_clusters_not_series(two_models):
    """Copies of a series add no evidence where clusters are counted."""
    row = compare.significance(two_models, "good").iloc[0]
    assert (row["model"], row["origins"], row["clusters"]) == ("bad", 6, 20)
    assert row["apart"] > 0.5 and row["p_origins"] < 0.01 and row["p_clusters"] < 0.01
    copied = pd.concat([two_models.assign(series=two_models["series"] + f"/{k}") for k in range(5)])
    clustered = compare.significance(copied, "good", lambda series: series.split("/")[0]).iloc[0]
    assert clustered["clusters"] == 20 and clustered["p_clusters"] == pytest.approx(row["p_clusters"])
    alone = compare.significance(copied, "good").iloc[0]
    assert alone["clusters"] == 100 and alone["p_clusters"] < row["p_clusters"] / 100


def test_significance_of_equal_models_is_none():
    rng = np.random.default_rng(3)
    actual = rng.normal(100, 5, (30, 8, 2))
    same = frame({"a": rng.normal(0, 1, actual.shape), "b": rng.normal(0, 1, actual.shape)}, actual)
    row = compare.significance(same, "a").iloc[0]
    assert row["p_origins"] > 0.05 and row["p_clusters"] > 0.05


def test_losses_of_models_that_share_nothing_are_an_error(two_models):
    apart = pd.concat([two_models[(two_models["model"] == "good") & (two_models["series"] == "s0")],
                       two_models[(two_models["model"] == "bad") & (two_models["series"] == "s1")]])
    with pytest.raises(TradeDataError, match="no forecast that all models made"):
        compare.league(apart)


@pytest.mark.parametrize("column", ["actual", "lo95", "model"])
def test_a_missing_column_is_named(two_models, column):
    with pytest.raises(TradeDataError, match=column):
        compare.score_table(two_models.drop(columns=column))


def rejections(shift, horizon, n=80, runs=400, seed=0):
    """Share of runs in which the test says that losses differ, 5 % level; losses overlap over ``horizon`` origins."""
    rng = np.random.default_rng(seed)
    found = 0
    for _ in range(runs):
        noise = rng.normal(0, 1, n + horizon - 1)
        difference = np.convolve(noise, np.ones(horizon) / np.sqrt(horizon), "valid") + shift
        found += compare.diebold_mariano(difference, np.zeros(n), horizon)["pvalue"] < 0.05
    return found / runs


def test_diebold_mariano_has_its_size():
    assert 0.02 <= rejections(0.0, 1) <= 0.085
    assert rejections(0.0, 4) <= 0.13  # Bartlett weights over h - 1 lags leave it a little too eager


def test_diebold_mariano_has_power():
    assert rejections(0.5, 1) > 0.95


def test_without_its_lags_the_test_would_be_wrong():
    """Guards against a lag that is ignored: overlapping errors with lag 0 reject far too often."""
    rng = np.random.default_rng(0)
    wrong = [compare.diebold_mariano(np.convolve(rng.normal(0, 1, 83), np.ones(4) / 2, "valid"), np.zeros(80), 4,
                                     lag=0)["pvalue"] < 0.05 for _ in range(300)]
    assert np.mean(wrong) > 0.25


def test_diebold_mariano_refuses_a_handful():
    with pytest.raises(TradeDataError, match="too few"):
        compare.diebold_mariano([1.0, 2.0], [2.0, 1.0])
