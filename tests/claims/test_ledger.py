"""The ledger: eighteen claims, a rule each, evidence that can be traced, and what the command line prints."""

import json
import re
from importlib import import_module

import pytest
from typer.testing import CliRunner

from trade_lib import TradeDataError, provenance
from trade_lib.app.cli import app
from trade_lib.app.readme import END, START, refresh, with_table
from trade_lib.check.verdicts import NOT_TESTABLE, VERDICTS
from trade_lib.claims import (
    Claim,
    Evidence,
    Verdict,
    all_claims,
    as_record,
    evaluate,
    evaluate_all,
    ledger,
    markdown_table,
    rule_history,
    rules,
    scorecard,
)
from trade_lib.claims.ways import by_choice, count_ways

CODES = re.compile(r"\b(?!ASEAN\b|EU\b|US\b|UN\b)[A-Z]{2,}\b|_|;")
KEYS = {"id", "paragraph", "claim", "kind", "rule", "fixed_before", "verdict", "verdict_now", "reason", "ways",
        "evidence", "beside"}
EVIDENCE_KEYS = {"name", "value", "unit", "low", "high", "sources", "vintage"}


@pytest.fixture(scope="module")
def verdicts():
    return evaluate_all()


def test_all_eighteen_claims_stand_in_order_with_a_rule_and_its_history():
    held = all_claims()
    assert [c.id for c in held] == [f"C{i:02d}" for i in range(1, 19)]
    for c in held:
        assert c.rule and c.claim and c.paragraph and c.sides and c.history, c.id
        dates = [version["date"] for version in c.history]
        assert dates == sorted(dates) and all(v["change"] and v["reason"] for v in c.history), c.id


def test_a_verdict_is_one_that_its_rule_can_give(verdicts):
    for v in verdicts:
        assert {v.verdict, v.verdict_now} <= {*v.claim.sides, NOT_TESTABLE}, v.claim.id
        assert v.evidence and v.reason and v.claim.notebook, v.claim.id


@pytest.mark.parametrize("claim_id", [f"C{i:02d}" for i in (4, 5, 6, 8, *range(9, 19))])
def test_a_reason_is_whole_sentences_of_twenty_words_and_four_numbers(claim_id):
    reason = evaluate(claim_id).reason
    tokens = reason.split()
    assert sum(any(c.isalpha() for c in token) for token in tokens) <= 20, reason
    assert sum(any(c.isdigit() for c in token) for token in tokens) <= 4, reason
    assert reason[0].isupper() and reason.endswith(".") and not CODES.search(reason), reason


def test_the_rules_and_their_history_as_tables():
    assert rules("C01")["fixed before"].item() == "no" and len(rules()) == 18
    assert (rule_history().groupby("id").size() >= 1).all() and rule_history("C17")["date"].iloc[0] == "2026-11-23"


def test_every_source_of_every_number_is_known(verdicts):
    for v in verdicts:
        for e in v.evidence:
            assert e.sources, (v.claim.id, e.name)
            for source in e.sources:
                assert len(provenance(source)) >= 1, source


def test_intervals_hold_their_value(verdicts):
    for v in verdicts:
        for e in v.evidence:
            if e.low is not None:
                assert e.low <= e.value <= e.high, (v.claim.id, e.name)


def test_json_of_the_command_line():
    result = CliRunner().invoke(app, ["claims", "--json"])
    assert result.exit_code == 0
    records = json.loads(result.stdout)
    assert len(records) == 18
    for record in records:
        assert set(record) == KEYS
        assert record["verdict"] in VERDICTS and record["verdict_now"] in VERDICTS
        for e in record["evidence"]:
            assert set(e) == EVIDENCE_KEYS


def test_readable_table_and_one_claim():
    result = CliRunner().invoke(app, ["claims", "C01"])
    assert result.exit_code == 0
    assert "33.6" in result.stdout and "OF0923" in result.stdout


def test_unknown_claim_is_one_clear_line():
    result = CliRunner().invoke(app, ["claims", "C99"])
    assert result.exit_code == 1
    assert "C01 to C18" in result.stderr


