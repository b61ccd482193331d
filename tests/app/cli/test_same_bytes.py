"""Same inputs and seed, same bytes: run again, rows in another order, on one process and on two."""

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app


@pytest.fixture
def panel(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    months = pd.period_range("2014-01", periods=72, freq="M").astype(str)
    rng = np.random.default_rng(1)
    frame = pd.concat([pd.DataFrame({"series": name, "month": months, "value": rng.lognormal(3, 0.1, 72)})
                       for name in "abc"])
    frame.to_csv("in.csv", index=False)
    frame.sample(frac=1, random_state=2).to_csv("shuffled.csv", index=False)


def output(*line):
    result = CliRunner().invoke(app, [*line, "--output", "out.csv", "--samples", "100"])
    assert result.exit_code == 0, result.output
    with open("out.csv", "rb") as handle:
        return handle.read()


def test_forecasts(panel):
    first = output("forecast", "in.csv", "--horizon", "3")
    assert output("forecast", "shuffled.csv", "--horizon", "3") == first
    assert output("forecast", "in.csv", "--horizon", "3", "--seed", "2") != first


def test_backtests(panel, monkeypatch):
    line = ("backtest", "--horizon", "2", "--origins", "2", "--models", "seasonal_naive,theta")
    first = output(*line, "in.csv", "--processes", "1")
    for number, more in enumerate((("in.csv", "--processes", "2"), ("shuffled.csv", "--processes", "1"))):
        monkeypatch.setenv("XDG_CACHE_HOME", f"cache-{number}")  # nothing is read from an earlier run
        assert output(*line, *more) == first
