"""The choices behind the default, on the data they were made on, none of which is scored elsewhere: the trade panel
from origins of 2003 to 2011, and Tourism monthly without its last 24 months.

    PYTHONPATH=. python benchmarks/forecast_design.py --cache DIR

Each library model is fitted once a history, on logs, and kept in DIR; combinations are made of what is kept. Writes
forecast_design.csv: mean scaled error one month ahead and to month 12 and 24 of every mean of up to four models, with
and without the same month of past years as an anchor. Prints the error model learnt from the panel's origins alone,
which `trade_lib.forecast.error_model` stores.
"""

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from peers import HORIZON, cut, trade_panel, versions
from tqdm import tqdm

from trade_lib.forecast import COMBINATION, error_model
from trade_lib.forecast.fitting import fit_panel
from trade_lib.forecast.members import LATE, median_path, plausible_path

HERE = Path(__file__).parent
CRISIS = ("2006-03", "2008-09", "2010-05", "2011-10")  # years ahead of these hold the fall of 2008 and its recovery
EARLIER = ("2003-03", "2004-03", "2005-03", "2005-09", "2006-09", "2007-05", "2007-09", "2008-05", "2008-10", "2009-05",
           "2009-10", "2010-10")
MODELS = ("theta", "dynamic_theta", "ets", "ces", "mstl")
ANCHORS = {"": (), "seasonal naive": (1,), "mean of two years": (1, 2)}


def histories():
    """{(data, series, origin): (history, later)} in values above zero."""
    panel = trade_panel()
    jobs = {}
    for data, origins in (("trade, 4 origins", CRISIS), ("trade, 12 earlier origins", EARLIER)):
        for key, origin, past in cut(panel, origins):
            jobs[data, key, origin] = past, panel[key].loc[pd.Period(origin, "M") + 1:].to_numpy()[:HORIZON]
    table = pd.read_csv(HERE / "data" / "tourism_monthly.csv.gz")
    for key, y in table[table["split"] == "train"].groupby("series")["value"]:
        y = y.to_numpy(float)
        if len(y) >= 60 and (y > 0).all():
            jobs["tourism", key, "last"] = y[:-HORIZON], y[-HORIZON:]
    return jobs


def fitted(jobs, cache):
    """{(series, origin): {model: median path on logs}}; a path that is not plausible gives way to the last year."""
    path = Path(cache) / "design.pkl"
    kept = pd.read_pickle(path) if path.exists() else {}
    for _, key, origin in tqdm(jobs):
        z = np.log(jobs[_, key, origin][0])
        if (key, origin) not in kept:
            paths = {name: median_path(name, z, HORIZON, 12) for name in MODELS}
            kept[key, origin] = {name: made if plausible_path(made, z) else np.resize(z[-12:], HORIZON)
                                 for name, made in paths.items()}
    pd.to_pickle(kept, path)
    return kept


def mean_errors(jobs, paths, models, years):
    """Mean scaled error one month ahead and to month 12 and 24, by data, of one combination."""
    late = np.arange(1, HORIZON + 1) / (np.arange(1, HORIZON + 1) + LATE)
    rows = []
    for (data, key, origin), (past, later) in jobs.items():
        total, weight = sum(paths[key, origin][name] for name in models), len(models)
        if years:
            anchor = np.mean([np.resize(np.log(past[-12 * k:][:12]), HORIZON) for k in years], axis=0)
            total, weight = total + late * anchor, weight + late
        scaled = np.abs(np.exp(total / weight)[:len(later)] - later) / np.abs(past[12:] - past[:-12]).mean()
        rows.append((data, scaled[0], scaled[:12].mean(), scaled.mean()))
    return pd.DataFrame(rows, columns=["data", "error1", "error12", "error24"]).groupby("data").mean().reset_index()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", required=True)
    cache = parser.parse_args().cache
    jobs = histories()
    paths = fitted(jobs, cache)
    tried = [(models, anchor) for size in (1, 2, 3, 4) for models in combinations(MODELS, size) for anchor in ANCHORS]
    table = pd.concat([mean_errors(jobs, paths, models, ANCHORS[anchor]).assign(models=", ".join(models), anchor=anchor)
                       for models, anchor in tqdm(tried)]).assign(versions=versions())
    table.to_csv(HERE / "forecast_design.csv", index=False, float_format="%.4f")
    print(table.groupby(["models", "anchor"])["error24"].mean().nsmallest(10))
    panel = trade_panel()
    past = [one for origin in CRISIS for fit in fit_panel(
        {key: panel[key].loc[:pd.Period(origin, "M")] for key, _, _ in cut(panel, (origin,))}, HORIZON,
        COMBINATION)[0].values() for one in fit.past]
    error_model.STORED_WEIGHT = 1e-6
    learnt = error_model.learnt_from(past)
    print("coefficients", np.round(learnt.coefficients, 3), "shape", np.round(learnt.shape[::20], 2))


if __name__ == "__main__":
    main()
