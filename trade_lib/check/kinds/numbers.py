"""Stated numbers: levels, growth, shares, and what is made of two of them."""

from dataclasses import replace
from math import hypot

from trade_lib.check import values
from trade_lib.check.decide import decide_number, nearest
from trade_lib.check.find import Figure, levels
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
        measure = s.measure or {"ratio": "level", "difference": "growth" if s.unit in ("points", "pct") else "level"}[
            s.kind]
        return _between, "share" if s.unit == "pct" and s.kind == "ratio" else measure
    return {
        "level": (values.level, "level"),
        "growth": (values.growth, "growth"),
        "share": (values.share, "share"),
        "change": (_change, "level"),
        "average_growth": (_average, "growth"),
        "multiple": (_multiple, "level"),
    }[s.kind]


def _base(s):
    return s.base or shift(s.start, s.end, -12)


def _two(flows, s, date, make, unit):
    """Figures made from the levels of the statement's window and of its base, source by source."""
    now, before = (levels(flows, s, *window, date) for window in ((s.start, s.end), _base(s)))
    return [replace(a, value=value, error=error, step=step, unit=unit, size=0.0)
            for a, b in values.pairs(now, before) for value, error, step in [make(a, b)]]


def _change(flows, s, date):
    now, before = (levels(flows, s, *window, date) for window in ((s.start, s.end), _base(s)))
    return [replace(a, value=s.sign * (a.value - b.value), error=a.error + b.error, step=a.step + b.step, size=0.0)
            for a in now for b in before[:] if (a.source, a.side) == (b.source, b.side) or a.release and b.release]


def _parts(a, b, part):
    return hypot(getattr(a, part) / a.value, getattr(b, part) / b.value)


def _multiple(flows, s, date):
    return _two(flows, s, date, lambda a, b: (a.value / b.value, a.value / b.value * _parts(a, b, "error"),
                                              a.value / b.value * _parts(a, b, "step")), "times")


def _average(flows, s, date):
    years = (months(_base(s)[0], s.start) - 1) / 12

    def make(a, b):
        factor = (a.value / b.value) ** (1 / years)
        return (
            100 * (factor - 1),
            100 * factor / years * _parts(a, b, "error"),
            100 * factor / years * _parts(a, b, "step"),
        )

    return _two(flows, s, date, make, "pct")


def _between(flows, s, date):
    """Difference or ratio of two figures, each source on its own."""
    find = {"growth": values.growth, "share": values.share}.get(
        s.measure or ("growth" if s.kind == "difference" and s.unit in ("points", "pct") else "level"), values.level)
    one, other = find(flows, s, date), find(flows, s.than, date)
    made = []
    for a in one:
        b = next((b for b in other if b.own == a.own and b.side == a.side and b.release == a.release
                  and (a.release or a.source == b.source)), None)
        if b is None or s.kind == "ratio" and not b.value:
            continue
        made.append(_combined(s, a, b))
    return made


def _combined(s, a: Figure, b: Figure) -> Figure:
    source = " and ".join(dict.fromkeys((a.source, b.source)))
    if s.kind == "difference":
        return replace(a, value=a.value - b.value, error=hypot(a.error, b.error), step=a.step + b.step, source=source,
                       unit="points" if a.unit == "pct" else a.unit)
    factor = 100.0 if s.unit == "pct" else 1.0
    value = factor * a.value / b.value
    return replace(a, value=value, error=abs(value) * _parts(a, b, "error"), step=abs(value) * _parts(a, b, "step"),
                   unit=s.unit, source=source, size=0.0)
