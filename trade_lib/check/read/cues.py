"""What the words around a quantity say of it: stated or compared, a change or a share, of what, against when."""

from trade_lib.check.read import periods
from trade_lib.check.read.subjects import FLOWS
from trade_lib.check.read.words import WORDS

# What may stand between a quantity and the word that says what it is.
PASSED = {
    "LEVEL",
    "ABOVE",
    "BELOW",
    "ABOUT",
    "YEARLY",
    "MONTHLY",
    "SEASONAL",
    "CURRENCY",
    "PERIOD",
    "DAY",
    "RECORD",
    "SINCE",
}


def modes_of(items):
    """For each token whether it is the basis of a comparison, a forecast, a possibility or denied ("" if stated)."""
    mode, modes = "", []
    for i, token in enumerate(items):
        ahead = items[i + 1] if i + 1 < len(items) else token
        if token.low in (";", "while", "but", "whereas", ":") or (
            token.low in (",", "and", ")", "(", "-")
            and (mode != "forecast" or ahead.kind in FLOWS or ahead.low == "while")
        ):
            mode = ""
        new = {"BASE": "base", "FORECAST": "forecast", "MAYBE": "maybe", "NOT": "denied"}.get(token.kind)
        if new and not (token.kind == "FORECAST" and token.low in ("estimated",)):
            mode = "base" if new == "forecast" and mode == "base" else new
        elif mode == "base" and token.kind == "LEVEL" and token.low == "to" and ahead.kind in ("MONEY", "PERCENT"):
            mode = ""
        elif token.low == "from" and ahead.kind in ("PERIOD", "PERCENT", "MONEY", "ABOUT", "BELOW", "ABOVE"):
            mode = "base"
        dated = (
            token.kind == "PERIOD"
            and i
            and (
                items[i - 1].low in ("on", "since", "than")
                or items[i - 1].low.endswith((" of", " in"))
                and items[i - 1].kind == "MULTIPLE"
            )
        )
        modes.append("base" if dated else mode)
        if (
            token.kind in ("PERIOD", "PERCENT", "MONEY")
            and mode == "base"
            and any(t.low == "from" for t in items[max(i - 2, 0) : i])
        ):
            mode = ""
    return modes


def left(items, i):
    """The word that says what a quantity is: the first to its left that decides, and what was passed on the way."""
    passed = []
    for j in range(i - 1, -1, -1):
        token = items[j]
        if token.low == "from" and any(t.kind == "PERIOD" for t in passed):
            continue
        if token.kind in PASSED or token.low in WORDS["passed"] or token.low.endswith("ly"):
            passed.append(token)
            continue
        return j, token, passed
    return -1, None, passed


def another(items, j, subject):
    """Whether a verb has another subject than the flow: an unknown word just before it."""
    k = j - 1
    while k >= 0 and (
        items[k].kind
        in ("YEARLY", "PERIOD", "DAY", "CURRENCY", "LEVEL", "ABOUT", "ABOVE", "BELOW", "STREAK", "FORECAST")
        or items[k].low in WORDS["joints"]
        or items[k].low.endswith("ly")
    ):
        if items[k].low in (",", "and", "but", "which", "with", ")", ";", "a", "an", "the", "-"):
            return False
        k -= 1
    if k < 0 or items[k].kind in (
        "PERCENT",
        "MONEY",
        "UP",
        "DOWN",
        "RANK",
        "MULTIPLE",
        "RECORD",
        "SINCE",
        "THOSE",
        *FLOWS,
    ):
        return False
    return not (subject and subject.first <= k <= subject.last)


def is_share(items, i):
    """Whether a percentage is a share: "takes 15 percent", "15 percent of exports", "its share rose to 15 percent"."""
    word = left(items, i)[1]
    of_whole = [t.low for t in items[i + 1 : i + 2]] == ["of"] and any(
        t.kind in FLOWS or t.low in ("total", "overall") for t in items[i + 2 : i + 7]
    )
    share = [k for k in range(i) if items[k].kind == "SHARE" and items[k].low.endswith("share")]
    moved = share and not any(t.kind in ("PERCENT", "MONEY") for t in items[share[-1] : i])
    return bool(word is not None and word.kind == "SHARE" or of_whole or moved)


def starts_plain(items, i):
    return all(t.low in WORDS["pronouns"] or t.kind in PASSED or t.kind == "SHARE" for t in items[:i])


def is_whole(items, subject):
    """Whether a flow is only what a share is of: "15 percent of China's foreign trade"."""
    k = subject.first - 1
    while k >= 0 and (items[k].low in ("the", "all", "its", "total", "country's") or items[k].kind == "AREA"):
        k -= 1
    return (
        k > 0
        and items[k].low == "of"
        and items[k - 1].kind in ("PERCENT", "WORD")
        and (items[k - 1].kind == "PERCENT" or items[k - 1].low in ("third", "quarter", "half", "total"))
    )


def relation_of(passed, before):
    kinds = [t.kind for t in passed]
    for kind, relation in (("ABOVE", "above"), ("BELOW", "below"), ("ABOUT", "about")):
        if kind in kinds:
            return {"relation": relation}
    return {}


def interval(items):
    """The places of two periods joined as "between 2017 and 2021" or "from 2002 to 2012", or None."""
    for k in range(len(items) - 3):
        if (
            items[k].low in ("between", "from")
            and items[k + 2].low in ("and", "to")
            and items[k + 1].kind == items[k + 3].kind == "PERIOD"
        ):
            return k + 1, k + 3
    return None


def over_years(what, items, context):
    """A change between two named periods, with the first as its basis; "on average" a year, or in all."""
    ends = interval(items)
    if ends is None or what["kind"] not in ("growth", "change"):
        return what
    base = periods.resolve(periods.parse(items[ends[0]].text.rstrip(".")), context.date, context.reporter)
    if base is None:
        return what
    yearly = what["kind"] == "growth" and any(t.low in ("average", "annual", "annually", "averaging") for t in items)
    times = {"multiple": True} if what.pop("times", None) else {}
    return (
        what
        | {"base": base, "kind": "average_growth" if yearly and not times else what["kind"]}
        | ({"kind": "multiple", "stated": f"{float(what['stated']) / 100 + 1:g}", "unit": "times"} if times else {})
    )


def base_of(items, i, modes, context):
    """The basis of a growth rate, where it is not the year before."""
    for k in range(i + 1, min(i + 9, len(items))):
        token = items[k]
        if token.kind == "PERCENT" or token.low in (";", "while", "but") or token.kind in FLOWS:
            break
        if token.kind == "MONTHLY":
            return {"base": "previous"}
        if (
            token.kind == "PERIOD"
            and items[k - 1].low in ("from", "over", "on", "than", "with", "to", "in")
            and (modes[k] == "base" or items[k - 1].low in ("from", "on"))
        ):
            found = periods.resolve(
                periods.parse(token.text.rstrip(".")), context.date, context.reporter, context.known
            )
            return {"base": found} if found else {}
    return {}
