"""Every flow at hand: series by reporter, partner, flow and source, sums over groups, conversion, reconciled trade."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from trade_lib.check.periods import months
from trade_lib.data import fetched
from trade_lib.data.areas import areas, group_members
from trade_lib.data.attributes import attributes
from trade_lib.data.tables import load, package, rows_of

FLOW_TABLES = ("flows_monthly", "flows_annual_china", "flows_annual_eu", "flows_monthly_usa")
MEMBERS_AT_HAND = 0.9  # so many of a group's members must be in a source before it is summed
TWINS = {"EU": ("EU27", "2020-02")}


@dataclass(frozen=True)
class Series:
    """One flow of one source: values from period number ``first`` on (months or years), NaN in gaps."""

    a_year: int
    first: int
    values: np.ndarray
    unit: str

    def window(self, start: str, end: str) -> float | None:
        """Sum over a window; None where a period of it is missing, or a year is cut.

        >>> Series(1, 2020, np.array([1.0, 2.0]), "USD").window("2020-01", "2021-12")
        3.0
        """
        years, months = (int(start[:4]), int(end[:4])), (int(start[5:]) - 1, int(end[5:]) - 1)
        if self.a_year == 1 and months != (0, 11):
            return None
        low, high = (y * 12 + m if self.a_year == 12 else y for y, m in zip(years, months, strict=True))
        if low < self.first or high >= self.first + len(self.values):
            return None
        total = self.values[low - self.first:high - self.first + 1].sum()
        return None if np.isnan(total) else float(total)

    def monthly(self) -> pd.Series:
        """As a pandas series by month or year, without gaps at its ends."""
        start = pd.Period(f"{self.first // 12}-{self.first % 12 + 1:02d}", "M") if self.a_year == 12 else \
            pd.Period(self.first, "Y")
        return pd.Series(self.values, pd.period_range(start, periods=len(self.values))).dropna()


def series_of(rows: pd.DataFrame) -> Series:
    """The series of one source's rows: period, value, unit."""
    text = rows["period"].astype(str)
    a_year = 12 if len(text.iloc[0]) > 4 else 1
    at = text.str[:4].astype(int).to_numpy()
    at = at * 12 + text.str[5:7].astype(int).to_numpy() - 1 if a_year == 12 else at
    values = np.full(at.max() - at.min() + 1, np.nan)
    values[at - at.min()] = rows["value"].to_numpy(float)
    return Series(a_year, int(at.min()), values, str(rows["unit"].iloc[0]))


def combine(one: Series, other: Series, sign: int) -> Series | None:
    """Sum or difference over the periods that both have."""
    first = max(one.first, other.first)
    last = min(one.first + len(one.values), other.first + len(other.values))
    if one.a_year != other.a_year or one.unit != other.unit or last <= first:
        return None
    cut = [s.values[first - s.first:last - s.first] for s in (one, other)]
    return Series(one.a_year, first, cut[0] + sign * cut[1], one.unit)


