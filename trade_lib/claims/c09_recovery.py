"""C09: did trade with China support the region's recovery?

Points of growth: what an economy sold more to one market, over all that it sold two years before. Accounting, no cause.
"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims.core import Claim, Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import members, name
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import customs
from trade_lib.measures.growth import window_sum
from trade_lib.measures.shocks import wilson

YEAR, TOLERANCE, FEWEST = 2021, 0.1, 5  # year of the recovery; points that count as none; economies that make a region
# Economies with months by destination at their own customs, and what stands for Europe. Singapore lists only some EU
# members, so all of Europe stands for the EU: more than the EU, which is against China.
BY_MONTH = {"KOR": "EU", "SGP": "EUROPE"}
SOURCES = {
    "points": "Sources: exports by market of Korea (US$, vintage 2023-11) and Singapore (S$, 2025); the others' sales "
              "to China as they report them (UN Comtrade), to the US as the US books them; all exports two years "
              "before: CEPII BACI.",
}


def decide_support(supported: int, economies: int, first: int) -> str:
    """Verdict from how many economies China supports, of how many, and in how many its points are the largest.

    >>> decide_support(9, 10, 6), decide_support(2, 2, 2), decide_support(4, 10, 4)
    ('supported with caveats', 'mixed', 'contradicted')
    """
    if economies >= FEWEST and wilson(supported, economies, 0.1)["low"] > 0.5 and 2 * first >= economies:
        return CAVEATS
    return MIXED if 2 * supported >= economies else CONTRADICTED


def points_by_month(year: int = YEAR, last: int = 11, currency: str = "own") -> pd.DataFrame:
    """Points that each market gave to the exports of Korea and Singapore, from months to ``last`` of each year.

    Returns ``exporter``, ``market``, ``base`` (year compared with), ``points``; ``currency`` is ``own`` or ``USD``.
    """
    rows = []
    for exporter, europe in BY_MONTH.items():
        markets, sums = {"China": "CHN", "United States": "USA", "Europe": europe}, {}
        for market, code in {"world": "WORLD", **markets}.items():
            values = customs.months(exporter, code, "export", currency, start=f"{year - 2}-01", end=f"{year}-{last:02}")
            sums[market] = {y: window_sum(values, f"{y}-01", f"{y}-{last:02}") for y in (year - 2, year - 1, year)}
        rows += [{"exporter": exporter, "market": market, "base": base,
                  "points": 100 * (sums[market][year] - sums[market][base]) / sums["world"][year - 2]}
                 for market in markets for base in (year - 1, year - 2)]
    return pd.DataFrame(rows)


def points_by_year(year: int = YEAR) -> pd.DataFrame:
    """The same for the other economies of the region by year, in US$: sales to China and to the United States."""
    reported = load("flows_annual_china").query("source == 'COMTRADE_CN' and flow == 'export' and partner == 'CHN'")
    to_china = reported.pivot(index="reporter", columns="period", values="value")
    american = load("flows_monthly_usa").query("source == 'US_CENSUS_COUNTRY_2023' and flow == 'import'")
    booked = american.groupby(["partner", american["period"].dt.year])["value"].sum().unstack()
    exports = load("flows_bilateral").query("year == @year - 2").groupby("exporter")["value"].sum()
    economies = [code for code in sorted({*members("ASEAN", year), "JPN"} - {*BY_MONTH}) if code in exports.index]
    years = [year - 2, year - 1, year]
    if not economies or not {*years} <= {*to_china.columns} & {*booked.columns}:
        raise TradeDataError("no yearly exports of the region", value=year, row=str(year - 2),
                             expected="a year from 2016 to 2022, with all exports two years before")
    tables = {"China": to_china, "United States": booked}
    rows = [{"exporter": code, "market": market, "base": base,
             "points": 100 * (table.loc[code, year] - table.loc[code, base]) / exports[code]}
            for market, table in tables.items() for code in economies if code in table.index
            for base in (year - 1, year - 2)]
    return pd.DataFrame(rows).dropna()


def cases(points: pd.DataFrame) -> pd.DataFrame:
    """By economy: China's points over both bases, whether China supports it, and whether its points are the largest."""
    wide = points.pivot_table(index="exporter", columns=["market", "base"], values="points")
    china = wide["China"]
    rivals = wide.drop(columns="China", level=0).T.groupby(level="base").max().T
    return pd.DataFrame({"over one year": china[china.columns.max()], "over two years": china[china.columns.min()],
                         "supports": (china > TOLERANCE).all(axis=1),
                         "largest": (china > rivals.reindex(china.index).fillna(0).clip(lower=0)).all(axis=1)})


def region(year: int = YEAR) -> pd.DataFrame:
    """All economies of the region: months of the whole year where they are at hand, else years."""
    return pd.concat([points_by_month(year, 12), points_by_year(year)], ignore_index=True)


def alternatives(year: int = YEAR) -> pd.DataFrame:
    """Ways of counting: China's smaller points by economy, in own currency and dollars, to November and all year."""
    counted = [(until, currency, points_by_month(year, last, currency))
               for last, until in ((11, "November"), (12, "December")) for currency in ("own", "USD")]
    rows = [{"economy": name(code), "until": until, "currency": currency,
             "value": case[["over one year", "over two years"]].min()}
            for until, currency, points in [*counted, ("December", "USD", points_by_year(year))]
            for code, case in cases(points).iterrows()]
    return count_ways(rows, lambda points: points > TOLERANCE)


def support(claim: Claim) -> Verdict:
    """Evidence and verdict of C09."""
    then, now, table = cases(points_by_month()), cases(region()), alternatives()
    verdicts = [decide_support(int(c["supports"].sum()), len(c), int(c["largest"].sum())) for c in (then, now)]
    low, high = 100 * wilson(int(now["supports"].sum()), len(now), 0.1)[["low", "high"]]
    sources = ("KR_CUSTOMS_LOC", "SG_SINGSTAT", "COMTRADE_CN", "US_CENSUS_COUNTRY_2023", "BACI_2000_2020")
    call = "claims.c09_recovery.cases(region())"
    evidence = [Evidence("economies whose recovery China supports", 100 * now["supports"].mean(), "%", low, high,
                         sources, "2022 to 2026", call),
                Evidence("economies where China gave the most", 100 * now["largest"].mean(), "%", sources=sources,
                         vintage="2022 to 2026", call=call)]
    evidence += [Evidence(f"points from China, {name(code)}, 2021 over {base}", case[column], "points",
                          sources=(customs.own(code)[0],) if code in BY_MONTH else ("COMTRADE_CN", "BACI_2000_2020"),
                          vintage="2022 to 2026", call=call)
                 for code, case in now.iterrows() for base, column in ((2020, "over one year"),
                                                                       (2019, "over two years"))]
    other = {2020: cases(points_by_month(2020, 12)), 2022: cases(points_by_month(2022, 12))}
    beside = tuple(Evidence(f"points from China in {year}, {name(code)}", case["over one year"], "points",
                            sources=(customs.own(code)[0],), vintage="2023-11 and 2025",
                            call=f"claims.c09_recovery.points_by_month({year}, 12)")
                   for year, table_of_year in other.items() for code, case in table_of_year.iterrows())
    reason = (f"Sales to China added to the recovery of {int(now['supports'].sum())} of {len(now)} Asian economies, "
              f"and most of all in {int(now['largest'].sum())}.")
    return Verdict(claim, *verdicts, reason, tuple(evidence), table, beside)
