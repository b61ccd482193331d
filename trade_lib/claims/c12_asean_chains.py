"""C12: are manufacturing ties with ASEAN close, and do they move to chains of higher value?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data import areas
from trade_lib.data.releases import printed
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import product_codes, products
from trade_lib.valuechain import indicators

SITC, SINGAPORE, ADB, KTI, DOTS = "UNCTAD_SITC1", "COMTRADE_SGP_HS2", "ADB62_VAX", "KTI_TIVA2021", "DOTS_ANNUAL_SAM"
FLOWS = {"export": "China to ASEAN", "import": "ASEAN to China"}
# Nine of ten: the ADB's tables have no Myanmar. Six: those that the technology tables name.
NINE = ("BRN", "IDN", "KHM", "LAO", "MYS", "PHL", "SGP", "THA", "VNM")
SIX = ("IDN", "MYS", "PHL", "SGP", "THA", "VNM")
VINTAGES = {"section 7": "about 2017-18", "printed": "2021-09-13", "Singapore": "2025-04"}
HIGH_TECHNOLOGY_SECTOR = 3  # of the ADB's five: medium- to high-technology manufacturing
SOURCES = {
    "machinery": "Sources: UNCTAD, SITC section 7 (about 2017); China's customs, mechanical and electrical products as "
                 "printed in 2021, over IMF totals; UN Comtrade, Singapore's chapters 84-85 in ten chapters (2025).",
    "sections": "Source: UNCTAD, SITC sections of China's trade with the ten members, about 2017-18.",
    "intermediate": "Source: China's customs as printed in 2023 and 2024; the figure of 2004 was printed in 2024 by a "
                    "secondary page.",
    "all": "Sources: UNCTAD; China's customs as printed; IMF; UN Comtrade (Singapore); ADB input-output tables of "
           "mid-2023; NCSES from OECD TiVA (2021).",
    "value added": "Source: ADB multi-regional input-output tables of mid-2023, nine members without Myanmar. Not "
                   "bilateral. Years 2001-2006 are missing.",
}


def decide_chains(close, long_run, recent, value_added):
    """Verdict from: intermediates above half; machinery's share rising by flow, long run and recent; value added.

    Parameters
    ----------
    close : bool
    long_run, recent : list of bool
        China's exports, China's imports: does machinery's share rise?
    value_added : bool
        Does the domestic value-added share of ASEAN's exports rise?

    Examples
    --------
    >>> decide_chains(True, [True, True], [True, False], True)
    'supported with caveats'
    """
    if not close or not any(long_run):
        return CONTRADICTED
    if not all(long_run):
        return MIXED
    return SUPPORTED if all(recent) and value_added else CAVEATS


def intermediate():
    """Intermediate goods in China-ASEAN trade: the printed values, their total, and the share they give.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``intermediate``, ``total`` (bn yuan), ``share`` (per cent, computed), ``printed_share``,
        ``published``, ``sources``.
    """
    heads = load("headline_figures").set_index("id")
    parts = {2004: (heads.loc["gacc_asean_interm_2004", "value"], heads.loc["gacc_asean_total_2004", "value"], "2024",
                    ("gacc_asean_interm_2004", "gacc_asean_total_2004"))}
    for year in (2022, 2023):
        part, total = (printed("ASEAN", "total", "value", f"{year}-01", f"{year}-12", terms="CNY", scope=scope)
                       for scope in ("intermediate goods", "goods"))
        parts[year] = (part["value"], total["value"], part["published"], (part["id"], total["id"]))
    rows = [{"year": year, "intermediate": part, "total": total,
             "share": 100 * products.shares(pd.Series({"part": part}), total)["part"], "published": published,
             "sources": sources} for year, (part, total, published, sources) in parts.items()]
    said = printed("ASEAN", "total", "share_pct", "2022-01", "2022-12", terms="", scope="intermediate goods")
    return pd.DataFrame(rows).assign(printed_share=lambda t: t["year"].map({2022: said["value"]}))


def sections(table=None):
    """China's trade with the ten members by SITC section: 1995, 2005, 2015, US$.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        Instead of the shipped table ``sitc_sections``.

    Returns
    -------
    pandas.DataFrame
        Rows flow and year, columns sections.

    Raises
    ------
    TradeDataError
        The members with trade are not the same in all years.
    """
    table = load("sitc_sections") if table is None else table
    table = table[table["section"] != "total"]
    ten, frames = areas.members("ASEAN", 2021), {}
    for flow, side in (("export", "importer"), ("import", "exporter")):
        held = table[table[side].isin(ten)]
        found = held.groupby("year")[side].agg(lambda s: tuple(sorted(set(s))))
        if len(set(found)) > 1:
            raise TradeDataError("members with trade differ between the years", file="sitc_sections", column=side,
                                 value=str(found.index[0]), expected=", ".join(ten))
        frames[flow] = held.pivot_table(index="year", columns="section", values="value", aggfunc="sum").fillna(0.0)
    return pd.concat(frames, names=["flow", "year"])


def classes():
    """The sections of `sections` added up to classes of goods, US$; rows named after flow and year, for reading."""
    values = sections()
    names = product_codes.classify(values.columns, "SITC1")
    out = values.T.groupby(names.to_numpy()).sum().T
    return out.set_axis([f"{FLOWS[flow]}, {year}" for flow, year in out.index])


def machinery():
    """Machinery's share of trade between China and ASEAN by every reading, in per cent.

    Returns
    -------
    pandas.DataFrame
        ``reading`` (section 7, printed, Singapore), ``flow`` (as China books it), ``year``, ``share``, ``sources``.
    """
    values = sections()
    share = 100 * values["7"] / values.sum(axis=1)
    rows = [{"reading": "section 7", "flow": f, "year": y, "share": s, "sources": (SITC,)}
            for (f, y), s in share.items()]
    for flow in FLOWS:
        for year in (1993, 2020):
            part = printed("ASEAN", flow, "value", f"{year}-01", f"{year}-12", scope="mechanical & electrical products")
            whole = products.shares(pd.Series({"part": part["value"]}), _total(flow, year))
            rows.append({"reading": "printed", "flow": flow, "year": year, "share": 100 * whole["part"],
                         "sources": (part["id"], DOTS)})
    table = load("singapore_hs2")
    machine = (product_codes.classify(table["chapter"], "HS2", "machinery") == "yes").to_numpy()
    for flow, side in (("export", "importer"), ("import", "exporter")):
        here = (table[side] == "SGP").to_numpy()
        part = table[here & machine].groupby("year")["value"].sum() / table[here].groupby("year")["value"].sum()
        rows += [{"reading": "Singapore", "flow": flow, "year": y, "share": 100 * s, "sources": (SINGAPORE,)}
                 for y, s in part.items()]
    return pd.DataFrame(rows)


def _total(flow, year):
    """China's trade with the ten members of today in a year, bn US$ (IMF)."""
    table = load("flows_annual_china")
    ten = areas.members("ASEAN", 2021)
    held = table[(table["source"] == DOTS) & (table["flow"] == flow) & table["partner"].isin(ten)]
    return held[held["period"].astype(int) == year]["value"].sum() / 1e9


