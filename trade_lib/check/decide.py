"""Verdicts from figures. The rules, their limits and their history stand in rules.json, in one place."""

from functools import lru_cache
from pathlib import Path

from trade_lib.check.find import Figure
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED
from trade_lib.data import files

EXACT, ROUNDING, WITHIN, OFF = range(4)
ORDER = (SUPPORTED, CAVEATS, MIXED, CONTRADICTED)


@lru_cache(maxsize=1)
def rules() -> dict:
    """Every rule with its limits and its history."""
    return files.read_json(Path(__file__).with_name("rules.json"))


def gap(figure: Figure, s) -> float:
    """How far a figure is from what is stated, beyond what the digits of both leave open."""
    value, number = figure.value, s.number
    rounding = s.step / 2 + figure.step / 2 + 1e-9
    if s.upper is not None:
        return max(0.0, number - value - rounding, value - s.upper - rounding)
    off = {"equal": abs(value - number), "above": number - value, "below": value - number}[s.relation]
    return max(0.0, off - rounding)


def closeness(figure: Figure, s, measure: str) -> int:
    """How well a figure agrees with what is stated: EXACT, ROUNDING (an above just met), WITHIN or OFF."""
    limits = rules()["tolerance"]
    off = gap(figure, s)
    if off == 0:
        met = {"above": figure.value - s.number, "below": s.number - figure.value}.get(s.relation, 1.0)
        return EXACT if met > 1e-9 or s.upper is not None else ROUNDING
    clip = limits["clip"][measure] * (max(abs(s.number), s.step) if measure == "level" else 1.0)
    coarse = figure.approximate and figure.error > clip
    return WITHIN if off <= min(figure.error, clip) and not coarse else OFF


def decide_number(s, figures: list[Figure], measure: str) -> str:
    """Verdict on a stated number.

    ``measure`` says how limits are counted: a level as a part of what is stated, growth and shares in points.
    """
    own = [closeness(f, s, measure) for f in figures if f.own]
    other = [f for f in figures if not f.own]
    if not own:
        agree = any(closeness(f, s, measure) <= WITHIN for f in other if f.error != float("inf"))
        return CAVEATS if agree else NOT_TESTABLE
    if min(own) == EXACT:
        return SUPPORTED if max(own) == EXACT and not any(apart(f, s, measure) for f in other) else CAVEATS
    if min(own) <= WITHIN:
        return CAVEATS
    firm = min((f for f in figures if f.own), key=lambda f: (f.error, gap(f, s)))
    return NOT_TESTABLE if gap(firm, s) <= rules()["tolerance"]["near_miss"] * firm.error else CONTRADICTED


def apart(figure: Figure, s, measure: str) -> bool:
    """Whether another side's figure is another answer."""
    limit = rules()["tolerance"]["apart"][measure] * (abs(s.number) if measure == "level" else 1.0)
    return gap(figure, s) > limit


def nearest(s, figures: list[Figure]) -> Figure | None:
    """The figure nearest to what is stated, of the reporter's own where there are any."""
    own = [f for f in figures if f.own] or figures
    return min(own, key=lambda f: (gap(f, s), not f.release, abs(f.value - s.number)), default=None)


def decide_rank(stated: float, ranks: list[tuple[float, bool]]) -> str:
    """Verdict on a rank from (rank, whether of the reporter's own figures) of each way of ranking.

    >>> decide_rank(1, [(1, True), (2, True)]), decide_rank(3, [(1, False)])
    ('supported with caveats', 'not testable with these data')
    """
    own = [abs(rank - stated) for rank, mine in ranks if mine]
    if not own:
        return CAVEATS if any(rank == stated for rank, _ in ranks) else NOT_TESTABLE
    if min(own) == 0:
        return SUPPORTED if max(own) == 0 else CAVEATS
    return MIXED if min(own) == 1 else CONTRADICTED


def decide_record(own: tuple[bool, bool] | None, other: tuple[bool, bool] | None, sides: int = 2) -> str:
    """Verdict on a record from (in current, in constant money) of the reporter's figures and of its partner's.

    ``sides`` is how many such trade has: one with the world.

    >>> decide_record((True, True), (True, False)), decide_record((False, False), None), decide_record(None, None)
    ('supported with caveats', 'contradicted', 'not testable with these data')
    """
    first = own or other
    if first is None or own is None and not other[0]:
        return NOT_TESTABLE
    if not first[0]:
        return CONTRADICTED
    firm = own is not None and own[1] and (other == (True, True) if sides == 2 else True)
    return SUPPORTED if firm else CAVEATS


def decide_streak(length: int | None, ended: bool, stated: float, own: bool) -> str:
    """Verdict on a streak from its length, and whether its beginning is in the data.

    >>> decide_streak(10, True, 10, True), decide_streak(11, True, 10, True), decide_streak(7, True, 10, True)
    ('supported', 'supported with caveats', 'contradicted')
    """
    if length is None or length < stated and not ended:
        return NOT_TESTABLE
    off = length - stated
    if off == 0 or not ended:
        return SUPPORTED if own and ended else CAVEATS
    if not own:
        return NOT_TESTABLE
    return CAVEATS if off == 1 else CONTRADICTED if off < -1 else MIXED


def decide_first(now: bool | None, between: bool, known: int, since: bool | None, own: bool) -> str:
    """Verdict on a first time: is it so now, was it between, in how many earlier windows known, was it so `since`.

    >>> decide_first(True, False, 5, True, True), decide_first(True, True, 5, None, True)
    ('supported', 'contradicted')
    """
    if now is None or not own and (between or not now):
        return NOT_TESTABLE
    if not now or between:
        return CONTRADICTED
    if not known:
        return NOT_TESTABLE
    return SUPPORTED if own and since is not False else CAVEATS


def decide_forecast(own: float | None, other: float | None) -> str:
    """Verdict on an expectation from the probability of passing the threshold on each side (None: not at hand).

    >>> decide_forecast(0.99, 0.82), decide_forecast(None, 0.95), decide_forecast(0.3, None), decide_forecast(None, 0.3)
    ('supported with caveats', 'supported with caveats', 'contradicted', 'not testable with these data')
    """
    sure, even = rules()["forecast"]["sure"], rules()["forecast"]["even"]
    first = own if own is not None else other
    if first is None:
        return NOT_TESTABLE
    if first > sure:
        return SUPPORTED if own is not None and other is not None and other > sure else CAVEATS
    if own is None:
        return NOT_TESTABLE
    return MIXED if first >= even else CONTRADICTED


def decide_outcome(own: bool | None, other: bool | None) -> str:
    """Verdict on an expectation once the outcome is known: whether it passed on each side at hand.

    >>> decide_outcome(True, True), decide_outcome(None, True), decide_outcome(False, False)
    ('supported', 'supported with caveats', 'contradicted')
    """
    known = [passed for passed in (own, other) if passed is not None]
    if not known:
        return NOT_TESTABLE
    return SUPPORTED if all(known) and len(known) > 1 else CAVEATS if any(known) else CONTRADICTED


def weaker(one: str, other: str) -> str:
    """The weaker of two verdicts; one that is not testable weakens nothing.

    >>> weaker("supported", "contradicted"), weaker("supported", "not testable with these data")
    ('contradicted', 'supported')
    """
    return max(one, other, key=ORDER.index) if one in ORDER and other in ORDER else one
