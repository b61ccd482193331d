"""What results depend on, as one digest, and the verdicts kept under it: nothing is computed twice."""

import hashlib
import importlib.metadata
import json
import os
import platform
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from trade_lib.data import files
from trade_lib.errors import TradeDataError

PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = PACKAGE / "app" / "verdicts.json"  # with the state that they were computed in
LIBRARIES = ("numpy", "pandas", "scipy", "statsmodels", "statsforecast", "networkx", "pyfixest", "matplotlib")


def versions():
    """Versions of Python, this package and the libraries that decide its numbers."""
    return {"python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in ("trade-claims", *LIBRARIES)}}


def state():
    """A digest of package, tables, fetched figures and `versions`: with the same digest the results are the same."""
    from trade_lib.data.fetched import state as fetched

    return hashlib.sha256(f"{_files()} {fetched()}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _files():
    digest = hashlib.sha256(json.dumps({**versions(), "python": ""}).encode())  # the libraries decide, not Python
    data = Path(os.environ.get("TRADE_LIB_DATA") or PACKAGE.parent / "data")
    for folder in (PACKAGE, data):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path != SHIPPED:
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def verdicts(progress=lambda claims: claims):
    """The record of every claim (`trade_lib.claims.as_record`), computed once and read back while `state` stays."""
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trade-lib" / "verdicts.json"
    for path in (SHIPPED, own):
        with suppress(TradeDataError, OSError, KeyError, TypeError):  # none, or damaged: computed anew
            stored = files.read_json(path)
            if stored["state"] == state():
                return stored["records"]
    from trade_lib import claims

    records = [claims.as_record(claims.evaluate(claim.id)) for claim in progress(claims.all_claims())]
    with suppress(OSError, TradeDataError):  # where nothing can be kept, the verdicts still stand
        own.parent.mkdir(parents=True, exist_ok=True)
        store(own, records)
    return records


def store(path, records):
    """Write verdicts with the state that they were computed in."""
    files.write(path, json.dumps({"state": state(), "records": records}, ensure_ascii=False))
