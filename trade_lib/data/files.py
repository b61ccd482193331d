"""The one place where files are opened and written: what cannot be used is refused before it is read, and a write
leaves a whole file, the old one or the new one."""

import csv
import json
import os
import re
import secrets
import shutil
import stat
from functools import lru_cache
from pathlib import Path

from trade_lib.errors import TradeDataError

LARGEST = 500_000_000  # bytes of a file that is read
MOST_ROWS = 20_000_000  # of a parquet file, where a few bytes can stand for millions of rows
MOST_UNPACKED = 2_000_000_000  # bytes that a parquet file's columns say they unpack to
TABLES = (".csv", ".parquet")


def readable(path, kinds=(), largest=LARGEST):
    """The path of a file that can be read: a regular file of one of the kinds, neither empty nor too large.

    Examples
    --------
    >>> readable("none.csv")
    Traceback (most recent call last):
    trade_lib.errors.TradeDataError: none.csv: no such file
    """
    path = Path(path)
    try:
        status = path.stat()
    except FileNotFoundError:
        raise TradeDataError("no such file", file=path) from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise _unreadable(path, error) from None
    if not stat.S_ISREG(status.st_mode):
        what = "a folder, not a file" if stat.S_ISDIR(status.st_mode) else "a device or pipe, not a file"
        raise TradeDataError(what, file=path, expected=" or ".join(kinds) or "a file")
    if kinds and path.suffix not in kinds:
        raise TradeDataError("not a kind of file that can be read", file=path, value=path.suffix,
                             expected=" or ".join(kinds))
    if not status.st_size:
        raise _unreadable(path, "the file is empty")
    if status.st_size > largest:
        raise TradeDataError("file too large", file=path, value=f"{status.st_size:,} bytes",
                             expected=f"at most {largest:,}")
    return path


def read_text(path, kinds=(), largest=LARGEST):
    """The text of a UTF-8 file, with or without a byte order mark."""
    path = readable(path, kinds, largest)
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[:error.start].count(b"\n") + 1
        raise TradeDataError("not text in UTF-8", file=f"{path}, line {line}") from None
    except OSError as error:
        raise _unreadable(path, error) from None


def read_json(path, largest=LARGEST):
    """What a JSON file holds."""
    try:
        return json.loads(read_text(path, largest=largest))
    except (RecursionError, ValueError) as error:
        if isinstance(error, TradeDataError):
            raise
        why = "too deep" if isinstance(error, RecursionError) else error
        raise TradeDataError(f"not valid JSON ({why})", file=Path(path).name) from None


def read_table(path):
    """The cells of a csv file as text, of a parquet file as they are stored.
    """
    path = readable(path, TABLES)
    try:
        return _csv(path) if path.suffix == ".csv" else _parquet(path)
    except TradeDataError:
        raise
    except Exception as error:  # pyarrow and csv raise a dozen kinds for one thing: the file is damaged
        raise _unreadable(path, error) from error


def _csv(path):
    import pyarrow as pa
    import pyarrow.csv as reader

    with open(path, encoding="utf-8-sig", newline="") as handle:
        names = next(csv.reader(handle), [])
    _each_once(names, path)
    bad = []
    table = reader.read_csv(
        path, reader.ReadOptions(use_threads=False),
        reader.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: bad.append(row) or "skip"),
        reader.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False))
    if bad:
        message = "row is cut short" if bad[0].actual_columns < len(names) else "row has too many cells"
        raise TradeDataError(message, file=path.name, row=bad[0].number - 2, value=bad[0].text[:160],
                             expected=f"{len(names)} cells")
    return table.to_pandas().astype(object)


def _parquet(path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path, page_checksum_verification=True)
    rows, groups = file.metadata.num_rows, range(file.metadata.num_row_groups)
    unpacked = sum(file.metadata.row_group(n).total_byte_size for n in groups)
    if rows > MOST_ROWS or unpacked > MOST_UNPACKED:
        raise TradeDataError("table too large", file=path, value=f"{rows:,} rows, {unpacked:,} bytes",
                             expected=f"at most {MOST_ROWS:,} rows and {MOST_UNPACKED:,} bytes")
    _each_once(file.schema_arrow.names, path)
    table = file.read()
    for n, column in enumerate(table.columns):
        if pa.types.is_dictionary(column.type):  # a pandas category: its cells are what it stands for
            table = table.set_column(n, table.field(n).name, column.cast(column.type.value_type))
    return table.to_pandas()


def _each_once(names, path):
    twice = [name for n, name in enumerate(names) if name in names[:n]]
    if twice:
        raise TradeDataError("column given twice", file=path.name, column=twice[0], expected="each column once")


def _unreadable(path, error):
    reason = getattr(error, "strerror", None) or (str(error).splitlines() or [type(error).__name__])[0][:160]
    return TradeDataError(f"cannot be read, truncated or corrupt ({reason})", file=path, expected="a whole file")


def target(path, kinds=(), inputs=()):
    """The path of a file that can be written, known before the work is done; links are followed.

    Parameters
    ----------
    kinds : endings that it may have.
    inputs : files that were read, which it must not overwrite.
    """
    asked = path
    try:
        path = Path(os.path.realpath(path))
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise _unwritable(asked, error) from None
    if kinds and path.suffix not in kinds:
        raise TradeDataError("not a kind of file that can be written", file=asked, value=path.suffix,
                             expected=" or ".join(kinds))
    try:
        if not path.parent.is_dir():
            raise TradeDataError("no such folder", file=path.parent)
        if path.exists() and not path.is_file():
            what = "a folder, not a file" if path.is_dir() else "a device or pipe, not a file"
            raise TradeDataError(what, file=asked, expected="a file to write")
        if any(name is not None and path.exists() and os.path.exists(name) and os.path.samefile(path, name)
               for name in inputs):
            raise TradeDataError("would overwrite what is read", file=asked, expected="another name for the output")
    except OSError as error:
        raise _unwritable(asked, error) from None
    return path


def write(path, content, kinds=(), inputs=()):
    """Write text, bytes, or what a function puts into an open binary file: whole, or not at all.

    It goes to a temporary file in the same folder, is flushed to the disk, and takes the name at last. A killed run may
    leave the temporary file; the next write into the folder removes it.
    """
    path = target(path, kinds, inputs)
    clean(path.parent)
    draft = path.with_name(f".trade-lib-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with open(draft, "xb") as handle:
            if callable(content):
                content(handle)
            else:
                handle.write(content.encode() if isinstance(content, str) else content)
            handle.flush()
            os.fsync(handle.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        os.replace(draft, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def _unwritable(path, error):
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return TradeDataError(f"cannot be written ({reason})", file=path)


@lru_cache(maxsize=64)
def clean(folder):
    """Remove the temporary files that killed runs left in a folder; once a process."""
    for draft in Path(folder).glob(".trade-lib-*.part"):
        if not _alive(int(re.search(r"lib-(\d+)-", draft.name)[1])):
            draft.unlink(missing_ok=True)


def _alive(process):
    """Whether a process runs; of one that cannot be asked (another user's, Windows) it is assumed."""
    try:
        return os.name == "nt" or os.kill(process, 0) is None
    except ProcessLookupError:
        return False
    except OSError:
        return True
