"""Whether a window is the highest on record, on both sides, in current and in constant money."""

import pandas as pd

from trade_lib.check import decide as rules
from trade_lib.check import find as b
from trade_lib.check.decide import answer
from trade_lib.check.verdicts import CONTRADICTED, NOT_TESTABLE


def record(books, claim, date):
    """A record: the window (or the months of it that are known) against the same window of all earlier years."""
    last = str(pd.Period(date[:7], "M") - 1)
    running = claim.end >= date[:7]
    known = min(claim.end, last)
    tops = {own: _earlier(books, claim, own) for own in (True, False)}
    now = [_side(books, claim, tops[own], claim.end, None, "latest", own) for own in tops]
    then = now if not running else [] if known < claim.start else [
        _side(books, claim, tops[own], known, date, "first", own) for own in tops]
    books_of = 1 if claim.partner == "WORLD" else 2
    verdicts = [rules.decide_record([s["nominal"] for s in sides if s], [s["real"] for s in sides if s], books_of)
                for sides in (then, now)]
    if running and verdicts[0] == CONTRADICTED:  # what has not passed the mark yet may still do so
        verdicts[0] = NOT_TESTABLE
    told = [s for s in (then if any(then) else now) if s]
    if not told:
        return answer(*verdicts, [], None, "No side has this window and five earlier ones.",
                      f"{claim.reporter}-{claim.partner} {claim.flow} for {claim.start} to {claim.end} and the same "
                      "months of five earlier years")
    main = told[0]
    said = [f"{s['top']['side']} side: {s['reading']['value']:,.1f} against {s['top']['value']:,.1f} bn "
            f"{claim.currency} in {s['top']['year']}, in constant money {s['value_real']:,.1f} against "
            f"{s['top_real']:,.1f}" for s in told]
    partly = f" with the months to {known} alone" if running and any(then) else ""
    absent = claim.partner if main["reading"]["own"] else claim.reporter
    later = [f"the months after {known}"] if partly and verdicts[0] == NOT_TESTABLE else []
    missing = "; ".join(later + ([] if len(told) >= books_of else [f"the books of {absent}"]))
    rows = [row for s in told for row in (s["reading"], s["top"])]
    return answer(*verdicts, rows, main["reading"]["value"] - main["top"]["value"],
                  f"Against the highest since {min(s['since'] for s in told)}{partly}: {'; '.join(said)}.", missing)


def _levels(books, claim, start, end, as_of, vintage, own):
    """Printed first, then the longest-running tables; those of one side only."""
    rows = b.printed_levels(books, claim, start, end, claim.currency, as_of, vintage)
    rows += b.table_levels(books, claim.reporter, claim.partner, claim.flow, start, end, claim.currency)
    return [r for r in rows if r["own"] is own and r["side"] != b.RECONCILED]


def _earlier(books, claim, own):
    """All earlier windows of one side: the highest of each year over its books."""
    key = ("earlier", claim.reporter, claim.partner, claim.flow, claim.start, claim.end, claim.currency, own)

    def find():
        found, missed = [], 0
        for back in range(1, 80):
            start, end = (f"{int(m[:4]) - back}{m[4:]}" for m in (claim.start, claim.end))
            rows = _levels(books, claim, start, end, None, "first", own)
            missed = 0 if rows else missed + 1
            if missed > 10:
                break
            if rows:
                best = max(rows, key=lambda r: r["value"])
                found.append({**best, "year": int(end[:4]), "back": back, "start": start, "end": end})
        return found

    return books.remember(key, find)


def _side(books, claim, earlier, end, as_of, vintage, own):
    """One side's value against its highest earlier window, in current and in constant money; None without a record."""
    rows = _levels(books, claim, claim.start, end, as_of, vintage, own)
    if not rows or len(earlier) < rules.FEWEST_YEARS or earlier[0]["back"] != 1:
        return None
    reading, top = rows[0], max(earlier, key=lambda r: r["value"])
    in_real = [r["value"] * factor for r in earlier if (factor := _real(books, claim, r)) is not None]
    real_now = reading["value"] * (_real(books, claim, {"start": claim.start, "end": end}) or 1.0)
    top_real = max(in_real) if in_real else float("inf")
    return {"reading": reading, "top": top, "nominal": reading["value"] > top["value"], "real": real_now > top_real,
            "value_real": real_now, "top_real": top_real, "since": min(r["year"] for r in earlier)}


def _real(books, claim, window):
    """Dollars of the claim's year for a dollar of a window (US consumer prices); None where prices do not reach."""
    year = books.remember(("cpi", claim.end[:4]), lambda: _mean(books.cpi.loc[claim.end[:4]:claim.end[:4]]))
    then = books.remember(("cpi", window["start"], window["end"]),
                          lambda: _mean(books.cpi.loc[window["start"]:window["end"]]))
    year = float(books.cpi.iloc[-12:].mean()) if year is None else year
    return None if then is None else year / then


def _mean(prices):
    return None if prices.empty else float(prices.mean())
