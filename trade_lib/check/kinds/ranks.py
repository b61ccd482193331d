"""Ranks among partners or in the world, and the number of economies that a reporter is a main partner of."""

from trade_lib.check.decide import decide_rank, rules
from trade_lib.check.find import reconciled_figure
from trade_lib.check.flows import Flows
from trade_lib.check.ranking import ranks, top_count
from trade_lib.check.report import Answer, possessive
from trade_lib.check.verdicts import CAVEATS, NOT_TESTABLE
from trade_lib.data.areas import name


def answer(flows: Flows, s, date: str) -> Answer:
    """A rank or a count of partners."""
    return (_rank if s.kind == "rank" else _count)(flows, s, date)


def _rank(flows, s, date):
    then, now = ranks(flows, s, date), ranks(flows, s, None)
    verdicts = [decide_rank(s.number, [(f.value, f.own) for f in figures]) for figures in (then, now)]
    figures = then or now
    if not figures:
        return Answer(*verdicts, (), None, f"Stated rank {s.number:.0f}; no source ranks these partners then.",
                      f"{possessive(s.reporter)} trade with all its partners for {s.start} to {s.end}")
    near = min([f for f in figures if f.own] or figures, key=lambda f: abs(f.value - s.number))
    said = "; ".join(f"{f.value:.0f} of {f.unit.split()[-1]}{', ' + f.derived if f.derived else ''} ({f.publisher})"
                     for f in figures)
    gaps = ([] if then else [f"figures that were public by {date}"]) + (
        [] if any(f.own for f in figures) else [f"{possessive(s.reporter)} own figures by partner"])
    return Answer(*verdicts, tuple(figures), near.value - s.number, f"Stated rank {s.number:.0f}; found {said}.",
                  "; ".join(gaps))


def _count(flows, s, date):
    whole = (s.start[5:], s.end[5:]) == ("01", "12")
    number = top_count(flows, s) if whole else None
    if number is None:
        return Answer(NOT_TESTABLE, NOT_TESTABLE, (), None,
                      f"Stated {s.number:.0f}; no reconciled trade of all pairs for {s.start} to {s.end}.",
                      "trade of all pairs of countries in a whole year")
    near = abs(number - s.number) <= rules()["count"]["near"] * s.number
    met = {"above": number > s.number, "below": number < s.number}.get(s.relation, near)
    now = CAVEATS if met else NOT_TESTABLE
    figure = reconciled_figure(flows, s, s.end, number, "economies")
    return Answer(now if figure.public <= date else NOT_TESTABLE, now, (figure,), number - s.number,
                  f"Stated {s.number:.0f}; in reconciled trade {name(s.reporter)} is among the {s.top} largest "
                  f"partners of {number:.0f} economies.", "the economies' own figures")
