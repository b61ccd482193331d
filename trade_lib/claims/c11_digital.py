"""C11: did digitally deliverable services prove their advantage in the epidemic, and are they a bright spot?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data.releases import TRUSTED, printed
from trade_lib.data.tables import load, series
from trade_lib.measures import services

DDS, BATIS, GOODS = "UNCTAD_DDS", "BATIS_CHINA", "COMTRADE_CN"
VINTAGE = {DDS: "2025 (revised)", BATIS: "2021-01 (inferred)"}
PARTNERS = {"ASEAN": (), "AFRICA": ("SSD",), "RUS": (), "WORLD": ()}  # BaTIS has no South Sudan
SOURCES = {
    "index": "Sources: UNCTAD, digitally deliverable services, vintage 2025 (not what was known in 2021); goods: UN "
             "Comtrade, 2026-03.",
    "partners": "Source: OECD-WTO BaTIS, balanced and partly estimated values, 2005-2019; nothing by partner after. "
                "Africa without South Sudan.",
    "sources": "Sources: UNCTAD, vintage 2025; OECD-WTO BaTIS, edition of 2021 (inferred). Both kept, none corrected.",
    "ecommerce": "Source: China's customs as printed, first and latest printing of each year.",
}


def decide_digital(tests):
    """Verdict from the tests of a window: all, most, some or none hold.

    Examples
    --------
    >>> decide_digital([True, True, False]), decide_digital([True, False])
    ('supported with caveats', 'mixed')
    """
    held = sum(map(bool, tests))
    if held == len(tests):
        return SUPPORTED
    return CAVEATS if held > len(tests) / 2 else MIXED if held else CONTRADICTED


def yearly():
    """Digitally deliverable services and goods of China and the world by year, US$.

    Returns
    -------
    pandas.DataFrame
        By year: ``digital export``, ``digital import``, ``goods export``, ``goods import`` of China, and
        ``world digital export``.
    """
    frame = {f"digital {flow}": services.digital_total("CHN", flow) for flow in ("export", "import")}
    frame |= {f"goods {flow}": goods(flow) for flow in ("export", "import")}
    frame["world digital export"] = services.digital_total("WORLD", "export")
    return pd.DataFrame(frame)


def goods(flow):
    """China's goods trade with the world by year, US$ (Comtrade, 2014 on)."""
    values = series("CHN", "WORLD", flow, source=GOODS, table="flows_annual_china")
    return values.set_axis(values.index.year)


def tests():
    """The rule's five tests: growth of the digital side, of the other side, and the difference in points.

    Returns
    -------
    pandas.DataFrame
        ``window`` (epidemic, bright spot), ``test``, ``digital``, ``goods`` (per cent), ``points``, ``holds``,
        ``sources``.
    """
    table = yearly()
    rows = []
    for window, start, end in (("epidemic", 2019, 2020), ("bright spot", 2019, 2022)):
        for flow in ("export", "import"):
            pair = [services.growth(table[f"{kind} {flow}"].dropna(), start, end)["total"]
                    for kind in ("digital", "goods")]
            rows.append((window, f"services {flow}s, {start}-{end}", *pair, (DDS, GOODS)))
    shop = printed("WORLD", "total", "yoy_pct", "2020-01", "2020-12", terms="CNY", scope="cross-border e-commerce")
    trade = printed("WORLD", "total", "yoy_pct", "2020-01", "2020-12", terms="CNY")
    rows.insert(2, ("epidemic", "cross-border e-commerce, 2020, yuan", shop["value"], trade["value"],
                    (shop["id"], trade["id"])))
    out = pd.DataFrame(rows, columns=["window", "test", "digital", "goods", "sources"])
    out.insert(4, "points", out["digital"] - out["goods"])
    return out.assign(holds=out["points"] > 0)


def by_partner():
    """Services of China with partners, all and digitally deliverable, first and last year of BaTIS.

    Returns
    -------
    pandas.DataFrame
        ``partner``, ``flow``, ``all_2005``, ``all_2019``, ``digital_2019`` (bn US$), ``growth`` and
        ``digital_growth`` (per cent a year), ``digital_share`` (per cent of 2019).
    """
    rows = []
    for partner, without in PARTNERS.items():
        for flow in ("export", "import"):
            total, part = (services.by_partner(partner, flow, item, without) / 1e9 for item in ("S", "digital"))
            rows.append({"partner": partner, "flow": flow, "all_2005": total[2005], "all_2019": total[2019],
                         "digital_2019": part[2019], "growth": services.growth(total, 2005, 2019)["yearly"],
                         "digital_growth": services.growth(part, 2005, 2019)["yearly"],
                         "digital_share": 100 * part[2019] / total[2019]})
    return pd.DataFrame(rows)


def two_sources():
    """China's digitally deliverable services with the world by UNCTAD and by BaTIS, bn US$, 2010-2019.

    Returns
    -------
    pandas.DataFrame
        By flow and year: ``unctad``, ``batis``, ``gap`` (per cent of UNCTAD's).
    """
    parts = {}
    for flow in ("export", "import"):
        pair = pd.DataFrame({"unctad": services.digital_total("CHN", flow) / 1e9,
                             "batis": services.by_partner("WORLD", flow, "digital") / 1e9}).dropna()
        parts[flow] = pair.assign(gap=100 * (pair["unctad"] - pair["batis"]) / pair["unctad"])
    return pd.concat(parts, names=["flow", "year"])


