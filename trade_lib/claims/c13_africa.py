"""C13: do imports from Africa move beyond resources, farm products above all? Bounds, because no one table says."""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data import areas
from trade_lib.data.releases import printed
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import product_codes, products
from trade_lib.measures.growth import annualised
from trade_lib.measures.prices import monthly, yearly

PLEDGE, FARM, PRINT_2015 = "FACT04", "OF0195", "OF1724"
EARLY, LATE, BACI = "DOTS_ANNUAL_SAM", "DOTS_ANNUAL_LIN", "BACI_2000_2020"
WTO, SITC, THREE = "WTO_MINERALS", "UNCTAD_SITC1", "COMTRADE_CN_HS6_3"
PETROLEUM = ("2709", "2710")  # the WTO's minerals and metals hold all of chapter 27 but these
THEN, NOW = (2011, 2020), (2011, 2022)  # one method in both years: minerals and metals, and known petroleum
TOLERANCE = 1.0  # points a year that farm imports have to lead by
SOURCES = {
    "bounds": "Sources: UNCTAD (SITC sections, about 2017); WTO (minerals and metals, 2025-02) and UN Comtrade "
              "(petroleum of three countries, 2026-03); totals: China's customs by way of the IMF (2022), 2015 as "
              "customs printed it. All 54 states in every year. Bars are bounds: the truth lies anywhere inside.",
    "farm": "Sources: China's customs and commerce ministry as printed (see ids); totals: customs by way of the IMF, "
            "2015 as printed; CEPII BACI; yuan rates: US Federal Reserve.",
    "sections": "Source: UNCTAD, China's imports by SITC section, about 2017-18.",
}


def decide_africa(pledge, farm_leads, change):
    """Verdict from: a dated pledge; the points by which farm imports outgrew all; what the bounds prove of the share.

    ``change`` is ``rise``, ``fall`` or ``overlap`` (`trade_lib.measures.products.bounds_change`). Overlapping bounds
    prove nothing and count for neither side.

    >>> decide_africa(True, [8.7, 4.9], "overlap"), decide_africa(True, [8.7, 4.9], "rise")
    ('mixed', 'supported')
    """
    faster = [lead > TOLERANCE for lead in farm_leads]
    if not pledge or not any(faster) and change != "rise":
        return CONTRADICTED
    if change == "rise" and any(faster):
        return SUPPORTED if all(faster) else CAVEATS
    return MIXED


def africa():
    """The 54 African states, the same in every year (South Sudan's trade is Sudan's before 2011)."""
    return areas.members("AFRICA", 2021)


def totals():
    """China's imports from Africa by year, bn US$: customs by way of the IMF; 2015 as customs printed it, in yuan.

    The IMF's copy of 2015 lacks South Africa's gold and is a fifth too low.
    """
    table = load("flows_annual_china")
    table = table[(table["flow"] == "import") & table["partner"].isin(africa())]
    early, late = (table[table["source"] == source].groupby(table["period"].astype(int))["value"].sum() / 1e9
                   for source in (EARLY, LATE))
    out = late.combine_first(early)
    stated = load("official_figures").set_index("id").loc[PRINT_2015, "value"]
    out[2015] = stated / yearly("cny_per_usd")[2015]
    return out.sort_index()


def section_values():
    """China's imports from Africa (``africa``) and from all partners (``all``) by year and SITC section, US$."""
    table = load("sitc_sections")
    table = table[(table["importer"] == "CHN") & (table["section"] != "total")]
    keys = ["year", "section"]
    return pd.DataFrame({"africa": table[table["exporter"].isin(africa())].groupby(keys)["value"].sum(),
                         "all": table.groupby(keys)["value"].sum()}).fillna(0.0)


