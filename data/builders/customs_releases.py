"""customs_releases: what China's customs printed by partner, release by release."""

import re

import numpy as np
import pandas as pd
from common import field, publish, source_rows, to_codes

AREAS = [{"fields": name, "reference": {"resource": "areas", "fields": "code"}} for name in ("reporter", "partner")]
SCALE = {"bn USD": ("USD", 1e9), "bn CNY": ("CNY", 1e9), "trn CNY": ("CNY", 1e12)}
CUSTOMS = "General Administration of Customs of China"
PAGES = {"GACC_TABLE2_2026": "http://english.customs.gov.cn/statics/report/monthly.html",
         "GACC_TABLE2_2022_03": "http://english.customs.gov.cn/statics/report/monthly2022.html",
         "GACC_PRELIM_CNY": "http://english.customs.gov.cn/statics/report/preliminary.html"}
REMARKS = {"continent": "sum of a continent", "bloc": "bloc: overlaps its members"}
# When customs' own tables came out (the January table as re-issued).
OUT = {("GACC_TABLE2_2026", "2026-01"): "2026-04-08", ("GACC_TABLE2_2026", "2026-06"): "2026-07-22",
       ("GACC_TABLE2_2022_03", "2022-03"): "2022-04", ("GACC_PRELIM_CNY", "2025-02"): "2025-03",
       ("GACC_PRELIM_CNY", "2026-03"): "2026-04"}
# Names in customs' list of partners that stand for no area of ours: specks, and what it leaves unnamed.
SPECKS = ("Canary Islands", "Ceuta", "Melilla", "Falkland Islands (Malvinas)", "Saint Pierre and Miquelon")
REMARKS = {"continent": "sum of a continent", "bloc": "bloc: overlaps its members"}
# When customs' own tables came out (the January table as re-issued).
OUT = {("GACC_TABLE2_2026", "2026-01"): "2026-04-08", ("GACC_TABLE2_2026", "2026-06"): "2026-07-22",
       ("GACC_TABLE2_2022_03", "2022-03"): "2022-04", ("GACC_PRELIM_CNY", "2025-02"): "2025-03",
       ("GACC_PRELIM_CNY", "2026-03"): "2026-04"}
# Names in customs' list of partners that stand for no area of ours: specks, and what it leaves unnamed.
SPECKS = ("Bonaire, Sint Eustatius and Saba", "Bouvet Island", "British Indian Ocean Territory", "Canary Islands",
          "Ceuta", "Guernsey", "Heard Island and McDonald Islands", "Isle of Man", "Jersey", "Melilla",
          "Saint Barthélemy", "Saint Martin (French Part)", "South Georgia and the South Sandwich Islands",
          "Svalbard and Jan Mayen Islands", "United States Minor Outlying Islands", "Åland Islands", "Antarctica",
          "Falkland Islands (Malvinas)", "Saint Pierre and Miquelon", "Liechtenstein", "Monaco")
DATE = re.compile(r"(20\d\d)[-/.]?(0[1-9]|1[0-2])[-/]?([0-3]\d)?(?!\d)")


def page_date(address, end):
    """The date that a page's address holds, where it is later than the month the figure ends in; else nothing."""
    for year, month, day in DATE.findall(address):
        if f"{year}-{month}" > end:
            return f"{year}-{month}" + (f"-{day}" if "01" <= day <= "31" else "")
    return None


def expected_date(end):
    """The 20th of the month after: by then customs' tables by partner are out."""
    return f"{pd.Period(end, 'M') + 1}-20"


def last_digit(value):
    """One unit of the last digit that is not 0, at most a billion: how far rounding can reach, twice over."""
    steps = 10.0 ** np.arange(9, -1, -1)
    return value.map(lambda v: next((s for s in steps if abs(v / s - round(v / s)) < 1e-6), 1.0), na_action="ignore")


def _press(source):
    frames = [pd.read_csv(source / "monthly" / f"{name}.csv").assign(source=code)
              for code, name in (("GACC_PRESS", "gacc_press_cumulative_and_month"),
                                 ("GACC_PRESS2", "gacc_press_by_partner_2017_2023"))]
    frame = pd.concat(frames, ignore_index=True)
    scale = frame["unit"].map(SCALE)
    digits = frame["value"].map(lambda v: len(f"{v:.6f}".rstrip("0").split(".")[1]), na_action="ignore")
    return frame.assign(basis=frame["kind"].map({"cumulative": "ytd", "month": "month"}), period_start=frame["from"],
                        period_end=frame["to"], value=(frame["value"] * scale.str[1]).round(0), unit=scale.str[0],
                        step=scale.str[1] * 10.0 ** -digits, yoy_pct=frame["yoy_pct_printed"])


def _months(source):
    tables = pd.read_csv(source / "monthly" / "gacc_reuters_month_tables.csv").rename(columns={"source_id": "source"})
    prints = pd.read_csv(source / "monthly" / "gacc_month_prints_by_partner_2009_2025.csv")
    prints = prints.rename(columns={"yoy_pct_printed": "yoy_pct", "source_type": "publisher", "page_date": "day"})
    frame = pd.concat([tables.assign(publisher="Reuters"), prints], ignore_index=True)
    return frame.assign(basis="month", period_start=frame["period"], period_end=frame["period"],
                        value=frame["value_usd"], unit="USD")


def _cumulative(source):
    frame = pd.read_csv(source / "monthly" / "gacc_ytd_prints_by_partner_2009_2025.csv")
    outlet = frame["url"].str.extract(r"//(?:www\.)?([^/]+)")[0].fillna("Xinhua")
    return frame.assign(basis="ytd", value=frame["value_usd"], unit="USD", publisher=outlet)


