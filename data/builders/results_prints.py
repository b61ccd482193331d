"""Months of China's trade with ASEAN and Russia read out of printed year-to-date figures, forecasts and their record.

    python data/builders/results_prints.py

Reads only tables already built. Writes prints_months, prints_record and prints_blind to data/results/.
"""

import importlib.metadata
import platform

import pandas as pd
from common import field, publish

from trade_lib.claims import ytd_forecasts as ytd

ORIGINS = [f"{year}-11" for year in range(2017, 2023)]
COMPUTED = {"publisher": "this package", "units": "bn US$", "licence": "BSD-3-Clause", "source_id": "COMPUTED",
            "vintage": "from the tables shipped with it",
            "notes": "sources of the inputs: OFFICIAL_FIGURES, RU_FCS_96STRAN, CNY_DATES"}
NOTES = [
    "Months are estimates: China prints totals since January for its partners, not these months.",
    "A window of the year before that was not printed is worked back from printed growth, with a wider error.",
    "A print counts at an origin when it was published within 28 days of the month's end; where only a later printing "
    "of a release is shipped, that printing stands for it.",
]


def limits():
    return [field(name, "number", text, "bn US$", required=True, minimum=0) for name, text in (
        ("mean", "mean"), ("lo80", "lower 80 % limit"), ("hi80", "upper 80 % limit"), ("lo95", "lower 95 % limit"),
        ("hi95", "upper 95 % limit"))]


def write(name, frame, fields, key, title, call):
    versions = {lib: importlib.metadata.version(lib) for lib in ("numpy", "pandas", "scipy", "statsmodels")}
    source = {**COMPUTED, "title": title, "obtained_via": call}
    frame = frame.assign(**{c: frame[c].astype(str) for c in frame if isinstance(frame[c].dtype, pd.PeriodDtype)})
    table = publish(name, frame, {"fields": fields, "primaryKey": key}, title=title,
                    description=f"{title}. Computed by {call}.", sources=[source],
                    vintage="computed; prints known at each origin", notes=NOTES, folder="results",
                    extra={"versions": {"python": platform.python_version(), **versions}, "call": call,
                           "seed": ytd.SEED, "n_paths": ytd.N_PATHS})
    print(f"{name}: {len(table)} rows")


def main():
    who = field("partner", "string", "China's partner", required=True, enum=list(ytd.SINCE))
    median = field("median", "number", "median", "bn US$", required=True, minimum=0)
    months = pd.concat([ytd.months_table(*ytd.monthly(partner)).assign(partner=partner)
                        for partner in ytd.SINCE])
    write("prints_months", months, [
        who, field("month", "yearmonth", "month", required=True),
        field("kind", "string", "estimate of a past month, or forecast", required=True, enum=["estimate", "forecast"]),
        median, *limits()], ["partner", "month"],
        "China's trade with ASEAN and Russia by month, estimated from prints to November 2021",
        "trade_lib.claims.ytd_forecasts.monthly")
    record = pd.concat([ytd.scored(partner, origin) for partner in ytd.SINCE for origin in ORIGINS])
    write("prints_record", record, [
        who, field("origin", "yearmonth", "last month known", required=True),
        field("start", "yearmonth", "first month of the window", required=True),
        field("end", "yearmonth", "last month of the window", required=True), *limits(),
        field("outcome", "number", "what was printed first", "bn US$", required=True, minimum=0),
        field("pit", "number", "share of draws below the outcome", "share", required=True, minimum=0, maximum=1),
        field("covered80", "boolean", "outcome within the 80 % limits", required=True),
        field("covered95", "boolean", "outcome within the 95 % limits", required=True),
        field("plain", "number", "the year before moved by the latest printed growth; empty where it cannot be had",
              "bn US$")],
        ["partner", "origin", "end"], "Forecasts from printed figures against what was printed later",
        "trade_lib.claims.ytd_forecasts.scored")
    write("prints_blind", ytd.blind(), [
        field("month", "yearmonth", "month", required=True),
        field("actual", "number", "Russian customs", "bn US$", required=True, minimum=0), median, *limits(),
        field("hidden", "boolean", "not given by a window of its own", required=True)], ["month"],
        "Russia's own months recovered from the windows that China printed", "trade_lib.claims.ytd_forecasts.blind")


if __name__ == "__main__":
    main()
