"""What a sentence states about trade: kind, partner, flow, period and number of each quantity in it, or why not."""

from trade_lib.check.read import quantities
from trade_lib.check.read.context import when, whom
from trade_lib.check.read.cues import PASSED, is_share, is_whole, modes_of, over_years
from trade_lib.check.read.subjects import subjects
from trade_lib.check.read.words import WORDS, number, tokens

QUANTITIES = ("PERCENT", "MONEY", "POINTS", "RANGE", "MULTIPLE", "STREAK", "RECORD", "SINCE", "RANK")


def statements(sentence, context):
    """The statements of a sentence, and what was seen in it and not placed as pairs of text and reason."""
    items = tokens(sentence)
    if not any(t.kind in QUANTITIES for t in items):
        return [], []
    about, modes = subjects(items), modes_of(items)
    placed, missed, done = [], [], set()
    for i, token in enumerate(items):
        if token.kind not in QUANTITIES or i in done:
            continue
        listed = _listed(items, i)
        done.update(listed)
        found = _read(items, listed, about, modes, context, placed)
        if isinstance(found, str):
            missed.append((token.text, found))
            continue
        for one in found:
            level = next(
                (
                    p
                    for p in reversed(placed)
                    if p["kind"] == "level" and all(p[name] == one[name] for name in ("flow", "partner", "period"))
                ),
                None,
            )
            if one["kind"] == "record" and one["stated"] is None and level:
                level |= {"kind": "record"} | (
                    {name: one[name] for name in ("since", "since_months", "direction") if name in one}
                )
            else:
                placed.append(one)
            context.last = one
    return placed, missed


def _listed(items, i):
    """The places of the quantities of one list: "8.1 percent, 2.6 percent and 4.2 percent"."""
    places, k = [i], i + 1
    while k < len(items) and items[k].low in (",", "and"):
        k += 1
        if k < len(items) and items[k].kind == items[i].kind == "PERCENT":
            places.append(k)
            k += 1
    return places


def _read(items, places, about, modes, context, placed):
    """The statements of one quantity, or of a list of them; a text says why it cannot be placed."""
    i = places[0]
    token = items[i]
    if token.kind == "RANK":
        what = quantities.rank(items, i, about, modes)
        return what if isinstance(what, str) else _spread(items, places, None, what, modes, context, [])
    subject = _subject_of(items, i, about)
    share = token.kind == "PERCENT" and is_share(items, i)
    if subject is None and not share and not _continues(items, i, context):
        return "no flow of trade named"
    if subject and subject.why:
        return subject.why
    if modes[i] in ("maybe", "denied"):
        return {"maybe": "said to be possible only", "denied": "denied, not stated"}[modes[i]]
    kind = {
        "PERCENT": quantities.percent,
        "MONEY": quantities.money,
        "MULTIPLE": quantities.multiple,
        "STREAK": quantities.streak,
        "RECORD": quantities.record,
        "SINCE": quantities.record,
    }.get(token.kind)
    if kind is None:
        return {"POINTS": "a difference in percentage points", "RANGE": "a range, not one number"}[token.kind]
    what = kind(items, i, subject, modes, context, placed)
    if isinstance(what, str):
        return what
    return _spread(items, places, subject, over_years(what, items, context), modes, context, placed)


def _subject_of(items, i, about):
    """The subject of a quantity: the last named before it, or the first after "a 5 percent increase in"."""
    ahead = [s for s in about if s.first > i]
    if items[i].kind == "MONEY" and ahead and ahead[0].first == i + 1 and ahead[0].flow == "balance":
        return ahead[0]
    for j in range(i + 1, min(i + 5, len(items))):
        if (
            items[j].kind in ("UP", "DOWN")
            and j + 1 < len(items)
            and items[j + 1].low in ("in", "of")
            and ahead
            and ahead[0].first <= j + 4
        ):
            return ahead[0]
    before = [s for s in about if s.first < i and not is_whole(items, s)]
    if before:
        return before[-1]
    return ahead[0] if ahead and items[i].kind in ("RECORD", "PERCENT") else None


def _continues(items, i, context):
    """Whether a sentence without a flow goes on from the last statement: "It came to 123 bn dollars"."""
    return context.last is not None and all(
        t.low in WORDS["pronouns"]
        or t.kind in PASSED
        or t.kind in ("UP", "DOWN", "FORECAST")
        or t.low in WORDS["passed"]
        for t in items[:i]
    )


def _spread(items, places, subject, what, modes, context, placed):
    """One statement for each quantity of a list, with whom and when it is about."""
    partners = what.get("partner") or (subject.partners if subject else ())
    if len(places) > 1 and subject and subject.kind == "BOTH" and len(places) == 2:
        order = (
            ("export", "import")
            if "export" in items[subject.last].low[:7]
            or "export" in items[subject.first].low
            or any(t.low.startswith("export") for t in items[subject.first : subject.last + 1])
            else ("import", "export")
        )
        variants = [{"flow": flow} for flow in order]
    elif len(places) > 1 and subject and len(subject.partners) == len(places):
        variants = [{"partner": code} for code in subject.partners]
    elif len(places) > 1:
        return "several numbers, and not clear which is whose"
    elif (
        isinstance(partners, tuple)
        and len(partners) > 1
        and what["kind"] != "share"
        and not any(t.low in ("together", "combined", "jointly") for t in items)
    ):
        return "one number for several partners"
    else:
        variants = [{}]
    out = []
    for k, variant in zip(places, variants, strict=True):
        one = what | variant
        if k != places[0]:
            value = number(items[k].text)
            one |= {"stated": f"-{value}" if what["stated"].startswith("-") else value}
        one = whom(items, subject, one | {"at": k}, context, placed)
        one = one if isinstance(one, str) else when(items, k, one, modes, context, placed)
        if isinstance(one, str):
            return one
        out.append({**one, "start": items[k].start, "end": items[k].end})
    return out
