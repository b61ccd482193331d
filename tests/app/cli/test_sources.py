"""`trade-lib fetch` as a user meets it, against a publisher on this machine."""

import pytest
from typer.testing import CliRunner

from tests.sources import made
from tests.sources.conftest import Reply, player  # noqa: F401
from trade_lib.app.cli import app


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


IMF = ("fetch", "imf", "--reporter", "chn", "--partner", "RUS", "--from", "2026-01", "--store")


def test_fetch_says_what_entered_and_what_was_there(player, tmp_path):  # noqa: F811
    player.replies = {"/": Reply(made.imf({("RUS", "2026-M01"): 8e9, ("G001", "2026-M01"): ""}))}
    first, again = run(*IMF, tmp_path), run(*IMF, tmp_path)
    assert first.exit_code == again.exit_code == 0
    assert "new: IMF_IMTS, 1 figures" in first.output and "without a value: 1 of 2" in first.output
    assert "0 answers entered, 1 held already" in again.output


def test_fetch_tells_a_refusal_and_fails(player, tmp_path):  # noqa: F811
    player.replies = {"/": Reply("<html>", media="text/html")}
    outcome = run(*IMF, tmp_path)
    assert outcome.exit_code == 1 and "refused:" in outcome.output and "in place of data" in outcome.output


def test_a_dry_run_asks_nobody(player, tmp_path):  # noqa: F811
    outcome = run(*IMF, tmp_path, "--dry-run")
    assert outcome.output.startswith(player.address + "/external/sdmx/2.1/data/IMF.STA,IMTS/CHN.")
    assert not player.asked and not list(tmp_path.iterdir())


def test_a_saved_page_is_read(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(made.customs(made.JANUARY_2026), encoding="utf-8")
    outcome = run("--store", tmp_path / "store", "fetch", "gacc", "--from-file", page)
    assert outcome.exit_code == 0 and "new: GACC_MONTHLY_USD, 33 figures, file:page.html" in outcome.output


@pytest.mark.parametrize("arguments, message", [
    (("fetch", "nobody"), "unknown source"), (("fetch", "imf", "--from", "2026"), "not a month"),
    (("fetch", "gacc", "--from-file", "none.html"), "none.html"),
])
def test_a_mistake_is_one_line(arguments, message, tmp_path):
    outcome = run("--store", tmp_path, *arguments)
    assert outcome.exit_code == 1 and message in outcome.output and "Traceback" not in outcome.output
