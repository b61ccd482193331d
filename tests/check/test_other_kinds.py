"""Statements of real articles, in our words: each gets one of the verdicts that are right."""

import json

import yaml

from trade_lib.check import answer as check
from trade_lib.check.statement import parse


def entries(root):
    path = root / "tests" / "check" / "articles" / "other_kinds.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def one_of(entry):
    """The answer to one entry, as if it were an article of its own."""
    claim = {name: value for name, value in entry.items() if name not in ("expected", "date", "url")}
    article = {"title": entry["id"], "date": str(entry["date"]), "url": entry["url"]}
    article, claims, faults = parse(json.dumps({"article": article, "claims": [claim]}))
    assert not faults, faults
    return check.check_claims(claims, article["date"])[0]


def test_kinds_beyond_the_six_fit_the_form_and_get_the_right_verdict(root):
    wrong = {entry["id"]: (one.verdict, one.answer.explanation) for entry in entries(root)
             if (one := one_of(entry)).verdict not in entry["expected"]}
    assert wrong == {}