def test_a_verdict_outside_the_vocabulary_is_refused():
    with pytest.raises(TradeDataError, match="supported with caveats"):
        Verdict(Claim("C99", "1", "c", "k", "r"), "probably", "mixed")


def test_evidence_of_an_empty_interval_is_none_in_json():
    empty = Evidence("n", 1.0, "%", float("nan"), float("nan"))
    v = Verdict(Claim("C99", "1", "c", "k", "r"), "mixed", "mixed", evidence=(empty,))
    assert as_record(v)["evidence"][0]["low"] is None


def test_a_way_of_counting_without_a_value_is_refused():
    with pytest.raises(TradeDataError, match="no value"):
        count_ways([{"side": "CHN", "value": 1.0}, {"side": "RUS", "value": None}], lambda v: v > 0)


def test_ways_are_counted_in_all_and_by_choice():
    rows = [{"side": "CHN", "unit": "US$", "value": 1}, {"side": "RUS", "unit": "US$", "value": -1},
            {"side": "CHN", "unit": "US$", "value": 2}]
    table = count_ways(rows, lambda value: value > 0)
    verdict = Verdict(Claim("C99", "1", "c", "k", "r"), "mixed", "mixed", ways=table)
    assert verdict.held == (2, 3) and as_record(verdict)["ways"] == {"held": 2, "of": 3}
    assert by_choice(table).values.tolist() == [["side", "CHN", 2, 2], ["side", "RUS", 1, 0]]


def test_an_entry_out_of_order_is_refused_by_its_id():
    with pytest.raises(TradeDataError, match="C99"):
        ledger._claim({"id": "C99", "sides": {}})


def test_readme_holds_the_current_verdicts(verdicts):
    from pathlib import Path

    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert with_table(readme, markdown_table(scorecard(verdicts))) == readme, "run `make readme`"


def test_readme_without_markers_is_left_as_it_was(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"{START} no end")
    with pytest.raises(TradeDataError, match="markers"):
        refresh(path, "table")
    assert path.read_text() == f"{START} no end"


def test_readme_refresh_keeps_what_is_around(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{START}\nold\n{END}\nafter\n")
    refresh(path, "new")
    assert path.read_text() == f"before\n{START}\nnew\n{END}\nafter\n"


def test_evaluate_of_one_claim_equals_its_place_in_all(verdicts):
    assert evaluate("C03") == verdicts[2]


# A claim's ways of counting: the module that counts them, values that just bear the claim out, and values that do not.
EDGES = {
    "C01": ("c01_russia_growth", (32.6, 34.6), (32.59, 34.61)), "C02": ("c02_russia_total", (0.91,), (0.9,)),
    "C03": ("c02_russia_total", (1.01,), (1.0,)), "C04": ("c04_partner_growth", (0.95,), (0.949,)),
    "C05": ("c05_resilience", (1.01,), (1.0,)), "C08": ("c08_chain_stability", (-0.01,), (0.0,)),
    "C09": ("c09_recovery", (0.11,), (0.1,)), "C10": ("c10_chain_growth", (0.71,), (0.7,)),
    "C11": ("c11_digital", (1.01,), (1.0,)), "C12": ("c12_asean_chains", (1.01,), (1.0,)),
    "C13": ("c13_africa", (1.01,), (1.0,)), "C14": ("c14_russia_prospects", (1.01,), (1.0,)),
    "C16": ("c16_potential", (1.01,), (1.0,)), "C17": ("c17_pivots", (1,), (0,)),
    "C18": ("c18_protection", (1.01,), (1.0,)),
}


@pytest.mark.parametrize("claim_id", EDGES)
def test_a_way_of_counting_holds_on_one_side_of_its_threshold(claim_id, monkeypatch):
    module, holding, failing = EDGES[claim_id]
    module, tests = import_module(f"trade_lib.claims.{module}"), []
    monkeypatch.setattr(module, "count_ways", lambda rows, holds: tests.append(holds) or count_ways(rows, holds))
    evaluate(claim_id)
    (holds,) = tests
    assert [*map(holds, holding)] == [True] * len(holding) and not any(map(holds, failing))
