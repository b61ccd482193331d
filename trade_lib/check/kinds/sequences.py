"""Streaks ("for the tenth month") and first times ("the first fall since 2010")."""

from dataclasses import replace

from trade_lib.check import values
from trade_lib.check.decide import decide_first, decide_streak
from trade_lib.check.find import Figure
from trade_lib.check.flows import Flows
from trade_lib.check.periods import months, shift
from trade_lib.check.ranking import ranks
from trade_lib.check.report import Answer, possessive
from trade_lib.check.verdicts import NOT_TESTABLE

STEPS = {"months": 1, "quarters": 3, "years": 12}
LONGEST = 200  # windows looked back at


def answer(flows: Flows, s, date: str) -> Answer:
    """A streak or a first time, as could be known on the day and as known now."""
    return (_streak if s.kind == "streak" else _first)(flows, s, date)


def holds(flows: Flows, s, window: tuple[str, str], date: str | None) -> tuple[bool | None, Figure | None]:
    """Whether the condition is met in a window, and by which figure; None where nothing is known of it."""
    one = replace(s, start=window[0], end=window[1], base=None, kind="level", number=None)
    if s.condition == "top":
        figures = ranks(flows, one, date)
        figure = min([f for f in figures if f.own] or figures, key=lambda f: f.value, default=None)
        return (None if figure is None else figure.value <= s.top), figure
    if s.condition in ("rise", "fall") or s.measure == "growth":
        figures, mark = values.growth(flows, one, date), 0.0
    else:
        one = replace(one, flow="balance", sign=1) if s.condition in ("surplus", "deficit") else one
        figures, mark = values.level(flows, one, date), 0.0
    if s.condition in ("above", "below"):
        mark = s.threshold
    figure = max([f for f in figures if f.own] or figures, key=lambda f: (f.release, -f.error), default=None)
    if figure is None:
        return None, None
    up = s.condition in ("rise", "above", "surplus")
    return (figure.value > mark if up else figure.value < mark), figure


def _run(flows, s, date, step):
    """(length, whether its beginning is in the data, newest figure, window and figure that ended it)."""
    newest, length = None, 0
    for back in range(LONGEST):
        met, figure = holds(flows, s, shift(s.start, s.end, -step * back), date if back == 0 else None)
        newest = newest or figure
        if not met:
            return (None if back == 0 and met is None else length), met is not None, newest, figure
        length += 1
    return length, False, newest, None


def _streak(flows, s, date):
    length, ended, newest, figure = _run(flows, s, None, STEPS[s.unit])
    met, _ = holds(flows, s, (s.start, s.end), date)
    now = decide_streak(length, ended, s.number, bool(newest and newest.own))
    verdict = NOT_TESTABLE if met is None else now
    if newest is None:
        return Answer(verdict, now, (), None, f"Stated {s.number:.0f} {s.unit} in a row; no figure covers {s.end}.",
                      f"{possessive(s.reporter)} figures for {s.start} to {s.end}")
    least = "" if ended else "at least "
    end = f"; the one before: {figure.value:,.1f}" if figure else ""
    said = f"{s.condition} {s.top if s.condition == 'top' else ''}".strip()
    told = (f"Stated {s.number:.0f} {s.unit} in a row ({said}); found {least}{length} up to {s.end} "
            f"({newest.publisher}{end}).")
    return Answer(verdict, now, tuple(f for f in (newest, figure) if f), length - s.number, told,
                  "" if ended else "earlier figures")


def _first(flows, s, date):
    length = months(s.start, s.end)
    step = 12 if length >= 12 or s.start[5:] == "01" and length not in (1, 3) else length
    met, figure = holds(flows, s, (s.start, s.end), None)
    then, _ = holds(flows, s, (s.start, s.end), date)
    known, met_before, at_since = 0, None, None
    for back in range(1, LONGEST):
        window = shift(s.start, s.end, -step * back)
        if s.since and window[1] < s.since:
            break
        before, earlier = holds(flows, s, window, None)
        if before is None:
            break
        known += 1
        if before and s.since and (window[0] <= s.since <= window[1] or window[0][:4] == s.since[:4] == window[1][:4]):
            at_since = True
            break
        if before:
            met_before = (window, earlier)
            break
    at_since = at_since if at_since or not s.since else False
    now = decide_first(met, met_before is not None, known, at_since, bool(figure and figure.own))
    if figure is None:
        return Answer(now, now, (), None, f"No figure covers {s.start} to {s.end}.",
                      f"{possessive(s.reporter)} figures for it")
    since = f"since {s.since}" if s.since else f"in {known} earlier windows"
    told = f"it was so in {met_before[0][0]} to {met_before[0][1]} ({met_before[1].value:,.1f})" if met_before else \
        f"not so {since}" if met else "it is not so"
    mark = "" if s.threshold is None else f" {s.threshold:,.1f}"
    return Answer(now if then is not None else NOT_TESTABLE, now, (figure,), None,
                  f"First time {s.condition}{mark}: {figure.value:,.1f} ({figure.publisher}); {told}.", "")
