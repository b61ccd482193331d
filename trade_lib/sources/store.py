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
from pathlib import Path

import filelock
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
PARTITIONS = ds.partitioning(pa.schema([("source", pa.string()), ("seen", pa.string()), ("answer", pa.string())]),
                             flavor="hive")


def folder(store=None):
    """The store's folder: the one named, else TRADE_LIB_STORE, else the user's own data folder."""
    chosen = store or os.environ.get("TRADE_LIB_STORE")
    return Path(chosen) if chosen else platformdirs.user_data_path("trade-lib") / "store"


def add(store, source, figures, answer):
    """Enter the figures of one answer as a vintage; True if they were new.

    An answer whose figures are those its address gave last adds nothing.
    """
    figures = figures.sort_values(KEY[1:], kind="stable").reset_index(drop=True)
    store, place = Path(store), hashlib.sha256(answer.address.encode()).hexdigest()[:8]
    digest = hashlib.sha256(figures.to_csv(index=False).encode()).hexdigest()[:12]
    name = f"seen={answer.seen:%Y-%m-%d}/answer={place}-{answer.seen:%H%M%S}-{digest}"
    with _writing(store):
        before = sorted(store.glob(f"source={source}/seen=*/answer={place}-*"), key=lambda p: p.parts[-2:])
        if before and before[-1].name.endswith(digest):
            return False
        figures = figures.assign(seen_at=f"{answer.seen:%Y-%m-%dT%H:%M:%SZ}", address=answer.address,
                                 sha256=answer.sha256)
        table = pa.Table.from_pandas(figures, schema=FIELDS, preserve_index=False).replace_schema_metadata(None)
        _enter(store, f"source={source}/{name}", {"_answer.gz": gzip.compress(answer.content, mtime=0)}, table)
    return True


def refuse(store, answer, reason):
    """Keep an answer that failed a check, with the reason, apart from the figures."""
    told = {"address": answer.address, "seen": f"{answer.seen:%Y-%m-%dT%H:%M:%SZ}", "media": answer.media,
            "reason": str(reason)}
    path = Path(store) / "_refused" / answer.sha256[:16]
    with _writing(Path(store)):
        if not path.exists():
            _enter(Path(store), f"_refused/{path.name}", {
                "answer.gz": gzip.compress(answer.content, mtime=0),
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


class _writing:
    """One writer at a time; what a killed one left unfinished is cleared away."""

    def __init__(self, store):
        self.store = store

    def __enter__(self):
        try:
            self.store.mkdir(parents=True, exist_ok=True)
            self.lock = filelock.FileLock(self.store / ".lock", timeout=WAIT)
            self.lock.acquire()
        except filelock.Timeout:
            raise TradeDataError("another fetch is writing here", file=self.store, expected="one at a time") from None
        except OSError as error:
            raise TradeDataError(f"the store cannot be written to ({error.strerror})", file=self.store,
                                 expected="another --store") from None
        for left in self.store.glob(".part-*"):
            shutil.rmtree(left, ignore_errors=True)

    def __exit__(self, *_):
        self.lock.release()


def is_there(store):
    """Whether a folder holds any figures."""
    return any(Path(store).glob("source=*"))


def state(store):
    """A value that changes whenever an answer enters, for caches of what is read."""
    store = Path(store)
    return str(store.resolve()), store.stat().st_mtime_ns if store.is_dir() else 0


def vintages(store, sources=None, items=None, windows=None):
    """Every figure of every vintage, oldest first; `known` is the day it became public.
    """
    store = Path(store)
    wanted = [(name, values) for name, values in (("source", sources), ("item", items), ("window", windows))
              if values is not None]
    keep = None
    for name, values in wanted:
        test = ds.field(name).isin(list(values))
        keep = test if keep is None else keep & test
    files = sorted(map(str, store.glob("source=*/seen=*/answer=*/figures.parquet")))
    fields = pa.schema([*FIELDS, *PARTITIONS.schema])
    try:
        data = ds.dataset(files, schema=fields, format="parquet", partitioning=PARTITIONS,
                          partition_base_dir=str(store)) if files else fields.empty_table()
        table = data.to_table(filter=keep) if files else data
    except (pa.ArrowException, OSError) as error:
        found = re.search(r"source=\S+?\.parquet", str(error))
        raise TradeDataError("a file of the store is damaged", file=found[0] if found else store,
                             value=str(error).splitlines()[0][:120], expected="a whole parquet file") from None
    texts = [name for name in table.column_names if name not in ("value", "yoy_pct")]
    for name in texts:
        table = table.set_column(table.column_names.index(name), name, table[name].dictionary_encode())
    frame = table.to_pandas()
    day = frame["published"].astype(object).where(frame["published"].notna(), frame["seen"].astype(object))
    frame["known"] = pd.Categorical(day)
    order = pd.DataFrame({"known": day, "seen_at": frame["seen_at"].astype(object)}).sort_values(
        ["known", "seen_at"], kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def read(store, as_of=None, sources=None, items=None, windows=None):
    """The newest vintage of every figure, or the newest that was public on a day.

    Examples
    --------
    >>> read("no such folder").empty
    True
    """
    frame = vintages(store, sources, items, windows)
    if as_of is not None:
        try:
            frame = frame[frame["known"].astype(object) <= f"{pd.Timestamp(as_of):%Y-%m-%d}"]
        except ValueError:
            raise TradeDataError("not a day", value=as_of, expected="a date such as 2026-08-31") from None
    codes = pd.DataFrame({name: frame[name].cat.codes for name in KEY}, index=frame.index)
    return frame[~codes.duplicated(keep="last").to_numpy()].reset_index(drop=True)
