"""C13: do imports from Africa move beyond resources, farm products above all? Bounds, because no one table says."""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways, held_text
from trade_lib.data import areas, releases
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.measures import product_codes, products
from trade_lib.measures.growth import annualised
from trade_lib.measures.prices import monthly

PLEDGE = "FACT04"
DOTS, WTO, SITC = "DOTS_ANNUAL_LIN", "WTO_MINERALS", "UNCTAD_SITC1"
NINE, MANY, THREE = "COMTRADE_CN_HS2_9", "COMTRADE_TOP5_2014", "COMTRADE_CN_HS6_3"
MIRROR = "COMTRADE_MIRROR_HS6"
PETROLEUM = ("2709", "2710")  # the WTO's minerals and metals hold all of chapter 27 but these
METHODS = {
    "sections": "all Africa, SITC sections",
    "chapters": "six countries, largest chapters",
    "chapters 2014": "eleven countries, largest chapters",
    "minerals": "all but South Africa, minerals and metals",
}
VINTAGES = {"sections": "about 2017-18", "minerals": "2025-02"}
SOURCES = {
    "bounds": "Sources: UNCTAD (SITC sections, about 2017); WTO (minerals and metals, 2025-02) and UN Comtrade "
              "(petroleum of three countries) over IMF totals (2022); UN Comtrade (largest chapters, 2014, 2026-03). "
              "Bars are bounds, not estimates: the truth lies anywhere inside.",
    "gold": "Sources: WTO, minerals and metals, 2025-02; IMF Direction of Trade Statistics (later edition, 2022).",
    "farm": "Sources: China's customs and commerce ministry as printed (see ids); totals: IMF and printed figures; "
            "yuan rates: US Federal Reserve.",
    "sections": "Source: UNCTAD, China's imports by SITC section, about 2017-18.",
}


def decide_africa(pledge, farm_faster, change):
    """Verdict from: a dated pledge; farm imports outgrowing all imports; what the bounds prove of the share.

    Parameters
    ----------
    pledge, farm_faster : bool
    change : str
        ``rise``, ``fall`` or ``overlap``, from `trade_lib.measures.products.bounds_change`.

    Examples
    --------
    >>> decide_africa(True, True, "overlap")
    'supported with caveats'
    """
    if not pledge or (not farm_faster and change == "fall"):
        return CONTRADICTED
    if not farm_faster or change == "fall":
        return MIXED
    return SUPPORTED if change == "rise" else CAVEATS


def africa():
    """The 54 African states, the same in every year (South Sudan's trade is Sudan's before 2011)."""
    return areas.members("AFRICA", 2021)


def section_values():
    """China's imports from Africa and from the world by SITC section: 1995, 2005, 2015, US$.

    Returns
    -------
    pandas.DataFrame
        Rows year and section, columns ``africa`` and ``all`` (every partner in the table).
    """
    table = load("sitc_sections")
    table = table[(table["importer"] == "CHN") & (table["section"] != "total")]
    keys = ["year", "section"]
    return pd.DataFrame({"africa": table[table["exporter"].isin(africa())].groupby(keys)["value"].sum(),
                         "all": table.groupby(keys)["value"].sum()}).fillna(0.0)


def minerals():
    """China's imports of minerals and metals from Africa beside all imports, with and without South Africa.

    Returns
    -------
    pandas.DataFrame
        By year: ``minerals``, ``total``, and both ``_without`` South Africa, bn US$. Total is the IMF's.
    """
    who = africa()
    wto, dots = load("minerals_metals"), load("flows_annual_china")
    wto = wto[wto["exporter"].isin(who)].set_index(["year", "exporter"])["value"] / 1e9
    total = _dots_imports(dots).loc[lambda s: s.index.get_level_values(0).isin(wto.index.get_level_values(0))]
    out = {}
    for name, values in (("minerals", wto), ("total", total)):
        south = values.index.get_level_values(1) == "ZAF"
        out[name] = values.groupby(level=0).sum()
        out[f"{name}_without"] = values[~south].groupby(level=0).sum()
    return pd.DataFrame(out)


def bounds():
    """Bounds on the share of imports from Africa that is not a resource, by every method the data allow.

    Returns
    -------
    pandas.DataFrame
        ``method`` (a key of METHODS), ``year``, ``low``, ``high`` (per cent), ``total`` (bn US$), ``sources``.
    """
    return pd.concat([_section_bounds(), _chapter_bounds(NINE, "chapters"), _chapter_bounds(MANY, "chapters 2014"),
                      _mineral_bounds()], ignore_index=True)


def _section_bounds():
    values = section_values()["africa"]
    marks = product_codes.classify(list("0123456789"), "SITC1", "resource")
    return pd.DataFrame([_row("sections", year, here.droplevel(0), marks, here.sum(), (SITC,))
                         for year, here in values.groupby(level=0)])


