"""The README's commands, run as they stand there: from a clone to a checked article and a forecast of one's own."""

import json
import re
import shlex
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from trade_lib import load, series
from trade_lib.app.cli import app
from trade_lib.check import articles


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path, monkeypatch, readme):
    """A folder with what a reader has: an article's text, a table and a series."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(articles.text_of("article-2021-12-29"), encoding="utf-8")
    flows = load("flows_monthly")
    own = flows[(flows["reporter"] == "RUS") & (flows["partner"] == "CHN")].assign(source="MINE")
    own.to_csv(tmp_path / "my_flows.csv", index=False)
    trade = series("RUS", "CHN", source="RU_FCS_96STRAN", end="2020-12")
    trade.rename("value").rename_axis("month").reset_index().assign(series="trade").to_csv("my_series.csv", index=False)
    return tmp_path


def commands(readme):
    """Every call of trade-lib in the README's shell blocks, as lists of words."""
    blocks = "\n".join(re.findall(r"```bash\n(.*?)```", readme, flags=re.DOTALL))
    lines = [line for line in blocks.splitlines() if line.startswith(".venv/bin/trade-lib ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_readme_shows_the_commands_that_matter(readme):
    shown = {words[0] for words in commands(readme)}
    assert {"claims", "data", "check", "read", "forecast", "backtest"} <= shown


def test_every_command_of_the_readme_runs(readme, desk):
    for words in commands(readme):
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, (words, result.output[-1000:])
    assert (desk / "marked.html").stat().st_size > 1000 and (desk / "claims.yml").exists()
    assert (desk / "forecasts.csv").exists() and (desk / "scores.csv").exists() and any((desk / "pictures").iterdir())


def test_the_article_gets_an_answer_with_its_sources(desk):
    result = CliRunner().invoke(app, ["check", "article.txt", "--date", "2021-12-29", "--reporter", "CHN", "--json"])
    assert result.exit_code == 0, result.output
    growth = next(one for one in json.loads(result.stdout) if "33.6" in str(one["stated"]))
    assert growth["verdict"].startswith("supported")
    assert any(abs(source["value"] - 33.6) < 0.1 for source in growth["sources"])


def test_the_commands_on_an_article_of_ones_own_run_in_a_shell_within_minutes(readme, desk):
    """As typed: the section's shell block, in a folder whose .venv is this environment (`make setup` makes it)."""
    section = readme.partition("## How to check your own article")[2].partition("\n## ")[0]
    assert "`make setup`" in section
    (desk / ".venv").symlink_to(sys.prefix)
    block = re.search(r"```bash\n(.*?)```", section, flags=re.DOTALL)[1]
    done = subprocess.run(["bash", "-e", "-c", block], cwd=desk, capture_output=True, text=True, timeout=300,
                          check=False)
    assert done.returncode == 0, done.stderr
    assert "supported" in done.stdout and "33.6" in done.stdout and (desk / "marked.html").exists()


def test_python_in_the_readme_runs(readme):
    for block in re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})  # the reader would type just this


def test_files_the_readme_links_are_there(readme, root):
    links = re.findall(r"\]\(([^)#]+)\)", readme)
    assert links
    missing = [link for link in links if not link.startswith("http") and not (root / link).exists()]
    assert missing == []
