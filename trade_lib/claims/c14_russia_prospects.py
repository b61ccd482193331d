"""C14: are digital, biomedical, green, e-commerce and services trade with Russia promising? What the data cover."""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.releases import printed
from trade_lib.data.tables import load, series
from trade_lib.measures import services

BATIS, DOTS, DDS, SITC = "BATIS_CHINA", "DOTS_ANNUAL_SAM", "UNCTAD_DDS", "UNCTAD_SITC1"
TOLERANCE = 1.0  # points a year: balanced figures are partly estimated
START, END = 2014, 2019  # the last five years that services by partner cover
FIELDS = ("services", "digital", "e-commerce", "biomedicine", "green")
MISSING = {
    "e-commerce": "size of one year only; a second year of the customs survey by partner would do",
    "biomedicine": "no table; trade with Russia in HS chapter 30 and headings 9018 to 9022 by year would do",
    "green": "no table; trade with Russia in a list of environmental goods (WTO, APEC) by year would do",
}
SOURCES = {
    "fields": "Sources: OECD-WTO BaTIS (balanced, partly estimated, edition of 2021 inferred); goods: IMF Direction of "
              "Trade Statistics (2022); e-commerce: China's customs as printed.",
    "near": "Sources: China's customs and commerce ministry as printed in 2021 and 2022 (see ids).",
    "after": "Source: UNCTAD, digitally deliverable services of Russia with the whole world, vintage 2025.",
}


def decide_prospects(leads):
    """Verdict from the growth of each covered field less that of goods trade, in points.

    ``leads``: one number a covered field; fields without data are not in it.

    >>> decide_prospects([3.0, 8.0]), decide_prospects([3.0, 8.0, -1.0])
    ('not testable with these data', 'mixed')
    """
    if len(leads) < 3:
        return NOT_TESTABLE
    held = sum(lead > TOLERANCE for lead in leads)
    if held < len(leads):
        return MIXED if held else CONTRADICTED
    return SUPPORTED if len(leads) >= 4 else CAVEATS


def goods():
    """Goods trade of China with Russia by year, US$, exports plus imports (IMF, to 2020)."""
    values = series("CHN", "RUS", table="flows_annual_china", source=DOTS)
    return values.set_axis(values.index.year)


def ecommerce_size():
    """China's e-commerce exports to Russia in 2022: Russia's share of them, their value, bn yuan, and the ids.

    The value is the revised one of the same survey that printed the share.
    """
    table = load("official_figures").set_index("id")
    share, value = table.loc["OF0556"], table.loc["OF1390"]
    return share["value"] / 100 * value["value"], (share.name, value.name)


def fields(start=START):
    """Each field of the claim: size, growth from a year to 2019, lead over goods, and what is missing."""
    pace = services.growth(goods(), start, END)["yearly"]
    rows = []
    for field, item in (("services", "S"), ("digital", "digital")):
        values = services.by_partner("RUS", "total", item)
        yearly = services.growth(values, start, END)["yearly"]
        rows.append({"field": field, "covered": True, "size": values[END] / 1e9, "unit": "bn US$", "year": END,
                     "growth": yearly, "lead": yearly - pace, "missing": "", "sources": (BATIS, DOTS)})
    size, ids = ecommerce_size()
    rows.append({"field": "e-commerce", "covered": False, "size": size, "unit": "bn yuan, exports", "year": 2022,
                 "missing": MISSING["e-commerce"], "sources": ids})
    rows += [{"field": f, "covered": False, "missing": MISSING[f], "sources": ()} for f in ("biomedicine", "green")]
    return pd.DataFrame(rows)


def by_item(start=START):
    """Main services with Russia, exports plus imports: a year and 2019, bn US$, and growth in per cent a year."""
    names = services.items()
    main = names[names["level"] == "main"]
    rows = []
    for item, row in main.iterrows():
        values = services.by_partner("RUS", "total", item) / 1e9
        rows.append({"service": row["name"], "digital": row["digital"], "start": values[start], "end": values[END],
                     "growth": services.growth(values, start, END)["yearly"]})
    return pd.DataFrame(rows).sort_values("end", ascending=False, ignore_index=True)


