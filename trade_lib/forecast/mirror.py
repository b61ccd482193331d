"""The mirror side of a year's total: printed year-to-date figures, and the ratio of the two customs' books."""

import numpy as np
import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.checks import check_series
from trade_lib.forecast.paths import Forecast, year_months

#: A figure printed within this many days after the end of the origin month counts as known at that origin: China
#: prints a month one to three weeks after its end (November 2021: 16 December, before the article of the 29th). Side
#: A's own month came out some two weeks later than that; the origin month is still taken as known.
LAG_DAYS = 28
#: Years before Y that the mirror ratio is estimated from, at most: the ratio drifts, and 2006-07 was another regime.
RATIO_YEARS = 10


def _last_day(text):
    """The last day that a printed date can mean: "2021-05" is 2021-05-31, "2014" is 2014-12-31."""
    text = str(text)
    return pd.Period(text, {4: "Y", 7: "M"}.get(len(text), "D")).end_time.normalize()


def printed_values(figures: pd.DataFrame, basis: str, origin=None, reporter=("CHN", "China"),
                   partner=("RUS", "Russia")) -> pd.DataFrame:
    """One printed level for each period end (value in US$, published), by a stated rule; ``basis`` is ytd or annual.

    Goods, US$, audit ``ok`` or ``conflict``: the total, or, where only exports and imports were printed, their sum (as
    for January-June and January-August 2021). Where a period was printed several times: ``ok``
    goes before ``conflict``; with an origin, the latest figure published by `LAG_DAYS` after the origin month;
    failing that (the release took place, but our copy was printed later) the earliest print, the customs
    administration (GACC) first. Without an origin (outcomes, past years) the earliest such print.
    """
    rows = figures[figures["reporter"].isin(reporter) & figures["partner"].isin(partner)
                   & (figures["measure"] == "value") & (figures["basis"] == basis) & (figures["unit"] == "usd_bn")
                   & figures["audit"].isin(["ok", "conflict"])]
    if "scope" in rows:
        rows = rows[rows["scope"] == "goods"]
    rows = rows.assign(end=pd.PeriodIndex(rows["period_end"].astype(str), freq="M"),
                       day=pd.to_datetime(rows["published"].map(_last_day)),
                       conflict=rows["audit"] == "conflict", other=~rows["publisher"].astype(str).str.contains("GACC"))
    if origin is not None:
        origin = pd.Period(origin, "M")
        rows = rows[rows["end"] <= origin]
        limit = origin.end_time.normalize() + pd.Timedelta(days=LAG_DAYS)
        rows = rows.assign(late=rows["day"] > limit)
        # among prints in time the latest counts, among late ones the earliest
        rows["order"] = np.where(rows["late"], 1, -1) * rows["day"].astype("int64")
    else:
        rows = rows.assign(late=False, order=rows["day"].astype("int64"))
    rows = rows.sort_values(["end", "late", "conflict", "other", "order"], kind="stable")
    rows = rows.drop_duplicates(["end", "flow"])
    both = ["value", "published"]
    wide = rows.pivot(index="end", columns="flow", values=both).reindex(
        columns=pd.MultiIndex.from_product([both, ["total", "export", "import"]]))
    value, published = wide["value"].astype(float), wide["published"]
    levels = pd.DataFrame({"value": value["total"].fillna(value["export"] + value["import"]) * 1e9,
                           "published": published["total"].fillna(published["import"])}).dropna(subset="value")
    return levels.set_axis(pd.PeriodIndex(levels.index, name="period_end", freq="M"))


def annual_totals(figures: pd.DataFrame, fallback: pd.Series | None = None, **labels) -> pd.Series:
    """Side B's annual totals in US$ by year: the printed one, else ``fallback`` (by year, e.g. IMF DOTS).

    Examples
    --------
    >>> empty = pd.DataFrame(columns=["reporter", "partner", "flow", "measure", "basis", "unit", "audit", "period_end",
    ...                               "published", "publisher", "value"])
    >>> annual_totals(empty, pd.Series({2012: 88e9})).to_dict()
    {2012: 88000000000.0}
    """
    printed = printed_values(figures, "annual", **labels)
    printed = pd.Series(printed["value"].to_numpy(), index=printed.index.year)
    both = printed if fallback is None else printed.combine_first(fallback)
    return both.sort_index().rename_axis("year").rename("value")


