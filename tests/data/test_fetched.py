"""Shipped and fetched figures as one table: what is added, what takes whose place, and how both are pinned."""

from datetime import UTC, datetime

import pytest

from trade_lib.data.fetched import SOURCES, pinned
from trade_lib.data.tables import load, series
from trade_lib.sources import registry, store
from trade_lib.sources.client import Answer
from trade_lib.sources.publisher import rows


@pytest.fixture
def held(tmp_path, monkeypatch):
    """A store with two vintages of China's exports to Russia in July 2026 and of their year to date."""
    monkeypatch.delenv("TRADE_LIB_SHIPPED_ONLY")
    monkeypatch.setenv("TRADE_LIB_STORE", str(tmp_path))
    for day, value in (("2026-08-10", 10e9), ("2026-09-10", 11e9)):
        figures = rows([{"period": "2026-07", "window": window, "flow": flow, "value": value * times}
                        for window, times in (("month", 1), ("ytd", 6)) for flow in ("export", "import", "total")],
                       reporter="CHN", partner="RUS", unit="USD", published=day)
        store.add(tmp_path, "GACC_MONTHLY_USD", figures,
                  Answer("http://127.0.0.1/a", day.encode(), "text/html", datetime(2026, 10, 1, tzinfo=UTC)))
    return tmp_path


def july(**pins):
    table = load("flows_monthly", **pins)
    return table.loc[table["source"] == "GACC_MONTHLY_USD", "value"].tolist()


def test_a_table_holds_the_newest_vintage_that_was_public(held):
    assert july() == [11e9, 11e9]  # exports and imports; a total follows from them
    assert july(as_of="2026-09-09") == [10e9, 10e9] and july(as_of="2026-08-09") == [] == july(shipped_only=True)
    with pinned(as_of="2026-08-31"):
        assert july() == [10e9, 10e9]
    assert series("CHN", "RUS", source="GACC_MONTHLY_USD").tolist() == [22e9]
    assert series("CHN", "RUS", source="GACC_MONTHLY_USD", as_of="2026-08-31").tolist() == [20e9]


def test_releases_are_added_with_their_day(held):
    table = load("customs_releases")
    added = table[table["source"] == "GACC_MONTHLY_USD"].set_index(["basis", "flow"])
    assert added.loc[("ytd", "total"), ["value", "published", "step"]].tolist() == [66e9, "2026-09-10", 1e9]
    assert str(added.loc[("ytd", "total"), "period_start"]) == "2026-01" and len(added) == 6
    assert list(table.dtypes) == list(load("customs_releases", shipped_only=True).dtypes)


def test_a_fetched_source_does_not_take_a_shipped_ones_place_unasked(held):
    figures = rows([{"period": "2022-01", "value": 1e9}], reporter="RUS", partner="CHN", flow="export", unit="USD")
    sent = Answer("http://127.0.0.1/b", b"b", "text/csv", datetime(2026, 10, 1, tzinfo=UTC))
    store.add(held, "IMF_IMTS", figures, sent)
    assert series("RUS", "CHN", "export").attrs["source"] == "RU_FCS_96STRAN"
    assert series("RUS", "CHN", "export", source="IMF_IMTS").tolist() == [1e9]


def test_tests_and_a_machine_without_a_store_see_shipped_figures_only(tmp_path, monkeypatch):
    shipped = load("flows_monthly")
    monkeypatch.delenv("TRADE_LIB_SHIPPED_ONLY")
    monkeypatch.setenv("TRADE_LIB_STORE", str(tmp_path / "none"))
    assert load("flows_monthly").equals(shipped) and not (tmp_path / "none").exists()


def test_fetched_sources_are_those_of_the_publishers():
    assert {source.split("_")[0] for source in SOURCES} == {"GACC", "IMF", "COMEXT", "COMTRADE", "US", "HMRC", "WORLD",
                                                            "FRED"}
    assert len(registry.PUBLISHERS) == 8
