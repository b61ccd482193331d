"""What official figures say of one flow over one window: releases, tables, reconciled trade, as a list of figures.

Values are in billions of a currency. Whose figures they are, when they were public, how precisely they are known and
on what basis they stand comes from the table ``source_attributes``.
"""

import re
from dataclasses import dataclass, replace
from math import hypot

import pandas as pd

from trade_lib.check import products
from trade_lib.check.flows import Flows
from trade_lib.check.periods import shift
from trade_lib.check.products import scope_of
from trade_lib.check.statement import MASSES
from trade_lib.data.areas import group_members, is_country, name
from trade_lib.data.attributes import attributes, public_day, usual_revision
from trade_lib.data.releases import CUSTOMS, Releases

RECONCILED = "reconciled"
CONVERTED = 0.012  # error of a level converted at mean monthly rates, as a part of it
SUMMED = 0.005  # the same for a sum over members of whom some are not at hand
APPROXIMATE = ("converted", "moved", "difference", "not at hand")
SWAP = {"total": "total", "balance": "balance", "export": "import", "import": "export"}


@dataclass(frozen=True)
class Figure:
    """One figure: ``step`` is one unit of its last digit, ``error`` what revision and derivation leave open.

    ``own``: from the reporter's own publication, on the statement's terms. ``public``: the day since which such a
    figure could be known; ``release``: printed by the reporter and by then current. ``derived`` says what was done.
    """

    value: float
    unit: str
    source: str
    side: str
    vintage: str
    own: bool
    step: float = 0.0
    error: float = 0.0
    public: str = "0000"
    release: bool = False
    derived: str = ""
    url: str = ""
    size: float = 0.0  # both flows together: what a balance is measured by

    @property
    def printed(self) -> bool:
        """Whether the reporter printed it, on a page by then current or later."""
        return self.vintage.startswith("printed")

    @property
    def publisher(self) -> str:
        """Whose publication it is from, with the country where that does not say it."""
        if self.printed and self.side != "CHN":
            return f"{named(self.side)}, as printed"
        sources = [CUSTOMS if self.printed or one.startswith(("OF", "GACC")) else one
                   for one in re.split(r" (?:[-+/]|and) ", self.source)]
        published = " and ".join(dict.fromkeys(attributes(one)["publisher"] for one in sources))
        known = self.side == RECONCILED or named(self.side) in published
        return published if known else f"{named(self.side)}, {published}"

    @property
    def when(self) -> str:
        """The day it was printed, or the month of its vintage."""
        month = "" if self.printed else attributes(self.source.split(" + ")[0])["vintage_month"]
        return f"vintage {month}" if month else self.vintage

    @property
    def approximate(self) -> bool:
        """Whether it was converted, moved or taken from a difference, so not just read or added up."""
        return any(word in self.derived for word in APPROXIMATE)

    @property
    def slack(self) -> float:
        """How far the true number may be from ``value``."""
        return self.step / 2 + self.error


def named(side: str) -> str:
    """Whose figures: the name of an area, of several joined by +, or that they are reconciled."""
    return side if side == RECONCILED else " and ".join(name(code) for code in side.split("+"))


def levels(flows: Flows, s, start: str, end: str, date: str | None = None) -> list[Figure]:
    """Figures of a statement's flow over a window: as could be known on a day, or (None) as known now.

    A list of partners is added up, source by source.
    """
    if "+" in s.partner and not group_members(s.partner, end):
        return _added(flows, s, start, end, date)
    key = ("levels", s.reporter, s.partner, s.flow, s.currency, scope_of(s), s.adjustment, s.unit in MASSES, start, end,
           date, _when(s, end))
    return flows.remember(key, lambda: _levels(flows, s, start, end, date))


def _when(s, end):
    """The month whose members a group has in every window of a statement: the last month that it is about."""
    return max(s.end, end)


def _added(flows, s, start, end, date):
    parts = [levels(flows, replace(s, partner=code), start, end, date) for code in s.partner.split("+")]
    made = []
    for figure in parts[0]:
        same = [next((f for f in part if (f.own, f.side, f.release) == (figure.own, figure.side, figure.release)
                      and (f.release or f.source == figure.source)), None) for part in parts[1:]]
        if all(f is not None for f in same):
            whole = (figure, *same)
            made.append(replace(figure, value=sum(f.value for f in whole), step=sum(f.step for f in whole),
                                error=sum(f.error for f in whole), public=max(f.public for f in whole),
                                source=" + ".join(dict.fromkeys(f.source for f in whole)), derived="added up"))
    return made


