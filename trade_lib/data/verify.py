"""Check the shipped files against datapackage.json, naming the row and the column of a change."""

import csv
import hashlib
import io
import zlib

import numpy as np
import pandas as pd

from trade_lib.data.files import read_table
from trade_lib.data.ranges import check_plausible
from trade_lib.data.tables import check, data_dir, package, resource
from trade_lib.errors import TradeDataError

COLUMNS = ["table", "check", "row", "column", "found", "expected"]
SHOWN = 10


def cell_text(value):
    """The text a cell is fingerprinted by: shortest exact decimal of a number, nothing for an empty cell.

    Examples
    --------
    >>> cell_text(1.50), cell_text(None)
    ('1.5', '')
    """
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)


def verify(names: list[str] | None = None) -> pd.DataFrame:
    """Check tables against their descriptors: files, hashes, schemas, keys, bands, months and fingerprints.

    Every table has a crc32 a row and a hash a column on record, so that one changed cell is named by row and column,
    also when the change makes the file unreadable as a table; of several changes the first ten rows are named and
    the rest counted. Inserted and deleted rows are counted.

    Parameters
    ----------
    names : tables to check; all, and the folder itself, when absent.

    Returns
    -------
    One row a fault: table, check, row (0-based number and key values), column, found, expected. Empty: all good.

    Examples
    --------
    >>> verify(["new_year_dates"]).empty
    True
    """
    folder, faults = data_dir(), []
    chosen = [resource(name) for name in names] if names else package()["resources"]
    for item in chosen:
        faults += _verify_table(folder, item)
    if not names:
        known = {item["path"] for item in chosen} | {item["fingerprints"]["path"] for item in chosen}
        for sub in ("tables", "results", "fingerprints"):
            for path in sorted((folder / sub).rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and name not in known and path.suffix in (".csv", ".parquet", ".crc32"):
                    faults.append([name, "unlisted file", "", "", "a file", "an entry in datapackage.json"])
    return pd.DataFrame([[_one_line(cell) for cell in fault] for fault in faults], columns=COLUMNS)


def _one_line(text):
    """Text that any terminal prints on one line: what a damaged byte or a swallowed line end became is escaped."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def _sha256(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _verify_table(folder, item):
    name, path = item["name"], folder / item["path"]
    if not path.is_file():
        return [[name, "file missing", "", "", "nothing", item["path"]]]
    content, faults = path.read_bytes(), []
    found = _sha256(content)
    if found != item["hash"]:
        faults.append([name, "hash", "", "", found[:19] + "...", item["hash"][:19] + "..."])
        faults += _locate(folder, item, content)
    marks = folder / item["fingerprints"]["path"]
    if not marks.is_file() or _sha256(marks.read_bytes()) != item["fingerprints"]["hash"]:
        faults.append([name, "fingerprints file", "", "", "missing or changed", item["fingerprints"]["path"]])
    try:
        frame = check(read_table(path), item["schema"], path.name)
        check_plausible(frame, item["checks"], path.name)
        if len(frame) != item["rows"]:
            faults.append([name, "rows", "", "", f"{len(frame)} rows", f"{item['rows']} rows"])
    except TradeDataError as error:
        row = "" if error.row is None else str(error.row)
        found = error.message if error.value is None else f"{error.message}: {error.value}"
        faults.append([name, "content", row, error.column or "", found, error.expected or "what the schema says"])
    return faults


def _locate(folder, item, content):
    """Which rows and columns of a changed file differ from the fingerprints."""
    name, fields = item["name"], item["schema"]["fields"]
    marks = folder / item["fingerprints"]["path"]
    if not marks.is_file() or marks.stat().st_size != 4 * item["rows"]:
        return []
    kept = np.fromfile(marks, dtype="<u4")
    read = _csv_cells if item["format"] == "csv" else _parquet_cells
    header, columns, faults = read(content, name, [field["name"] for field in fields])
    if columns is None:
        return faults
    if header != [field["name"] for field in fields]:
        faults.append([name, "header", "", "", ", ".join(header), ", ".join(field["name"] for field in fields)])
    rows = np.array([zlib.crc32("\x1f".join(cells).encode("utf-8", "surrogateescape"))
                     for cells in zip(*columns, strict=True)], dtype="<u4")
    if len(rows) == len(kept):
        changed = np.flatnonzero(rows != kept)
    else:
        # One run of rows was put in or taken out: what is left after the common start and the common end.
        short = min(len(rows), len(kept))
        same = rows[:short] == kept[:short]
        start = short if same.all() else int((~same).argmax())
        tail = rows[::-1][:short - start] == kept[::-1][:short - start]
        end = len(tail) if tail.all() else int((~tail).argmax())
        word = "inserted" if len(rows) > len(kept) else "deleted"
        faults.append([name, "rows", f"from {start}", "", f"{len(rows)} rows",
                       f"{len(kept)} rows: {abs(len(rows) - len(kept))} {word}"])
        changed = np.arange(start, len(rows) - end) if len(rows) > len(kept) else np.arange(0)
    digests = [hashlib.sha256("\n".join(column).encode("utf-8", "surrogateescape")).hexdigest()[:16]
               for column in columns]
    differing = [field["name"] for field, digest in zip(fields, digests, strict=False) if digest != field["hash"]]
    key = [i for i, field in enumerate(fields) if field["name"] in item["schema"].get("primaryKey", [])]
    for row in changed[:SHOWN]:
        label = f"{row} (" + ", ".join(f"{header[i]}={columns[i][row]}" for i in key if i < len(header)) + ")"
        cell = ""
        if len(differing) == 1 and differing[0] in header:
            cell = columns[header.index(differing[0])][row]
        faults.append([name, "changed cell" if len(differing) == 1 else "changed row", label, ", ".join(differing),
                       cell, "the value on record (crc32 differs)"])
    if len(changed) > SHOWN:
        faults.append([name, "changed row", "", ", ".join(differing), f"{len(changed)} rows differ in all",
                       f"{SHOWN} shown"])
    if not len(changed) and len(rows) == len(kept) and not faults:
        same = "every row and column keeps its fingerprint: layout of the file or the recorded hash changed"
        faults.append([name, "hash", "", "", same, item["hash"][:19] + "..."])
    return faults


def _csv_cells(content, name, expected):
    """Header and columns of a csv as text, however broken its cells are."""
    text = content.decode("utf-8", "surrogateescape")
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        return None, None, [[name, "csv", "", "", str(error), "a readable csv"]]
    faults, width = [], len(expected)
    header, body = (lines[0], lines[1:]) if lines else ([], [])
    for row, cells in enumerate(body):
        if len(cells) != width:
            faults.append([name, "row width", str(row), "", f"{len(cells)} cells", f"{width} cells"])
            if len(faults) == SHOWN:
                break
    body = [(cells + [""] * width)[:width] for cells in body]
    return header, [list(column) for column in zip(*body, strict=True)] or [[] for _ in expected], faults


def _parquet_cells(content, name, expected):
    """Header and columns of a parquet file as text; an unreadable column is named with its rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(content), page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        return None, None, [[name, "parquet", "", "", str(error).splitlines()[0][:120], "a whole parquet file"]]
    header, faults = file.schema_arrow.names, []
    for column in header:
        start = 0
        for group in range(file.num_row_groups):
            size = file.metadata.row_group(group).num_rows
            try:
                file.read_row_group(group, columns=[column])
            except (pa.ArrowException, OSError) as error:
                faults.append([name, "parquet", f"{start} to {start + size - 1}", column,
                               str(error).splitlines()[0][:120], "a readable column chunk"])
            start += size
    if faults:
        return None, None, faults
    table = file.read()
    present = [column for column in expected if column in header]
    columns = [[cell_text(value) for value in table.column(column).to_pylist()] for column in present]
    if present != expected:
        fault = [name, "header", "", "", ", ".join(header), ", ".join(expected)]
        return None, None, [fault]
    return present, columns, []
