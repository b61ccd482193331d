"""C10: does value-chain trade between China and its main partners grow fast?"""

from functools import cache

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import name
from trade_lib.data.releases import printed
from trade_lib.data.tables import load
from trade_lib.measures.growth import annualised
from trade_lib.valuechain import borin_mancini
from trade_lib.valuechain.wiod_tables import members_in_table, two_way, yearly

# The largest partners that the tables name, and the article's own two that they have; Africa and the rest of ASEAN
# are in their rest of the world.
MAIN = ("EU", "USA", "JPN", "KOR", "TWN", "IDN", "RUS", "IND", "AUS", "BRA")
WINDOWS = {"WIOD 2013": ((1995, 2011), (2006, 2011)), "WIOD 2016": ((2002, 2014), (2008, 2014)),
           "ADB": ((2017, 2020), (2017, 2022))}
# Newest windows of the newest tables. ADB: years to 2020 were out in August 2021; its tables name no partners.
NEWEST_THEN, NEWEST_NOW = (("WIOD 2016", 2008, 2014), ("ADB", 2017, 2020)), (("ADB", 2017, 2022),)
IDS = {"WIOD 2013": "WIOD2013_FULL", "WIOD 2016": "WIOD2016_ICIO_DVA", "ADB": "ADB72_GVCP"}
VINTAGES = {"WIOD 2013": "2013-11", "WIOD 2016": "2016-11", "ADB": "mid-2023"}
TOLERANCE = 0.7  # points a year: the two WIOD releases differ by nearly as much over the years they share
SOURCES = {
    "growth": "Sources: WIOD, releases of 2013 (to 2011) and 2016 (to 2014), trade with ten main partners both ways; "
              "ADB tables of mid-2023 (from 2017), China's exports to all. Current dollars; sources are never joined.",
    "shares": "Sources: WIOD, release of 2013 (to 2011, 35 industries); ADB tables of mid-2023 (from 2017, hollow: "
              "another source and method, never joined).",
    "terms": "Source: WIOD, release of 2013; own computation by Borin and Mancini's exporter-perspective, source-based "
             "terms, every year of the release.",
}


def decide_chains(own, world, by_partner):
    """Verdict from the points by which chain trade outgrew all trade of the same partners, and the world's chain trade.

    One number a newest window each; ``by_partner``: the tables name the partners.

    >>> decide_chains([1.0], [2.0], True), decide_chains([1.0], [2.0], False), decide_chains([0.7], [2.0], True)
    ('supported', 'supported with caveats', 'mixed')
    """
    if min(*own, *world) > TOLERANCE:
        return SUPPORTED if by_partner else CAVEATS
    return MIXED if max(*own, *world) > TOLERANCE else CONTRADICTED


def chain_values(partner="all"):
    """Chain trade, all trade and the world's chain trade by year, mn US$, one frame a source; one partner or all ten.

    ``chain`` is the value that crosses more than one border (Borin and Mancini): with the partners in both directions
    (WIOD 2013); the foreign part of it only, by where it is finally absorbed (WIOD 2016); in China's exports to all
    (ADB, whose tables name no partners).
    """
    values = {}
    for source, table in _tables().items():
        world = table.groupby("year")["chain"].sum()
        if source != "ADB":
            values[source] = sum(_pair(source, code) for code in (MAIN if partner == "all" else (partner,)))
        elif partner == "all":
            values[source] = table[table["country"] == "CHN"].set_index("year")[["chain", "trade"]]
        else:
            continue
        values[source] = values[source].assign(world=world)
    return values


@cache
def _tables():
    """The three sources with columns ``chain`` and ``trade``: a row a pair (ADB: a country) and year."""
    absorbed, adb = load("wiod2016_by_absorption"), load("adb_participation").query("detail == 0")
    absorbed = absorbed.rename(columns={"exporter": "origin", "final_destination": "destination", "exports": "trade"})
    absorbed = absorbed[absorbed["origin"] != absorbed["destination"]]
    return {"WIOD 2013": load("chain_trade").rename(columns={"GVC": "chain", "GEXP": "trade"}),
            "WIOD 2016": absorbed.assign(chain=absorbed["trade"] - absorbed["domestic_value_added"]),
            "ADB": adb.assign(chain=adb["trade_share"] * adb["exports"], trade=adb["exports"])}


@cache
def _pair(source, partner):
    return two_way(_tables()[source], "CHN", partner, ["chain", "trade"])


def growth(partner="all"):
    """Growth a year of chain trade with a partner, beside all trade with it and the world's chain trade.

    The partners together have ADB's windows too, whose tables do not tell them apart.

    Returns ``source, start, end``; ``chain, trade, world`` (per cent a year); ``own`` and ``lead``: points by which
    chain trade outgrew the other two.
    """
    rows = []
    for source, frame in chain_values(partner).items():
        for start, end in WINDOWS[source]:
            rates = {column: annualised(100 * (frame[column][end] / frame[column][start] - 1), end - start)
                     for column in ("chain", "trade", "world")}
            rows.append({"source": source, "start": start, "end": end, **rates, "own": rates["chain"] - rates["trade"],
                         "lead": rates["chain"] - rates["world"]})
    return pd.DataFrame(rows)


