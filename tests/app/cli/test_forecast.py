"""`trade-lib forecast` and `trade-lib backtest`: what comes out, and every kind of bad file said clearly."""

import re
import sys

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.data.series_io import read_long
from trade_lib.data.tables import load
from trade_lib.forecast import forecast_panel

runner = CliRunner()
MONTHS = pd.period_range("2016-01", periods=72, freq="M").astype(str)


def good(names=("a", "b", "NA"), n=72):
    rng = np.random.default_rng(1)
    season = 0.1 * np.sin(2 * np.pi * np.arange(n) / 12)
    return pd.concat([pd.DataFrame({"series": name, "month": MONTHS[:n],
                                    "value": np.exp(3 + season + np.cumsum(rng.normal(0, 0.03, n)))})
                      for name in names], ignore_index=True)


@pytest.fixture
def call(tmp_path):
    """Write a frame, run a command on it: (result, output frame or None, failures or None)."""
    def run(frame, *options, command="forecast", suffix=".csv"):
        source, output = tmp_path / f"in{suffix}", tmp_path / "out.csv"
        if isinstance(frame, str):
            source.write_text(frame, encoding="utf-8")
        elif suffix == ".csv":
            frame.to_csv(source, index=False)
        else:
            frame.to_parquet(source, index=False)
        more = ("--cache", str(tmp_path / "kept")) if command == "backtest" else ()
        given = [command, str(source), "--output", str(output), "--samples", "100", *options, *more]
        result = runner.invoke(app, given)
        tables = [pd.read_csv(path, keep_default_na=False, na_values=[""]) if path.exists() else None
                  for path in (output, tmp_path / "out.failures.csv")]
        return result, *tables
    return run


def said(result):
    """What a user reads, without line breaks of the terminal."""
    return re.sub(r"\s+", " ", result.output)


def test_the_output_is_what_the_library_gives(call):
    frame = good()
    result, found, failures = call(frame, "--horizon", "3", "--seed", "7")
    assert result.exit_code == 0, result.output
    assert list(found) == ["series", "month", "mean", "median", "lo80", "hi80", "lo95", "hi95", "model"]
    assert failures is None
    expected, _ = forecast_panel(frame, 3, n_paths=100, seed=7)
    pd.testing.assert_frame_equal(found, expected.assign(month=expected["month"].astype(str)), check_dtype=False)
    assert sorted(found["series"].unique()) == ["NA", "a", "b"]  # Namibia's code is a name, not a gap
    limits = found[["lo95", "lo80", "median", "hi80", "hi95"]].to_numpy()
    assert (np.diff(limits, axis=1) >= 0).all()


def test_parquet_model_and_levels(call):
    frame = good(("a",)).assign(month=lambda t: pd.to_datetime(t["month"]))
    result, found, _ = call(frame, "--horizon", "2", "--model", "seasonal_naive", "--level", "50", suffix=".parquet")
    assert result.exit_code == 0, result.output
    assert list(found) == ["series", "month", "mean", "median", "lo50", "hi50", "model"]
    assert found["model"].tolist() == ["seasonal_naive"] * 2


def test_each_series_is_drawn(call, tmp_path):
    result, _, _ = call(good(("a/b", "a b")), "--horizon", "14", "--plot", str(tmp_path / "figures"))
    assert result.exit_code == 0, result.output
    drawn = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert drawn == ["a_b.png", "a_b_.png"]
    assert all(path.read_bytes()[:4] == b"\x89PNG" for path in (tmp_path / "figures").iterdir())


def test_a_regressor_known_ahead_is_used(call):
    n = 72
    rng = np.random.default_rng(0)
    pulse = (rng.random(n + 3) < 0.3).astype(float)
    pulse[n:] = [1, 0, 1]
    value = np.exp(3 + 0.1 * np.sin(np.arange(n) * np.pi / 6) + 0.6 * pulse[:n] + rng.normal(0, 0.02, n))
    months = pd.period_range("2016-01", periods=n + 3, freq="M").astype(str)
    frame = pd.DataFrame({"series": "a", "month": months, "value": [*value, None, None, None], "pulse": pulse})
    result, found, failures = call(frame, "--horizon", "3")
    assert result.exit_code == 0, result.output
    assert failures is None
    plain = np.exp(3 + 0.1 * np.sin(np.arange(n, n + 3) * np.pi / 6) + 0.6 * pulse[n:])
    assert np.abs(np.log(found["median"] / plain)).max() < 0.25


BROKEN = {
    "a month twice": (lambda t: pd.concat([t, t.iloc[[5]]]), "month given twice"),
    "a gap": (lambda t: t.drop(t.index[10]), "month missing"),
    "text": (lambda t: t.assign(value=t["value"].astype(object).where(t.index != 10, "many")), "not a number"),
    "infinite": (lambda t: t.assign(value=t["value"].where(t.index != 10, np.inf)), "infinite"),
    "an empty value": (lambda t: t.assign(value=t["value"].where(t.index != 10)), "value missing"),
    "mixed frequencies": (lambda t: t.assign(month=t["month"].where(t.index != 10, "2016Q4")), "not a month"),
    "a day": (lambda t: t.assign(month=t["month"].where(t.index != 10, "2016-11-05")), "not a month"),
    "quarters as months": (lambda t: t.iloc[::3], "month missing"),
    "month 13": (lambda t: t.assign(month=t["month"].where(t.index != 10, "2016-13")), "not a month"),
}


