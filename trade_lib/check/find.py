"""What the shipped tables (and a table of the user's own) say of one flow over one window, by source and side.

Values are in billions of a currency. A reading is a dict: ``value``, ``step`` (one unit of the last digit printed, 0
for tables), ``unit``, ``source_id`` (several ids joined by +), ``side`` (the area whose books it is), ``vintage``,
``own`` (whether they are the reporter's books), ``derived`` (whether it was converted from another currency or summed
over a group's members here).
"""

import re
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from trade_lib.data.areas import groups, members
from trade_lib.data.releases import TRUSTED, printed
from trade_lib.data.tables import load, package
from trade_lib.errors import TradeDataError

TABLES = ("flows_monthly", "flows_annual_china")
RECONCILED = "reconciled"
RECONCILED_SOURCES = ("ATLAS_G20",)  # made from both sides' reports: nobody's own books
COMPLETE_TO = {"COMTRADE_CN": "2023-12"}  # later years are incomplete, says the source's note in the catalogue
# A printed share counts when its note says that it is the partner's part of all trade, not that of a class of goods.
SHARE_NOTE = r"share of China(?:'s)? (?:total trade|trade|exports|imports)"
_SWAP = {"total": "total", "export": "import", "import": "export"}


class Books:
    """Every flow at hand by reporter, partner and flow, and every printed figure; read once, then looked up."""

    def __init__(self, data=None):
        self.frames = [load(name) for name in TABLES] + ([] if data is None else [data])
        self.places = {}
        for n, frame in enumerate(self.frames):
            for (*key, name), rows in frame.groupby(["reporter", "partner", "flow", "source"]).indices.items():
                held = self.places.setdefault(tuple(key), {})
                # a user's table under a shipped source id stands beside it, it is not merged with it
                held[f"{name} (given)" if name in held else name] = (n, rows)
        self.vintages = {s["source_id"]: s["vintage"] for item in package()["resources"] for s in item["sources"]}
        prices = load("prices_monthly").set_index("month")
        self.rates = {c[:3].upper(): prices[c].dropna().astype(float) for c in prices if c.endswith("_per_usd")}
        self.cpi = prices["us_cpi"].dropna().astype(float)
        figures = load("official_figures")
        figures = figures[figures["audit"].isin(TRUSTED) & (figures["scope"] == "goods")
                          & (figures["reporter"] == "CHN")]
        part = figures["note"].fillna("").str.contains(SHARE_NOTE, regex=True)
        figures = figures[(figures["measure"] != "share_pct") | part]
        self.printings = figures.assign(first=figures["period_start"].astype(str), terms=figures["terms"].fillna(""),
                                        last=figures["period_end"].astype(str))
        self.figures = self.printings.groupby(["partner", "flow", "measure", "first", "last", "terms"]).indices
        self.memo = {}

    def remember(self, key, make):
        """The result of ``make()``, kept under a key."""
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    def held(self, reporter, partner, flow):
        """The series of one flow that the tables hold: {source id: (values by period, currency unit)}."""
        places = self.places.get((reporter, partner, flow), {})
        return {name: self.remember((name, reporter, partner, flow), lambda p=place: self._series(*p))
                for name, place in places.items()}

    def _series(self, n, rows):
        part = self.frames[n].iloc[rows]
        periods = part["period"] if isinstance(part["period"].dtype, pd.PeriodDtype) else part["period"].astype(str)
        index = pd.PeriodIndex(periods, freq="M" if isinstance(periods.dtype, pd.PeriodDtype) else "Y")
        return pd.Series(part["value"].to_numpy(float), index).sort_index(), part["unit"].iloc[0]


@lru_cache(maxsize=1)
def shipped():
    """The books of the shipped tables, read once."""
    return Books()


@lru_cache(maxsize=1)
def _groups():
    return frozenset(groups())


