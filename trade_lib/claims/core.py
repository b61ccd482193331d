"""What a claim, a piece of evidence and a verdict are."""

from dataclasses import dataclass, field

import pandas as pd

from trade_lib.check.verdicts import NOT_EVALUATED, VERDICTS
from trade_lib.data.provenance import provenance
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError


@dataclass(frozen=True)
class Claim:
    """One claim of the article: where it stands, what it says in our words, and the rule that decides it."""

    id: str
    paragraph: str
    claim: str
    kind: str
    rule: str
    notebook: str | None = None


@dataclass(frozen=True)
class Evidence:
    """One recomputed number: unit, interval where it has one, sources, vintage, and the call that made it.

    ``sources`` holds ids that `trade_lib.provenance` knows: a table's source id or an official figure's id.
    """

    name: str
    value: float | str
    unit: str
    low: float | None = None
    high: float | None = None
    sources: tuple[str, ...] = ()
    vintage: str = ""
    call: str = ""

    def __post_init__(self):
        for name in ("low", "high"):  # a frame's empty cell is NaN: an interval either is there or is None
            if getattr(self, name) is not None and pd.isna(getattr(self, name)):
                object.__setattr__(self, name, None)


@dataclass(frozen=True)
class Verdict:
    """The answer to a claim: as of the article's date and as known now, with what it rests on.

    ``specifications`` is the multiverse: one row an alternative, with its ``value`` and whether it ``agrees``.
    ``why`` is made from the evidence, so it cannot drift from the numbers.
    """

    claim: Claim
    verdict: str = NOT_EVALUATED
    verdict_now: str = NOT_EVALUATED
    why: str = ""
    evidence: tuple[Evidence, ...] = ()
    specifications: pd.DataFrame | None = field(default=None, compare=False)

    def __post_init__(self):
        for column, value in (("verdict", self.verdict), ("verdict_now", self.verdict_now)):
            if value not in VERDICTS:
                raise TradeDataError("no such verdict", file=self.claim.id, column=column, value=value,
                                     expected=" | ".join(VERDICTS))

    @property
    def agreement(self):
        """Share of the alternative specifications under which the claim holds; None where there are none."""
        if self.specifications is None or self.specifications.empty:
            return None
        return float(self.specifications["agrees"].mean())


def as_record(verdict):
    """A verdict as plain JSON types, with the keys that `trade-lib claims --json` promises.

    Examples
    --------
    >>> as_record(Verdict(Claim("C99", "1", "says", "event", "rule")))["verdict"]
    'not evaluated'
    """
    claim = verdict.claim
    evidence = [{"name": e.name, "value": e.value, "unit": e.unit, "low": e.low, "high": e.high,
                 "sources": list(e.sources), "vintage": e.vintage} for e in verdict.evidence]
    return {"id": claim.id, "paragraph": claim.paragraph, "claim": claim.claim, "kind": claim.kind, "rule": claim.rule,
            "verdict": verdict.verdict, "verdict_now": verdict.verdict_now, "agreement": verdict.agreement,
            "evidence": evidence}


def evidence_table(verdict):
    """The evidence of a verdict as a frame for reading: a row a number, rounded to what it supports.

    Examples
    --------
    >>> evidence_table(Verdict(Claim("C99", "1", "says", "event", "rule"))).empty
    True
    """
    rows = [{"evidence": e.name, "value": number(e.value, e.unit), "interval": interval(e.low, e.high, e.unit),
             "unit": e.unit, "vintage": e.vintage, "sources": ", ".join(e.sources)} for e in verdict.evidence]
    return pd.DataFrame(rows, columns=["evidence", "value", "interval", "unit", "vintage", "sources"])


def trace(evidence):
    """Where one number comes from: the table rows and the page behind each of its sources, and the call that made it.

    Parameters
    ----------
    evidence : Evidence
        Of a verdict.

    Returns
    -------
    pandas.DataFrame
        A row a source and table: ``source``, ``table``, ``rows`` (the one row of a printed figure; else which rows of
        the table the call takes its own from), ``publisher``, ``vintage``, ``page`` and ``call``.

    Examples
    --------
    >>> trace(Evidence("growth", 33.6, "%", sources=("OF0923",)))[["table", "rows"]].values.tolist()
    [['official_figures', "id == 'OF0923'"]]
    """
    found = []
    for source in evidence.sources:
        for paper in provenance(source).itertuples():
            frame = load(paper.table)
            key = next((name for name in ("id", "source") if name in frame and frame[name].eq(source).any()), None)
            rows = f"all {len(frame):,}" if key is None else f"{key} == '{source}'" + (
                f" ({frame[key].eq(source).sum():,})" if key == "source" else "")
            found.append({"source": source, "table": paper.table, "rows": rows, "publisher": paper.publisher,
                          "vintage": paper.vintage, "page": paper.url or paper.obtained_via, "call": evidence.call})
    return pd.DataFrame(found, columns=["source", "table", "rows", "publisher", "vintage", "page", "call"])


def number(value, unit=""):
    """A number as text with the digits its unit supports: rates to a tenth, money to a hundredth; text stays as it is.

    Examples
    --------
    >>> number(33.6234, "%"), number(130.428, "bn US$"), number(0.97312, "share"), number(5471.2), number("2021-11-22")
    ('33.6', '130.43', '0.97', '5,471', '2021-11-22')
    """
    if isinstance(value, str) or value is None:
        return value or ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if unit == "%" else f"{value:.2f}"


def interval(low, high, unit=""):
    """An interval as text, empty where there is none.

    Examples
    --------
    >>> interval(97.59, 97.67), interval(None, None)
    ('97.59 to 97.67', '')
    """
    return "" if low is None or high is None else f"{number(low, unit)} to {number(high, unit)}"
