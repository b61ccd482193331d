"""What a year's trade of any pair will come to: both sides, from the months and year-to-date figures at hand."""

from dataclasses import dataclass

import pandas as pd

from trade_lib.check.find import SWAP, months_known
from trade_lib.check.flows import Flows
from trade_lib.data.areas import name
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.forecast.mirror import annual_totals
from trade_lib.forecast.panel import LONGEST
from trade_lib.forecast.paths import summary, year_months
from trade_lib.forecast.year_totals import Mirror, calibration, probability_path
from trade_lib.forecast.ytd_inputs import known_points
from trade_lib.forecast.ytd_model import monthly
from trade_lib.measures import newyear

SEED, N_PATHS, PRINT_PATHS = 1, 4000, 500
FIRST = "1986-01"  # of the months used: the New Year calendar begins a year before
LEAST, EARLIER = 36, 12  # months in a row of a series; years that the same forecast is tried on
SINCE_YEARS = 8  # years of printed figures that months are read out of
AMOUNTS = ["known", "needed", "mean", "lo80", "hi80", "lo95", "hi95", "outcome"]


@dataclass(frozen=True)
class Outlook:
    """``path``: a row a side and month known, in bn; ``tried``: the same forecast in earlier years; ``gaps``: what is
    missing.
    """

    path: pd.DataFrame
    tried: pd.DataFrame
    gaps: tuple[str, ...]


def outlook(reporter: str, partner: str, year: int, above: float, flow: str = "total", currency: str = "USD",
            data: pd.DataFrame | None = None) -> Outlook:
    """Expected total of a calendar year by side, probability that it exceeds ``above`` (bn), and what that needs.

    A side is forecast from its months; without any, through the other side's months and its own printed totals
    (`trade_lib.forecast.mirror`); where neither side has months, from printed year-to-date figures alone.
    ``tried`` holds the same forecast made in earlier years with as many months known: limits, outcome, whether held.
    Raises TradeDataError where neither side has figures that reach far enough.

    Examples
    --------
    >>> made = outlook("CHN", "RUS", 2021, 140)
    >>> sorted(made.path["side"].unique()), made.path["p_exceed"].between(0, 1).all()
    (['CHN', 'RUS'], np.True_)
    """
    if flow not in SWAP:
        raise TradeDataError("no such flow", column="flow", value=flow, expected=", ".join(SWAP))
    sides = (reporter, partner, flow), (partner, reporter, SWAP[flow])
    flows, gaps = Flows(data), []
    held = [_months(flows, *side, year, currency) for side in sides]
    if held[0] is None and held[1] is None:
        made = [(_from_prints(*sides[0], year, above, currency), None)]
        gaps.append(f"{name(partner)}'s figures: no {LEAST} months in a row")
    elif held[0] is None or held[1] is None:
        own = int(held[0] is None)
        other = _mirror(*sides[1 - own], currency)
        made = [_from_months(held[own], sides[own][0], sides[1 - own][0], year, above, other)]
        gaps += [] if other else [f"{name(sides[1 - own][0])}'s figures: neither months nor printed totals"]
    else:
        made = [_from_months(held[own], sides[own][0], sides[1 - own][0], year, above) for own in (0, 1)]
    tried = [earlier for _, earlier in made if earlier is not None]
    columns = ["side", "year", "origin_month", "mean", "lo80", "hi80", "outcome", "covered80", "covered95"]
    earlier = pd.concat(tried, ignore_index=True)[columns] if tried else pd.DataFrame(columns=columns)
    return Outlook(pd.concat([path for path, _ in made], ignore_index=True), earlier, tuple(gaps))


def _months(flows, reporter, partner, flow, year, currency):
    """The months of one side, where they reach near enough to the year."""
    held = months_known(flows, reporter, partner, flow, currency, f"{year}-12", f"{year}-11", least=LEAST)
    near = held and (pd.Period(f"{year}-12", "M") - held[1].index[-1]).n <= LONGEST
    return (held[0], held[1].rename(f"{reporter}-{partner} {flow}")) if near else None


