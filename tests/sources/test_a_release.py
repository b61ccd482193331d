"""A made release of July 2026, from the publisher's index to what the package then answers for that month."""

import pytest
import yaml
from typer.testing import CliRunner

from tests.sources import made
from tests.sources.conftest import Reply
from trade_lib.app.cli import app
from trade_lib.check.answer import check_file
from trade_lib.claims import rerun
from trade_lib.data.fetched import pinned
from trade_lib.data.tables import load, series

TITLE = "(2) Imports and Exports by Country (Region) of Origin/Destination"
JULY = {"TOTAL": (700_000_000, 420_000_000, 280_000_000, 21.0, 17.0, 27.0),
        "Russian Federation": (25_000_000, 12_000_000, 13_000_000, 26.0, 28.0, 24.0)}
REVISED = {**JULY, "Russian Federation": (26_000_000, 13_000_000, 13_000_000, 27.0, 30.0, 24.0)}
YEAR = {"TOTAL": (4_374_742_000, 2_545_359_000, 1_829_383_000),
        "Russian Federation": (159_175_000, 72_596_000, 86_579_000)}


@pytest.fixture
def store(player, tmp_path, monkeypatch):
    """A store into which both editions of July 2026 have been fetched."""
    monkeypatch.delenv("TRADE_LIB_SHIPPED_ONLY")
    monkeypatch.setenv("TRADE_LIB_STORE", str(tmp_path / "store"))
    for figures, day in ((JULY, "2026/08/20"), (REVISED, "2026/09/20")):
        page = made.customs(figures, month=7, ytd=YEAR, published=day)
        player.replies = {"/statics": Reply(made.index({TITLE: "/Statics/july.html"}, "Jul."), media="text/html"),
                          "/Statics": Reply(page, media="text/html")}
        outcome = run("fetch", "gacc", "--from", "2026-07", "--to", "2026-07")
        assert outcome.exit_code == 0 and "1 answers entered" in outcome.output, outcome.output
    return tmp_path / "store"


def run(*arguments):
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, list(arguments))


def test_tables_series_and_measures_know_the_month(store):
    exports = series("CHN", "RUS", "export", source="GACC_MONTHLY_USD")
    assert exports["2026-07"] == 13e9
    assert series("CHN", "RUS", "export", source="GACC_MONTHLY_USD", as_of="2026-09-19")["2026-07"] == 12e9
    assert rerun.newest("RUS", 2026)["end"] == "2026-07"
    assert load("customs_releases", shipped_only=True)["period_end"].max() < exports.index[-1]


def test_revisions_shows_what_moved(store):
    outcome = run("revisions")
    assert "GACC_MONTHLY_USD" in outcome.output and "2 to 6 months" in outcome.output
    assert "No figure" in run("--store", str(store / "none"), "revisions").output


def test_the_calendar_knows_what_is_held(store):
    lines = [line for line in run("releases", "--day", "2026-08-26").output.splitlines() if "GACC_MONTHLY_USD" in line]
    assert any("2026-07" in line and "held" in line for line in lines)


def test_an_article_is_checked_against_the_month(store, tmp_path):
    claim = {"id": "J1", "text": "China's exports to Russia came to 13 billion dollars in July 2026", "kind": "level",
             "reporter": "CHN", "partner": "RUS", "flow": "export", "period": "2026-07", "stated": 13.0,
             "unit": "usd_bn"}
    path = tmp_path / "article.yml"
    path.write_text(yaml.safe_dump({"article": {"title": "Made", "date": "2026-10-01"}, "claims": [claim]}))
    outcome = run("revisions", "--claims", str(path))  # two processes: with what is shipped, and with what was fetched
    assert "1 of 1 verdicts change" in outcome.output, outcome.output
    row = next(line for line in outcome.output.splitlines() if "J1" in line)
    assert "not testable" in row and row.rstrip(" │").endswith("supported")


def test_one_process_answers_for_each_vintage_that_is_pinned(store, tmp_path):
    claim = {"id": "J1", "text": "Exports to Russia of 13 billion dollars", "kind": "level", "reporter": "CHN",
             "partner": "RUS", "flow": "export", "period": "2026-07", "stated": 13.0, "unit": "usd_bn"}
    path = tmp_path / "article.yml"
    path.write_text(yaml.safe_dump({"article": {"title": "Made", "date": "2026-10-01"}, "claims": [claim]}))
    verdicts = []
    for pin in ({"shipped_only": True}, {"as_of": "2026-09-19"}, {}):
        with pinned(**pin):
            verdicts.append(check_file(path)[1][0].verdict)
    assert verdicts == ["not testable with these data", "contradicted", "supported"]


def test_outlook_counts_the_month_as_known(store):
    outcome = run("outlook", "--reporter", "CHN", "--partner", "RUS", "--year", "2026", "--above", "240", "usd_bn")
    assert "159.2 known to 2026-07" in outcome.output, outcome.output  # the shipped figures end in June