@lru_cache(maxsize=2**16)
def group_members(code, month):
    """Members of a group in a month, () where the code is no group with a shipped list or was none yet.

    Examples
    --------
    >>> len(group_members("ASEAN", "2021-11")), group_members("RUS", "2021-11")
    (10, ())
    """
    if code not in _groups():
        return ()
    try:
        return tuple(members(code, month))
    except TradeDataError:  # the group was not there yet
        return ()


def table_series(books, reporter, partner, flow, month):
    """Series of one flow as one reporter books it, by source: {source id: (values, currency unit)}.

    A total or a balance needs both flows of one source. A group that a source does not know by name is the sum of its
    members in that month, where the source has them all.
    """
    return books.remember(_key(reporter, partner, flow, month),
                          lambda: _table_series(books, reporter, partner, flow, month))


def _key(reporter, partner, flow, month):
    return "series", reporter, partner, flow, group_members(reporter, month), group_members(partner, month)


def _table_series(books, reporter, partner, flow, month):
    if flow in ("total", "balance"):
        parts = [table_series(books, reporter, partner, f, month) for f in ("export", "import")]
        sign = 1 if flow == "total" else -1
        return {name: ((parts[0][name][0] + sign * parts[1][name][0]).dropna(), parts[0][name][1])
                for name in parts[0] if name in parts[1]}
    found = dict(books.held(reporter, partner, flow))
    for codes, keys in ((group_members(partner, month), lambda c: (reporter, c, flow)),
                        (group_members(reporter, month), lambda c: (c, partner, flow))):
        codes = [c for c in codes if c not in (reporter, partner)]
        if not codes:
            continue
        names = set.intersection(*(set(books.places.get(keys(c), {})) for c in codes)) - set(found)
        held = [books.held(*keys(c)) for c in codes] if names else []
        for name in sorted(names):
            if len({h[name][1] for h in held}) == 1 and len({h[name][0].index.freqstr for h in held}) == 1:
                total = pd.concat([h[name][0] for h in held], axis=1, join="inner").sum(axis=1)
                found[name] = (total, held[0][name][1])
    return found


def _amounts(books, values, unit, currency):
    """A series in billions of a currency as (periods in a year, number of its first period, array with NaN in gaps).

    Months are converted at the month's mean rate, into yuan at the preceding month's (as China's customs do), years
    at the year's mean rate. None where there is no rate.
    """
    monthly = values.index.freqstr == "M"
    for code, power in ((unit, -1), (currency, 1)):
        if unit == currency or code == "USD":
            continue
        if code not in books.rates:
            return None
        rate = books.rates[code]
        rate = (rate.shift(1) if code == "CNY" else rate) if monthly else rate.groupby(rate.index.asfreq("Y")).mean()
        values = values * rate.reindex(values.index) ** power
    if values.empty:
        return None
    a_year, index = (12, values.index.year * 12 + values.index.month - 1) if monthly else (1, values.index.year)
    array = np.full(index[-1] - index[0] + 1, np.nan)
    array[index - index[0]] = values.to_numpy() / 1e9
    return a_year, int(index[0]), array


def window_value(amounts, start, end):
    """Sum over a window of what `_amounts` gives; None where a period of it is missing, or a year is cut.

    Examples
    --------
    >>> window_value((1, 2020, np.array([1.0, 2.0])), "2020-01", "2021-12")
    3.0
    """
    if amounts is None:
        return None
    a_year, first, array = amounts
    years, months = (int(start[:4]), int(end[:4])), (int(start[5:]) - 1, int(end[5:]) - 1)
    if a_year == 1 and months != (0, 11):
        return None
    low, high = (y * 12 + m if a_year == 12 else y for y, m in zip(years, months, strict=True))
    if low < first or high >= first + len(array):
        return None
    total = array[low - first:high - first + 1].sum()
    return None if np.isnan(total) else float(total)


