"""What every builder shares: area codes, checks before writing, atomic writes, the entry in datapackage.json."""

import csv
import hashlib
import io
import json
import os
import re
import sys
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

BUILDERS = Path(__file__).resolve().parent
sys.path.insert(0, str(BUILDERS.parents[1]))

from trade_lib.data import files  # noqa: E402
from trade_lib.data import schema as checking  # noqa: E402
from trade_lib.data.ranges import check_plausible  # noqa: E402
from trade_lib.data.verify import cell_text  # noqa: E402
from trade_lib.errors import TradeDataError  # noqa: E402

PACKAGE = {
    "profile": "data-package",
    "name": "trade-claims-data",
    "title": "Tables behind the trade claims",
    "description": "Monthly and annual trade of China and its partners, printed official figures, prices and "
                   "calendars, each table written by a builder from compiled source figures.",
    "resources": [],
}
REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9_.-]+")
# Fields a source row keeps from the compiled list; notes are written by the builders.
SOURCE_FIELDS = ["source_id", "publisher", "dataset", "obtained_via", "vintage", "units", "licence_as_stated"]


def field(name, kind, description, unit=None, **rules):
    """A field of a table schema; rules are Frictionless constraints."""
    entry = {"name": name, "type": kind, "description": description}
    if unit:
        entry["unit"] = unit
    if rules:
        entry["constraints"] = rules
    return entry


@lru_cache
def _labels():
    """Source label -> area code: the names of the areas, and area_labels.csv for all other spellings."""
    with open(BUILDERS / "area_labels.csv", encoding="utf-8", newline="") as handle:
        labels = {row["label"]: row["code"] for row in csv.DictReader(handle)}
    areas = pd.read_csv(data_folder() / "tables" / "areas.csv", dtype=str, keep_default_na=False)
    for code, name in areas[["code", "name"]].itertuples(index=False):
        if labels.setdefault(name, code) != code:
            raise TradeDataError("label mapped to two codes", file="area_labels.csv", value=name, expected=code)
    return labels


def to_codes(labels):
    """Area codes of source labels; an unmapped label is an error, never a dropped row."""
    mapping = _labels()
    unknown = sorted(set(labels) - set(mapping))
    if unknown:
        raise TradeDataError(f"{len(unknown)} label(s) without a code", file="area_labels.csv", column="label",
                             value=unknown[0], expected="a row label,code")
    return labels.map(mapping)


def source_rows(source, notes):
    """Sources of a table: {source_id: note in our own words}.

    Publisher, way and licence come from the compiled list; title, vintage, units and way from source_texts.csv where
    it has them for the source, else from the list.
    """
    listed = pd.read_csv(source / "SOURCES.csv", dtype=str, keep_default_na=False).set_index("source_id", drop=False)
    listed = listed[SOURCE_FIELDS].rename(columns={"dataset": "title", "licence_as_stated": "licence"})
    texts = pd.read_csv(BUILDERS / "source_texts.csv", dtype=str, keep_default_na=False).set_index("source_id")
    rows = []
    for source_id, note in notes.items():
        if source_id not in listed.index:
            raise TradeDataError("source not in the compiled list", file="SOURCES.csv", column="source_id",
                                 value=source_id)
        row = listed.loc[source_id].to_dict()
        if source_id in texts.index:
            row.update({name: text for name, text in texts.loc[source_id].items() if text})
        row["licence"] = row["licence"] or "none stated"
        repository = row["obtained_via"].split(" : ")[0].strip()
        if REPOSITORY.fullmatch(repository):
            row["path"] = f"https://github.com/{repository}"
        rows.append({**row, "notes": note})
    return rows


def data_folder():
    """Folder the builders write to: TRADE_LIB_DATA, or data/ beside them."""
    return Path(os.environ.get("TRADE_LIB_DATA") or BUILDERS.parent)


def encode(frame, schema, form):
    """A frame of schema columns as the bytes of a csv or parquet file; the same frame gives the same bytes."""
    text = pd.DataFrame(index=frame.index)
    for item in schema["fields"]:
        column, kind = frame[item["name"]], item["type"]
        if kind == "number":
            numbers = column.astype("float64")
            text[item["name"]] = numbers if form == "parquet" else [cell_text(value) for value in numbers.tolist()]
        elif kind in ("integer", "year") and form == "parquet":
            text[item["name"]] = column.astype("Int64" if column.isna().any() else "int64")
        elif kind == "date":
            text[item["name"]] = pd.to_datetime(column).dt.strftime("%Y-%m-%d")
        elif kind in ("integer", "year", "boolean"):
            text[item["name"]] = [cell_text(value) for value in column.tolist()]
        else:
            text[item["name"]] = [None if value is None or value is pd.NaT or value != value else str(value)
                                  for value in column.tolist()]
    buffer = io.BytesIO()
    if form == "csv":
        text.to_csv(buffer, index=False, lineterminator="\n", encoding="utf-8")
    else:
        arrow = pa.Table.from_pandas(text, preserve_index=False).replace_schema_metadata(None)
        pq.write_table(arrow, buffer, compression="zstd", compression_level=12, row_group_size=100_000,
                       write_page_checksum=True, use_dictionary=True, version="2.6")
    return buffer.getvalue()


