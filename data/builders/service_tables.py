"""Services: trade of China by partner and item, digitally deliverable services by economy, names of the items."""

import pandas as pd
from common import field, publish, source_rows, to_codes

AREA = {"resource": "areas", "fields": "code"}
FLOWS = {"Exports": "export", "Imports": "import"}
FLOW = field("flow", "string", "as the reporter books it", required=True, enum=["export", "import"])
# WTO, UNCTAD: services that can be delivered over networks, by main item.
DIGITAL = ["SF", "SG", "SH", "SI", "SJ", "SK"]
MAIN = ["SA", "SB", "SC", "SD", "SE", *DIGITAL, "SL"]
BATIS_NOTE = "Balanced: the two sides are reconciled and partly estimated, not official bilateral figures."


def build_services_items(source):
    frame = pd.read_csv(source / "services" / "batis_items.csv")
    table = pd.DataFrame({"item": frame["item_code"], "name": frame["service"].str.replace(r" \( .*", "", regex=True)
                         .str.replace(" n.i.e.", ""),
                          "level": ["main" if code in MAIN else "sum" for code in frame["item_code"]],
                          "digital": [code in DIGITAL for code in frame["item_code"]]})
    schema = {"fields": [
        field("item", "string", "item of the balance of payments (BPM6)", required=True),
        field("name", "string", "service", required=True),
        field("level", "string", "a main item, or a sum of main items", required=True, enum=["main", "sum"]),
        field("digital", "boolean", "can be delivered over networks (WTO, UNCTAD)", required=True),
    ], "primaryKey": ["item"]}
    return publish(
        "services_items", table, schema, title="Items of services trade",
        description="The twelve main items, their sums, and which can be delivered digitally.",
        sources=source_rows(source, {"BATIS_CHINA": "Names shortened."}), vintage="BPM6",
        notes=["The twelve main items add up to S.", "Deliverable is not delivered: these services CAN go by network."])


def build_services_partners(source):
    frame = pd.read_parquet(source / "services" / "batis_china_by_partner_2005_2019.parquet")
    table = pd.DataFrame({"reporter": "CHN", "partner": to_codes(frame["partner"]),
                          "flow": frame["flow"].map(FLOWS), "item": frame["item_code"], "year": frame["year"],
                          "value": frame["value_usd"].astype(float)})
    schema = {"fields": [
        field("reporter", "string", "China", required=True, enum=["CHN"]),
        field("partner", "string", "partner, or WORLD", required=True), FLOW,
        field("item", "string", "item of table services_items", required=True),
        field("year", "year", "calendar year", required=True),
        field("value", "number", "balanced value", "US$", required=True, minimum=0),
    ], "primaryKey": ["partner", "flow", "item", "year"],
        "foreignKeys": [{"fields": "partner", "reference": AREA}]}
    return publish(
        "services_partners", table, schema, form="parquet",
        title="China's trade in services by partner and item, 2005-2019",
        description="OECD-WTO balanced trade in services: 202 partners and the world, 17 items.",
        sources=source_rows(source, {"BATIS_CHINA": BATIS_NOTE}), vintage="2021-01 (inferred from the years)",
        notes=["Nothing after 2019.", "The partners add up to WORLD.",
               "Its digitally deliverable exports of 2019 are a quarter below UNCTAD's: both are kept."])


def build_digital_services(source):
    frame = pd.read_csv(source / "services" / "unctad_digitally_deliverable_2010_2023.csv")
    empty, group = frame["value"].isna(), frame["iso3"].eq("SSF")
    kept = frame[~empty & ~group]
    table = pd.DataFrame({"reporter": kept["iso3"].replace({"WLD": "WORLD"}),
                          "flow": kept["flow"].map(FLOWS), "year": kept["year"], "value": kept["value"] * 1e6})
    schema = {"fields": [
        field("reporter", "string", "economy, or WORLD", required=True), FLOW,
        field("year", "year", "calendar year", required=True),
        field("value", "number", "trade in digitally deliverable services", "US$", required=True, minimum=0),
    ], "primaryKey": ["reporter", "flow", "year"], "foreignKeys": [{"fields": "reporter", "reference": AREA}]}
    return publish(
        "digital_services", table, schema, title="Digitally deliverable services by economy, 2010-2023",
        description="Exports and imports of services that can be delivered over networks; no partners.",
        sources=source_rows(source, {"UNCTAD_DDS": "Totals of economies, as downloaded in 2025: later years revised."}),
        vintage="2025",
        excluded=[{"rows": int(empty.sum()), "what": "cells without a value", "why": "not reported"},
                  {"rows": int((group & ~empty).sum()), "what": "Sub-Saharan Africa as a group",
                   "why": "its members are not listed"}],
        notes=["Not what was known in 2021: one vintage, of 2025.", "Totals of economies, not by partner."])


BUILDS = {"services_items": build_services_items, "services_partners": build_services_partners,
          "digital_services": build_digital_services}
