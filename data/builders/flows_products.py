"""Trade by product in one long table: chapters, headings and items of several reporters, values and quantities."""

import pandas as pd
from common import data_folder, field, publish, source_rows, to_codes

AREAS = [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in ("reporter", "partner")]
NOTES = {
    "COMTRADE_CN_HS2_9": "The five largest chapters of China's trade with nine partners.",
    "COMTRADE_CN_HS6_3": "The ten largest items of China's imports from three African partners.",
    "COMTRADE_MIRROR_HS6": "The partners' reports of their largest items in trade with China.",
    "COMTRADE_SGP_HS2": "Ten chapters of Singapore's trade with China, as Singapore reports it.",
    "COMTRADE_8542": "Exports of integrated circuits to the world by reporter, whole years.",
    "TW_IC": "Taiwan's exports of integrated circuits by destination, re-exports included.",
    "CN_SOY": "China's imports of soybeans from Brazil and the United States, kilogrammes.",
    "GACC_SOY_HS8": "China's trade in soybeans with three partners by month, kilogrammes and yuan.",
    "US_CENSUS_EXP_HS": "US exports to China by chapter and month.",
}
COLUMNS = ["source", "reporter", "partner", "flow", "product", "period", "value", "unit"]


def _largest(table, code):
    """Rows of the shipped tables of largest products; China reports all but the mirror source."""
    frame = pd.read_csv(table) if table.suffix == ".csv" else pd.read_parquet(table)
    frame = frame[frame.get("source", pd.Series("COMTRADE_SGP_HS2", frame.index)) != "COMTRADE_TOP5_2014"]
    source = frame.get("source", pd.Series("COMTRADE_SGP_HS2", frame.index))
    china = ~source.isin(["COMTRADE_MIRROR_HS6", "COMTRADE_SGP_HS2"])
    seller = (frame["exporter"] == "CHN") == china  # whether the exporter is the one that reports
    return pd.DataFrame({
        "source": source, "reporter": frame["exporter"].where(seller, frame["importer"]),
        "partner": frame["importer"].where(seller, frame["exporter"]),
        "flow": seller.map({True: "export", False: "import"}),
        "product": frame[code].astype(str).str.zfill(2 if code == "chapter" else 6),
        "period": frame["year"].astype(str), "value": frame["value"], "unit": "USD"})


def _one(frame, product, unit=None, value="value"):
    return pd.DataFrame({
        "source": frame["source"], "reporter": frame["reporter"], "partner": frame["partner"], "flow": frame["flow"],
        "product": product, "period": frame["period"].astype(str), "value": frame[value].astype(float),
        "unit": unit or frame["unit"]})


def build_flows_products(source):
    tables, products = data_folder() / "tables", source / "products"
    read = {name: pd.read_csv(products / f"{name}.csv", dtype={"hs2": str, "period": str}) for name in (
        "ic_exports_hs8542_by_reporter_2013_2025", "taiwan_ic_exports_by_destination_2013_2025",
        "china_soybean_imports_2005_2025", "china_soybeans_by_partner_2023_2025", "us_exports_to_china_hs2_2013_2020")}
    chips, taiwan, soy, beans, chapters = read.values()
    soy = soy.assign(partner=to_codes(soy["partner"]))
    beans = beans[beans["source"] == "GACC_SOY_HS8"].groupby(
        ["source", "reporter", "partner", "flow", "period"], as_index=False)[["quantity", "value"]].sum()
    chips, taiwan = chips.assign(partner="WORLD"), taiwan.replace({"partner": {"WLD": "WORLD"}})
    parts = [_largest(tables / "hs2_top5.csv", "chapter"), _largest(tables / "singapore_hs2.csv", "chapter"),
             _largest(tables / "hs6_top.parquet", "hs6"), _one(chips, "8542"), _one(taiwan, "8542"),
             _one(soy, "1201", "KG"), _one(beans, "1201", "KG", "quantity"), _one(beans, "1201", "CNY"),
             _one(chapters, chapters["hs2"])]
    table = pd.concat(parts, ignore_index=True)
    known = set(pd.read_csv(tables / "areas.csv")["code"])
    named = table["reporter"].isin(known) & table["partner"].isin(known) & (table["reporter"] != table["partner"])
    months = table["period"].str.len() == 7
    part_year = table["source"].isin(["CN_SOY", "COMTRADE_8542", "TW_IC"]) & ~months & (table["period"] > "2024")
    table = table[named & ~part_year & table["value"].notna()]
    table = table.drop_duplicates([*COLUMNS[:6], "unit"])
    schema = {"fields": [
        field("source", "string", "source id", required=True),
        field("reporter", "string", "area that books the flow", required=True),
        field("partner", "string", "the other area", required=True),
        field("flow", "string", "as the reporter books it", required=True, enum=["export", "import"]),
        field("product", "string", "Harmonised System: chapter, heading or item", required=True, pattern=r"\d{2,8}"),
        field("period", "string", "year or month", required=True, pattern=r"\d{4}(-\d{2})?"),
        field("value", "number", "value or quantity", "column unit", required=True, minimum=0),
        field("unit", "string", "currency, or KG", required=True, enum=["USD", "CNY", "KG"]),
    ], "primaryKey": ["source", "reporter", "partner", "flow", "product", "period", "unit"], "foreignKeys": AREAS}
    return publish(
        "flows_products", table[COLUMNS], schema, title="Trade by product: chapters, headings and items",
        description="Values and quantities of some products by reporter and partner, for checking statements.",
        sources=source_rows(source, NOTES), vintage="2025-04 to 2026-03, by source", form="parquet",
        notes=["Only the largest products of a pair are there: what is missing is not zero.",
               "A sum over products is not a total."],
        excluded=[{"rows": int((~named).sum()), "what": "rows of areas without a code, or with themselves",
                   "why": "no pair of areas"},
                  {"rows": int(part_year.sum()), "what": "years after 2024", "why": "not complete"}])


BUILDS = {"flows_products": build_flows_products}
