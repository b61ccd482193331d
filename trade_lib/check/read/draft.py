"""A claims file drafted from the text of an article, and what was seen in it and could not be placed."""

import re
from collections import Counter

import yaml

from trade_lib.check.read import periods
from trade_lib.check.read.context import Context
from trade_lib.check.read.statements import statements
from trade_lib.check.read.subjects import subjects
from trade_lib.check.read.text import LONGEST_SENTENCE, plain, sentences
from trade_lib.check.read.words import currency, money, tokens
from trade_lib.errors import TradeDataError

LONGEST = 2_000_000  # characters of a text


def draft(text, date, reporter=None, title="", url=""):
    """Read an article.

    Returns
    -------
    article : dict
        ``title``, ``url``, ``date``.
    claims : list of dict
        In the form of a claims file, each with ``quote``, ``assumed`` and ``sure``.
    missed : list of dict
        ``text``, ``reason`` and ``quote`` of each quantity that could not be placed.
    """
    if len(text) > LONGEST:
        raise TradeDataError("text too long", value=len(text), expected=f"at most {LONGEST:,} characters")
    clean = plain(text)
    places = sentences(clean)
    context = _context([clean[a:b] for a, b, _ in places if b - a <= LONGEST_SENTENCE], title, date, reporter)
    claims, missed, paragraph = [], [], None
    for start, end, number in places:
        if number != paragraph:
            paragraph, context.line, context.period = number, [], None
        if end - start > LONGEST_SENTENCE:
            missed.append(
                {"text": clean[start : start + 80], "reason": "longer than a sentence", "quote": _quote(start, end)}
            )
            continue
        placed, left = statements(clean[start:end], context)
        context.line += placed
        for one in placed:
            claims.append(_claim(one, f"S{len(claims) + 1:02d}", clean[start:end], start, context))
        missed += [{"text": words, "reason": reason, "quote": _quote(start, end)} for words, reason in left]
    article = {
        "title": title or clean[places[0][0] : places[0][1]][:120] if places else title,
        "date": date.isoformat(),
    }
    return article | ({"url": url} if url else {}), claims, missed


def _quote(start, end):
    return {"start": start, "end": end}


def _claim(one, name, sentence, start, context):
    """A statement in the form of a claims file."""
    assumed = sorted(set(one["assumed"]))
    number = {} if one["stated"] is None else {"stated": Digits(one["stated"]), "unit": one["unit"]}
    when = {"period": periods.written(one["period"])}
    if one["kind"] == "forecast":
        number = {"threshold": number.pop("stated"), **number}
        when = {"horizon": when.pop("period")}
    extra = {k: one[k] for k in ("relation", "condition", "whole", "direction", "currency") if one.get(k)}
    if "base" in one and one["base"] != periods.earlier(one["period"], 12):
        previous = periods.earlier(one["period"], 1 if one["period"][0] == one["period"][1] else 3)
        extra["base"] = "previous" if one["base"] in ("previous", previous) else periods.written(one["base"])
    if one.get("since"):
        extra["since"] = periods.written(one["since"])
    if one.get("since_months"):
        extra["since"] = periods.written(periods.earlier(one["period"], one["since_months"] - 1))
    if one["unit"] in ("pct", None) and "currency" not in extra and context.currency and context.currency != "USD":
        extra["currency"] = context.currency
        assumed.append("currency")
    loose = [a for a in assumed if a in ("partner", "flow", "period", "reporter")]
    partner = list(one["partner"]) if isinstance(one["partner"], tuple) else one["partner"]
    return {
        "id": name,
        "text": re.sub(r"\s+", " ", sentence)[:240],
        "kind": one["kind"],
        "reporter": one["reporter"],
        "partner": partner,
        "flow": one["flow"],
        **when,
        **number,
        **extra,
        "quote": _quote(start + one["start"], start + one["end"]),
        "assumed": assumed,
        "sure": ("high", "medium", "low")[min(len(loose), 2)],
    }


class Digits(str):
    """A number with the digits of the article (12.0 stays 12.0), written to YAML as a number."""


yaml.SafeDumper.add_representer(
    Digits,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int", str(text)
    ),
)


def written(article, claims, missed):
    """A claims file as text; what was seen and could not be placed stands at its end as comments."""
    body = yaml.safe_dump({"article": article, "claims": claims}, sort_keys=False, allow_unicode=True, width=1000)
    left = [
        f"#   {re.sub(r'[^ -~]', '?', one['text'])[:80]} (at {one['quote']['start']}): {one['reason']}"
        for one in missed
    ]
    return body + "".join(f"{line}\n" for line in (["# Seen in the text and not placed:"] if left else []) + left)


def _context(texts, title, date, reporter):
    """What the article as a whole says: its main period, its one partner, its currency."""
    context = Context(date=date, reporter=reporter)
    partners, owners, flows, first = Counter(), Counter(), {}, None
    for text in [title, *texts]:
        items = tokens(text)
        for subject in subjects(items):
            owners.update([subject.reporter] if subject.reporter else [])
            for code in {*subject.partners, *(subject.pair or ())}:
                partners[code] += 1
                flows.setdefault(code, set()).add(subject.flow)
        for item in (t for t in items if t.kind == "PAIR"):
            for code in item.value:
                partners[code] += 1
                flows.setdefault(code, set()).add("total")
        for item, before in zip(items, [None, *items], strict=False):
            if item.kind == "MONEY" and context.currency is None:
                context.currency = money(item.text)[1]
            if item.kind == "CURRENCY" and context.currency is None:
                context.currency = currency(item.text)
            if (
                item.kind == "PERIOD"
                and first is None
                and not (before is not None and (before.kind == "BASE" or before.low in ("from", "since", "than")))
            ):
                found = periods.resolve(periods.parse(item.text.rstrip(".")), date, reporter)
                horizon = date.isoformat()[:7]
                if found and periods.earlier((horizon, horizon), 14)[0] <= found[1] < horizon:
                    first = found
    context.main = first
    if reporter is None:
        context.reporter = owners.most_common(1)[0][0] if owners else None
    named = {code for code in partners if code != context.reporter}
    context.partners = named
    if len(named) == 1:
        code = named.pop()
        if flows[code] & {"total", "balance"} or {"export", "import"} <= flows[code]:
            context.topic = code
    return context
