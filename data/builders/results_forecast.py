"""Forecast evidence for the notebooks: New Year one step ahead, forecasts of November 2021, scores on the trade panel.

    python data/builders/results_forecast.py --part new_year|november|scores|significance|nowcast [--processes 2]

Reads only tables already built; the last three parts read what the scripts in benchmarks/ wrote.
"""

import argparse
import importlib.metadata
import platform
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
from common import field, publish

from trade_lib import load, series
from trade_lib.forecast import backtest, forecast_panel, learn
from trade_lib.measures import newyear

SEED, ORIGIN, HORIZON = 1, pd.Period("2021-11", "M"), 49
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
# Series, source, first target year and last: months January to March are forecast one step ahead.
NEW_YEAR = (("CHN", "WORLD", "import", "CN_SEASONAL_PKG", 2000, 2013),
            ("CHN", "WORLD", "export", "CN_SEASONAL_PKG", 2000, 2013),
            ("RUS", "CHN", "import", "RU_FCS_96STRAN", 2011, 2021),
            ("RUS", "CHN", "export", "RU_FCS_96STRAN", 2011, 2021))
WATCHED = {"SG_SINGSTAT": ("CHN", "IDN", "MYS", "THA", "VNM", "PHL"), "KR_CUSTOMS_LOC": ("CHN",),
           "US_COMTRADE_M": ("CHN",), "FRED_IMPCH_2026": ("CHN",), "RU_FCS_96STRAN": ("CHN",)}
COMPUTED = {"publisher": "this package", "licence": "BSD-3-Clause", "source_id": "COMPUTED"}


def one_step(task):
    """One-step forecasts of January to March of one year, with and without New Year regressors."""
    reporter, partner, flow, source, year = task
    y = series(reporter, partner, flow, source=source)
    y = y[y.index >= pd.Period("1986-01", "M")]
    x = newyear.candidates(y.index[0], y.index[-1] + 2)
    rows = []
    for month in (1, 2, 3):
        target = pd.Period(f"{year}-{month:02d}", "M")
        found = {}
        for name, regressors in (("without", None), ("with", x)):
            table, _ = backtest(y.loc[:target], 1, [target - 1], n_paths=1000, seed=SEED, x=regressors)
            found[name] = table["median"].iloc[0]
        rows.append({"reporter": reporter, "partner": partner, "flow": flow, "source": source, "month": str(target),
                     "actual": y[target], "without": found["without"], "with": found["with"]})
    return pd.DataFrame(rows)


def _publish(name, frame, fields, key, title, call, notes, units):
    versions = {lib: importlib.metadata.version(lib) for lib in ("numpy", "pandas", "statsmodels", "statsforecast")}
    source = {**COMPUTED, "title": title, "obtained_via": call, "vintage": "from the tables shipped with it",
              "units": units, "notes": "; ".join(notes)}
    table = publish(name, frame, {"fields": fields, "primaryKey": key}, title=title,
                    description=f"{title}. Computed by {call}.", sources=[source], vintage="computed", notes=notes,
                    folder="results", extra={"versions": {"python": platform.python_version(), **versions},
                                             "seed": SEED, "call": call})
    print(f"{name}: {len(table)} rows")


def _text(name, meaning):
    return field(name, "string", meaning, required=True)


def new_year(processes):
    tasks = [(*name, year) for *name, first, last in NEW_YEAR for year in range(first, last + 1)]
    with ProcessPoolExecutor(processes) as pool:
        frame = pd.concat(pool.map(one_step, tasks), ignore_index=True)
    value = [field(name, "number", meaning, "unit of the source", required=True, minimum=0) for name, meaning in (
        ("actual", "what came"), ("without", "forecast without regressors"), ("with", "forecast with them"))]
    _publish("forecast_new_year", frame, [
        _text("reporter", "whose customs"), _text("partner", "with whom"), _text("flow", "export or import"),
        _text("source", "source of the months"), field("month", "yearmonth", "month forecast", required=True), *value],
        ["reporter", "partner", "flow", "source", "month"],
        "January to March one month ahead, with and without Chinese New Year regressors",
        "trade_lib.forecast.backtest(y, 1, origins, x=newyear.candidates(first, last))",
        ["Refitted at every origin; the windows are chosen by AICc within each training sample.",
         "Pseudo-real-time: one vintage of each source."], "as the source of each series")