class Flows:
    """Every flow at hand by reporter, partner and flow; a reporter's are read when first asked for."""

    def __init__(self, data: pd.DataFrame | None = None):
        items = package()["resources"]
        self.given, self.frames, self.places, self.memo = data, {}, {}, {}
        self.tables = [item["name"] for item in items if item["name"] in FLOW_TABLES]
        self.vintages = {s["source_id"]: s["vintage"] for item in items for s in item["sources"]}

    def _read(self, reporter):
        """A reporter's rows of all tables: where each of its series lies, by partner, flow and source."""
        frames = [rows_of(name, reporter=reporter) for name in self.tables]
        if self.given is not None:
            frames.append(self.given[self.given["reporter"] == reporter])
        for n, frame in enumerate(frames):
            given = " (given)" if n == len(self.tables) else ""
            keys = ["partner", "flow", "source", "unit"]
            for (partner, flow, source, unit), rows in frame.groupby(keys, observed=True).indices.items():
                held = self.places.setdefault((reporter, partner, flow), {})
                name = f"{source}{given}" if source in held else source
                held[f"{source} ({unit})" if name in held else name] = (frame, rows)
        self.frames[reporter] = frames

    def remember(self, key, make):
        """The result of ``make()``, kept under a key."""
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    @property
    def rates(self) -> dict[str, pd.Series]:
        """Currency units per dollar by month."""
        def read():
            prices = load("prices_monthly").set_index("month")
            return {c[:3].upper(): prices[c].dropna().astype(float) for c in prices if c.endswith("_per_usd")}

        return self.remember("rates", read)

    def held(self, reporter: str, partner: str, flow: str) -> dict[str, Series]:
        """The series of one flow that the tables hold, by source; without those of another basis than stated."""
        if reporter not in self.frames:
            self._read(reporter)
        return {name: self.remember((name, reporter, partner, flow), lambda p=place: series_of(p[0].iloc[p[1]]))
                for name, place in sorted(self.places.get((reporter, partner, flow), {}).items())}

    def by_partner(self, reporter: str, flow: str, start: str, end: str) -> dict[str, dict[str, float]]:
        """Sums of a flow over a window by source and partner, of the partners that a source has throughout it."""
        self.held(reporter, "WORLD", flow)
        sums = {}
        for frame in self.frames[reporter]:
            rows = frame[frame["flow"] == flow]
            period = rows["period"].astype(str)
            annual = len(rows) > 0 and len(period.iloc[0]) == 4
            if not len(rows) or annual and (start[5:], end[5:]) != ("01", "12"):
                continue
            low, high = (start[:4], end[:4]) if annual else (start, end)
            wanted = int(high) - int(low) + 1 if annual else months(low, high)
            for source, part in rows[(period >= low) & (period <= high)].groupby("source", observed=True):
                values = part.groupby("partner", observed=True)["value"].agg(["sum", "size"])
                sums.setdefault(source, values.loc[values["size"] == wanted, "sum"].to_dict())
        return sums

    def series(self, reporter: str, partner: str, flow: str, when: str) -> dict[str, tuple[Series, str]]:
        """Series by source, with what was done to get them; groups by their members in a month."""
        key = ("series", reporter, partner, flow, when)
        return self.remember(key, lambda: self._sums(reporter, partner, flow, when))

    def _sums(self, reporter, partner, flow, when):
        if flow in ("total", "balance"):
            return both_flows(flow, lambda one: self.series(reporter, partner, one, when))
        found = {
            name: (series, "")
            for r in same_area(reporter, when)
            for p in same_area(partner, when)
            for name, series in self.held(r, p, flow).items()
            if _content_known(name, r) and _content_known(name, p)
        }
        if partner == "WORLD" and group_members(reporter, when):
            found |= self._outside(reporter, flow, when)
        for code, keys in ((partner, lambda c: (reporter, c, flow)), (reporter, lambda c: (c, partner, flow))):
            codes = tuple(c for c in group_members(code, when) if c not in (reporter, partner))
            for name, total in self._sum(codes, keys).items():
                found.setdefault(name, total)
        return found

    def _outside(self, reporter, flow, when):
        """A group's trade with all areas but its members, of a source that has the group as a reporter."""
        inside = {*group_members(reporter, when), reporter, "WORLD"}
        totals = {}
        for code in same_area(reporter, when):
            self.held(code, "WORLD", flow)
            others = {p for (r, p, f) in self.places if r == code and f == flow and p not in inside
                      and areas().loc[p, "kind"] == "country"}
            for name in {name for p in others for name in self.places[code, p, flow]}:
                parts = [self.held(code, p, flow)[name] for p in others if name in self.held(code, p, flow)]
                totals[name] = _added_up(parts), "sum of all areas outside it"
        return totals

    def _sum(self, codes, keys):
        """Sums over members by source; a member that a source never names counts as nothing."""
        if not codes:
            return {}
        held = [h for h in (self.held(*keys(c)) for c in codes)]
        totals = {}
        for name in set().union(*held):
            parts = [h[name] for h in held if name in h]
            if len(parts) >= MEMBERS_AT_HAND * len(codes) and len({(p.a_year, p.unit) for p in parts}) == 1:
                lacks = f" ({len(codes) - len(parts)} not at hand)" if len(parts) < len(codes) else ""
                totals[name] = _added_up(parts), f"sum of {len(codes)} members{lacks}"
        return totals

    def convert(self, series: Series, currency: str) -> Series | None:
        """A series in billions of a currency: months at the month's mean rate, years at the year's.

        Into yuan at the preceding month's rate, as China's customs do. None where there is no rate.
        """
        values = series.values / 1e9  # kilogrammes to million tonnes as well
        if series.unit == "KG":
            return replace(series, values=values)
        for code, power in ((series.unit, -1), (currency, 1)):
            if series.unit == currency or code == "USD":
                continue
            if code not in self.rates:
                return None
            values = values * self._rate(code, series) ** power
        return replace(series, values=values, unit=currency)

    def _rate(self, code, series):
        rate = self.rates[code].shift(1) if code == "CNY" else self.rates[code]
        if series.a_year == 12:
            at = pd.period_range(pd.Period(f"{series.first // 12}-{series.first % 12 + 1:02d}", "M"),
                                 periods=len(series.values))
        else:
            rate = rate.groupby(rate.index.asfreq("Y")).mean()
            at = pd.period_range(pd.Period(series.first, "Y"), periods=len(series.values))
        return rate.reindex(at).to_numpy(float)

    def mean_rate(self, currency: str, start: str, end: str) -> float | None:
        """Mean rate per dollar over a window."""
        def mean():
            rate = self.rates.get(currency)
            part = () if rate is None else rate[(rate.index >= start) & (rate.index <= end)]
            return float(part.mean()) if len(part) else None

        return 1.0 if currency == "USD" else self.remember(("rate", currency, start, end), mean)

    def reconciled(self, reporter: str, partner: str, start: str, end: str, when: str) -> dict[str, float] | None:
        """Reconciled exports and imports (BACI, FOB, US$ bn) of whole years; None where a year or a pair is missing."""
        years = range(int(start[:4]), int(end[:4]) + 1)
        if (start[5:], end[5:]) != ("01", "12") or partner == "WORLD":
            return None
        sides = [group_members(code, when) or (code,) for code in (reporter, partner)]
        if set(sides[0]) & set(sides[1]):
            return None
        sums = {}
        for name, (sellers, buyers) in {"export": sides, "import": sides[::-1]}.items():
            table = self.pairs(sellers, buyers)
            if table.empty or not set(years) <= set(table.index):
                return None
            sums[name] = float(table.loc[list(years)].sum()) / 1e9
        return sums

    @property
    def world(self) -> pd.DataFrame:
        """Reconciled trade (BACI) of all pairs by year, in US$."""
        return self.remember("world", lambda: rows_of("flows_bilateral"))

    def pairs(self, sellers: tuple[str, ...], buyers: tuple[str, ...]) -> pd.Series:
        """Reconciled trade of sellers with buyers by year, in US$."""
        def read():
            rows = self.world
            rows = rows[rows["exporter"].isin(sellers) & rows["importer"].isin(buyers)]
            return rows.groupby("year")["value"].sum()

        return self.remember(("pairs", sellers, buyers), read)


