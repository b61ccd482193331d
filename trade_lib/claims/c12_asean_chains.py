"""C12: are manufacturing ties with ASEAN close, and do they move to chains of higher value?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data import areas
from trade_lib.data.releases import printed
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import product_codes
from trade_lib.valuechain import indicators

SITC, SINGAPORE, ADB, KTI, DOTS = "UNCTAD_SITC1", "COMTRADE_SGP_HS2", "ADB62_VAX", "KTI_TIVA2021", "DOTS_ANNUAL_SAM"
WIOD = "WIOD2016_ICIO_DVA"
FLOWS = {"export": "China to ASEAN", "import": "ASEAN to China"}
# Nine of ten: the ADB's tables have no Myanmar. Six: those that the technology tables name.
NINE = ("BRN", "IDN", "KHM", "LAO", "MYS", "PHL", "SGP", "THA", "VNM")
SIX = ("IDN", "MYS", "PHL", "SGP", "THA", "VNM")
MANUFACTURES = ("5", "6", "7", "8")
HIGH_TECHNOLOGY_SECTOR = 3  # of the ADB's five: medium- to high-technology manufacturing
TOLERANCE = 1.0  # points: what editions of such tables differ by
SECTIONS, VALUE_THEN, VALUE_NOW = (2005, 2015), (2010, 2020), (2012, 2022)  # the last ten years known
SOURCES = {
    "machinery": "Sources: UNCTAD, SITC section 7 (about 2017); China's customs, mechanical and electrical products of "
                 "1993 and 2020 as printed in 2021, over IMF totals; UN Comtrade, Singapore's chapters 84-85 in ten "
                 "chapters (2025).",
    "sections": "Source: UNCTAD, SITC sections of China's trade with the ten members, about 2017-18.",
    "intermediate": "Source: China's customs as printed in 2023 and 2024; the figure of 2004 was printed in 2024 by a "
                    "secondary page.",
    "value added": "Source: ADB multi-regional input-output tables of mid-2023, nine members without Myanmar. Not "
                   "bilateral. Years 2001-2006 are missing.",
}


def decide_chains(close, machinery, value_added):
    """Verdict from: close or not; the change of machinery's share by flow, and of value added's share, in points.

    >>> [decide_chains(True, [2.0, 2.0], value) for value in (2.0, 0.5, -2.0)]
    ['supported', 'supported with caveats', 'mixed']
    """
    rises = [min(machinery) > TOLERANCE, value_added > TOLERANCE]
    falls = min(*machinery, value_added) < -TOLERANCE
    if close and any(rises) and not falls:
        return SUPPORTED if all(rises) else CAVEATS
    return MIXED if close or any(rises) else CONTRADICTED


def intermediate():
    """Intermediate goods in China-ASEAN trade: values as printed, their total (bn yuan), and the share they give."""
    heads = load("headline_figures").set_index("id")
    ids = ("gacc_asean_interm_2004", "gacc_asean_total_2004")
    rows = [{"year": 2004, "intermediate": heads.loc[ids[0], "value"], "total": heads.loc[ids[1], "value"],
             "published": "2024", "sources": ids}]
    for year in (2022, 2023):
        part, total = (printed("ASEAN", "total", "value", f"{year}-01", f"{year}-12", terms="CNY", scope=scope)
                       for scope in ("intermediate goods", "goods"))
        rows.append({"year": year, "intermediate": part["value"], "total": total["value"],
                     "published": part["published"], "sources": (part["id"], total["id"])})
    said = printed("ASEAN", "total", "share_pct", "2022-01", "2022-12", terms="", scope="intermediate goods")
    table = pd.DataFrame(rows)
    return table.assign(share=100 * table["intermediate"] / table["total"],
                        printed_share=table["year"].map({2022: said["value"]}))


def sections(table=None):
    """China's trade with the ten members by SITC section: 1995, 2005, 2015, US$; rows flow and year.

    Raises an error where the members with trade are not the same in all years.
    """
    table = load("sitc_sections") if table is None else table
    table = table[table["section"] != "total"]
    ten, frames = areas.members("ASEAN", 2021), {}
    for flow, side in (("export", "importer"), ("import", "exporter")):
        held = table[table[side].isin(ten)]
        present = held.groupby("year")[side].agg(lambda s: tuple(sorted(set(s))))
        if len(set(present)) > 1:
            raise TradeDataError("members with trade differ between the years", file="sitc_sections", column=side,
                                 value=str(present.index[0]), expected=", ".join(ten))
        frames[flow] = held.pivot_table(index="year", columns="section", values="value", aggfunc="sum").fillna(0.0)
    return pd.concat(frames, names=["flow", "year"])


def classes():
    """The sections of `sections` added up to classes of goods, US$; rows named after flow and year, for reading."""
    values = sections()
    names = product_codes.classify(values.columns, "SITC1")
    out = values.T.groupby(names.to_numpy()).sum().T
    return out.set_axis([f"{FLOWS[flow]}, {year}" for flow, year in out.index])


def manufactures():
    """Manufactured goods (SITC 5 to 8) in trade between China and ASEAN, per cent by flow and year."""
    values = sections()
    return 100 * values[list(MANUFACTURES)].sum(axis=1) / values.sum(axis=1)


def machinery():
    """Machinery's share of trade between China and ASEAN by every reading, in per cent.

    ``reading`` (section 7, printed, Singapore), ``flow`` (as China books it), ``year``, ``share``, ``sources``.
    """
    values = sections()
    share = 100 * values["7"] / values.sum(axis=1)
    rows = [{"reading": "section 7", "flow": f, "year": y, "share": s, "sources": (SITC,)}
            for (f, y), s in share.items()]
    for flow in FLOWS:
        for year in (1993, 2020):
            part = printed("ASEAN", flow, "value", f"{year}-01", f"{year}-12", scope="mechanical & electrical products")
            rows.append({"reading": "printed", "flow": flow, "year": year,
                         "share": 100 * part["value"] / _total(flow, year), "sources": (part["id"], DOTS)})
    table = load("singapore_hs2")
    machine = (product_codes.classify(table["chapter"], "HS2", "machinery") == "yes").to_numpy()
    for flow, side in (("export", "importer"), ("import", "exporter")):
        side_of = (table[side] == "SGP").to_numpy()
        part = table[side_of & machine].groupby("year")["value"].sum() / table[side_of].groupby("year")["value"].sum()
        rows += [{"reading": "Singapore", "flow": flow, "year": y, "share": 100 * s, "sources": (SINGAPORE,)}
                 for y, s in part.items()]
    return pd.DataFrame(rows)


def _total(flow, year):
    """China's trade with the ten members of today in a year, bn US$ (IMF)."""
    table = load("flows_annual_china")
    held = table[(table["source"] == DOTS) & (table["flow"] == flow) & (table["period"].astype(int) == year)]
    return held[held["partner"].isin(areas.members("ASEAN", 2021))]["value"].sum() / 1e9


