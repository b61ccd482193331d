"""All pairs: flows_bilateral, country_pairs, economies, trade_agreements."""

import pandas as pd
from areas import OLD_CODES
from common import area_codes, data_folder, field, publish, source_rows

# Codes of the sources for countries of today; YUG stands for both of its last successors, BLX for both members.
TODAY = {**{old: [new] for old, new in OLD_CODES.items() if new not in ("ANT", "SCG")}, "YUG": ["SRB", "MNE"]}
AGREEMENT_CODES = {"ROM": ["ROU"], "ZAR": ["COD"], "TMP": ["TLS"], "BLX": ["BEL", "LUX"], "MNT": ["MNE"],
                   "KN1": ["KNA"]}
AREAS = {"reference": {"resource": "areas", "fields": "code"}}


def _keys(*names):
    return [{"fields": name, **AREAS} for name in names]


def _unknown(frame, columns):
    """Rows with a code that is not an area."""
    known = set(area_codes(data_folder()))
    return ~frame[columns].isin(known).all(axis=1)


def _recode(frame, columns, mapping):
    """Old codes to today's; a code that stands for two countries gives a row for each."""
    for column in columns:
        frame = frame.assign(**{column: frame[column].map(lambda code: mapping.get(code, [code]))}).explode(column)
    return frame[frame[columns[0]] != frame[columns[1]]].reset_index(drop=True)


def build_flows_bilateral(source):
    parts = {"BACI_2000_2020": "baci_bilateral_2000_2020.parquet", "BACI_2023": "baci_bilateral_2023.parquet"}
    frame = pd.concat([pd.read_parquet(source / "annual" / file).assign(source=name) for name, file in parts.items()],
                      ignore_index=True).replace({"exporter": {"S19": "TWN"}, "importer": {"S19": "TWN"}})
    frame["value"] = (frame["value_kusd"] * 1000).round().astype("int64")
    small = _unknown(frame, ["exporter", "importer"])
    left_out = sorted({*frame.loc[small, "exporter"], *frame.loc[small, "importer"]} - set(area_codes(data_folder())))
    schema = {"fields": [
        field("source", "string", "source id: the edition of the data", required=True, enum=list(parts)),
        field("year", "year", "year", required=True),
        field("exporter", "string", "country of origin", required=True),
        field("importer", "string", "country of destination", required=True),
        field("value", "integer", "goods, FOB, both sides' reports reconciled", "US$", required=True, minimum=1),
    ], "primaryKey": ["year", "exporter", "importer"], "foreignKeys": _keys("exporter", "importer")}
    return publish(
        "flows_bilateral", frame[~small], schema, form="parquet",
        title="Goods trade of all pairs of countries, 2000 to 2020 and 2023",
        description="Yearly exports of every country to every other, reconciled from both sides' reports (BACI).",
        sources=source_rows(source, {
            "BACI_2000_2020": "206 countries. The edition is not stated; early 2022 fits (its year 2021 is empty).",
            "BACI_2023": "226 countries; another edition with another product classification."}),
        vintage="about 2022-01 (2000 to 2020); 2025-01 (2023)",
        notes=["An absent pair had no recorded trade that year.",
               "FOB and reconciled: below what customs print (Russia-China 2020, Africa).",
               "Taiwan is in 2023 only. 2021 and 2022 are missing. The two editions are never spliced."],
        excluded=[{"rows": int(small.sum()), "what": f"flows of {', '.join(left_out)} in 2023",
                   "why": "territories without an area code here; under 1 bn US$ of trade together"}])


def build_country_pairs(source):
    frame = pd.read_parquet(source / "annual" / "cepii_geodist_pairs.parquet")
    self_pairs = int(frame["iso_o"].eq(frame["iso_d"]).sum())
    frame = frame[frame["iso_o"] != frame["iso_d"]].rename(columns={"iso_o": "a", "iso_d": "b"})
    frame = _recode(frame, ["a", "b"], TODAY)
    frame = frame[frame["a"] < frame["b"]].drop_duplicates(["a", "b"])
    lacking = frame["distw"].isna()
    names = {"contig": "share a border", "comlang_off": "share an official language",
             "comlang_ethno": "share a language spoken by 9 % or more in both", "colony": "ever colony and coloniser",
             "comcol": "common coloniser after 1945"}
    schema = {"fields": [
        field("a", "string", "country, the first of the two in the alphabet of codes", required=True),
        field("b", "string", "country", required=True),
        field("dist", "number", "great circle between the main cities", "km", required=True, minimum=0),
        field("distw", "number", "mean distance between cities, weighted by population; empty: not given", "km",
              minimum=0),
        *[field(name, "integer", text, "0/1", required=True, enum=[0, 1]) for name, text in names.items()],
    ], "primaryKey": ["a", "b"], "foreignKeys": _keys("a", "b")}
    return publish(
        "country_pairs", frame, schema, form="parquet", title="Distances and ties of pairs of countries",
        description="One row an unordered pair; every measure is the same both ways.",
        sources=source_rows(source, {"CEPII_GEODIST": "Distances and ties; old codes brought up to date here."}),
        vintage="undated (about 2011)",
        notes=["ROM, ZAR, TMP and PAL are Romania, DR Congo, Timor-Leste and Palestine today. Serbia and Montenegro "
               "both take the row of YUG, and have no row with each other.",
               "American Samoa, Guam, South Sudan, Curaçao and Sint Maarten have no row.",
               f"The weighted distance is empty for {int(lacking.sum())} pairs of ten small territories (Macao among "
               "them)."],
        excluded=[{"rows": self_pairs, "what": "distances of a country to itself", "why": "no trade within countries"},
                  {"rows": 24976, "what": "the same pairs the other way round", "why": "every measure is symmetric"}])