def _levels(flows, s, start, end, date):
    figures, printed = [], releases(flows, s)
    for own, (r, p, f) in ((True, (s.reporter, s.partner, s.flow)), (False, (s.partner, s.reporter, SWAP[s.flow]))):
        for figure in (*released(printed, r, p, f, s.currency, start, end, date),
                       *_tabled(flows, r, p, f, s, start, end, date)):
            value = -figure.value if s.flow == "balance" and not own else figure.value
            figures.append(replace(figure, value=value, own=figure.own and own))
    if scope_of(s) == "goods":
        figures += _reconciled(flows, s, start, end)
    return [f for f in figures if date is None or f.public <= date]


def releases(flows: Flows, s) -> Releases:
    """What was printed of what a statement is about; nothing of seasonally adjusted figures, for none is printed."""
    scope = scope_of(s) if s.adjustment == "none" else "none"
    return flows.remember(("releases", scope), lambda: Releases(scope))


def released(printed: Releases, r: str, p: str, flow: str, currency: str, start: str, end: str,
             date: str | None = None) -> list[Figure]:
    """Figures that the reporter printed: the flow itself, else both flows, else what printed totals and rates give."""
    exact = [printed_figure(row, f"bn {currency}", r) for row in
             printed.figures(r, p, flow, "value", start, end, currency, date)]
    if exact or flow not in ("total", "balance"):
        return exact or _derived(printed, r, p, flow, currency, start, end, date)
    parts = [printed.figures(r, p, f, "value", start, end, currency, date) for f in ("export", "import")]
    if not all(parts):
        return _derived(printed, r, p, flow, currency, start, end, date)
    sign = 1 if flow == "total" else -1
    out, back = (printed_figure(rows[0], f"bn {currency}", r) for rows in parts)
    return [replace(out, value=out.value + sign * back.value, step=out.step + back.step, size=out.value + back.value,
                    public=max(out.public, back.public), source=f"{out.source} + {back.source}",
                    error=out.error + back.error)]


def _derived(printed, r, p, flow, currency, start, end, date):
    """A level from two printed figures: the year before and growth since, or the difference of two years to date."""
    def first(measure, *window):
        return next(iter(printed.figures(r, p, flow, measure, *window, currency, date)), None)

    before, rate = first("value", *shift(start, end, -12)), first("yoy_pct", start, end)
    if flow != "balance" and before and rate and _lasts(p, shift(start, end, -12)[1], end):
        base, factor = printed_figure(before, f"bn {currency}", r), 1 + rate["value"] / 100
        usual = usual_revision(CUSTOMS, "level", end, r, p) / 100
        return [replace(base, value=base.value * factor, step=base.step * factor + base.value * rate["step"] / 100,
                        release=False, error=usual * base.value * factor, source=f"{base.source} + {rate['id']}",
                        derived="raised from the year before", public=max(base.public, rate["public"]))]
    if start[5:] == "01" or start[:4] != end[:4] or flow == "balance":
        return []
    ends = [first("value", f"{start[:4]}-01", month) for month in (end, shift(start, start, -1)[0])]
    if None in ends:
        return []
    whole, less = (printed_figure(row, f"bn {currency}", r) for row in ends)
    return [replace(whole, value=whole.value - less.value, step=whole.step + less.step, release=False,
                    error=whole.error + 0.003 * less.value, derived="difference of two year-to-date releases",
                    source=f"{whole.source} - {less.source}", public=max(whole.public, less.public))]


def _lasts(code, *months):
    """Whether a code means the same areas in all of some months."""
    members = {group_members(code, month) for month in months}
    return len(members) == 1 and (code == "WORLD" or members != {()} or is_country(code))


def printed_figure(row: dict, unit: str, side: str) -> Figure:
    """A row of the printed figures."""
    return Figure(row["value"], unit, row["id"], side, f"printed {row['published']}", True, row["step"],
                  row["error"], row["public"], row["error"] == 0, "", row["url"], row["value"])


def ratio(a: Figure, b: Figure, unit: str, scale: float = 1.0, power: float = 1.0) -> Figure:
    """scale * (a / b) ** power, with what the digits and the errors of both leave open."""
    value = scale * (a.value / b.value) ** power
    step, error = (abs(value) * power * hypot(getattr(a, part) / a.value, getattr(b, part) / b.value)
                   for part in ("step", "error"))
    return replace(a, value=value, unit=unit, step=step, error=error, size=0.0, public=max(a.public, b.public),
                   source=" / ".join(dict.fromkeys((a.source, b.source))))