def value_added():
    """Domestic value added in the exports of nine members, per cent by year: all sectors, and high technology."""
    table = indicators.value_added_share(list(NINE), 5)
    parts = {}
    for label, held in (("all", table), ("high technology", table[table["sector"] == HIGH_TECHNOLOGY_SECTOR])):
        sums = held.groupby(["year", "country"])[["value_added_exports", "exports"]].sum()
        total = held.groupby("year")[["value_added_exports", "exports"]].sum()
        wide = (sums["value_added_exports"] / sums["exports"]).unstack()
        parts[label] = 100 * wide.assign(ASEAN=total["value_added_exports"] / total["exports"])
    return pd.concat(parts, axis=1)


def indonesia():
    """China's value in exports that are absorbed in Indonesia, and Indonesia's in those absorbed in China, % (WIOD)."""
    table = load("wiod2016_by_absorption")
    pairs = table[table["exporter"].isin(["CHN", "IDN"]) & table["final_destination"].isin(["CHN", "IDN"])
                  & (table["exporter"] != table["final_destination"])]
    share = 100 * pairs["domestic_value_added"] / pairs["exports"]
    return share.groupby([pairs["year"], pairs["exporter"]]).first().unstack()


def technology_trade():
    """Exports of knowledge- and technology-intensive industries: six members and China, per cent of the world's."""
    table = load("kti_trade")
    exports = table[table["flow"] == "export"].pivot(index="year", columns="reporter", values="value")
    world = exports.sum(axis=1)
    return pd.DataFrame({"ASEAN": 100 * exports[list(SIX)].sum(axis=1) / world, "CHN": 100 * exports["CHN"] / world})