@pytest.mark.parametrize(("breaking", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_series_fails_alone_and_is_said(call, breaking, reason):
    whole, other = good(("a",)), good(("broken",))
    result, found, failures = call(pd.concat([whole, breaking(other)]), "--horizon", "2")
    assert result.exit_code == 0, result.output
    assert found["series"].unique().tolist() == ["a"]
    assert failures["series"].tolist() == ["broken"] and reason in failures["reason"].iloc[0]
    assert "broken" in said(result) and reason in said(result)


@pytest.mark.parametrize(("breaking", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_file_of_one_broken_series_is_an_error(call, breaking, reason):
    result, found, failures = call(breaking(good(("broken",))), "--horizon", "2")
    assert result.exit_code == 1 and found is None
    assert reason in said(result) and "no series could be forecast" in said(result)
    assert "Traceback" not in result.output


def test_regressors_that_end_too_early_are_an_isolated_failure(call):
    months = pd.period_range("2016-01", periods=75, freq="M").astype(str)
    rng = np.random.default_rng(0)
    frame = pd.concat([pd.DataFrame({"series": name, "month": months[:n], "value": [*good(("a",))["value"],
                                                                                  *[None] * (n - 72)],
                                     "holiday": rng.random(n)}) for name, n in (("a", 75), ("short", 74))])
    for model in ("combination", "ets"):
        result, found, failures = call(frame, "--horizon", "3", "--model", model)
        assert result.exit_code == 0, result.output
        assert found["series"].unique().tolist() == ["a"]
        assert failures["series"].tolist() == ["short"]
        assert "regressors do not cover history and horizon" in failures["reason"].iloc[0]


@pytest.mark.parametrize("values", [[5.0], [0.0] * 40, [7.0] * 40, [0.0] * 30 + [1.0, 0.0, 4.0] * 4, [-1.0, 2.0] * 20],
                         ids=["one observation", "all zeros", "constant", "mostly zeros", "negative"])
def test_an_odd_series_gets_a_finite_forecast(call, values):
    frame = pd.concat([good(("a",)), pd.DataFrame({"series": "odd", "month": MONTHS[:len(values)], "value": values})])
    result, found, failures = call(frame, "--horizon", "2")
    assert result.exit_code == 0, result.output
    assert failures is None
    odd = found[found["series"] == "odd"]
    assert len(odd) == 2 and np.isfinite(odd.drop(columns=["series", "month", "model"]).to_numpy(float)).all()
    assert odd["median"].between(min(values) - 5, max(values) + 5).all()


CALLS = {
    "horizon 0": (["--horizon", "0"], "column '--horizon': out of range: got 0; expected 1 to 49"),
    "an unknown model": (["--horizon", "1", "--model", "crystal"], "no such model"),
    "an unknown engine": (["--horizon", "1", "--engine", "cloud"], "no such engine"),
    "a level of 100": (["--horizon", "1", "--level", "100"], "expected 1 to 99.9"),
    "no samples": (["--horizon", "1", "--samples", "0"], "'--samples'"),
    "no season": (["--horizon", "1", "--season", "0"], "season"),
}


@pytest.mark.parametrize(("options", "message"), CALLS.values(), ids=CALLS)
def test_a_bad_call_is_one_clear_error(call, options, message):
    result, found, _ = call(good(("a",)), *options)
    assert result.exit_code == 1 and found is None
    assert message in said(result) and "Traceback" not in result.output


FILES = {
    "no column": ("series,month\na,2021-01\n", "column missing"),
    "no rows": ("series,month,value\n", "no rows"),
    "nothing": ("", "cannot be read"),
    "no name": ("series,month,value\n,2021-01,1\n", "without a series name"),
}


@pytest.mark.parametrize(("text", "message"), FILES.values(), ids=FILES)
def test_a_bad_file_is_one_clear_error(call, text, message):
    result, found, _ = call(text, "--horizon", "1")
    assert result.exit_code == 1 and found is None and message in said(result)


def test_files_of_other_kinds_are_refused(tmp_path):
    (tmp_path / "in.xls").write_text("x")
    good(("a",)).to_csv(tmp_path / "in.csv", index=False)
    for source, output, message in (("in.xls", "out.csv", "not a kind of file that can be read"),
                                    ("none.csv", "out.csv", "no such file"),
                                    ("in.csv", "out.txt", "not a kind of file that can be written"),
                                    ("in.csv", "nowhere/out.csv", "no such folder")):
        result = runner.invoke(app, ["forecast", str(tmp_path / source), "--horizon", "1", "--output",
                                     str(tmp_path / output)])
        assert result.exit_code == 1 and message in said(result)


def test_a_file_that_is_not_parquet_is_refused(tmp_path):
    (tmp_path / "in.parquet").write_text("series")
    result = runner.invoke(app, ["forecast", str(tmp_path / "in.parquet"), "--horizon", "1", "--output",
                                 str(tmp_path / "out.csv")])
    assert result.exit_code == 1 and "cannot be read" in said(result)


def test_rows_ahead_and_history_are_told_apart(tmp_path):
    frame = pd.DataFrame({"series": ["a"] * 3, "month": ["2021-03", "2021-01", "2021-02"], "value": [None, 1.0, 2.0],
                          "x": [3, 1, 2]})
    frame.to_csv(tmp_path / "in.csv", index=False)
    history, x = read_long(tmp_path / "in.csv")
    assert sorted(history["month"]) == ["2021-01", "2021-02"] and len(x) == 3
    frame.drop(columns="x").to_csv(tmp_path / "in.csv", index=False)
    history, x = read_long(tmp_path / "in.csv")  # without regressors an empty value is a fault, not a wish
    assert len(history) == 3 and x is None


def test_the_backtest_holds_forecasts_against_what_came(call):
    frame = good(("a", "b"))
    result, found, failures = call(frame, "--horizon", "3", "--origins", "2", "--models", "combination,seasonal_naive",
                                   command="backtest")
    assert result.exit_code == 0, result.output
    assert failures is None and len(found) == 2 * 2 * 2 * 3
    assert sorted(found["origin"].unique()) == ["2021-08", "2021-09"]
    actual = frame.set_index(["series", "month"])["value"]
    assert np.allclose(found["actual"], [actual[key] for key in zip(found["series"], found["month"], strict=True)])
    assert (found["crps"] > 0).all()


def test_the_backtest_sees_nothing_after_an_origin(call):
    frame = good(("a", "b"))
    options = ("--horizon", "3", "--origins", "1")
    _, one, _ = call(frame, *options, command="backtest")
    later = frame.assign(value=frame["value"].where(frame["month"] <= "2021-09", 3 * frame["value"]))
    _, two, _ = call(later, *options, command="backtest")
    columns = ["mean", "median", "lo80", "hi80", "lo95", "hi95"]
    pd.testing.assert_frame_equal(one[columns], two[columns])


def test_a_series_too_short_for_an_origin_is_reported(call):
    frame = pd.concat([good(("a",)), good(("brief",), 4)])
    result, found, failures = call(frame, "--horizon", "3", "--origins", "3", command="backtest")
    assert result.exit_code == 0, result.output
    assert set(failures["series"]) == {"brief"} and "no month left" in failures["reason"].iloc[0]
    result, _, _ = call(good(("brief",), 3), "--horizon", "3", "--origins", "1", command="backtest")
    assert result.exit_code == 1 and "no series could be tried" in said(result)


def test_a_table_of_flows_is_forecast_like_a_file_of_series(tmp_path):
    mine = load("flows_monthly").query("source == 'KR_CUSTOMS_LOC' and partner == 'CHN'")
    mine.assign(period=mine["period"].astype(str)).to_csv(tmp_path / "flows.csv", index=False)
    out = tmp_path / "out.csv"
    options = ["--horizon", "3", "--output", str(out), "--model", "theta", "--samples", "100"]
    result = runner.invoke(app, ["forecast", "--data", str(tmp_path / "flows.csv"), *options])
    assert result.exit_code == 0, result.output
    assert pd.read_csv(out)["series"].unique().tolist() == ["KOR-CHN export, USD (KR_CUSTOMS_LOC)"]
    mine.assign(period=mine["period"].astype(str), value=-1.0).to_csv(tmp_path / "flows.csv", index=False)
    bad = runner.invoke(app, ["forecast", "--data", str(tmp_path / "flows.csv"), *options])
    assert bad.exit_code == 1 and "flows.csv, row 0, column 'value'" in bad.output
    assert "no input named" in runner.invoke(app, ["forecast", *options]).output


def test_the_backtest_keeps_what_it_has_done(call, tmp_path, monkeypatch):
    options = ("--horizon", "2", "--origins", "3", "--models", "theta,combination", "--refit", "3", "--processes", "1")
    _, first, _ = call(good(("a", "b")), *options, command="backtest")
    kept = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert len(kept) == 2  # a model each
    monkeypatch.setattr(sys.modules["trade_lib.forecast.backtesting"], "_block", lambda *_: pytest.fail("done again"))
    _, second, _ = call(good(("a", "b")), *options, command="backtest")
    pd.testing.assert_frame_equal(first, second)


def test_the_longest_horizon_that_help_names_is_the_evaluated_one():
    from trade_lib.app.cli.forecasting import LIMITS
    from trade_lib.forecast import LONGEST

    assert LIMITS["horizon"] == (1, LONGEST)
