"""Bad claims files: one clear error each, which names the line, the field and what was expected."""

import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.check import statement
from trade_lib.data.tables import data_dir
from trade_lib.errors import TradeDataError

GOOD = """article:
  title: Test
  date: 2021-12-29
claims:
  - id: A1
    text: it grew
    kind: growth
    reporter: CHN
    partner: RUS
    flow: total
    period: 2021-01..2021-11
    stated: 33.6
    unit: pct
"""
# What is changed in the good file: (old, new, what the error says)
BAD = {
    "not YAML": ("  title: Test", "  title: [Test", ["line 3", "not YAML", "expected"]),
    "unknown field": ("    unit: pct", "    units: pct", ["line 13", "'units'", "no such field", "unit"]),
    "field missing": ("    flow: total\n", "", ["line 5", "'flow'", "field missing"]),
    "stated missing": ("    stated: 33.6\n", "", ["line 5", "'stated'", "kind growth"]),
    "field twice": ("    kind: growth", "    kind: growth\n    kind: level", ["line 8", "'kind'", "twice"]),
    "unknown kind": ("kind: growth", "kind: grew", ["line 7", "'kind'", "'grew'", "growth | level"]),
    "unknown area": ("partner: RUS", "partner: Russia", ["line 9", "'partner'", "RUS"]),
    "unknown flow": ("flow: total", "flow: trade", ["line 10", "'flow'", "total | export"]),
    "bad period": ("2021-01..2021-11", "Jan-Nov 2021", ["line 11", "'period'", "2021-01..2021-11"]),
    "period backwards": ("2021-01..2021-11", "2021-11..2021-01", ["line 11", "'period'", "ends before it starts"]),
    "not a number": ("33.6", "a third", ["line 12", "'stated'", "'a third'", "33.6"]),
    "infinite": ("33.6", ".inf", ["line 12", "'stated'", "not a number"]),
    "unit of another kind": ("unit: pct", "unit: usd_bn", ["line 13", "'unit'", "pct"]),
    "bad date": ("2021-12-29", "29 December 2021", ["line 3", "'date'", "YYYY-MM-DD"]),
    "python object": ("title: Test", "title: !!python/object:os.system x", ["line 2", "'title'", "expected text"]),
    "alias": ("text: it grew", "text: &a it grew", ["line 6", "anchors"]),
    "no claims": (GOOD[GOOD.index("claims:"):], "claims: []\n", ["line 4", "'claims'", "at least one claim"]),
    "same id": (GOOD[GOOD.index("  - id"):], 2 * GOOD[GOOD.index("  - id"):], ["line 14", "'id'", "line 5"]),
    "reporter is partner": ("partner: RUS", "partner: CHN", ["line 9", "'partner'", "another area"]),
    "empty file": (GOOD, "", ["file is empty", "article and claims"]),
    "a list": (GOOD, "- 1\n", ["line 1", "key: value"]),
    "a tab": ("    kind", "\tkind", ["line 7", "a tab at the start"]),
    "very deep": ("33.6", 5000 * "[", ["line 12", "lists within lists"]),
    "aliases that grow": ("title: Test", "title: [&a [x, x], &b [*a, *a], &c [*b, *b]]", ["line 2", "anchors"]),
    "two documents": ("claims:", "---\nclaims:", ["line 4", "another document"]),
    "control character": ("title: Test", "title: 'T\0st'", ["line 2", "not YAML"]),
}


def test_the_good_file_is_read():
    article, (claim,) = statement.parse(GOOD)
    assert (claim.start, claim.end, claim.number, claim.step) == ("2021-01", "2021-11", 33.6, 0.1)
    assert article == {"title": "Test", "date": "2021-12-29", "url": ""}


@pytest.mark.parametrize("old, new, said", BAD.values(), ids=BAD)
def test_a_bad_file_is_told_in_one_line(old, new, said, tmp_path):
    assert old in GOOD
    path = tmp_path / "bad.yml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(TradeDataError) as caught:
        statement.read(path)
    for part in ("bad.yml", *said):
        assert part in str(caught.value), str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_text_file_is_told(tmp_path):
    (tmp_path / "latin.yml").write_bytes("article:\n  title: Außenhandel\n".encode("latin-1"))
    (tmp_path / "folder.yml").mkdir()
    for name, said in (("latin.yml", "line 2: not text in UTF-8"), ("folder.yml", "a folder"),
                       ("no.yml", "no such file")):
        with pytest.raises(TradeDataError, match=said):
            statement.read(tmp_path / name)


def test_the_command_ends_with_one_line_and_code_1(tmp_path):
    (tmp_path / "bad.yml").write_text(GOOD.replace("growth", "grew"))
    out = CliRunner().invoke(app, ["check", str(tmp_path / "bad.yml")])
    assert out.exit_code == 1 and out.output.count("\n") == 1 and "Traceback" not in out.output
    assert CliRunner().invoke(app, ["check", str(tmp_path / "none.yml")]).exit_code == 1


def test_fields_of_another_kind_are_refused():
    with pytest.raises(TradeDataError, match="line 14, column 'threshold': not a field of kind growth"):
        statement.parse(GOOD + "    threshold: 3\n")
    with pytest.raises(TradeDataError, match="another currency than in unit"):
        statement.parse(GOOD.replace("growth", "level").replace("pct", "usd_bn") + "    currency: CNY\n")


@pytest.mark.parametrize("text, number, step", [("33.60", 33.6, 0.01), ("140", 140, 1), ("-5.", -5, 1)])
def test_digits_are_kept(text, number, step):
    _, (claim,) = statement.parse(GOOD.replace("33.6", text))
    assert (claim.number, claim.step) == (pytest.approx(number), pytest.approx(step))


def test_the_schema_and_the_reader_agree_on_the_examples():
    jsonschema = pytest.importorskip("jsonschema")
    rules = jsonschema.Draft202012Validator(statement.SCHEMA)
    rules.check_schema(statement.SCHEMA)
    for name in statement.examples():
        plain = yaml.safe_load((data_dir() / "claims" / f"{name}.yml").read_text(encoding="utf-8"))
        plain = json.loads(json.dumps(plain, default=str))
        assert list(rules.iter_errors(plain)) == []
        plain["claims"][0]["kind"] = "grew"
        assert list(rules.iter_errors(plain))
        _, claims = statement.read(name)
        assert {claim.kind for claim in claims} <= set(statement.KINDS)
    fields = statement.SCHEMA["properties"]["claims"]["items"]["properties"]
    assert {"id", "text", "kind", "reporter", "partner", "flow", "period", "stated", "unit", "currency", "threshold",
            "horizon"} <= set(fields)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list(GOOD) + list("{}[]&*!|>#%\"'\t")), max_size=80), st.integers(0, len(GOOD)))
def test_no_text_breaks_the_reader(noise, place):
    try:
        statement.parse(GOOD[:place] + noise + GOOD[place:])
    except TradeDataError as error:
        assert str(error)