def _tabled(flows, r, p, flow, s, start, end, date):
    def series_of(one):
        goods = scope_of(s) == "goods"
        return flows.series(r, p, one, _when(s, end)) if goods else products.series(flows, s, r, p, one)

    made, whole = [], series_of("total") if flow == "balance" else {}
    for source, (series, done) in series_of(flow).items():
        about = attributes(source, r)
        if about["adjustment"] != s.adjustment or end > about["complete_to"]:
            continue
        amounts = flows.remember(("amounts", source, r, p, flow, s.currency, _when(s, end), scope_of(s), series.unit),
                                 lambda v=series: flows.convert(v, s.currency))
        value = amounts and amounts.window(start, end)
        if value is None:
            continue
        both = whole[source][0].window(start, end) if source in whole else None
        size = abs(value) if both is None else abs(both) / 1e9 * (flows.mean_rate(s.currency, start, end) or 1.0) / (
            flows.mean_rate(series.unit, start, end) or 1.0)
        converted = series.unit not in (s.currency, products.KILOGRAMMES)
        members = bool(done) and bool(group_members(r, _when(s, end)))
        usual = usual_revision(source, "balance" if flow == "balance" else "level", end, r, p) / 100
        error = hypot((usual + SUMMED * ("not at hand" in done)) * size, CONVERTED * value * converted)
        own = about["side"] != RECONCILED and not members and (flow == "export" or not about["other_basis"])
        notes = "; ".join(filter(None, [done, f"converted from {series.unit}" if converted else ""]))
        unit = "mn t" if series.unit == products.KILOGRAMMES else f"bn {s.currency}"
        made.append(Figure(value, unit, source, RECONCILED if about["side"] == RECONCILED else r,
                           flows.vintages.get(source.split(" (")[0], "given by the user"), own, 0.0, error,
                           public_day(end, about["lag_days"]), False, notes, "", size))
    return made


def _reconciled(flows, s, start, end):
    sums = flows.reconciled(s.reporter, s.partner, start, end, _when(s, end))
    rate = flows.mean_rate(s.currency, start, end)
    if sums is None or rate is None:
        return []
    out, back = sums["export"] * rate, sums["import"] * rate
    value = {"export": out, "import": back, "total": out + back, "balance": out - back}[s.flow]
    figure = reconciled_figure(flows, s, end, value, f"bn {s.currency}")
    usual = usual_revision(figure.source, "level", end, partner=s.partner) / 100
    return [replace(figure, error=usual * (out + back), derived="" if rate == 1.0 else "converted from USD",
                    size=out + back)]


def reconciled_source(end: str) -> str:
    """The table of reconciled trade of all pairs that holds a year."""
    return "BACI_2023" if int(end[:4]) > 2020 else "BACI_2000_2020"


def reconciled_figure(flows: Flows, s, end: str, value: float, unit: str, error: float = 0.0) -> Figure:
    """A figure made from reconciled trade of all pairs; public when the reporter's own of that year is."""
    source = reconciled_source(end)
    public = public_day(end, attributes(source, s.reporter)["lag_days"])
    return Figure(value, unit, source, RECONCILED, flows.vintages[source], False, 0.0, error, public)


def months_known(flows: Flows, reporter: str, partner: str, flow: str, currency: str, when: str, last: str,
                 date: str | None = None, least: int = 1) -> tuple[str, pd.Series] | None:
    """The reporter's unadjusted months up to ``last`` from the source that reaches furthest: its id, and bn by month.

    Without a gap, at least so many, as public on a day; groups by their members in the month ``when``.
    """
    held = {}
    for source, (series, _) in flows.series(reporter, partner, flow, when).items():
        about = attributes(source, reporter)
        plain = series.a_year == 12 and about["adjustment"] == "none" and about["side"] != RECONCILED
        amounts = flows.convert(series, currency) if plain else None
        if amounts is None:
            continue
        values = amounts.monthly().loc[:last]
        values = values[[date is None or public_day(str(month), about["lag_days"]) <= date for month in values.index]]
        if len(values):
            gaps = pd.period_range(values.index[0], values.index[-1], freq="M").difference(values.index)
            values = values.loc[gaps[-1] + 1:] if len(gaps) else values
        if len(values) >= least:
            held[source] = values
    return max(held.items(), key=lambda one: (one[1].index[-1], len(one[1]), one[0]), default=None)
