"""Estimation: known coefficients recovered with honest intervals; bad input gives a clear error or a listed drop."""

import json

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.errors import TradeDataError
from trade_lib.gravity import fit
from trade_lib.gravity.leverage import hc3
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
    """Nominal 95 %, with leverage allowed for. 60 worlds notice a wrong formula; the benchmark measures."""
    held = []
    for seed in range(60):
        table = fit(world(seed, n=50), EFFECTS, vcov="hc3").coefficients
        held += [table.loc["x", "low"] < -0.8 < table.loc["x", "high"],
                 table.loc["d", "low"] < 0.5 < table.loc["d", "high"]]
    assert 0.90 <= np.mean(held) <= 0.99


def test_the_measured_coverage_is_what_is_promised(root):
    """benchmarks/gravity_coverage.csv: 93 to 97 % with hc3, in every size of world."""
    table = pd.read_csv(root / "benchmarks" / "gravity_coverage.csv")
    robust = table[table["errors"] == "hc3"]
    assert len(robust) == 4 and robust["worlds"].min() >= 1000
    assert robust["coverage95"].between(0.93, 0.97).all()


@pytest.mark.parametrize("formula, estimator", [(EFFECTS, "ppml"), ("trade ~ x + d", "ppml"),
                                                ("log(1 + trade) ~ x + d | exporter + importer", "ols")])
def test_errors_that_allow_for_leverage_are_those_of_dummies(formula, estimator):
    """HC3 by hand, every effect a column; effects by year fall apart into blocks."""
    frame = pd.concat([world(3).assign(year=2000), world(4).assign(year=2001)], ignore_index=True)
    sides = [frame[side] + frame["year"].astype(str) for side in ("exporter", "importer")] if "|" in formula else []
    levels = [pd.get_dummies(side, dtype=float).to_numpy() for side in sides]
    X = np.column_stack([frame["x"], frame["d"], np.ones(len(frame)), *levels])
    if estimator == "ppml":
        fitted = sm.GLM(frame["trade"], X, family=sm.families.Poisson()).fit().mu
        weight, residual = fitted, frame["trade"].to_numpy() - fitted
    else:
        model = sm.OLS(np.log1p(frame["trade"]), X).fit()
        weight, residual = np.ones(len(X)), model.resid.to_numpy()
    bread = np.linalg.pinv((X * weight[:, None]).T @ X, rcond=1e-12, hermitian=True)
    leverage = weight * np.einsum("ij,jk,ik->i", X, bread, X)
    pull = X * (residual / (1 - leverage))[:, None]
    expected = np.sqrt(np.diag(bread @ pull.T @ pull @ bread))[:2]
    by_year = formula.replace("exporter + importer", "exporter^year + importer^year")
    found = fit(frame, by_year, estimator, "hc3").coefficients.loc[["x", "d"]]
    assert found["error"].to_numpy() == pytest.approx(expected, rel=1e-5)


def test_leverage_with_effects_of_pairs_is_refused():
    chain = [np.arange(5000) // 2, (np.arange(5000) + 1) // 2]
    with pytest.raises(TradeDataError, match="too many levels"):
        hc3(np.ones((5000, 1)), np.ones(5000), np.ones(5000), chain)


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
    "half a formula": (lambda f: f, "trade ~ x +", {}, ("not a formula", "'trade ~ x +'")),
    "half a formula, ols": (lambda f: f, "trade ~ x + (d", {"estimator": "ols"}, ("not a formula",)),
    "one cluster": (lambda f: f.assign(all=1), EFFECTS, {"vcov": "cluster:all"}, ("'all'", "two clusters or more")),
    "as many terms as rows": (lambda f: f.iloc[:3], "trade ~ x + d", {}, ("cannot be estimated", "fewer than rows")),
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
    """Two blocks that do not trade with each other; the lone row without trade leads one way only."""
    rows = [(e, i, 1.0 + k) for k, (e, i) in enumerate([*[(e, i) for e in "ABK" for i in "CDL"],
                                                       *[(e, i) for e in "GHM" for i in "IJN"]])] + [("A", "I", 0.0)]
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


@pytest.mark.parametrize("change, said", [
    (lambda f: f.assign(trade=f["trade"].where(f.index != 7, -3.0)), ("pairs.csv, row 7, column 'trade'", "-3.0")),
    (lambda f: f.assign(trade=f["trade"].astype(object).where(f.index != 7, "n/a")), ("pairs.csv, row 7", "'n/a'")),
    (lambda f: f.rename(columns={"x": "z"}), ("pairs.csv, column 'x'", "no such column")),
    (lambda f: f.iloc[:0], ("pairs.csv: table has no rows",)),
])
def test_command_line_names_the_file(tmp_path, change, said):
    change(world(2)).to_csv(tmp_path / "pairs.csv", index=False)
    wrong = CliRunner().invoke(app, ["gravity", str(tmp_path / "pairs.csv"), "--formula", EFFECTS])
    assert wrong.exit_code == 1 and wrong.stdout == ""
    assert all(text in wrong.stderr for text in said), wrong.stderr


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    (tmp_path / "pairs.csv").touch()
    wrong = CliRunner().invoke(app, ["gravity", str(tmp_path / "pairs.csv"), "--formula", EFFECTS])
    assert wrong.exit_code == 1 and "the file is empty" in wrong.stderr
