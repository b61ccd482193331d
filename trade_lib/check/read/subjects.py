"""Whose trade a sentence is about: each flow that it names, with reporter and partner, or why it is left out."""

from dataclasses import dataclass, replace

from trade_lib.check.read.forms import WORDS

FLOWS = {"EXPORT": "export", "IMPORT": "import", "TOTAL": "total", "BOTH": "total", "BALANCE": "balance"}
PREPOSITIONS = {"export": {"to", "into"}, "import": {"from"}, "total": {"with", "between", "to", "from", "among"},
                "balance": {"with", "between", "over", "against"}}
OWNERS = {"export": {"from", "of"}, "import": {"of", "to", "into", "by"}, "total": {"of"}, "balance": {"of", "for"}}
PARTS = {"of", "in", "by"}  # "exports of cars", "trade in services", "exports by private firms"


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

    def covers(self, k):
        """Whether a token belongs to the phrase."""
        return self.first <= k <= self.last


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
    first, words = i, set()
    while first and (tokens[first - 1].low in WORDS["whole"]
                     or tokens[first - 1].kind in ("PERIOD", "DAY", "RECORD", "SINCE")
                     or tokens[first - 1].low.endswith(("ly", "-"))):
        first -= 1
        words.add(tokens[first].low)
    before = tokens[first - 1] if first else tokens[i]
    named = before.kind in ("AREA", "PAIR")
    out = {"reporter": before.value if before.kind == "AREA" else None, "both": bool(words & WORDS["both"]),
           "pair": before.value if before.kind == "PAIR" else None, "whole": bool(words & WORDS["worldwide"])}
    if before.kind == "WORD" and before.low not in WORDS["starts"]:
        out["why"] = f"of a part of trade only: {before.text} {tokens[i].text}"
    if tokens[i + 1:i + 2] and tokens[i + 1].low in ("overall", "worldwide"):  # "exports overall fell"
        return Subject(first - named, i + 1, flow, tokens[i].kind, **out | {"whole": True})
    behind = _complement(tokens, i, flow)
    out |= {name: value for name, value in behind.items() if not out.get(name)}
    return Subject(**{"first": first - named, "last": i, "flow": flow, "kind": tokens[i].kind, **out})


def _complement(tokens, i, flow):
    """What follows a flow: the last token, and what it says of partners, owner or why it cannot be placed."""
    out, k = {"last": i}, i + 1
    ends = (*FLOWS, "OTHER", "BASE", "THOSE", "RANK", "SHARE")
    while k < min(len(tokens), i + 16) and tokens[k].kind not in ends and tokens[k].low not in (",", ";", ":"):
        word, near = tokens[k].low, k == out["last"] + 1
        areas, stop = _areas(tokens, k + 1)
        if word in PREPOSITIONS[flow] and areas:
            two = word == "between" and len(areas) == 2
            return out | {"last": stop, "both": word == "between", "pair" if two else "partners": areas}
        if word in OWNERS[flow] and areas and near:
            out |= {"reporter": areas[0], "last": stop}
        elif near and word in PREPOSITIONS[flow] | PARTS:
            out |= _without_area(tokens, k, word)
            if "why" in out or "both" in out:
                return out
        k = max(k, out["last"]) + 1
    return out


def _areas(tokens, k):
    """Areas listed from a token on ("the EU, the US and Japan"), and the last token of them."""
    named, last, joined = [], k, False
    while k < len(tokens) and (tokens[k].low in WORDS["fillers"] or tokens[k].kind == "NUMBER") and k < last + 7:
        k += 1
    while k < len(tokens) and tokens[k].kind == "AREA" and not tokens[k].owns:
        named.append(tokens[k].value)
        k += 1 + (k + 1 < len(tokens) and tokens[k + 1].low in WORDS["plural"])
        last = k - 1
        while k < len(tokens) and tokens[k].low in (",", "and", "the", "&", "as", "well"):
            joined = joined or tokens[k].low in ("and", "&")
            k += 1
    return tuple(named if joined else named[:1]), last


def _without_area(tokens, k, word):
    """What a complement without a known area says: both sides, goods, a part of trade, a partner not known, nothing."""
    rest = tokens[k + 1:k + 6]
    lows = [t.low for t in rest] + [""] * 3
    after = next((t for t in rest if t.low not in WORDS["fillers"]), tokens[k])
    if word in PARTS and lows[0] in ("goods", "merchandise", "commodities"):
        services = lows[1:3] == ["and", "services"]
        return {"why": "services are part of it"} if services else {"last": k + 1}
    if word not in PARTS and "two" in lows[:2] and WORDS["plural"] & set(lows):
        return {"both": True, "last": k + 1 + next(n for n, low in enumerate(lows) if low in WORDS["plural"])}
    if after.kind != "WORD":
        return {}
    if word in PARTS:
        part = after.text.islower() and after.low not in WORDS["starts"] | WORDS["no part"]
        return {"why": f"of a part of trade only: {word} {after.text}"} if part else {}
    if after.text[0].isupper():
        return {"why": f"partner not known: {after.text}"}
    known = after.low in WORDS["starts"] | WORDS["whole"] and lows[0] != "the"
    return {} if known else {"why": f"partner not said by name: {after.text}"}
