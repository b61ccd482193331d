"""Files are refused before they are read, and written whole or not at all."""

import os
import resource
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from trade_lib.data import files
from trade_lib.errors import TradeDataError

KEEP_WRITING = """
import sys
from trade_lib.data.files import write
print("ready", flush=True)
while True:
    for letter in b"ab":
        write(sys.argv[1], bytes([letter]) * 3_000_000)
"""


def test_a_write_is_whole_whenever_it_is_killed_and_leaves_nothing_behind(tmp_path):
    target = tmp_path / "out.csv"
    target.write_bytes(b"a" * 3_000_000)
    for pause in (0.002, 0.005, 0.011, 0.017, 0.03):
        process = subprocess.Popen([sys.executable, "-c", KEEP_WRITING, str(target)], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(pause)
        process.kill()
        process.wait()
        content = target.read_bytes()
        assert len(content) == 3_000_000 and len(set(content)) == 1
    files.clean(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_the_draft_of_a_process_that_still_writes_is_left_alone(tmp_path):
    mine = tmp_path / f".trade-lib-{os.getpid()}-00.part"
    mine.write_text("a")
    files.clean(tmp_path)
    assert mine.exists()


def test_a_full_disk_leaves_the_old_file_whole_and_is_said(tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(TradeDataError, match=r"out.csv: cannot be written \(File too large\)"):
            files.write(target, b"x" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_text() == "old" and os.listdir(tmp_path) == ["out.csv"]


def test_a_write_keeps_the_mode_of_the_old_file_and_the_umask_of_a_new_one(tmp_path):
    before = os.umask(0o077)
    try:
        files.write(tmp_path / "new.csv", "a")
        (tmp_path / "old.csv").touch()
        (tmp_path / "old.csv").chmod(0o644)
        files.write(tmp_path / "old.csv", "a")
    finally:
        os.umask(before)
    assert [oct((tmp_path / name).stat().st_mode & 0o777) for name in ("new.csv", "old.csv")] == ["0o600", "0o644"]


def test_a_link_keeps_pointing_where_it_does(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    os.symlink("real.csv", tmp_path / "link.csv")
    files.write(tmp_path / "link.csv", "new")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").read_text() == "new"


@pytest.mark.parametrize(("name", "said"), [
    ("in.csv", "would overwrite what is read"), ("./in.csv", "would overwrite what is read"),
    ("link.csv", "would overwrite what is read"), ("", "a folder"), (".", "a folder"),
    ("none/out.csv", "no such folder"),
    ("out.xls", "not a kind of file"), ("/dev/null", "not a kind of file")])
def test_a_target_that_cannot_be_is_refused_before_any_work(name, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("a")
    os.symlink("in.csv", "link.csv")
    with pytest.raises(TradeDataError, match=said):
        files.target(name, (".csv", "") if name in ("", ".") else (".csv",), ["in.csv", None, "none"])


def test_a_device_is_no_file_to_write():
    with pytest.raises(TradeDataError, match="a device or pipe"):
        files.target("/dev/null")


@pytest.mark.parametrize(("size", "good"), [(10, True), (11, False)])
def test_a_file_is_read_up_to_the_size_that_is_said(size, good, tmp_path):
    (tmp_path / "a.yml").write_bytes(b"x" * size)
    if good:
        assert files.read_text(tmp_path / "a.yml", largest=10) == "x" * size
    else:
        with pytest.raises(TradeDataError, match="file too large: got '11 bytes'; expected at most 10"):
            files.read_text(tmp_path / "a.yml", largest=10)


def test_cells_of_a_csv_are_text_as_they_stand(tmp_path):
    (tmp_path / "a.csv").write_bytes(b'\xef\xbb\xbfname,value\r\n"a,""b""",007\r\nNA,\r\n"two\nlines",1e3\r\n')
    frame = files.read_table(tmp_path / "a.csv")
    assert frame.to_dict("list") == {"name": ['a,"b"', "NA", "two\nlines"], "value": ["007", "", "1e3"]}


def test_the_row_of_another_width_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n3,4\n5,6,7\n")
    with pytest.raises(TradeDataError, match=r"a.csv, row 2: row has too many cells: got '5,6,7'; expected 2 cells"):
        files.read_table(tmp_path / "a.csv")


@pytest.mark.parametrize(("rows", "good"), [(files.MOST_ROWS, True), (files.MOST_ROWS + 1, False)])
def test_a_parquet_file_is_refused_by_the_rows_it_says_it_has(rows, good, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 1000)
    pd.DataFrame({"a": range(1000 + rows - 20_000_000)}).to_parquet(tmp_path / "a.parquet")
    if good:
        assert len(files.read_table(tmp_path / "a.parquet")) == 1000
    else:
        with pytest.raises(TradeDataError, match="table too large: got '1,001 rows"):
            files.read_table(tmp_path / "a.parquet")
