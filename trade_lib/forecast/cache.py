"""Finished pieces of long work, kept in a folder by their content: a rerun reads them, a broken-off run goes on."""

import hashlib
import importlib.metadata
import io
import os
import warnings
from functools import lru_cache
from pathlib import Path

import pandas as pd

from trade_lib.data.files import write
from trade_lib.errors import TradeDataError

SEAL = hashlib.sha256().digest_size  # bytes before the piece itself
LIBRARIES = ("numpy", "pandas", "scipy", "statsforecast", "statsmodels")


def usual_folder():
    """The user's own folder for what can be made again (XDG_CACHE_HOME, or ``~/.cache``).

    Examples
    --------
    >>> usual_folder().name
    'trade-lib'
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trade-lib"


@lru_cache(maxsize=1)
def _code():
    """A digest of the forecasting code and of the versions it runs on: another model is another result."""
    digest = hashlib.sha256(" ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def key_of(*things):
    """A name for a result from everything it depends on: data, options (by their text), the code and the libraries'
    versions.

    Examples
    --------
    >>> y = pd.Series([1.0, 2.0])
    >>> key_of(y, 3) == key_of(y.copy(), 3), key_of(y, 3) == key_of(y + 1, 3)
    (True, False)
    """
    digest = hashlib.sha256(_code().encode())

    def add(thing):
        if isinstance(thing, pd.Series | pd.DataFrame):
            digest.update(pd.util.hash_pandas_object(thing, index=True).to_numpy().tobytes())
            add(list(thing.columns) if isinstance(thing, pd.DataFrame) else str(thing.name))
        elif isinstance(thing, dict):
            add([item for pair in thing.items() for item in pair])
        elif isinstance(thing, list | tuple):
            digest.update(f"({len(thing)}".encode())
            for item in thing:
                add(item)
        else:
            digest.update(f"{type(thing).__name__} {thing}\0".encode())

    add(things)
    return digest.hexdigest()


def read_kept(folder, key):
    """What was kept under a key, or None; a piece that is not what was kept under it counts as not there.

    Examples
    --------
    >>> read_kept("no such folder", "key") is None
    True
    """
    try:
        content = _piece(folder, key).read_bytes()
        return pd.read_parquet(io.BytesIO(content[SEAL:])) if content[:SEAL] == _seal(key, content[SEAL:]) else None
    except (OSError, ValueError):  # not there, or of an older format: the work is done again
        return None


def keep(folder, key, frame):
    """Keep a frame under a key with a hash of both, whole or not at all; a warning where the folder cannot be used."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        write(_piece(folder, key), _seal(key, buffer.getvalue()) + buffer.getvalue())
    except (OSError, TradeDataError) as error:
        warnings.warn(f"results are not kept for a later run in {folder} ({error})", stacklevel=2)


def _piece(folder, key):
    return Path(folder) / f"{key}.piece"


def _seal(key, content):
    """A hash that fits one content under one key only."""
    return hashlib.sha256(key.encode() + content).digest()
