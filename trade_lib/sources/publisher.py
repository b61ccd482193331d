"""What every publisher's module offers: a question, the addresses that ask it, and the form of the figures."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trade_lib.data.validate import month
from trade_lib.errors import TradeDataError

# One figure a row. `item` is TOTAL for all goods, else a product or an indicator; `window` says what `period` (YYYY,
# YYYY-MM or YYYY-Qn) ends: a month, a quarter, a year, or the year to date; `published` is a day or missing.
COLUMNS = ["reporter", "partner", "flow", "item", "period", "window", "value", "unit", "yoy_pct", "published"]
TEXTS = [name for name in COLUMNS if name not in ("value", "yoy_pct")]
KEY = ["source", "reporter", "partner", "flow", "item", "period", "window", "unit"]
JSON = ("application/json", "text/json")
CSV = ("text/csv", "application/csv", "application/vnd.sdmx.data+csv", "text/plain", "application/octet-stream")
HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class Query:
    """What is asked for; areas are ISO3 or group codes, months are YYYY-MM."""

    reporters: tuple = ()
    partners: tuple = ()
    items: tuple = ()
    start: str = ""
    end: str = ""
    flow: str = ""  # of a saved table that does not say whether it holds exports or imports

    @property
    def first(self):
        """First month asked for: `start`, or January of last year."""
        return pd.Period(self.start, "M") if self.start else pd.Period(f"{pd.Timestamp.now().year - 1}-01", "M")

    @property
    def last(self):
        """Last month asked for: `end`, or this month."""
        return pd.Period(self.end, "M") if self.end else pd.Timestamp.now().to_period("M")


def query(reporter="", partner="", item="", start="", end="", flow=""):
    """A question from text: codes with commas between, months as YYYY-MM.

    Examples
    --------
    >>> query("chn", "RUS, asean").partners
    ('RUS', 'ASEAN')
    """
    for text in filter(None, (start, end)):
        month(text)
    if flow not in ("", "export", "import"):
        raise TradeDataError("unknown flow", value=flow, expected="export or import")
    codes = [tuple(filter(None, (code.strip() for code in text.split(",")))) for text in (reporter, partner, item)]
    return Query(tuple(c.upper() for c in codes[0]), tuple(c.upper() for c in codes[1]), codes[2], start, end, flow)


@dataclass(frozen=True)
class Publisher:
    """A publisher: how it is asked, how its answers are read.

    `requests(query)` gives the first addresses; `follow(answer, query)` those an answer leads to (an index, a next
    page); `parse(answer, query)` gives (source id, figures with COLUMNS, what was left out in words), or None for an
    answer that holds no figures, as an index.
    """

    name: str
    title: str
    requests: Callable
    parse: Callable
    follow: Callable = lambda answer, query: []
    kinds: tuple = ()
    needs: tuple = ()  # fields of a query that may not be empty
    source: str = ""  # id of the flows in a table saved from its pages
    by_currency: bool = False  # the id ends in the currency
    reporter: tuple = ()  # whose figures they are, where always the same


def rows(records, **same):
    """Records as figures with all COLUMNS; what a record does not say is taken from `same`, else missing.

    Examples
    --------
    >>> rows([{"partner": "CHN", "value": 1.0}], reporter="USA", flow="export").loc[0, "item"]
    'TOTAL'
    """
    frame = pd.DataFrame(records)
    usual = {"flow": "", "item": "TOTAL", "window": "month", "yoy_pct": float("nan"), "published": None, "partner": "",
             "reporter": "", "unit": "", **same}
    for name in COLUMNS:
        if name not in frame:
            frame[name] = usual.get(name)
    frame["value"] = pd.to_numeric(frame["value"]).astype(float)
    frame["yoy_pct"] = frame["yoy_pct"].astype(float)
    return frame[COLUMNS].astype(dict.fromkeys(TEXTS, "category"))


def recode(column, new):
    """A column with every different text replaced by what a function or dict makes of it; None is missing.

    Examples
    --------
    >>> recode(pd.Series(["a", "b", "a"]), {"a": "x"}.get).tolist()
    ['x', nan, 'x']
    """
    old = column.astype("category").cat
    codes, texts = pd.factorize(np.array([new(text) for text in old.categories] + [None], dtype=object))
    return pd.Series(pd.Categorical.from_codes(codes[old.codes], texts), index=column.index, name=column.name)
