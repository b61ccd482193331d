"""What each source's figures are (source_attributes) and how far they have been revised (source_revisions)."""

import pandas as pd
from common import BUILDERS, data_folder, field, publish

HORIZONS = {"to 12 months": (0, 12), "13 to 48 months": (13, 48), "later": (49, 10_000)}
FEWEST = 8  # comparisons; with fewer, all sources together stand in
UNKNOWN_BLOCS = ("AFRICA", "EU", "BRI", "EMERGING")  # what a table counts in them is not what was printed
OWN = {"source_id": "ATTRIBUTES", "publisher": "the publishers' own notes on method and release calendars",
       "title": "Attributes of the sources of trade figures", "obtained_via": "entered by hand", "vintage": "2026-11",
       "units": "days, per cent", "licence": "facts", "notes": "Lags are usual ones, to the day that a month's or "
       "year's figure could first be read."}


def build_source_attributes(source):
    table = pd.read_csv(BUILDERS / "source_attributes.csv", dtype=str, keep_default_na=False).replace("", None)
    table["lag_days"] = table["lag_days"].astype(int)
    table["reporter"] = table["reporter"].fillna("any")
    schema = {
        "fields": [
            field("source", "string", "source id; CUSTOMS_RELEASES are all printed figures", required=True),
            field("reporter", "string", "the reporter it holds for; any: all others", required=True),
            field(
                "side",
                "string",
                "a reporter's own figures, or reconciled from both sides",
                required=True,
                enum=["reporter", "reconciled"],
            ),
            field("adjustment", "string", "seasonal adjustment", required=True, enum=["none", "seasonal"]),
            field("export_valuation", "string", "valuation of exports", required=True, enum=["FOB", "FAS"]),
            field("import_valuation", "string", "valuation of imports", required=True, enum=["CIF", "FOB", "customs"]),
            field(
                "trade_system",
                "string",
                "general or special trade",
                required=True,
                enum=["general", "special", "mixed"],
            ),
            field("blocs", "string", "groups whose own figure in it is of the members that the code means, by blanks"),
            field(
                "lag_days",
                "integer",
                "days from the end of a period until its figure was first public",
                "days",
                required=True,
                minimum=0,
                maximum=1000,
            ),
            field("vintage_month", "yearmonth", "when the values were as they are here; empty: each row has its day"),
            field("complete_to", "yearmonth", "last month it is complete for; empty: to its end"),
            field("basis", "string", "remark"),
        ],
        "primaryKey": ["source", "reporter"],
    }
    return publish("source_attributes", table, schema, title="What each source's figures are",
                   description="Adjustment, valuation, trade system, blocs and release lag of every source of flows.",
                   sources=[OWN], vintage="2026-11",
                   notes=["A group that is not listed in blocs is summed from its members of the day instead."])


def _tables():
    folder = data_folder() / "tables"
    return (pd.read_csv(folder / "official_figures.csv"), pd.read_parquet(folder / "flows_monthly.parquet"),
            pd.read_parquet(folder / "flows_annual_china.parquet"), pd.read_csv(folder / "growth_printed.csv"))


def _months(month):
    return month.str[:4].astype(int) * 12 + month.str[5:7].astype(int)


