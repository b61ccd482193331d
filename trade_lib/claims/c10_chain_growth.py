"""C10: does value-chain trade between China and its main partners grow fast?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data.areas import name
from trade_lib.data.releases import printed
from trade_lib.data.tables import load
from trade_lib.valuechain import borin_mancini
from trade_lib.valuechain.wiod_tables import growth_gaps, members_in_table, two_way, yearly

# The largest partners that the table names, and the article's own two that it has; Africa and the rest of ASEAN are
# in its rest of the world.
MAIN = ("EU", "USA", "JPN", "KOR", "TWN", "IDN", "RUS", "IND", "AUS", "BRA")
WINDOWS = ((1995, 2011), (2006, 2011))
WINDOWS_NOW = ((2017, 2021), (2017, 2022))
COUNTS = ("domestic_content", "intermediate")
MEASURES = {"intermediate": "intermediates", "domestic_content": "domestic value added",
            "value_added_absorbed": "value added absorbed", "GVC": "crossing more than one border"}
SOURCES = {
    "pairs": "Source: WIOD, release of 2013 (41 regions by 35 industries), both directions added up, current dollars; "
             "goods and services. Indonesia is the only ASEAN member named, no African country is.",
    "shares": "Sources: WIOD, release of 2013 (to 2011, 35 industries); ADB tables of mid-2023 (from 2017, hollow: "
              "another source and method, never joined).",
    "terms": "Source: WIOD, release of 2013; own computation by Borin and Mancini's exporter-perspective, source-based "
             "terms, every year of the release.",
    "all": "Sources: WIOD, releases of 2013 and 2016; ADB tables, mid-2023; China's customs as printed in 2022-2024. "
           "Own computation.",
    "world": "Source: ADB tables, mid-2023 edition, current dollars; 2001-2006 are not in it.",
}


def decide_then(gaps):
    """Verdict as of the article, from the points by which each count outgrew gross trade in each window.

    Capped: the last bilateral tables at hand end ten years before the article.

    Parameters
    ----------
    gaps : list of float
        Both counts in both windows.

    Examples
    --------
    >>> decide_then([0.1, 0.2, 0.3, -0.1])
    'mixed'
    """
    return CAVEATS if min(gaps) > 0 else MIXED if max(gaps) > 0 else CONTRADICTED


def decide_now(gaps):
    """Verdict as known now: the same test on China's exports to all partners, without the cap.

    Examples
    --------
    >>> decide_now([0.1, 0.2])
    'supported'
    """
    return SUPPORTED if min(gaps) > 0 else MIXED if max(gaps) > 0 else CONTRADICTED


def pair_gaps():
    """Growth of each measure of value-chain trade with each main partner, and all of them, beside gross trade.

    Returns
    -------
    pandas.DataFrame
        ``partner`` ("all" for the sum), ``measure``, ``start``, ``end``, ``growth``, ``base_growth`` (per cent a year)
        and ``value`` (points by which the measure outgrew gross trade).
    """
    pairs, terms = yearly(), load("chain_trade")
    columns = ["exports", "intermediate", "domestic_content", "value_added_absorbed"]
    by_partner = {p: (two_way(pairs, "CHN", p, columns), two_way(terms, "CHN", p, ["GEXP", "GVC"])) for p in MAIN}
    by_partner["all"] = tuple(sum(parts[i] for parts in by_partner.values()) for i in (0, 1))
    frames = [growth_gaps(frame, measures, base, WINDOWS).assign(partner=partner)
              for partner, both in by_partner.items()
              for frame, measures, base in ((both[0], columns[1:], "exports"), (both[1], ["GVC"], "GEXP"))]
    columns = ["partner", "measure", "start", "end", "growth", "base_growth", "value"]
    return pd.concat(frames, ignore_index=True)[columns]


def world_gaps():
    """The same for China's exports to all partners, from the ADB's tables, before and since the article.

    Examples
    --------
    >>> world_gaps()["measure"].unique().tolist()
    ['intermediate', 'domestic_content']
    """
    frame = load("adb_totals").query("country == 'CHN'").set_index("year")
    frame = frame.rename(columns={"exports_intermediate": "intermediate", "value_added_exports": "domestic_content"})
    windows = ((2007, 2017), *WINDOWS_NOW)
    return growth_gaps(frame[["gross_exports", "intermediate", "domestic_content"]],
                       ["intermediate", "domestic_content"], "gross_exports", windows)


def absorbed_gaps():
    """China's domestic value added against gross exports by where they are finally absorbed, 2002-2014 (WIOD 2016).

    Examples
    --------
    >>> len(absorbed_gaps())
    2
    """
    frame = load("wiod2016_by_absorption")
    frame = frame[(frame["exporter"] == "CHN") & (frame["final_destination"] != "CHN")]
    by_year = frame.groupby("year")[["exports", "domestic_value_added"]].sum()
    return growth_gaps(by_year, ["domestic_value_added"], "exports", ((2002, 2014), (2008, 2014)))


def printed_intermediates():
    """What China's customs printed on intermediates: with ASEAN, and in exports to Belt and Road countries.

    Returns
    -------
    pandas.DataFrame
        ``what``, ``year``, ``share_pct`` (printed, or from printed levels), ``level`` and ``total`` (bn yuan),
        ``sources``, ``published``. All were published after the article.
    """
    rows = []
    for year in (2022, 2023):
        window = (f"{year}-01", f"{year}-12")
        part = printed("ASEAN", "total", "value", *window, terms="CNY", scope="intermediate goods")
        total = printed("ASEAN", "total", "value", *window, terms="CNY")
        rows.append({"what": "trade with ASEAN, both ways", "year": year, "level": part["value"],
                     "total": total["value"], "share_pct": 100 * part["value"] / total["value"],
                     "sources": (part["id"], total["id"]), "published": str(part["published"])[:10]})
    for year in (2013, 2021):
        share = printed("BRI", "export", "share_pct", f"{year}-01", f"{year}-12", terms="", scope="intermediate goods")
        rows.append({"what": "exports to Belt and Road countries", "year": year, "level": None, "total": None,
                     "share_pct": share["value"], "sources": (share["id"],), "published": str(share["published"])[:10]})
    return pd.DataFrame(rows)


def asean_2022():
    """Growth of 2022 in yuan, as printed: intermediates with ASEAN, all trade with ASEAN, and the printed share."""
    window = ("2022-01", "2022-12")
    return {"intermediate": printed("ASEAN", "total", "yoy_pct", *window, terms="CNY", scope="intermediate goods"),
            "total": printed("ASEAN", "total", "yoy_pct", *window, terms="CNY"),
            "share": printed("ASEAN", "total", "share_pct", *window, terms="", scope="intermediate goods")}


def foreign_content():
    """Foreign content of China's exports by year, per cent, from the shipped pairs (1995-2011).

    Examples
    --------
    >>> foreign_content().round(1)[[1995, 2008, 2011]].tolist()
    [15.7, 22.8, 21.8]
    """
    pairs = yearly().query("origin == 'CHN'").groupby("year")[["exports", "domestic_content"]].sum()
    return 100 * (1 - pairs["domestic_content"] / pairs["exports"])


def anchors():
    """Foreign content of China's exports here and as the OECD published it, per cent.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``here``, ``table`` (what it was computed from), ``OECD`` (its edition of 2021), ``id``.

    Examples
    --------
    >>> anchors()["here"].round(1).tolist()
    [22.8, 17.2]
    """
    printed_figures = load("headline_figures").set_index("id")["value"]
    adb = load("adb_participation").query("country == 'CHN' and detail == 0").set_index("year")["backward_share"]
    here = {2008: (foreign_content()[2008], "WIOD 2013"), 2018: (100 * adb[2018], "ADB")}
    return pd.DataFrame([{"year": str(year), "here": share, "table": table, "id": f"tiva_fva_chn_{year}",
                          "OECD": printed_figures[f"tiva_fva_chn_{year}"]} for year, (share, table) in here.items()])


def border_shares():
    """China's trade with all regions, both directions, by the borders its value crosses: per cent by year.

    Returns
    -------
    pandas.DataFrame
        ``DAVAX`` (one border), ``GVCF`` (several, forward), ``GVCB`` (several, backward); rows add up to 100.

    Examples
    --------
    >>> border_shares().sum(axis=1).round(3).unique().tolist()
    [100.0]
    """
    terms = load("chain_trade").query("origin == 'CHN' or destination == 'CHN'")
    sums = terms.groupby("year")[["GEXP", "DAVAX", "GVCF", "GVCB"]].sum()
    return 100 * sums[["DAVAX", "GVCF", "GVCB"]].div(sums["GEXP"], axis=0)


def live_terms(world):
    """China's exports to each region, taken apart from a table now, not read from the stored results.

    Parameters
    ----------
    world : trade_lib.valuechain.Icio

    Returns
    -------
    pandas.DataFrame
        Indexed by destination: Borin and Mancini's terms, mn US$.
    """
    return borin_mancini(world, "pair", exporters=["CHN"]).droplevel("country")


def content(terms):
    """China's exports to its main partners in bn US$ and what they hold, per cent of them.

    Parameters
    ----------
    terms : pandas.DataFrame
        From :func:`live_terms`.

    Returns
    -------
    pandas.DataFrame
        ``partner``, ``exports``, ``domestic``, ``foreign``, ``several borders``; largest first.
    """
    sums = pd.DataFrame({p: terms.loc[members_in_table(p)].sum() for p in MAIN}).T
    shares = 100 * sums[["DC", "FC", "GVC"]].div(sums["GEXP"], axis=0)
    shares.columns = ["domestic", "foreign", "several borders"]
    frame = pd.concat([(sums["GEXP"] / 1000).rename("exports"), shares], axis=1).rename_axis("partner")
    return frame.sort_values("exports", ascending=False).reset_index()


def stored_gap(terms, year):
    """Largest difference between terms computed now and the stored ones of that year, mn US$."""
    stored = load("chain_trade").query("origin == 'CHN'")
    stored = stored[stored["year"] == year].set_index("destination")
    common = [name for name in terms.columns if name in stored.columns]
    return float((terms[common] - stored.loc[terms.index, common]).abs().max().max())


def export_indices():
    """China's exports to all partners from 2007, 2007 = 100: gross, intermediates, domestic value added."""
    frame = load("adb_totals").query("country == 'CHN' and year >= 2007").set_index("year")
    frame = frame.rename(columns={"exports_intermediate": "intermediate", "value_added_exports": "domestic_content"})
    return 100 * frame[["gross_exports", "intermediate", "domestic_content"]] / frame.iloc[0][
        ["gross_exports", "intermediate", "domestic_content"]].astype(float)


