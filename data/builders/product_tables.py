"""Products: classifications, sections and chapters of China's trade with partners, minerals and metals, stages."""

import pandas as pd
from common import BUILDERS, field, publish, source_rows, to_codes

AREA = {"resource": "areas", "fields": "code"}
EXPORTER_IMPORTER = [{"fields": name, "reference": AREA} for name in ("exporter", "importer")]
OWN = {"publisher": "this package", "obtained_via": "written by hand from the chapters' and sections' titles",
       "vintage": "2026-11", "units": "classification", "licence": "BSD-3-Clause"}
HS2, HS6 = r"\d{2}", r"\d{6}"
# SNA classes of goods by BEC Rev.4 category; 321, 51 and 7 serve more than one end and stay apart.
STAGES = {"111": "intermediate", "112": "consumption", "121": "intermediate", "122": "consumption",
          "21": "intermediate", "22": "intermediate", "31": "intermediate", "32": "mixed use", "321": "mixed use",
          "322": "intermediate", "41": "capital", "42": "intermediate", "51": "mixed use", "521": "capital",
          "522": "consumption", "53": "intermediate", "61": "consumption", "62": "consumption", "63": "consumption",
          "7": "mixed use"}


def ends():
    return [field("exporter", "string", "area that sells", required=True),
            field("importer", "string", "area that buys", required=True)]


def year(first, last):
    return field("year", "year", "calendar year", required=True, minimum=first, maximum=last)


def usd(name="value", meaning="value of trade", **rules):
    return field(name, "number", meaning, "US$", **({"required": True, "minimum": 0} | rules))


def build_product_classes(source):
    table = pd.read_csv(BUILDERS / "product_classes.csv", dtype=str)
    part = ["yes", "no", "part"]
    schema = {"fields": [
        field("scheme", "string", "HS chapters or SITC sections", required=True, enum=["HS2", "SITC1"]),
        field("code", "string", "chapter or section", required=True),
        field("name", "string", "short name", required=True),
        field("product_class", "string", "class of goods", required=True),
        field("resource", "string", "minerals, fuels and metals; part: holds both", required=True, enum=part),
        field("farm", "string", "food, fish and farm products; part: holds both", required=True, enum=part),
        field("machinery", "string", "machinery and electrical goods", required=True, enum=part),
        field("high_technology", "string", "no chapter is high technology as a whole: part", required=True, enum=part),
    ], "primaryKey": ["scheme", "code"]}
    return publish(
        "product_classes", table, schema, title="Classes of goods: what counts as a resource, farm product, machine",
        description="Every HS chapter and SITC section with its class, and whether all, none or a part is a resource.",
        sources=[{"source_id": "PRODUCT_CLASSES", "title": "Classes of HS chapters and SITC sections", **OWN,
                  "notes": "Resource follows the width of the WTO's minerals and metals with petroleum: metals not yet "
                           "made into articles count."}],
        vintage="2026-11",
        notes=["A chapter or section marked part makes an interval of every share that uses it: that is its purpose.",
               "Unwrought metals are resources here; counting refined copper as a manufacture is another definition."])


def build_hs6_bec4(source):
    frame = pd.read_parquet(source / "products" / "hs6_to_bec4_concordance.parquet")
    table = pd.DataFrame({"edition": frame["hs_edition"], "hs6": frame["hs6"], "bec": frame["bec4"],
                          "stage": frame["bec4"].map(STAGES)})
    schema = {"fields": [
        field("edition", "string", "edition of the Harmonized System", required=True, pattern=r"HS\d{4}"),
        field("hs6", "string", "product", required=True, pattern=HS6),
        field("bec", "string", "BEC Rev.4 category", required=True),
        field("stage", "string", "end use in the national accounts' sense", required=True,
              enum=["intermediate", "capital", "consumption", "mixed use"]),
    ], "primaryKey": ["edition", "hs6", "bec"]}
    return publish(
        "hs6_bec4", table, schema, form="parquet", title="Products by stage of use: HS 6 digits to BEC Rev.4",
        description="Concordance of six editions of the HS to Broad Economic Categories, with their end use.",
        sources=source_rows(source, {"BEC4": "End use by the titles of the categories; the official table of "
                                             "classes was not at hand."}),
        vintage="2023-01",
        notes=["Some products belong to two categories: their end use may then be two, and is called mixed use.",
               "Motor spirit (321), passenger cars (51) and goods n.e.s. (7) serve more than one end use."])


