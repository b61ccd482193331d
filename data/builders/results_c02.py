"""Will China-Russia trade of 2021 exceed US$140 bn? Probabilities by month of 2021, and how such forecasts fared.

    python data/builders/results_c02.py [--processes 2]

Reads only tables already built. Writes c02_probability_path, c02_calibration and c02_exceedance to data/results/.
"""

import argparse
import importlib.metadata
import platform
from concurrent.futures import ProcessPoolExecutor

import pandas as pd
from common import field, publish
from tqdm import tqdm

from trade_lib.claims import c02_russia_total as russia_total
from trade_lib.claims.c02_russia_total import N_PATHS, SEED
from trade_lib.forecast import COMBINATION, MODELS, year_totals

SIDES = ("RUS", "CHN")
YEARS = range(2012, 2022)
COMPUTED = {"publisher": "this package", "units": "US$; shares", "licence": "BSD-3-Clause", "source_id": "COMPUTED"}
NOTES = [
    "Pseudo-real-time: Russia's months are those of one vintage (September 2022), not of each origin.",
    "The engine's members and error model were chosen on months up to 2011 and on other data.",
    "The eleven origins of a year share one outcome: ten years are ten independent outcomes at most.",
    "Side RUS: Russia's customs. Side CHN: China's printed year-to-date figure where one is at hand, else "
    "(2012-16 mostly) Russia's months; the rest at the mirror ratio of earlier years.",
]


def one_year(year):
    """Path (2021 only), calibration and exceedance rows of one year."""
    options = {"n_paths": N_PATHS, "seed": SEED, "sides": SIDES, **russia_total.forecast_inputs()}
    tried = year_totals.calibration(years=[year], models=[COMBINATION], **options)
    if year != 2021:
        return None, *tried
    origins = pd.period_range("2021-01", "2021-11", freq="M")
    path = year_totals.probability_path(origins=origins, threshold=russia_total.THRESHOLD * 1e9, models=MODELS,
                                        **options)
    return path.rename(columns={"p_exceed": "p_exceed_140"}), *tried


def _limits():
    return [field(name, "number", f"{text} of the year's total", "US$", required=True, minimum=0) for name, text in (
        ("mean", "mean"), ("lo80", "lower 80 % limit"), ("hi80", "upper 80 % limit"), ("lo95", "lower 95 % limit"),
        ("hi95", "upper 95 % limit"))]


def _place():
    return [field("side", "string", "whose customs", required=True, enum=list(SIDES)),
            field("year", "year", "year forecast", required=True),
            field("origin_month", "integer", "months known", required=True, minimum=1, maximum=11),
            field("model", "string", "model or combination", required=True)]


def _share(name, text):
    return field(name, "number", text, "share", required=True, minimum=0, maximum=1)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    with ProcessPoolExecutor(options.processes) as pool:
        parts = list(tqdm(pool.map(one_year, YEARS), total=len(YEARS), desc="years"))
    path, calibration, exceed = (pd.concat([part[i] for part in parts if part[i] is not None], ignore_index=True)
                                 for i in range(3))
    versions = {name: importlib.metadata.version(name) for name in ("numpy", "pandas", "scipy", "statsforecast")}
    extra = {"versions": {"python": platform.python_version(), **versions}, "seed": SEED, "n_paths": N_PATHS}
    keys = ["side", "year", "origin_month", "model"]

    def write(name, frame, fields, key, title, call):
        source = {**COMPUTED, "title": title, "obtained_via": call, "vintage": "from the tables shipped with it",
                  "notes": "sources of the inputs: RU_FCS_96STRAN, OFFICIAL_FIGURES, DOTS_ANNUAL_SAM, CNY_DATES"}
        table = publish(name, frame, {"fields": fields, "primaryKey": key}, title=title,
                        description=f"{title}. Computed by {call}.", sources=[source],
                        vintage="computed; pseudo-real-time", notes=NOTES, folder="results",
                        extra={**extra, "call": call})
        print(f"{name}: {len(table)} rows")

    write("c02_probability_path", path.assign(origin=path["origin"].astype(str), known_to=path["known_to"].map(
        lambda period: None if pd.isna(period) else str(period))), [
        _place()[0], field("origin", "yearmonth", "last month known", required=True),
        field("known_to", "yearmonth", "last month of the year-to-date figure used; empty where none"),
        field("known", "number", "the year to date as known", "US$", required=True, minimum=0), _place()[3],
        *_limits(), _share("p_exceed_140", "probability that the year exceeds US$140 bn"),
        field("needed", "number", "a month, for the months left, to reach US$140 bn", "US$", required=True)],
        ["side", "origin", "model"], "Forecasts of China-Russia trade in 2021 from each month of 2021",
        "trade_lib.forecast.year_totals.probability_path")
    write("c02_calibration", calibration, [
        *_place(), _share("pit", "share of draws below the outcome"), *_limits(),
        field("outcome", "number", "the year's total", "US$", required=True, minimum=0),
        field("covered80", "boolean", "outcome within the 80 % limits", required=True),
        field("covered95", "boolean", "outcome within the 95 % limits", required=True)], keys,
        "The same procedure on 2012-2021 against the outcomes", "trade_lib.forecast.year_totals.calibration")
    write("c02_exceedance", exceed, [
        *_place(), field("threshold_ratio", "number", "threshold over the year before's total", "ratio", required=True),
        _share("p_exceed", "probability stated"),
        field("happened", "boolean", "the outcome exceeded it", required=True)],
        [*keys, "threshold_ratio"], "Exceedance probabilities stated in 2012-2021 and what came",
        "trade_lib.forecast.year_totals.calibration")


if __name__ == "__main__":
    main()
