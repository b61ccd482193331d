"""What each kind of quantity states: a change, a share, a sum, a multiple, a run, a record or a rank."""

import re

from trade_lib.check.read import periods
from trade_lib.check.read.cues import another, base_of, is_share, left, relation_of, starts_plain
from trade_lib.check.read.subjects import FLOWS, subjects
from trade_lib.check.read.words import money as sum_of
from trade_lib.check.read.words import number


def percent(items, i, subject, modes, context, placed):
    if modes[i] == "base":
        return "the basis of a comparison"
    value = number(items[i].text)
    j, word, passed = left(items, i)
    lows = {t.low for t in passed}
    after = [
        t
        for t in items[i + 1 : i + 4]
        if t.kind not in ("YEARLY", "MONTHLY") and t.low not in ("annual", "sharp", "strong")
    ][:1]
    if after and after[0].kind in ("UP", "DOWN") and (word is None or word.kind not in ("UP", "DOWN")):
        sign = after[0].kind
    elif word is not None and word.kind in ("UP", "DOWN") and not is_share(items, i):
        if "from" in lows:
            return "the basis of a comparison"
        if another(items, j, subject):
            return f"of something else: {items[j - 1].text} {word.text}"
        sign = "UP" if j and items[j - 1].low == "growth" else word.kind
    elif is_share(items, i):
        return share(items, i, subject)
    elif value[0] in "+-" or items[i].text[0] == "+":
        sign = "UP"
    elif (
        word is not None
        and (
            word.kind in FLOWS
            or word.kind == "THOSE"
            or subject
            and subject.first <= j <= subject.last
            or word.kind == "PERCENT"
        )
        and placed
        and placed[-1]["kind"] == "growth"
        and not lows & {"from"}
    ):
        sign = "DOWN" if placed[-1]["stated"].startswith("-") else "UP"
    else:
        return "not clear whether a change or a share"
    if modes[i] == "forecast":
        return "a forecast of a rate"
    stated = value if sign == "UP" or value.startswith("-") else f"-{value}"
    return {
        "kind": "growth",
        "stated": stated,
        "unit": "pct",
        **relation_of(passed, items[i - 1 : i]),
        **base_of(items, i, modes, context),
    }


def share(items, i, subject):
    """A share: the owner is who is named with the flow after "of", the partner whose share it is."""
    whole = next((s for s in subjects(items[i + 1 : i + 9])), None)
    first = next((t for t in items[:i] if t.kind == "AREA" and not t.owns), None)
    listed = [t.value for t in items[:i] if t.kind == "AREA"]
    together = any(t.low in ("together", "combined", "jointly") for t in items[:i])
    of = next((k for k in range(i) if items[k].kind == "SHARE" and items[k].low.endswith("share")), None)
    out = {"kind": "share", "unit": "pct", "stated": number(items[i].text), **relation_of(left(items, i)[2], ())}
    if whole and whole.flow and whole.why:
        return whole.why
    if subject and subject.partners and len(subject.partners) == 1:
        out |= {"partner": subject.partners[0]}
    elif of is not None and items[of - 1].kind == "AREA" and items[of - 1].owns:
        out |= {"partner": items[of - 1].value}
    elif of is not None and of + 2 < len(items) and items[of + 1].low == "of" and items[of + 2].kind == "AREA":
        out |= {"partner": items[of + 2].value}
    elif together and len(listed) > 1:
        out |= {"partner": tuple(listed)}
    elif first is not None:
        out |= {"partner": first.value}
    elif whole and any(t.kind == "AREA" for t in items[i + 1 :]) and any(t.low in ("went", "came") for t in items[i:]):
        out |= {"partner": [t.value for t in items[i + 1 :] if t.kind == "AREA"][-1]}
    elif not (subject is None and starts_plain(items, i)):
        return "not said whose share"
    flow = whole if whole and whole.flow else subject
    if flow is not None and flow.flow:
        out |= {"flow": flow.flow} | ({"owner": flow.reporter} if flow.reporter else {})
        if whole and whole.partners and whole.partners[0] != out.get("partner"):
            out |= {"whole": whole.partners[0]}
    return out | {"flow": out.get("flow", "total")}


