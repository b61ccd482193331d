"""The shipped examples, what an answer promises, and the command that prints it."""

import json
from html import unescape

import pandas as pd
import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.check import answer as check
from trade_lib.check.kinds import KINDS
from trade_lib.check.statement import examples, form, parse
from trade_lib.check.verdicts import VERDICTS
from trade_lib.claims import evaluate
from trade_lib.data.tables import load, series

HEAD = "article:\n  title: Test\n  date: {date}\nclaims:\n"
GIVEN = ("source,reporter,partner,flow,period,value,unit\n"
         "MINE,ISL,BTN,export,2022,1000000000,USD\nMINE,ISL,BTN,export,2023,2000000000,USD\n")


def claims_text(*claims, date="2021-12-29"):
    """A claims file of these claims, each a dict of what differs from trade of China with Russia."""
    base = {"text": "it was so", "reporter": "CHN", "partner": "RUS", "flow": "total"}
    rows = [{"id": f"X{n}", **base, **claim} for n, claim in enumerate(claims)]
    return HEAD.format(date=date) + "".join(f"  - {json.dumps(row)}\n" for row in rows)


def checked(*claims, date="2021-12-29", data=None):
    article, found, faults = parse(claims_text(*claims, date=date))
    assert not faults, faults
    return check.check_claims(found, article["date"], data)


@pytest.fixture(scope="module")
def shipped():
    return {name: {one.claim.id: one for one in check.check_file(name)[1]} for name in examples()}


@pytest.mark.parametrize("claim_id", ["C01", "C02", "C03"])
def test_the_article_gets_the_verdicts_of_the_ledger(shipped, claim_id):
    ledger, mine = evaluate(claim_id), shipped["article-2021-12-29"][claim_id]
    assert (mine.verdict, mine.verdict_now) == (ledger.verdict, ledger.verdict_now)


def test_the_second_example(shipped):
    newer = shipped["trade-in-2023"]
    assert newer["S01"].verdict == "supported"
    assert newer["S04"].verdict == "supported with caveats" and "Russia's" in newer["S04"].answer.missing
    assert newer["S08"].verdict == "contradicted" and newer["S08"].answer.difference < -10
    assert newer["S10"].verdict == newer["S10"].verdict_now == "not testable with these data"


def test_records_have_the_keys_and_are_json(shipped):
    records = [check.as_record(one) for held in shipped.values() for one in held.values()]
    for record in json.loads(json.dumps(records)):
        assert list(record) == [
            "id",
            "text",
            "verdict",
            "verdict_now",
            "stated",
            "difference",
            "explanation",
            "missing",
            "sources",
            "firmness",
        ]
        assert {record["verdict"], record["verdict_now"]} <= set(VERDICTS) and record["explanation"]
        for row in record["sources"]:
            assert {"value", "unit", "source", "side", "vintage", "public", "url"} <= set(row)
    urls = [row["url"] for record in records for row in record["sources"] if row["url"]]
    assert urls and all(url.startswith("http") for url in urls)


def test_each_kind_of_the_form_has_a_function():
    assert set(KINDS) == set(form()["$defs"]["claim"]["properties"]["kind"]["enum"])


def test_a_growth_rate_is_that_of_the_table():
    trade = series("RUS", "CHN", "export", source="RU_FCS_96STRAN")
    rate = 100 * (trade["2018-01":"2018-06"].sum() / trade["2017-01":"2017-06"].sum() - 1)
    one, = checked({"kind": "growth", "reporter": "RUS", "partner": "CHN", "flow": "export",
                    "period": "2018-01..2018-06", "stated": round(rate, 2), "unit": "pct"})
    assert next(f.value for f in one.answer.figures if f.source == "RU_FCS_96STRAN") == pytest.approx(rate)
    assert one.verdict in ("supported", "supported with caveats")


