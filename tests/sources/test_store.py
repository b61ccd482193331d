"""The store of vintages: only added to, one writer, whole after a kill, and plain parquet for any reader."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import filelock
import pandas as pd
import pytest

from trade_lib.errors import TradeDataError
from trade_lib.sources import store
from trade_lib.sources.client import Answer
from trade_lib.sources.publisher import rows


def figures(values, published=None, partner="RUS"):
    """Monthly exports of China from January 2026 on."""
    records = [{"period": f"2026-{month:02d}", "value": value} for month, value in enumerate(values, 1)]
    return rows(records, reporter="CHN", partner=partner, flow="export", unit="USD", published=published)


def answer(day, content=b"x", address="http://127.0.0.1/a", hour=0):
    return Answer(address, content, "text/csv", datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))


def files(folder):
    """Every file of a store that counts, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*"))
            if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")}


def test_a_figure_comes_back_with_where_it_is_from(tmp_path):
    sent = answer("2026-08-10", b"page")
    assert store.add(tmp_path, "IMF_IMTS", figures([1e9]), sent)
    row = store.read(tmp_path).iloc[0]
    assert (row["source"], row["reporter"], row["period"], row["value"]) == ("IMF_IMTS", "CHN", "2026-01", 1e9)
    assert (row["address"], row["seen"], row["sha256"]) == (sent.address, "2026-08-10", sent.sha256)


def test_the_same_figures_twice_add_nothing(tmp_path):
    store.add(tmp_path, "A", figures([1e9, 2e9]), answer("2026-08-10", b"first"))
    before = files(tmp_path)
    assert not store.add(tmp_path, "A", figures([1e9, 2e9])[::-1], answer("2026-09-10", b"elapsed time differs"))
    assert files(tmp_path) == before


def test_a_revision_is_a_second_vintage_and_the_first_stays(tmp_path):
    store.add(tmp_path, "A", figures([1e9, 2e9]), answer("2026-08-10"))
    before = files(tmp_path)
    assert store.add(tmp_path, "A", figures([1e9, 3e9]), answer("2026-09-10"))
    assert before.items() <= files(tmp_path).items()
    assert store.read(tmp_path)["value"].tolist() == [1e9, 3e9]
    assert store.read(tmp_path, as_of="2026-09-09")["value"].tolist() == [1e9, 2e9]
    assert store.read(tmp_path, as_of="2026-09-10")["value"].tolist() == [1e9, 3e9]
    assert store.read(tmp_path, as_of="2026-08-09").empty
    assert len(store.vintages(tmp_path)) == 4


def test_figures_that_return_to_what_they_were_are_a_third_vintage(tmp_path):
    for hour, value in enumerate([1e9, 2e9, 1e9]):
        assert store.add(tmp_path, "A", figures([value]), answer("2026-08-10", hour=hour))
    assert len(store.vintages(tmp_path)) == 3 and store.read(tmp_path)["value"].tolist() == [1e9]


def test_the_publishers_day_counts_before_the_day_seen(tmp_path):
    store.add(tmp_path, "A", figures([2e9], published="2026-07-20"), answer("2026-08-10", address="new"))
    store.add(tmp_path, "A", figures([1e9], published="2026-04-08"), answer("2026-08-11", address="old"))
    assert store.read(tmp_path)["value"].tolist() == [2e9]
    assert store.read(tmp_path, as_of="2026-07-19")["value"].tolist() == [1e9]
    with pytest.raises(TradeDataError, match="not a day.*'soon'"):
        store.read(tmp_path, as_of="soon")


def test_what_is_refused_is_kept_apart_with_its_reason(tmp_path):
    path = store.refuse(tmp_path, answer("2026-08-10", b"<html>"), TradeDataError("a page in place of data"))
    store.refuse(tmp_path, answer("2026-08-11", b"<html>"), TradeDataError("again"))
    assert "a page in place of data" in (path / "reason.json").read_text() and store.read(tmp_path).empty
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_one_writer_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "WAIT", 0.05)
    with filelock.FileLock(tmp_path / ".lock"), pytest.raises(TradeDataError, match="another fetch is writing"):
        store.add(tmp_path, "A", figures([1e9]), answer("2026-08-10"))
    assert store.add(tmp_path, "A", figures([1e9]), answer("2026-08-10"))


def test_a_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TradeDataError, match="cannot be written to"):
        store.add(tmp_path / "file", "A", figures([1e9]), answer("2026-08-10"))


def test_a_damaged_file_is_named(tmp_path):
    store.add(tmp_path, "A", figures([1e9]), answer("2026-08-10"))
    path = next(tmp_path.glob("source=*/*/*/figures.parquet"))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TradeDataError, match="damaged"):
        store.read(tmp_path)


def test_the_state_changes_with_every_vintage_and_with_nothing_else(tmp_path):
    states = [store.state(tmp_path)]
    store.add(tmp_path, "A", figures([1e9]), answer("2026-08-10"))
    states.append(store.state(tmp_path))
    store.read(tmp_path)
    assert store.state(tmp_path) == states[1] != states[0]
    store.add(tmp_path, "A", figures([2e9]), answer("2026-08-11"))
    assert store.state(tmp_path) != states[1]


def test_dask_reads_the_store_as_it_is(tmp_path):
    import dask.dataframe as dd

    store.add(tmp_path, "A", figures([1e9, 2e9]), answer("2026-08-10"))
    store.add(tmp_path, "B", figures([5e9]), answer("2026-08-10"))
    store.refuse(tmp_path, answer("2026-08-10", b"bad"), "why")
    sums = dd.read_parquet(str(tmp_path)).groupby("source", observed=True)["value"].sum().compute()
    assert sums.to_dict() == {"A": 3e9, "B": 5e9}


KILLED = """
import sys
from tests.sources.test_store import answer, figures
from trade_lib.sources import store
print("ready", flush=True)
for number in range(10_000):
    one = answer("2026-08-11", address=f"{sys.argv[2]}-{number}")
    store.add(sys.argv[1], "A", figures([float(number + 2)] * 12), one)
"""


def test_a_kill_leaves_the_store_whole(tmp_path, root):
    """What was in stays byte for byte, each vintage is whole or not there; a benchmark does it twenty times."""
    store.add(tmp_path, "A", figures([1e9]), answer("2026-08-10"))
    for moment in (1, 2):
        before = files(tmp_path)
        worker = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path), str(moment)], cwd=root,
                                  env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE)
        worker.stdout.readline()
        time.sleep(0.05 * moment)
        worker.kill()
        worker.wait()
        worker.stdout.close()
        assert before.items() <= files(tmp_path).items()
        assert set(store.vintages(tmp_path).groupby("address", observed=True).size()) <= {1, 12}
    assert store.add(tmp_path, "A", figures([7e9]), answer("2026-08-12"))
    assert not list(tmp_path.glob(".part-*"))


def test_one_answer_is_one_file(tmp_path):
    many = pd.concat([figures(range(1, 13), partner=f"P{i:02d}") for i in range(50)], ignore_index=True)
    store.add(tmp_path, "A", many, answer("2026-08-10"))
    assert len(list(tmp_path.rglob("*.parquet"))) == 1 and len(store.read(tmp_path)) == 600
