"""How firm an answered claim is: the share of neighbouring windows, bases, vintages and sides under which it holds."""

from dataclasses import dataclass, replace

from trade_lib.check.flows import Flows
from trade_lib.check.kinds import numbers
from trade_lib.check.periods import months, shift
from trade_lib.check.ranking import ranks

KINDS = ("growth", "share", "level", "rank")
ALIKE = 0.1  # a neighbouring figure holds within a tenth of the number stated, or beyond it in its direction
POINTS = 1.0  # of growth and shares at least so many points


@dataclass(frozen=True)
class Firmness:
    """Ways tried and ways in which the claim holds, by what was varied; and half a year earlier and later."""

    tried: int
    held: int
    by: dict
    earlier: bool | None
    later: bool | None

    def __str__(self):
        sides = {True: "held", False: "did not hold", None: "is not known"}
        return (f"holds in {self.held} of {self.tried} neighbouring ways; half a year earlier it "
                f"{sides[self.earlier]}, half a year later it {sides[self.later]}")


def firmness(flows: Flows, s) -> Firmness | None:
    """Firmness of a claim of growth, share, rank, or a level above or below a mark; None for others."""
    if s.kind not in KINDS or s.kind == "level" and s.relation == "equal" or s.number is None:
        return None
    by = {what: [_holds(flows, s, one) for one in ways] for what, ways in _ways(s).items()}
    for what, mine in (("vintages", True), ("sides", False)):
        by[what] = [_alike(s, f.value) for f in finder(s)(flows, s, None) if f.own is mine]
    known = {what: [one for one in held if one is not None] for what, held in by.items()}
    tried = [one for held in known.values() for one in held]
    if not tried:
        return None
    counts = {what: f"{sum(held)} of {len(held)}" for what, held in known.items() if held}
    return Firmness(len(tried), sum(tried), counts, *(_holds(flows, s, _moved(s, by)) for by in (-6, 6)))


def finder(s):
    """What finds the figures of a statement of these kinds."""
    return ranks if s.kind == "rank" else numbers.finder(s)[0]


def _moved(s, by):
    """The statement half a year earlier or later: a whole year by a year, for its figures are annual."""
    by = by * 2 if months(s.start, s.end) == 12 else by
    window = shift(s.start, s.end, by)
    if s.start[5:] == "01" and months(s.start, s.end) > 1:  # year to date: stays one
        window = f"{window[1][:4]}-01", window[1]
    return replace(s, start=window[0], end=window[1], base=s.base and shift(*s.base, by))


def _ways(s):
    """Statements that differ from one in its window or its base alone."""
    length = months(s.start, s.end)
    ends = [shift(s.end, s.end, by)[0] for by in ((-1, 1) if length < 12 else (-12, 12))]
    starts = [s.start if length > 1 and length < 12 else shift(end, end, 1 - length)[0] for end in ends]
    windows = [replace(s, start=a, end=b) for a, b in zip(starts, ends, strict=True) if a <= b]
    bases = [] if s.kind != "growth" or s.base else [replace(s, kind="average_growth", base=shift(s.start, s.end, -24))]
    return {"windows": windows, "bases": bases}


def _holds(flows, s, other):
    """Whether a claim holds for another statement's figures; None where none is at hand."""
    figures = finder(other)(flows, other, None)
    own = [f for f in figures if f.own] or figures
    return _alike(s, own[0].value) if own else None


def _alike(s, value):
    if s.kind == "rank":
        return value <= s.number
    if s.relation != "equal":
        return value > s.number if s.relation == "above" else value < s.number
    slack = max(ALIKE * abs(s.number), POINTS if s.kind in ("growth", "share") else 0.0)
    return value >= s.number - slack if s.number > 0 else value <= s.number + slack
