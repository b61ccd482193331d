"""Coherent paths: sums hold in every path, known projections, spread kept where parts and total say the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trade_lib
from trade_lib import TradeDataError
from trade_lib.forecast import Forecast, forecast_panel
from trade_lib.forecast.reconcile import align, error_covariance, project, reconcile, summing_matrix
from trade_lib.forecast.scores import crps

TRADE = {"trade": ["export", "import"]}
WORLD = {"world": ["east", "west"], "east": ["a", "b"], "west": ["c", "d", "e"]}


def given_paths(summing, seed, n=200, horizon=3):
    rng = np.random.default_rng(seed)
    months = pd.period_range("2021-12", periods=horizon, freq="M")
    drawn = {name: np.exp(rng.normal(np.log(1 + i), 0.3, (n, horizon))) for i, name in enumerate(summing.index)}
    return {name: Forecast(paths, months, months[0] - 1, "given", 0) for name, paths in drawn.items()}


def past_errors(summing, seed, n=80):
    rng = np.random.default_rng(seed)
    low = rng.normal(0, np.arange(1, summing.shape[1] + 1), (n, summing.shape[1]))
    return pd.DataFrame(low @ summing.to_numpy().T + rng.normal(0, 0.3, (n, len(summing))), columns=summing.index)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([TRADE, WORLD]), st.sampled_from(["mint", "bottom_up"]), st.booleans())
def test_sums_hold_in_every_path_and_flows_stay_flows(seed, parts, method, with_errors):
    summing = summing_matrix(parts)
    errors = past_errors(summing, seed) if with_errors else None
    found = reconcile(given_paths(summing, seed, 50), parts, errors, method)
    for total, names in parts.items():
        assert np.allclose(found[total].paths, sum(found[name].paths for name in names), rtol=1e-9)
    assert min(f.paths.min() for f in found.values()) >= 0


def test_what_adds_up_already_is_left_alone():
    summing = summing_matrix(WORLD)
    coherent = np.abs(np.random.default_rng(0).normal(size=(40, 5))) @ summing.to_numpy().T
    assert np.allclose(project(coherent, summing), coherent)
    assert np.allclose(project(coherent, summing, error_covariance(past_errors(summing, 0))), coherent)


def test_the_projection_is_the_generalised_least_squares_answer():
    summing = summing_matrix(TRADE)
    w = pd.DataFrame(np.diag([1.0, 1.0, 1e9]), summing.index, summing.index)
    # the import is not trusted at all: it becomes trade less export
    assert project(np.array([12.0, 5.0, 4.0]), summing, w) == pytest.approx([12.0, 5.0, 7.0], abs=1e-6)


def test_without_errors_nodes_weigh_by_what_they_hold():
    # the answer of MinTrace(method="wls_struct") in hierarchicalforecast 1.5.3
    assert project(np.array([12.0, 5.0, 4.0]), summing_matrix(TRADE)) == pytest.approx([10.5, 5.75, 4.75])


def test_aligned_paths_keep_each_nodes_distribution_and_gain_the_correlation():
    rng = np.random.default_rng(2)
    paths = {name: rng.normal(size=(2000, 2)) for name in "ab"}
    wanted = pd.DataFrame([[1, 0.7], [0.7, 1]], list("ab"), list("ab"))
    found = align(paths, wanted)
    for name in "ab":
        assert (np.sort(found[name], axis=0) == np.sort(paths[name], axis=0)).all()
    assert np.corrcoef(found["a"].sum(axis=1), found["b"].sum(axis=1))[0, 1] == pytest.approx(0.7, abs=0.05)


def test_a_total_that_says_what_its_parts_say_keeps_its_spread():
    """Drawn apart, total and parts would average each other's noise away; aligned, they do not."""
    rng = np.random.default_rng(3)
    low = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 4000)
    errors = pd.DataFrame({"trade": low.sum(axis=1), "export": low[:, 0], "import": low[:, 1]})
    months = pd.period_range("2021-12", periods=1, freq="M")
    made = {name: Forecast(50 + rng.permutation(errors[name].to_numpy())[:, None], months, months[0] - 1, "given", 0)
            for name in errors}
    made["trade"] = Forecast(made["trade"].paths + 50, months, months[0] - 1, "given", 0)
    found = reconcile(made, TRADE, errors, "mint")
    assert found["trade"].paths.std() == pytest.approx(np.sqrt(3), rel=0.05)
    assert reconcile(made, TRADE, method="mint")["trade"].paths.std() < 0.9 * np.sqrt(3)


