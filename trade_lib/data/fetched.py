"""Shipped tables and what a user has fetched as one: which store, which vintage, and the rows it adds to a table."""

import os
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

import pandas as pd

_pinned = ContextVar("pinned", default=(None, False, None))
GACC = ["GACC_MONTHLY_USD", "GACC_MONTHLY_CNY", "GACC_PRELIM_USD", "GACC_PRELIM_CNY"]
SOURCES = {*GACC, "IMF_IMTS", "COMEXT", "COMTRADE", "US_CENSUS", "HMRC_OTS", "WORLD_BANK", "FRED"}


@contextmanager
def pinned(as_of=None, shipped_only=False, store=None):
    """Within this block every table holds the fetched figures that were public on a day, or none of them.

    Examples
    --------
    >>> with pinned(shipped_only=True):
    ...     chosen() is None
    True
    """
    token = _pinned.set((as_of, shipped_only, store))
    try:
        yield
    finally:
        _pinned.reset(token)


def where(named=None):
    """The store's folder: the one named here or in `pinned`, else the user's (see `trade_lib.sources.store.folder`)."""
    from trade_lib.sources import store

    return store.folder(named or _pinned.get()[2])


def chosen():
    """The store whose figures are read, or None: there is none, or TRADE_LIB_SHIPPED_ONLY or `pinned` rule it out."""
    if _pinned.get()[1] or os.environ.get("TRADE_LIB_SHIPPED_ONLY"):
        return None
    from trade_lib.sources import store

    return where() if store.is_there(where()) else None


def state():
    """A value that changes with the store and with what is pinned: the key of any cache of what tables hold."""
    folder = chosen()
    if folder is None:
        return None
    from trade_lib.sources import store

    return store.state(folder), _pinned.get()[0]


def extend(name, frame):
    """A shipped table with the fetched figures that belong in it: the newest vintage, or that of the pinned day.

    A fetched figure takes the place of a shipped one of the same source, pair, flow and period; others come after.
    """
    if name not in ADDED or (folder := chosen()) is None:
        return frame
    from trade_lib.sources import store

    added, key = ADDED[name]
    fetched = _fetched(added, store.state(folder), _pinned.get()[0])
    if fetched.empty:
        return frame
    replaced = pd.MultiIndex.from_frame(frame[key]).isin(pd.MultiIndex.from_frame(fetched[key]))
    return pd.concat([frame[~replaced], fetched[frame.columns]], ignore_index=True)


@lru_cache(maxsize=8)
def _fetched(added, state, as_of):
    return added(state[0], as_of)


def _flows_monthly(folder, as_of):
    """Single months of all goods between two areas."""
    from trade_lib.sources import store

    held = _plain(store.read(folder, as_of, item=["TOTAL"], window=["month"]))
    keep = held["flow"].isin(["export", "import"]) & held["partner"].ne("") & held["partner"].ne(held["reporter"])
    return held[keep].assign(period=pd.PeriodIndex(held.loc[keep, "period"], freq="M"))


def _customs_releases(folder, as_of):
    """What China's customs printed, months and year to date, with its day and address."""
    from trade_lib.sources import store

    held = _plain(store.read(folder, as_of, source=GACC, item=["TOTAL"]))
    end = pd.PeriodIndex(held["period"], freq="M")
    start = end.where(held["window"] == "month", pd.PeriodIndex([f"{p.year}-01" for p in end], freq="M"))
    return held.assign(
        basis=held["window"], period_start=start, period_end=end, published=held["known"], published_basis="page",
        publisher="General Administration of Customs of China", step=held["value"].map(_last_digit), note=None,
        url=held["address"].where(held["address"].str.startswith("http"), None))


def _last_digit(value):
    """One unit of the last digit that is not 0."""
    text = f"{value:.0f}"
    return 10.0 ** (len(text) - len(text.rstrip("0"))) if value else 1.0


def _plain(held):
    return held.astype({name: object for name in held if isinstance(held[name].dtype, pd.CategoricalDtype)})


ADDED = {
    "flows_monthly": (_flows_monthly, ["source", "reporter", "partner", "flow", "unit", "period"]),
    "customs_releases": (_customs_releases,
                         ["source", "reporter", "partner", "flow", "basis", "period_end", "unit", "published"]),
}
