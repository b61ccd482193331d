"""Statements that statistical offices announced, 2005 to 2026, in our words: true ones, and the same made false.

They were written down from memory of the releases, not copied from their pages, and the rules were mended on them: they
guard against relapse and are no independent proof.
"""

import csv
from collections import defaultdict
from pathlib import Path

import yaml

from trade_lib.check import answer
from trade_lib.check.statement import parse

FIELDS = ("kind", "reporter", "partner", "flow", "period", "unit")


def true_ones():
    """(day, claim) of each statement of articles/announced.csv."""
    path = Path(__file__).parent / "articles" / "announced.csv"
    for row in csv.DictReader(path.open(encoding="utf-8")):
        claim = {name: row[name] for name in FIELDS if row[name]} | yaml.safe_load(f"{{{row['more']}}}")
        yield row["date"], claim | ({"stated": yaml.safe_load(row["stated"])} if row["stated"] else {})


def made_false(claim):
    """The claim with another number, direction or threshold, far enough to be false."""
    stated, kind = claim.get("stated"), claim["kind"]
    digits = len(str(stated).partition(".")[2])
    if kind == "record":
        yield {**claim, "direction": "highest" if claim.get("direction") == "lowest" else "lowest"}
    elif kind == "first" and "threshold" in claim:
        yield {**claim, "threshold": 1.5 * claim["threshold"]}
    elif kind in ("level", "multiple"):
        for factor in (1.5,) if claim.get("relation") == "above" else (0.85, 1.1, 1.5):
            yield {**claim, "stated": round(factor * stated, digits or None)}
    elif kind != "first":
        steps = {"share": (3, stated / 2), "rank": (3, 6), "streak": (4,)}
        for step in steps.get(kind, (5, -2 * stated if abs(stated) > 3 else -6)):
            yield {**claim, "stated": round(stated + step, 2)}


def verdicts(claims):
    """[(claim, verdict)] of claims, each as of its own day."""
    by_day = defaultdict(list)
    for day, claim in claims:
        by_day[day].append({"id": f"X{len(by_day[day])}", "text": "it was so", **claim})
    done = []
    for day, held in by_day.items():
        dump = yaml.dump({"article": {"title": "T", "date": day}, "claims": held}, Dumper=_Plain, sort_keys=False)
        _, statements, faults = parse(dump)
        assert not faults, faults
        done += [(claim, one.verdict) for claim, one in zip(held, answer.check_claims(statements, day), strict=True)]
    return done


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data):
        """No anchors: the form takes none."""
        return True