def build_economies(source):
    frame = pd.read_csv(source / "annual" / "worldbank_gdp_population_1990_2024.csv", keep_default_na=False,
                        na_values=[""])
    frame = frame.rename(columns={"iso3": "code", "gdp_current_usd": "gdp"})
    old, unknown = frame["year"] < 2000, _unknown(frame, ["code"])
    aggregates = sorted(frame.loc[unknown, "code"].unique())
    frame = frame[~old & ~unknown]
    schema = {"fields": [
        field("code", "string", "country", required=True),
        field("year", "year", "year", required=True),
        field("gdp", "number", "gross domestic product; empty: not published", "current US$", minimum=1e6),
        field("population", "integer", "inhabitants at mid-year", "persons", required=True, minimum=1),
    ], "primaryKey": ["code", "year"], "foreignKeys": _keys("code")}
    return publish(
        "economies", frame, schema, form="parquet", title="Gross domestic product and population",
        description="World Development Indicators by country, 2000 to 2024.",
        sources=source_rows(source, {"WDI_GDP_POP": "NY.GDP.MKTP.CD and SP.POP.TOTL; GDP ends in 2023."}),
        vintage="2026-02 (GDP), 2026-03 (population)",
        notes=["No Taiwan. Eritrea, Gibraltar, North Korea, South Sudan, Venezuela, Yemen and the British Virgin "
               "Islands have no GDP for 2019."],
        excluded=[{"rows": int(old.sum()), "what": "years before 2000", "why": "trade of all pairs starts in 2000"},
                  {"rows": int((unknown & ~old).sum()), "what": f"codes {', '.join(aggregates)}",
                   "why": "groups of countries, and four territories that the trade data do not have"}])


def build_trade_agreements(source):
    frame = pd.read_parquet(source / "annual" / "trade_agreements_1988_2016_4yearly.parquet")
    old = frame["year"] < 2000
    frame = frame[~old].drop(columns="export_usd")
    recoded = _recode(frame, ["exporter", "importer"], AGREEMENT_CODES)
    unknown = _unknown(recoded, ["exporter", "importer"])
    known = set(area_codes(data_folder()))
    gone = sorted({*recoded.loc[unknown, "exporter"], *recoded.loc[unknown, "importer"]} - known)
    kept = recoded[~unknown].drop_duplicates(["year", "exporter", "importer"])
    named = kept["rta"].eq(1) & kept["agreement"].fillna("").ne("")
    kept = kept.assign(agreement=kept["agreement"].where(named, None))
    schema = {"fields": [
        field("year", "year", "every fourth year", required=True),
        field("exporter", "string", "country", required=True),
        field("importer", "string", "country", required=True),
        field("rta", "integer", "an agreement is in force between the two", "0/1", required=True, enum=[0, 1]),
        field("agreement", "string", "its name; empty where there is none"),
    ], "primaryKey": ["year", "exporter", "importer"], "foreignKeys": _keys("exporter", "importer")}
    return publish(
        "trade_agreements", kept, schema, form="parquet", title="Trade agreements in force, every fourth year",
        description="Whether a trade agreement bound a pair in 2000, 2004, 2008, 2012 and 2016.",
        sources=source_rows(source, {"DTA_RTA": "Deep Trade Agreements of the World Bank, as a research package "
                                                "carries them; the exports of that file are not used."}),
        vintage="2016, in a package of 2025-02",
        notes=["Ends in 2016: no agreement since is in it (RCEP, China-Georgia, China-Maldives, AfCFTA).",
               "Agreements of every depth count, non-reciprocal and partial ones among them (GSTP, APTA).",
               "Belgium and Luxembourg share the rows of BLX; Romania is ROM, DR Congo ZAR, Timor-Leste TMP, "
               "Montenegro MNT, Saint Kitts and Nevis KN1 in the source.",
               "Absent pairs are not covered; some 20 small countries are absent altogether (Uzbekistan, North Korea, "
               "Liberia, Somalia, Chad among them)."],
        excluded=[{"rows": int(old.sum()), "what": "years before 2000", "why": "trade of all pairs starts in 2000"},
                  {"rows": int(unknown.sum()), "what": f"codes {', '.join(gone)}",
                   "why": "areas without trade here, or residuals of the source"}])


BUILDS = {"flows_bilateral": build_flows_bilateral, "country_pairs": build_country_pairs,
          "economies": build_economies, "trade_agreements": build_trade_agreements}
