"""Any number of the scorecard leads to a table's row and its address in two steps: its source ids, then provenance."""

import re

import pytest

from trade_lib import load, provenance, tables
from trade_lib.claims import evaluate_all, trace

PRINTED = ("official_figures", "official_facts", "headline_figures")
INPUTS = re.compile(r"sources of the inputs: ([A-Z0-9_, ]+)")
NUMBERED = re.compile(r"\b(?:OF\d{4}|FACT\d{2})\b")


@pytest.fixture(scope="module")
def worked():
    return evaluate_all()


def ends(source, depth=2):
    """Where a source id leads: addresses and named data sets, through the inputs of a computed table if need be."""
    found = []
    for row in provenance(source).itertuples():
        places = [text for text in (row.url, row.obtained_via) if re.search(r"https?://", text or "")]
        inputs = [i.strip() for i in (INPUTS.search(row.notes or "") or ["", ""])[1].split(",") if i.strip()]
        if places:
            found += places
        elif inputs and depth:
            found += [place for one in inputs for place in ends(one, depth - 1)]
        elif row.publisher and row.dataset:
            found.append(f"{row.publisher}: {row.dataset}")
    return found


def test_every_source_of_every_number_ends_at_an_address_or_a_named_data_set(worked):
    lost = [(v.claim.id, e.name, source) for v in worked for e in v.evidence for source in e.sources
            if not ends(source)]
    assert not lost


def test_almost_every_end_is_an_address(worked):
    sources = {source for v in worked for e in v.evidence for source in e.sources}
    addressed = {s for s in sources if any("http" in place for place in ends(s))}
    assert len(addressed) >= 0.8 * len(sources), sorted(sources - addressed)


def test_a_printed_number_is_a_row_with_its_page(worked):
    ids = {source for v in worked for e in v.evidence for source in e.sources if NUMBERED.fullmatch(source)}
    assert ids
    for name in sorted(ids):
        papers = provenance(name)
        assert len(papers) == 1 and papers["table"].item() in PRINTED
        row = load(papers["table"].item()).set_index("id").loc[name]
        assert row["url"] == papers["url"].item()
        assert re.match(r"https?://", row["url"])


def test_a_source_that_is_no_printed_row_belongs_to_a_shipped_table(worked):
    shipped = set(tables()["name"])
    sources = {source for v in worked for e in v.evidence for source in e.sources if not NUMBERED.fullmatch(source)}
    for source in sorted(sources):
        assert set(provenance(source)["table"]) <= shipped, source


def test_every_number_names_the_call_that_made_it(worked):
    assert not [(v.claim.id, e.name) for v in worked for e in v.evidence if not e.call]


def test_the_second_step_is_a_row_of_a_table_with_its_page(worked):
    for verdict in worked:
        for item in verdict.evidence:
            steps = trace(item)
            assert set(steps["source"]) == set(item.sources), item.name
            assert (steps["page"] != "").all(), item.name
            for step in steps[steps["rows"].str.startswith(("id ==", "source =="))].itertuples():
                rows = load(step.table).query(step.rows.partition(" (")[0])
                assert len(rows) == 1 or f"({len(rows):,})" in step.rows
