"""Monthly flows in the long schema: flows_monthly."""

import pandas as pd
from common import publish, source_rows, to_codes

from trade_lib.data.tables import flow_schema
from trade_lib.errors import TradeDataError

# file: (column of values, factor to single units, currency)
FILES = {
    "russia_customs_by_partner_2006_2021.csv": ("value_usd", 1, "USD"),
    "korea_and_us_with_china_2001_2019.csv": ("value_usd", 1, "USD"),
    "korea_exports_by_destination_2000_2023.csv": ("value", 1000, "USD"),
    "us_china_fred_1985_2025.csv": ("value_usd", 1, "USD"),
    "us_china_mexico_comtrade_2010_2022.csv": ("value_usd", 1, "USD"),
    "china_with_world_1983_2018.csv": ("value_usd", 1, "USD"),
    "singapore_by_partner_sgd_2003_2025.parquet": ("value_sgd", 1, "SGD"),
    "japan_with_china_jpy_2001_2019.csv": ("value_native", 1, "JPY"),
}
NOTES = {
    "RU_FCS_96STRAN": "The Russian side: exports FOB by destination, imports by origin, 29 partners. Values are as "
                      "revised to September 2022, so not what was known in December 2021. Publication stopped in 2022.",
    "KR_KOSIS": "The Korean side, 2001 to 2019; equal to KR_CUSTOMS_LOC in every common month.",
    "KR_CUSTOMS_LOC": "Korean exports only, by destination. The file names no publisher; it is identified by its "
                      "equality with KR_KOSIS. Group totals as Korea counts them.",
    "US_CENSUS_C5700": "The US side, not seasonally adjusted, 2001 to 2019.",
    "FRED_IMPCH_2026": "US imports, customs basis (below a CIF value); vintage of March 2026.",
    "FRED_IMPCH_2019": "The same series as FRED_IMPCH_2026 in its vintage of 2019: do not add the two.",
    "FRED_EXPCH_2019": "US exports, FAS; ends 2019-09, so the pandemic is not covered.",
    "US_COMTRADE_M": "The US side at UN Comtrade; imports are CIF, hence 4 to 7 per cent above FRED's customs value.",
    "CN_SEASONAL_PKG": "China with the world, not adjusted, published in 100 million US$. The first month is taken "
                       "from the documentation of the package and confirmed by annual sums.",
    "CN_SLBDD_FRED": "SEASONALLY ADJUSTED and stored as logarithms at the source (exponentiated): never compare its "
                     "months with unadjusted ones. The series code is inferred. China and the US with the world.",
    "GACC_HGJCK": "China with the world at REVISED levels (collected 2026): Jan-Nov 2021 sums to 5,457.8 bn where the "
                  "first release said 5,471. The unit is not printed; it is fixed by the annual sums.",
    "SG_SINGSTAT": "Singapore in S$ as published, not converted: 76 named partners, 6 totals and regions, 3 residuals.",
    "JP_MOF": "Japan in yen as published (no conversion); ends 2019-12.",
}
RU, KZ_GAP = "RU_FCS_96STRAN", {"from": "2010-07", "to": "2010-12"}


def read(path):
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)


def long_flows(frame, column, factor, unit):
    """One source file in the long schema; values in single units, rounded to cents."""
    return pd.DataFrame({
        "source": frame["source_id"], "reporter": to_codes(frame["reporter"]), "partner": to_codes(frame["partner"]),
        "flow": frame["flow"], "period": frame["period"].astype(str),
        "value": (frame[column] * factor).round(2), "unit": unit,
    })


def _check_year_to_date(china):
    """The customs table prints months and year-to-date sums: they have to agree (whole years only)."""
    year = china["period"].str[:4]
    summed = china.groupby(["flow", year])["month_kusd"].cumsum()
    gap = (summed / china["cum_kusd"] - 1).abs().where(year > "2017", 0)  # 2017 is there with December only
    if gap.max() > 1e-5:
        row = int(gap.idxmax())
        raise TradeDataError("months do not add up to the year to date", file="china_with_world_gacc", row=row,
                             column="cum_kusd", value=float(china["cum_kusd"].iloc[row]),
                             expected=f"{summed.iloc[row]:.0f}")


def build_flows_monthly(source):
    folder = source / "monthly"
    parts = [long_flows(read(folder / name), *how) for name, how in FILES.items()]
    china = pd.read_csv(folder / "china_with_world_gacc_2017_2026.csv").assign(source_id="GACC_HGJCK")
    _check_year_to_date(china)
    parts.append(long_flows(china, "month_kusd", 1000, "USD"))
    flows = pd.concat(parts, ignore_index=True)
    empty = flows["value"].isna()
    stray = flows[empty & ~(flows["source"].eq(RU) & flows["partner"].eq("KAZ"))]
    if len(stray):
        raise TradeDataError("empty value that is not the known gap", file="flows_monthly",
                             value=stray.iloc[0].to_dict())
    zeros = int(flows["value"].eq(0).sum())
    schema, checks = flow_schema()
    checks["series"]["gaps"] = [{"key": [RU, "RUS", "KAZ", flow, "USD"], **KZ_GAP} for flow in ("export", "import")]
    return publish(
        "flows_monthly", flows[~empty], schema, checks=checks, form="parquet",
        title="Monthly trade flows, all sources",
        description="Monthly exports and imports as each reporter books them, in single units of the currency printed.",
        sources=source_rows(source, NOTES), vintage="2019 to 2026, by source (see the sources)",
        excluded=[{"rows": int(empty.sum()), "what": "Russia-Kazakhstan, July to December 2010, both flows",
                   "why": "empty at the source; missing is absent here and the gap is declared"}],
        notes=["Sources are never spliced: pick one. The two sides of one flow differ (FOB and CIF, transit, timing).",
               f"{zeros:,} values are 0, all in SG_SINGSTAT: it prints millions with one decimal, so 0 stands for "
               "less than S$50,000 including none. They are kept, because absent would mean not known.",
               "Singapore's regions (ASIA, AMERICA, EUROPE, OCEANIA, AFRICA), residuals (..._OTHER) and WORLD overlap "
               "with its named partners: never add them up. France, Australia and other markets are not in the file.",
               "Three currencies: USD, SGD, JPY. Convert before comparing (prices_monthly).",
               "China's customs merge January and February in their first releases; GACC_HGJCK separates them."])


BUILDS = {"flows_monthly": build_flows_monthly}