def alternatives():
    """Every reasonable way to ask the question: partner, measure, window, source; value in points a year."""
    pairs = pair_gaps().assign(source="WIOD 2013")
    world = world_gaps().assign(source="ADB", partner="world, exports")
    absorbed = absorbed_gaps().assign(source="WIOD 2016", partner="world, exports")
    rows = pd.concat([pairs, world, absorbed])[["source", "partner", "measure", "start", "end", "value"]]
    shares = printed_intermediates().set_index(["what", "year"])["share_pct"]
    belt, growth = shares.loc["exports to Belt and Road countries"], asean_2022()
    customs = [{"source": "customs, printed", "partner": "ASEAN", "measure": "intermediate", "start": 2021, "end": 2022,
                "value": growth["intermediate"]["value"] - growth["total"]["value"]},
               {"source": "customs, printed", "partner": "Belt and Road, exports", "measure": "intermediate",
                "start": 2013, "end": 2021, "value": 100 * ((belt[2021] / belt[2013]) ** (1 / 8) - 1)},
               {"source": "customs, printed", "partner": "ASEAN", "measure": "intermediate", "start": 2022, "end": 2023,
                "value": _asean_2023()}]
    table = count_ways([*rows.to_dict("records"), *customs], lambda value: value > 0)
    table["measure"] = table["measure"].replace(MEASURES | {"domestic_value_added": "domestic value added"})
    table["partner"] = [name(p) if p in MAIN else "all ten" if p == "all" else p for p in table["partner"]]
    old = table["end"] <= WINDOWS[-1][1]
    table["window"] = [f"{s}-{e}" if o else "to 2014-2017" if e <= 2017 else "to 2021-2023"
                       for s, e, o in zip(table["start"], table["end"], old, strict=True)]
    return table[["source", "partner", "measure", "window", "start", "end", "value", "holds"]]


