"""Whose trade a sentence is about: each flow that it names, with reporter and partner, or why it is left out."""

from dataclasses import dataclass, replace

from trade_lib.check.read.words import WORDS

FLOWS = {"EXPORT": "export", "IMPORT": "import", "TOTAL": "total", "BOTH": "total", "BALANCE": "balance"}
PREPOSITIONS = {
    "export": {"to", "into"},
    "import": {"from"},
    "total": {"with", "between", "to", "from", "among"},
    "balance": {"with", "between", "over", "against"},
}
OWNERS = {"export": {"from", "of"}, "import": {"of", "to", "into", "by"}, "total": {"of"}, "balance": {"of", "for"}}


@dataclass(frozen=True)
class Subject:
    """A flow in a sentence: tokens ``first`` to ``last``, ``flow``, codes as far as named, ``why`` it is left out.

    ``pair`` holds two areas of which either may report; ``both`` says "bilateral" or "the two countries".
    """

    first: int
    last: int
    flow: str | None
    kind: str
    reporter: str | None = None
    partners: tuple = ()
    pair: tuple | None = None
    both: bool = False
    whole: bool = False
    why: str | None = None


def subjects(tokens):
    """The subjects of a sentence, in order; what is not trade (prices, output, GDP) has no flow and a reason."""
    found = []
    for i, token in enumerate(tokens):
        if token.kind in FLOWS:
            new = _subject(tokens, i, FLOWS[token.kind])
            if found and found[-1].flow == "balance" and tokens[new.first - 1].low == "in" and token.kind == "TOTAL":
                found[-1] = replace(found[-1], partners=new.partners)  # "a surplus of 5 bn in trade with"
            else:
                found.append(new)
        elif token.kind == "THOSE" and found and found[-1].flow:
            found.append(_subject(tokens, i, found[-1].flow))
        elif token.kind == "OTHER":
            found.append(Subject(i, i, None, "OTHER", why=f"not trade in goods: {token.low}"))
    return found


def _subject(tokens, i, flow):
    first, reporter, pair, why, words = i, None, None, None, set()
    while first and (
        tokens[first - 1].low in WORDS["whole"]
        or tokens[first - 1].kind in ("PERIOD", "DAY", "RECORD", "SINCE")
        or tokens[first - 1].low == "-"
        or tokens[first - 1].low.endswith("ly")
    ):
        first -= 1
        words.add(tokens[first].low)
    before = tokens[first - 1] if first else None
    if before and before.kind == "AREA":
        reporter = before.value
    elif before and before.kind == "PAIR":
        pair = before.value
    elif before and before.kind == "WORD" and before.low not in WORDS["starts"]:
        why = f"of a part of trade only: {before.text} {tokens[i].text}"
    first -= bool(reporter or pair)
    last, named, owner, both, unknown = _complement(tokens, i, flow)
    return Subject(
        first,
        last,
        flow,
        tokens[i].kind,
        reporter or owner,
        named if len(named) != 2 or not both else (),
        named if both and len(named) == 2 else pair,
        both or bool(words & WORDS["both"]),
        bool(words & WORDS["worldwide"]),
        why or unknown,
    )


def _complement(tokens, i, flow):
    """What follows a flow: last token, partners, owner, whether two sides are meant, and why it cannot be placed."""
    last, owner, k = i, None, i + 1
    while k < len(tokens) and k < i + 16:
        token = tokens[k]
        if (
            token.kind in FLOWS
            or token.kind in ("OTHER", "BASE", "THOSE", "RANK", "SHARE")
            or token.low in (",", ";", ":")
        ):
            break
        areas, stop = _areas(tokens, k + 1)
        near = k == last + 1
        if token.low in PREPOSITIONS[flow] and areas:
            return stop, areas, owner, token.low == "between", None
        if token.low in OWNERS[flow] and areas and near:
            owner, last, k = areas[0], stop, stop
        elif near and token.low in PREPOSITIONS[flow] | {"of", "in", "by"} and k + 1 < len(tokens):
            kind, why, stop = _unplaced(tokens, k, token.low)
            if kind == "both":
                return stop, (), owner, True, None
            if why:
                return stop, (), owner, False, why
            last = stop if kind == "goods" else last
            k = max(k, last)
        k += 1
    return last, (), owner, False, None


def _areas(tokens, k):
    """Areas listed from a token on ("the EU, the US and Japan"), and the last token of them."""
    named, last, joined = [], k, False
    while k < len(tokens) and (tokens[k].low in WORDS["fillers"] or tokens[k].kind == "NUMBER") and k < last + 7:
        k += 1
    while k < len(tokens) and tokens[k].kind == "AREA" and not tokens[k].owns:
        named.append(tokens[k].value)
        last = k
        k += 1
        if k < len(tokens) and tokens[k].low in WORDS["plural"] | {"members"}:
            last, k = k, k + 1
        while k < len(tokens) and tokens[k].low in (",", "and", "the", "&", "as", "well"):
            joined = joined or tokens[k].low in ("and", "&")
            k += 1
    return tuple(named if joined else named[:1]), last


def _unplaced(tokens, k, word):
    """Why a complement without a known area cannot be placed, or that it says nothing."""
    rest = tokens[k + 1 : k + 6]
    lows = [t.low for t in rest]
    after = next((t for t in rest if t.low not in WORDS["fillers"]), rest[0])
    if word in ("with", "between", "among", "to", "from") and "two" in lows[:2] + [] and WORDS["plural"] & set(lows):
        return "both", None, k + 1 + next(n for n, low in enumerate(lows) if low in WORDS["plural"])
    if word in ("of", "in") and lows[0] in ("goods", "merchandise", "commodities"):
        services = len(lows) > 2 and lows[1] == "and" and lows[2] == "services"
        return ("", "services are part of it", k + 3) if services else ("goods", None, k + 1)
    if (
        word in ("of", "in", "by")
        and after.kind == "WORD"
        and after.text.islower()
        and after.low not in WORDS["starts"]
        and after.low not in ("which", "average", "dollar", "yuan", "terms", "value", "nearly")
    ):
        return "", f"of a part of trade only: {word} {after.text}", k
    if word in ("to", "with", "from", "between", "among", "into") and after.kind == "WORD":
        if after.text[0].isupper():
            return "", f"partner not known: {after.text}", k
        if after.low not in WORDS["starts"] | WORDS["whole"] or lows[0] == "the":
            return "", f"partner not said by name: {after.text}", k
    return "", None, k
