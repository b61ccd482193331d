"""C08: did China help to keep the region's industrial and supply chains stable?"""

import numpy as np
import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims.core import Claim, Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import members
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import customs
from trade_lib.measures.growth import yoy

BEFORE, SINCE = ("2017-02", "2019-12"), ("2020-02", "2022-12")
KNOWN = "2021-11"  # last month out on the article's day, of both customs
START, END, LOSS = 2020, 2022, 2.0  # years of one run of the input-output tables; points that a loss may have
BLOCK, DRAWS, SEED = 12, 2000, 1
# Monthly trade of the region by partner: customs, flow, and which code stands for Europe.
MONTHLY = {"Singapore's imports": ("SGP", "import", "EUROPE"), "Singapore's exports": ("SGP", "export", "EUROPE"),
           "Korea's exports": ("KOR", "export", "EU")}
SOURCES = {
    "chains": "Source: ADB tables of 72 economies, mid-2023 edition; trade-based participation, whole economies. Nine "
              "ASEAN members (no Myanmar). By country, not by partner.",
    "months": "Sources: Singapore's trade statistics, S$, vintage 2025; Korea's customs, US$, vintage 2023-11. January "
              "and February compared as one and counted once.",
    "all": "Sources: Singapore's trade statistics, vintage 2025; Korea's customs, 2023-11; supply pressure: New York "
           "Fed, 2025.",
    "lengths": "Source: ADB tables of 72 economies, mid-2023 edition; lengths by Wang, Wei, Yu and Zhu's method.",
}


def decide_stability(calm: tuple[float, float], freed: tuple[float, float], place: float) -> str:
    """Verdict from the 90 % limits of how much less the spread rose with China, as it is and freed of supply pressure
    (log points, below zero: calmer), and the change of the region's participation in points.

    >>> decide_stability((-30, -5), (-25, -2), 1.0), decide_stability((-30, 5), (-25, 9), 1.0)
    ('supported with caveats', 'mixed')
    """
    tests = [calm[1] < 0, freed[1] < 0, place >= -LOSS]
    if calm[0] > 0 or not any(tests):
        return CONTRADICTED
    return CAVEATS if all(tests) else MIXED


def decide_calm(calm: tuple[float, float]) -> str:
    """Verdict from the first test alone, which is all that was out on the article's day.

    >>> decide_calm((-30, -5)), decide_calm((-30, 5)), decide_calm((5, 30))
    ('supported with caveats', 'mixed', 'contradicted')
    """
    return CAVEATS if calm[1] < 0 else CONTRADICTED if calm[0] > 0 else MIXED


def growth_by_partner(last: str = SINCE[1]) -> pd.DataFrame:
    """Growth over a year earlier of the monthly series, per cent; columns (series, partner), February for the pair.

    TradeDataError: a series ends before ``last``.
    """
    columns = {}
    for label, (reporter, flow, europe) in MONTHLY.items():
        for partner, code in {"China": "CHN", "US": "USA", "Europe": europe}.items():
            values = customs.months(reporter, code, flow, start="2016-01", end=last)
            if values.index[-1] < pd.Period(last, "M"):
                raise TradeDataError("the series ends before that month", file=customs.own(reporter)[0], value=last,
                                     expected=f"a month to {values.index[-1]}")
            columns[label, partner] = yoy(values, merge_january_february=True)
    growth = pd.DataFrame(columns)
    return growth[growth.index.month > 1]


def freed_of_pressure(growth: pd.DataFrame) -> pd.DataFrame:
    """What is left of each series when a regression has taken out its mean and the index of global supply pressure."""
    pressure = load("monthly_indicators").query("series == 'supply_pressure'").set_index("period")["value"]
    x = np.column_stack([np.ones(len(growth)), pressure.reindex(growth.index)])
    fitted = x @ np.linalg.lstsq(x, growth.to_numpy(), rcond=None)[0]
    return growth - fitted


def spread(growth: pd.DataFrame, before=BEFORE, since=SINCE) -> pd.DataFrame:
    """Spread (standard deviation, points) before the pandemic and since, and its rise in log points, by series."""
    windows = {"before": before, "since": since}
    table = pd.DataFrame({label: growth.loc[first:last].std() for label, (first, last) in windows.items()})
    return table.assign(rise=100 * np.log(table["since"] / table["before"]))


def less_with_china(rise: pd.Series, peers=("US", "Europe")) -> pd.Series:
    """By series, the rise of the spread with China less the mean rise with the peers: below zero is calmer."""
    wide = rise.unstack()
    return wide["China"] - wide[list(peers)].mean(axis=1)


