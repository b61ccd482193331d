"""Trade policy: Global Trade Alert counts, US duties by partner, votes in the United Nations."""

import pandas as pd
from common import field, publish, source_rows, to_codes

SAME_DAY = "documented by 31 October of the same year"


def _key(*names):
    return [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in names]


def build_trade_interventions(source):
    frame = pd.read_csv(source / "protection" / "gta_world_by_year_2009_2020.csv")
    compare = (frame["basis"].str.contains(SAME_DAY) | frame["measure"].eq("investigations_launched")
               | frame["kind"].str.contains("documented in the year: All"))
    table = frame[compare].assign(kind=lambda t: t["kind"].str.split(",").str[0])
    schema = {
        "fields": [
            field("measure", "string", "what is counted", required=True,
                  enum=["interventions_announced", "interventions_implemented", "harmful_share",
                        "investigations_launched", "world_trade_covered"]),
            field("scope", "string", "whose", required=True, enum=["world", "G20"]),
            field("kind", "string", "all, harmful, or a kind of measure", required=True),
            field("year", "year", "year, to 31 October", required=True, minimum=2009, maximum=2020),
            field("value", "number", "count or share", "column unit", required=True, minimum=0),
            field("unit", "string", "unit", required=True, enum=["count", "share"]),
            field("basis", "string", "what is in the count", required=True)],
        "primaryKey": ["measure", "scope", "kind", "year"]}
    note = "Database as of 31 October 2020. A count is no size: a measure may cover a cent or a sector."
    return publish(
        "trade_interventions", table, schema, title="Interventions in trade by year (Global Trade Alert)",
        description="Counts that treat all years alike: each year up to 31 October, as known on that day.",
        sources=source_rows(source, {"GTA26": note}), vintage="2020-10-31",
        excluded=[{"rows": int((~compare).sum()), "what": "counts by today's knowledge of earlier years",
                   "why": "the database keeps adding old measures, so late years look too low"}],
        notes=["interventions_announced mixes harmful and liberalising ones; harmful_share is the G20's.",
               "2020 is swollen by pandemic medical and subsidy measures.",
               "Measures of the European Union are booked under each of its members among the G20."])


def build_us_duties(source):
    frame = pd.read_csv(source / "protection" / "us_imports_and_duties_by_partner_2013_2025.csv")
    gone = frame["partner"].eq("Usmca (Nafta)")
    kept = frame[~gone].replace({"partner": {"European Union": "European Union of 27"}})
    table = kept.assign(partner=to_codes(kept["partner"]))
    schema = {
        "fields": [
            field("partner", "string", "origin of the imports", required=True),
            field("period", "yearmonth", "month", required=True),
            field("value", "number", "imports for consumption, customs value", "USD", required=True, minimum=0),
            field("duty", "number", "duties calculated on them", "USD", required=True, minimum=0)],
        "primaryKey": ["partner", "period"], "foreignKeys": _key("partner")}
    note = "Imports for consumption, not general imports: for China 0.7 % lower on average, single months -8 to +8 %."
    return publish(
        "us_duties", table, schema, form="parquet", title="Imports and duties of the United States by origin",
        description="Duties over value give the average tariff on what is still imported, month by month.",
        sources=source_rows(source, {"US_CENSUS_DUTIES": note}), vintage="2026-05 (data to 2025-11)",
        checks={"series": {"keys": ["partner"], "period": "period", "gaps": []}},
        excluded=[{"rows": int(gone.sum()), "what": "the total of Canada and Mexico", "why": "it overlaps"}],
        notes=["Average duty rates fall where a tariff chokes trade off: a lower bound of protection.",
               "WORLD and EU27 (27 members in every month) overlap with the countries."])


def build_un_votes(source):
    frame = pd.read_csv(source / "protection" / "un_ideal_points_with_china_1971_2023.csv")
    gone = frame["year"].lt(1990)
    table = frame[~gone].rename(columns={"iso3": "code", "agreement_with_china": "agreement",
                                         "distance_to_china": "distance"})
    schema = {
        "fields": [
            field("code", "string", "country", required=True),
            field("year", "year", "year in which the session began", required=True),
            field("ideal_point", "number", "position on the first dimension of votes", "latent", required=True),
            field("distance", "number", "absolute difference from China's ideal point", "latent", required=True,
                  minimum=0),
            field("agreement", "number", "share of votes cast like China's", "share", minimum=0, maximum=1)],
        "primaryKey": ["code", "year"], "foreignKeys": _key("code")}
    return publish(
        "un_votes", table, schema, form="parquet", title="Votes in the United Nations' General Assembly and China's",
        description="Ideal points of countries, and how far each lies from China's: geopolitical distance.",
        sources=source_rows(source, {"UNGA_IDEAL": "Sessions begin in September: 2021 is the session of 2021/22."}),
        vintage="2024-06",
        excluded=[{"rows": int(gone.sum()), "what": "sessions before 1990", "why": "not used"}],
        notes=["A latent position, re-estimated with every release; a vote is not a trade policy."])


BUILDS = {"trade_interventions": build_trade_interventions, "us_duties": build_us_duties, "un_votes": build_un_votes}