def _chapter_bounds(source, method):
    table = load("hs2_top5")
    table = table[(table["source"] == source) & (table["importer"] == "CHN") & table["exporter"].isin(africa())]
    rows = []
    for year, here in table.groupby("year"):
        total = here.groupby("exporter")["total"].first().sum()
        marks = product_codes.classify(here["chapter"].unique(), "HS2", "resource")
        rows.append(_row(method, year, here.groupby("chapter")["value"].sum(), marks, total, (source,)))
    return pd.DataFrame(rows)


def _mineral_bounds():
    """All of Africa but South Africa: WTO minerals and metals plus known petroleum; known others from three countries.

    Per country the resources never count for more than the country's whole trade.
    """
    who = [c for c in africa() if c != "ZAF"]
    wto, top = load("minerals_metals"), load("hs6_top")
    wto = wto[wto["exporter"].isin(who)].set_index(["year", "exporter"])["value"]
    top = top[(top["source"] == THREE) & top["exporter"].isin(who)]
    oil = top[top["hs6"].str[:4].isin(PETROLEUM)].groupby(["year", "exporter"])["value"].sum()
    marks = product_codes.classify(top["hs6"], "HS2", "resource")
    other = top[(marks == "no").to_numpy()].groupby("year")["value"].sum()
    total = _dots_imports(load("flows_annual_china")) * 1e9
    total = total[total.index.get_level_values(1).isin(who)]
    known = wto.add(oil, fill_value=0).reindex(total.index).fillna(0.0).clip(upper=total)
    marks = pd.Series({"resources": "yes", "other": "no"})
    rows = []
    for year in sorted(wto.index.get_level_values(0).unique()):
        values = pd.Series({"resources": known[year].sum(), "other": other.get(year, 0.0)})
        rows.append(_row("minerals", year, values, marks, total[year].sum(), (WTO, THREE, DOTS)))
    return pd.DataFrame(rows)


def _dots_imports(table):
    held = table[(table["source"] == DOTS) & (table["flow"] == "import") & table["partner"].isin(africa())]
    return held.assign(year=held["period"].astype(int)).set_index(["year", "partner"])["value"] / 1e9


def _row(method, year, values, marks, total, sources):
    low, high = products.share_bounds(values, marks, total)
    return {"method": method, "year": int(year), "low": 100 * low, "high": 100 * high, "total": total / 1e9,
            "sources": sources}


def farm_windows():
    """Growth of farm trade with Africa beside the growth of all trade, window by window, in per cent a year.

    Returns
    -------
    pandas.DataFrame
        ``window``, ``flow``, ``farm``, ``all``, ``published`` (of the farm figure), ``sources``, ``note``.
    """
    printed_farm = load("official_figures").set_index("id")
    dots = _dots_imports(load("flows_annual_china")).groupby(level=0).sum()
    five = printed_farm.loc["OF0195"]
    rows = [
        {"window": f"{base} to 2020", "flow": "import", "farm": five["value"],
         "all": annualised(100 * (dots[2020] / dots[base] - 1), 2020 - base), "published": five["published"],
         "sources": ("OF0195", DOTS), "note": note}
        for base, note in ((2015, "the IMF's total of 2015 leaves out South Africa's gold"),
                           (2016, "the page says the past five years, not which"))]
    both = {y: releases.printed("AFRICA", "total", "value", f"{y}-01", f"{y}-12", terms="CNY",
                               scope="agricultural products") for y in (2012, 2022)}
    then, now = (releases.printed("AFRICA", "total", "value", f"{y}-01", f"{y}-12", terms=t)
                 for y, t in ((2012, "USD"), (2022, "CNY")))
    yuan = monthly("cny_per_usd")
    in_yuan = then["value"] * yuan["2012"].mean()
    rows.append({"window": "2012 to 2022", "flow": "total", "farm": _yearly(both[2022]["value"], both[2012]["value"]),
                 "all": _yearly(now["value"], in_yuan), "published": both[2022]["published"],
                 "sources": (*(r["id"] for r in (*both.values(), then, now)), "PRICES"), "note": "in yuan"})
    late = releases.printed("AFRICA", "import", "yoy_pct", "2023-01", "2023-07", terms="CNY",
                           scope="agricultural products")
    half = releases.printed("AFRICA", "import", "yoy_pct", "2023-01", "2023-06")
    rate = yuan["2023-01":"2023-06"].mean() / yuan["2022-01":"2022-06"].mean()
    rows.append({"window": "2022 to 2023", "flow": "import", "farm": late["value"],
                 "all": 100 * ((1 + half["value"] / 100) * rate - 1), "published": late["published"],
                 "sources": (late["id"], half["id"], "PRICES"), "note": "January-July, all imports January-June; yuan"})
    return pd.DataFrame(rows)


def _yearly(now, before, years=10):
    return annualised(100 * (now / before - 1), years)


def farm_share():
    """Farm products in imports from Africa, January-July 2023, as printed, per cent: (share, ids)."""
    window = ("2023-01", "2023-07")
    farm = releases.printed("AFRICA", "import", "value", *window, terms="CNY", scope="agricultural products")
    total = releases.printed("AFRICA", "import", "value", *window, terms="CNY")
    share = products.shares(pd.Series({"farm": farm["value"]}), total["value"])["farm"]
    return 100 * share, (farm["id"], total["id"])


