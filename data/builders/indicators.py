"""monthly_indicators: volumes and prices of world trade, commodity prices, supply pressure, uncertainty, orders."""

import pandas as pd
from common import field, publish, source_rows

# What of the pink sheet is used: the goods behind trade with Russia, Africa and ASEAN.
PINK = ("Crude oil, average", "Crude oil, Brent", "Coal, Australian", "Natural gas, Europe",
        "Liquefied natural gas, Japan", "Iron ore, cfr spot", "Copper", "Aluminum", "Nickel", "Zinc", "Gold",
        "Platinum", "Soybeans", "Palm oil", "Rubber, TSR20", "Cotton, A Index", "Cocoa", "Coffee, Arabica",
        "Coffee, Robusta", "Tea, avg 3 auctions", "Logs, Malaysian", "Rice, Thai 5%")


def _slug(text):
    return pd.Series(text).str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True).str.strip("_")


def _cpb(source):
    frame = pd.read_parquet(source / "leading" / "cpb_world_trade_monitor_2000_2024.parquet")
    frame = frame[frame["kind"].isin(["trade", "imports", "exports", "commodity price"])]
    measure = frame["measure"].str.split(",").str[0]
    region = frame["region"].replace({"World trade": "World", "World imports": "World", "World exports": "World"})
    commodity = frame["kind"].eq("commodity price")
    words = ("cpb " + frame["kind"] + " " + measure + " " + region).where(~commodity, "cpb " + measure + " " + region)
    return pd.DataFrame({"series": _slug(words), "period": frame["period"], "value": frame["value"],
                         "unit": "index, 2021 = 100", "adjusted": frame["seasonally_adjusted"],
                         "source": "CPB_WTM_2024_12"})


def _pink(source):
    frame = pd.read_parquet(source / "prices" / "worldbank_pink_sheet_1990_2026.parquet")
    frame = frame[frame["commodity"].isin(PINK)]
    return pd.DataFrame({"series": _slug("price " + frame["commodity"]), "period": frame["period"],
                         "value": frame["value"], "unit": frame["unit"].str.replace("$", "US$", regex=False),
                         "adjusted": False, "source": "WB_PINK_2026_06"})


def _single(source, path, unit, names):
    frame = pd.read_csv(source / path)
    frame = frame[frame["series"].isin(names)]
    return pd.DataFrame({"series": frame["series"].map(lambda s: names[s][0]), "period": frame["period"],
                         "value": frame["value"], "unit": unit, "adjusted": frame["series"].map(
                             lambda s: names[s][2]).astype(bool), "source": frame["series"].map(lambda s: names[s][1])})


def build_monthly_indicators(source):
    index = "index, mean 100 in 1985-2010"
    table = pd.concat([
        _cpb(source), _pink(source),
        _single(source, "leading/ny_fed_gscpi_1998_2025.csv", "standard deviations from the mean",
                {"GSCPI": ("supply_pressure", "NYFED_GSCPI", True)}),
        _single(source, "protection/policy_uncertainty_monthly.csv", index,
                {"EPUTRADE": ("us_trade_policy_uncertainty", "EPUTRADE", False)}),
        _single(source, "leading/china_nbs_pmi_2017_2026.csv", "index, 50 = no change",
                {"nbs_pmi_manufacturing": ("china_pmi_manufacturing", "NBS_PMI", True)}),
    ], ignore_index=True)
    schema = {
        "fields": [
            field("series", "string", "name of the series", required=True, pattern="[a-z0-9_]+"),
            field("period", "yearmonth", "month", required=True),
            field("value", "number", "value", "column unit", required=True),
            field("unit", "string", "unit", required=True),
            field("adjusted", "boolean", "seasonally adjusted by its publisher", required=True),
            field("source", "string", "source id", required=True)],
        "primaryKey": ["series", "period"]}
    notes = {
        "CPB_WTM_2024_12": "Volumes and US$ prices of goods trade by region; one vintage (February 2025), revised by a "
                           "point or more since 2021. A month comes out about eight weeks later.",
        "WB_PINK_2026_06": "Monthly averages, hardly revised; a month comes out in the first days of the next.",
        "NYFED_GSCPI": "Re-estimated every month over its whole span; first published in January 2022.",
        "EPUTRADE": "Counts of words in US newspapers: the United States only. 2015 to 2024.",
        "NBS_PMI": "Headline only, from December 2017; out on the last day of the month."}
    return publish(
        "monthly_indicators", table, schema, form="parquet", title="Monthly indicators beside trade",
        description="World trade volumes and prices, commodity prices, supply-chain pressure, trade policy "
                    "uncertainty, purchasing managers.",
        sources=source_rows(source, notes), vintage="by source, 2024-12 to 2026-06",
        checks={"series": {"keys": ["series"], "period": "period", "gaps": []}},
        notes=["Read the column adjusted before comparing with trade, which is not adjusted.",
               "Vintages are later than the article: prices stay, volumes and estimated indices move."])


BUILDS = {"monthly_indicators": build_monthly_indicators}
