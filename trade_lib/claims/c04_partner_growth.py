"""C04: did trade with every important partner grow without a break in 2021?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data.releases import TRUSTED
from trade_lib.data.tables import load, series
from trade_lib.measures import growth as g
from trade_lib.measures import prices
from trade_lib.measures.prices import monthly
from trade_lib.measures.shocks import wilson

ARTICLE_DATE = "2021-12-29"
# Partners with months of 2021 on their own books: code -> (flow, source). Japan's months at hand end in 2019.
SIDES = {"KOR": ("export", "KR_CUSTOMS_LOC"), "RUS": ("total", "RU_FCS_96STRAN"), "SGP": ("total", "SG_SINGSTAT"),
         "USA": ("total", "US_COMTRADE_M")}
LARGE = ("ASEAN", "EU", "USA", "JPN", "KOR", "RUS", "AFRICA")
SOURCES = {
    "months": "Sources: customs of Korea (exports to China only), Russia, Singapore (S$ converted) and the United "
              "States, vintages 2022 to 2025, in US$. January and February compared as one.",
    "printed": "Source: growth of China's trade by partner over the year to date, as printed by China's customs and "
               "commerce ministry; a mark a figure. Yuan and dollar figures differ by the exchange rate.",
    "base": "Sources: customs of Korea (exports only), Russia, Singapore and the United States, in US$.",
}


def decide_unbroken(grew, grew_two_years, printed_grew):
    """Verdict on growth without a break.

    Parameters
    ----------
    grew, grew_two_years : float
        Shares of partner-months above one year and above two years earlier.
    printed_grew : float
        Share of printed year-to-date figures above a year earlier.

    Examples
    --------
    >>> decide_unbroken(1.0, 0.95, 1.0), decide_unbroken(0.95, 0.5, 1.0)
    ('supported', 'supported with caveats')
    """
    if grew == 1 and printed_grew == 1 and grew_two_years >= 0.9:
        return SUPPORTED
    if grew >= 0.9 and printed_grew == 1:
        return CAVEATS
    return MIXED if grew > 0.5 else CONTRADICTED


def books(flow=None, currency="USD", real=False):
    """The partners' own monthly trade with China from 2019 on, in US$, yuan (CNY) or constant US$.

    Parameters
    ----------
    flow : str, optional
        Another flow than that of `SIDES`; partners without it are left out (Korea has exports only).
    currency, real : str, bool
        ``USD`` or ``CNY``; in dollars of 2021.

    Returns
    -------
    dict of str to pandas.Series

    Examples
    --------
    >>> sorted(books()), sorted(books("import"))
    (['KOR', 'RUS', 'SGP', 'USA'], ['RUS', 'SGP', 'USA'])
    """
    found, frame = {}, load("flows_monthly")
    frame = frame[(frame["partner"] == "CHN") & frame["source"].isin([source for _, source in SIDES.values()])]
    for code, (own, source) in SIDES.items():
        if flow and own == "export" and flow != "export":
            continue
        values = series(code, "CHN", flow or own, source=source, table=frame, start="2019-01", end="2021-12")
        if values.attrs["unit"] != "USD":
            values = prices.in_other_currency(values, 1 / monthly("sgd_per_usd"))
        if currency == "CNY":
            values = prices.in_other_currency(values, monthly("cny_per_usd"))
        found[code] = prices.deflate(values, monthly("us_cpi"), 2021) if real else values
    return found


def partner_months(end="2021-11", years=1, merged=True, trade=None):
    """Growth of each partner-month of 2021 over the same month ``years`` earlier.

    Parameters
    ----------
    end : str
        Last month of 2021.
    years : int
        How many years back the base lies.
    merged : bool
        January and February as one (kept as February).
    trade : dict of str to pandas.Series, optional
        `books()` by default.

    Returns
    -------
    pandas.DataFrame
        ``partner``, ``month``, ``growth_pct``.

    Examples
    --------
    >>> len(partner_months("2021-03"))
    8
    """
    parts = []
    for code, values in (trade or books()).items():
        growth = g.yoy(values, years, merge_january_february=merged)
        window = growth.loc["2021-02" if merged else "2021-01":end]
        parts.append(pd.DataFrame({"partner": code, "month": window.index, "growth_pct": window.to_numpy()}))
    return pd.concat(parts, ignore_index=True)


def printed_windows(until=ARTICLE_DATE):
    """Growth of China's trade over the year to date in 2021 by partner, as printed: each window once, in each currency.

    Parameters
    ----------
    until : str
        Only what was published by that day; empty for all of 2021.

    Returns
    -------
    pandas.DataFrame
        ``partner``, ``end`` (last month), ``terms``, ``growth_pct``, ``id``; the first printing of each.
    """
    frame = load("official_figures")
    frame = frame[(frame["reporter"] == "CHN") & frame["partner"].isin(LARGE) & (frame["flow"] == "total")
                  & (frame["measure"] == "yoy_pct") & (frame["scope"] == "goods") & frame["audit"].isin(TRUSTED)
                  & (frame["period_start"].astype(str) == "2021-01")
                  & (frame["period_end"].astype(str).str[:4] == "2021")]
    if until:
        frame = frame[frame["published"].astype(str) <= until]
    frame = frame.sort_values(["published", "id"]).drop_duplicates(["partner", "period_end", "terms"])
    frame = frame.rename(columns={"period_end": "end", "value": "growth_pct"})
    return frame[["partner", "end", "terms", "growth_pct", "id"]].sort_values(["partner", "end", "terms"],
                                                                              ignore_index=True)


def shares():
    """Share of partner-months of 2021 above one and two years earlier, with Wilson intervals.

    The interval treats months as independent, which they are not: it is the least that chance allows.

    Returns
    -------
    pandas.DataFrame
        ``until``, ``years``, ``months`` (how many), ``share``, ``low``, ``high``.
    """
    rows = []
    for end in ("2021-11", "2021-12"):
        for years in (1, 2):
            grew = partner_months(end, years)["growth_pct"] > 0
            rows.append({"until": end, "years": years, "months": len(grew), **wilson(int(grew.sum()), len(grew))})
    return pd.DataFrame(rows)


def alternatives():
    """The multiverse of C04: share of partner-months that grew, over ways of counting."""
    rows = []
    for label, kwargs in (("dollars", {}), ("yuan", {"currency": "CNY"}), ("constant dollars", {"real": True})):
        for flow in (None, "export", "import"):
            trade = books(flow, **kwargs)
            for years in (1, 2):
                for merged in (True, False):
                    growth = partner_months("2021-11", years, merged, trade)["growth_pct"]
                    rows.append({"terms": label, "base": f"{years} year{'s' if years > 1 else ''}",
                                 "January and February": "as one" if merged else "apart",
                                 "flow": flow or "both", "value": float((growth > 0).mean())})
    return count_ways(rows, lambda share: share >= 0.9)


def partners(claim):
    """Evidence and verdict of C04."""
    table, counted = alternatives(), shares().set_index(["until", "years"])
    said, later = printed_windows(), printed_windows("")
    verdicts = [decide_unbroken(counted.loc[(end, 1), "share"], counted.loc[(end, 2), "share"],
                                float((figures["growth_pct"] > 0).mean()))
                for end, figures in (("2021-11", said), ("2021-12", later))]
    sources = tuple(source for _, source in SIDES.values())
    growth = partner_months()
    broken = growth[growth["growth_pct"] <= 0]
    evidence = [Evidence(f"partner-months to {end} above {years} year{'s' if years > 1 else ''} earlier",
                         100 * row["share"], "%", 100 * row["low"], 100 * row["high"], sources, "2022 to 2025",
                         "claims.growth_partners.shares()") for (end, years), row in counted.iterrows()]
    evidence += [Evidence(f"lowest growth of a month: {code}", here["growth_pct"].min(), "%",
                          sources=(SIDES[code][1],), vintage="2022 to 2025",
                          call="claims.growth_partners.partner_months()")
                 for code, here in growth.groupby("partner")]
    least = said.loc[said["growth_pct"].idxmin()]
    evidence += [
        Evidence("printed year-to-date figures that grew", 100 * float((said["growth_pct"] > 0).mean()), "%",
                 sources=("OFFICIAL_FIGURES",), vintage="by 2021-12-29",
                 call="claims.growth_partners.printed_windows()"),
        Evidence(f"lowest printed: {least['partner']} to {least['end']}, {least['terms']}", least["growth_pct"], "%",
                 sources=(least["id"],), vintage="by 2021-12-29", call="claims.growth_partners.printed_windows()")]
    first, second = counted.loc[("2021-11", 1)], counted.loc[("2021-11", 2)]
    names = ", ".join(f"{row.partner} {row.month}" for row in broken.itertuples())
    below = f" (below: {names})" if names else ""
    worst = table.loc[table["value"].idxmin()]
    printed_share = 100 * (said["growth_pct"] > 0).mean()
    why = (f"{100 * first['share']:.0f} % of {first['months']:.0f} partner-months to November were above a year before"
           f"{below}, {100 * second['share']:.0f} % above two years earlier; of {len(said)} printed "
           f"year-to-date figures {printed_share:.0f} % grew. At least 90 % of the months grew in {held_text(table)} "
           f"ways of counting; weakest: {worst['flow']}, {worst['base']}, {worst['terms']} "
           f"({100 * worst['value']:.0f} %).")
    return Verdict(claim, *verdicts, why, tuple(evidence), table)