def value_added():
    """Domestic value added in the exports of nine members, per cent: all sectors, and high-technology manufacturing.

    Returns
    -------
    pandas.DataFrame
        By year: a column a member and ``ASEAN``; the outer columns are ``all`` and ``high technology``.
    """
    table = indicators.value_added_share(list(NINE), 5)
    parts = {}
    for name, held in (("all", table), ("high technology", table[table["sector"] == HIGH_TECHNOLOGY_SECTOR])):
        sums = held.groupby(["year", "country"])[["value_added_exports", "exports"]].sum()
        total = held.groupby("year")[["value_added_exports", "exports"]].sum()
        wide = (sums["value_added_exports"] / sums["exports"]).unstack()
        parts[name] = 100 * wide.assign(ASEAN=total["value_added_exports"] / total["exports"])
    return pd.concat(parts, axis=1)


def technology_trade():
    """Exports of knowledge- and technology-intensive industries: six members and China, per cent of the world's."""
    table = load("kti_trade")
    exports = table[table["flow"] == "export"].pivot(index="year", columns="reporter", values="value")
    world = exports.sum(axis=1)
    return pd.DataFrame({"ASEAN": 100 * exports[list(SIX)].sum(axis=1) / world, "CHN": 100 * exports["CHN"] / world})


def alternatives():
    """The multiverse: measures and windows of higher value; the value is the change of the share, in points."""
    machines = machinery().set_index(["reading", "flow", "year"])["share"].sort_index()
    rows = []
    for reading, windows in (("section 7", ((1995, 2015), (1995, 2005), (2005, 2015))), ("printed", ((1993, 2020),)),
                             ("Singapore", ((2013, 2020), (2013, 2023)))):
        rows += [{"measure": f"machinery, {reading}", "flow": FLOWS[flow], "window": f"{a}-{b}",
                  "value": machines[reading, flow, b] - machines[reading, flow, a]}
                 for flow in FLOWS for a, b in windows]
    added = value_added()
    rows += [{"measure": f"value added, {name}", "flow": "ASEAN to the world", "window": f"{a}-{b}",
              "value": added[name, "ASEAN"][b] - added[name, "ASEAN"][a]}
             for name in ("all", "high technology") for a, b in ((2000, 2020), (2000, 2022), (2013, 2022))]
    technology = technology_trade()["ASEAN"]
    rows.append({"measure": "share of the world's technology exports", "flow": "ASEAN to the world",
                 "window": "2002-2018", "value": technology[2018] - technology[2002]})
    middle = intermediate().set_index("year")["share"]
    rows += [{"measure": "intermediate goods", "flow": "both", "window": f"2004-{y}", "value": middle[y] - middle[2004]}
             for y in (2022, 2023)]
    return rows


