"""Areas (countries, former countries, groups, residuals) and dated membership of groups."""

import pandas as pd
from common import BUILDERS, field, publish, source_rows

# Names where the compiled list is dated or clumsy.
NAMES = {
    "ATF": "French Southern Territories", "BEL": "Belgium", "BRN": "Brunei Darussalam", "CIV": "Côte d'Ivoire",
    "COG": "Congo", "CPV": "Cabo Verde", "CZE": "Czechia", "FSM": "Micronesia", "GBR": "United Kingdom",
    "KAZ": "Kazakhstan", "KOR": "South Korea", "LAO": "Lao PDR", "LBY": "Libya", "MAC": "Macao", "MDA": "Moldova",
    "MKD": "North Macedonia", "MMR": "Myanmar", "PRK": "North Korea", "REU": "Réunion", "RUS": "Russia",
    "SWZ": "Eswatini", "SYR": "Syria", "TUR": "Türkiye", "TZA": "Tanzania", "USA": "United States",
    "VGB": "British Virgin Islands", "VNM": "Vietnam", "BRB": "Barbados",
}
# Codes the compiled list still carries for states that are now others: they come from area_additions.csv instead.
OLD_CODES = {"ANT": "ANT", "PAL": "PSE", "ROM": "ROU", "TMP": "TLS", "YUG": "SCG", "ZAR": "COD"}
# IMF World Economic Outlook, October 2021: the 40 advanced economies. All other countries: emerging and developing.
ADVANCED = (
    "AND AUS AUT BEL CAN CYP CZE DNK EST FIN FRA DEU GRC HKG ISL IRL ISR ITA JPN KOR LVA LTU LUX MAC MLT NLD NZL NOR "
    "PRT PRI SMR SGP SVK SVN ESP SWE CHE TWN GBR USA"
)
# Small territories and states that the IMF does not classify.
UNCLASSIFIED = (
    "ALA ATA BES BLM BVT GGY HMD IMN IOT JEY LIE MAF MCO SGS SJM UMI"
)
# United Nations M49 against the compiled list's geography.
CONTINENTS = {"RUS": "Europe", "TUR": "Asia"}

