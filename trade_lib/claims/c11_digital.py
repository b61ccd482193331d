"""C11: did digitally deliverable services prove their advantage in the epidemic, and are they a bright spot?"""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.releases import TRUSTED, printed
from trade_lib.data.tables import load, series
from trade_lib.errors import TradeDataError
from trade_lib.measures import services

DDS, BATIS, GOODS = "UNCTAD_DDS", "BATIS_CHINA", "COMTRADE_CN"
VINTAGE = {DDS: "2025 (revised)", BATIS: "2021-01 (inferred)"}
PARTNERS = {"ASEAN": (), "AFRICA": ("SSD",), "RUS": (), "WORLD": ()}  # BaTIS has no South Sudan
TOLERANCE = 1.0  # points: revisions of the services figures are of this order
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

    >>> decide_digital([True, True, False]), decide_digital([True, False])
    ('supported with caveats', 'mixed')
    """
    held = sum(map(bool, tests))
    if held == len(tests):
        return SUPPORTED
    return CAVEATS if held > len(tests) / 2 else MIXED if held else CONTRADICTED


def yearly():
    """Digitally deliverable services and goods of China by flow, and the world's digital exports, by year, US$."""
    frame = {f"digital {flow}": services.digital_total("CHN", flow) for flow in ("export", "import")}
    frame |= {f"goods {flow}": goods(flow) for flow in ("export", "import")}
    frame["world digital export"] = services.digital_total("WORLD", "export")
    return pd.DataFrame(frame)


def goods(flow):
    """China's goods trade with the world by year, US$ (Comtrade, 2014 on)."""
    values = series("CHN", "WORLD", flow, source=GOODS, table="flows_annual_china")
    return values.set_axis(values.index.year)


def tests():
    """The rule's five tests: growth a year of the digital side and of goods, and the difference in points."""
    table = yearly()
    rows = []
    for window, start, end in (("epidemic", 2019, 2020), ("bright spot", 2019, 2022)):
        for flow in ("export", "import"):
            pair = [services.growth(table[f"{kind} {flow}"].dropna(), start, end)["yearly"]
                    for kind in ("digital", "goods")]
            rows.append((window, f"services {flow}s, {start}-{end}", *pair, (DDS, GOODS)))
    shop = printed("WORLD", "total", "yoy_pct", "2020-01", "2020-12", terms="CNY", scope="cross-border e-commerce")
    trade = printed("WORLD", "total", "yoy_pct", "2020-01", "2020-12", terms="CNY")
    rows.insert(2, ("epidemic", "cross-border e-commerce, 2020, yuan", shop["value"], trade["value"],
                    (shop["id"], trade["id"])))
    out = pd.DataFrame(rows, columns=["window", "test", "digital", "goods", "sources"])
    out.insert(4, "points", out["digital"] - out["goods"])
    return out.assign(holds=out["points"] > TOLERANCE)


def by_partner():
    """Services of China with partners, all and digitally deliverable, in BaTIS' first and last year (bn US$, %)."""
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
    """China's digitally deliverable services with the world by UNCTAD and by BaTIS, bn US$, and the gap in per cent."""
    parts = {}
    for flow in ("export", "import"):
        pair = pd.DataFrame({"unctad": services.digital_total("CHN", flow) / 1e9,
                             "batis": services.by_partner("WORLD", flow, "digital") / 1e9}).dropna()
        parts[flow] = pair.assign(gap=100 * (pair["unctad"] - pair["batis"]) / pair["unctad"])
    return pd.concat(parts, names=["flow", "year"])


def ecommerce():
    """Cross-border e-commerce of China with the world in each printing: value (bn yuan) and growth (per cent)."""
    table = load("official_figures")
    rows = table[(table["scope"] == "cross-border e-commerce") & (table["partner"] == "WORLD")
                 & (table["flow"] == "total") & (table["basis"] == "annual") & table["audit"].isin(TRUSTED)]
    keys = ["period_end", "published", "quoted_by"]
    wide = rows.pivot_table(index=keys, columns="measure", values="value").dropna(subset=["value", "yoy_pct"])
    ids = rows[rows["measure"] != "share_pct"].groupby(keys)["id"].agg(tuple)
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


