"""Whether passing a threshold was to be expected: probabilities from the one forecasting engine, on both sides."""

from dataclasses import replace

import pandas as pd

from trade_lib.check.decide import decide_forecast, decide_outcome
from trade_lib.check.find import RECONCILED, SWAP, Figure, levels
from trade_lib.check.flows import Flows
from trade_lib.check.kinds.records import best
from trade_lib.check.report import Answer
from trade_lib.data.attributes import attributes, public_day
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
    said = "; ".join(
        f"{p.value:.2f} on {p.side}'s figures ({mean.value:,.1f} expected, {p.vintage})" for p, mean in told
    )
    outcome = ", ".join(f"{f.value:,.1f} ({f.side}, {f.source})" for f in came.values() if f)
    gaps = [f"months of {who}'s figures up to {origin}" for who, side in
            zip((s.reporter, s.partner), sides.values(), strict=True) if side is None]
    figures = tuple(f for side in told for f in side) + tuple(f for f in came.values() if f)
    return Answer(*verdicts, figures, told[0][1].value - s.number if told else None,
                  f"Probability of {word} {s.number:,.1f} {unit} in {s.start} to {s.end}: "
                  f"{said or 'no monthly series reaches to ' + origin}. Outcome: {outcome or 'not in the tables'}.",
                  "; ".join(gaps))


def _expected(flows, s, origin, date, own):
    """Probability and mean of the horizon's total on one side, from the monthly series that reaches furthest."""
    if s.flow == "balance" or s.end <= origin:
        return None
    r, p, f = (s.reporter, s.partner, s.flow) if own else (s.partner, s.reporter, SWAP[s.flow])
    held = {}
    for name, (series, _) in flows.series(r, p, f, s.end).items():
        about = attributes(name, r)
        amounts = flows.convert(series, s.currency) if series.a_year == 12 and about["adjustment"] == "none" else None
        if amounts is None or about["side"] == RECONCILED:
            continue
        values = amounts.monthly().loc[:origin]
        values = values[[public_day(str(month), about["lag_days"]) <= date for month in values.index]]
        gaps = (
            pd.period_range(values.index[0], values.index[-1], freq="M").difference(values.index) if len(values) else []
        )
        values = values.loc[gaps[-1] + 1:] if len(gaps) else values
        if len(values) and (pd.Period(origin, "M") - values.index[-1]).n <= STALE:
            held[name] = values
    if not held:
        return None
    name = max(held, key=lambda n: (held[n].index[-1], len(held[n]), n))
    draws = flows.remember(("draws", name, r, p, f, s.currency, str(held[name].index[-1]), s.start, s.end),
                           lambda: _draws(held[name], s))
    if draws is None:
        return None
    chance = float((draws > s.number).mean())
    known = f"known to {held[name].index[-1]}"
    first = Figure(1 - chance if s.relation == "below" else chance, "probability", name, r, known, own)
    return first, replace(first, value=float(draws.mean()), unit=f"bn {s.currency}, expected")


def _draws(values, s):
    """Draws of the horizon's total."""
    from trade_lib.forecast import forecast

    window = pd.period_range(s.start, s.end, freq="M")
    known = values[values.index >= window[0]]
    ahead = (window[-1] - values.index[-1]).n
    if ahead < 1:
        return None
    try:
        paths = forecast(values, ahead, n_paths=N_PATHS, seed=SEED)
    except TradeDataError:  # too short, too far ahead, or values at or below zero: no forecast
        return None
    return paths.total(known if len(known) else None, window)
