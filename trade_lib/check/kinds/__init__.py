"""The kinds of claim: one registry, a small function each, imported when first needed.

A kind takes (flows, statement, day of the article) and gives an Answer. A new kind is a line here, a function in a
module of this package, an entry in form.json and a test.
"""

from dataclasses import replace
from importlib import import_module

from trade_lib.check.verdicts import CONTRADICTED, VERDICTS

KINDS = {"level": "numbers", "growth": "numbers", "share": "numbers", "change": "numbers", "average_growth": "numbers",
         "multiple": "numbers", "ratio": "numbers", "difference": "numbers", "rank": "ranks", "count": "ranks",
         "record": "records", "first": "sequences", "streak": "sequences", "forecast": "forecasts"}


def answer_of(flows, s, date: str):
    """The answer to a statement made on a day; where its currency was assumed, it must deny in dollars too."""
    if "currency" in s.assumed and s.currency != "USD":
        both = [answer_of(flows, replace(s, currency=code, assumed=()), date) for code in (s.currency, "USD")]
        return min(both, key=lambda one: (one.verdict == CONTRADICTED, VERDICTS.index(one.verdict)))
    return import_module(f"trade_lib.check.kinds.{KINDS[s.kind]}").answer(flows, s, date)
