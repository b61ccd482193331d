"""What a sentence states about trade: kind, partner, flow, period and number of each quantity in it, or why not."""

from trade_lib.check.read import quantities
from trade_lib.check.read.context import when, whom
from trade_lib.check.read.cues import CHANGES, Sentence, Unclear
from trade_lib.check.read.words import money, number

READERS = {"PERCENT": quantities.percent, "MONEY": quantities.money, "MULTIPLE": quantities.multiple,
           "STREAK": quantities.streak, "RECORD": quantities.record, "SINCE": quantities.record,
           "RANK": quantities.rank}
NOT_READ = {"POINTS": "a difference in percentage points", "RANGE": "a range, not one number"}
NOT_STATED = {"maybe": "said to be possible only", "denied": "denied, not stated"}


def statements(items, context):
    """The statements of a sentence (its tokens), and what was seen in it and not placed as pairs of text and reason."""
    sentence, missed, done = Sentence(items, context), [], set()
    for i, token in enumerate(sentence.items):
        if token.kind in (*READERS, *NOT_READ) and i not in done:
            places = _listed(sentence, i)
            done.update(places)
            try:
                for one in _read(sentence, places):
                    _place(sentence, one)
            except Unclear as reason:
                missed.append((token.text, str(reason)))
    return sentence.placed, missed


def _listed(sentence, i):
    """The places of the quantities of one list: "8.1 percent, 2.6 percent and 4.2 percent"."""
    places, k = [i], i + 1
    while sentence.low(k) in (",", "and"):
        k += 1
        if sentence.kind(k) == sentence.kind(i) and sentence.kind(i) in ("PERCENT", "MONEY"):
            places.append(k)
            k += 1
    return places


def _place(sentence, one):
    """Adds a statement; a record without a number is one of the level that stands before it."""
    flow = one["flow"].replace("deficit", "balance")
    level = next((p for p in reversed(sentence.placed) if p["kind"] == "level" and (
        p["flow"], p["partner"], p["period"]) == (flow, one["partner"], one["period"])), None)
    if one["kind"] == "record" and one["stated"] is None and level:
        level |= {name: one[name] for name in ("kind", "since", "since_months", "direction") if name in one}
    else:
        sentence.placed.append(one)
    sentence.context.last = one


def _read(sentence, places):
    """The statements of one quantity, or of a list of them."""
    i, kind = places[0], sentence.kind(places[0])
    subject = None if kind == "RANK" else _subject_of(sentence, i)
    alone = kind == "RANK" or kind == "PERCENT" and sentence.is_share(i)
    if subject is None and not alone and not sentence.goes_on(i):
        raise Unclear("no flow of trade named")
    if subject and subject.why:
        raise Unclear(subject.why)
    reason = NOT_READ.get(kind) or (NOT_STATED.get(sentence.modes[i]) if kind != "RANK" else None)
    if reason:
        raise Unclear(reason)
    what = _over_years(sentence, READERS[kind](sentence, i, subject))
    out = []
    for k, variant in zip(places, _variants(sentence, places, subject, what), strict=True):
        one = what | variant
        if k != i and kind == "MONEY":
            stated, code, scale = money(sentence.items[k].text, what["unit"][:3].upper())
            one |= {"stated": stated, "unit": f"{code.lower()}_{scale}"}
        elif k != i:
            one["stated"] = "-" * what["stated"].startswith("-") + number(sentence.items[k].text)
        one = when(sentence, k, whom(sentence, k, subject, one))
        named = sentence.items[subject.first if subject and subject.first < k else 0]
        out.append(one | {"start": sentence.items[k].start, "end": sentence.items[k].end, "from": named.start})
    return out


def _subject_of(sentence, i):
    """The subject of a quantity: the last named before it, or the first after "a 5 percent increase in"."""
    ahead = next((s for s in sentence.subjects if s.first > i), None)
    if ahead and sentence.kind(i) == "MONEY" and ahead.first == i + 1 and ahead.flow == "balance":
        return ahead
    if ahead and any(sentence.kind(j) in CHANGES and sentence.low(j + 1) in ("in", "of") and ahead.first <= j + 4
                     for j in range(i + 1, i + 5)):
        return ahead
    before = [s for s in sentence.subjects if s.first < i and not sentence.is_whole(s)]
    return before[-1] if before else ahead if sentence.kind(i) in ("RECORD", "PERCENT") else None


def _over_years(sentence, what):
    """A change between two named periods has the first as its basis; it may be told as the average of a year."""
    ends = sentence.interval()
    base = sentence.months(ends[0])[0] if ends and what["kind"] in ("growth", "change") else None
    if base is None:
        return what
    yearly = what["kind"] == "growth" and {"average", "annual", "annually", "averaging"} & set(sentence.lows())
    return what | {"base": base} | ({"kind": "average_growth"} if yearly else {})


def _variants(sentence, places, subject, what):
    """What differs between the statements of a list: "exports and imports rose 5 and 3 percent respectively"."""
    partners = what.get("partner") or (subject.partners if subject else ())
    if len(places) == 1:
        if isinstance(partners, tuple) and len(partners) > 1 and what["kind"] != "share" and not sentence.together:
            raise Unclear("one number for several partners")
        return [{}]
    if subject and len(subject.partners) == len(places):
        return [{"partner": code} for code in subject.partners]
    if subject and subject.kind == "BOTH" and len(places) == 2:
        both = " ".join(sentence.lows(subject.first, subject.last + 1))
        flows = sorted(("export", "import"), key=both.find)
        return [{"flow": flow} for flow in flows]
    raise Unclear("several numbers, and not clear which is whose")