def build_sitc_sections(source):
    frame = pd.read_parquet(source / "products" / "unctad_sitc1_china_by_partner_1995_2005_2015.parquet")
    table = pd.DataFrame({
        "year": frame["year"], "exporter": to_codes(frame["exporter"]), "importer": to_codes(frame["importer"]),
        "section": frame["sitc"].str.extract(r"^SITC(\d)")[0].fillna("total"), "value": frame["value_kusd"] * 1e3})
    table["value"] = table["value"].round(0)
    itself = table["exporter"] == table["importer"]
    schema = {"fields": [year(1995, 2015), *ends(),
                         field("section", "string", "SITC section, or total", required=True, pattern=r"\d|total"),
                         usd()],
              "primaryKey": ["year", "exporter", "importer", "section"], "foreignKeys": EXPORTER_IMPORTER}
    return publish(
        "sitc_sections", table[~itself], schema, form="parquet",
        title="China's trade with each partner by SITC section, 1995, 2005, 2015",
        description="Ten sections and their total, China as exporter or importer.",
        sources=source_rows(source, {"UNCTAD_SITC1": "The year is that of the file's name; 2015 was inferred."}),
        vintage="about 2017-18",
        excluded=[{"rows": int(itself.sum()), "what": "China with itself", "why": "re-imports, not bilateral trade"}]
        if itself.any() else [],
        notes=["Sections 2 and 6 hold resources and other goods alike, section 9 gold and goods not specified.",
               "Sudan includes South Sudan in 1995 and 2005."])


def build_minerals_metals(source):
    frame = pd.read_csv(source / "products" / "china_imports_minerals_metals_2011_2022.csv")
    table = frame.rename(columns={"import_usd": "value"})
    schema = {"fields": [year(2011, 2022), *ends(), usd()],
              "primaryKey": ["year", "exporter", "importer"], "foreignKeys": EXPORTER_IMPORTER}
    return publish(
        "minerals_metals", table, schema, title="China's imports of minerals and metals from each partner, 2011-2022",
        description="The WTO's product category minerals and metals; petroleum is another category, not in it.",
        sources=source_rows(source, {"WTO_MINERALS": "China's rows of the bilateral imports by product category."}),
        vintage="2025-02",
        notes=["To 2014 gold was booked without a partner's product code: South Africa jumps in 2015. A break, not "
               "growth: compare 2015 and later, or the continent without South Africa.",
               "Petroleum is not in it, so it is a lower bound of resources."])


def _ranked(frame, flow_exporter, **columns):
    """Top products as exporter, importer, code, value, total of the flow."""
    return pd.DataFrame({**columns, "exporter": flow_exporter[0], "importer": flow_exporter[1]}, index=frame.index)


RANKED = [field("rank", "integer", "place among the flow's products", required=True, minimum=1),
          usd(), usd("total", "whole flow of the two areas in that year")]


def build_hs2_top5(source):
    nine = pd.read_csv(source / "products" / "china_top5_hs2_with_9_partners_2003_2024.csv")
    partner, imports = to_codes(nine["partner"]), nine["flow_china"].eq("M")
    first = _ranked(nine, (partner.where(imports, "CHN"), partner.where(~imports, "CHN")), year=nine["year"],
                    chapter=nine["hs2"].astype(str).str.zfill(2), rank=nine["rank"], value=nine["value_usd"],
                    total=nine["partner_flow_total_usd"], source="COMTRADE_CN_HS2_9")
    many = pd.read_csv(source / "products" / "china_imports_top5_hs2_by_partner_2014.csv")
    second = _ranked(many, (many["iso3"], "CHN"), year=2014, chapter=many["hs2"].astype(str).str.zfill(2),
                     rank=many["rank"], value=many["value_usd"], total=many["total_usd"], source="COMTRADE_TOP5_2014")
    schema = {"fields": [field("source", "string", "source id", required=True), year(2003, 2024), *ends(),
                         field("chapter", "string", "HS chapter", required=True, pattern=HS2), *RANKED],
              "primaryKey": ["source", "year", "exporter", "importer", "chapter"], "foreignKeys": EXPORTER_IMPORTER}
    notes = {"COMTRADE_CN_HS2_9": "Nine Portuguese-speaking partners, six of them African, 2003 to 2024.",
             "COMTRADE_TOP5_2014": "73 partners; the year is not written in the file, levels are those of 2014."}
    return publish(
        "hs2_top5", pd.concat([first, second], ignore_index=True), schema,
        title="Five largest chapters of China's trade with some partners",
        description="HS chapters with the flow's total, so that what is not shown is known too.",
        sources=source_rows(source, notes), vintage="2015-08 and 2026-03",
        notes=["Only the five largest chapters: the rest of the total is of unknown chapters.",
               "The two sources overlap in 2014 and are never added."])