# group: {first month: codes}; END: {(group, code): last month}
MEMBERS = {
    "ASEAN": {"1967-08": "IDN MYS PHL SGP THA", "1984-01": "BRN", "1995-07": "VNM", "1997-07": "LAO MMR",
              "1999-04": "KHM", "2025-10": "TLS"},
    "EU": {"1958-01": "BEL DEU FRA ITA LUX NLD", "1973-01": "DNK GBR IRL", "1981-01": "GRC", "1986-01": "ESP PRT",
           "1995-01": "AUT FIN SWE", "2004-05": "CYP CZE EST HUN LTU LVA MLT POL SVK SVN", "2007-01": "BGR ROU",
           "2013-07": "HRV"},
    "RCEP": {"2020-11": "AUS BRN CHN IDN JPN KHM KOR LAO MMR MYS NZL PHL SGP THA VNM"},
    "RCEP_IN_FORCE": {"2022-01": "AUS BRN CHN JPN KHM LAO NZL SGP THA VNM", "2022-02": "KOR", "2022-03": "MYS",
                      "2023-01": "IDN", "2023-06": "PHL"},
    "EAEU": {"2015-01": "ARM BLR KAZ RUS", "2015-08": "KGZ"},
    "BRICS": {"2009-06": "BRA CHN IND RUS", "2010-12": "ZAF", "2024-01": "ARE EGY ETH IRN", "2025-01": "IDN"},
    "SCO": {"2001-06": "CHN KAZ KGZ RUS TJK UZB", "2017-06": "IND PAK", "2023-07": "IRN", "2024-07": "BLR"},
    "GCC": {"1981-05": "ARE BHR KWT OMN QAT SAU"},
    "MERCOSUR": {"1991-03": "ARG BRA PRY URY", "2012-07": "VEN", "2024-08": "BOL"},
    "CENTRAL_ASIA": {"1991-12": "KAZ KGZ TJK TKM UZB"},
    "USMCA": {"1994-01": "CAN MEX USA"},
    "CEEC": {"2012-04": "ALB BGR BIH CZE EST HRV HUN LTU LVA MKD MNE POL ROU SRB SVK SVN", "2019-04": "GRC"},
    # The League of Arab States, from the month of admission.
    "ARAB_STATES": {"1945-03": "EGY IRQ JOR LBN SAU SYR YEM", "1953-03": "LBY", "1956-01": "SDN", "1958-10": "MAR TUN",
                    "1961-07": "KWT", "1962-08": "DZA", "1971-09": "BHR OMN QAT", "1971-12": "ARE", "1973-11": "MRT",
                    "1974-02": "SOM", "1976-09": "PSE", "1977-09": "DJI", "1993-11": "COM"},
    # Members of the United Nations in Latin America and the Caribbean, from the month of admission.
    "LATIN_AMERICA": {
        "1945-10": "ARG BRA CHL CUB DOM HTI MEX NIC PAN PER PRY SLV", "1945-11": "BOL COL CRI ECU GTM HND URY VEN",
        "1962-09": "JAM TTO", "1966-09": "GUY", "1966-12": "BRB", "1973-09": "BHS", "1974-09": "GRD", "1975-12": "SUR",
        "1978-12": "DMA", "1979-09": "LCA", "1980-09": "VCT", "1981-09": "BLZ", "1981-11": "ATG", "1983-09": "KNA"},
    "G7": {"1975-11": "DEU FRA GBR ITA JPN USA", "1976-06": "CAN"},
    # Members of the United Nations in Africa, from the month of admission.
    "AFRICA": {
        "1945-10": "EGY", "1945-11": "ETH LBR ZAF", "1955-12": "LBY", "1956-11": "MAR SDN TUN", "1957-03": "GHA",
        "1958-12": "GIN", "1960-09": "BEN BFA CAF CIV CMR COD COG GAB MDG MLI NER SEN SOM TCD TGO", "1960-10": "NGA",
        "1961-09": "SLE", "1961-10": "MRT", "1961-12": "TZA", "1962-09": "BDI RWA", "1962-10": "DZA UGA",
        "1963-12": "KEN", "1964-12": "MWI ZMB", "1965-09": "GMB", "1966-10": "BWA LSO", "1968-04": "MUS",
        "1968-09": "SWZ", "1968-11": "GNQ", "1974-09": "GNB", "1975-09": "CPV MOZ STP", "1975-11": "COM",
        "1976-09": "SYC", "1976-12": "AGO", "1977-09": "DJI", "1980-08": "ZWE", "1990-04": "NAM", "1993-05": "ERI",
        "2011-07": "SSD"},
}
END = {("EU", "GBR"): "2020-01", ("MERCOSUR", "VEN"): "2016-12", ("CEEC", "LTU"): "2021-05",
       ("CEEC", "EST"): "2022-08", ("CEEC", "LVA"): "2022-08"}


def countries_of(listed):
    """The compiled list of countries, one row a code, with today's names."""
    listed = listed.drop_duplicates("iso3")
    listed = listed[~listed["iso3"].isin(OLD_CODES)]
    frame = pd.DataFrame({"code": listed["iso3"], "name": listed["country"], "kind": "country",
                          "continent": listed["continent"], "note": ""})
    frame["name"] = frame["code"].map(NAMES).fillna(frame["name"])
    frame["continent"] = frame["code"].map(CONTINENTS).fillna(frame["continent"])
    return frame.sort_values("code", ignore_index=True)