def both_flows(flow: str, series_of) -> dict[str, tuple[Series, str]]:
    """Total or balance by source, from a function that gives the series of exports and of imports."""
    out, back = series_of("export"), series_of("import")
    made = {name: (combine(out[name][0], back[name][0], 1 if flow == "total" else -1), out[name][1])
            for name in out if name in back}
    return {name: pair for name, pair in made.items() if pair[0] is not None}


def same_area(code: str, when: str) -> tuple[str, ...]:
    """A code and another of the same members in a month: the EU after January 2020 is EU27."""
    other, start = TWINS.get(code, (code, "9999"))
    return (code, other) if when >= start else (code,)


def _added_up(parts):
    """A sum over series; one that has no figure for a period counts as nothing in it."""
    first = int(np.median([p.first for p in parts]))
    last = int(np.median([p.first + len(p.values) for p in parts]))
    total = np.zeros(max(last - first, 0))
    for p in parts:
        low, high = max(p.first, first), min(p.first + len(p.values), last)
        if high > low:
            total[low - first:high - first] += np.nan_to_num(p.values[low - p.first:high - p.first])
    return Series(parts[0].a_year, first, total, parts[0].unit)


def _content_known(source, code):
    """Whether a source's own figure for a code is what the code means; every country's is."""
    return not group_members(code, "2021-01") or code in attributes(source)["blocs"]


def shipped() -> Flows:
    """The flows of the package's tables, with what was fetched."""
    return _shipped(fetched.state())


@lru_cache(maxsize=2)
def _shipped(state):
    return Flows()
