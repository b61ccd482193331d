"""Verdicts are read back while nothing that they depend on has changed, and computed anew otherwise."""

import pytest

from trade_lib.app import state


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(state, "SHIPPED", tmp_path / "verdicts.json")
    return state.SHIPPED


def first(claims):
    return [claim for claim in claims if claim.id == "C06"]


def test_what_was_stored_in_this_state_is_read_back(shipped):
    state.store(shipped, [{"id": "stored"}])
    assert state.verdicts() == [{"id": "stored"}]


@pytest.mark.parametrize("text", ['{"state": "another", "records": []}', "{", "[]", '{"records": []}'])
def test_another_state_or_a_damaged_file_is_computed_anew_and_kept(shipped, text):
    shipped.write_text(text, encoding="utf-8")
    assert [record["id"] for record in state.verdicts(first)] == ["C06"]
    assert [record["id"] for record in state.verdicts(lambda claims: 1 / 0)] == ["C06"]  # from the cache now


def test_without_any_file_verdicts_are_computed(shipped):
    assert [record["id"] for record in state.verdicts(first)] == ["C06"]