def _mirror(reporter, partner, flow, currency):
    """A side's printed totals, to be reached through the other side's months; None where fewer than three years are."""
    if flow != "total" or currency != "USD":
        return None
    figures, labels = load("official_figures"), {"reporter": (reporter,), "partner": (partner,)}
    table = load("flows_annual_china")
    rows = table[table["source"].eq("DOTS_ANNUAL_SAM") & table["reporter"].eq(reporter) & table["partner"].eq(partner)]
    reported = rows.groupby("period")["value"].sum()[rows.groupby("period").size() == 2]
    reported.index = [getattr(period, "year", period) for period in reported.index]
    annual = annual_totals(figures, reported if len(reported) else None, **labels)
    return Mirror(annual, figures, **labels) if len(annual) >= 3 else None


def _from_months(held, side, other, year, above, mirror=None):
    """The path from a side's months, of the other side too where that is reached through its printed totals; and the
    trial in earlier years with as many months known."""
    source, y = held[0], held[1].loc[FIRST:] * 1e9
    last = y.index[-1]
    options = {"mirror": mirror, "sides": (side, other), "n_paths": N_PATHS, "seed": SEED,
               "x": newyear.candidates(y.index[0], pd.Period(f"{year}-12", "M"))}
    origins = [month for month in pd.period_range(f"{year - 1}-12", f"{year}-11", freq="M") if month in y.index]
    path = probability_path(y, origins or [last], above * 1e9, year, **options)
    years = [v for v in range(year - EARLIER, year) if {pd.Period(f"{v - 3}-01", "M"), pd.Period(f"{v}-12", "M")}
             <= set(y.index) and (mirror is None or sum(mirror.annual.index < v) >= 4)]
    known = last.year == year and len(years)
    earlier = calibration(y, years, models=["combination"], months=[last.month], **options)[0] if known else None
    return _in_bn(path).assign(source=source), _in_bn(earlier)


def _in_bn(frame):
    return frame if frame is None else frame.assign(**{name: frame[name] / 1e9 for name in AMOUNTS if name in frame})


def _printed():
    """Printed figures, and in the same form those of customs' own tables, fetched ones too."""
    customs = load("customs_releases")
    customs = customs[customs["unit"].eq("USD") & customs["published"].notna()]
    return pd.concat([load("official_figures"), customs.assign(
        id=customs["source"], measure="value", scope="goods", terms="USD", audit="ok", unit="usd_bn",
        value=customs["value"] / 1e9)], ignore_index=True)


def _from_prints(reporter, partner, flow, year, above, currency):
    """The path of one side from printed year-to-date figures in dollars, months read out of them (`ytd_model`)."""
    if flow != "total" or currency != "USD":
        raise TradeDataError("printed figures are totals in dollars", value=f"{flow}, {currency}")
    printed = _printed()
    figures = printed[printed["reporter"].eq(reporter) & printed["partner"].eq(partner) & printed["basis"].eq("ytd")]
    ends = pd.PeriodIndex(figures["period_end"].astype(str), freq="M")
    ends = ends[(ends >= pd.Period(f"{year - 1}-06", "M")) & (ends < pd.Period(f"{year}-12", "M"))]
    if not len(ends):
        raise TradeDataError("nothing printed", value=f"{reporter}-{partner} {year}",
                             expected=f"a year-to-date figure, or months that reach to within {LONGEST} months")
    origin, months = max(ends), year_months(year)
    points = known_points(printed, origin, f"{year - SINCE_YEARS}-01", (reporter,), (partner,))
    points = points.assign(value=points["value"] / 1e9, sd=points["sd"] / 1e9)
    history, ahead = monthly(points, (months[-1] - origin).n, PRINT_PATHS, SEED, origin=origin)
    known = points.loc[(points["end"] == origin) & (points["start"] == months[0]), "value"].sum()
    draws = (ahead.paths[:, ahead.index.isin(months)].sum(axis=1)
             + history.paths[:, history.index.isin(months)].sum(axis=1))
    return pd.DataFrame([{"side": reporter, "origin": origin, "known_to": origin if known else None, "known": known,
                          "model": "months read out of printed totals", **summary(draws, above),
                          "needed": (above - known) / (12 - origin.month if known else 12),
                          "source": "OFFICIAL_FIGURES"}])