def test_own_data_bear_on_a_claim_that_nothing_shipped_covers(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(GIVEN)
    claim = {"kind": "growth", "reporter": "ISL", "partner": "BTN", "flow": "export", "period": "2023", "stated": 100,
             "unit": "pct"}
    without, = checked(claim, date="2024-06-01")
    given, = checked(claim, date="2024-06-01", data=path)
    assert without.verdict == "not testable with these data"
    assert given.answer.figures[0].source == "MINE" and given.answer.figures[0].value == pytest.approx(100)
    assert given.verdict == "supported"


def test_two_currencies_in_one_table_are_two_series():
    """Yuan are not added to dollars, and a series is not read on from one currency to the other."""
    rows = [("MINE", "LAO", "KHM", "export", month, value, unit) for year, value, unit in
            ((2019, 1e9, "USD"), (2020, 1e9, "USD"), (2021, 6.45e9, "CNY")) for month in
            pd.period_range(f"{year}-01", f"{year}-12", freq="M")]
    table = pd.DataFrame(rows, columns=["source", "reporter", "partner", "flow", "period", "value", "unit"])
    one, = checked({"kind": "growth", "reporter": "LAO", "partner": "KHM", "flow": "export", "period": 2021,
                    "stated": 545, "unit": "pct"}, date="2022-06-01", data=table)
    assert one.verdict == "not testable with these data"


def test_own_data_do_not_merge_with_a_shipped_source():
    table = load("flows_monthly")
    mine = table[(table["source"] == "RU_FCS_96STRAN") & (table["partner"] == "CHN")].assign(value=1e9)
    one, = checked({"kind": "level", "reporter": "RUS", "partner": "CHN", "flow": "export", "period": 2020,
                    "stated": 12, "unit": "usd_bn"}, data=mine)
    values = {f.source: f.value for f in one.answer.figures if f.own}
    assert values["RU_FCS_96STRAN (given)"] == pytest.approx(12) and values["RU_FCS_96STRAN"] > 40


def test_many_claims():
    """Not a race: one reading of the tables serves them all."""
    kinds = [{"kind": "growth", "period": "2021-01..2021-11", "stated": 33.6, "unit": "pct"},
             {"kind": "level", "period": "2021-01..2021-11", "stated": 130.4, "unit": "usd_bn"},
             {"kind": "share", "partner": "USA", "period": 2019, "stated": 11.8, "unit": "pct"},
             {"kind": "rank", "partner": "USA", "period": 2019, "stated": 1, "unit": "rank"},
             {"kind": "record", "period": 2021}]
    found = checked(*(kinds[n % 5] for n in range(200)))
    assert len({one.claim.id for one in found}) == 200
    assert all(one.verdict.startswith("supported") for one in found)


class TestCommand:
    """The command prints what the functions return."""

    def run(self, *arguments):
        return CliRunner().invoke(app, ["check", *map(str, arguments)])

    def test_json_on_a_file_of_ones_own(self, tmp_path):
        path = tmp_path / "mine.yml"
        path.write_text(claims_text({"kind": "level", "period": 2019, "stated": 110.75, "unit": "usd_bn"}))
        out = self.run(path, "--json")
        assert out.exit_code == 0
        assert json.loads(out.stdout)[0]["verdict"].startswith("supported")

    def test_table_and_page(self, tmp_path):
        out = self.run("article-2021-12-29")
        assert out.exit_code == 0 and "C03" in out.stdout
        assert self.run("article-2021-12-29", "--html", tmp_path / "a.html").exit_code == 0
        page = (tmp_path / "a.html").read_text()
        assert "supported with caveats" in page and "src=" not in page and "Russia's customs" in unescape(page)

    def test_markup_in_a_claim_stays_text(self, tmp_path):
        path = tmp_path / "mine.yml"
        path.write_text(claims_text({"kind": "record", "period": 2021, "text": "<script>alert(1)</script> [bold]x"}))
        assert self.run(path, "--html", tmp_path / "a.html").exit_code == 0
        assert "<script>" not in (tmp_path / "a.html").read_text()
        assert "[bold]" in self.run(path).stdout

    def test_good_entries_are_checked_beside_bad_ones(self, tmp_path):
        path = tmp_path / "mine.yml"
        path.write_text(claims_text({"kind": "record", "period": 2021}, {"kind": "recrod", "period": 2021},
                                    {"kind": "level", "period": 2021, "stated": "much", "unit": "usd_bn"}))
        out = self.run(path, "--json")
        assert out.exit_code == 1 and '"X0"' in out.stdout
        assert "line 6, column 'kind'" in out.output and "line 7, column 'stated'" in out.output

    def test_schema_groups_and_errors(self, tmp_path):
        assert json.loads(self.run("--schema").stdout)["required"] == ["article", "claims"]
        assert "ASEAN (ASEAN, 11 members): BRN, IDN" in self.run("--groups").stdout
        nothing = self.run()
        assert nothing.exit_code == 1 and "article-2021-12-29" in nothing.output
        (tmp_path / "t.csv").write_text(GIVEN.replace("1000000000", "-5"))
        bad = self.run("article-2021-12-29", "--data", tmp_path / "t.csv")
        assert bad.exit_code == 1 and "t.csv, row 0, column 'value'" in bad.output