def mirror_ratio(y: pd.Series, annual: pd.Series, figures: pd.DataFrame, year: int, span: int, **labels) -> dict:
    r"""Distribution of the log mirror ratio over the last ``span`` months of a year, from years before it.

    .. math:: \log R \sim \bar r + t_{n-1} \sqrt{ s^2 (1 + 1/n) + \tau^2 (1/k - 1/12) }

    :math:`r_v = \log(B_v / A_v)` over whole years v < Y (the last `RATIO_YEARS` at most), :math:`\bar r` and s their
    mean and standard deviation, k the span. A span shorter than a year strays further from its ratio (shipments in
    transit at either end): :math:`\tau^2` is the median over earlier years of
    :math:`(r_{v,\text{rest}} - r_v)^2 / (1/k_v - 1/12)` over the printed rests of year at hand.
    Gives centre, scale (of the t distribution of the log ratio), dof, n (years used); raises TradeDataError where
    fewer than three earlier years are covered by both sides.
    """
    own = y.groupby(y.index.year).agg(["sum", "size"])
    years = [v for v in annual.index if v < year and v in own.index and own.loc[v, "size"] == 12]
    if len(years) < 3:
        raise TradeDataError("mirror ratio needs three earlier years", value=len(years), expected=">= 3")
    ratio = pd.Series({v: np.log(annual[v] / own.loc[v, "sum"]) for v in years})
    stray = {}
    for end, value in printed_values(figures, "ytd", **labels)["value"].items():
        rest = y.loc[end + 1:pd.Period(f"{end.year}-12", "M")].sum()
        if end.year in ratio.index and end.month < 12 and annual[end.year] > value:
            excess = 1 / (12 - end.month) - 1 / 12
            apart = np.log((annual[end.year] - value) / rest) - ratio[end.year]
            stray.setdefault(end.year, []).append(apart ** 2 / excess)
    tau2 = float(np.median([np.mean(values) for values in stray.values()])) if stray else 0.0
    used = ratio.iloc[-RATIO_YEARS:]
    n = len(used)
    scale = np.sqrt(used.var() * (1 + 1 / n) + tau2 * (1 / span - 1 / 12))
    return {"centre": float(used.mean()), "scale": float(scale), "dof": n - 1, "n": n}


def mirror_total(made: Forecast, y: pd.Series, annual: pd.Series, figures: pd.DataFrame, reporter, partner):
    """Draws of the total, on side B, of the year that side A's paths end in: the printed figure, and the rest at the
    mirror ratio. Only years before the origin's, and prints known at the origin, are used.
    Gives the draws, the printed figure they start from (0.0 if none), and its period end (or None).
    """
    origin, months, labels = made.origin, year_months(made.index[-1].year), {"reporter": reporter, "partner": partner}
    y = check_series(y).loc[:origin]
    points = printed_values(figures, "ytd", origin=origin, **labels)
    points = points[points.index.year == months[0].year]
    start, known = (points.index[-1], points["value"].iloc[-1]) if len(points) else (None, 0.0)
    rest = months if start is None else months[start.month:]
    past = figures[pd.PeriodIndex(figures["period_end"].astype(str), freq="M").year < origin.year]
    ratio = mirror_ratio(y, annual[annual.index < origin.year], past, origin.year, len(rest), **labels)
    rng = np.random.default_rng([made.seed, 12, origin.year, origin.month])
    factor = np.exp(ratio["centre"] + ratio["scale"] * rng.standard_t(ratio["dof"], len(made.paths)))
    bridge = y.loc[rest[0]:origin] if rest[0] <= origin else None
    return known + factor * made.total(bridge, rest), float(known), start
