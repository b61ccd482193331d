r"""A calendar year's bilateral trade foretold from the months known, on both customs' books.

Side A (the customs that publish months): months known plus the joint paths of the missing ones.
Side B (the mirror customs, of which only printed year-to-date figures are at hand):

.. math:: B_Y = P_p + R \sum_{t=p+1}^{12} A_t

with P the printed figure for January to month p (p = 0 and P = 0 when none was printed), A the months of side A
(known up to the origin, paths after it) and R the mirror ratio B / A, whose distribution comes from years before Y.

The exercise is pseudo-real-time: side A's months are those of one vintage, not what was on the screen at each origin,
and side B's printed figures are those of each release as far as a print from then is at hand.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_series
from trade_lib.forecast.members import COMBINATION, MODELS
from trade_lib.forecast.mirror import mirror_total
from trade_lib.forecast.panel import forecast
from trade_lib.forecast.paths import Forecast, summary, year_months
from trade_lib.forecast.scores import pit

#: Thresholds of the reliability check, as multiples of the year before's total.
GRID = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4)


class Mirror(NamedTuple):
    """The other side: totals by year, printed figures, and the labels of reporter and partner in them."""

    annual: pd.Series
    figures: pd.DataFrame
    reporter: tuple = ("CHN", "China")
    partner: tuple = ("RUS", "Russia")


class Draws(NamedTuple):
    """Draws of a year's total on one side, what of it was known, and to which month."""

    total: np.ndarray
    known: float
    to: pd.Period | None


def rest_of_year(y: pd.Series, origin, year: int | None = None, model=COMBINATION, x=None, n_paths=4000,
                 seed=0) -> Forecast:
    """Joint paths of the months from the origin (last month known) to December of the year, by default the origin's.

    Months after the origin are not looked at. Raises TradeDataError where the origin lies outside the series or nothing
    of the year is left.
    """
    origin, y = pd.Period(origin, "M"), check_series(y)
    if origin not in y.index:
        raise TradeDataError("origin outside the series", value=str(origin), expected=f"{y.index[0]} to {y.index[-1]}")
    left = (pd.Period(f"{year or origin.year}-12", "M") - origin).n
    if left < 1:
        raise TradeDataError("nothing of the year is left", value=str(origin), expected=f"before {year}-12")
    return forecast(y.loc[:origin], left, model, x, n_paths, seed)


def year_draws(y: pd.Series, origin, year: int | None = None, mirror: Mirror | None = None, **options) -> dict:
    """Draws of the year's total from one origin: {"own": Draws} and with a mirror also {"mirror": Draws}."""
    made = rest_of_year(y, origin, year, **options)
    months = year_months(made.index[-1].year)
    known = y[(y.index >= months[0]) & (y.index <= made.origin)]
    known = known if len(known) else None
    own = Draws(made.total(known, months), 0.0 if known is None else float(known.sum()), known if known is None
                else made.origin)
    return {"own": own} if mirror is None else {"own": own, "mirror": Draws(*mirror_total(made, y, *mirror))}


def probability_path(y: pd.Series, origins, threshold: float, year: int | None = None, mirror: Mirror | None = None,
                     models=(COMBINATION,), sides=("own", "mirror"), **options) -> pd.DataFrame:
    """One row an origin, model and side: what a year's total is expected to be, and what it needs to pass a threshold
    (``needed``: a month, for the months left).
    """
    rows = []
    for origin in (pd.Period(origin, "M") for origin in origins):
        for model in models:
            for side, made in year_draws(y, origin, year, mirror, model=model, **options).items():
                left = 12 - (made.to.month if made.to is not None else 0)
                rows.append({"side": sides[side == "mirror"], "origin": origin, "known_to": made.to,
                             "known": made.known, "model": model, **summary(made.total, threshold),
                             "needed": (threshold - made.known) / left})
    return pd.DataFrame(rows)


def calibration(y: pd.Series, years, mirror: Mirror | None = None, models=MODELS, sides=("own", "mirror"),
                months=range(1, 12), grid=GRID, **options) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same procedure on past years, against their outcomes: rows a side, year, origin_month and model with pit,
    mean, limits, outcome, covered80, covered95; and a row for each threshold_ratio with p_exceed and happened.

    Outcomes are the sums of ``y`` and the mirror's totals by year; ``grid`` holds thresholds as multiples of the year
    before's total on the same side.
    """
    totals = {"own": y.groupby(y.index.year).sum(), "mirror": mirror.annual if mirror else {}}
    rows, exceed = [], []
    for year, month, model in ((year, month, model) for year in years for month in months for model in models):
        for side, made in year_draws(y, f"{year}-{month:02d}", None, mirror, model=model, **options).items():
            if year not in totals[side].index:
                continue
            outcome, said = float(totals[side][year]), summary(made.total)
            place = {"side": sides[side == "mirror"], "year": year, "origin_month": month, "model": model}
            rows.append({**place, "pit": pit(made.total, outcome), **said, "outcome": outcome,
                         "covered80": said["lo80"] <= outcome <= said["hi80"],
                         "covered95": said["lo95"] <= outcome <= said["hi95"]})
            exceed += [{**place, "threshold_ratio": ratio,
                        "p_exceed": float((made.total > ratio * totals[side][year - 1]).mean()),
                        "happened": outcome > ratio * totals[side][year - 1]} for ratio in grid]
    return pd.DataFrame(rows), pd.DataFrame(exceed)
