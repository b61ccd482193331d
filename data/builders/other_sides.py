"""Other reporters: the United States by partner and month, the European Union's exports by partner and year."""

import pandas as pd
from areas import MEMBERS
from common import publish, source_rows, to_codes
from monthly import long_flows

from trade_lib.data.tables import FLOW_KEY, FLOW_SERIES, flow_schema

FIRST = "1995-01"
LEAST = 1e9  # US$ a year, both ways, 2010 to 2022: partners below it are left out, but for ASEAN's and Africa's
WORLD = "World, Not Seasonally Adjusted"
# Eurostat's partners that stand for no area of ours.
NO_AREA = ("Ceuta (incl. Melilla 'XL' -> 1998)", "Cocos Islands (or Keeling Islands)", "Falkland Islands (Malvinas)",
           "High seas", "Melilla", "South Georgia and South Sandwich Islands", "St Pierre and Miquelon",
           "Intra-EU27 (from 2020)")


def gaps(flows):
    """Months that a series lacks between its first and its last, as the checks of a table want them declared."""
    declared = []
    for key, held in flows.groupby(FLOW_SERIES)["period"]:
        have = pd.PeriodIndex(sorted(held), freq="M")
        lacking = pd.period_range(have.min(), have.max(), freq="M").difference(have)
        runs = pd.Series(lacking, index=lacking).groupby(lacking.asi8 - range(len(lacking)))
        declared += [{"key": list(key), "from": str(run.min()), "to": str(run.max())} for _, run in runs]
    return declared


def build_flows_monthly_usa(source):
    folder = source / "monthly"
    listed = pd.read_parquet(folder / "us_by_partner_census_1985_2023.parquet").rename(columns={"source": "source_id"})
    listed = listed[listed["period"] >= FIRST]
    years = listed["period"].between("2010-01", "2022-12")
    size = listed[years].groupby("partner")["value"].sum() / 13
    always = " ".join([*MEMBERS["ASEAN"].values(), *MEMBERS["AFRICA"].values()]).split()
    names = listed.loc[~listed["is_aggregate"], "partner"].unique()
    large = [n for n in names if size.get(n, 0) >= LEAST]
    small = pd.Series([n for n in names if n not in large and n not in NO_CODE])
    kept = [WORLD, *large, *small[to_codes(small).isin(always)]]
    left_out = listed[~listed["partner"].isin(kept)]
    recent = pd.read_csv(folder / "us_with_5_asian_european_partners_2024_2026.csv")
    frame = pd.concat([listed[listed["partner"].isin(kept)], recent.rename(columns={"source": "source_id"})])
    flows = long_flows(frame, "value", 1, "USD").groupby(FLOW_KEY, as_index=False)["value"].sum()
    schema, checks = flow_schema()
    checks["series"]["gaps"] = gaps(flows)
    del checks["ratio"]  # with small partners a month may be one parcel
    notes = {"US_CENSUS_COUNTRY_2023": "The US side, not adjusted, general trade; imports at customs value, 4 to 7 per "
                                       "cent below a CIF value. Revised through mid-2022. 0 may mean no trade.",
             "US_CENSUS_BALANCE_2026": "The same definition, China, Germany, Japan, Korea, Taiwan; of 2024 eight "
                                       "months only (the page was cut), 2025-01 to 2026-04 whole."}
    return publish(
        "flows_monthly_usa", flows, schema, checks=checks, form="parquet",
        title="Monthly trade of the United States by partner",
        description="Exports (FAS) and imports (customs value) as the US Census Bureau books them.",
        sources=source_rows(source, notes), vintage="2023-03 and 2026-06, by source",
        excluded=[{"rows": len(left_out), "why": "not used; groups are summed from members",
                   "what": "partners under 1 bn US$ a year outside ASEAN and Africa, and the Bureau's groups"}],
        notes=["The two sources do not meet: February to December 2023 are in neither.",
               "Sudan in 2011 is the sum of the old and the new country.",
               "Countries add up to WORLD only with the small partners left out here."])


def build_flows_annual_eu(source):
    frame = pd.read_csv(source / "annual" / "eu27_exports_by_partner_2010_2023.csv")
    gone = frame["partner"].isin(NO_AREA) | frame["partner"].str.contains("Countries and territories|Stores and prov")
    kept = frame[~gone].rename(columns={"source": "source_id"})
    flows = long_flows(kept, "value", 1, "EUR")
    schema, checks = flow_schema(annual=True)
    note = ("The 27 members of 2020 in every year, their trade with one another included; the United Kingdom is a "
            "partner throughout. 2016 is not at hand.")
    return publish(
        "flows_annual_eu", flows, schema, checks=checks, title="Exports of the European Union of 27 by partner",
        description="Annual exports in euro, f.o.b., by partner, 2010 to 2023 without 2016.",
        sources=source_rows(source, {"EUROSTAT_EXP_A": note}), vintage="2024-11",
        excluded=[{"rows": int(gone.sum()), "what": "small territories, high seas, stores and the unnamed",
                   "why": "they stand for no area of ours; the total outside the Union (EXTRA_EU27) has them"}],
        notes=["Exports only, in euro. Members are partners too: never sum all of them as trade with the world.",
               "EU27 is not EU: that code means the members of the day."])


NO_CODE = ("British Indian Ocean Terr.", "Falkland Islands(Islas Malvin", "French Southern and Antarctic",
           "Heard and McDonald Islands", "International Organizations", "Pitcairn Islands", "St Pierre and Miquelon",
           "Svalbard, Jan Mayen Island", "Unidentified Countries", "Yugoslavia (former)",
           "Gaza Strip admin. by Israel", "West Bank admin. by Israel")
BUILDS = {"flows_monthly_usa": build_flows_monthly_usa, "flows_annual_eu": build_flows_annual_eu}