def _asean_2023():
    """Growth of 2023 from printed levels in yuan: intermediates less all trade with ASEAN."""
    levels = printed_intermediates().query("what == 'trade with ASEAN, both ways'").set_index("year")
    return 100 * (levels.loc[2023, "level"] / levels.loc[2022, "level"] - levels.loc[2023, "total"]
                  / levels.loc[2022, "total"])


def value_chains(claim):
    """Evidence and verdict of C10."""
    pairs, world, table = pair_gaps(), world_gaps(), alternatives()
    together = pairs[(pairs["partner"] == "all")]
    counted = together[together["measure"].isin(COUNTS)]
    recent = world[world["start"] == WINDOWS_NOW[0][0]]
    then, now = decide_then(counted["value"].tolist()), decide_now(recent["value"].tolist())
    shares, growth = printed_intermediates(), asean_2022()
    evidence = [
        *(Evidence(f"{MEASURES[r.measure]}, growth a year {r.start}-{r.end} (gross trade: {r.base_growth:.1f})",
                   r.growth, "%", sources=("WIOD2013_FULL" if r.measure == "GVC" else "WIOD2013_BILATERAL",),
                   vintage="2013-11", call="claims.chain_growth.pair_gaps()") for r in together.itertuples()),
        *(Evidence(f"China's exports to the world, {MEASURES[r.measure]}, growth a year {r.start}-{r.end} "
                   f"(gross: {r.base_growth:.1f})", r.growth, "%", sources=("ADB62_TOTALS", "ADB62_VAX"),
                   vintage="mid-2023", call="claims.chain_growth.world_gaps()") for r in world.itertuples()),
        *(Evidence(f"share of intermediates in {r.what}, {r.year}", r.share_pct, "%", sources=r.sources,
                   vintage=r.published, call="claims.chain_growth.printed_intermediates()")
          for r in shares.itertuples()),
        Evidence("share of intermediates in trade with ASEAN, 2022, as printed", growth["share"]["value"], "%",
                 sources=(growth["share"]["id"],), vintage=str(growth["share"]["published"])[:10],
                 call="claims.chain_growth.asean_2022()"),
    ]
    gap = together.set_index(["measure", "start"])["value"]
    gap_now = recent.set_index(["measure", "end"])["value"]
    why = (f"With {len(MAIN)} main partners, intermediates grew {gap['intermediate', 1995]:+.1f} points a year against "
           f"gross trade in 1995-2011 and {gap['intermediate', 2006]:+.1f} in 2006-2011, domestic value added "
           f"{gap['domestic_content', 1995]:+.1f} and {gap['domestic_content', 2006]:+.1f}; in China's exports to all, "
           f"2017-2021, {gap_now['intermediate', 2021]:+.1f} and {gap_now['domestic_content', 2021]:+.1f}. "
           f"{held_text(table)} alternatives outgrew gross trade.")
    return Verdict(claim, then, now, why, tuple(evidence), table)
