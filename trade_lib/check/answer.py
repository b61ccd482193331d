"""Check the quantitative claims of any article against the shipped tables, by the rules of `check_rules`."""

from dataclasses import dataclass

import pandas as pd

from trade_lib.check import kinds as check_kinds
from trade_lib.check import statement
from trade_lib.check.find import Books, shipped
from trade_lib.check.verdicts import NOT_TESTABLE
from trade_lib.data.tables import read_table

COLUMNS = ("value", "unit", "source_id", "side", "vintage")


@dataclass(frozen=True)
class Checked:
    """The answer to one claim: as of the article's date, and as known now, with what it rests on."""

    claim: statement.Stated
    verdict: str
    verdict_now: str
    recomputed: tuple
    difference: float | None
    explanation: str
    missing: str


def check_file(name, data=None, progress=None):
    """Check every claim of a file.

    Parameters
    ----------
    name : str or pathlib.Path
        A claims file, or the name of a shipped example.
    data : str, pathlib.Path or pandas.DataFrame, optional
        A table of your own in the long flow schema, held against it as the shipped ones are; its sources stand beside
        those shipped.
    progress : callable, optional
        Wraps the list of claims, as `tqdm.tqdm` does.

    Returns
    -------
    article : dict
    checked : list of Checked

    Raises
    ------
    TradeDataError
        The claims file or the table is not in order: file, line or row, field, what was expected.

    Examples
    --------
    >>> article, checked = check_file("article-2021-12-29")
    >>> checked[0].verdict
    'supported with caveats'
    """
    article, claims = statement.read(name)
    return article, check_claims(claims, article["date"], data, progress)


def check_claims(claims, date, data=None, progress=None):
    """Check statements made on a day; as `check_file`.

    Parameters
    ----------
    claims : list of trade_lib.check.statement.Stated
    date : str
        The day they were made, ``YYYY-MM-DD``: printed figures of later days count for the verdict of now only.
    data, progress
        As in `check_file`.

    Returns
    -------
    list of Checked
    """
    books = shipped() if data is None else Books(data if isinstance(data, pd.DataFrame) else read_table(data))
    return [_check(books, claim, date) for claim in (progress(claims) if progress else claims)]


def _check(books, claim, date):
    found = check_kinds.KINDS[claim.kind](books, claim, date)
    rows = tuple(dict(zip(COLUMNS, (r[c] for c in COLUMNS), strict=True)) for r in found["readings"])
    missing = found["missing"]
    if found["verdict"] == NOT_TESTABLE and not missing:
        missing = f"a table of {claim.reporter}-{claim.partner} {claim.flow} for {claim.start} to {claim.end}"
    return Checked(claim, found["verdict"], found["verdict_now"], rows, found["difference"], found["explanation"],
                   missing)


def as_record(checked):
    """One answer as plain JSON types, with the keys that `trade-lib check --json` promises.

    ``verdict`` is as of the article's date; the explanation says what is known now, where that differs, and what is
    missing.

    Examples
    --------
    >>> article, checked = check_file("article-2021-12-29")
    >>> list(as_record(checked[0]))
    ['id', 'verdict', 'stated', 'recomputed', 'difference', 'explanation']
    """
    rows = [{**row, "value": round(row["value"], 4)} for row in checked.recomputed]
    difference = None if checked.difference is None else round(checked.difference, 4)
    now = "" if checked.verdict_now == checked.verdict else f" As known now: {checked.verdict_now}."
    missing = f" Missing: {checked.missing}." if checked.missing else ""
    return {"id": checked.claim.id, "verdict": checked.verdict, "stated": checked.claim.number, "recomputed": rows,
            "difference": difference, "explanation": f"{checked.explanation}{now}{missing}"}


def overview(checked):
    """The answers as a frame for reading: a row a claim.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``claim``, ``stated`` and ``found`` (the nearest recomputed number; both text), ``verdict``, ``now``,
        ``why``, ``missing``.

    Examples
    --------
    >>> overview(check_file("article-2021-12-29")[1]).loc[0, ["stated", "found"]].tolist()
    ['33.6 %', '33.6 %']
    """
    return pd.DataFrame([{"id": c.claim.id, "claim": c.claim.text, "stated": _stated(c), "found": _found(c),
                          "verdict": c.verdict, "now": c.verdict_now, "why": c.explanation, "missing": c.missing}
                         for c in checked])


def _stated(checked):
    claim = checked.claim
    if claim.number is None:
        return "record"
    return _amount(claim, claim.number, {"above": "> ", "below": "< "}.get(claim.relation, ""))


def _found(checked):
    claim, rows = checked.claim, checked.recomputed
    if not rows:
        return "none"
    if claim.kind == "record":
        return _amount(claim, rows[0]["value"])
    if claim.kind == "forecast":
        return f"p = {rows[0]['value']:.2f}" if rows[0]["unit"] == "probability" else _amount(claim, rows[0]["value"])
    return _amount(claim, claim.number + checked.difference)


def _amount(claim, value, sign=""):
    if claim.kind == "rank":
        return f"rank {value:.0f}"
    unit = "%" if claim.kind in ("growth", "share") else f"bn {claim.currency}"
    return f"{sign}{value:,.0f} {unit}" if abs(value) >= 1000 else f"{sign}{value:,.1f} {unit}"


def readings(checked):
    """What each answer rests on: a row a recomputed number, its claim's ``id`` first.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``stated``, ``value``, ``unit``, ``source_id``, ``side``, ``vintage``.
    """
    rows = [{"id": c.claim.id, "stated": c.claim.number, **row} for c in checked for row in c.recomputed]
    return pd.DataFrame(rows, columns=["id", "stated", *COLUMNS])


def page(article, checked):
    """The answers as one HTML page that needs no network: each claim, its verdict, why, and every number behind it."""
    from html import escape

    from trade_lib.check.page import HEAD, SECTION

    url = escape(article["url"])
    link = f'<a href="{url}">{url}</a>' if url.startswith(("http://", "https://")) else url
    parts = [HEAD.format(title=escape(article["title"]), date=escape(article["date"]), url=link)]
    for c in checked:
        rows = "".join(f"<tr><td>{r['value']:,.2f}</td>" + "".join(f"<td>{escape(str(r[k]))}</td>" for k in COLUMNS[1:])
                       + "</tr>" for r in c.recomputed)
        parts.append(SECTION.format(id=escape(c.claim.id), text=escape(c.claim.text), verdict=escape(c.verdict),
                                    now=escape(c.verdict_now), slug=c.verdict.replace(" ", "-"), rows=rows,
                                    why=escape(c.explanation), missing=escape(c.missing or "nothing")))
    return "\n".join(parts) + "\n</main></body></html>\n"