def _own_tables(source):
    names = ("gacc_by_partner_2026", "gacc_prints_by_partner_2022_2026")
    frame = pd.concat([pd.read_csv(source / "monthly" / f"{name}.csv") for name in names], ignore_index=True)
    gone = frame["kind"].eq("rest") | frame["partner"].isin(SPECKS)
    kept = frame[~gone]
    ytd = kept["window"].eq("ytd")
    return kept.assign(
        basis=kept["window"], period_start=kept["period"].where(~ytd, kept["period"].str[:4] + "-01"),
        period_end=kept["period"], yoy_pct=kept["yoy_pct_printed"], publisher=CUSTOMS,
        url=kept["source"].map(PAGES), day=[OUT[key] for key in zip(kept["source"], kept["period"], strict=True)],
        note=kept["kind"].map(REMARKS)), int(gone.sum())


def _dated(frame):
    """The day a figure was printed, and where that day is from: the page, or customs' calendar."""
    address = [page_date(str(url), end) for url, end in zip(frame["url"], frame["period_end"], strict=True)]
    day = frame["day"].fillna(pd.Series(address, index=frame.index))
    return frame.assign(published=day.fillna(frame["period_end"].map(expected_date)),
                        published_basis=day.notna().map({True: "page", False: "calendar"}))


def build_customs_releases(source):
    own, left_out = _own_tables(source)
    frame = pd.concat([_press(source), _months(source), _cumulative(source), own], ignore_index=True)
    frame["step"] = frame["step"].fillna(last_digit(frame["value"]))
    undated = frame["url"].str.startswith("(")
    frame.loc[undated, "day"], frame.loc[undated, "url"] = "2016-02-18", None
    table = _dated(frame).assign(reporter="CHN", partner=to_codes(frame["partner"]))
    notes = {
        "GACC_PRESS": "Russia's points above all: January to m in 2021 at m = 3, 4, 5, 6, 8 to 12.",
        "GACC_PRESS2": "World, ASEAN, Africa, US, EU, Japan; mostly 2021; many print growth only.",
        "GACC_REUTERS_TABLE": "Printed in bn US$ with one decimal. The EU is without the United Kingdom from 2020.",
        "GACC_MONTH_PRINTS": "First releases of single months with gaps. One conflict is left in: Taiwan, September "
                             "2015 (12.3 and 11.4 bn).",
        "GACC_YTD_PRINTS": "First releases, Russia above all. Differences run 0.1 to 0.4 bn above the months printed.",
        "GACC_TABLE2_2026": "Every partner in January, June and January-June 2026; printed in thousand US$. ASEAN has "
                            "eleven members (Timor-Leste) from 2026, in the growth rates too.",
        "GACC_PRELIM_CNY": "Growth in yuan; January-February 2025 and January-March 2026.",
        "GACC_TABLE2_2022_03": "March 2022, the rows shown on one page; the total was revised later.",
    }
    return publish(
        "customs_releases", table, SCHEMA, title="China's trade by partner as its customs released it",
        description="Months and years to date with partners, as printed by customs, ministries and newspapers; one "
                    "row a printing.",
        sources=source_rows(source, notes), vintage="each row of its own day, 2009 to 2026",
        checks={"bands": {"column": "value", "by": ["unit"], "limits": {"USD": [1e11, 1e13], "CNY": [1e12, 5e13]}}},
        excluded=[{"rows": left_out, "what": "rows of the 2026 tables for small territories and unnamed partners",
                   "why": "they stand for no area of ours; the largest is under 1 % of its continent"}],
        notes=["China's side. A figure stands several times where several outlets printed it; step says how finely.",
               "published is the page's day; where the page has none, the 20th of the month after the period "
               "(published_basis: calendar), by when customs' tables by partner are out.",
               "A page may be years younger than the release it quotes, and may carry a revised value.",
               "Growth in yuan and in US$ differs by 5 to 15 points in 2021: compare only within one unit.",
               "Where the page does not say the currency of a growth rate, the note says so.",
               "Differences of two year-to-date points are not the published month: earlier months get revised.",
               "Continents, blocs and countries overlap: never sum them together. EU: members of the day."])


KEY = ["source", "reporter", "partner", "flow", "basis", "period_start", "period_end", "unit", "publisher", "url"]
SCHEMA = {
    "fields": [
        field("source", "string", "source id", required=True),
        field("reporter", "string", "area that books the flow", required=True),
        field("partner", "string", "the other area", required=True),
        field("flow", "string", "as the reporter books it", required=True, enum=["export", "import", "total"]),
        field("basis", "string", "year to date, or a single month", required=True, enum=["ytd", "month"]),
        field("period_start", "yearmonth", "first month covered", required=True),
        field("period_end", "yearmonth", "last month covered", required=True),
        field("value", "number", "value of trade; empty where only growth was printed",
              "units of the currency in column unit", minimum=0),
        field("step", "number", "one unit of the last digit printed (of the last that is not 0, where unknown)",
              "units of the currency in column unit", minimum=0),
        field("unit", "string", "currency of value and of the growth rate", required=True, enum=["USD", "CNY"]),
        field("yoy_pct", "number", "printed growth on a year earlier (from next to nothing: millions)", "per cent",
              minimum=-100),
        field("published", "string", "day or month of the page", required=True, pattern=r"\d{4}-\d{2}(-\d{2})?"),
        field("published_basis", "string", "dated by the page, or by customs' calendar", required=True,
              enum=["page", "calendar"]),
        field("publisher", "string", "who printed it", required=True),
        field("url", "string", "page", pattern="https?://.+"),
        field("note", "string", "remark"),
    ],
    "primaryKey": KEY, "foreignKeys": AREAS,
}
BUILDS = {"customs_releases": build_customs_releases}