def money(items, i, subject, modes, context, placed):
    stated, currency, scale = sum_of(items[i].text, context.currency)
    if currency == "?":
        currency = {"CHN": "CNY", "JPN": "JPY"}.get(context.reporter)
    j, word, passed = left(items, i)
    lows = [t.low for t in passed]
    if i and items[i - 1].low == "(" or i > 1 and items[i - 2].low == "(" or "or" in [t.low for t in items[i - 1 : i]]:
        return "the same sum in another currency"
    if currency is None:
        return "in no currency named"
    if abs(float(stated)) < 1 and scale == "mn":
        return "a sum too small for a flow of trade"
    unit = f"{currency.lower()}_{scale}"
    if "from" in lows or modes[i] == "base":
        if not (i + 2 < len(items) and items[i + 1].low in ("in", "for") and items[i + 2].kind == "PERIOD"):
            return "the basis of a comparison"
    elif (
        word is not None
        and word.kind == "WORD"
        and subject
        and not subject.first <= j <= subject.last
        and subject.first < i
    ):
        return f"not clear of what: {word.text}"
    if word is not None and word.kind in ("UP", "DOWN") and another(items, j, subject):
        return f"of something else: {items[j - 1].text} {word.text}"
    after = items[i + 1] if i + 1 < len(items) else items[i]
    if (
        word is not None
        and word.kind in ("UP", "DOWN")
        and ("by" in lows or lows == [] or j == i - 1)
        and "to" not in lows
    ):
        if "by" not in lows and word.low in ("more", "less", "up", "down"):
            return "a difference, not a level"
        return {"kind": "change", "stated": stated if word.kind == "UP" else f"-{stated}", "unit": unit}
    if after.low in ("lower", "higher", "more", "less"):
        return {"kind": "change", "stated": stated if after.kind == "UP" else f"-{stated}", "unit": unit}
    record = (
        any(t.kind == "RECORD" for t in passed)
        or subject is not None
        and any(t.kind == "RECORD" for t in items[max(subject.first - 1, 0) : subject.last])
        and word is not None
        and word.kind in FLOWS
    )
    kind = "forecast" if modes[i] == "forecast" else "record" if record else "level"
    return {"kind": kind, "stated": stated, "unit": unit, **relation_of(passed, items[i - 1 : i])}


def multiple(items, i, subject, modes, context, placed):
    low = items[i].low
    if modes[i] in ("base", "forecast"):
        return "not a statement on a period that is over"
    if another(items, i, subject):
        return f"of something else: {items[i - 1].text}"
    times = {"doubl": "2", "tripl": "3", "trebl": "3", "quadr": "4", "halve": "0.5"}.get(low[:5])
    base = (
        next((t for t in items[i + 1 : i + 4] if t.kind == "PERIOD"), None)
        if any(t.low in ("since", "from", "of", "in") for t in items[i + 1 : i + 2]) or low.endswith((" of", " in"))
        else None
    )
    since = base is not None and (items[i + 1].low in ("since", "from") or low.endswith((" of", " in")))
    if times is None and not since:
        return "a multiple of what is not said"
    relation = relation_of(left(items, i)[2], ())
    if since:
        start = periods.resolve(periods.parse(base.text.rstrip(".")), context.date, context.reporter, context.known)
        times = times or str(
            periods.count(low.split("-")[0].split()[0]) if not re.match(r"\d+\.", low) else number(low)
        )
        return (
            {"kind": "multiple", "stated": times, "unit": "times", "base": start, **relation}
            if start
            else "since when is not clear"
        )
    return {"kind": "growth", "stated": f"{(float(times) - 1) * 100:g}", "unit": "pct", "times": True, **relation}