def calm(growth: pd.DataFrame, before=BEFORE, since=SINCE) -> dict:
    """How much less the spread rose with China, on average over series, with 90 % limits (log points).

    Blocks of twelve months are drawn anew within each window, the same months for all series (Künsch 1989).
    """
    rng = np.random.default_rng(SEED)
    windows = [growth.loc[first:last].to_numpy() for first, last in (before, since)]
    logs = []
    for values in windows:
        n = len(values)
        starts = rng.integers(0, n - BLOCK + 1, (DRAWS, -(-n // BLOCK)))
        rows = (starts[:, :, None] + np.arange(BLOCK)).reshape(DRAWS, -1)[:, :n]
        logs.append(np.log(values[rows].std(axis=1, ddof=1)))
    rises = pd.DataFrame(100 * (logs[1] - logs[0]), columns=growth.columns)
    draws = rises.xs("China", axis=1, level=1) - rises.drop(columns="China", level=1).T.groupby(level=0).mean().T
    low, high = np.quantile(draws.mean(axis=1), [0.05, 0.95])
    value = float(less_with_china(spread(growth, before, since)["rise"]).mean())
    return {"value": value, "low": float(low), "high": float(high)}


def region() -> list[str]:
    """ASEAN, Japan and Korea, as far as the input-output tables have them."""
    covered = set(load("adb_participation")["country"])
    return sorted({*members("ASEAN", 2021), "JPN", "KOR"} & covered)


def participation(share: str = "trade_share") -> pd.DataFrame:
    """Participation of whole economies by year, per cent; the index has ``country`` and ``group`` (region, China,
    others). The tables of 2020 and later come from a newer run than those before: levels do not compare across.
    """
    frame = load("adb_participation").query("detail == 0 and country != 'OTHER'")
    wide = 100 * frame.pivot(index="country", columns="year", values=share)
    inside = region()
    group = ["China" if c == "CHN" else "region" if c in inside else "others" for c in wide.index]
    return wide.set_index(pd.Index(group, name="group"), append=True)


def place(share: str = "trade_share", start: int = START, end: int = END) -> float:
    """Change of the participation of the region's median economy between two years of one run, points."""
    median = participation(share).xs("region", level="group").median()
    return float(median[end] - median[start])


def yearly_moves(share: str = "trade_share") -> pd.DataFrame:
    """Mean absolute move of participation against the year before, region and others, by year of one run."""
    wide = participation(share).loc[:, START:]
    return pd.DataFrame({group: wide.xs(group, level="group").diff(axis=1).iloc[:, 1:].abs().mean()
                         for group in ("region", "others")})


def lengths() -> pd.DataFrame:
    """Length of value-chain production (backward) of China and the region's economies that have it, in stages."""
    frame = load("adb_lengths").query("detail == 0 and country != 'OTHER'")
    wide = frame.pivot(index="country", columns="year", values="chain_length_backward")
    return wide.loc[["CHN", *(code for code in region() if code in wide.index)]]


def alternatives() -> pd.DataFrame:
    """Ways of counting: how much less the spread rose with China, by series, peer, window and supply pressure."""
    rows, growth = [], growth_by_partner()
    for pressure, values in (("in it", growth), ("taken out", freed_of_pressure(growth))):
        for last in (KNOWN, SINCE[1]):
            rise = spread(values, since=(SINCE[0], last))["rise"]
            rows += [{"series": label, "against": peer, "until": last, "supply pressure": pressure, "value": value}
                     for peer in ("US", "Europe") for label, value in less_with_china(rise, (peer,)).items()]
    return count_ways(rows, lambda points: points < 0)


def stable_chains(claim: Claim) -> Verdict:
    """Evidence and verdict of C08."""
    growth = growth_by_partner()
    then = calm(growth.loc[:KNOWN], since=(SINCE[0], KNOWN))
    now, freed, change = calm(growth), calm(freed_of_pressure(growth)), place()
    verdicts = (decide_calm((then["low"], then["high"])),
                decide_stability((now["low"], now["high"]), (freed["low"], freed["high"]), change))
    sources = ("SG_SINGSTAT", "KR_CUSTOMS_LOC")
    evidence = [Evidence(f"rise of the spread with China less that with the US and Europe, {label}", one["value"],
                         "log points", one["low"], one["high"], of, "2023-11 and 2025",
                         "claims.c08_chain_stability.calm(...)")
                for label, one, of in (("to November 2021", then, sources), ("to 2022", now, sources),
                                         ("to 2022, freed of supply pressure", freed, (*sources, "NYFED_GSCPI")))]
    evidence += [Evidence(f"change of the region's median participation, {START} to {END}", change, "points",
                          sources=("ADB72_GVCP",), vintage="mid-2023", call="claims.c08_chain_stability.place()")]
    beside = tuple(Evidence(f"spread of growth {label}, {series_name} with {partner}", row[column], "points",
                            sources=(customs.own(MONTHLY[series_name][0])[0],), vintage="2023-11 and 2025",
                            call="claims.c08_chain_stability.spread(...)")
                   for (series_name, partner), row in spread(growth).iterrows()
                   for label, column in (("2017-2019", "before"), ("2020-2022", "since")))
    less = "less" if now["value"] < 0 else "more"
    chance = ("what China did for it is unproven" if now["high"] < 0 or now["low"] > 0 else
              "but chance can explain the difference")
    reason = f"Trade with China swung {less} than trade with America and Europe, {chance}."
    return Verdict(claim, *verdicts, reason, tuple(evidence), alternatives(), beside)
