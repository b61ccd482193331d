"""What an article has said before a statement, and whom and when the statement is about in its light."""

import datetime
import re
from dataclasses import dataclass, field

from trade_lib.check.periods import months, shift
from trade_lib.check.read import periods
from trade_lib.check.read.cues import Unclear
from trade_lib.check.read.forms import WORDS
from trade_lib.check.read.subjects import FLOWS
from trade_lib.check.read.words import currency, money


@dataclass
class Context:
    """What an article has said so far.

    ``topic`` is the one partner it is about, ``main`` its period and ``current`` the one it has come to, ``known`` the
    periods named so far, ``period`` and ``line`` the period and statements of this paragraph, ``last`` the latest
    statement.
    """

    date: datetime.date
    reporter: str | None = None
    topic: str | None = None
    main: tuple | None = None
    currency: str | None = None
    known: list = field(default_factory=list)
    last: dict | None = None
    line: list = field(default_factory=list)
    period: tuple | None = None
    current: tuple | None = None

    def name(self, period):
        """Note a period; one beyond the article's main period takes its place till that is named again."""
        self.known.append(period)
        self.period = period
        at = self.current or self.main
        if at is None or period == self.main or period[1] >= at[1] and not at[0] <= period[0]:
            self.current = period


def whom(sentence, i, subject, one):
    """A statement with reporter, partner and flow; what the sentence does not say is taken from context and noted."""
    context = sentence.context
    if subject is None and one["kind"] not in ("rank", "share"):
        return one | {name: context.last[name] for name in ("reporter", "partner", "flow")} | \
            {"assumed": ["partner", "flow"]}
    assumed, sign, flow = [], 1, one.get("flow") or subject.flow
    reporter = one.pop("owner", None) or (subject.reporter if subject else None)
    partner = one.get("partner") or (subject.partners if subject else ())
    partner = partner[0] if isinstance(partner, tuple) and len(partner) == 1 else partner or None
    pair = _pair(sentence, subject)
    if pair and not one.get("partner"):
        reporter = context.reporter if context.reporter in pair else pair[0]
        partner = pair[1] if reporter == pair[0] else pair[0]
    reporter = reporter or (_poster(sentence, subject) if subject else None)
    if partner is None and subject:
        partner, sign, taken = _partner(sentence, subject, reporter, flow)
        assumed += ["partner"] if taken else []
    elif partner is None:
        partner = context.last["partner"]
        assumed.append("partner")
    if reporter is None or sign < 0:
        reporter = context.reporter
    if reporter == partner and subject and not subject.reporter or reporter is None:
        reporter = context.topic or (context.last or {}).get("reporter")
        assumed.append("reporter")
    if reporter in (None, partner, "WORLD"):
        raise Unclear("whose trade is not said")
    if flow == "balance" and one["kind"] in ("level", "record", "forecast"):
        said = sentence.low(next(k for k in range(subject.first, subject.last + 1) if sentence.kind(k) == "BALANCE"))
        if re.search("gap|balance$", said):
            raise Unclear("not clear whether a surplus or a deficit")
        if (sign < 0) != ("surplus" not in said):
            one, flow = (one | {"stated": f"-{one['stated']}"}, flow) if one["stated"] else (one, "deficit")
    code = _currency(sentence, i) if one["unit"] in ("pct", None) else None
    return one | {"reporter": reporter, "partner": partner, "flow": flow, "assumed": assumed} | (
        {"currency": code} if code else {})


def _pair(sentence, subject):
    """The two sides of "Sino-Russian trade", or of "bilateral trade" in a sentence that names two or one of them."""
    if not subject or subject.pair or not subject.both:
        return subject and subject.pair
    named = {token.value for token in sentence.items if token.kind == "AREA"}
    named |= {sentence.context.reporter} - {None} if len(named) == 1 else set()
    return tuple(sorted(named)) if len(named) == 2 else None


def _poster(sentence, subject):
    """Who is said to post a surplus or ship goods: the area before the verb that leads to the flow."""
    start = subject.first - (2 if sentence.kind(subject.first - 1) == "MONEY" else 1)
    for k in range(start, 0, -1):
        if sentence.low(k) in WORDS["verbs of posting"] and sentence.kind(k - 1) == "AREA":
            return sentence.items[k - 1].value
        if sentence.low(k) in (",", ";") or sentence.kind(k) in ("PERCENT", "MONEY"):
            return None
    return None


