"""Bad claims files: one clear error each, which names the line, the field and what was expected."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib.check import statement
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
    "unknown field": ("    unit: pct", "    units: pct", ["line 13", "'units'", "no such field", "unit?"]),
    "field missing": ("    flow: total\n", "", ["line 5", "'flow'", "field missing"]),
    "stated missing": ("    stated: 33.6\n", "", ["line 5", "'stated'", "field missing"]),
    "field twice": ("    kind: growth", "    kind: growth\n    kind: level", ["line 5", "twice"]),
    "unknown kind": ("kind: growth", "kind: grew", ["line 7", "'kind'", "'grew'", "level | growth"]),
    "unknown area": ("partner: RUS", "partner: Rusia", ["line 9", "'partner'", "RUS"]),
    "unknown flow": ("flow: total", "flow: gross", ["line 10", "'flow'", "export | import | total"]),
    "bad period": ("2021-01..2021-11", "Jan-Nov 2021", ["line 11", "'period'", "2021-01..2021-11"]),
    "month 13": ("2021-01..2021-11", "2021-13", ["line 11", "'period'", "2021-11"]),
    "period backwards": ("2021-01..2021-11", "2021-11..2021-01", ["line 11", "'period'", "ends before it starts"]),
    "not a number": ("33.6", "a third", ["line 12", "'stated'", "'a third'", "digits"]),
    "infinite": ("33.6", ".inf", ["line 12", "'stated'", "digits"]),
    "unit of another kind": ("unit: pct", "unit: usd_bn", ["line 13", "'unit'", "pct"]),
    "bad date": ("2021-12-29", "29 December 2021", ["line 3", "'date'", "YYYY-MM-DD"]),
    "python object": ("title: Test", "title: !!python/object:os.system x", ["line 2", "'title'"]),
    "alias": ("text: it grew", "text: &a it grew", ["line 6", "anchors"]),
    "no claims": (GOOD[GOOD.index("claims:"):], "claims: []\n", ["line 4", "'claims'", "no entry"]),
    "same id": (GOOD[GOOD.index("  - id"):], 2 * GOOD[GOOD.index("  - id"):], ["line 14", "'id'", "line 5"]),
    "reporter is partner": ("partner: RUS", "partner: CHN", ["line 9", "'partner'", "another area"]),
    "empty file": (GOOD, "", ["file is empty", "article and claims"]),
    "a list": (GOOD, "- 1\n", ["line 1"]),
    "a tab": ("    kind", "\tkind", ["line 7", "a tab at the start"]),
    "very deep": ("33.6", 5000 * "[", ["line 12", "lists within lists"]),
    "aliases that grow": ("title: Test", "title: [&a [x, x], &b [*a, *a], &c [*b, *b]]", ["line 2", "anchors"]),
    "two documents": ("claims:", "---\nclaims:", ["line 4", "another document"]),
    "control character": ("title: Test", "title: 'T\0st'", ["line 2", "not YAML"]),
}


def faults_of(text, file="claims"):
    """What is wrong with a text, however it is told."""
    try:
        return statement.parse(text, file)[2]
    except TradeDataError as error:
        return [error]


def test_the_good_file_is_read():
    article, (claim,), faults = statement.parse(GOOD)
    assert (claim.start, claim.end, claim.number, claim.step) == ("2021-01", "2021-11", 33.6, 0.1)
    assert article == {"title": "Test", "date": "2021-12-29", "url": ""} and faults == []


@pytest.mark.parametrize("old, new, said", BAD.values(), ids=BAD)
def test_a_bad_file_is_told(old, new, said):
    assert old in GOOD
    fault, *_ = faults_of(GOOD.replace(old, new, 1), "bad.yml")
    for part in ("bad.yml", *said):
        assert part in str(fault), str(fault)
    assert "\n" not in str(fault)


def test_every_fault_is_told_and_good_entries_are_read():
    entry = GOOD[GOOD.index("  - id"):]
    text = (
        GOOD
        + entry.replace("A1", "A2").replace("growth", "grew")
        + entry.replace("A1", "A3").replace("33.6", "x")
        + entry.replace("A1", "A4")
    )
    _, claims, faults = statement.parse(text)
    assert [claim.id for claim in claims] == ["A1", "A4"]
    assert [(fault.column, str(fault.file)) for fault in faults] == [
        ("kind", "claims, line 16"),
        ("stated", "claims, line 30"),
    ]


def test_what_is_no_text_file_is_told(tmp_path):
    (tmp_path / "latin.yml").write_bytes("article:\n  title: Außenhandel\n".encode("latin-1"))
    (tmp_path / "folder.yml").mkdir()
    for name, said in (
        ("latin.yml", "line 2: not text in UTF-8"),
        ("folder.yml", "a folder, not a file"),
        ("no.yml", "no such file"),
    ):
        with pytest.raises(TradeDataError, match=said):
            statement.read(tmp_path / name)
    with pytest.raises(TradeDataError, match="a device or pipe, not a file"):
        statement.read("/dev/zero")


@pytest.mark.parametrize("written, start, end", [
    ("2021Q1", "2021-01", "2021-03"), ("2021H2", "2021-07", "2021-12"), ("2021-1", "2021-01", "2021-01"),
    ("2019..2021", "2019-01", "2021-12"), ("2021q1..2021q3", "2021-01", "2021-09"), ("2021", "2021-01", "2021-12")])
def test_periods_as_people_write_them(written, start, end):
    _, (claim,), _ = statement.parse(GOOD.replace("2021-01..2021-11", written))
    assert (claim.start, claim.end) == (start, end)


@pytest.mark.parametrize(
    "written, code",
    [
        ("chn", "CHN"),
        ("Russia", "RUS"),
        ("UK", "GBR"),
        ("ROM", "ROU"),
        ("kr", "KOR"),
        ("South Korea", "KOR"),
        ("'RUS '", "RUS"),
        ("asean", "ASEAN"),
        ("[EU, USA, asean]", "ASEAN+EU+USA"),
    ],
)
def test_areas_as_people_write_them(written, code):
    text = GOOD.replace("partner: RUS", f"partner: {written}").replace("reporter: CHN", "reporter: ISL")
    _, (claim,), _ = statement.parse(text)
    assert claim.partner == code


def test_units_and_flows_as_people_write_them():
    for unit in ("'%'", "percent", "per cent"):
        assert statement.parse(GOOD.replace("unit: pct", f"unit: {unit}"))[1][0].unit == "pct"
    assert statement.parse(GOOD.replace("flow: total", "flow: Exports"))[1][0].flow == "export"
    level = GOOD.replace("growth", "level").replace("33.6", "1.2").replace("unit: pct", "unit: myr_trn")
    (claim,) = statement.parse(level)[1]
    assert (claim.number, claim.currency) == (1200.0, "MYR")


def test_a_deficit_is_a_balance_with_its_sign():
    text = GOOD.replace("growth", "level").replace("unit: pct", "unit: usd_bn")
    (deficit,) = statement.parse(text.replace("total", "deficit"))[1]
    assert (deficit.flow, deficit.sign, deficit.number) == ("balance", -1, 33.6)
    record = text.replace("total", "balance").replace("level", "record").replace("33.6", "-33.6")
    (record_deficit,) = statement.parse(record)[1]  # a record of the deficit, not of the balance
    assert (record_deficit.flow, record_deficit.sign, record_deficit.number) == ("balance", -1, 33.6)
    assert record_deficit.step == deficit.step


@pytest.mark.parametrize(
    "text, number, step", [("33.60", 33.6, 0.01), ("140", 140, 1), ("-5.", -5, 1), ("1_200", 1200, 1)]
)
def test_digits_are_kept(text, number, step):
    _, (claim,), _ = statement.parse(GOOD.replace("33.6", text))
    assert (claim.number, claim.step) == (pytest.approx(number), pytest.approx(step))


def test_about_leaves_out_the_zeros_at_the_end():
    (claim,) = statement.parse(GOOD.replace("33.6", "140\n    relation: about"))[1]
    assert (claim.step, claim.relation) == (10.0, "equal")


def test_fields_of_another_kind_are_refused():
    assert "another currency" in str(faults_of(
        GOOD.replace("growth", "level").replace("pct", "usd_bn") + "    currency: CNY\n")[0])
    assert "not a field of kind growth" in str(faults_of(GOOD + "    horizon: 2022\n")[0])
    record = GOOD.replace("growth", "record").replace("    unit: pct\n", "")
    assert "'unit'" in str(faults_of(record)[0])  # a number needs a unit, of a record too


def test_the_form_is_a_schema_and_the_examples_keep_it():
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(statement.form())
    for name in statement.examples():
        assert statement.read(name)[2] == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list(GOOD) + list("{}[]&*!|>#%\"'\t")), max_size=80), st.integers(0, len(GOOD)))
def test_no_text_breaks_the_reader(noise, place):
    try:
        statement.parse(GOOD[:place] + noise + GOOD[place:])
    except TradeDataError as error:
        assert str(error)