def ecommerce():
    """Cross-border e-commerce of China with the world in each printing: value (bn yuan) and growth (per cent).

    Returns
    -------
    pandas.DataFrame
        ``year``, ``value``, ``growth``, ``published``, ``quoted_by``, ``ids``.
    """
    table = load("official_figures")
    here = table[(table["scope"] == "cross-border e-commerce") & (table["partner"] == "WORLD")
                 & (table["flow"] == "total") & (table["basis"] == "annual") & table["audit"].isin(TRUSTED)]
    keys = ["period_end", "published", "quoted_by"]
    wide = here.pivot_table(index=keys, columns="measure", values="value").dropna(subset=["value", "yoy_pct"])
    ids = here[here["measure"] != "share_pct"].groupby(keys)["id"].agg(tuple)
    out = wide.assign(ids=ids).reset_index()
    out.insert(0, "year", out["period_end"].dt.year)
    return out.rename(columns={"yoy_pct": "growth"})[["year", "value", "growth", "published", "quoted_by", "ids"]]


def other_services():
    """Growth of digitally deliverable and of all other services of China by BaTIS, 2014-2019, per cent a year."""
    rows = {}
    for flow in ("export", "import"):
        total, part = (services.by_partner("WORLD", flow, item) for item in ("S", "digital"))
        rows[flow] = {"digital": services.growth(part, 2014, 2019)["yearly"],
                      "other": services.growth(total - part, 2014, 2019)["yearly"]}
    return pd.DataFrame(rows).T


def alternatives():
    """The multiverse: windows, flows and rivals for the digital side; the value is the lead in points a year."""
    table = yearly()
    table["digital total"] = table["digital export"] + table["digital import"]
    table["goods total"] = table["goods export"] + table["goods import"]
    before = {flow: services.growth(table[f"digital {flow}"], 2014, 2019)["yearly"] for flow in
              ("export", "import", "total")}
    rows = []
    for start, end in ((2019, 2020), (2019, 2021), (2019, 2022), (2019, 2023)):
        window = f"{start}-{end}"
        for flow in ("export", "import", "total"):
            own = services.growth(table[f"digital {flow}"], start, end)["yearly"]
            rival = services.growth(table[f"goods {flow}"].dropna(), start, end)["yearly"]
            rows += [{"window": window, "flow": flow, "against": "goods", "value": own - rival},
                     {"window": window, "flow": flow, "against": "its own growth, 2014-2019",
                      "value": own - before[flow]}]
        own, world = (services.growth(table[name], start, end)["yearly"] for name in
                      ("digital export", "world digital export"))
        rows.append({"window": window, "flow": "export", "against": "the world's digital exports",
                     "value": own - world})
    return rows


def digital(claim):
    """Evidence and verdict of C11."""
    table = tests()
    epidemic = table["window"] == "epidemic"
    then, now = decide_digital(table.loc[epidemic, "holds"]), decide_digital(table["holds"])
    specs = count_ways(alternatives(), lambda points: points > 0)
    values = yearly()
    evidence = [Evidence(f"{row.test}: {what}", value, "%", None, None, row.sources,
                         VINTAGE[DDS] if DDS in row.sources else "2021-01", "claims.digital.tests()")
                for row in table.itertuples() for what, value in (("digital", row.digital), ("goods", row.goods))]
    evidence += [Evidence(f"digitally deliverable exports, {year}", values.loc[year, "digital export"] / 1e9, "bn US$",
                          None, None, (DDS,), VINTAGE[DDS], "services.digital_total('CHN', 'export')")
                 for year in (2019, 2022)]
    other = two_sources().loc[("export", 2019), "batis"]
    evidence.append(Evidence("digitally deliverable exports, 2019, other source", other, "bn US$", None, None, (BATIS,),
                             VINTAGE[BATIS], "services.by_partner('WORLD', 'export', 'digital')"))
    asean = services.by_partner("ASEAN", "export") / 1e9
    evidence += [Evidence(f"services exports to ASEAN, {year}", asean[year], "bn US$", None, None, (BATIS,),
                          VINTAGE[BATIS], "services.by_partner('ASEAN', 'export')") for year in (2005, 2019)]
    lead = table.set_index("test")
    e20, e22 = (lead.loc[f"services exports, 2019-{y}"] for y in (2020, 2022))
    i22 = lead.loc["services imports, 2019-2022"]
    shop = lead.loc["cross-border e-commerce, 2020, yuan"]
    why = (f"In 2020 digital services exports grew {e20['digital']:.1f} % against {e20['goods']:.1f} % for goods, "
           f"e-commerce {shop['digital']:.1f} against {shop['goods']:.1f} %; but over 2019-2022 {e22['digital']:.0f} "
           f"against {e22['goods']:.0f} % (imports {i22['digital']:.0f} and {i22['goods']:.0f} %). No data by partner "
           f"after 2019. Holds in {held_text(specs)} comparisons.")
    return Verdict(claim, then, now, why, tuple(evidence), specs)


def items_of(partner, flow="export", year=2019):
    """Main services of one flow with a partner in a year: bn US$ and whether digitally deliverable."""
    names = services.items()
    table = load("services_partners")
    who = services.by_partner(partner, flow, "S", PARTNERS.get(partner, ())).attrs["members"]
    held = table[table["partner"].isin(who) & (table["flow"] == flow) & (table["year"] == year)]
    value = held.groupby("item")["value"].sum() / 1e9
    main = names[names["level"] == "main"]
    return main[["name", "digital"]].assign(value=value.reindex(main.index)).sort_values("value", ascending=False)
