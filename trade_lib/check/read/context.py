"""What an article has said before a statement, and whom and when the statement is about in its light."""

import datetime
import re
from dataclasses import dataclass, field

from trade_lib.check.read import periods
from trade_lib.check.read.cues import interval
from trade_lib.check.read.subjects import FLOWS
from trade_lib.check.read.words import currency


@dataclass
class Context:
    """What the sentences of an article before one have said.

    ``topic`` is the one partner an article is about, ``main`` its period, ``known`` the periods named so far, ``last``
    the latest statement, ``line`` those of the same paragraph.
    """

    date: datetime.date
    reporter: str | None = None
    topic: str | None = None
    main: tuple | None = None
    currency: str | None = None
    partners: set = field(default_factory=set)
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


def whom(items, subject, one, context, placed):
    """Adds reporter, partner and flow; what the sentence does not say is taken from context and noted."""
    assumed = []
    last = context.last
    if subject is None and one["kind"] not in ("rank", "share"):
        one.pop("at")
        return one | {name: last[name] for name in ("reporter", "partner", "flow")} | {"assumed": ["partner", "flow"]}
    flow = one.get("flow") or subject.flow
    reporter = one.pop("owner", None) or (subject.reporter if subject else None)
    partner = one.get("partner") or (subject.partners if subject else ())
    partner = partner[0] if isinstance(partner, tuple) and len(partner) == 1 else partner or None
    named = {t.value for t in items if t.kind == "AREA"}
    pair = subject.pair if subject else None
    if subject and subject.both and not pair:
        named |= {context.reporter} if len(named) == 1 and context.reporter else set()
        pair = tuple(sorted(named)) if len(named) == 2 else None
    if pair and not one.get("partner"):
        reporter = context.reporter if context.reporter in pair else pair[0]
        partner = next(code for code in pair if code != reporter)
    if reporter is None and subject is not None:
        reporter = _poster(items, subject)
    sign = 1
    if partner is None and subject is not None:
        partner, sign, why = _partner(subject, reporter, flow, context, placed)
        if partner is None:
            return why
        assumed += ["partner"] if why else []
    if partner is None and last:
        partner = last["partner"]
        assumed.append("partner")
    if reporter is None or sign < 0:
        reporter = context.reporter
        if reporter is None:
            return "whose trade is not said"
        if reporter == partner:
            reporter = context.topic or (
                last["reporter"] if last and last["reporter"] != partner else last and last["partner"]
            )
            assumed.append("reporter")
            if reporter in (None, partner, "WORLD"):
                return "whose trade is not said"
    if reporter == partner:
        return "reporter and partner are the same"
    if flow == "balance" and one.get("stated") and one["kind"] in ("level", "record", "forecast"):
        words = " ".join(t.low for t in items[: subject.last + 1]) if subject else ""
        near = [t.low for t in items[subject.first : subject.last + 1] if t.kind == "BALANCE"] if subject else []
        if any("deficit" in w or "shortfall" in w for w in near):
            sign = -sign
        elif any("gap" in w or w.endswith("balance") for w in near) or not words:
            return "not clear whether a surplus or a deficit"
        one["stated"] = one["stated"] if sign > 0 else f"-{one['stated']}"
    money_of = _currency(items, one.pop("at"))
    return (
        one
        | {"reporter": reporter, "partner": partner, "flow": flow, "assumed": assumed}
        | ({"currency": money_of} if money_of and one["unit"] in ("pct", None) else {})
    )


def _currency(items, i):
    """The currency a rate is said to be in: "in yuan terms" after it, else before it."""
    after = [t for t in items[i + 1 : i + 8] if t.kind in ("CURRENCY", "PERCENT")][:1]
    before = [t for t in items[:i] if t.kind == "CURRENCY"][-1:]
    named = after if after and after[0].kind == "CURRENCY" else before
    return currency(named[0].text) if named else None


def _poster(items, subject):
    """Who is said to post a surplus or ship goods: the area before the verb that leads to the flow."""
    for k in range(subject.first - 1 - (subject.first > 1 and items[subject.first - 1].kind == "MONEY"), 0, -1):
        if (
            items[k].kind in ("LEVEL", "MAYBE")
            and items[k].low not in ("to", "of", "at", "with", "was", "is", "were")
            and items[k - 1].kind == "AREA"
        ):
            return items[k - 1].value
        if items[k].low in (",", ";") or items[k].kind in ("PERCENT", "MONEY"):
            return None
    return None