def _since(one):
    """What the sections say of the years after 2005, in words."""
    fell = sum(one["section 7", flow, 2015] < one["section 7", flow, 2005] for flow in FLOWS)
    return ("and went on after 2005", "but fell in one direction after 2005", "but fell after 2005")[fell]


def higher_value(claim):
    """Evidence and verdict of C12."""
    middle, machines, added = intermediate(), machinery(), value_added()
    one = machines.set_index(["reading", "flow", "year"])["share"].sort_index()
    rise = {(r, a, b): [bool(one[r, f, b] > one[r, f, a]) for f in FLOWS]
            for r, a, b in (("section 7", 1995, 2015), ("printed", 1993, 2020), ("Singapore", 2013, 2020),
                            ("Singapore", 2013, 2023))}
    long_run = [a and b for a, b in zip(rise["section 7", 1995, 2015], rise["printed", 1993, 2020], strict=True)]
    whole = added["all", "ASEAN"]
    share = middle.set_index("year")["share"]
    then = decide_chains(share[2004] > 50, long_run, rise["Singapore", 2013, 2020], whole[2020] > whole[2000])
    now = decide_chains(share[2022] > 50, long_run, rise["Singapore", 2013, 2023], whole[2022] > whole[2000])
    specs = count_ways(alternatives(), lambda points: points > 0)
    evidence = [Evidence(f"intermediate goods in trade with ASEAN, {row.year}", row.share, "%", None, None, row.sources,
                         row.published, "claims.asean_chains.intermediate()") for row in middle.itertuples()]
    first_last = {"section 7": (1995, 2015), "printed": (1993, 2020), "Singapore": (2013, 2020, 2023)}
    evidence += [Evidence(f"machinery's share, {row.reading}, {FLOWS[row.flow]}, {row.year}", row.share, "%", None,
                          None, row.sources, VINTAGES[row.reading], "claims.asean_chains.machinery()")
                 for row in machines.itertuples() if row.year in first_last[row.reading]]
    evidence += [Evidence(f"domestic value added in exports, nine members, {year}", whole[year], "%", None, None,
                          (ADB,), "mid-2023", "claims.asean_chains.value_added()") for year in (2000, 2020, 2022)]
    exports, imports = (one["printed", flow] for flow in FLOWS)
    why = (f"Intermediates are {share[2022]:.0f} % of the trade (2022). From 1993 to 2020 machinery rose from "
           f"{exports[1993]:.0f} to {exports[2020]:.0f} % of China's exports and {imports[1993]:.0f} to "
           f"{imports[2020]:.0f} % of its imports, {_since(one)} (sections); domestic value added in ASEAN's exports "
           f"went from {whole[2000]:.0f} to {whole[2022]:.0f} %. Holds in {held_text(specs)} readings.")
    return Verdict(claim, then, now, why, tuple(evidence), specs)