def fingerprints(raw, schema):
    """Per-row crc32 (uint32 array) and per-column sha256 of the cells' texts."""
    names = [item["name"] for item in schema["fields"]]
    columns = [[cell_text(value) for value in raw[name].tolist()] for name in names]
    rows = np.array([zlib.crc32("\x1f".join(cells).encode()) for cells in zip(*columns, strict=True)], dtype="<u4")
    digests = {name: hashlib.sha256("\n".join(cells).encode()).hexdigest()[:16]
               for name, cells in zip(names, columns, strict=True)}
    return rows, digests


def publish(name, frame, schema, *, title, description, sources, vintage, notes, checks=None, form="csv",
            folder="tables", excluded=None, extra=None):
    """Check a frame, write it as a table, and enter it in datapackage.json.

    Nothing is written unless the bytes to be written read back as a table that keeps its schema, bands and months.

    Parameters
    ----------
    name : str
        Table name.
    frame : pandas.DataFrame
        Columns of the schema, any order; rows are sorted by the primary key.
    schema : dict
        Frictionless Table Schema (fields, primaryKey, foreignKeys).
    title, description, vintage : str
    sources : list of dict
        From :func:`source_rows`.
    notes : list of str
        Traps, in our own words.
    checks : dict, optional
        bands, ratio, series: see trade_lib/data/ranges.py.
    form : {"csv", "parquet"}
    folder : {"tables", "results"}
    excluded : list of dict, optional
        Rows left out on purpose: {"rows": n, "what": ..., "why": ...}.
    extra : dict, optional
        Further entries of the resource (a computed result: versions, seed).
    """
    root = data_folder()
    checks = checks or {}
    names = [item["name"] for item in schema["fields"]]
    order = schema.get("primaryKey") or names
    frame = frame[names].sort_values(order, kind="stable", na_position="first").reset_index(drop=True)
    path = Path(folder) / f"{name}.{form}"
    content = encode(frame, schema, form)
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / path.name
        trial.write_bytes(content)
        raw = files.read_table(trial)
    table = checking.conform(raw, schema, path.name)
    codes = set(area_codes(root)) if name != "areas" else set(table["code"])
    for key in schema.get("foreignKeys", []):
        checking.check_codes(table.dropna(subset=[key["fields"]]), key["fields"], codes, path.name)
    check_plausible(table, checks, path.name)

    rows, digests = fingerprints(raw, schema)
    marks = Path("fingerprints") / f"{name}.crc32"
    fields = [{**item, "hash": digests[item["name"]]} for item in schema["fields"]]
    entry = {
        "name": name, "path": path.as_posix(), "profile": "tabular-data-resource", "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet", "encoding": "utf-8",
        "title": title, "description": description, "vintage": vintage, "rows": len(table), "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "fingerprints": {"path": marks.as_posix(), "hash": "sha256:" + hashlib.sha256(rows.tobytes()).hexdigest()},
        "sources": sources, "notes": notes, "excluded": excluded or [], "checks": checks,
        "schema": {name: part for name, part in {**schema, "fields": fields}.items() if part}, **(extra or {}),
    }
    for part in (folder, "fingerprints"):
        (root / part).mkdir(parents=True, exist_ok=True)
    files.write(root / path, content)
    files.write(root / marks, rows.tobytes())
    register(root, entry)
    return table


def register(root, entry):
    """Put a resource in datapackage.json (sorted by name) and write CATALOG.md anew."""
    path = root / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else dict(PACKAGE)
    others = [item for item in package["resources"] if item["name"] != entry["name"]]
    package = {**PACKAGE, "resources": sorted([*others, entry], key=lambda item: item["name"])}
    files.write(path, (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode())
    from trade_lib.data.provenance import catalog

    files.write(root / "CATALOG.md", catalog(package).encode())


def area_codes(root):
    """Codes of the areas table already written (build it first)."""
    path = root / "tables" / "areas.csv"
    if not path.is_file():
        raise TradeDataError("build the areas first", file="areas.csv", expected="build.py --only areas")
    return pd.read_csv(path, dtype=str, keep_default_na=False)["code"].tolist()
