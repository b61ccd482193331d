"""What official figures say of one flow over one window: releases, tables, reconciled trade, as a list of figures.

Values are in billions of a currency. Whose figures they are, when they were public, how precisely they are known and
on what basis they stand comes from the table ``source_attributes``.
"""

from dataclasses import dataclass, replace

from trade_lib.check import products
from trade_lib.check.flows import Flows
from trade_lib.check.periods import shift
from trade_lib.check.products import scope_of
from trade_lib.check.statement import MASSES
from trade_lib.data.areas import group_members
from trade_lib.data.attributes import attributes, public_day, usual_revision
from trade_lib.data.releases import Releases

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
    def approximate(self) -> bool:
        """Whether it was converted, moved or taken from a difference, so not just read or added up."""
        return any(word in self.derived for word in APPROXIMATE)

    @property
    def slack(self) -> float:
        """How far the true number may be from ``value``."""
        return self.step / 2 + self.error


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
        for figure in (*_released(printed, r, p, f, s.currency, start, end, date),
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


def _released(printed, r, p, flow, currency, start, end, date):
    """Figures that the reporter printed: the flow itself, else exports and imports, else by difference."""
    exact = printed.figures(r, p, flow, "value", start, end, currency, date)
    if exact or flow not in ("total", "balance"):
        return [_printed(row, f"bn {currency}", r) for row in exact] or _difference(
            printed, r, p, flow, currency, start, end, date)
    parts = [printed.figures(r, p, f, "value", start, end, currency, date) for f in ("export", "import")]
    if not all(parts):
        return _difference(printed, r, p, flow, currency, start, end, date)
    sign = 1 if flow == "total" else -1
    out, back = (_printed(rows[0], f"bn {currency}", r) for rows in parts)
    return [replace(out, value=out.value + sign * back.value, step=out.step + back.step, size=out.value + back.value,
                    public=max(out.public, back.public), source=f"{out.source} + {back.source}",
                    error=out.error + back.error)]


def _difference(printed, r, p, flow, currency, start, end, date):
    """A window that ends a year-to-date release, less the release up to its first month."""
    if start[5:] == "01" or start[:4] != end[:4] or flow == "balance":
        return []
    before = shift(start, start, -1)[0]
    whole, first = (printed.figures(r, p, flow, "value", f"{start[:4]}-01", month, currency, date)
                    for month in (end, before))
    if not whole or not first:
        return []
    whole, first = (_printed(rows[0], f"bn {currency}", r) for rows in (whole, first))
    return [replace(whole, value=whole.value - first.value, step=whole.step + first.step, release=False,
                    error=whole.error + 0.003 * first.value, derived="difference of two year-to-date releases",
                    source=f"{whole.source} - {first.source}", public=max(whole.public, first.public))]


def _printed(row, unit, side):
    return Figure(row["value"], unit, row["id"], side, f"printed {row['published']}", True, row["step"],
                  row["error"], row["public"], row["error"] == 0, "", row["url"], row["value"])


def _tabled(flows, r, p, flow, s, start, end, date):
    def series_of(one):
        return (
            flows.series(r, p, one, _when(s, end)) if scope_of(s) == "goods" else products.series(flows, s, r, p, one)
        )

    made, whole = [], series_of("total") if flow == "balance" else {}
    for name, (series, done) in series_of(flow).items():
        about = attributes(name, r)
        if about["adjustment"] != s.adjustment or end > about["complete_to"]:
            continue
        amounts = flows.remember(("amounts", name, r, p, flow, s.currency, _when(s, end), scope_of(s), series.unit),
                                 lambda v=series: flows.convert(v, s.currency))
        value = amounts and amounts.window(start, end)
        if value is None:
            continue
        both = whole[name][0].window(start, end) if name in whole else None
        size = abs(value) if both is None else abs(both) / 1e9 * (flows.mean_rate(s.currency, start, end) or 1.0) / (
            flows.mean_rate(series.unit, start, end) or 1.0)
        converted = series.unit not in (s.currency, products.KILOGRAMMES)
        members = bool(done) and bool(group_members(r, _when(s, end)))
        usual = usual_revision(name, "balance" if flow == "balance" else "level", end, r) / 100
        error = (usual + SUMMED * ("not at hand" in done)) * size + CONVERTED * abs(value) * converted
        notes = "; ".join(filter(None, [done, f"converted from {series.unit}" if converted else ""]))
        unit = "mn t" if series.unit == products.KILOGRAMMES else f"bn {s.currency}"
        made.append(Figure(value, unit, name, RECONCILED if about["side"] == RECONCILED else r,
                           flows.vintages.get(name.split(" (")[0], "given by the user"),
                           about["side"] != RECONCILED and not members, 0.0, error,
                           public_day(end, about["lag_days"]), False, notes, "", size))
    return made


def _reconciled(flows, s, start, end):
    sums = flows.reconciled(s.reporter, s.partner, start, end, _when(s, end))
    rate = flows.mean_rate(s.currency, start, end)
    if sums is None or rate is None:
        return []
    out, back = sums["export"] * rate, sums["import"] * rate
    value = {"export": out, "import": back, "total": out + back, "balance": out - back}[s.flow]
    source = "BACI_2023" if int(end[:4]) > 2020 else "BACI_2000_2020"
    about = attributes(source, s.reporter)
    return [Figure(value, f"bn {s.currency}", source, RECONCILED, flows.vintages[source], False, 0.0,
                   usual_revision(source, "level", end) / 100 * (out + back), public_day(end, about["lag_days"]),
                   derived="" if rate == 1.0 else "converted from USD", size=out + back)]