def leads(end=2022):
    """Growth a year of China's digital services from 2019, and its lead over goods, its own past and the world."""
    table = yearly()
    for kind in ("digital", "goods"):
        table[f"{kind} total"] = table[f"{kind} export"] + table[f"{kind} import"]
    known = table.dropna().index
    if end not in known or end <= 2019:
        raise TradeDataError("no growth from 2019 to this year", column="year", value=end,
                             expected=f"2020 to {known.max()}")
    rows = []
    for flow in ("export", "import", "total"):
        own, goods_pace = (services.growth(table[f"{kind} {flow}"].dropna(), 2019, end)["yearly"]
                           for kind in ("digital", "goods"))
        rivals = {"goods": goods_pace,
                  "its own growth, 2014-2019": services.growth(table[f"digital {flow}"], 2014, 2019)["yearly"]}
        if flow == "export":
            rivals["the world's digital exports"] = services.growth(table["world digital export"], 2019, end)["yearly"]
        rows += [{"years": f"2019-{end}", "flow": flow, "rival": rival, "growth": own, "value": own - pace}
                 for rival, pace in rivals.items()]
    return pd.DataFrame(rows)


def digital(claim):
    """Evidence and verdict of C11."""
    table = tests()
    epidemic = table["window"] == "epidemic"
    then, now = decide_digital(table.loc[epidemic, "holds"]), decide_digital(table["holds"])
    evidence = [Evidence(f"{row.test}: {what}", value, "%", None, None, row.sources,
                         VINTAGE[DDS] if DDS in row.sources else "2021-01", "claims.c11_digital.tests()")
                for row in table.itertuples() for what, value in (("digital", row.digital), ("goods", row.goods))]
    every = pd.concat([leads(end) for end in (2020, 2021, 2022, 2023)])
    rivals = every[every["rival"] != "goods"]
    beside = [Evidence(f"lead of digital {row.flow}s over {row.rival}, {row.years}", row.value, "points a year", None,
                       None, (DDS,), VINTAGE[DDS], "claims.c11_digital.leads()")
              for row in rivals[rivals["years"].isin(["2019-2020", "2019-2022"])].itertuples()]
    other = two_sources().loc[("export", 2019), "batis"]
    beside.append(Evidence("digitally deliverable exports, 2019, other source", other, "bn US$", None, None, (BATIS,),
                           VINTAGE[BATIS], "claims.c11_digital.two_sources()"))
    asean = services.by_partner("ASEAN", "export") / 1e9
    beside += [Evidence(f"services exports to ASEAN, {year}", asean[year], "bn US$", None, None, (BATIS,),
                        VINTAGE[BATIS], "services.by_partner('ASEAN', 'export')") for year in (2005, 2019)]
    lead = table.set_index("test")
    first, shop = lead.loc["services exports, 2019-2020"], lead.loc["cross-border e-commerce, 2020, yuan"]
    reason = (f"In 2020 digital services exports grew {first['digital']:.1f} % and goods {first['goods']:.1f}, and "
              f"online sales across borders grew {shop['digital']:.1f} %.")
    ways = every[every["rival"] == "goods"][["years", "flow", "value"]].to_dict("records")
    return Verdict(claim, then, now, reason, tuple(evidence), count_ways(ways, lambda points: points > TOLERANCE),
                   tuple(beside))


def items_of(partner, flow="export", year=2019):
    """Main services of one flow with a partner in a year: bn US$ and whether digitally deliverable."""
    names = services.items()
    table = load("services_partners")
    who = services.by_partner(partner, flow, "S", PARTNERS.get(partner, ())).attrs["members"]
    held = table[table["partner"].isin(who) & (table["flow"] == flow) & (table["year"] == year)]
    value = held.groupby("item")["value"].sum() / 1e9
    main = names[names["level"] == "main"]
    return main[["name", "digital"]].assign(value=value.reindex(main.index)).sort_values("value", ascending=False)
