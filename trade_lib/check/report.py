"""The answer to a statement, and the sentences made from its numbers."""

import re
from dataclasses import dataclass

from trade_lib.check.decide import EXACT, apart, closeness
from trade_lib.check.find import RECONCILED, Figure, named
from trade_lib.check.verdicts import CAVEATS, NOT_TESTABLE, SUPPORTED
from trade_lib.data.areas import areas

UNITS = {"pct": "%", "points": "points", "times": "times", "kg": "mn t", "t": "mn t", "kt": "mn t", "mn_t": "mn t"}
MOST = 4  # other figures named in a sentence


@dataclass(frozen=True)
class Answer:
    """What the check of one statement gives: then, now, the figures behind it, and a sentence."""

    verdict: str
    verdict_now: str
    figures: tuple[Figure, ...]
    difference: float | None
    explanation: str
    missing: str = ""


def unit_of(s) -> str:
    """The unit of a statement's number in words."""
    counted = s.unit in ("rank", "count", "months", "quarters", "years")
    return UNITS.get(s.unit) or ("" if counted else f"bn {s.currency}")


def sentence(s, figures, near, verdict, measure) -> str:
    """What was stated, the nearest figure, why the verdict is what it is, and what other figures say."""
    unit, digits = unit_of(s), max(1, len(f"{s.step:.6f}".rstrip("0").partition(".")[2]))
    verb = {"equal": "", "above": "more than ", "below": "less than "}[s.relation]
    upper = "" if s.upper is None else f" to {s.upper:,.{digits}f}"
    stated = f"Stated {verb}{s.number:,.{digits if s.step < 1 else 0}f}{upper} {unit}".rstrip()
    if near is None:
        return f"{stated}; no figure at hand covers {s.start} to {s.end}."
    rest = [f"{f.value:,.{digits}f} ({f.publisher})" for f in figures if f is not near]
    more = f"; also {', '.join(dict.fromkeys(rest[:MOST]))}" if rest else ""
    more += f" and {len(rest) - MOST} more" if len(rest) > MOST else ""
    whose = "reconciled trade" if near.side == RECONCILED else f"{possessive(near.side)} {'own ' * near.own}figure"
    loose = f" ± {near.step / 2:,.{digits}f}" if near.step > s.step else ""
    done = f", {near.derived}" if near.derived else ""
    return (f"{stated}; {whose}: {near.value:,.{digits}f}{loose} {unit} ({near.publisher}, {near.when}{done})"
            f"{_why(s, figures, near, verdict, measure)}{more}.")


def possessive(code: str) -> str:
    """Whose: the name of an area, or of several joined by +, with its 's.

    >>> possessive("RUS"), possessive("USA"), possessive("JPN+KOR")
    ("Russia's", "the United States'", "Japan and South Korea's")
    """
    whose = named(code)
    the = "the " if re.match(r"United|European|Netherlands|Philippines|Gulf|Shanghai", whose) else ""
    return f"{the}{whose}'{'' if whose.endswith('s') else 's'}"


def _why(s, figures, near, verdict, measure):
    """The caveat of a verdict, in words."""
    if not near.own:
        return "; it settles nothing without the reporter's own" if verdict == NOT_TESTABLE else ""
    if verdict != CAVEATS:
        return ""
    reasons = []
    if closeness(near, s, measure) != EXACT:
        reasons.append("just met" if s.relation != "equal" and abs(near.value - s.number) <= near.slack + s.step
                       else f"within what revisions usually move ({near.error:,.2g})")
    else:
        later = [f for f in figures if f.own and closeness(f, s, measure) != EXACT]
        reasons += [f"other vintages: {later[0].value:,.4g}"] if later else []
    reasons += ["another side's figures differ"] if any(apart(f, s, measure) for f in figures if not f.own) else []
    return f"; caveat: {' and '.join(reasons)}" if reasons else ""


def missing(s, then, figures, verdict, date) -> str:
    """Whose figures would bear on it and are not at hand."""
    gaps = [f"a figure that was public by {date}"] if figures and not then else []
    own, whose = [f for f in figures if f.own], possessive(s.reporter)
    if not own:
        gaps.append(f"{whose} own figures in {s.currency}{', seasonally adjusted' * (s.adjustment != 'none')}"
                    + ("" if figures else f" for {s.start} to {s.end}"))
    elif verdict not in (SUPPORTED, CAVEATS) and not any(f.release for f in own):
        gaps.append(f"{whose} figure as first published (the tables hold later vintages)")
    if s.partner != "WORLD" and s.kind not in ("share", "rank") and not any(f.side == s.partner for f in figures):
        group = any(areas().loc[one, "kind"] == "group" for one in s.partner.split("+"))
        gaps.append(f"{possessive(s.partner)} {'members' + chr(39) + ' ' if group else ''}figures")
    return "; ".join(gaps)
