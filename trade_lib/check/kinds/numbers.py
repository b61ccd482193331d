"""Stated numbers: levels, growth, shares, and what is made of two of them."""

from dataclasses import replace
from math import hypot

from trade_lib.check import values
from trade_lib.check.decide import decide_number, nearest
from trade_lib.check.find import levels, ratio
from trade_lib.check.flows import Flows
from trade_lib.check.periods import months, shift
from trade_lib.check.report import Answer, missing, sentence


def answer(flows: Flows, s, date: str) -> Answer:
    """A stated number against what each source gives for it, as could be known on the day and as known now."""
    find, measure = finder(s)
    then, now = find(flows, s, date), find(flows, s, None)
    verdicts = [decide_number(s, figures, measure) for figures in (then, now)]
    figures = then or now
    near = nearest(s, figures)
    return Answer(*verdicts, tuple(figures), None if near is None else near.value - s.number,
                  sentence(s, figures, near, verdicts[0], measure), missing(s, then, figures, verdicts[0], date))


def finder(s):
    """What finds the figures of a statement, and how its limits are counted."""
    if s.kind in ("ratio", "difference"):
        return _between, "share" if s.unit == "pct" and s.kind == "ratio" else _measure(s)
    return {"level": (values.level, "level"), "change": (_change, "level"), "multiple": (_multiple, "level"),
            "growth": (values.growth, "growth"), "average_growth": (_average, "growth"),
            "share": (values.share, "share")}[s.kind]


def _measure(s):
    rate = s.kind == "difference" and s.unit in ("points", "pct")
    return s.measure or ("growth" if rate else "level")


def _both(flows, s, date):
    """Levels of the statement's window and of its base."""
    base = s.base or shift(s.start, s.end, -12)
    return [levels(flows, s, *window, date) for window in ((s.start, s.end), base)]


def _change(flows, s, date):
    now, before = _both(flows, s, date)
    return [replace(a, value=s.sign * (a.value - b.value), error=a.error + b.error, step=a.step + b.step, size=0.0)
            for a in now for b in before if (a.source, a.side) == (b.source, b.side) or a.release and b.release]


def _multiple(flows, s, date):
    return [ratio(a, b, "times") for a, b in values.pairs(*_both(flows, s, date))]


def _average(flows, s, date):
    base = s.base or shift(s.start, s.end, -12)
    power = 12 / (months(base[0], s.start) - 1)
    made = [ratio(a, b, "pct", 100.0, power) for a, b in values.pairs(*_both(flows, s, date))]
    return [replace(one, value=one.value - 100) for one in made]


def _between(flows, s, date):
    """Difference or ratio of two figures, each source on its own."""
    find = {"growth": values.growth, "share": values.share, "level": values.level}[_measure(s)]
    one, other = find(flows, s, date), find(flows, s.than, date)

    def alike(a, b):
        return (a.own, a.side, a.release) == (b.own, b.side, b.release) and (a.release or a.source == b.source)

    both = [(a, next((b for b in other if alike(a, b)), None)) for a in one]
    if s.kind == "ratio":
        return [ratio(a, b, s.unit, 100.0 if s.unit == "pct" else 1.0) for a, b in both if b and b.value]
    return [replace(a, value=a.value - b.value, error=hypot(a.error, b.error), step=a.step + b.step,
                    source=" and ".join(dict.fromkeys((a.source, b.source))),
                    unit="points" if a.unit == "pct" else a.unit) for a, b in both if b]