def changes(start=None):
    """The last ten years known (or the years since ``start``) of both measures of higher value: points.

    Returns ``measure, flow, start, end, change``; value added once to 2020, known then, and once to 2022.
    """
    share = machinery().query("reading == 'section 7'").set_index(["flow", "year"])["share"]
    added, first = value_added()["all", "ASEAN"], SECTIONS[0] if start is None else start
    if first not in (1995, 2005):
        raise TradeDataError("no sections of this year", column="year", value=first, expected="1995 or 2005")
    rows = [("machinery", FLOWS[flow], first, SECTIONS[1], share[flow, SECTIONS[1]] - share[flow, first])
            for flow in FLOWS]
    rows += [("value added", "ASEAN to the world", a, b, added[b] - added[a]) for a, b in (VALUE_THEN, VALUE_NOW)]
    return pd.DataFrame(rows, columns=["measure", "flow", "start", "end", "change"])


def alternatives():
    """Ways of counting higher value: reading, direction and years; the value is the change of the share, in points."""
    machines = machinery().set_index(["reading", "flow", "year"])["share"].sort_index()
    rows = []
    for reading, windows in (("section 7", ((1995, 2015), (1995, 2005), (2005, 2015))), ("printed", ((1993, 2020),)),
                             ("Singapore", ((2013, 2020), (2013, 2023)))):
        rows += [{"measure": "machinery", "reading": reading, "flow": FLOWS[flow], "years": f"{a}-{b}",
                  "value": machines[reading, flow, b] - machines[reading, flow, a]}
                 for flow in FLOWS for a, b in windows]
    added = value_added()
    rows += [{"measure": "value added", "reading": label, "flow": "ASEAN to the world", "years": f"{a}-{b}",
              "value": added[label, "ASEAN"][b] - added[label, "ASEAN"][a]}
             for label in ("all", "high technology") for a, b in ((2000, 2020), VALUE_THEN, VALUE_NOW)]
    return count_ways(rows, lambda points: points > TOLERANCE)


def higher_value(claim):
    """Evidence and verdict of C12."""
    middle, made = intermediate().set_index("year"), manufactures().xs(SECTIONS[1], level="year")
    table = changes()
    machines = table.loc[table["measure"] == "machinery", "change"].tolist()
    value = table[table["measure"] == "value added"].set_index("end")["change"]
    close = bool((made > 50).all())
    then = decide_chains(close, machines, value[VALUE_THEN[1]])
    now = decide_chains(close and middle["share"].iloc[-1] > 50, machines, value[VALUE_NOW[1]])
    call = "claims.c12_asean_chains."
    evidence = [Evidence(f"manufactured goods in trade, {FLOWS[flow]}, {SECTIONS[1]}", share, "%", None, None, (SITC,),
                         "about 2017-18", call + "manufactures()") for flow, share in made.items()]
    evidence += [Evidence(f"change of {row.measure}'s share, {row.flow}, {row.start}-{row.end}", row.change, "points",
                          None, None, (SITC,) if row.measure == "machinery" else (ADB,),
                          "about 2017-18" if row.measure == "machinery" else "mid-2023", call + "changes()")
                 for row in table.itertuples()]
    evidence += [Evidence(f"intermediate goods in trade with ASEAN, {row.Index}", row.share, "%", None, None,
                          row.sources, row.published, call + "intermediate()") for row in middle.itertuples()]
    technology, machine = technology_trade()["ASEAN"], machinery().query("reading != 'section 7'")
    beside = [Evidence(f"ASEAN's share of the world's technology exports, {year}", technology[year], "%", None, None,
                       (KTI,), "2021-11", call + "technology_trade()") for year in (2008, 2018)]
    beside += [Evidence(f"machinery's share, {row.reading}, {FLOWS[row.flow]}, {row.year}", row.share, "%", None, None,
                        row.sources, "2021-09-13" if row.reading == "printed" else "2025-04", call + "machinery()")
               for row in machine.itertuples() if row.year in (1993, 2013, 2020, 2023)]
    value_of = indonesia()
    beside += [Evidence(f"{who}'s own value in exports absorbed in {whom}, {year}", value_of.loc[year, code], "%",
                        None, None, (WIOD,), "2016-11", call + "indonesia()")
               for year in (value_of.index[0], value_of.index[-1])
               for code, who, whom in (("CHN", "China", "Indonesia"), ("IDN", "Indonesia", "China"))]
    reason = (f"The trade is mostly manufactured, but machinery's share fell by {-machines[0]:.0f} points from "
              f"{SECTIONS[0]} to {SECTIONS[1]} and value added by {-value[VALUE_THEN[1]]:.0f}.")
    return Verdict(claim, then, now, reason, tuple(evidence), alternatives(), tuple(beside))