def _partner(sentence, subject, reporter, flow):
    """The partner where the flow names none: partner, sign (-1: the other side's balance), whether assumed."""
    context = sentence.context
    last = context.last if context.last and context.last["partner"] != "WORLD" else None
    earlier = next((s for s in reversed(sentence.placed) if s["partner"] != "WORLD"), None)
    if subject.whole:
        return "WORLD", 1, False
    if last and reporter not in (None, context.reporter) and reporter == last["partner"] and flow == "balance":
        return reporter, -1, True
    if subject.both:
        if not context.topic and not last:
            raise Unclear("both sides are not named")
        return context.topic or last["partner"], 1, True
    if reporter is not None or sentence.placed and sentence.placed[-1]["partner"] == "WORLD":
        return "WORLD", 1, False
    if earlier or context.topic:
        return earlier["partner"] if earlier else context.topic, 1, True
    if last and last["flow"] == flow == "balance":
        return last["partner"], 1, True
    if context.line and context.line[-1]["partner"] != "WORLD":
        raise Unclear("partner not clear: all or the one named before")
    return "WORLD", 1, False


def _currency(sentence, i):
    """The currency a rate is said to be in: "in yuan terms" or "to 5 trillion yuan" after it, else before it."""
    def a_sum(k):
        return sentence.kind(k) == "MONEY" and "(" not in (sentence.low(k - 1), sentence.low(k - 2))

    after = next((k for k in range(i + 1, i + 9) if sentence.kind(k) in ("CURRENCY", "PERCENT")
                  or a_sum(k) and sentence.low(k - 1) in ("to", "at", "reaching")), -1)
    before = [k for k in range(i) if sentence.kind(k) == "CURRENCY"] or [k for k in range(i) if a_sum(k)]
    named = after if sentence.kind(after) in ("CURRENCY", "MONEY") else before[-1] if before else -1
    if named < 0:
        return None
    text = sentence.items[named].text
    code = currency(text) if sentence.kind(named) == "CURRENCY" else money(text)[1]
    return None if code == "?" else code


def when(sentence, i, one):
    """A statement with its period (of a forecast the horizon)."""
    context, ahead = sentence.context, one["kind"] == "forecast"
    k, now = _period_of(sentence, i, one["kind"]), context.date.isoformat()[:7]
    if k is not None and sentence.kind(k) == "DAY":
        raise Unclear("of a part of a month, or dated by a day")
    if k is not None:
        period, assumed = sentence.months(k, ahead)
        if period is None:
            raise Unclear(f"period not clear: {sentence.items[k].text}")
        if sentence.modes[i] != "base":
            context.name(period)
    elif ahead:
        raise Unclear("a forecast without a date")
    else:
        period, assumed = _period_assumed(sentence, one), "period"
    if one["kind"] == "streak" and one["unit"] == "months":  # a run of months is told of its last one
        period = (period[1], period[1])
    if one["kind"] == "level" and period[1] > now and {"to", "by"} & set(sentence.lows()):
        one, ahead = one | {"kind": "forecast"}, True
    if ahead != (period[1] >= now) and period[1] != now:
        raise Unclear("a forecast of a period that was over" if ahead else "of a period that was not over")
    return one | {"period": period, "assumed": one["assumed"] + ([assumed] if assumed else [])}


def _period_assumed(sentence, one):
    """The period where the sentence names none."""
    context, annual = sentence.context, one["kind"] in ("rank", "share")
    if sentence.placed and one["kind"] != "rank":
        return sentence.placed[-1]["period"]
    if one["kind"] == "growth" and one.get("base") not in (None, "previous") and months(*one["base"]) == 1:
        return shift(*one["base"], 1)
    if "period" in sentence.lows() and context.known:
        return context.known[-1]
    if context.last and not annual and not any(t.kind in FLOWS for t in sentence.items):
        return context.last["period"]
    period = context.period or context.current or context.main or periods.published(context.date)
    if period is None and one["kind"] == "rank":
        period = f"{context.date.year - 1}-01", f"{context.date.year - 1}-12"
    if period is None:
        raise Unclear("no period named")
    return period


def _of_basis(sentence, k):
    """Whether a period is that of what is compared with: "from 102 billion dollars in August"."""
    return "base" in (sentence.modes[k], sentence.kind(k - 2) in ("MONEY", "PERCENT") and sentence.modes[k - 2])


def _period_of(sentence, i, kind):
    """The place of a quantity's period: named right after it, else the nearest before it, else the nearest after."""
    first = (sentence.interval() or (None,))[0] if kind in ("growth", "change", "multiple", "average_growth") else None
    places = [k for k, token in enumerate(sentence.items) if
              token.kind == "DAY" and re.search(r"days|\d\s?(?:-|to)\s?\d", token.low)
              or token.kind == "PERIOD" and k != first and (sentence.modes[i] == "base" or not _of_basis(sentence, k))]
    ends = WORDS["clause ends"] | {",", "and"}
    for k in places:
        if k > i and not any(t.low in ends or t.kind in FLOWS for t in sentence.items[i:k]):
            return k
    before = [k for k in places if k < i]
    return before[-1] if before else places[0] if places else None
