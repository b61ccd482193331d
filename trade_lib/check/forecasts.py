"""Whether passing a threshold was to be expected: probabilities from sample paths, on both sides' books."""

import pandas as pd

from trade_lib.check import decide as rules
from trade_lib.check import find as b
from trade_lib.check.decide import answer
from trade_lib.claims.c02_russia_total import THRESHOLD, expectation_path

MODEL, SEED, N_PATHS = "theta", 1, 4000  # one model, quick enough for a file of many claims
STALE = 3  # months by which a series may end before the last month known
_SWAP = {"total": "total", "export": "import", "import": "export"}


def forecast(books, claim, date):
    """An expectation: the probability at the last month known, and the outcome."""
    origin = claim.known or str(pd.Period(date[:7], "M") - 1)
    found = _stored(claim, origin) or {own: _probability(books, claim, origin, own) for own in (True, False)}
    sides = {own: s for own, s in found.items() if s}
    if claim.relation == "below":
        sides = {own: {**s, "p": 1 - s["p"]} for own, s in sides.items()}
    verdict = rules.decide_forecast(*(sides[own]["p"] if own in sides else None for own in (True, False)))
    outcome = _outcome(books, claim)
    sign = -1 if claim.relation == "below" else 1
    now = rules.decide_outcome([sign * (r["value"] - claim.number) > 0 for r in outcome])
    unit = f"bn {claim.currency}"
    rows = [b.reading(books, s["p"], 0.0, "probability", s["source"], s["side"], own, f"known to {s['origin']}")
            for own, s in sides.items()]
    rows += [b.reading(books, s["mean"], 0.0, f"{unit}, expected", s["source"], s["side"], own,
                       f"known to {s['origin']}") for own, s in sides.items()]
    word = "below" if claim.relation == "below" else "above"
    said = [f"{s['p']:.2f} on {s['side']}'s books ({s['mean']:,.1f} expected, {s['model']}, known to {s['origin']})"
            for s in sides.values()]
    came = [f"{r['value']:,.1f} ({r['side']}, {r['source_id']})" for r in outcome]
    explanation = (f"Probability of {word} {claim.number:,.1f} {unit} in {claim.start} to {claim.end}: "
                   f"{'; '.join(said) or 'no monthly series reaches to ' + origin}. "
                   f"Outcome: {', '.join(came) or 'not in the tables'}.")
    gaps = [f"months of {claim.reporter if own else claim.partner}'s books up to {origin}" for own in (True, False)
            if own not in sides]
    first = next(iter(sides.values()), None)
    return answer(verdict, now, rows + outcome, first and first["mean"] - claim.number, explanation, "; ".join(gaps))


def _stored(claim, origin):
    """The calibrated forecast behind C02, where the claim is the one that it was made for; else None."""
    asked = (claim.reporter, claim.partner, claim.flow, claim.start, claim.end, claim.number, claim.currency)
    if asked != ("CHN", "RUS", "total", "2021-01", "2021-12", THRESHOLD, "USD") or origin[:4] != "2021":
        return None
    path = expectation_path()
    here = path[(path["model"] == "combination") & (path["origin"].astype(str) == origin)].set_index("side")
    if set(here.index) != {"CHN", "RUS"}:
        return None
    return {side == "CHN": {"p": float(here.loc[side, "p_exceed_140"]), "mean": float(here.loc[side, "mean"]),
                            "side": side, "source": "RU_FCS_96STRAN", "origin": origin, "model": "combination"}
            for side in ("CHN", "RUS")}


def _probability(books, claim, origin, own):
    """Probability and mean of the horizon's total on one side, from the monthly series that reaches furthest."""
    if claim.flow == "balance" or claim.end <= origin:
        return None
    reporter, partner, flow = ((claim.reporter, claim.partner, claim.flow) if own else
                               (claim.partner, claim.reporter, _SWAP[claim.flow]))
    held = {name: (values, unit) for name, (values, unit) in
            b.table_series(books, reporter, partner, flow, origin).items()
            if values.index.freqstr == "M" and len(values) and str(values.index[0]) < origin
            and (pd.Period(origin, "M") - min(values.index[-1], pd.Period(origin, "M"))).n <= STALE}
    if not held:
        return None
    name = max(held, key=lambda n: (str(min(held[n][0].index[-1], pd.Period(origin, "M"))), len(held[n][0]), n))
    draws = books.remember(("draws", name, reporter, partner, flow, origin, claim.start, claim.end, claim.currency),
                           lambda: _draws(books, *held[name], claim, origin))
    if draws is None:
        return None
    total, last = draws
    return {"p": float((total > claim.number).mean()), "mean": float(total.mean()), "side": reporter, "source": name,
            "origin": str(last), "model": MODEL}


def _draws(books, values, unit, claim, origin):
    """Draws of the horizon's total in bn of the claim's currency, at the exchange rate of the last month known."""
    from trade_lib.errors import TradeDataError
    from trade_lib.forecast import forecast as paths_of

    values = values.loc[:origin]
    gaps = pd.period_range(values.index[0], values.index[-1], freq="M").difference(values.index)
    values = values if gaps.empty else values.loc[gaps[-1] + 1:]
    last, window = values.index[-1], pd.period_range(claim.start, claim.end, freq="M")
    ahead = (window[-1] - last).n
    rate = 1.0
    for code, power in ((unit, -1), (claim.currency, 1)):
        if code != "USD" and unit != claim.currency:
            if code not in books.rates or books.rates[code].index[0] > last:
                return None
            rate *= float(books.rates[code].loc[:last].iloc[-1]) ** power
    try:
        found = paths_of(values, ahead, model=MODEL, n_paths=N_PATHS, seed=SEED)
    except TradeDataError:  # too short, or values at or below zero: no forecast
        return None
    known = values[values.index >= window[0]] if values.index[-1] >= window[0] else None
    if known is not None and len(window.difference(known.index.append(found.index))):
        return None
    return found.total(known, window) * rate / 1e9, last


def _outcome(books, claim):
    """The horizon's level once it was over, one reading a side."""
    rows = b.printed_levels(books, claim, claim.start, claim.end, claim.currency, None, "latest")
    rows += b.table_levels(books, claim.reporter, claim.partner, claim.flow, claim.start, claim.end, claim.currency)
    rows = [r for r in rows if r["side"] != b.RECONCILED]
    return [next(r for r in rows if r["own"] is own) for own in (True, False) if any(r["own"] is own for r in rows)]