def table_levels(books, reporter, partner, flow, start, end, currency="USD", mirror=True):
    """Levels in the tables, as readings: the reporter's and, with swapped flows, its partner's."""
    rows, sides = [], [(True, (reporter, partner, flow)), (False, (partner, reporter, _SWAP.get(flow, flow)))]
    for own, (r, p, f) in sides if mirror else sides[:1]:
        key = _key(r, p, f, end)
        for name, (values, unit) in table_series(books, r, p, f, end).items():
            if end > COMPLETE_TO.get(name, end):
                continue
            amounts = books.remember(("amounts", name, currency, *key),
                                     lambda v=values, u=unit: _amounts(books, v, u, currency))
            value = window_value(amounts, start, end)
            if value is not None:
                value = -value if flow == "balance" and not own else value
                both = name in RECONCILED_SOURCES
                rows.append(reading(books, value, 0.0, f"bn {currency}", name, RECONCILED if both else r,
                                    own and not both, derived=unit != currency or _summed(books, name, r, p, f)))
    return rows


def _summed(books, name, reporter, partner, flow):
    """Whether a source's series of a flow is a sum over a group's members."""
    held = "export" if flow in ("total", "balance") else flow
    return name not in books.places.get((reporter, partner, held), {})


def world_pairs():
    """Reconciled trade (BACI) in US$: an array of exporter-importer pairs x years, and where each pair stands in it."""
    frame = load("flows_bilateral").pivot(index=["exporter", "importer"], columns="year", values="value")
    return np.nan_to_num(frame.to_numpy(float)), {pair: n for n, pair in enumerate(frame.index)}, {y: n for n, y in
                                                                                    enumerate(frame.columns)}


def reconciled_level(books, reporter, partner, flow, start, end, currency="USD"):
    """Level of whole years in the reconciled table, as a list with one reading or none; groups by their members."""
    if start[5:] != "01" or end[5:] != "12" or currency not in ("USD", *books.rates):
        return []
    values, pairs, years = books.remember("pairs", world_pairs)
    wanted = [years.get(y) for y in range(int(start[:4]), int(end[:4]) + 1)]
    sides = [group_members(code, end) or (code,) for code in (reporter, partner)]
    if None in wanted or "WORLD" in (reporter, partner):
        return []
    part = {}
    for name, (sellers, buyers) in {"export": sides, "import": sides[::-1]}.items():
        rows = [pairs[s, b] for s in sellers for b in buyers if (s, b) in pairs]
        if not rows:
            return []
        part[name] = values[rows][:, wanted].sum(axis=0)
    amount = {"total": part["export"] + part["import"], "balance": part["export"] - part["import"], **part}[flow]
    value = float(amount.sum()) / 1e9
    if currency != "USD":
        series = pd.Series(amount, pd.period_range(start[:4], end[:4], freq="Y"))
        value = window_value(_amounts(books, series, "USD", currency), start, end)
    year = int(end[:4])
    source = "BACI_2023" if year > 2020 else "BACI_2000_2020"
    return [] if value is None else [reading(books, value, 0.0, f"bn {currency}", source, RECONCILED, False,
                                             derived=currency != "USD")]


def reading(books, value, step, unit, source_id, side, own, vintage=None, derived=False):
    """One reading, its vintage looked up by source where none is given."""
    vintage = vintage or books.vintages.get(source_id, "given by the user")
    return {"value": float(value), "step": float(step), "unit": unit, "source_id": source_id, "side": side,
            "vintage": vintage, "own": own, "derived": derived}