def streak(items, i, subject, modes, context, placed):
    words = [t.low for t in items[i + 1 : i + 5]]
    verb = next((t.kind for t in items[i + 1 : i + 5] if t.kind in ("UP", "DOWN")), None) or next(
        (t.kind for t in reversed(items[:i]) if t.kind in ("UP", "DOWN")), None
    )
    if any(w.startswith("double-digit") for w in words) or modes[i] == "base":
        return "a run of something else"
    flow = subject.flow if subject else context.last["flow"]
    balance = re.search("surplus|deficit", " ".join(t.low for t in items))
    condition = balance.group() if flow == "balance" and balance else {"UP": "rise", "DOWN": "fall"}.get(verb)
    length = next(
        w for w in re.split(r"[ -]", items[i].low) if re.match(r"\d", w) or w in periods.COUNTS + periods.ORDINALS
    )
    unit = re.search("month|quarter|year", items[i].low).group() + "s"
    return (
        {"kind": "streak", "stated": str(periods.count(length)), "unit": unit, "condition": condition}
        if condition
        else "a run of what is not said"
    )


def record(items, i, subject, modes, context, placed):
    """A record: of the sum that stands beside it in the sentence, or on its own."""
    if any(t.kind in ("MONEY", "PERCENT") for t in items[i + 1 : i + 3]) or modes[i] == "base":
        return "told with its number"
    if subject and subject.first <= i <= subject.last and any(t.kind == "MONEY" for t in items[i:]):
        return "told with its number"
    if modes[i] == "forecast":
        return "a forecast of a record"
    since = re.search(r"since (?:at least )?(.*)|([\w]+)-month (?:high|low)", items[i].text)
    out = {"kind": "record", "stated": None, "unit": None}
    if re.search(r"lowest|smallest|low$", items[i].low):
        out["direction"] = "lowest"
    if since and since[1]:
        return out | {"since": periods.resolve(periods.parse(since[1].rstrip(".")), context.date)}
    return out | ({"since_months": periods.count(since[2])} if since else {})


def rank(items, i, about, modes):
    """A rank among partners: who is ranked (the subject of the sentence), by whom (the owner), in which flow."""
    text = items[i].low
    if not re.search(
        "partner|market|destin|source|suppl|buyer|customer|origin|among",
        text + " " + (items[i + 1].low if i + 1 < len(items) else ""),
    ):
        return "a rank of what is not said"
    if items[i - 1].low in ("a", "an") and i or any(t.low in ("one", "top", "among") for t in items[max(i - 3, 0) : i]):
        return "one of several"
    if modes[i] in ("maybe", "denied", "forecast", "base") and items[i - 1].kind != "BASE":
        return "not stated as a fact"
    ordinal = re.match(rf"(?:no\. ?|number[ -])?({periods.ORDINAL}|{periods.COUNT})\b", text)
    owner = next((t for t in reversed(items[max(i - 2, 0) : i]) if t.kind == "AREA" and t.owns), None)
    after = items[i + 1 : i + 7]
    if owner is None and after and after[0].low in ("of", "for", "among"):
        owner = next((t for t in after[1:4] if t.kind == "AREA"), None)
    flow = (
        "import"
        if re.search(r"source|suppl|origin|\bimport(?!ant)", text)
        else "export"
        if re.search("market|destin|buyer|customer|export", text)
        else "total"
    )
    named = [s for s in about if s.flow in ("import", "export") and 0 < s.first - i < 4]
    flow = named[0].flow if named and flow == "total" else flow
    others = [t for t in items[:i] if t.kind == "AREA" and t is not owner and not t.owns]
    apposed = i > 2 and owner is items[i - 1] and items[i - 2].low == "," and items[i - 3].kind == "AREA"
    who = (
        items[i - 3]
        if apposed
        else others[0]
        if others
        else next(
            (
                t
                for k, t in enumerate(after)
                if t.kind == "AREA" and t is not owner and after[k - 1].low in ("was", "is", "remained", ",", "the")
            ),
            None,
        )
    )
    if who is None:
        return "not said who holds the rank"
    out = {
        "kind": "rank",
        "stated": str(periods.count(ordinal[1])) if ordinal else "1",
        "unit": "rank",
        "partner": who.value,
        "flow": flow,
    } | ({"owner": owner.value} if owner else {})
    return out
