"""Figures as printed: growth rates, official figures, facts and their audit."""

from pathlib import Path

import pandas as pd
from common import field, publish, source_rows, to_codes

AREAS = [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in ("reporter", "partner")]
ADDRESS = {"required": True, "pattern": "https?://.+"}


def flow_fields():
    return [field("reporter", "string", "area that books the flow", required=True),
            field("partner", "string", "the other area", required=True),
            field("flow", "string", "as the reporter books it", required=True, enum=["export", "import", "total"])]


def build_growth_printed(source):
    jin = pd.read_csv(source / "monthly" / "china_with_world_yoy_first_release.csv")
    day = pd.to_datetime(jin["announcement_date"])
    month = day.dt.to_period("M") - 1
    # From 2020 customs publish January and February together, in March; there is no January figure of its own.
    joint = (day.dt.month == 3) & (day.dt.year >= 2020)
    january = (day.dt.month == 2) & (day.dt.year >= 2020)
    first = ~pd.DataFrame({"flow": jin["flow"], "month": month}).duplicated()
    remark = pd.Series(None, index=jin.index, dtype=object)
    remark[~first] = "second announcement of the same month"
    remark[january] = "unexplained: customs published no January 2020 of its own"
    released = pd.DataFrame({
        "source": "JIN10_YOY", "flow": jin["flow"], "measure": "yoy",
        "basis": joint.map({True: "ytd", False: "month"}),
        "period_start": month.where(~joint, month - 1).astype(str), "period_end": month.astype(str),
        "pct": jin["value"], "announced": jin["announcement_date"], "vintage": "announced " + jin["announcement_date"],
        "note": remark})
    gacc = pd.read_csv(source / "monthly" / "china_with_world_gacc_2017_2026.csv")
    january_of = gacc["period"].str[:4] + "-01"
    parts = [released]
    for measure, basis, column in (("yoy", "month", "month_yoy_pct_printed"), ("mom", "month", "month_mom_pct_printed"),
                                   ("yoy", "ytd", "cum_yoy_pct_printed")):
        parts.append(pd.DataFrame({
            "source": "GACC_HGJCK", "flow": gacc["flow"], "measure": measure, "basis": basis,
            "period_start": january_of if basis == "ytd" else gacc["period"], "period_end": gacc["period"],
            "pct": gacc[column], "announced": None, "vintage": "table read 2026-04", "note": None}))
    table = pd.concat(parts, ignore_index=True).assign(reporter="CHN", partner="WORLD", terms="USD")
    empty = table["pct"].isna()
    flow = flow_fields()
    flow[2]["constraints"]["enum"] = ["export", "import"]
    schema = {
        "fields": [
            field("source", "string", "source id", required=True), *flow,
            field("measure", "string", "on a year earlier, or on the month before", required=True, enum=["yoy", "mom"]),
            field("basis", "string", "single month, or year to date", required=True, enum=["month", "ytd"]),
            field("period_start", "yearmonth", "first month covered", required=True),
            field("period_end", "yearmonth", "last month covered", required=True),
            field("pct", "number", "growth as printed", "per cent", required=True, minimum=-100, maximum=500),
            field("terms", "string", "currency the growth is measured in", required=True, enum=["USD"]),
            field("announced", "date", "day of the announcement, where dated"),
            field("vintage", "string", "when this growth rate was current", required=True),
            field("note", "string", "remark"),
        ],
        "primaryKey": ["source", "reporter", "partner", "flow", "measure", "basis", "period_end", "vintage"],
        "foreignKeys": AREAS,
    }
    notes = {"JIN10_YOY": "Dated by announcement; the month is inferred as the one before. From 2020 a March "
                          "announcement is January and February together.",
             "GACC_HGJCK": "Growth printed beside the levels: a vintage of its own, neither the first release nor "
                           "what the revised levels give (up to 2.7 points apart)."}
    return publish(
        "growth_printed", table[~empty], schema, title="China's growth of trade with the world, as printed, by vintage",
        description="Year-on-year growth as first announced, and the growth printed in the later customs table.",
        sources=source_rows(source, notes), vintage="announcements 2016-09 to 2025-08; table 2026-04",
        excluded=[{"rows": int(empty.sum()), "what": "cells of the customs table without a growth rate",
                   "why": "not printed"}] if empty.any() else [],
        notes=["Growth only: never turn it into levels, never mix the vintages.",
               "Two rows are repeats of March 2020 (announced again on 23 April 2020) and one import row of "
               "7 February 2020 has no explanation; their notes say so."])


