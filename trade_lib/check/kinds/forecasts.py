"""Whether passing a threshold was to be expected: probabilities from the one forecasting engine, on both sides."""

from dataclasses import replace

import pandas as pd

from trade_lib.check.decide import decide_forecast, decide_outcome
from trade_lib.check.find import SWAP, Figure, levels, months_known, releases
from trade_lib.check.flows import Flows
from trade_lib.check.kinds.records import best
from trade_lib.check.report import Answer, possessive
from trade_lib.errors import TradeDataError

SEED, N_PATHS = 1, 2000
STALE = 3  # months by which a series may end before the last month known


def answer(flows: Flows, s, date: str) -> Answer:
    """The probability of passing a threshold from the last month known, and the outcome."""
    origin = s.known or str(pd.Period(date[:7], "M") - 1)
    sides = {own: _expected(flows, s, origin, date, own) for own in (True, False)}
    chances = [None if side is None else side[0].value for side in sides.values()]
    came = {own: best(levels(flows, s, s.start, s.end, None), own) for own in (True, False)}
    way = -1 if s.relation == "below" else 1
    passed = [None if f is None else way * (f.value - s.number) > 0 for f in came.values()]
    verdicts = decide_forecast(*chances), decide_outcome(*passed)
    told = [side for side in sides.values() if side]
    unit, word = f"bn {s.currency}", "below" if s.relation == "below" else "above"
    said = "; ".join(f"{p.value:.2f} on {possessive(p.side)} figures ({mean.value:,.1f} expected, {p.vintage})"
                     for p, mean in told)
    outcome = ", ".join(f"{f.value:,.1f} ({f.publisher})" for f in came.values() if f)
    gaps = [f"months of {possessive(who)} figures up to {origin}" for who, side in
            zip((s.reporter, s.partner), sides.values(), strict=True) if side is None]
    figures = tuple(f for side in told for f in side) + tuple(f for f in came.values() if f)
    return Answer(*verdicts, figures, told[0][1].value - s.number if told else None,
                  f"Probability of {word} {s.number:,.1f} {unit} in {s.start} to {s.end}: "
                  f"{said or 'no monthly series reaches to ' + origin}. Outcome: {outcome or 'not in the tables'}.",
                  "; ".join(gaps))


def _expected(flows, s, origin, date, own):
    """Probability and mean of the horizon's total on one side; None where neither months nor releases lead to it."""
    if s.flow == "balance" or s.end <= origin:
        return None
    key = ("draws", s.reporter, s.partner, s.flow, s.currency, origin, date, s.start, s.end, own)
    made = flows.remember(key, lambda: _monthly(flows, s, origin, date, own) or
                          _from_release(flows, s, origin, date, own))
    if made is None:
        return None
    source, known, draws = made
    chance = float((draws > s.number).mean())
    side = s.reporter if own else s.partner
    first = Figure(1 - chance if s.relation == "below" else chance, "probability", source, side, known, own)
    return first, replace(first, value=float(draws.mean()), unit=f"bn {s.currency}, expected")


def _monthly(flows, s, origin, date, own):
    """(source, what is known, draws of the total) from the side's own months."""
    held = _months_of(flows, s, origin, date, own)
    if held is None:
        return None
    name, values = held
    draws = _draws(values, pd.period_range(s.start, s.end, freq="M"))
    return None if draws is None else (name, f"known to {values.index[-1]}", draws)


def _from_release(flows, s, origin, date, own):
    """The same from the side's latest year-to-date release and, for the months after it, the other side's months.

    These are moved by the ratio of both sides over the months that both are known for.
    """
    other = _months_of(flows, s, origin, date, not own)
    r, p, f = _side(s, own)
    printed = releases(flows, s)
    held = {str(month): rows[0] for month in pd.period_range(s.start, min(origin, s.end), freq="M")
            if (rows := printed.figures(r, p, f, "value", s.start, str(month), s.currency, date))}
    if other is None or not held:
        return None
    name, values = other
    shared = [month for month in held if month <= str(values.index[-1])]
    if not shared:
        return None
    last = max(held)
    ratio = held[shared[-1]]["value"] / values.loc[s.start:shared[-1]].sum()
    draws = _draws(values, pd.period_range(pd.Period(last, "M") + 1, s.end, freq="M"))
    known = f"year to date printed to {last}, later months as {possessive(s.partner if own else s.reporter)}"
    return None if draws is None else (f"{held[last]['id']} + {name}", known, held[last]["value"] + ratio * draws)


def _side(s, own):
    return (s.reporter, s.partner, s.flow) if own else (s.partner, s.reporter, SWAP[s.flow])


def _months_of(flows, s, origin, date, own):
    """(source, months) of one side as public on a day; None where they end too early."""
    held = months_known(flows, *_side(s, own), s.currency, s.end, origin, date)
    return None if held is None or (pd.Period(origin, "M") - held[1].index[-1]).n > STALE else held


def _draws(values, window):
    """Draws of a window's total, the months of it that are known as they are."""
    from trade_lib.forecast import forecast

    known = values[values.index >= window[0]]
    ahead = (window[-1] - values.index[-1]).n
    if ahead < 1:
        return None
    try:
        paths = forecast(values, ahead, n_paths=N_PATHS, seed=SEED)
    except TradeDataError:  # too short, too far ahead, or values at or below zero: no forecast
        return None
    return paths.total(known if len(known) else None, window)
