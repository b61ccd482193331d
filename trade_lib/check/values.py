"""Levels, growth rates and shares of a statement's flow, as figures: what every kind of claim is made of."""

from dataclasses import replace
from math import hypot

from trade_lib.check import ranking
from trade_lib.check.decide import rules
from trade_lib.check.find import Figure, levels, printed_figure, ratio, releases
from trade_lib.check.flows import Flows
from trade_lib.check.periods import shift
from trade_lib.check.products import scope_of
from trade_lib.data.areas import areas
from trade_lib.data.attributes import attributes, public_day, usual_revision
from trade_lib.data.releases import CUSTOMS

RATE_POINTS = 0.8  # error of a growth rate converted at mean exchange rates, in points
RECONCILED_POINTS = 1.0  # within which a reconciled share agrees; itself it is known to 0.7 to 2 points
FEWEST_PAIRS, PAIRS = 4, 6  # years in which both sides are known, before one stands in for the other


def level(flows: Flows, s, date: str | None) -> list[Figure]:
    """Levels over the statement's own window."""
    return [replace(f, value=s.sign * f.value) for f in calibrated(flows, s, date, _levels)]


def growth(flows: Flows, s, date: str | None) -> list[Figure]:
    """Rates over the base window in per cent: printed, and from the levels of each source."""
    return calibrated(flows, s, date, _growth)


def _levels(flows, s, date):
    return levels(flows, s, s.start, s.end, date)


def _growth(flows, s, date):
    base = s.base or shift(s.start, s.end, -12)
    rows = _printed_growth(flows, s, base, date)
    now, before = (levels(flows, s, *window, date) for window in ((s.start, s.end), base))
    rated = {row.side for row in rows if row.release}  # printed rates stand for those of two printed levels
    for figure, other in pairs(now, before):
        if figure.release and figure.side in rated:
            continue
        made = ratio(figure, other, "pct", 100.0)
        balance = figure.size > abs(figure.value) + 1e-9  # known as its two levels are
        rows.append(replace(made, value=made.value - 100, error=made.error if balance else _rate_error(figure, made, s),
                            source=figure.source,
                            derived=figure.derived or ("from two levels" if figure.release else "")))
    return rows


def _rate_error(figure, made, s):
    """Points by which a rate may be off: usual revisions of the source, and conversion."""
    source = CUSTOMS if figure.printed else figure.source.split(" + ")[0]
    usual = usual_revision(source, "growth", s.end, figure.side, s.partner) * max(1.0, made.value / 100)
    return hypot(usual, RATE_POINTS * ("converted" in figure.derived))


def pairs(now: list[Figure], before: list[Figure]) -> list[tuple[Figure, Figure]]:
    """Figures of two windows that may be compared: of one source and side, of one sign; releases among themselves."""
    def alike(one, other):
        same = (one.side, one.printed, one.derived[:9]) == (other.side, other.printed, other.derived[:9])
        return same and (one.printed or _family(one) == _family(other))

    found = [(figure, next((other for other in before if alike(figure, other)), None)) for figure in now]
    return [(figure, other) for figure, other in found if other is not None and other.value * figure.value > 0]


def _family(figure):
    return "BACI" if figure.source.startswith("BACI") else figure.source


def _printed_growth(flows, s, base, date):
    """Growth as the reporter printed it, in the statement's currency or converted from the other one."""
    measure = "yoy_pct" if base == shift(s.start, s.end, -12) else \
        "mom_pct" if base == shift(s.start, s.end, -1) and s.start == s.end else None
    if measure is None or "+" in s.partner:
        return []
    rows = []
    for own, r, p, f in ((True, s.reporter, s.partner, s.flow),
                         (False, s.partner, s.reporter, {"export": "import", "import": "export"}.get(s.flow, s.flow))):
        for terms in dict.fromkeys((s.currency, "USD", "CNY")):
            rows += [_rate(flows, row, s, base, terms, r, own) for row in
                     releases(flows, s).figures(r, p, f, measure, s.start, s.end, terms, date) or
                     _both_flows(flows, r, p, f, s, terms, date)]
    return [row for row in rows if row is not None]


def _both_flows(flows, r, p, flow, s, terms, date):
    """The growth of total trade from printed levels and rates of exports and imports."""
    if flow != "total":
        return []
    table = releases(flows, s)
    value, rate = ([table.figures(r, p, f, measure, s.start, s.end, terms, date)[:1] for f in ("export", "import")]
                   for measure in ("value", "yoy_pct"))
    if not all((*value, *rate)):
        return []
    base = sum(v[0]["value"] / (1 + g[0]["value"] / 100) for v, g in zip(value, rate, strict=True))
    now = sum(v[0]["value"] for v in value)
    return [{**rate[0][0], "value": 100 * (now / base - 1), "id": f"{rate[0][0]['id']} + {rate[1][0]['id']}"}]