def figure(books, partner, flow, measure, start, end, terms, as_of, vintage):
    """The printed figure of China's customs for a window, by the rule of `trade_lib.data.releases`, or None."""
    key = (partner, flow, measure, start, end, terms)
    if key not in books.figures:
        return None

    def pick():
        figures = books.printings.iloc[books.figures[key]]
        ask = partial(printed, partner, flow, measure, start, end, terms=terms, as_of=as_of, vintage=vintage)
        try:
            row = ask(figures=figures)
        except TradeDataError:  # none was out by then
            return None
        month = figures["published"].astype(str).str[:7] == str(row["published"])[:7]
        undisputed = figures[month & (figures["audit"] == "ok")]
        # where outlets disagree, the printing that no other contradicts
        return _with_step(row if row["audit"] == "ok" or undisputed.empty else ask(figures=undisputed))

    return books.remember((key, as_of, vintage), pick)


def _with_step(row):
    """A printed figure with the step of its own printing: 3.36 trillion is known to 10 billion, not to 1."""
    large = re.search(r"published as (\d+)\.?(\d*) trillion", row["note"] or "")
    return row if large is None else pd.concat([row.drop("step"), pd.Series({"step": 1000 * 10.0 ** -len(large[2])})])


def printed_levels(books, claim, start, end, currency, as_of, vintage):
    """Printed levels of a window as readings: the flow itself, else exports and imports put together."""
    if currency not in ("USD", "CNY"):
        return []
    rows = []
    for own, reporter, partner, flow in _china(claim):
        if flow != "balance":
            row = figure(books, partner, flow, "value", start, end, currency, as_of, vintage)
            if row is not None:
                rows.append(_printed(books, row["value"], row["step"], f"bn {currency}", (row,), reporter, own))
                continue
        if flow in ("total", "balance"):
            parts = [figure(books, partner, f, "value", start, end, currency, as_of, vintage)
                     for f in ("export", "import")]
            if all(part is not None for part in parts):
                sign = 1 if flow == "total" else -1
                value = parts[0]["value"] + sign * parts[1]["value"]
                value = -value if flow == "balance" and not own else value
                step = parts[0]["step"] + parts[1]["step"]
                rows.append(_printed(books, value, step, f"bn {currency}", parts, reporter, own))
    return rows


def printed_growth(books, claim, start, end, currency, as_of, vintage):
    """Printed growth of a window as readings: the rate itself, else that of exports and imports put together."""
    if currency not in ("USD", "CNY"):
        return []
    rows = []
    for own, reporter, partner, flow in _china(claim):
        row = figure(books, partner, flow, "yoy_pct", start, end, currency, as_of, vintage)
        if row is not None:
            rows.append(_printed(books, row["value"], row["step"], "pct", (row,), reporter, own))
        elif flow == "total":
            level, rate = ([figure(books, partner, f, measure, start, end, currency, as_of, vintage)
                            for f in ("export", "import")] for measure in ("value", "yoy_pct"))
            if any(part is None for part in (*level, *rate)):
                continue
            now = sum(part["value"] for part in level)
            base = sum(v["value"] / (1 + r["value"] / 100) for v, r in zip(level, rate, strict=True))
            rows.append(_printed(books, 100 * (now / base - 1), max(r["step"] for r in rate), "pct", (*level, *rate),
                                 reporter, own))
    return rows


def printed_share(books, claim, as_of, vintage):
    """The printed share of a partner in China's trade, as readings."""
    if claim.reporter != "CHN":
        return []
    row = figure(books, claim.partner, claim.flow, "share_pct", claim.start, claim.end, "", as_of, vintage)
    return [] if row is None else [_printed(books, row["value"], row["step"], "pct", (row,), "CHN", True)]


def _china(claim):
    """China's side of a claim, whichever end of it China is: (own, side, partner, flow as China books it)."""
    if claim.reporter == "CHN":
        return [(True, "CHN", claim.partner, claim.flow)]
    return [(False, "CHN", claim.reporter, _SWAP.get(claim.flow, claim.flow))] if claim.partner == "CHN" else []


def _printed(books, value, step, unit, rows, side, own):
    return reading(books, value, step, unit, " + ".join(r["id"] for r in rows), side, own,
                   f"printed {max(str(r['published']) for r in rows)}")
