"""Estimation: known coefficients recovered with honest intervals; bad input gives a clear error or a listed drop."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from trade_lib.cli import app
from trade_lib.errors import TradeDataError
from trade_lib.gravity import fit
from trade_lib.gravity.separation import separated


def world(seed, n=12, noise=True):
    """Trade of n countries with known coefficients (-0.8 and 0.5); its variance grows with the distance from x = 0."""
    rng = np.random.default_rng(seed)
    e, i = (grid[~np.eye(n, dtype=bool)] for grid in np.divmod(np.arange(n * n).reshape(n, n), n))
    x, d = rng.normal(size=len(e)), (rng.random(len(e)) < 0.3).astype(float)
    mean = np.exp(1 + rng.normal(0, 0.5, n)[e] + rng.normal(0, 0.5, n)[i] - 0.8 * x + 0.5 * d)
    trade = rng.gamma(mean / (1 + np.abs(x)), 1 + np.abs(x)) if noise else mean
    if noise:
        trade = np.where(rng.random(len(e)) < 0.2, 0, trade / 0.8)
    return pd.DataFrame({"exporter": [f"E{k}" for k in e], "importer": [f"E{k}" for k in i], "trade": trade, "x": x,
                         "d": d})


EFFECTS = "trade ~ x + d | exporter + importer"


def test_exact_data_give_the_exact_coefficients():
    for formula, estimator in ((EFFECTS, "ppml"), (EFFECTS.replace("trade", "log(trade)"), "ols")):
        found = fit(world(1, noise=False), formula, estimator)
        assert found.coefficients["estimate"].to_numpy() == pytest.approx([-0.8, 0.5], abs=1e-5)
        assert found.dropped.empty


def test_intervals_cover_under_heteroskedasticity():
    """Nominal 95 %: 60 worlds are enough to notice a wrong error formula, not to measure the coverage."""
    held = []
    for seed in range(60):
        table = fit(world(seed, n=50), EFFECTS).coefficients
        held += [table.loc["x", "low"] < -0.8 < table.loc["x", "high"],
                 table.loc["d", "low"] < 0.5 < table.loc["d", "high"]]
    assert 0.90 <= np.mean(held) <= 0.99


def test_errors_by_cluster_differ_and_pairs_are_made():
    frame = pd.concat([world(3).assign(year=2000), world(3).assign(year=2001)])  # every pair twice, the same both times
    robust, clustered = (fit(frame, EFFECTS, vcov=v).coefficients["error"] for v in ("hetero", "cluster:pair"))
    assert (clustered / robust).to_numpy() == pytest.approx(np.sqrt(2), rel=0.02)


BAD = {
    "negative trade": (lambda f: f.assign(trade=f["trade"].where(f.index != 7, -3.0)), EFFECTS, {},
                       ("row 7", "'trade'", "negative trade", "-3.0")),
    "text among numbers": (lambda f: f.assign(x=f["x"].astype(object).where(f.index != 4, "far")), EFFECTS, {},
                           ("row 4", "'x'", "not a number", "'far'")),
    "infinite": (lambda f: f.assign(x=f["x"].where(f.index != 4, np.inf)), EFFECTS, {}, ("row 4", "not finite")),
    "unknown column": (lambda f: f, "trade ~ xx + d", {}, ("'xx'", "no such column", "x")),
    "unknown effect": (lambda f: f, "trade ~ x | exporter^yr", {}, ("'yr'", "no such column")),
    "unknown cluster": (lambda f: f, EFFECTS, {"vcov": "cluster:region"}, ("'region'", "no such column")),
    "unknown errors": (lambda f: f, EFFECTS, {"vcov": "HC9"}, ("unknown kind of errors", "cluster:COLUMN")),
    "unknown estimator": (lambda f: f, EFFECTS, {"estimator": "tobit"}, ("unknown estimator", "ppml or ols")),
    "not a formula": (lambda f: f, "trade", {}, ("not a formula",)),
    "log under ppml": (lambda f: f, "log(trade) ~ x", {}, ("PPML takes trade itself",)),
    "no trade at all": (lambda f: f.assign(trade=0.0), EFFECTS, {}, ("nothing left", "no trade in a level")),
    "no regressor": (lambda f: f, "trade ~ 1 | exporter", {}, ("no regressor",)),
}


@pytest.mark.parametrize("change, formula, options, said", BAD.values(), ids=BAD)
def test_bad_input_is_one_clear_error(change, formula, options, said):
    with pytest.raises(TradeDataError) as caught:
        fit(change(world(2)), formula, **options)
    assert all(text in str(caught.value) for text in said), str(caught.value)


def drops(found):
    return {(reason.split(":")[0], where): rows for reason, where, rows in found.dropped.itertuples(index=False)}


def test_missing_distance_is_left_out_and_listed():
    frame = world(2)
    frame.loc[[3, 9], "x"] = np.nan
    found = fit(frame, EFFECTS)
    assert drops(found) == {("missing", "x"): 2}
    assert found.n == len(frame) - 2


def test_a_country_without_trade_is_left_out_and_listed():
    frame = world(2)
    frame.loc[frame["exporter"] == "E3", "trade"] = 0.0
    found = fit(frame, EFFECTS)
    assert drops(found) == {("no trade in a level", "exporter"): 11}
    without = fit(frame[frame["exporter"] != "E3"], EFFECTS)
    assert found.coefficients["estimate"].to_numpy() == pytest.approx(without.coefficients["estimate"].to_numpy())


def test_a_single_row_of_a_level_is_left_out_and_listed():
    lone = {"exporter": "ZZ", "importer": "E1", "trade": 5.0, "x": 0.0, "d": 0.0}
    frame = pd.concat([world(2), pd.DataFrame([lone])])
    assert drops(fit(frame, EFFECTS)) == {("single row of a level", "exporter"): 1}


def test_perfect_separation_is_listed_and_the_rest_is_unchanged():
    frame = world(2)
    zero = frame.index[frame["trade"] == 0][:5]
    frame["ban"] = frame.index.isin(zero).astype(int)
    for formula in ("trade ~ x + d + ban", "trade ~ x + d + ban | exporter + importer"):
        found = fit(frame, formula)
        assert drops(found)[("separated", "x + d + ban")] == 5
        rest = fit(frame[frame["ban"] == 0], formula.replace(" + ban", ""))
        assert found.coefficients.loc[["x", "d"], "estimate"].to_numpy() == pytest.approx(
            rest.coefficients.loc[["x", "d"], "estimate"].to_numpy())


def test_a_regressor_of_both_signs_does_not_separate():
    demo = pd.DataFrame({"y": [1.0, 2.0, 3.0, 0.0, 0.0], "x": [1.0, 2.0, 1.0, 2.0, 1.0], "z": [0, 0, 0, -1, 1]})
    assert separated(demo, "y", "x + z", []) == []


def test_two_regressors_separate_together():
    """Neither a nor b separates alone (both signs on rows without trade); a + b does."""
    demo = pd.DataFrame({"y": [1.0, 2.0, 3.0, 2.0, 0.0, 0.0, 0.0], "x": [1.0, 2.0, 1.0, 3.0, 2.0, 1.0, 4.0],
                         "a": [0, 0, 0, 0, 2, -1, 0], "b": [0, 0, 0, 0, -1, 2, 0]})
    assert separated(demo, "y", "x + a + b", []) == [4, 5]


def test_two_effects_separate_together():
    """Exporters A, B trade with importers C, D, and G, H with I, J; the lone row without trade leads one way only."""
    rows = [(e, i, 1.0 + k) for k, (e, i) in enumerate([*[(e, i) for e in "AB" for i in "CD"],
                                                       *[(e, i) for e in "GH" for i in "IJ"]])] + [("A", "I", 0.0)]
    frame = pd.DataFrame(rows, columns=["exporter", "importer", "trade"])
    frame["x"] = np.arange(len(frame)) ** 2 % 5.0
    assert drops(fit(frame, "trade ~ x | exporter + importer")) == {("separated", "x"): 1}


def test_collinear_regressors_are_listed():
    frame = world(2).assign(twice=lambda f: 2 * f["x"], land=lambda f: f["exporter"].isin(["E1", "E2"]).astype(int))
    found = fit(frame, "trade ~ x + d + twice + land | exporter + importer")
    assert drops(found) == {("collinear", "twice"): 0, ("collinear", "land"): 0}
    assert list(found.coefficients.index) == ["x", "d"]


def test_weights_of_two_are_as_rows_twice():
    frame = world(2)
    weighted = fit(frame.assign(w=np.where(frame.index < 50, 2.0, 1.0)), EFFECTS, weights="w")
    doubled = fit(pd.concat([frame, frame.iloc[:50]]), EFFECTS)
    assert weighted.coefficients["estimate"].to_numpy() == pytest.approx(doubled.coefficients["estimate"].to_numpy())


def test_command_line(tmp_path):
    frame = world(2)
    frame.loc[frame["exporter"] == "E3", "trade"] = 0.0
    frame.to_csv(tmp_path / "pairs.csv", index=False)
    call = ["gravity", str(tmp_path / "pairs.csv"), "--formula", EFFECTS, "--vcov", "cluster:pair"]
    said = CliRunner().invoke(app, [*call, "--json", "--output", str(tmp_path / "out.json")])
    assert said.exit_code == 0, said.output
    record = json.loads(said.stdout)
    assert record == json.loads((tmp_path / "out.json").read_text())
    expected = fit(frame, EFFECTS, vcov="cluster:pair")
    assert record["n"] == expected.n == 121
    assert record["coefficients"][0]["error"] == pytest.approx(expected.coefficients["error"].iloc[0])
    assert record["dropped"] == [{"reason": "no trade in a level: its effect is minus infinity", "where": "exporter",
                                  "rows": 11}]
    plain = CliRunner().invoke(app, call)
    assert "left out: 11 rows" in plain.stdout and "n = 121" in plain.stdout
    wrong = CliRunner().invoke(app, [*call[:3], "trade ~ xx"])
    assert wrong.exit_code == 1 and wrong.stdout == ""
