"""Check the quantitative claims of any article against official figures, by the rules of `trade_lib.check.decide`."""

from dataclasses import dataclass

import pandas as pd

from trade_lib.check import statement
from trade_lib.check.firmness import Firmness, firmness
from trade_lib.check.flows import Flows, shipped
from trade_lib.check.kinds import answer_of
from trade_lib.check.report import Answer, unit_of
from trade_lib.data.tables import read_table


@dataclass(frozen=True)
class Checked:
    """A statement and its answer."""

    claim: statement.Statement
    answer: Answer
    firm: Firmness | None = None

    @property
    def verdict(self) -> str:
        """As of the article's day."""
        return self.answer.verdict

    @property
    def verdict_now(self) -> str:
        """As known now."""
        return self.answer.verdict_now


def check_file(name, data=None, progress=None) -> tuple[dict, list[Checked]]:
    """Check every claim of a claims file (a path, or the name of a shipped example).

    ``data`` is a table of your own in the long flow schema (path or frame), held beside the shipped ones; ``progress``
    wraps the list of claims, as `tqdm.tqdm` does. Raises TradeDataError with every fault of the file or the table.

    >>> article, checked = check_file("article-2021-12-29")
    >>> checked[0].verdict
    'supported with caveats'
    """
    article, claims, faults = statement.read(name)
    statement.refuse(faults, str(name))
    return article, check_claims(claims, article["date"], data, progress)


def check_claims(claims, date: str, data=None, progress=None) -> list[Checked]:
    """Check statements made on a day (``YYYY-MM-DD``): what was public later counts for the verdict of now only."""
    flows = shipped() if data is None else Flows(data if isinstance(data, pd.DataFrame) else read_table(data))
    return [Checked(claim, answer_of(flows, claim, date), firmness(flows, claim))
            for claim in (progress(claims) if progress else claims)]


def as_record(checked: Checked) -> dict:
    """One answer as plain JSON types, with the keys that `trade-lib check --json` promises."""
    one, answer = checked.claim, checked.answer
    rows = [{"value": round(f.value, 4), "unit": f.unit, "publisher": f.publisher, "source": f.source, "side": f.side,
             "vintage": f.vintage, "own": f.own, "derived": f.derived, "url": f.url or None,
             "public": f.public if f.public > "0000" else None} for f in answer.figures]
    gaps = f" Missing: {answer.missing}." if answer.missing else ""
    now = "" if answer.verdict_now == answer.verdict else f" As known now: {answer.verdict_now}."
    return {"id": one.id, "text": one.text, "verdict": answer.verdict, "verdict_now": answer.verdict_now,
            "stated": one.number, "difference": None if answer.difference is None else round(answer.difference, 4),
            "explanation": f"{answer.explanation}{now}{gaps}", "missing": answer.missing, "sources": rows,
            "firmness": None if checked.firm is None else {**vars(checked.firm), "text": str(checked.firm)}}


def overview(checked: list[Checked]) -> pd.DataFrame:
    """The answers as a frame for reading, a row a claim: id, claim, stated, found, verdict, now, why, firm, missing."""
    return pd.DataFrame([{"id": c.claim.id, "claim": c.claim.text, "stated": _stated(c.claim), "found": _nearest(c),
                          "verdict": c.verdict, "now": c.verdict_now, "why": c.answer.explanation,
                          "firm": str(c.firm or ""), "missing": c.answer.missing} for c in checked])


def _stated(one):
    if one.number is None:
        return one.kind
    upper = "" if one.upper is None else f" to {one.upper:,.1f}"
    return {"above": "> ", "below": "< "}.get(one.relation, "") + _amount(one, one.number) + upper


def _nearest(checked):
    one, figures = checked.claim, checked.answer.figures
    if not figures:
        return "none"
    if one.kind == "forecast":
        first = figures[0]
        return f"p = {first.value:.2f}" if first.unit == "probability" else _amount(one, first.value)
    if one.number is None:
        return _amount(one, figures[0].value)
    return _amount(one, one.number + checked.answer.difference) if checked.answer.difference is not None else "none"


def _amount(one, value):
    if one.kind in ("rank", "count", "streak"):
        return f"{'rank ' if one.kind == 'rank' else ''}{value:.0f}{' ' + one.unit if one.kind == 'streak' else ''}"
    return f"{value:,.0f} {unit_of(one)}" if abs(value) >= 1000 else f"{value:,.1f} {unit_of(one)}"


def readings(checked: list[Checked]) -> pd.DataFrame:
    """What each answer rests on, a row a figure: id, stated, value, unit, publisher, source, side, vintage."""
    columns = ["value", "unit", "publisher", "source", "side", "vintage"]
    rows = [[c.claim.id, c.claim.number, *(getattr(f, name) for name in columns)] for c in checked
            for f in c.answer.figures]
    return pd.DataFrame(rows, columns=["id", "stated", *columns])
