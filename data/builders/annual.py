"""Annual flows of China with its partners: flows_annual_china."""

import pandas as pd
from common import publish, source_rows, to_codes

from trade_lib.data.tables import flow_schema

NOTES = {
    "DOTS_ANNUAL_SAM": "China's side at the IMF: exports FOB, imports CIF; 1978 to 2020, with regions and groups.",
    "DOTS_ANNUAL_LIN": "China's imports CIF from a later edition; 2010 to 2022; two editions, never spliced.",
    "COMTRADE_CN": "China's totals, and what partners report of their trade with China (reporter is the partner). "
                   "Russia stops after 2021, about 40 of 54 African states report, 2024 and 2025 are incomplete.",
    "ATLAS_G20": "18 countries' reported or reconciled trade with China; the publisher is inferred from the "
                 "repository. Below customs values where reconciled.",
}


def _dots(source):
    frame = pd.read_parquet(source / "annual" / "imf_dots_china_by_partner_1978_2022.parquet")
    return pd.DataFrame({"source": frame["source_id"], "reporter": "CHN", "partner": to_codes(frame["partner"]),
                         "flow": frame["flow"], "period": frame["year"], "value": frame["value_usd"]})


def _mirror(source):
    frame = pd.read_csv(source / "annual" / "comtrade_mirror_china_partners_2014_2025.csv")
    flows = frame["series"].map({"partner_reported_exports_to_China": "export",
                                 "partner_reported_imports_from_China": "import"})
    return pd.DataFrame({"source": "COMTRADE_CN", "reporter": to_codes(frame["partner"]), "partner": "CHN",
                         "flow": flows, "period": frame["year"], "value": frame["value_usd"]})


def _totals(source):
    frame = pd.read_csv(source / "annual" / "comtrade_china_totals_2014_2025.csv")
    long = frame.rename(columns={"X": "export", "M": "import"}).melt("period", ["export", "import"], "flow")
    return pd.DataFrame({"source": "COMTRADE_CN", "reporter": "CHN", "partner": "WORLD", "flow": long["flow"],
                         "period": long["period"], "value": long["value"]})


def _g20(source):
    frame = pd.read_csv(source / "annual" / "g20_with_china_2000_2024.csv")
    long = frame.rename(columns={"export_value": "export", "import_value": "import", "country_iso3_code": "reporter"})
    long = long.melt(["reporter", "year"], ["export", "import"], "flow")
    return pd.DataFrame({"source": "ATLAS_G20", "reporter": long["reporter"], "partner": "CHN", "flow": long["flow"],
                         "period": long["year"], "value": long["value"]})


def build_flows_annual_china(source):
    flows = pd.concat([part(source) for part in (_dots, _mirror, _totals, _g20)], ignore_index=True)
    flows["value"], flows["unit"] = flows["value"].round(2), "USD"
    twice = flows.duplicated()
    unreported = flows["source"].eq("COMTRADE_CN") & flows["reporter"].eq("CHN") & flows["value"].eq(0)
    itself = flows["reporter"].eq(flows["partner"])
    schema, checks = flow_schema(annual=True)
    checks["bands"]["by"] = ["source", "unit"]
    return publish(
        "flows_annual_china", flows[~twice & ~unreported & ~itself], schema, checks=checks, form="parquet",
        title="Annual trade of China with its partners, and the mirror",
        description="Yearly exports and imports in US$, with China or its partners (Comtrade, G20) as reporters.",
        sources=source_rows(source, NOTES), vintage="2022 to 2026, by source (see the sources)",
        excluded=[{"rows": int(twice.sum()), "what": "rows of Australia that occur twice, equal in every cell",
                   "why": "one copy is enough"},
                  {"rows": int((itself & ~twice).sum()), "what": "China as its own partner in Comtrade",
                   "why": "re-imports, not bilateral trade"},
                  {"rows": int((unreported & ~twice).sum()), "what": "zero totals of China for 2025",
                   "why": "not yet reported, so missing and not zero"}],
        notes=["Years a partner has no row are absent: no trade or no report, the sources do not say which.",
               "Groups and regions stand beside their members: keep `partners.is_country` before adding up.",
               "Mirror rows: reporter is the partner; its import from China answers China's export (CIF against FOB).",
               "Comtrade's 'Other Asia, nes' is coded TWN, as is usual. Turkey's two spellings are one code.",
               "Columns of the Comtrade totals that mix in partners' reports are not carried over."])


BUILDS = {"flows_annual_china": build_flows_annual_china}
