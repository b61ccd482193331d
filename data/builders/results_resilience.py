"""Trade in the pandemic against forecasts made at the end of 2019.

    python data/builders/results_resilience.py [--processes 2]

Reads only tables already built. Writes c05_counterfactual (months) and c05_course (sums) to data/results/.
"""

import argparse
import importlib.metadata
import platform
from concurrent.futures import ProcessPoolExecutor
from itertools import product

import pandas as pd
from common import field, publish

from trade_lib.claims.c05_resilience import HORIZON, MONTHLY, N_PATHS, ORIGIN, SEED, WINDOW, counterfactual

MODELS = ("combination", "ets")
NOTES = [
    f"Origin {ORIGIN}, {HORIZON} months ahead; months of today's vintage, so pseudo-real-time.",
    "The forecast goes on with what the history holds: the tariff dispute of 2018-19 is in it, the pandemic is not.",
    "Singapore's dollars are converted at monthly average rates; Korea gives exports only.",
]


def one(task):
    return counterfactual(*task)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    with ProcessPoolExecutor(options.processes) as pool:
        parts = list(pool.map(one, product(MONTHLY, MODELS)))
    months = pd.concat([part[0] for part in parts], ignore_index=True)
    months["month"] = months["month"].astype(str)
    course = pd.DataFrame([part[1] for part in parts])
    versions = {name: importlib.metadata.version(name) for name in ("numpy", "pandas", "scipy", "statsforecast")}
    extra = {"versions": {"python": platform.python_version(), **versions}, "seed": SEED, "n_paths": N_PATHS}
    call = "trade_lib.claims.c05_resilience.counterfactual"
    place = [field("series", "string", "reporter and partner", required=True, enum=list(MONTHLY)),
             field("model", "string", "model or combination", required=True, enum=list(MODELS))]
    limits = [field(name, "number", text, "US$", required=True) for name, text in (
        ("mean", "mean of the forecast"), ("median", "median of the forecast"), ("lo80", "lower 80 % limit"),
        ("hi80", "upper 80 % limit"), ("lo95", "lower 95 % limit"), ("hi95", "upper 95 % limit"))]
    actual = field("actual", "number", "what came", "US$", required=True, minimum=0)

    def write(name, frame, fields, key, title):
        source = {"source_id": "COMPUTED", "publisher": "this package", "title": title, "obtained_via": call,
                  "vintage": "from the tables shipped with it", "units": "US$; shares", "licence": "BSD-3-Clause",
                  "notes": "sources of the inputs: SG_SINGSTAT, RU_FCS_96STRAN, US_COMTRADE_M, KR_CUSTOMS_LOC, PRICES, "
                           "CNY_DATES"}
        table = publish(name, frame, {"fields": fields, "primaryKey": key}, title=title,
                        description=f"{title}. Computed by {call}.", sources=[source],
                        vintage="computed; pseudo-real-time", notes=NOTES, folder="results",
                        extra={**extra, "call": call})
        print(f"{name}: {len(table)} rows")

    write("c05_counterfactual", months, [*place, field("month", "yearmonth", "month", required=True), actual, *limits],
          ["series", "model", "month"], "Months of 2020 and 2021 against forecasts made at the end of 2019")
    write("c05_course", course, [
        *place, actual, *[item for item in limits if item["name"] != "median"],
        field("p_below", "number", "share of the forecast's draws below what came", "share", required=True, minimum=0,
              maximum=1)],
        ["series", "model"], f"Sum of {WINDOW[0]} to {WINDOW[1]} against forecasts made at the end of 2019")


if __name__ == "__main__":
    main()
