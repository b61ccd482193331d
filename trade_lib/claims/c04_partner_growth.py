"""C04: did trade with every important partner grow without a break in 2021?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Claim, Evidence, Verdict
from trade_lib.claims.ledger import ARTICLE
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import name
from trade_lib.data.releases import TRUSTED
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import customs
from trade_lib.measures.growth import yoy
from trade_lib.measures.shocks import wilson

YEAR, TOLERANCE = 2021, 1.0  # per cent below a year earlier that does not count as a fall
LARGEST = 40  # partners by trade of the year before
FEW, SOME = 0.05, 0.10  # shares of months that may fall: in all, and in one direction or against two years earlier
# Partners with months at their own customs, and the last month out on the article's day: Korea's detail comes out on
# the 15th of the next month, Singapore's on the 17th, the US's and Russia's after 35 to 40 days.
OUT = {"KOR": "2021-11", "RUS": "2021-10", "SGP": "2021-11", "USA": "2021-10"}
FLOWS = {"total": "both directions", "export": "partner sells to China", "import": "partner buys from China"}
LARGE = ("ASEAN", "EU", "USA", "JPN", "KOR", "RUS", "AFRICA")
SOURCES = {
    "months": "Sources: customs of Korea (exports to China only), Russia, Singapore (S$) and the United States, "
              "vintages 2022 to 2025; other partners as China's customs printed single months. January and February "
              "compared as one.",
    "printed": "Source: growth of China's trade by partner over the year to date, as printed by China's customs and "
               "commerce ministry; a mark a figure. Yuan and dollar figures differ by the exchange rate.",
    "base": "Sources: customs of Korea (exports only), Russia, Singapore and the United States.",
}


def decide_unbroken(months: pd.Series, sells: pd.Series, buys: pd.Series, two_years: pd.Series) -> str:
    """Verdict from growth (per cent) by partner-month: all trade, both directions apart, and over two years.

    >>> up = pd.Series([5.0] * 40)
    >>> decide_unbroken(up, up, up, up), decide_unbroken(up, up, -up, up)
    ('supported', 'supported with caveats')
    """
    low = wilson(int((months >= -TOLERANCE).sum()), len(months))["low"]
    trade = fallen(months) <= FEW and low > 0.8
    others = [max(fallen(sells), fallen(buys)) <= SOME, fallen(two_years) <= SOME]
    if trade and any(others):
        return SUPPORTED if all(others) else CAVEATS
    return MIXED if low > 0.5 else CONTRADICTED


def fallen(growth: pd.Series) -> float:
    """Share of months that fell, by more than the tolerance."""
    return float((growth < -TOLERANCE).mean())


def own_months(flow: str = "total", years: int = 1, year: int = YEAR, *, currency: str = "own", merged: bool = True,
               known: bool = False) -> pd.DataFrame:
    """Growth of each partner-month over the same month ``years`` earlier, at the partners' own customs.

    ``currency``: ``own`` (the table's), ``USD`` or ``CNY``. ``merged``: January and February as one, kept as February.
    ``known``: only months that were out on the article's day. Returns ``partner``, ``month``, ``growth_pct``; partners
    without the flow or the year are left out (`coverage`).
    """
    rows = []
    for code, out in OUT.items():
        if flow not in ("total", *customs.own(code)[2]):
            continue
        values = customs.months(code, flow=flow, currency=currency, start=f"{year - years}-01", end=f"{year}-12")
        if values.empty:
            continue
        growth = yoy(values, years, merge_january_february=merged)
        growth = growth.loc[f"{year}-{'02' if merged else '01'}":out if known else f"{year}-12"]
        rows.append(pd.DataFrame({"partner": code, "month": growth.index, "growth_pct": growth.to_numpy()}))
    months = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
    if months.empty:
        raise TradeDataError("no partner has months of that year and of the year compared with", value=year,
                             expected="a year from 2004 to 2022")
    return months


def printed_months(flow: str = "total", year: int = YEAR, until: str = "") -> pd.DataFrame:
    """The same for partners whose own months are not at hand, as China's customs printed single months, US$.

    Both directions are the sum of exports and imports where both are printed; the first printing of each counts.
    """
    frame = load("customs_releases").query("basis == 'month' and unit == 'USD' and value.notna()")
    frame = frame[~frame["partner"].isin([*OUT, "WORLD"])].astype({"published": str})
    frame = frame[frame["published"] <= until] if until else frame
    first = frame.sort_values("published").drop_duplicates(["partner", "flow", "period_end"])
    wide = first.pivot(index=["partner", "period_end"], columns="flow", values="value")
    # China's exports are what the partner buys.
    values = {"export": wide["import"], "import": wide["export"], "total": wide["export"] + wide["import"]}[flow]
    by_month = values.unstack("partner")
    growth = 100 * (by_month / by_month.set_axis(by_month.index + 12).reindex(by_month.index) - 1)
    growth = growth[growth.index.year == year].rename_axis("month").reset_index()
    long = growth.melt("month", var_name="partner", value_name="growth_pct").dropna()
    return long[["partner", "month", "growth_pct"]].reset_index(drop=True)


def partner_months(flow: str = "total", years: int = 1, year: int = YEAR, known: bool = False) -> pd.DataFrame:
    """All partner-months of the rule: own customs in the table's currency, else China's single months."""
    own = own_months(flow, years, year, known=known)
    until = ARTICLE["date"] if known else ""
    return own if years > 1 else pd.concat([own, printed_months(flow, year, until)], ignore_index=True)


def coverage(year: int = YEAR) -> pd.DataFrame:
    """Which partners' months count in a year: how many of eleven, from which to which, and from whose customs."""
    months = partner_months(year=year)
    table = months.groupby("partner")["month"].agg(months="size", first="min", last="max").reset_index()
    table["customs"] = ["its own" if code in OUT else "China's, printed" for code in table["partner"]]
    missing = [code for code in OUT if code not in set(table["partner"])]
    absent = pd.DataFrame({"partner": missing, "months": 0, "customs": f"its own, without {year}"})
    return pd.concat([table, absent], ignore_index=True) if missing else table


def printed_windows(year: int = YEAR) -> pd.DataFrame:
    """Growth of China's trade over the year to date by partner, as printed: each window once in each currency.

    Decides nothing: over the low base of 2020 it could hardly fall. Of the article's year what was out on its day.
    """
    frame = load("official_figures")
    frame = frame[(frame["reporter"] == "CHN") & frame["partner"].isin(LARGE) & (frame["flow"] == "total")
                  & (frame["measure"] == "yoy_pct") & (frame["scope"] == "goods") & frame["audit"].isin(TRUSTED)
                  & (frame["period_start"].astype(str) == f"{year}-01") & (frame["period_end"].dt.year == year)]
    if year == YEAR:
        frame = frame[frame["published"].astype(str) <= ARTICLE["date"]]
    frame = frame.sort_values(["published", "id"]).drop_duplicates(["partner", "period_end", "terms"])
    frame = frame.rename(columns={"period_end": "end", "value": "growth_pct"})
    return frame[["partner", "end", "terms", "growth_pct", "id"]].sort_values(["partner", "end", "terms"],
                                                                              ignore_index=True)


def breadth(year: int = YEAR, largest: int = LARGEST) -> float:
    """Share of the largest partners, as they report the year before, whose yearly trade with China fell."""
    frame = load("flows_annual_china").query("source == 'COMTRADE_CN' and partner == 'CHN'")
    wide = frame.pivot_table(index="period", columns="reporter", values="value", aggfunc="sum").loc[[year - 1, year]]
    top = wide.dropna(axis=1).T.nlargest(largest, year - 1)
    return fallen(100 * (top[year] / top[year - 1] - 1))


def falls(year: int = YEAR) -> pd.DataFrame:
    """How many partner-months fell, then and now: in all, by direction and over two years, with Wilson limits.

    The interval treats months as independent, which they are not: it is the least that chance allows.
    """
    rows = []
    for known in (True, False):
        for label, flow, years in (("trade", "total", 1), ("partners sell to China", "export", 1),
                                   ("partners buy from China", "import", 1), ("over two years", "total", 2)):
            growth = partner_months(flow, years, year, known)["growth_pct"]
            fell = int((growth < -TOLERANCE).sum())
            share = wilson(fell, len(growth))
            rows.append({"known": "then" if known else "now", "test": label, "months": len(growth), "fell": fell,
                         **share})
    return pd.DataFrame(rows)


def alternatives(year: int = YEAR) -> pd.DataFrame:
    """Ways of counting: the share of partner-months that did not fall, at own customs and as China printed them."""
    rows = [{"customs": "partners'", "trade": FLOWS[flow], "currency": currency,
             "winter": "as one" if merged else "apart",
             "value": 1 - fallen(own_months(flow, 1, year, currency=currency, merged=merged)["growth_pct"])}
            for flow in FLOWS for currency in ("own", "USD", "CNY") for merged in (True, False)]
    rows += [{"customs": "China's", "trade": FLOWS[flow], "currency": "USD", "winter": "not printed",
              "value": 1 - fallen(printed_months(flow, year)["growth_pct"])} for flow in FLOWS]
    return count_ways(rows, lambda share: share >= 1 - FEW)


def partners(claim: Claim) -> Verdict:
    """Evidence and verdict of C04."""
    verdicts = [decide_unbroken(*(partner_months(flow, years, known=known)["growth_pct"] for flow, years in
                                  (("total", 1), ("export", 1), ("import", 1), ("total", 2))))
                for known in (True, False)]
    counted = falls()
    sources = (*(customs.own(code)[0] for code in OUT), "GACC_MONTH_PRINTS")
    evidence = [Evidence(f"partner-months that fell, {row.test}, {row.known}", 100 * row.share, "%", 100 * row.low,
                         100 * row.high, sources, "2022 to 2025", "claims.c04_partner_growth.falls()")
                for row in counted.itertuples()]
    months = partner_months()
    evidence += [Evidence(f"lowest growth of a month: {name(code)}", growth.min(), "%",
                          sources=(customs.own(code)[0] if code in OUT else "GACC_MONTH_PRINTS",),
                          vintage="2022 to 2025", call="claims.c04_partner_growth.partner_months()")
                 for code, growth in months.groupby("partner")["growth_pct"]]
    said = printed_windows()
    beside = (Evidence("printed growth since January, figures that grew", 100 * float((said["growth_pct"] > 0).mean()),
                       "%", sources=("OFFICIAL_FIGURES",), vintage="by 2021-12-29",
                       call="claims.c04_partner_growth.printed_windows()"),
              Evidence(f"of China's {LARGEST} largest partners, trade of the year fell", 100 * breadth(), "%",
                       sources=("COMTRADE_CN",), vintage="2026-03", call="claims.c04_partner_growth.breadth()"))
    now = counted[counted["known"] == "now"].set_index("test")
    trade, sales = now.loc["trade"], now.loc["partners sell to China"]
    reason = (f"Trade fell in {trade['fell']} of {trade['months']} months counted by partner, partners' sales to China "
              f"in {sales['fell']} of {sales['months']}.")
    return Verdict(claim, *verdicts, reason, tuple(evidence), alternatives(), beside)