def known():
    """What is known of imports from Africa by year, bn US$: surely a ``resource``, surely ``other``, and ``total``.

    Of two tables that cover a year the one that knows more counts. South Africa's gold, booked without a product to
    2014, is in the total only: it widens the bounds.
    """
    sections = section_values()["africa"].rename("value").reset_index()
    marks = product_codes.classify(sections["section"], "SITC1", "resource").to_numpy()
    by_section = sections.pivot_table(index="year", columns=marks, values="value", aggfunc="sum") / 1e9
    top = load("hs6_top")
    top = top[(top["source"] == THREE) & top["exporter"].isin(africa())]
    oil = top[top["hs6"].str[:4].isin(PETROLEUM)].groupby("year")["value"].sum()
    plain = (product_codes.classify(top["hs6"], "HS2", "resource") == "no").to_numpy()
    other = top[plain].groupby("year")["value"].sum()
    wto = load("minerals_metals")
    wto = wto[wto["exporter"].isin(africa())].groupby("year")["value"].sum()
    minerals = (wto + oil).dropna() / 1e9
    frame = pd.DataFrame({"resource": pd.concat([by_section["yes"], minerals], axis=1).max(axis=1)})
    frame["other"] = pd.concat([by_section["no"], other / 1e9], axis=1).max(axis=1)
    return frame.assign(total=totals()).sort_index()


def bounds():
    """Bounds on the share of imports from Africa that is not a resource, by year: ``low``, ``high`` (%), ``total``."""
    table = known()
    return pd.DataFrame({"low": 100 * table["other"] / table["total"],
                         "high": 100 * (1 - table["resource"] / table["total"]), "total": table["total"]})


def change(first, last, table=None):
    """What the bounds prove between two years: ``rise``, ``fall``, ``overlap``."""
    table = bounds() if table is None else table
    for year in (first, last):
        if year not in table.index:
            raise TradeDataError("no bounds for the year", column="year", value=year,
                                 expected=", ".join(map(str, table.index)))
    return products.bounds_change(*(tuple(table.loc[year, ["low", "high"]] / 100) for year in (first, last)))


def farm_windows():
    """Growth of farm trade with Africa beside that of all trade, window by window, per cent a year.

    The page that prints the five-year rate names neither its base year nor its currency: both readings of both stand
    here, and BACI's account of all imports beside customs'.

    Returns ``years``, ``flow``, ``all by`` (whose account, in what), ``farm``, ``all``, ``lead``, ``published``,
    ``sources``.
    """
    stated = load("official_figures").set_index("id")
    five, dollars, rate = stated.loc[FARM], totals(), yearly("cny_per_usd")
    flows = load("flows_bilateral").query("importer == 'CHN'")
    baci = flows[flows["exporter"].isin(africa())].groupby("year")["value"].sum()
    rows, customs = [], (EARLY, PRINT_2015, "PRICES")
    for base in (2015, 2016):
        for account, values, ids in (("customs, yuan", dollars * rate, customs), ("customs, US$", dollars, customs),
                                     ("BACI, US$", baci, (BACI,))):
            rows.append({"years": f"{base}-2020", "flow": "import", "all by": account, "farm": five["value"],
                         "all": annualised(100 * (values[2020] / values[base] - 1), 2020 - base),
                         "published": five["published"], "sources": (FARM, *ids)})
    return pd.DataFrame([*rows, *_later_windows()]).assign(lead=lambda t: t["farm"] - t["all"])


def _later_windows():
    """Windows printed after the article: ten years of farm trade both ways, and the first months of 2023."""
    both = {y: printed("AFRICA", "total", "value", f"{y}-01", f"{y}-12", terms="CNY", scope="agricultural products")
            for y in (2012, 2022)}
    before, after = (printed("AFRICA", "total", "value", f"{y}-01", f"{y}-12", terms=t)
                     for y, t in ((2012, "USD"), (2022, "CNY")))
    yuan = monthly("cny_per_usd")
    ten = [annualised(100 * (last / first - 1), 10) for first, last in (
        (both[2012]["value"], both[2022]["value"]), (before["value"] * yuan["2012"].mean(), after["value"]))]
    late = printed("AFRICA", "import", "yoy_pct", "2023-01", "2023-07", terms="CNY", scope="agricultural products")
    half = printed("AFRICA", "import", "yoy_pct", "2023-01", "2023-06")
    rate = yuan["2023-01":"2023-06"].mean() / yuan["2022-01":"2022-06"].mean()
    return [{"years": "2012-2022", "flow": "total", "all by": "customs, yuan", "farm": ten[0], "all": ten[1],
             "published": both[2022]["published"],
             "sources": (*(row["id"] for row in (*both.values(), before, after)), "PRICES")},
            {"years": "2022-2023 to July", "flow": "import", "all by": "customs, yuan",
             "farm": late["value"], "all": 100 * ((1 + half["value"] / 100) * rate - 1),
             "published": late["published"], "sources": (late["id"], half["id"], "PRICES")}]