def november(processes):
    frame = load("flows_monthly")
    frame["series"] = frame[["source", "reporter", "partner", "flow"]].astype(str).agg("/".join, axis=1)
    past = frame[frame["period"] <= ORIGIN]
    groups = past.groupby("series")
    whole = groups["period"].transform(lambda p: (p.max() - p.min()).n + 1 == len(p) and p.max() == ORIGIN
                                       and len(p) >= 36)
    past = past[whole & groups["value"].transform(lambda v: bool((v > 0).all()))]
    past = past.rename(columns={"period": "month"})[["series", "month", "value"]]
    learnt = learn(past, HORIZON, processes=processes)
    watched = [key for key in sorted(past["series"].unique()) for source, _, partner, _ in [key.split("/")]
               if partner in WATCHED.get(source, ())]
    part = past[past["series"].isin(watched)]
    found, failed = forecast_panel(part, HORIZON, learnt=learnt, n_paths=2000, seed=SEED, processes=1)
    assert failed.empty, failed
    naive, _ = forecast_panel(part, HORIZON, model="seasonal_naive", learnt=learnt, n_paths=200, seed=SEED, processes=1)
    found["naive"] = naive["median"]
    later = frame[frame["period"] > ORIGIN].rename(columns={"period": "month", "value": "actual"})
    seasonal = part.assign(change=part.groupby("series")["value"].diff(12).abs())
    scale = seasonal.groupby("series")["change"].mean()
    found = found.merge(later[["series", "month", "actual"]], on=["series", "month"])
    found["scale"] = found["series"].map(scale)
    found[["source", "reporter", "partner", "flow"]] = found["series"].str.split("/", expand=True)
    found["month"] = found["month"].astype(str)
    columns = ["source", "reporter", "partner", "flow", "month", "median", "lo80", "hi80", "lo95", "hi95", "naive",
               "actual", "scale"]
    value = [field(name, "number", meaning, "unit of the source", required=True, minimum=0) for name, meaning in (
        ("median", "median forecast"), ("lo80", "lower 80 % limit"), ("hi80", "upper 80 % limit"),
        ("lo95", "lower 95 % limit"), ("hi95", "upper 95 % limit"), ("naive", "same month of the last year known"),
        ("actual", "what came"), ("scale", "mean |y(t) - y(t-12)| up to the origin"))]
    _publish("forecast_november_2021", found[columns], [
        _text("source", "source of the months"), _text("reporter", "whose customs"), _text("partner", "with whom"),
        _text("flow", "export or import"), field("month", "yearmonth", "month forecast", required=True), *value],
        ["source", "reporter", "partner", "flow", "month"],
        "Forecasts made with months up to November 2021, and what came",
        "trade_lib.forecast.forecast_panel(months to 2021-11, 49, learnt=learn(...))",
        ["Origin November 2021; nothing later enters the forecast.",
         "Pseudo-real-time: one vintage of each source. Series end at different months."],
        "as the source of each series")


def scores(processes):
    whole = pd.read_csv(BENCHMARKS / "forecast_trade.csv").assign(by="all", group="all")
    frame = pd.concat([whole, pd.read_csv(BENCHMARKS / "forecast_trade_groups.csv")], ignore_index=True)
    numbers = {"forecasts": "forecasts scored", "MASE12": "mean absolute scaled error, 12 months",
               "MASE24": "the same, 24 months", "RMSSE": "root mean squared scaled error",
               "MSIS": "mean scaled interval score, 95 %", "coverage80": "outcomes within the 80 % limits, %",
               "coverage95": "outcomes within the 95 % limits, %",
               "below80": "outcomes below the lower 80 % limit, %", "above80": "outcomes above the upper 80 % limit, %",
               "pinball": "mean quantile loss at the four limits, scaled", "bias": "mean scaled forecast minus outcome",
               "gain12": "how much lower the default's error is, same forecasts, 12 months, %",
               "gain24": "the same, 24 months"}
    _publish("forecast_scores", frame[["by", "group", "model", *numbers]], [
        field("by", "string", "what the group is", required=True,
              enum=["all", "reporter", "partner", "origin", "horizon"]),
        _text("group", "group"), _text("model", "model, on values or on logs"),
        *(field(name, "number", meaning, "scaled") for name, meaning in numbers.items())], ["by", "group", "model"],
        "Scores of forecasting models on the real trade panel, origins 2012-2021", "benchmarks/forecast_trade.py",
        ["Design choices were made on months up to 2011 and on other data.",
         "AutoARIMA searches with the approximated likelihood; every model runs at every origin."], "scaled")


def significance(processes):
    frame = pd.read_csv(BENCHMARKS / "forecast_trade_significance.csv")
    _publish("forecast_significance", frame, [
        _text("model", "model, on values or on logs"),
        field("apart", "number", "its mean scaled error less the default's, 12 months", "scaled", required=True),
        field("origins", "integer", "origins", required=True, minimum=2),
        field("p_origins", "number", "p-value, an origin an observation", "share", required=True, minimum=0, maximum=1),
        field("clusters", "integer", "pairs of areas", required=True, minimum=2),
        field("p_clusters", "number", "p-value, a pair of areas an observation", "share", required=True, minimum=0,
              maximum=1)], ["model"], "Whether models' errors differ from the default's on the real trade panel",
        "benchmarks/forecast_trade.py", ["Two-sided t tests of mean differences; all series of one pair of areas, "
                                         "whoever reports, are one cluster."], "scaled")


def nowcast(processes):
    frame = pd.read_csv(BENCHMARKS / "forecast_nowcast.csv").drop(columns="versions")
    _publish("forecast_nowcast", frame, [
        _text("target", "series forecast one month ahead"), _text("news", "series public before it"),
        field("first", "yearmonth", "first month scored", required=True),
        field("last", "yearmonth", "last month scored", required=True),
        field("origins", "integer", "months scored", required=True, minimum=1),
        field("engine", "number", "mean absolute error of the engine alone", "%", required=True, minimum=0),
        field("nowcast", "number", "the same with the news", "%", required=True, minimum=0),
        field("gain", "number", "how much lower", "%", required=True),
        field("pvalue", "number", "Diebold-Mariano test over origins", "share", required=True, minimum=0, maximum=1)],
        ["target"], "One month ahead with what was public meanwhile, against the engine alone",
        "benchmarks/forecast_nowcast.py",
        ["One vintage of each source: first printings of the indicator are not at hand.",
         "Whole months of Korea's exports only: its first 20 days are not among the tables."], "per cent")


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made = {"new_year": new_year, "november": november, "scores": scores, "significance": significance,
            "nowcast": nowcast}
    parser.add_argument("--part", choices=list(made), required=True)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    made[options.part](options.processes)


if __name__ == "__main__":
    main()
