"""Checking the claims of any article: the ledger's verdicts, the rules on known numbers, the keys that are promised."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.check import answer as check
from trade_lib.check import statement
from trade_lib.check.decide import (
    RULES,
    decide_forecast,
    decide_number,
    decide_outcome,
    decide_rank,
    decide_record,
)
from trade_lib.check.find import Books, shipped, table_levels, window_value
from trade_lib.check.verdicts import VERDICTS
from trade_lib.claims import evaluate
from trade_lib.data.provenance import provenance
from trade_lib.data.tables import load, series

NEW = "trade-in-2023"
HEAD = "article:\n  title: Test\n  date: {date}\nclaims:\n"
GIVEN = ("source,reporter,partner,flow,period,value,unit\n"
         "MINE,ISL,BTN,export,2022,1000000000,USD\nMINE,ISL,BTN,export,2023,2000000000,USD\n")


def claims_text(*claims, date="2021-12-29"):
    """A claims file of these claims, each a dict of what differs from trade of China with Russia."""
    base = {"text": "it was so", "reporter": "CHN", "partner": "RUS", "flow": "total"}
    rows = [{"id": f"X{n}", **base, **claim} for n, claim in enumerate(claims)]
    lines = ["".join(f"{'  - ' if n == 0 else '    '}{key}: {value}\n" for n, (key, value) in enumerate(row.items()))
             for row in rows]
    return HEAD.format(date=date) + "".join(lines)


def checked(*claims, date="2021-12-29", data=None):
    article, found = statement.parse(claims_text(*claims, date=date))
    return check.check_claims(found, article["date"], data)


@pytest.fixture(scope="module")
def article():
    return {one.claim.id: one for one in check.check_file("article-2021-12-29")[1]}


@pytest.fixture(scope="module")
def newer():
    return {one.claim.id: one for one in check.check_file(NEW)[1]}


@pytest.mark.parametrize("claim_id", ["C01", "C02", "C03"])
def test_the_article_gets_the_verdicts_of_the_ledger(article, claim_id):
    ledger = evaluate(claim_id)
    assert (article[claim_id].verdict, article[claim_id].verdict_now) == (ledger.verdict, ledger.verdict_now)


def test_the_second_example(newer):
    assert newer["S01"].verdict == "supported"
    assert newer["S04"].verdict == "supported with caveats" and "RUS" in newer["S04"].missing  # one side only
    assert newer["S08"].verdict == "contradicted" and newer["S08"].difference < -10
    assert newer["S10"].verdict == newer["S10"].verdict_now == "not testable with these data"
    assert newer["S11"].verdict == "not testable with these data" and newer["S11"].verdict_now == "supported"


def test_records_have_the_keys_and_are_json(article, newer):
    records = [check.as_record(one) for one in (*article.values(), *newer.values())]
    for record in json.loads(json.dumps(records)):
        assert list(record) == ["id", "verdict", "stated", "recomputed", "difference", "explanation"]
        assert record["verdict"] in VERDICTS and record["explanation"]
        for row in record["recomputed"]:
            assert list(row) == ["value", "unit", "source_id", "side", "vintage"] and row["vintage"]


def test_every_number_names_a_source_that_is_known(article, newer):
    named = {name for one in (*article.values(), *newer.values()) for row in one.recomputed
             for name in row["source_id"].split(" + ")}
    assert len(named) > 8
    assert all(len(provenance(name)) for name in named)


def test_each_kind_has_its_rule():
    assert set(RULES) == set(statement.KINDS)


def test_a_growth_rate_is_that_of_the_table():
    trade = series("RUS", "CHN", "export", source="RU_FCS_96STRAN")
    rate = 100 * (trade["2018-01":"2018-06"].sum() / trade["2017-01":"2017-06"].sum() - 1)
    one, = checked({"kind": "growth", "reporter": "RUS", "partner": "CHN", "flow": "export",
                    "period": "2018-01..2018-06", "stated": f"{rate:.2f}", "unit": "pct"})
    assert next(r["value"] for r in one.recomputed if r["source_id"] == "RU_FCS_96STRAN") == pytest.approx(rate)
    assert one.verdict in ("supported", "supported with caveats")


@pytest.mark.parametrize("stated, verdict", [("33.6", "supported with caveats"), ("34", "supported with caveats"),
                                             ("34.2", "mixed"), ("36", "contradicted"), ("-33.6", "contradicted")])
def test_tolerance_follows_the_digits_stated(stated, verdict):
    one, = checked({"kind": "growth", "period": "2021-01..2021-11", "stated": stated, "unit": "pct"})
    assert one.verdict == verdict


def test_units_are_converted():
    levels = [{"kind": "level", "period": "2021", "stated": number, "unit": unit}
              for number, unit in (("0.1469", "usd_trn"), ("146.9", "usd_bn"), ("146900", "usd_mn"))]
    assert {one.claim.number for one in checked(*levels, date="2022-03-01")} == {146.9}


def test_a_group_is_the_sum_of_its_members():
    total, books = 0.0, shipped()
    table = load("flows_annual_china")
    for code in ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"):
        rows = table[(table["source"] == "DOTS_ANNUAL_SAM") & (table["reporter"] == "CHN") & (table["partner"] == code)
                     & (table["flow"] == "export") & (table["period"] == 2019)]
        total += rows["value"].sum() / 1e9
    rows = table_levels(books, "CHN", "ASEAN", "export", "2019-01", "2019-12")
    assert next(r["value"] for r in rows if r["source_id"] == "DOTS_ANNUAL_SAM") == pytest.approx(total)


def test_a_balance_is_exports_less_imports_on_both_sides():
    rows = {r["own"]: r for r in table_levels(shipped(), "RUS", "CHN", "balance", "2019-01", "2019-12")
            if r["source_id"] in ("RU_FCS_96STRAN", "DOTS_ANNUAL_SAM")}
    russia = series("RUS", "CHN", "export", source="RU_FCS_96STRAN") - series("RUS", "CHN", "import",
                                                                               source="RU_FCS_96STRAN")
    china = [series("CHN", "RUS", f, table="flows_annual_china", source="DOTS_ANNUAL_SAM")["2019"].sum()
             for f in ("import", "export")]
    assert rows[True]["value"] == pytest.approx(russia["2019"].sum() / 1e9)
    assert rows[False]["value"] == pytest.approx((china[0] - china[1]) / 1e9)


def test_a_missing_period_makes_no_sum():
    assert window_value((12, 2020 * 12, pd.Series([1.0, None, 3.0]).to_numpy()), "2020-01", "2020-03") is None
    assert window_value((1, 2020, pd.Series([1.0]).to_numpy()), "2020-01", "2020-11") is None
    assert window_value((1, 2020, pd.Series([1.0]).to_numpy()), "2019-01", "2019-12") is None


def test_what_was_not_over_then_is_testable_now_only():
    one, = checked({"kind": "level", "period": "2021", "stated": "146.9", "unit": "usd_bn"})
    assert one.verdict == "not testable with these data" and one.verdict_now == "supported"


def test_a_figure_printed_later_does_not_count_then():
    early, late = (checked({"kind": "growth", "period": "2018", "stated": "27.1", "unit": "pct"}, date=date)[0]
                   for date in ("2019-02-01", "2019-12-01"))
    assert "OF0668" not in {row["source_id"] for row in early.recomputed}
    assert "OF0668" in {row["source_id"] for row in late.recomputed}


def test_more_than():
    above, too_much = checked({"kind": "level", "period": "2021-01..2021-11", "stated": "130", "relation": "above",
                               "unit": "usd_bn"}, {"kind": "level", "period": "2021-01..2021-11", "stated": "150",
                                                   "relation": "above", "unit": "usd_bn"})
    assert above.verdict == "supported with caveats"  # the Russian side stays below
    assert too_much.verdict == "contradicted"


def test_ranks_of_2019():
    right, wrong = checked(*({"kind": "rank", "partner": "USA", "flow": "export", "period": "2019", "stated": n,
                              "unit": "rank"} for n in (1, 5)))
    assert right.verdict == "supported" and wrong.verdict == "contradicted"
    assert right.difference == 0


def test_forecasts_follow_threshold_and_seed():
    low, high = checked(*({"kind": "forecast", "partner": "USA", "threshold": n, "unit": "usd_bn", "horizon": "2021"}
                          for n in (500, 900)))
    assert low.verdict == "supported with caveats" and high.verdict == high.verdict_now == "contradicted"
    again, = checked({"kind": "forecast", "partner": "USA", "threshold": 500, "unit": "usd_bn", "horizon": "2021"})
    assert again.recomputed == low.recomputed


def test_own_data_bear_on_a_claim_that_nothing_shipped_covers(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(GIVEN)
    claim = {"kind": "growth", "reporter": "ISL", "partner": "BTN", "flow": "export", "period": "2023",
             "stated": "100", "unit": "pct"}
    without, = checked(claim, date="2024-06-01")
    given, = checked(claim, date="2024-06-01", data=path)
    assert without.verdict == "not testable with these data"
    assert given.recomputed[0]["source_id"] == "MINE" and given.recomputed[0]["value"] == pytest.approx(100)
    assert given.verdict == "supported"


def test_own_data_do_not_merge_with_a_shipped_source():
    table = load("flows_monthly")
    mine = table[(table["source"] == "RU_FCS_96STRAN") & (table["partner"] == "CHN")].assign(value=1e9)
    rows = table_levels(Books(mine), "RUS", "CHN", "export", "2020-01", "2020-12")
    values = {r["source_id"]: r["value"] for r in rows if r["own"]}
    assert values["RU_FCS_96STRAN (given)"] == pytest.approx(12) and values["RU_FCS_96STRAN"] > 40


def test_the_edges_of_the_rules():
    assert decide_number("growth", 10, 0.05, [10.05], [12.0]) == "supported"
    assert decide_number("growth", 10, 0.05, [10.06], []) == "mixed"
    assert decide_number("growth", 10, 0.05, [11.01], []) == "contradicted"
    assert decide_number("growth", 10, 0.05, [], [10.9]) == "supported with caveats"
    assert decide_number("growth", 10, 0.05, [], [11.9]) == "mixed"
    assert decide_number("growth", 10, 0.05, [], [20.1]) == "contradicted"
    assert decide_number("growth", 10, 0.05, [11.9], [10.5]) == "mixed"
    assert decide_number("growth", 10, 0.05, [12.1], [10.5]) == "contradicted"
    assert decide_number("level", 100, 0.5, [104], [], derived=True) == "mixed"
    assert decide_number("level", 100, 0.5, [104], []) == "contradicted"
    assert decide_number("level", 100, 0.5, [104], [], scale=600) == "mixed"
    assert decide_number("level", 100, 0.5, [], []) == "not testable with these data"
    assert decide_number("level", 100, 0.5, [99], [], "above") == "contradicted"
    assert decide_rank(2, [1, 3]) == "mixed" and decide_rank(1, [1, 3]) == "mixed"
    assert decide_record([True, False], [True, True]) == "mixed" and decide_record([], []).startswith("not")
    assert decide_forecast(0.5, None) == "mixed" and decide_forecast(0.95, 0.95) == "supported"
    assert decide_outcome([]).startswith("not") and decide_outcome([True, False]) == "supported with caveats"


def test_other_books_alone_do_not_deny_a_number():
    """China's exports to the US in 2021 were printed as 576 bn; of these books only the US side's are shipped."""
    true, false = checked(*({"kind": "level", "partner": "USA", "flow": "export", "period": "2021", "stated": number,
                             "unit": "usd_bn"} for number in (576, 1000)), date="2022-02-10")
    assert (true.verdict, false.verdict) == ("mixed", "contradicted")
    assert "the books of CHN" in true.missing


def test_a_figure_is_known_to_the_digits_it_was_printed_with():
    """3.36 less 2.69 trillion leave 670 billion with 10 either way; of two printings the undisputed one counts."""
    surplus, belt = checked(
        {"kind": "level", "partner": "WORLD", "flow": "balance", "period": "2021", "stated": "676.4", "unit": "usd_bn"},
        {"kind": "level", "partner": "BRI", "period": "2021", "stated": "11.6", "unit": "cny_trn"}, date="2022-02-10")
    assert surplus.verdict == "supported" and "± 10" in surplus.explanation
    assert belt.verdict == "supported" and belt.recomputed[0]["source_id"] == "OF0372"


def test_a_record_holds_as_far_as_the_number_stated_with_it():
    right, wrong = checked(*({"kind": "record", "partner": "WORLD", "period": "2021", "stated": number,
                              "unit": "usd_trn"} for number in ("6.05", "7.05")), date="2022-02-10")
    assert (right.verdict, wrong.verdict) == ("supported", "contradicted") and right.missing == ""


def test_a_record_that_is_not_passed_yet_is_not_denied():
    early, = checked({"kind": "record", "reporter": "SGP", "partner": "CHN", "period": "2021"}, date="2021-10-20")
    assert early.verdict == "not testable with these data" and "months after 2021-09" in early.missing
    assert early.verdict_now == "supported with caveats"


def test_a_thousand_claims():
    """Not a race: one reading of the tables serves them all, so the lot costs little more than the first."""
    kinds = [{"kind": "growth", "period": "2021-01..2021-11", "stated": "33.6", "unit": "pct"},
             {"kind": "level", "period": "2021-01..2021-11", "stated": "130.4", "unit": "usd_bn"},
             {"kind": "share", "partner": "USA", "period": "2019", "stated": "12", "unit": "pct"},
             {"kind": "rank", "partner": "USA", "period": "2019", "stated": "1", "unit": "rank"},
             {"kind": "record", "period": "2021"},
             {"kind": "forecast", "threshold": 140, "unit": "usd_bn", "horizon": "2021"}]
    found = checked(*(kinds[n % 6] for n in range(1000)))
    assert len({one.claim.id for one in found}) == 1000
    assert {one.verdict for one in found[::6]} == {"supported with caveats"}


class TestCommand:
    """The command prints what the functions return."""

    def run(self, *arguments):
        return CliRunner().invoke(app, ["check", *map(str, arguments)])

    def test_json_on_a_file_of_ones_own(self, tmp_path):
        path = tmp_path / "mine.yml"
        path.write_text(claims_text({"kind": "level", "period": "2019", "stated": "110.75", "unit": "usd_bn"}))
        out = self.run(path, "--json")
        assert out.exit_code == 0
        assert json.loads(out.stdout)[0]["recomputed"][0]["source_id"].startswith("OF")

    def test_table_and_page(self, tmp_path):
        out = self.run("article-2021-12-29")
        assert out.exit_code == 0 and "C03" in out.stdout
        assert self.run("article-2021-12-29", "--html", tmp_path / "a.html").exit_code == 0
        page = (tmp_path / "a.html").read_text()
        assert "supported with caveats" in page and "src=" not in page and "RU_FCS_96STRAN" in page

    def test_markup_in_a_claim_stays_text(self, tmp_path):
        path = tmp_path / "mine.yml"
        text = claims_text({"kind": "record", "period": "2021", "text": "'<script>alert(1)</script> [bold]x'"})
        path.write_text(text)
        assert self.run(path, "--html", tmp_path / "a.html").exit_code == 0
        assert "<script>" not in (tmp_path / "a.html").read_text()
        assert "[bold]" in self.run(path).stdout

    def test_schema_and_errors(self, tmp_path):
        assert json.loads(self.run("--schema").stdout)["required"] == ["article", "claims"]
        nothing = self.run()
        assert nothing.exit_code == 1 and "article-2021-12-29" in nothing.output
        (tmp_path / "t.csv").write_text(GIVEN.replace("1000000000", "-5"))
        bad = self.run("article-2021-12-29", "--data", tmp_path / "t.csv")
        assert bad.exit_code == 1 and "t.csv, row 0, column 'value'" in bad.output