def farm_share():
    """Farm products in imports from Africa, January-July 2023, as printed, per cent: (share, ids)."""
    window = ("2023-01", "2023-07")
    farm = printed("AFRICA", "import", "value", *window, terms="CNY", scope="agricultural products")
    total = printed("AFRICA", "import", "value", *window, terms="CNY")
    return 100 * farm["value"] / total["value"], (farm["id"], total["id"])


def structure():
    """Section by section: share of imports from Africa in 1995 and 2015 (%), and advantage over all China's imports."""
    values = section_values()
    names = product_codes.classes("SITC1")[["name", "resource"]]
    share = {f"share_{y}": 100 * values["africa"][y] / values["africa"][y].sum() for y in (1995, 2015)}
    advantage = products.revealed_advantage(values["africa"][2015], values["all"][2015])
    return names.assign(**share, advantage_2015=advantage)


def growth_parts():
    """Shift-share of China's imports from Africa, 2005 to 2015, by section: per cent of the imports of 2005."""
    values = section_values()
    return products.shift_share(values["africa"][2005], values["africa"][2015], values["all"][2005],
                                values["all"][2015])


def beyond_resources(claim):
    """Evidence and verdict of C13."""
    table, farm = bounds(), farm_windows()
    public = farm["published"].str[:10] <= "2021-12-29"
    pledge = load("official_facts").set_index("id").loc[PLEDGE]
    then = decide_africa(pledge["date"] <= "2021-12-29", farm.loc[public, "lead"].tolist(), change(*THEN, table))
    now = decide_africa(True, farm["lead"].tolist(), change(*NOW, table))
    evidence = [Evidence("pledge: imports from Africa over three years", float(pledge["value"]), "bn US$", None, None,
                         (PLEDGE,), pledge["published"], "load('official_facts')")]
    evidence += [Evidence(f"non-resource share of imports from Africa, {year}: {word}", table.loc[year, side], "%",
                          None, None, (WTO, THREE, LATE), "2025-02", "claims.c13_africa.bounds()")
                 for year in (THEN[0], THEN[1], NOW[1]) for word, side in (("at least", "low"), ("at most", "high"))]
    evidence += [Evidence(f"{what}, {row.flow}, {row.years}, a year", value, "%", None, None, row.sources,
                          row.published, "claims.c13_africa.farm_windows()")
                 for row in farm[~farm["all by"].str.startswith("BACI")].itertuples()
                 for what, value in (("farm trade", row.farm), (f"all trade ({row[3]})", row.all))]
    share, ids = farm_share()
    beside = [Evidence("farm products in imports, January-July 2023", share, "%", None, None, ids, "2023-08",
                       "claims.c13_africa.farm_share()")]
    beside += [Evidence(f"non-resource share, {year}: {word}", table.loc[year, side], "%", None, None, (SITC, EARLY),
                        "about 2017-18", "claims.c13_africa.bounds()")
               for year in (1995, 2005) for word, side in (("at least", "low"), ("at most", "high"))]
    rows = farm[["years", "flow", "all by"]].assign(value=farm["lead"]).to_dict("records")
    first = farm.iloc[0]
    reason = (f"Farm imports from Africa grew {first['farm']:.1f} % a year, all imports {first['all']:.1f}, but no "
              "table says whether other non-resource goods gained.")
    return Verdict(claim, then, now, reason, tuple(evidence), count_ways(rows, lambda lead: lead > TOLERANCE),
                   tuple(beside))