def build_areas(source):
    listed = pd.read_csv(source / "annual" / "cepii_geo_countries.csv", dtype=str, keep_default_na=False)
    additions = pd.read_csv(BUILDERS / "area_additions.csv", dtype=str, keep_default_na=False)
    frame = pd.concat([countries_of(listed), additions], ignore_index=True)
    country = frame["kind"].eq("country") & ~frame["code"].isin(UNCLASSIFIED.split())
    advanced = ADVANCED.split()
    frame["development"] = None
    frame.loc[country, "development"] = [
        "advanced" if code in advanced else "emerging_developing" for code in frame.loc[country, "code"]]
    # The list gives the Antarctic territories the continent "No".
    frame = frame.replace({"": None, "No": None})
    schema = {
        "fields": [
            field("code", "string", "ISO 3166-1 alpha-3 code, or a code of our own for a group or residual",
                  required=True, pattern="[A-Z][A-Z0-9_]{1,14}"),
            field("name", "string", "name used in tables and figures", required=True, unique=True),
            field("kind", "string", "country, former country, group of countries or what a source leaves unnamed",
                  required=True, enum=["country", "historical", "group", "residual"]),
            field("continent", "string", "continent", enum=["Africa", "America", "Asia", "Europe", "Pacific"]),
            field("development", "string", "IMF World Economic Outlook, October 2021; countries only",
                  enum=["advanced", "emerging_developing"]),
            field("note", "string", "what the code stands for"),
        ],
        "primaryKey": ["code"],
    }
    return publish(
        "areas", frame, schema, title="Area codes: countries, groups, residuals",
        description="Every code that may stand in a reporter or partner column.",
        sources=source_rows(source, {"CEPII_GEODIST": "Countries and continents; names and old codes brought up to "
                                                      "date here, groups and residuals added here."}),
        vintage="2021 (development); codes as of 2025",
        notes=["Advanced economies: the 40 of the IMF World Economic Outlook of October 2021 (Croatia joined in 2023); "
               "every other country counts as emerging and developing, but for 16 small territories.",
               "Continents follow the CEPII list, but Russia is put in Europe and Türkiye in Asia as in the "
               "United Nations M49 list.",
               "Romania, DR Congo, Timor-Leste and Palestine had old codes in the CEPII list (ROM, ZAR, TMP, PAL); "
               "today's codes are used. Its YUG row stands for Serbia and Montenegro."],
        excluded=[{"rows": int(listed["iso3"].duplicated().sum()),
                   "what": "second city rows in the compiled list of countries",
                   "why": "one row a country is needed; the second row differs only in its city"}])


def build_group_members(source):
    rows = [(group, code, start, END.get((group, code)))
            for group, joined in MEMBERS.items() for start, codes in joined.items() for code in codes.split()]
    frame = pd.DataFrame(rows, columns=["group", "iso3", "from", "to"])
    schema = {
        "fields": [
            field("group", "string", "group code", required=True),
            field("iso3", "string", "member", required=True),
            field("from", "yearmonth", "first month of membership", required=True),
            field("to", "yearmonth", "last month of membership; empty: still a member"),
        ],
        "primaryKey": ["group", "iso3", "from"],
        "foreignKeys": [{"fields": name, "reference": {"resource": "areas", "fields": "code"}}
                        for name in ("group", "iso3")],
    }
    treaty = {"source_id": "TREATIES", "publisher": "the groups' own treaties and accession dates; United Nations",
              "title": "Membership of groups of countries", "obtained_via": "entered by hand", "vintage": "2025-10",
              "units": "month", "licence": "facts", "notes": "Month of accession or entry into force."}
    return publish(
        "group_members", frame, schema, title="Dated membership of groups",
        description="Who belonged to ASEAN, the EU, RCEP, ... from which month to which.",
        sources=[treaty], vintage="2025-10",
        notes=["RCEP: the 15 signatories from November 2020; RCEP_IN_FORCE: from the month the treaty bound each "
               "(Myanmar left out: not accepted by all parties).",
               "AFRICA: the 54 United Nations members in Africa. Customs offices count a few islands and territories "
               "beside them (Réunion, Mayotte, Western Sahara).",
               "LATIN_AMERICA: the 33 United Nations members; customs offices count territories beside them (Puerto "
               "Rico, Curaçao, the Virgin Islands).",
               "USMCA: also under the treaty before it, from 1994. MERCOSUR: Paraguay's suspension of 2012-13 is left "
               "out. CEEC: the countries of the meetings with China.",
               "BRICS: Saudi Arabia left out, its accession was never confirmed.",
               "Belt and Road membership is not shipped: the official list changed in 2023."])


BUILDS = {"areas": build_areas, "group_members": build_group_members}