def nearest():
    """Growth as printed of sophisticated goods and of services with Russia beside all goods, same window and flow.

    The page on services does not say its currency.
    """
    rows = []
    machines = "mechanical & electrical products"
    for what, flow, terms, start, end, scope in (
            ("high-tech goods", "total", "USD", "2021-01", "2021-05", "high-tech products"),
            ("machinery and electrical goods", "total", "USD", "2021-01", "2021-05", machines),
            ("machinery exports, yuan", "export", "CNY", "2021-01", "2021-11", machines),
            ("services", "total", "", "2021-01", "2021-03", "services trade")):
        own = printed("RUS", flow, "yoy_pct", start, end, terms=terms, scope=scope)
        every = printed("RUS", flow, "yoy_pct", start, end, terms=terms or "USD")
        rows.append({"what": what, "window": f"{start} to {end}", "growth": own["value"], "goods": every["value"],
                     "lead": own["value"] - every["value"], "ids": (own["id"], every["id"])})
    return pd.DataFrame(rows)


def russia_digital():
    """Russia's digitally deliverable services with the whole world, bn US$ by year: ``export``, ``import``."""
    return pd.DataFrame({f: services.digital_total("RUS", f) / 1e9 for f in ("export", "import")})


def alternatives():
    """Ways of counting what is covered: flow, years and item; the value is the lead over goods, points a year."""
    rows = []
    for start in (2009, 2014, 2016):
        pace = services.growth(goods(), start, END)["yearly"]
        for field, item in (("services", "S"), ("digital", "digital")):
            for flow in ("total", "export", "import"):
                own = services.growth(services.by_partner("RUS", flow, item), start, END)["yearly"]
                rows.append({"field": field, "flow": flow, "years": f"{start}-{END}", "value": own - pace})
    return count_ways(rows, lambda points: points > TOLERANCE)


def prospects(claim):
    """Evidence and verdict of C14."""
    table = fields()
    covered = table[table["covered"]]
    verdict = decide_prospects(covered["lead"].tolist())
    evidence = []
    for row in covered.itertuples():
        call = "claims.c14_russia_prospects.fields()"
        evidence += [Evidence(f"{row.field} with Russia, {END}", row.size, "bn US$", None, None, (BATIS,),
                              "2021-01 (inferred)", call),
                     Evidence(f"growth of {row.field} with Russia a year, {START}-{END}", row.growth, "%", None, None,
                              (BATIS,), "2021-01 (inferred)", call)]
    pace = services.growth(goods(), START, END)["yearly"]
    evidence.append(Evidence(f"growth of goods trade with Russia a year, {START}-{END}", pace, "%", None, None, (DOTS,),
                             "2022", "claims.c14_russia_prospects.goods()"))
    size, ids = ecommerce_size()
    evidence.append(Evidence("e-commerce exports to Russia, 2022", size, "bn yuan", None, None, ids, "2023",
                             "claims.c14_russia_prospects.ecommerce_size()"))
    beside = [Evidence(f"{row.what}, {row.window}: growth", row.growth, "%", None, None, (row.ids[0],), "2021",
                       "claims.c14_russia_prospects.nearest()") for row in nearest().itertuples()]
    after = russia_digital()["export"]
    beside += [Evidence(f"Russia's digitally deliverable exports to the world, {year}", after[year], "bn US$", None,
                        None, (DDS,), "2025", "claims.c14_russia_prospects.russia_digital()") for year in (2021, 2023)]
    grew = covered.set_index("field")["growth"]
    reason = (f"Figures cover {len(covered)} of {len(FIELDS)} fields, and only to {END}, when services had grown "
              f"{grew['services']:.0f} % a year, faster than goods.")
    return Verdict(claim, verdict, verdict, reason, tuple(evidence), alternatives(), tuple(beside))