def edition_gap():
    """Points by which the two WIOD releases differ on one quantity over the same years: foreign value, 2002 to 2011."""
    old = sum(two_way(load("chain_trade"), "CHN", partner, ["FC", "GEXP"]) for partner in MAIN)
    new = chain_values()["WIOD 2016"].rename(columns={"chain": "FC", "trade": "GEXP"})
    lead = [annualised(100 * (f["FC"][2011] / f["FC"][2002] - 1), 9)
            - annualised(100 * (f["GEXP"][2011] / f["GEXP"][2002] - 1), 9) for f in (old, new)]
    return abs(lead[1] - lead[0])


def printed_intermediates():
    """What China's customs printed on intermediates: with ASEAN, and in exports to Belt and Road countries.

    ``what``, ``year``, ``share_pct`` (printed, or from printed levels), ``level`` and ``total`` (bn yuan), ``sources``,
    ``published``: all after the article.
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


def foreign_content():
    """Foreign content of China's exports by year, per cent, from the shipped pairs (1995-2011)."""
    pairs = yearly().query("origin == 'CHN'").groupby("year")[["exports", "domestic_content"]].sum()
    return 100 * (1 - pairs["domestic_content"] / pairs["exports"])


def anchors():
    """Foreign content of China's exports here and as the OECD published it (edition of 2021), per cent."""
    printed_figures = load("headline_figures").set_index("id")["value"]
    adb = load("adb_participation").query("country == 'CHN' and detail == 0").set_index("year")["backward_share"]
    computed = {2008: (foreign_content()[2008], "WIOD 2013"), 2018: (100 * adb[2018], "ADB")}
    return pd.DataFrame([{"year": str(year), "here": share, "table": table, "id": f"tiva_fva_chn_{year}",
                          "OECD": printed_figures[f"tiva_fva_chn_{year}"]}
                         for year, (share, table) in computed.items()])


def border_shares():
    """China's trade with all regions, both directions, by the borders its value crosses: per cent by year.

    ``DAVAX`` (one border), ``GVCF`` (several, forward), ``GVCB`` (several, backward); rows add up to 100.
    """
    terms = load("chain_trade").query("origin == 'CHN' or destination == 'CHN'")
    sums = terms.groupby("year")[["GEXP", "DAVAX", "GVCF", "GVCB"]].sum()
    return 100 * sums[["DAVAX", "GVCF", "GVCB"]].div(sums["GEXP"], axis=0)


def live_terms(world):
    """China's exports to each region, taken apart from a table now, not read from the stored results (mn US$)."""
    return borin_mancini(world, "pair", exporters=["CHN"]).droplevel("country")


def content(terms):
    """China's exports to its main partners in bn US$ and what they hold, per cent of them; largest first."""
    sums = pd.DataFrame({p: terms.loc[members_in_table(p)].sum() for p in MAIN}).T
    shares = 100 * sums[["DC", "FC", "GVC"]].div(sums["GEXP"], axis=0)
    shares.columns = ["domestic", "foreign", "several borders"]
    frame = pd.concat([(sums["GEXP"] / 1000).rename("exports"), shares], axis=1).rename_axis("partner")
    return frame.sort_values("exports", ascending=False).reset_index()


def stored_gap(terms, year):
    """Largest difference between terms computed now and the stored ones of that year, mn US$."""
    stored = load("chain_trade").query("origin == 'CHN'")
    stored = stored[stored["year"] == year].set_index("destination")
    common = [column for column in terms.columns if column in stored.columns]
    return float((terms[common] - stored.loc[terms.index, common]).abs().max().max())


def alternatives():
    """Ways of counting: source, window, partners and rival; the value is the lead of chain trade, points a year."""
    rows = []
    for partner in ("all", *MAIN):
        who = "all ten" if partner == "all" else name(partner)
        rows += [{"source": row.source, "years": f"{row.start}-{row.end}",
                  "partners": "all, exports" if row.source == "ADB" else who, "rival": rival, "value": value}
                 for row in growth(partner).itertuples()
                 for rival, value in (("all trade", row.own), ("the world's chain trade", row.lead))]
    return count_ways(rows, lambda points: points > TOLERANCE)


def value_chains(claim):
    """Evidence and verdict of C10."""
    table = growth().set_index(["source", "start", "end"])
    then, now = (decide_chains(*table.loc[list(windows), ["own", "lead"]].T.values.tolist(), by_partner)
                 for windows, by_partner in ((NEWEST_THEN, True), (NEWEST_NOW, False)))
    evidence = [Evidence(f"{label}, growth a year {row.start}-{row.end}, {row.source}", value, "%",
                         sources=(IDS[row.source],), vintage=VINTAGES[row.source],
                         call="claims.c10_chain_growth.growth()")
                for row in table.reset_index().itertuples()
                for label, value in (("value-chain trade", row.chain), ("all trade, same partners", row.trade),
                                     ("the world's value-chain trade", row.world))]
    evidence.append(Evidence("difference of two releases on the same years", edition_gap(), "points a year",
                             sources=("WIOD2013_FULL", "WIOD2016_ICIO_DVA"), vintage="2013-11, 2016-11",
                             call="claims.c10_chain_growth.edition_gap()"))
    beside = [Evidence(f"share of intermediates in {row.what}, {row.year}", row.share_pct, "%", sources=row.sources,
                       vintage=row.published, call="claims.c10_chain_growth.printed_intermediates()")
              for row in printed_intermediates().itertuples()]
    row = table.loc["WIOD 2016", 2008, 2014]
    reason = (f"In the newest table by partner, chain trade grew {row['chain']:.1f} % a year, the world's "
              f"{row['world']:.1f}, but all trade with these partners {row['trade']:.1f}.")
    return Verdict(claim, then, now, reason, tuple(evidence), alternatives(), tuple(beside))
