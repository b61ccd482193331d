"""Finished pieces of long work, kept in a folder by their content: a rerun reads them, a broken-off run goes on."""

import hashlib
import importlib.metadata
import os
import tempfile
from functools import lru_cache
from pathlib import Path

import pandas as pd

from trade_lib.errors import TradeDataError

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
    """A name for a result from everything it depends on: data, options, the code and the libraries' versions.

    Parameters
    ----------
    things
        Series and frames by their values and labels; dictionaries, lists and tuples by their members; anything else
        by its text.

    Returns
    -------
    str

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
    """What was kept under a key, or None; a file that cannot be read counts as not there.

    Examples
    --------
    >>> read_kept("no such folder", "key") is None
    True
    """
    path = Path(folder) / f"{key}.parquet"
    try:
        return pd.read_parquet(path) if path.exists() else None
    except (OSError, ValueError):  # a disk that filled up, an older format: the work is done again
        return None


def keep(folder, key, frame):
    """Keep a frame under a key, whole or not at all.

    Raises
    ------
    TradeDataError
        The folder cannot be made or written to.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        try:
            frame.to_parquet(name, index=False)
            os.replace(name, folder / f"{key}.parquet")
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise TradeDataError("results cannot be kept here", file=folder, value=error.strerror or str(error),
                             expected="a folder that can be written to") from error