@pytest.fixture(scope="module")
def scored():
    """CRPS of Russia's trade with four partners, three origins: as they come and made coherent, by node."""
    partners = ["DEU", "JPN", "IND", "CHN"]
    rows = []
    for origin in pd.PeriodIndex(["2016-06", "2018-03", "2019-09"], freq="M"):
        series = {f"{p} {flow}": trade_lib.series("RUS", p, flow, "RU_FCS_96STRAN") / 1e9
                  for p in partners for flow in ("total", "export", "import")}
        known = pd.concat([pd.DataFrame({"series": name, "month": y.loc[:origin].index, "value": y.loc[:origin].values})
                           for name, y in series.items()])
        _, failed, paths = forecast_panel(known, 6, n_paths=400, processes=1, return_paths=True)
        assert failed.empty
        months = pd.period_range(origin + 1, periods=6, freq="M")
        for p in partners:
            names = {"trade": f"{p} total", "export": f"{p} export", "import": f"{p} import"}
            made = {node: Forecast(paths[name], months, origin, "panel", 0) for node, name in names.items()}
            past = pd.DataFrame({node: series[name].loc[:origin].diff(12)[-60:] for node, name in names.items()})
            found = {how: reconcile(made, TRADE, past, how) for how in ("bottom_up", "mint")}
            for node, name in names.items():
                for h, month in enumerate(months):
                    actual = series[name][month]
                    scale = series[name].loc[:origin].diff(12).abs().mean()
                    rows.append({"node": node, "base": crps(made[node].paths[:, h], actual) / scale,
                                 **{how: crps(f[node].paths[:, h], actual) / scale for how, f in found.items()}})
    return pd.DataFrame(rows)


def test_adding_up_does_not_worsen_forecasts_of_real_trade(scored):
    by_node = scored.groupby("node").mean()
    assert by_node.loc["trade", "bottom_up"] <= by_node.loc["trade", "base"]
    assert by_node.loc["export", "bottom_up"] == pytest.approx(by_node.loc["export", "base"])


def test_the_projection_costs_next_to_nothing_on_real_trade(scored):
    assert scored["mint"].mean() <= 1.02 * scored["base"].mean()


@pytest.mark.parametrize(("change", "message"), [
    (lambda made: made.pop("export"), "no forecast of a node"),
    (lambda made: made.update(export=Forecast(made["export"].paths[:10], made["export"].index, made["export"].origin,
                                              "given", 0)), "do not match"),
])
def test_forecasts_that_do_not_fit_are_refused(change, message):
    made = given_paths(summing_matrix(TRADE), 0)
    change(made)
    with pytest.raises(TradeDataError, match=message):
        reconcile(made, TRADE)


def test_bad_hierarchies_methods_and_errors_are_refused():
    made = given_paths(summing_matrix(TRADE), 0)
    with pytest.raises(TradeDataError, match="its own part"):
        summing_matrix({"a": ["b"], "b": ["a"]})
    with pytest.raises(TradeDataError, match="without parts"):
        summing_matrix({"a": ["b"], "b": []})
    with pytest.raises(TradeDataError, match="no such method"):
        reconcile(made, TRADE, method="top_down")
    with pytest.raises(TradeDataError, match="no past errors"):
        reconcile(made, TRADE, pd.DataFrame({"trade": [1.0]}))
    with pytest.raises(TradeDataError, match="too few past errors"):
        reconcile(made, TRADE, pd.DataFrame({"trade": [1.0], "export": [1.0], "import": [1.0]}))
