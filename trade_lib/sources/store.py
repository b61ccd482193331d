"""The store of vintages: plain parquet, one folder an answer, only ever added to.

    STORE/source=ID/seen=DAY/answer=ADDRESS-TIME-FIGURES/figures.parquet   what pyarrow, Dask, Spark and DuckDB read
                                                         _answer.gz        the bytes as they came
    STORE/_refused/...                                                     answers that failed a check, and why

An answer enters by the renaming of one finished folder, so that a killed fetch leaves the store as it was. A figure's
newest vintage is the one that became public last: the day its publisher put on it, else the day it was seen.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import filelock
import numpy as np
import pandas as pd
import platformdirs
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from trade_lib.errors import TradeDataError
from trade_lib.sources.publisher import COLUMNS, KEY

WAIT = 30  # seconds a writer waits for another
FIELDS = pa.schema([(name, pa.float64() if name in ("value", "yoy_pct") else pa.string()) for name in COLUMNS]
                   + [("seen_at", pa.string()), ("address", pa.string()), ("sha256", pa.string())])
WORDS = pa.dictionary(pa.int32(), pa.string())  # few different texts in many rows
PARTITIONS = ds.partitioning(pa.schema([(name, pa.string()) for name in ("source", "seen", "answer")]), flavor="hive")


def folder(store=None):
    """The store's folder: the one named, else TRADE_LIB_STORE, else the user's own data folder."""
    chosen = store or os.environ.get("TRADE_LIB_STORE")
    return Path(chosen) if chosen else platformdirs.user_data_path("trade-lib") / "store"


def add(store, source, figures, answer):
    """Enter the figures of one answer as a vintage; True if they were new.

    An answer whose figures are those its address gave last adds nothing.
    """
    store, place = Path(store), hashlib.sha256(answer.address.encode()).hexdigest()[:8]
    rows = np.sort(pd.util.hash_pandas_object(figures, index=False).to_numpy())  # in whatever order they came
    digest = hashlib.sha256(rows.tobytes()).hexdigest()[:12]
    name = f"seen={answer.seen:%Y-%m-%d}/answer={place}-{answer.seen:%H%M%S}-{digest}"
    with _writing(store):
        before = sorted(store.glob(f"source={source}/seen=*/answer={place}-*"), key=lambda p: p.parts[-2:])
        if before and before[-1].name.endswith(digest):
            return False
        figures = figures.assign(seen_at=f"{answer.seen:%Y-%m-%dT%H:%M:%SZ}", address=answer.address,
                                 sha256=answer.sha256)
        table = pa.Table.from_arrays([_column(figures[name], kind) for name, kind in zip(
            FIELDS.names, FIELDS.types, strict=True)], schema=FIELDS)
        _enter(store, f"source={source}/{name}", {"_answer.gz": gzip.compress(answer.content, 3, mtime=0)}, table)
    return True


def _column(column, kind):
    """A column as Arrow keeps it; texts go by way of their few different values."""
    if kind == pa.float64():
        return pa.array(column.to_numpy(), kind)
    column = column.astype("category")
    return pa.array(column.array).cast(kind) if len(column.cat.categories) else pa.nulls(len(column), kind)


def refuse(store, answer, reason):
    """Keep an answer that failed a check, with the reason, apart from the figures."""
    told = {"address": answer.address, "seen": f"{answer.seen:%Y-%m-%dT%H:%M:%SZ}", "media": answer.media,
            "reason": str(reason)}
    path = Path(store) / "_refused" / answer.sha256[:16]
    with _writing(Path(store)):
        if not path.exists():
            _enter(Path(store), f"_refused/{path.name}", {
                "answer.gz": gzip.compress(answer.content, 3, mtime=0),
                "reason.json": (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()})
    return path


def _enter(store, name, files, table=None):
    """Write a folder apart and rename it into place."""
    scratch, target = store / f".part-{os.getpid()}", store / name
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for file, content in files.items():
        (scratch / file).write_bytes(content)
    if table is not None:
        pq.write_table(table, scratch / "figures.parquet", compression="zstd", write_page_checksum=True)
    for path in scratch.iterdir():
        with open(path, "rb") as handle:
            os.fsync(handle.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(scratch, target)


@contextmanager
def _writing(store):
    """One writer at a time; what a killed one left unfinished is cleared away."""
    lock = filelock.FileLock(store / ".lock", timeout=WAIT)
    try:
        store.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise TradeDataError("another fetch is writing here", file=store, expected="one at a time") from None
    except OSError as error:
        raise TradeDataError(f"the store cannot be written to ({error.strerror})", file=store,
                             expected="another --store") from None
    try:
        for left in store.glob(".part-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


def is_there(store):
    """Whether a folder holds any figures."""
    return any(Path(store).glob("source=*"))


def state(store):
    """A value that changes whenever an answer enters, for caches of what is read."""
    store = Path(store)
    return str(store.resolve()), store.stat().st_mtime_ns if store.is_dir() else 0


def vintages(store, **only):
    """Every figure of every vintage, oldest first; `known` is the day it became public.

    `only` holds what a column may be, as in ``source=["IMF_IMTS"]``.
    """
    store, keep = Path(store), None
    for name, values in only.items():
        test = ds.field(name).cast(pa.string()).isin(pa.array(values, pa.string()))
        keep = test if keep is None else keep & test
    files = sorted(map(str, store.glob("source=*/seen=*/answer=*/figures.parquet")))
    read = pa.schema([field.with_type(WORDS) if field.type == pa.string() else field for field in FIELDS])
    schema = pa.schema([*read, *(field.with_type(WORDS) for field in PARTITIONS.schema)])
    form = ds.ParquetFileFormat(dictionary_columns=[field.name for field in read if field.type == WORDS])
    table = schema.empty_table()
    try:
        if files:
            data = ds.dataset(files, schema=pa.schema([*read, *PARTITIONS.schema]), partitioning=PARTITIONS,
                              format=form, partition_base_dir=str(store))
            table = data.to_table(filter=keep).cast(schema).unify_dictionaries()
    except (pa.ArrowException, OSError) as error:
        found = re.search(r"source=\S+?\.parquet", str(error))
        raise TradeDataError("a file of the store is damaged", file=found[0] if found else store,
                             value=str(error).splitlines()[0][:120], expected="a whole parquet file") from None
    frame = table.to_pandas()
    days = sorted({*frame["published"].cat.categories, *frame["seen"].cat.categories})
    published, seen = (pd.Index(days).get_indexer(frame[name].cat.categories) for name in ("published", "seen"))
    known = np.where(frame["published"].cat.codes < 0, seen[frame["seen"].cat.codes],
                     np.append(published, -1)[frame["published"].cat.codes])
    moments = frame["seen_at"].cat.reorder_categories(sorted(frame["seen_at"].cat.categories)).cat.codes
    frame["known"] = pd.Categorical.from_codes(known, days, ordered=True)
    return frame.iloc[np.lexsort((moments, known))].reset_index(drop=True)


def read(store, as_of=None, **only):
    """The newest vintage of every figure, or the newest that was public on a day.

    Examples
    --------
    >>> read("no such folder").empty
    True
    """
    frame = vintages(store, **only)
    if as_of is not None:
        try:
            day = f"{pd.Timestamp(as_of):%Y-%m-%d}"
        except ValueError:
            raise TradeDataError("not a day", value=as_of, expected="a date such as 2026-08-31") from None
        frame = frame[frame["known"].cat.codes < np.searchsorted(frame["known"].cat.categories, day, "right")]
    return frame[~number(frame, KEY).duplicated(keep="last").to_numpy()].reset_index(drop=True)


def number(frame, names):
    """One whole number for each different set of texts in some columns: fast to compare where texts are slow."""
    total = pd.Series(0, frame.index, dtype="int64")
    for name in names:
        column = frame[name].astype("category").cat
        total = total * (len(column.categories) + 1) + column.codes + 1
    return total
