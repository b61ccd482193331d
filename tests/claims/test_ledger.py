"""The ledger: eighteen claims, a rule each, evidence that can be traced, and what the command line prints."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from trade_lib import TradeDataError, provenance
from trade_lib.app.cli import app
from trade_lib.app.readme import END, START, refresh, with_table
from trade_lib.check.verdicts import NOT_EVALUATED, VERDICTS
from trade_lib.claims import (
    CLAIMS,
    Claim,
    Evidence,
    Verdict,
    as_record,
    evaluate,
    evaluate_all,
    markdown_table,
    scorecard,
)
from trade_lib.claims.ways import specifications

KEYS = {"id", "paragraph", "claim", "kind", "rule", "verdict", "verdict_now", "agreement", "evidence"}
EVIDENCE_KEYS = {"name", "value", "unit", "low", "high", "sources", "vintage"}


@pytest.fixture(scope="module")
def verdicts():
    return evaluate_all()


def test_all_eighteen_claims_stand_in_order_with_a_rule():
    assert [c.id for c in CLAIMS] == [f"C{i:02d}" for i in range(1, 19)]
    assert all(c.rule and c.claim and c.paragraph for c in CLAIMS)


def test_evaluated_claims_carry_evidence_agreement_and_a_notebook(verdicts):
    worked = [v for v in verdicts if v.verdict != NOT_EVALUATED]
    assert {"C01", "C02", "C03"} <= {v.claim.id for v in worked}
    for v in worked:
        assert v.verdict_now != NOT_EVALUATED
        assert v.evidence and v.why and v.claim.notebook, v.claim.id
        assert v.agreement is None or 0 <= v.agreement <= 1


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
        Verdict(Claim("C99", "1", "c", "k", "r"), verdict="probably")


def test_evidence_of_an_empty_interval_is_none_in_json():
    v = Verdict(Claim("C99", "1", "c", "k", "r"), evidence=(Evidence("n", 1.0, "%", float("nan"), float("nan")),))
    assert as_record(v)["evidence"][0]["low"] is None


def test_an_alternative_without_a_value_is_refused():
    with pytest.raises(TradeDataError, match="no value"):
        specifications([{"side": "CHN", "value": 1.0}, {"side": "RUS", "value": None}], lambda v: v > 0)


def test_agreement_is_the_share_of_alternatives():
    table = pd.DataFrame({"value": [1, 2, 3, 4], "agrees": [True, True, True, False]})
    assert Verdict(Claim("C99", "1", "c", "k", "r"), specifications=table).agreement == 0.75


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