def build_hs6_top(source):
    three = pd.read_csv(source / "products" / "china_imports_top10_hs6_AGO_MOZ_GNQ_2003_2025.csv", dtype={"hs6": str})
    parts = [_ranked(three, (to_codes(three["exporter"]), "CHN"), year=three["year"], hs6=three["hs6"],
                     name=three["hs6_desc"], rank=three["rank"], value=three["china_import_usd"],
                     total=three["china_import_total_usd"], source="COMTRADE_CN_HS6_3")]
    for name, sells in (("exports_to", True), ("imports_from", False)):
        frame = pd.read_csv(source / "products" / f"mirror_top_hs6_{name}_china_2014_2025.csv", dtype={"hs6": str})
        who = to_codes(frame["partner_reporter"])
        parts.append(_ranked(frame, (who, "CHN") if sells else ("CHN", who), year=frame["year"], hs6=frame["hs6"],
                             name=frame["hs6_desc"], rank=frame["rank"], value=frame["value_usd"],
                             total=frame["partner_total_usd"], source="COMTRADE_MIRROR_HS6"))
    table = pd.concat(parts, ignore_index=True)
    table["hs6"] = table["hs6"].str.zfill(6)
    itself = table["exporter"].eq(table["importer"])
    schema = {"fields": [field("source", "string", "source id", required=True), year(2003, 2025), *ends(),
                         field("hs6", "string", "product, HS 6 digits", required=True, pattern=HS6),
                         field("name", "string", "product", required=True), *RANKED],
              "primaryKey": ["source", "year", "exporter", "importer", "hs6"], "foreignKeys": EXPORTER_IMPORTER}
    notes = {"COMTRADE_CN_HS6_3": "Ten largest products that China books from Angola, Mozambique, Equatorial Guinea.",
             "COMTRADE_MIRROR_HS6": "Partners' own books: five or ten largest products of their trade with China."}
    return publish(
        "hs6_top", table[~itself], schema, form="parquet", title="Largest products of China's trade, HS 6 digits",
        description="Products with their flow's total, as China books it or as its partner does.",
        sources=source_rows(source, notes), vintage="2026-03",
        excluded=[{"rows": int(itself.sum()), "what": "China with itself", "why": "re-imports, not bilateral trade"}],
        notes=["Top products only; the total says what is missing. The last years may be incomplete."])


def build_singapore_hs2(source):
    frame = pd.read_csv(source / "products" / "singapore_china_top10_hs2_2013_2023.csv")
    sells = frame["flow"].eq("SGP exports to CHN")
    table = pd.DataFrame({"year": frame["year"], "exporter": sells.map({True: "SGP", False: "CHN"}),
                          "importer": sells.map({True: "CHN", False: "SGP"}),
                          "chapter": frame["hs2"].astype(str).str.zfill(2), "value": frame["value_usd"]})
    schema = {"fields": [year(2013, 2023), *ends(),
                         field("chapter", "string", "HS chapter", required=True, pattern=HS2), usd()],
              "primaryKey": ["year", "exporter", "importer", "chapter"], "foreignKeys": EXPORTER_IMPORTER}
    return publish(
        "singapore_hs2", table, schema, title="Singapore's trade with China in ten chapters, 2013-2023",
        description="Ten HS chapters as Singapore books them, both directions.",
        sources=source_rows(source, {"COMTRADE_SGP_HS2": "The same ten chapters in all years."}), vintage="2025-04",
        notes=["Ten chapters only, without a total: shares are of these ten chapters."])