def compared():
    """First releases against later vintages: source, measure, months from the period to the vintage, difference.

    What rounding of the print leaves open is no revision.
    """
    official, monthly, annual, growth = _tables()
    about = pd.read_csv(BUILDERS / "source_attributes.csv", dtype=str, keep_default_na=False)
    vintage = about.drop_duplicates("source", keep="last").set_index("source")["vintage_month"]
    first = official[(official["reporter"] == "CHN") & (official["measure"] == "value") & (official["scope"] == "goods")
                     & official["audit"].isin(["ok", "conflict"]) & (official["terms"] == "USD")
                     & ~official["partner"].isin(UNKNOWN_BLOCS)]
    first = first.sort_values("published").drop_duplicates(["partner", "flow", "period_start", "period_end"])
    trillions = first["note"].fillna("").str.extract(r"published as \d+\.?(\d*) trillion")[0]
    digits = first["value"].map(lambda v: len(f"{v:.3f}".rstrip("0").partition(".")[2]))
    half = 0.5 * 10.0 ** -(trillions.str.len() - 3).fillna(digits)  # half of the last digit printed
    first = first.assign(half=half)
    keys = ["partner", "period_start", "period_end"]
    wide, halves = (first.pivot(index=keys, columns="flow", values=what).reset_index() for what in ("value", "half"))
    rows = []
    for name, table in (*annual[annual["reporter"] == "CHN"].groupby("source"),
                        ("GACC_HGJCK", monthly[monthly["source"] == "GACC_HGJCK"])):
        values = table.assign(period=table["period"].astype(str)).pivot_table(
            index=["partner", "period"], columns="flow", values="value", aggfunc="sum") / 1e9
        for one, loose in zip(wide.to_dict("records"), halves.to_dict("records"), strict=True):
            span = pd.period_range(one["period_start"], one["period_end"], freq="M").astype(str).tolist()
            span = span if len(str(values.index[0][1])) > 4 else \
                [span[0][:4]] if (span[0][5:], span[-1][5:], len(span)) == ("01", "12", 12) else []
            at = [(one["partner"], period) for period in span]
            if not at or not set(at) <= set(values.index):
                continue
            now = values.loc[at].sum(min_count=len(at))
            later = {"export": now.get("export"), "import": now.get("import")}
            later["total"] = later["export"] + later["import"] if None not in later.values() else None
            for flow, value in later.items():
                if value is not None and value == value and one.get(flow, float("nan")) == one.get(flow):
                    rows.append((name, "level", one["period_end"],
                                 100 * max(0.0, abs(value - one[flow]) - loose[flow]) / one[flow]))
            if later["total"] and one.get("export", 0) > 0 and one.get("import", 0) > 0:
                gap = (later["export"] - later["import"]) - (one["export"] - one["import"])
                gap = max(0.0, abs(gap) - loose["export"] - loose["import"])
                rows.append((name, "balance", one["period_end"], 100 * gap / later["total"]))
    grown = growth[growth["measure"] == "yoy"].pivot_table(index=["flow", "basis", "period_end"], columns="source",
                                                           values="pct").dropna().reset_index()
    rows += [("GACC_HGJCK", "growth", end, gap) for end, gap in
             zip(grown["period_end"], grown["GACC_HGJCK"] - grown["JIN10_YOY"], strict=True)]
    old, new = (
        monthly[monthly["source"] == f"FRED_IMPCH_{year}"].set_index("period")["value"] for year in (2019, 2026)
    )
    moved = (100 * (new / old - 1)).dropna()
    rows += [("FRED_IMPCH_2026", "level", str(end), gap) for end, gap in moved.items() if str(end) >= "2017"]
    table = pd.DataFrame(rows, columns=["source", "measure", "period_end", "gap"])
    table["months"] = _months(table["source"].map(vintage)) - _months(table["period_end"])
    return table


def build_source_revisions(source):
    table = compared()
    rows = []
    for measure, held in table.groupby("measure"):
        for name, one in (("all", held), *held.groupby("source")):
            for horizon, (low, high) in (("any", (0, 10_000)), *HORIZONS.items()):
                gaps = one.loc[one["months"].between(low, high), "gap"].abs()
                if len(gaps) >= FEWEST:
                    rows.append((name, measure, horizon, len(gaps), round(gaps.median(), 3),
                                 round(gaps.quantile(0.95), 3)))
    frame = pd.DataFrame(rows, columns=["source", "measure", "horizon", "n", "median", "p95"])
    schema = {
        "fields": [
            field("source", "string", "source id; all: every source together", required=True),
            field(
                "measure",
                "string",
                "a level in per cent of itself, a balance in per cent of both flows, growth in points",
                required=True,
                enum=["level", "balance", "growth"],
            ),
            field(
                "horizon",
                "string",
                "months from the end of the period to the vintage",
                required=True,
                enum=["any", *HORIZONS],
            ),
            field("n", "integer", "comparisons", required=True, minimum=FEWEST),
            field("median", "number", "median absolute revision", "per cent or points", required=True, minimum=0),
            field(
                "p95",
                "number",
                "95th percentile of the absolute revision",
                "per cent or points",
                required=True,
                minimum=0,
            ),
        ],
        "primaryKey": ["source", "measure", "horizon"],
    }
    return publish(
        "source_revisions",
        frame,
        schema,
        title="How far figures have been revised since first printed",
        description="First releases of China's customs and of the US Census Bureau against the vintages shipped.",
        sources=[
            {
                **OWN,
                "source_id": "REVISIONS",
                "title": "Revisions measured from the shipped vintages",
                "obtained_via": "computed from official_figures, growth_printed, flows_monthly and flows_annual_china",
                "notes": "By data/builders/attributes.py.",
            }
        ],
        vintage="2026-11",
        notes=[
            "Groups whose content in a table is not that of the print (EU, AFRICA, BRI) are left out.",
            "A source with fewer than 8 comparisons takes those of all sources together.",
        ],
    )


BUILDS = {"source_attributes": build_source_attributes, "source_revisions": build_source_revisions}
