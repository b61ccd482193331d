"""What each kind of quantity states: a change, a share, a sum, a multiple, a run, a record or a rank."""

import re

from trade_lib.check.periods import months, shift
from trade_lib.check.read import periods
from trade_lib.check.read.cues import BASIS, CHANGES, Unclear, relation
from trade_lib.check.read.subjects import FLOWS, subjects
from trade_lib.check.read.words import money as sum_of
from trade_lib.check.read.words import number

SIGN = {"UP": "", "DOWN": "-"}


def percent(sentence, i, subject):
    """A growth rate or a share."""
    j, passed = sentence.left(i)
    verb, lows, value = sentence.kind(j), {t.low for t in passed}, number(sentence.items[i].text)
    noun = next((t.kind for t in sentence.items[i + 1:i + 4] if t.kind not in ("YEARLY", "MONTHLY")
                 and t.low not in ("annual", "sharp", "strong")), "")
    grown = next((one for one in sentence.placed[-1:-3:-1] if one["kind"] == "growth"), None)
    if sentence.modes[i] == "base":
        raise Unclear(BASIS)
    if noun in CHANGES and verb not in CHANGES:
        sign = SIGN[noun]
    elif sentence.is_share(i):
        return share(sentence, i, subject)
    elif verb in CHANGES and "from" in lows:
        raise Unclear(BASIS)
    elif verb in CHANGES:
        sentence.refuse_another(j, subject)
        sign = "" if sentence.low(j - 1) == "growth" else SIGN[verb]
    elif sentence.items[i].text[0] in "+-":
        sign = ""
    elif grown and "from" not in lows and (verb in ("THOSE", "PERCENT", *FLOWS) or subject and subject.covers(j)):
        sign = "-" if grown["stated"].startswith("-") else ""  # "exports rose 5 percent, imports 3"
    else:
        raise Unclear("not clear whether a change or a share")
    if sentence.modes[i] == "forecast":
        raise Unclear("a forecast of a rate")
    return {"kind": "growth", "stated": sign + value if value[0] != "-" else value, "unit": "pct", **relation(passed),
            **sentence.base(i)}


def share(sentence, i, subject):
    """A share: the owner is who is named with the flow after "of", the partner whose share it is."""
    whole = next((s for s in subjects(sentence.items[i + 1:i + 9])), None)
    if whole and whole.flow and whole.why:
        raise Unclear(whole.why)
    before = [t for t in sentence.items[:i] if t.kind == "AREA"]
    after = [t.value for t in sentence.items[i + 1:] if t.kind == "AREA"]
    said = next((k for k in range(i) if sentence.kind(k) == "SHARE" and sentence.low(k).endswith("share")), -9)
    out = {"kind": "share", "unit": "pct", "stated": number(sentence.items[i].text), **relation(sentence.left(i)[1])}
    if subject and len(subject.partners) == 1:
        out["partner"] = subject.partners[0]
    elif sentence.kind(said - 1) == "AREA" and sentence.items[said - 1].owns:
        out["partner"] = sentence.items[said - 1].value
    elif sentence.kind(said + 2) == "AREA" and sentence.low(said + 1) == "of":
        out["partner"] = sentence.items[said + 2].value
    elif len(before) > 1 and sentence.together:
        out["partner"] = tuple(t.value for t in before)
    elif any(not t.owns for t in before):
        out["partner"] = next(t.value for t in before if not t.owns)
    elif whole and after and {"went", "came"} & set(sentence.lows(i)):
        out["partner"] = after[-1]
    elif subject or not sentence.goes_on(i):
        raise Unclear("not said whose share")
    flow = whole if whole and whole.flow else subject
    if whole and whole.partners and whole.partners[0] != out.get("partner"):
        out["whole"] = whole.partners[0]
    return out | {"flow": flow.flow if flow and flow.flow else "total", "owner": flow and flow.reporter}


def money(sentence, i, subject):
    """A level, or a change by a sum."""
    stated, code, scale = sum_of(sentence.items[i].text, sentence.context.currency)
    code = {"CHN": "CNY", "JPN": "JPY"}.get(sentence.context.reporter) if code == "?" else code
    j, passed = sentence.left(i)
    verb = sentence.kind(j)
    levels = {t.low for t in passed if t.kind == "LEVEL"} - {"of", "with", "is", "was"}
    if "(" in (sentence.low(i - 1), sentence.low(i - 2)) or sentence.low(i - 1) == "or":
        raise Unclear("the same sum in another currency")
    if code is None:
        raise Unclear("in no currency named")
    if abs(float(stated)) < 1 and scale == "mn":
        raise Unclear("a sum too small for a flow of trade")
    if "from" in [t.low for t in passed] or sentence.modes[i] == "base":
        if sentence.low(i + 1) not in ("in", "for") or sentence.kind(i + 2) != "PERIOD":
            raise Unclear(BASIS)
    elif verb == "WORD" and subject and subject.first < i and not subject.covers(j):
        raise Unclear(f"not clear of what: {sentence.items[j].text}")
    out = {"kind": "level", "stated": stated, "unit": f"{code.lower()}_{scale}", **relation(passed)}
    if verb in CHANGES:
        sentence.refuse_another(j, subject)
    if sentence.low(i + 1) in ("lower", "higher", "more", "less"):
        return out | {"kind": "change", "stated": SIGN[sentence.kind(i + 1)] + stated}
    if verb in CHANGES and not levels and "from" not in {t.low for t in passed}:
        return out | {"kind": "change", "stated": SIGN[verb] + stated}
    named = sentence.items[max(subject.first - 1, 0):subject.last] if subject and verb in FLOWS else []
    if sentence.modes[i] == "forecast" or any(t.kind == "RECORD" for t in [*passed, *named]):
        out["kind"] = "forecast" if sentence.modes[i] == "forecast" else "record"
    return out