def _partner(subject, reporter, flow, context, placed):
    """The partner where the flow names none: partner, sign (-1 = the other side's balance), why it is assumed."""
    last, earlier = context.last, [s for s in placed if s["partner"] != "WORLD"]
    if subject.whole:
        return "WORLD", 1, ""
    if (
        reporter is not None
        and reporter != context.reporter
        and last
        and reporter == last["partner"]
        and flow == "balance"
    ):
        return reporter, -1, "the other side's balance"
    if subject.both:
        code = context.topic or (last["partner"] if last and last["partner"] != "WORLD" else None)
        return code, 1, "both sides are not named" if code is None else "context"
    if reporter is not None:
        return "WORLD", 1, ""
    if earlier:
        return earlier[-1]["partner"], 1, "same sentence"
    if context.topic and context.topic != reporter:
        return context.topic, 1, "topic"
    if last and last["partner"] != "WORLD" and last["flow"] == flow == "balance":
        return last["partner"], 1, "the balance before"
    if context.line and context.line[-1]["partner"] != "WORLD":
        return None, 1, "partner not clear: all or the one named before"
    return "WORLD", 1, ""


def when(items, i, one, modes, context, placed):
    """Adds the period (of a forecast the horizon)."""
    token = _period_of(items, i, modes, one["kind"])
    assumed = list(one["assumed"])
    if token is not None and token.kind == "DAY":
        return "of a part of a month, or dated by a day"
    if token is not None:
        value = periods.parse(token.text.rstrip("."))
        if one["kind"] == "forecast" and value[2] in (None, "this") or value[2] == "this year":
            value = (value[0] or 1, value[1] or 12, context.date.year)
        period = periods.resolve(value, context.date, one["reporter"], context.known)
        if period is None:
            return f"period not clear: {token.text}"
        if value[2] is None or value[0] is None:
            assumed.append("year" if value[0] else "period")
        context.name(period)
    elif placed and one["kind"] not in ("rank", "forecast"):
        period = placed[-1]["period"]
        assumed.append("period")
    elif one.get("base") not in (None, "previous") and one["base"][0] == one["base"][1] and one["kind"] == "growth":
        period = periods.earlier(one["base"], -1)
        assumed.append("period")
    else:
        if one["kind"] == "forecast":
            return "a forecast without a date"
        period = context.period or context.current or context.main or _published(context)
        if any(t.low == "period" for t in items) and context.known:
            period = context.known[-1]
        if context.last and not any(t.kind in FLOWS for t in items) and one["kind"] not in ("rank", "share"):
            period = context.last["period"]
        if period is None and one["kind"] == "rank":
            period = f"{context.date.year - 1}-01", f"{context.date.year - 1}-12"
        if period is None:
            return "no period named"
        assumed.append("period")
    if (
        one["kind"] == "level"
        and period[1] > context.date.isoformat()[:7]
        and any(t.low in ("to", "by") for t in items)
    ):
        one = one | {"kind": "forecast"}
    if one["kind"] == "forecast" and period[1] < context.date.isoformat()[:7]:
        return "a forecast of a period that was over"
    if one["kind"] != "forecast" and period[1] > context.date.isoformat()[:7]:
        return "of a period that was not over"
    return one | {"period": period, "assumed": assumed}


def _period_of(items, i, modes, kind):
    """The period of a quantity: named right after it, else the nearest before it, else the nearest after."""
    first = (interval(items) or (None,))[0] if kind in ("growth", "change", "multiple", "average_growth") else None

    def usable(k):
        if items[k].kind == "DAY":
            return "days" in items[k].low or re.search(r"\d\s?(?:-|to)\s?\d", items[k].text)
        return (
            items[k].kind == "PERIOD"
            and k != first
            and (modes[k] != "base" or modes[i] == "base")
            and items[k - 1 if k else 0].low not in ("since", "than")
        )

    places = [k for k in range(len(items)) if usable(k)]
    for k in places:
        if k > i and not any(t.low in (",", ";", ":", "while", "but", "and") or t.kind in FLOWS for t in items[i:k]):
            return items[k]
    before = [k for k in places if k < i]
    return items[before[-1]] if before else items[places[0]] if places else None


def _published(context):
    """The period that news of a day is about where a text names none: the year in January and February, the quarters in
    the month after."""
    date = context.date
    if date.month <= 2:
        return f"{date.year - 1}-01", f"{date.year - 1}-12"
    if date.month in (4, 7, 10) and 7 <= date.day <= 20:
        return f"{date.year}-01", f"{date.year}-{date.month - 1:02d}"
    return None