def build_kti_trade(source):
    frame = pd.read_csv(source / "valuechain" / "kti_industries_exports_imports_tiva2021_2002_2018.csv")
    table = pd.DataFrame({"reporter": to_codes(frame["economy"]), "flow": frame["flow"].map({"Exports": "export",
                                                                                          "Imports": "import"}),
                          "year": frame["year"], "value": (frame["value_usd_bn"] * 1e9).round(0)})
    schema = {"fields": [field("reporter", "string", "economy", required=True),
                         field("flow", "string", "direction", required=True, enum=["export", "import"]),
                         year(2002, 2018), usd()],
              "primaryKey": ["reporter", "flow", "year"],
              "foreignKeys": [{"fields": "reporter", "reference": AREA}]}
    return publish(
        "kti_trade", table, schema, title="Trade of knowledge- and technology-intensive industries, 2002-2018",
        description="Exports and imports of the industries that NCSES counts as knowledge- and technology-intensive.",
        sources=source_rows(source, {"KTI_TIVA2021": "Printed in billions; China includes Hong Kong."}),
        vintage="2021-11",
        notes=["With the world, not with one partner. China includes Hong Kong. No African economy is in it.",
               "OTHER is the rest of the world, so that the rows of a year add up to the world."])


def build_stages_world(source):
    frame = pd.read_csv(source / "valuechain" / "wits_stage_of_processing_world_1988_2015.csv")
    code = frame["code"].replace({"Wld": "WORLD", "SSF": "AFRICA_SUBSAHARAN"})
    table = pd.DataFrame({"reporter": code, "flow": frame["indicator"].str[:6].str.lower(),
                          "stage": frame["stage"].str.replace(" goods", "").str.replace(" materials", "").str.lower(),
                          "year": frame["year"], "value": (frame["value_musd"] * 1e6).round(0)})
    group = table["reporter"].eq("AFRICA_SUBSAHARAN")
    schema = {"fields": [field("reporter", "string", "economy", required=True),
                         field("flow", "string", "direction", required=True, enum=["export", "import"]),
                         field("stage", "string", "stage of processing", required=True,
                               enum=["raw", "intermediate", "consumer", "capital"]),
                         year(1988, 2015), usd()],
              "primaryKey": ["reporter", "flow", "stage", "year"],
              "foreignKeys": [{"fields": "reporter", "reference": AREA}]}
    return publish(
        "stages_world", table[~group], schema, title="Trade with the world by stage of processing, 1988-2015",
        description="Raw, intermediate, consumer and capital goods of China, Russia, ASEAN and African economies.",
        sources=source_rows(source, {"WITS_STAGE": "Partner is the world only."}), vintage="2017",
        excluded=[{"rows": int(group.sum()), "what": "Sub-Saharan Africa as a group",
                   "why": "its members are not listed, so that equal membership cannot be checked"}],
        notes=["UNCTAD's stages of processing, not the Broad Economic Categories.", "With the world, not with China."])


def build_product_facts(source):
    frame = pd.read_csv(source / "products" / "web_facts_products.csv", dtype=str, keep_default_na=False)
    table = frame.assign(id=[f"PROD{n:02d}" for n in range(1, len(frame) + 1)])
    schema = {"fields": [
        field("id", "string", "id", required=True, pattern=r"PROD\d{2}"),
        field("period", "string", "period", required=True), field("item", "string", "what", required=True),
        field("value", "string", "as printed", required=True), field("unit", "string", "printed unit", required=True),
        field("url", "string", "page", required=True, pattern="https?://.+"), field("note", "string", "outlet, remark"),
    ], "primaryKey": ["id"]}
    return publish(
        "product_facts", table, schema, title="Single published figures on trade in products",
        description="Farm, energy and machinery figures found on pages, one row a figure.",
        sources=source_rows(source, {"PRODUCT_FACTS": "Secondary pages: print only with their address."}),
        vintage="each row of its page's date", notes=["A check beside the official figures, not evidence by itself."])


BUILDS = {
    "product_classes": build_product_classes, "hs6_bec4": build_hs6_bec4, "sitc_sections": build_sitc_sections,
    "minerals_metals": build_minerals_metals, "hs2_top5": build_hs2_top5, "hs6_top": build_hs6_top,
    "singapore_hs2": build_singapore_hs2, "kti_trade": build_kti_trade, "stages_world": build_stages_world,
    "product_facts": build_product_facts,
}