def build_official_figures(source):
    more = Path(__file__).parent / "official_figures_additions.csv"  # found later, in the same columns
    frame = pd.concat([pd.read_csv(path) for path in (source / "official" / "official_figures.csv", more)],
                      ignore_index=True)
    table = frame.assign(reporter=to_codes(frame["reporter"]), partner=to_codes(frame["partner"]))
    schema = {
        "fields": [
            field("id", "string", "id of the printed figure", required=True, pattern=r"OF\d{4}"), *flow_fields(),
            field("measure", "string", "value, growth or share", required=True, enum=["value", "yoy_pct", "share_pct"]),
            field("basis", "string", "period it covers", required=True, enum=["annual", "ytd", "month"]),
            field("period_start", "yearmonth", "first month covered", required=True),
            field("period_end", "yearmonth", "last month covered", required=True),
            field("value", "number", "as printed", "column unit", required=True),
            field("unit", "string", "printed unit", required=True, enum=["usd_bn", "cny_bn", "pct", "index"]),
            field("publisher", "string", "office the figure is from", required=True),
            field("quoted_by", "string", "outlet that printed it", required=True),
            field("published", "string", "day, month or year of the page", required=True,
                  pattern=r"\d{4}(-\d{2}(-\d{2})?)?"),
            field("url", "string", "page", **ADDRESS), field("note", "string", "remark on the page"),
            field("scope", "string", "goods, or a part of them", required=True),
            field("terms", "string", "currency of value or growth; empty: not said", enum=["USD", "CNY"]),
            field("audit", "string", "what the cross-checks found", required=True,
                  enum=["ok", "rounded", "conflict", "suspect"]),
        ],
        "primaryKey": ["id"], "foreignKeys": AREAS,
    }
    note = "Collected page by page; the outlet and its address stand in every row."
    return publish(
        "official_figures", table, schema, title="Official figures on China's trade, as printed",
        description="Values, growth rates and shares that China's customs and ministries published, one row a figure.",
        sources=source_rows(source, {"OFFICIAL_FIGURES": note}), vintage="the page's date, column published",
        checks={"bands": {"column": "value", "by": ["measure", "unit"],
                          "limits": {"usd_bn": [1e3, 1e4], "cny_bn": [1e4, 1e5], "pct": [10, 500],
                                     "index": [100, 1000]}}},
        notes=["For a comparison keep reporter CHN, scope goods and audit ok or conflict: suspect rows are misprints, "
               "swapped labels or an outlet's own conversion; rounded rows carry few digits.",
               "Values are in the printed unit (bn US$ or bn yuan), unlike the flow tables.",
               "Year-to-date rows of December are annual totals of their release; revisions follow.",
               "Two figures in conflict are both kept: first release and revision, or two offices."])


def build_official_facts(source):
    more = Path(__file__).parent / "official_facts_additions.csv"  # found later, in the same columns
    frame = pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False)
                       for path in (source / "official" / "official_facts.csv", more)], ignore_index=True)
    text = [("date", "day, month, year or span the fact is about"), ("fact", "what"), ("value", "its value, as text"),
            ("unit", "unit of the value"), ("publisher", "who said it"), ("quoted_by", "outlet"),
            ("published", "date of the page"), ("url", "page"), ("note", "remark")]
    schema = {"fields": [field("id", "string", "id", required=True, pattern=r"FACT\d{2}"),
                         field("claim", "integer", "claim number of the compiler, not of the ledger", required=True),
                         *[field(name, "string", meaning, **({"required": True} if name in ("date", "fact") else {}))
                           for name, meaning in text]],
              "primaryKey": ["id"]}
    return publish(
        "official_facts", frame, schema, title="Dated events, pledges and single facts",
        description="Conferences, partnerships, pledges and single official numbers with their pages.",
        sources=source_rows(source, {"OFFICIAL_FIGURES": "Facts beside the figures; FACT08 records what was NOT "
                                                         "found."}),
        vintage="the page's date, column published",
        notes=["Pledges are targets, not statistics.", "A row without value says that no figure was found."])


def build_headline_figures(source):
    frame = pd.read_csv(source / "official" / "headline_figures.csv", dtype={"claim": str})
    schema = {"fields": [
        field("id", "string", "id", required=True), field("claim", "string", "claim numbers of the compiler"),
        field("subject", "string", "what is measured", required=True), field("period", "string", "period",
                                                                            required=True),
        field("value", "number", "as printed", "column unit", required=True),
        field("unit", "string", "printed unit", required=True),
        field("publisher", "string", "who published it", required=True), field("url", "string", "page", **ADDRESS),
        field("note", "string", "remark")], "primaryKey": ["id"]}
    return publish(
        "headline_figures", frame, schema, title="Single published figures beside the trade figures",
        description="Value-chain, services and structure numbers used to check our own.",
        sources=source_rows(source, {"HEADLINES": "Mostly secondary pages: a sanity check, not evidence."}),
        vintage="the page's date", notes=["Read the publisher and the note before printing one of these."])


def build_official_audit(source):
    frame = pd.read_csv(source / "official" / "audit_checks.csv")
    schema = {"fields": [
        field("check", "string", "identity that was tried", required=True),
        field("ids", "string", "printed figures it joins, by id", required=True),
        field("what", "string", "partner, period and unit", required=True),
        field("expected", "number", "what the identity gives", "unit of the figures", required=True),
        field("found", "number", "what was printed", "unit of the figures", required=True),
        field("tolerance", "number", "allowed by rounding", "unit of the figures", required=True, minimum=0),
        field("result", "string", "within tolerance or not", required=True, enum=["pass", "differs"]),
        field("probable_cause", "string", "why it differs, where a cause was found")],
        "primaryKey": ["check", "ids", "what"]}
    return publish(
        "official_audit", frame, schema, title="Cross-checks of the official figures",
        description="Exports + imports = total, growth against levels, months against year-to-date differences.",
        sources=source_rows(source, {"OFFICIAL_FIGURES": "Computed when the figures were collected."}),
        vintage="computed 2026",
        notes=["A check that differs is not an error of ours: causes are misprints, revised bases and revisions."])


BUILDS = {
    "growth_printed": build_growth_printed,
    "official_figures": build_official_figures, "official_facts": build_official_facts,
    "headline_figures": build_headline_figures, "official_audit": build_official_audit,
}