def multiple(sentence, i, subject):
    """A multiple of the year before ("doubled": growth), or of an earlier year."""
    low = sentence.low(i)
    if sentence.modes[i] in ("base", "forecast"):
        raise Unclear("not a statement on a period that is over")
    sentence.refuse_another(i, subject)
    limit = relation(sentence.left(i)[1])
    times = {"doubl": "2", "tripl": "3", "trebl": "3", "quadr": "4", "halve": "0.5"}.get(low[:5])
    since = low.endswith((" of", " in")) or sentence.low(i + 1) in ("since", "from")
    base = next((k for k in range(i + 1, i + 4) if sentence.kind(k) == "PERIOD"), None) if since else None
    if base is None and (times is None or since):
        raise Unclear("a multiple of what is not said")
    if base is None and sentence.interval() is None:
        return {"kind": "growth", "stated": f"{(float(times) - 1) * 100:g}", "unit": "pct", **limit}
    times = times or (number(low) if low[0].isdigit() else str(periods.count(re.split("[- ]", low)[0])))
    start = sentence.months(sentence.interval()[0] if base is None else base)[0]
    return {"kind": "multiple", "stated": times, "unit": "times", "base": start, **limit}


def streak(sentence, i, subject):
    """A run of months, quarters or years of one direction, or of a surplus or deficit."""
    after, before = sentence.items[i + 1:i + 5], sentence.items[:i][::-1]
    verb = next((t.kind for t in [*after, *before] if t.kind in (*CHANGES, "RANK")), None)
    balance = next((t.low for t in sentence.items if t.kind == "BALANCE"), "")
    kind = next((word for word in ("surplus", "deficit") if word in balance), {"UP": "rise", "DOWN": "fall"}.get(verb))
    if kind is None or sentence.modes[i] == "base" or any(t.low.startswith("double-digit") for t in after):
        raise Unclear("a run of what is not said")
    words = re.split(r"[ -]", sentence.low(i))
    long = next(w for w in words if re.match(r"\d", w) or w in periods.COUNTS + periods.ORDINALS)
    unit = re.search("month|quarter|year", sentence.low(i)).group() + "s"
    return {"kind": "streak", "stated": str(periods.count(long)), "unit": unit, "condition": kind}


def record(sentence, i, subject):
    """A record: of the sum that stands beside it in the sentence, or on its own."""
    if any(t.kind in ("MONEY", "PERCENT") for t in sentence.items[i + 1:i + 3]) or sentence.modes[i] == "base" or \
            subject and subject.covers(i) and any(t.kind == "MONEY" for t in sentence.items[i:]):
        raise Unclear("told with its number")
    if sentence.modes[i] == "forecast":
        raise Unclear("a forecast of a record")
    text = sentence.items[i].text
    out = {"kind": "record", "stated": None, "unit": None}
    if re.search(r"(?i)lowest|smallest|low$", text):
        out["direction"] = "lowest"
    if since := re.search(r"since (at least )?(.*)", text):  # then it was higher: compared with what came after
        period = periods.months_of(since[2], sentence.context.date)[0]
        return out | {"since": period if since[1] else shift(*period, months(*period))}
    high = re.match(r"(\w+)-month", text)
    return out | ({"since_months": periods.count(high[1])} if high else {})


def rank(sentence, i, _):
    """A rank among partners: who is ranked (the subject of the sentence), by whom (the owner), in which flow."""
    text, items = sentence.low(i), sentence.items
    if sentence.low(i - 1) in ("a", "an") or {"one", "top", "among"} & set(sentence.lows(i - 3, i)):
        raise Unclear("one of several")
    if sentence.modes[i] and sentence.kind(i - 1) != "BASE":
        raise Unclear("not stated as a fact")
    owner = next((t for t in items[max(i - 2, 0):i][::-1] if t.kind == "AREA" and t.owns), None)
    if owner is None and sentence.low(i + 1) in ("of", "for", "among"):
        owner = next((t for t in items[i + 2:i + 5] if t.kind == "AREA"), None)
    others = [t for t in items[:i] if t.kind == "AREA" and t is not owner and not t.owns]
    behind = [t for before, t in zip(items[i:i + 6], items[i + 1:i + 7], strict=False) if t.kind == "AREA"
              and t is not owner and before.low in ("was", "is", "remained", ",", "the")]
    if owner is items[i - 1] and sentence.low(i - 2) == "," and sentence.kind(i - 3) == "AREA":
        others.insert(0, items[i - 3])  # "Japan, Australia's largest market"
    if not others + behind:
        raise Unclear("not said who holds the rank")
    flow = "import" if re.search(r"source|suppl|origin|\bimport(?!ant)", text) else \
        "export" if re.search("market|destin|buyer|customer|export", text) else None
    named = next((s.flow for s in sentence.subjects if s.flow in ("import", "export") and 0 < s.first - i < 4), "total")
    ordinal = re.match(rf"(?:no\. ?|number[ -])?({'|'.join(periods.COUNTS + periods.ORDINALS)}|\d+)", text)
    return {"kind": "rank", "stated": str(periods.count(ordinal[1])) if ordinal else "1", "unit": "rank",
            "partner": (others + behind)[0].value, "flow": flow or named, "owner": owner and owner.value}
