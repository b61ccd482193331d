"""What a claim, a piece of evidence and a verdict are."""

from dataclasses import dataclass, field

import pandas as pd

from trade_lib.check.verdicts import VERDICTS
from trade_lib.data.provenance import provenance
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError


@dataclass(frozen=True)
class Claim:
    """One claim of the article in our words, with the rule that decides it and the rule's history.

    ``sides`` says what each verdict would have taken; ``history`` holds ``date``, ``change`` and ``reason`` of every
    version of the rule; ``fixed_before`` whether the rule in use was written before its numbers were read;
    ``evidence`` names the module and function that work it.
    """

    id: str
    paragraph: str
    claim: str
    kind: str
    rule: str
    sides: dict[str, str] = field(default_factory=dict, compare=False)
    fixed_before: bool = False
    history: tuple[dict[str, str], ...] = ()
    evidence: str = ""
    notebook: str = ""


@dataclass(frozen=True)
class Evidence:
    """One recomputed number: unit, interval where it has one, sources, vintage, and the call that made it.

    ``sources`` holds ids that `trade_lib.data.provenance` knows: a table's source id or an official figure's id.
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
    """The answer to a claim: as of the article's day (``verdict``) and as known now (``verdict_now``).

    ``reason`` is made from the evidence: at most 20 words and 4 numbers. ``ways`` counts the claim's own quantity
    otherwise (`trade_lib.claims.ways`); ``beside`` holds other quantities, which count towards nothing.
    """

    claim: Claim
    verdict: str
    verdict_now: str
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    ways: pd.DataFrame | None = field(default=None, compare=False)
    beside: tuple[Evidence, ...] = ()

    def __post_init__(self):
        for column, value in (("verdict", self.verdict), ("verdict_now", self.verdict_now)):
            if value not in VERDICTS:
                raise TradeDataError("no such verdict", file=self.claim.id, column=column, value=value,
                                     expected=" | ".join(VERDICTS))

    @property
    def held(self) -> tuple[int, int] | None:
        """In how many ways of counting the claim holds, and of how many; None where it is counted one way only."""
        return None if self.ways is None or self.ways.empty else (int(self.ways["holds"].sum()), len(self.ways))


def as_record(verdict: Verdict) -> dict:
    """A verdict as plain JSON types, with the keys that `trade-lib claims --json` promises.

    >>> as_record(Verdict(Claim("C99", "1", "says", "event", "rule"), "mixed", "mixed"))["ways"] is None
    True
    """
    claim = verdict.claim
    numbers = {key: [{"name": e.name, "value": e.value, "unit": e.unit, "low": e.low, "high": e.high,
                      "sources": list(e.sources), "vintage": e.vintage} for e in getattr(verdict, key)]
               for key in ("evidence", "beside")}
    ways = None if verdict.held is None else dict(zip(("held", "of"), verdict.held, strict=True))
    return {"id": claim.id, "paragraph": claim.paragraph, "claim": claim.claim, "kind": claim.kind, "rule": claim.rule,
            "fixed_before": claim.fixed_before, "verdict": verdict.verdict, "verdict_now": verdict.verdict_now,
            "reason": verdict.reason, "ways": ways, **numbers}


def answer(verdict: Verdict) -> str:
    """The answer in plain words: the verdict then and now, the reason, and in how many ways of counting it holds.

    >>> print(answer(Verdict(Claim("C99", "1", "says", "event", "rule"), "mixed", "mixed", "Half of it is true.")))
    C99. Then: mixed. Now: mixed.
    Half of it is true.
    """
    ways = "" if verdict.held is None else "\nIt holds in {} of {} ways of counting.".format(*verdict.held)
    return f"{verdict.claim.id}. Then: {verdict.verdict}. Now: {verdict.verdict_now}.\n{verdict.reason}{ways}"


def evidence_table(numbers: Verdict | tuple[Evidence, ...]) -> pd.DataFrame:
    """Evidence as a frame for reading: a row a number, rounded to what it supports.

    >>> evidence_table((Evidence("growth", 33.62, "%"),))["value"].tolist()
    ['33.6']
    """
    numbers = numbers.evidence if isinstance(numbers, Verdict) else numbers
    rows = [{"evidence": e.name, "value": number(e.value, e.unit), "interval": interval(e.low, e.high, e.unit),
             "unit": e.unit, "vintage": e.vintage, "sources": ", ".join(e.sources)} for e in numbers]
    return pd.DataFrame(rows, columns=["evidence", "value", "interval", "unit", "vintage", "sources"])


def trace(evidence: Evidence) -> pd.DataFrame:
    """Where one number comes from: a row a source and table, with its rows there, its page, and the call.

    >>> trace(Evidence("growth", 33.6, "%", sources=("OF0923",)))[["table", "rows"]].values.tolist()
    [['official_figures', "id == 'OF0923'"]]
    """
    rows = []
    for source in evidence.sources:
        for paper in provenance(source).itertuples():
            frame = load(paper.table)
            key = next((name for name in ("id", "source") if name in frame and frame[name].eq(source).any()), None)
            which = f"all {len(frame):,}" if key is None else f"{key} == '{source}'" + (
                f" ({frame[key].eq(source).sum():,})" if key == "source" else "")
            rows.append({"source": source, "table": paper.table, "rows": which, "publisher": paper.publisher,
                         "vintage": paper.vintage, "page": paper.url or paper.obtained_via, "call": evidence.call})
    return pd.DataFrame(rows, columns=["source", "table", "rows", "publisher", "vintage", "page", "call"])


def number(value: float | str | None, unit: str = "") -> str:
    """A number as text with the digits its unit supports: rates to a tenth, money to a hundredth; text stays as it is.

    >>> number(33.6234, "%"), number(130.428, "bn US$"), number(0.97312, "share"), number(5471.2), number("2021-11-22")
    ('33.6', '130.43', '0.97', '5,471', '2021-11-22')
    """
    if isinstance(value, str) or value is None:
        return value or ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if unit == "%" else f"{value:.2f}"


def interval(low: float | None, high: float | None, unit: str = "") -> str:
    """An interval as text, empty where there is none.

    >>> interval(97.59, 97.67), interval(None, None)
    ('97.59 to 97.67', '')
    """
    return "" if low is None or high is None else f"{number(low, unit)} to {number(high, unit)}"