def _rate(flows, row, s, base, terms, side, own):
    figure = replace(printed_figure(row, "pct", side), own=own)
    if terms == s.currency:
        return figure
    rates = [flows.mean_rate(c, *w) for c in (s.currency, terms) for w in ((s.start, s.end), base)]
    if None in rates:
        return None
    value = (100 + figure.value) * (rates[0] / rates[1]) / (rates[2] / rates[3]) - 100
    return replace(figure, value=value, error=figure.error + RATE_POINTS, release=False,
                   derived=f"converted from {terms}")


def share(flows: Flows, s, date: str | None) -> list[Figure]:
    """The partner's part of the reporter's trade with the whole, in per cent: printed, and from levels.

    Among the world's traders: the reporter's part of what all reporters of reconciled trade sell, buy or both.
    """
    if s.among == "world":
        return ranking.world_share(flows, s, date)
    rows = []
    if s.whole == "WORLD" and "+" not in s.partner:
        rows = [printed_figure(row, "pct", s.reporter) for terms in ("", s.currency) for row in
                releases(flows, s).figures(s.reporter, s.partner, s.flow, "share_pct", s.start, s.end, terms, date)]
    part, whole = (levels(flows, one, s.start, s.end, date) for one in (s, replace(s, partner=s.whole)))
    whole = [one for one in whole if one.own and one.value > 0]
    for figure in (one for one in part if one.own and whole):
        nearest = min(whole, key=lambda one: (one.source != figure.source, one.release != figure.release))
        rows.append(ratio(figure, nearest, "pct", 100.0))
    return rows or (_reconciled_share(flows, s, date) if scope_of(s) == "goods" else [])


def _reconciled_share(flows, s, date):
    """The share in reconciled trade, where the reporter's own levels are missing."""
    shares, countries = [], set(areas("country").index)
    for (source, side, own), values in ranking.table(flows, s, s.start, s.end).items():
        public = public_day(s.end, attributes(source, s.reporter)["lag_days"])
        whole = sum(v for code, v in values.items() if code in countries) if s.whole == "WORLD" else values.get(s.whole)
        mine = [values.get(code) for code in s.partner.split("+")]
        enough = len(values) >= rules()["rank"]["fewest_partners"] and (date is None or public <= date)
        if not own and whole and enough and None not in mine:
            shares.append(Figure(100 * sum(mine) / whole, "pct", source, side, flows.vintages.get(source, ""), False,
                                 0.0, RECONCILED_POINTS, public))
    return shares


def calibrated(flows: Flows, s, date: str | None, find) -> list[Figure]:
    """What a finder gives, other sides' figures moved to the reporter's by what the pair has shown in earlier years.

    Only where the reporter's own are missing, and for whole years: with the mean gap of up to six years, and an error
    of the largest deviation from it. Without four such years the error is infinite: the figure tells, and decides
    nothing.
    """
    figures = find(flows, s, date)
    if any(f.own for f in figures) or not figures:
        return figures
    shown = [] if (s.start[5:], s.end[5:]) != ("01", "12") else _shown(flows, s, find)
    return [_moved(f, s, [(own, other) for own, others in shown for other in others if _family(other) == _family(f)
                          and other.side == f.side][:PAIRS]) for f in figures]


def _shown(flows, s, find):
    """Own and other figures of up to ten earlier years, by year."""
    def years():
        rows = []
        for back in range(1, 11):
            window = shift(s.start, s.end, -12 * back)
            base = s.base and shift(*s.base, -12 * back)
            found = find(flows, replace(s, start=window[0], end=window[1], base=base), None)
            own = [f for f in found if f.own]
            if own:
                rows.append((own[0], [f for f in found if not f.own]))
        return rows

    key = ("shown", s.reporter, s.partner, s.flow, s.currency, s.start, s.end, s.base, find.__name__)
    return flows.remember(key, years)


def _moved(figure, s, shown):
    if len(shown) < FEWEST_PAIRS:
        return replace(figure, error=float("inf"))
    if s.kind in ("growth", "average_growth") or figure.unit == "pct":
        gaps = [own.value - other.value for own, other in shown]
        mean = sum(gaps) / len(gaps)
        return replace(figure, value=figure.value + mean, error=max(abs(g - mean) for g in gaps),
                       derived=f"moved by the usual gap of {mean:+.1f} points")
    if any(own.value * other.value <= 0 for own, other in shown) or s.flow == "balance":
        return replace(figure, error=float("inf"))
    ratios = [own.value / other.value for own, other in shown]
    mean = sum(ratios) / len(ratios)
    return replace(figure, value=figure.value * mean, error=abs(figure.value) * max(abs(r - mean) for r in ratios),
                   derived=f"moved by the usual gap of {100 * (mean - 1):+.0f} %")
