"""Every command: help with an example, and a fault told in one line, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app

runner = CliRunner()
COMMANDS = (["claims"], ["check"], ["report"], ["gravity"], ["forecast"], ["backtest"], ["data", "list"],
            ["data", "show"], ["data", "verify"], ["data", "catalog"])
FAULTS = {
    "claims C99": "no such claim", "claims C06 --picture {folder}/none/../a.zzz": ".png",
    "claims C06 --readme {folder}/none.md": "none.md", "check none.yml": "no such file",
    "check article-2021-12-29 --html {folder}": "a folder, not a file", "check": "no claims file named",
    "check article-2021-12-29 --data {folder}/none.csv": "no such file", "data show nothing": "no table",
    "data verify nothing": "no such table", "gravity {folder}/none.csv --formula a~b": "no such file",
    "forecast --horizon 3 --output {folder}/o.csv": "no input named",
    "forecast {folder} --horizon 3 --output {folder}/o.csv": "a folder, not a file",
    "backtest {folder}/none.csv --horizon 3 --origins 2 --output {folder}/o.csv": "no such file",
    "report {folder}": "no notebooks",
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example(command):
    shown = runner.invoke(app, [*command, "--help"])
    words = " ".join(shown.output.split())
    assert shown.exit_code == 0 and " ".join(["trade-lib", *command]) in words.partition("xample")[2]


@pytest.mark.parametrize("line, said", FAULTS.items(), ids=FAULTS)
def test_a_fault_is_told_in_one_line(line, said, tmp_path):
    result = runner.invoke(app, [part.format(folder=tmp_path) for part in line.split()])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.exception
    assert result.output.startswith("error: ") and said in result.output and result.output.count("\n") == 1


def test_completion_and_exit_codes_are_there():
    assert "Exit codes" in runner.invoke(app, ["--help"]).output
    assert runner.invoke(app, ["nonsense"]).exit_code == 2
    asked = {**os.environ, "_TRADE_LIB_COMPLETE": "complete_bash", "COMP_WORDS": "trade-lib ch", "COMP_CWORD": "1"}
    done = subprocess.run([Path(sys.executable).parent / "trade-lib"], env=asked, capture_output=True, text=True,
                          check=False)
    assert done.stdout.split() == ["check"]
