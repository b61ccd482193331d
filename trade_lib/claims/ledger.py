"""The article's ledger: 18 claims in our words, each with its rule and the rule's history, read from ``ledger.yml``."""

from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

import pandas as pd
import yaml

from trade_lib.check.verdicts import VERDICTS
from trade_lib.claims.core import Claim, Verdict
from trade_lib.data import files
from trade_lib.errors import TradeDataError

ARTICLE = {
    "title": "New progress has been made in economic and trade cooperation",
    "publisher": "China Business News Network",
    "date": "2021-12-29",
}

# What the kinds of claims come to: how a reader would sort them.
GROUPS = {
    "Figures": ("growth", "forecast", "record"),
    "Announcements": ("event",),
    "Trends": ("trend", "resilience", "services"),
    "Structure": ("stability", "value chain", "structure", "network"),
    "Causes, prospects": ("contribution", "prospects", "causal", "potential"),
}


@cache
def all_claims() -> tuple[Claim, ...]:
    """The claims in the article's order.

    >>> len(all_claims()), all_claims()[0].kind
    (18, 'growth')
    """
    text = files.read_text(Path(__file__).with_name("ledger.yml"))
    return tuple(_claim(entry) for entry in yaml.safe_load(text))


def _claim(entry: dict) -> Claim:
    """One entry as a claim; a field missing, unknown or out of vocabulary is an error that names the claim."""
    expected = [f.name for f in fields(Claim)]
    odd = sorted({*expected} ^ {*entry}) or [side for side in entry["sides"] if side not in VERDICTS]
    if odd:
        raise TradeDataError("an entry of the ledger is not in order", file="ledger.yml", row=entry.get("id"),
                             value=odd, expected=", ".join([*expected, *VERDICTS]))
    return Claim(**{**entry, "history": tuple(entry["history"])})


def claim(claim_id: str) -> Claim:
    """The claim of that id."""
    for one in all_claims():
        if one.id == claim_id:
            return one
    raise TradeDataError("no such claim", value=claim_id, expected=f"{all_claims()[0].id} to {all_claims()[-1].id}")


def evaluate(claim_id: str) -> Verdict:
    """Evidence and verdict of one claim, recomputed from the shipped tables."""
    one = claim(claim_id)
    module, function = one.evidence.split(":")
    return getattr(import_module(f"trade_lib.claims.{module}"), function)(one)


def evaluate_all(group: str = "all") -> list[Verdict]:
    """The verdicts of all claims, or of one group of `GROUPS`, in the order of their ids."""
    if group not in ("all", *GROUPS):
        raise TradeDataError("no such group of claims", value=group, expected=", ".join(("all", *GROUPS)))
    kinds = GROUPS.get(group, [one.kind for one in all_claims()])
    return [evaluate(one.id) for one in all_claims() if one.kind in kinds]


def rules(*ids: str) -> pd.DataFrame:
    """Claims and the rules that decide them, all or those named: a column for what each verdict would have taken."""
    claims = [claim(one) for one in ids] or all_claims()
    return pd.DataFrame([{"id": c.id, "claim": c.claim, "rule": c.rule, "fixed before": "yes" if c.fixed_before else
                          "no", **{side: c.sides.get(side, "") for side in VERDICTS}} for c in claims])


def rule_history(*ids: str) -> pd.DataFrame:
    """Every version of the rules, all or those named: ``id``, ``date``, ``change``, ``reason``."""
    claims = [claim(one) for one in ids] or all_claims()
    return pd.DataFrame([{"id": c.id, **version} for c in claims for version in c.history])


def scorecard(verdicts: list[Verdict]) -> pd.DataFrame:
    """Verdicts as a frame for reading: ``id``, ``claim``, ``then``, ``now``, ``ways``, ``reason``, ``notebook``."""
    return pd.DataFrame([{"id": v.claim.id, "claim": v.claim.claim, "then": v.verdict, "now": v.verdict_now,
                          "ways": "{} of {}".format(*v.held) if v.held else "", "reason": v.reason,
                          "notebook": v.claim.notebook} for v in verdicts])


def by_group(verdicts: list[Verdict]) -> pd.DataFrame:
    """How many claims of each group of `GROUPS` have which verdict, as known now; a column a verdict that occurs.

    >>> by_group([evaluate("C06")]).to_dict("index")
    {'Announcements': {'supported': 1}}
    """
    group = {kind: name for name, kinds in GROUPS.items() for kind in kinds}
    table = pd.crosstab(pd.Index([group[v.claim.kind] for v in verdicts], name="group"),
                        pd.Index([v.verdict_now for v in verdicts], name="verdict"))
    return table.reindex(index=[g for g in GROUPS if g in table.index], columns=[v for v in VERDICTS if v in table])


def markdown_table(card: pd.DataFrame) -> str:
    """The scorecard as a Markdown table for the README: claim, verdict (and now, where it moved), the reason."""
    lines = ["| claim | verdict | why |", "|---|---|---|"]
    for row in card.itertuples():
        verdict = row.then if row.then == row.now else f"{row.then}; now {row.now}"
        lines.append(f"| [{row.id}](notebooks/{row.notebook}.ipynb) {row.claim} | {verdict} | {row.reason} |")
    return "\n".join(lines)
