"""A claims file drafted from the text of an article, and what was seen in it and could not be placed."""

import re
from collections import Counter, defaultdict

import yaml

from trade_lib.check.periods import months, shift
from trade_lib.check.read import periods
from trade_lib.check.read.context import Context
from trade_lib.check.read.statements import statements
from trade_lib.check.read.subjects import subjects
from trade_lib.check.read.text import LONGEST_SENTENCE, plain, sentences
from trade_lib.check.read.words import currency, money, tokens
from trade_lib.errors import TradeDataError

LONGEST = 2_000_000  # characters of a text
RECENT = 14  # months before an article in which the period that it is about ends


class Digits(str):
    """A number with the digits of the article (12.0 stays 12.0), written to YAML as a number."""


DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
DUMPER.add_representer(Digits, lambda dumper, text: dumper.represent_scalar(
    "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int", str(text)))


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
    clean, claims, missed, paragraph = plain(text), [], [], None
    places = sentences(clean)
    words = [tokens(clean[a:b]) if b - a <= LONGEST_SENTENCE else [] for a, b, _ in places]
    context = _context([tokens(plain(title)[:LONGEST_SENTENCE]), *words], date, reporter)
    for (start, end, number), items in zip(places, words, strict=True):
        if number != paragraph:
            paragraph, context.line, context.period = number, [], None
        placed, left = statements(items, context)
        context.line += placed
        left += [] if items else [(clean[start:start + 80], "longer than a sentence")]
        missed += [{"text": seen, "reason": reason, "quote": {"start": start, "end": end}} for seen, reason in left]
        for one in placed:
            quote = {"start": start + one["start"], "end": start + one["end"]}
            claims.append({"id": f"S{len(claims) + 1:02d}", "text": _shortened(clean[start:end], one),
                           **_fields(one, context), "quote": quote, **_certainty(one)})
    article = {"title": title or (clean[slice(*places[0][:2])][:120] if places else ""), "date": date.isoformat()}
    return article | ({"url": url} if url else {}), claims, missed


def _shortened(sentence, one):
    """The part of a sentence that makes a statement: from the flow that it names to its number, and the period."""
    text = re.sub(r"\s+", " ", sentence[one["from"]:one["end"]])
    text = text if len(text) <= 160 else f"{text[:80].rpartition(' ')[0]} ... {text[-70:].partition(' ')[2]}"
    year = one["period"][1][:4]
    return text if year in text else f"{text} ({periods.written(one['period'])})"


def _certainty(one):
    """What was taken from context, and how sure the statement is: sure of all, of all but one, or less."""
    assumed = sorted(set(one["assumed"]))
    loose = len(set(assumed) & {"partner", "flow", "period", "reporter"})
    return {"assumed": assumed, "sure": ("high", "medium", "low")[min(loose, 2)]}


def _fields(one, context):
    """The fields of a claims file that a statement fills."""
    forecast = one["kind"] == "forecast"
    out = {name: one[name] for name in ("kind", "reporter", "partner", "flow")}
    out["partner"] = list(out["partner"]) if isinstance(out["partner"], tuple) else out["partner"]
    out["horizon" if forecast else "period"] = periods.written(one["period"])
    if one["stated"] is not None:
        out |= {"threshold" if forecast else "stated": Digits(one["stated"]), "unit": one["unit"]}
    out |= {name: one[name] for name in ("relation", "condition", "whole", "direction", "currency") if one.get(name)}
    if one.get("base", shift(*one["period"], -12)) != shift(*one["period"], -12):
        before = shift(*one["period"], -months(*one["period"]))
        out["base"] = "previous" if one["base"] in ("previous", before) else periods.written(one["base"])
    if one.get("since") or one.get("since_months"):
        out["since"] = periods.written(one.get("since") or shift(*one["period"], 1 - one["since_months"]))
    if one["unit"] in ("pct", None) and "currency" not in out and context.currency not in (None, "?", "USD"):
        out["currency"] = context.currency
        one["assumed"].append("currency")
    return out


def written(article, claims, missed):
    """A claims file as text; what was seen and could not be placed stands at its end as comments."""
    body = yaml.dump({"article": article, "claims": claims}, Dumper=DUMPER, sort_keys=False, allow_unicode=True,
                     width=1000)
    left = [f"#   {re.sub(r'[^ -~]', '?', one['text'])[:80]} (at {one['quote']['start']}): {one['reason']}\n"
            for one in missed]
    return body + "".join(["# Seen in the text and not placed:\n", *left] if left else [])


def _context(sentences, date, reporter):
    """What the article as a whole says: its main period, its one partner, its currency, its reporter."""
    context = Context(date=date, reporter=reporter)
    owners, flows = Counter(), defaultdict(set)
    day = (date.isoformat()[:7],) * 2
    for items in sentences:
        for subject in subjects(items):
            owners.update([subject.reporter] if subject.reporter else [])
            for code in (*subject.partners, *(subject.pair or ())):
                flows[code].add(subject.flow)
        for k, item in enumerate(items):
            if item.kind == "PAIR":
                for code in item.value:
                    flows[code].add("total")
            if context.currency is None and item.kind in ("MONEY", "CURRENCY"):
                context.currency = money(item.text)[1] if item.kind == "MONEY" else currency(item.text)
            if context.main is None and item.kind == "PERIOD" and not (
                    k and (items[k - 1].kind == "BASE" or items[k - 1].low in ("from", "since", "than"))):
                period = periods.months_of(item.text, date, reporter)[0]
                if period and shift(*day, -RECENT)[0] <= period[1] < day[0]:
                    context.main = period
    context.reporter = reporter or (owners.most_common(1)[0][0] if owners else None)
    named = [code for code in flows if code != context.reporter]
    if len(named) == 1 and (flows[named[0]] & {"total", "balance"} or {"export", "import"} <= flows[named[0]]):
        context.topic = named[0]
    return context
