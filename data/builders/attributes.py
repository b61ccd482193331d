"""What each source's figures are (source_attributes) and how far they have been revised (source_revisions)."""

import pandas as pd
from common import BUILDERS, data_folder, field, publish

HORIZONS = {"to 12 months": (0, 12), "13 to 48 months": (13, 48), "later": (49, 10_000)}
FEWEST = 20  # comparisons; with fewer, all horizons or all sources together stand in
LEFT_OUT = ("CN_SLBDD_FRED", "DOTS_ANNUAL_LIN")  # adjusted; the IMF's imports of China once more
UNLIKE = ("HKG",)  # partners whose imports the tables hold by origin and the releases do not
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
            field("publisher", "string", "who publishes the figures, by its short name", required=True),
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
            field("other_basis", "string", "flows that the reporter announces on another basis (valuation) than here",
                  enum=["import"]),
            field("basis", "string", "remark"),
        ],
        "primaryKey": ["source", "reporter"],
    }
    return publish("source_attributes", table, schema, title="What each source's figures are",
                   description="Adjustment, valuation, trade system, blocs and release lag of every source of flows.",
                   sources=[OWN], vintage="2026-11",
                   notes=["A group that is not listed in blocs is summed from its members of the day instead."])


def compared():
    """First releases in dollars against the vintages shipped: source, measure, of what, months between, difference.

    As `check` compares them: levels in per cent, growth from two levels in points, a balance in per cent of both flows,
    all without what the digits printed leave open. Only tables already built are read.
    """
    from trade_lib.check.flows import shipped
    from trade_lib.check.periods import shift
    from trade_lib.data.releases import release_table

    flows, printed, rows = shipped(), release_table(), []
    keys = ["partner", "start", "end", "flow"]
    first = printed[printed["reporter"].eq("CHN") & printed["terms"].eq("USD") & printed["audit"].eq("ok")
                    & printed["id"].ne("GACC_HGJCK") & ~printed["partner"].isin(UNLIKE)].sort_values("published")
    levels, rates = (first[first["measure"] == measure].drop_duplicates(keys).set_index(keys)[["value", "step"]]
                     for measure in ("value", "yoy_pct"))

    def now(partner, flow, start, end, when):
        """The window in each series."""
        held = {name: flows.convert(series, "USD").window(start, end)
                for name, (series, _) in flows.series("CHN", partner, flow, when).items() if name not in LEFT_OUT}
        return {name: value for name, value in held.items() if value}

    for (partner, start, end, flow), one in levels.iterrows():
        for name, value in now(partner, flow, start, end, end).items():
            rows.append((name, "level", partner, end, 100 / value * (abs(value - one["value"]) - one["step"] / 2)))
    for (partner, start, end, flow), one in rates[rates.index.get_level_values("flow") != "balance"].iterrows():
        before = now(partner, flow, *shift(start, end, -12), end)
        for name, value in now(partner, flow, start, end, end).items():
            if name in before and end[5:] not in ("01", "02"):  # whose months were joined, and moved, by New Year
                gap = abs(100 * (value / before[name] - 1) - one["value"])
                rows.append((name, "growth", partner, end, gap - one["step"] / 2))
    out, back = (levels.xs(flow, level="flow") for flow in ("export", "import"))
    for partner, start, end in out.index.intersection(back.index):
        both = out.loc[(partner, start, end)], back.loc[(partner, start, end)]
        total = now(partner, "total", start, end, end)
        for name, value in now(partner, "balance", start, end, end).items():
            gap = abs(value - both[0]["value"] + both[1]["value"]) - (both[0]["step"] + both[1]["step"]) / 2
            rows.append((name, "balance", partner, end, 100 * gap / total[name]))
    monthly = pd.read_parquet(data_folder() / "tables" / "flows_monthly.parquet")
    old, new = (monthly[monthly["source"] == f"FRED_IMPCH_{year}"].set_index("period")["value"]
                for year in (2019, 2026))
    rows += [("FRED_IMPCH_2026", "level", "CHN", str(end), abs(gap)) for end, gap in
             (100 * (new / old - 1)).dropna().items() if str(end) >= "2017"]
    table = pd.DataFrame(rows, columns=["source", "measure", "partner", "period_end", "gap"])
    vintage = pd.read_csv(data_folder() / "tables" / "source_attributes.csv").drop_duplicates("source", keep="last")
    months = [month.str[:4].astype(int) * 12 + month.str[5:7].astype(int) for month in
              (table["source"].map(vintage.set_index("source")["vintage_month"]), table["period_end"])]
    groups = set(pd.read_csv(data_folder() / "tables" / "group_members.csv")["group"])
    kinds = ["world" if one == "WORLD" else "group" if one in groups else "country" for one in table["partner"]]
    return table.assign(gap=table["gap"].clip(lower=0), months=months[0] - months[1], partner=kinds)


def build_source_revisions(source):
    rows, table = [], compared()
    apart = table[table["partner"] != "world"]
    table = pd.concat([table, apart.assign(partner="others"), table.assign(partner="any")])
    for (measure, partner), held in table.groupby(["measure", "partner"]):
        for name, one in (("all", held), *held.groupby("source")):
            for horizon, (low, high) in (("any", (0, 10_000)), *HORIZONS.items()):
                gaps = one.loc[one["months"].between(low, high), "gap"]
                if len(gaps) >= FEWEST:
                    rows.append((name, measure, partner, horizon, len(gaps), round(gaps.median(), 3),
                                 round(gaps.quantile(0.95), 3)))
    columns = ["source", "measure", "partner", "horizon"]
    frame = pd.DataFrame(rows, columns=[*columns, "n", "median", "p95"])
    schema = {
        "fields": [
            field("source", "string", "source id; all: every source together", required=True),
            field("measure", "string", "a level in per cent of itself, a balance in per cent of both flows, growth in "
                  "points", required=True, enum=["level", "balance", "growth"]),
            field("partner", "string", "trade with the world, with a country, with a group; others: with either of "
                  "these", required=True, enum=["world", "country", "group", "others", "any"]),
            field("horizon", "string", "months from the end of the period to the vintage", required=True,
                  enum=["any", *HORIZONS]),
            field("n", "integer", "comparisons", required=True, minimum=FEWEST),
            field("median", "number", "median absolute revision", "per cent or points", required=True, minimum=0),
            field("p95", "number", "95th percentile of the absolute revision", "per cent or points", required=True,
                  minimum=0)],
        "primaryKey": columns,
    }
    return publish(
        "source_revisions", frame, schema, title="How far figures have been revised since first printed",
        description="First releases of China's customs and of the US Census Bureau against the vintages shipped.",
        sources=[{**OWN, "source_id": "REVISIONS", "title": "Revisions measured from the shipped vintages",
                  "obtained_via": "computed from official_figures, customs_releases, growth_printed, flows_monthly and "
                  "flows_annual_china", "notes": "By data/builders/attributes.py."}],
        vintage="2026-11",
        notes=["Groups are summed from their members of the day. Hong Kong is left out: tables hold its imports by "
               "origin, the releases by consignment.",
               f"A source, horizon or kind of partner with fewer than {FEWEST} comparisons takes those of all."])


BUILDS = {"source_attributes": build_source_attributes, "source_revisions": build_source_revisions}
