"""Whether a window is the highest or lowest on record or since a year, on both sides, in current and constant money."""

from dataclasses import replace

import pandas as pd

from trade_lib.check.decide import decide_record, rules, weaker
from trade_lib.check.find import RECONCILED, levels
from trade_lib.check.flows import Flows
from trade_lib.check.kinds import numbers
from trade_lib.check.periods import months, shift
from trade_lib.check.report import Answer, possessive
from trade_lib.check.verdicts import CONTRADICTED, NOT_TESTABLE
from trade_lib.data.attributes import attributes
from trade_lib.data.tables import load

OLDEST = 80  # windows looked back at


def answer(flows: Flows, s, date: str) -> Answer:
    """A record, and where a number is stated with it that number as a level; the weaker verdict counts."""
    found = _record(flows, s, date)
    if s.number is None:
        return found
    level = numbers.answer(flows, replace(s, kind="level"), date)
    verdicts = [weaker(a, b) for a, b in zip((found.verdict, found.verdict_now), (level.verdict, level.verdict_now),
                                             strict=True)]
    more = tuple(f for f in level.figures if f not in found.figures)
    return Answer(*verdicts, found.figures + more, level.difference, f"{found.explanation} {level.explanation}",
                  found.missing or level.missing)


def _record(flows, s, date):
    last = str(pd.Period(date[:7], "M") - 1)
    running = s.end >= date[:7]
    known = min(s.end, last)
    now = {own: _side(flows, s, s.end, None, own) for own in (True, False)}
    then = {own: _side(flows, s, known, date, own) for own in (True, False)} if known >= s.start else {}
    sides = 1 if s.partner == "WORLD" else 2
    verdicts = [decide_record(*(_tops(one.get(own)) for own in (True, False)), sides) for one in (then, now)]
    if running and verdicts[0] == CONTRADICTED:  # what has not passed the mark yet may still do so
        verdicts[0] = NOT_TESTABLE
    told = [one for one in (then if any(then.values()) else now).values() if one]
    if not told:
        return Answer(*verdicts, (), None, "No side has this window and five earlier ones.",
                      f"{possessive(s.reporter)} figures for {s.start} to {s.end} and five earlier such windows")
    said = "; ".join(_said(s, one) for one in told)
    partly = f" with the months to {known} alone" if running and any(then.values()) else ""
    gaps = [f"the months after {known}"] if partly and verdicts[0] == NOT_TESTABLE else []
    gaps += [f"{possessive(s.reporter if own else s.partner)} figures" for own in (True, False)[:sides]
             if not any(one["figure"].own is own for one in told)]
    figures = tuple(f for one in told for f in (one["figure"], one["top"]))
    since = min(one["since"] for one in told)
    return Answer(*verdicts, figures, told[0]["figure"].value - told[0]["top"].value,
                  f"Against the {s.direction} since {since}{partly}: {said}.", "; ".join(gaps))


def _tops(one):
    return one and (one["nominal"], one["real"])


def _said(s, one):
    real = "" if s.flow == "balance" else f", in constant money {one['value_real']:,.1f} against {one['top_real']:,.1f}"
    return (f"{one['figure'].publisher}: {one['figure'].value:,.1f} against {one['top'].value:,.1f} bn {s.currency} in "
            f"{one['when']}{real}")


def step_of(s) -> int:
    """Months from one window to the one compared with: a year, or the window's own length with `since`."""
    length = months(s.start, s.end)
    return length if s.since and length < 12 and s.start[5:] != "01" or s.since and length in (1, 3) else 12


def best(figures, own, source=""):
    """The figure of one side that is compared over time: a release, else the source given, else the latest vintage."""
    held = [f for f in figures if f.own is own and f.side != RECONCILED]
    return max(held, key=lambda f: (f.release, f.source == source, attributes(f.source)["vintage_month"]), default=None)


def _side(flows, s, end, date, own):
    """One side's value against the highest (lowest) earlier window; None without enough of them."""
    figure = best(levels(flows, s, s.start, end, date), own)
    if figure is None:
        return None
    key = ("earlier", s.reporter, s.partner, s.flow, s.start, s.end, s.currency, s.since, own, figure.source)
    earlier = flows.remember(key, lambda: _earlier(flows, s, own, figure.source))
    if len(earlier) < (1 if s.since else rules()["record"]["fewest_years"]) or earlier[0][0] != 1:
        return None
    way = s.sign * (1 if s.direction == "highest" else -1)
    _, window, top = max(earlier, key=lambda row: way * row[2].value)
    nominal = way * figure.value > way * top.value
    worth = {row[1]: row[2].value * factor for row in earlier if (factor := _constant(flows, s, row[1])) is not None}
    value_real = figure.value * (_constant(flows, s, (s.start, end)) or 1.0)
    top_real = max(worth.values(), key=lambda v: way * v) if worth else float("inf")
    return {"figure": figure, "top": top, "nominal": nominal, "value_real": value_real, "top_real": top_real,
            "real": nominal if s.flow == "balance" else way * value_real > way * top_real,
            "since": min(row[1][1][:4] for row in earlier), "when": window[1] if step_of(s) < 12 else window[1][:4]}


def _earlier(flows, s, own, source):
    """Earlier windows of one side, newest first: (how many back, window, figure)."""
    rows, gap = [], 0
    for back in range(1, OLDEST):
        window = shift(s.start, s.end, -step_of(s) * back)
        figure = None if s.since and window[1] < s.since else best(levels(flows, s, *window, None), own, source)
        gap = 0 if figure else gap + 1
        if gap > 10 or s.since and window[1] < s.since:
            break
        if figure:
            rows.append((back, window, figure))
    return rows


def _constant(flows, s, window):
    """Dollars of the statement's year for a dollar of a window (US consumer prices); None where prices end."""
    year, then = (_prices(flows, *span) for span in ((f"{s.end[:4]}-01", f"{s.end[:4]}-12"), window))
    return None if then is None else (year or _prices(flows, "0000-00", "9999-99", last=12)) / then


def _prices(flows, start, end, last=0):
    """Mean US consumer prices of a window, or of the last months known; None where there are none."""
    def mean():
        cpi = load("prices_monthly").set_index("month")["us_cpi"].dropna().astype(float)
        cpi = cpi.iloc[-last:] if last else cpi[(cpi.index >= start) & (cpi.index <= end)]
        return float(cpi.mean()) if len(cpi) else None

    return flows.remember(("prices", start, end), mean)