def structure():
    """Section by section: share of imports from Africa in 1995 and 2015, and advantage over all China's imports.

    Returns
    -------
    pandas.DataFrame
        By section: ``name``, ``resource``, ``share_1995``, ``share_2015`` (per cent), ``advantage_2015``.
    """
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


def south_africa():
    """Bounds on the non-resource share of South Africa's sales to China, by its own books (top five products).

    China's books cannot be used: they hold the gold without a product to 2014.

    Returns
    -------
    pandas.DataFrame
        As `bounds`.
    """
    table = load("hs6_top")
    table = table[(table["source"] == MIRROR) & (table["exporter"] == "ZAF")]
    marks = product_codes.classify(table["hs6"].unique(), "HS2", "resource")
    return pd.DataFrame([_row("own books", year, here.set_index("hs6")["value"], marks, here["total"].iloc[0],
                              (MIRROR,)) for year, here in table.groupby("year")])


def raw_materials():
    """Raw materials in African economies' exports to the whole world, per cent by year and economy (to 2015).

    Stages of processing: metals already refined are intermediate goods here, so this is narrower than a resource.
    """
    table = load("stages_world")
    table = table[(table["flow"] == "export") & table["reporter"].isin(africa())]
    wide = table.pivot_table(index=["reporter", "year"], columns="stage", values="value")
    return (100 * wide["raw"] / wide.sum(axis=1)).unstack("reporter")


def change(table, method, first, last):
    """What one method's bounds prove between two years: ``rise``, ``fall``, ``overlap``."""
    here = table[table["method"] == method].set_index("year")
    for year in (first, last):
        if year not in here.index:
            raise TradeDataError("no bounds for the year", row=method, value=year,
                                 expected=", ".join(map(str, here.index)))
    pair = [tuple(here.loc[y, ["low", "high"]] / 100) for y in (first, last)]
    return products.bounds_change(*pair)


COMPARED = (("sections", 1995, 2015), ("sections", 1995, 2005), ("sections", 2005, 2015), ("minerals", 2011, 2020),
            ("minerals", 2011, 2022), ("chapters", 2003, 2020), ("chapters", 2003, 2024))


def beyond_resources(claim):
    """Evidence and verdict of C13."""
    table, farm = bounds(), farm_windows()
    known = farm["published"].str[:10] <= "2021-12-29"
    pledge = load("official_facts").set_index("id").loc[PLEDGE]
    faster = farm["farm"] > farm["all"]
    then = decide_africa(pledge["date"] <= "2021-12-29", bool(faster[known].all()),
                         change(table, "sections", 1995, 2015))
    now = decide_africa(True, bool(faster.all()), change(table, "minerals", 2011, 2022))
    gap = {(m, y): r for (m, y), r in table.set_index(["method", "year"]).iterrows()}
    rows = [{"test": "share rises", "specification": f"{METHODS[m]}, {a} to {b}",
             "value": gap[m, b]["low"] - gap[m, a]["high"]} for m, a, b in COMPARED]
    rows += [{"test": "farm outgrows all", "specification": f"{r.flow}, {r.window}", "value": r.farm - r.all}
             for r in farm.itertuples()]
    specs = count_ways(rows, lambda points: points > 0)
    share, ids = farm_share()
    evidence = [Evidence("pledge: imports from Africa over three years", float(pledge["value"]), "bn US$", None, None,
                         (PLEDGE,), pledge["published"], "load('official_facts')")]
    for method, year in (("sections", 1995), ("sections", 2015), ("minerals", 2011), ("minerals", 2022)):
        row = gap[method, year]
        evidence += [Evidence(f"non-resource share, {METHODS[method]}, {year}: {word}", row[side], "%", None, None,
                              row["sources"], VINTAGES[method], "claims.africa.bounds()")
                     for word, side in (("at least", "low"), ("at most", "high"))]
    for row in farm.itertuples():
        evidence += [Evidence(f"{what}, {row.flow}, {row.window}, a year", value, "%", None, None, row.sources,
                              row.published, "claims.africa.farm_windows()")
                     for what, value in (("farm trade", row.farm), ("all trade", row.all))]
    evidence.append(Evidence("farm products in imports, January-July 2023", share, "%", None, None, ids, "2023-08",
                             "claims.africa.farm_share()"))
    first, last = gap["sections", 1995], gap["sections", 2015]
    why = (f"Farm imports grew {farm['farm'][0]:.1f} % a year to 2020, all imports {farm['all'][0]:.1f} to "
           f"{farm['all'][1]:.1f} %, yet they are {share:.1f} % of the whole. The non-resource share was "
           f"{first['low']:.0f}-{first['high']:.0f} % in 1995, {last['low']:.0f}-{last['high']:.0f} % in 2015, at most "
           f"{gap['minerals', 2022]['high']:.0f} % in 2022: no rise is proven. Holds in {held_text(specs)} tests.")
    return Verdict(claim, then, now, why, tuple(evidence), specs)
