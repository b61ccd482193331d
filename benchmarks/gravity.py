"""How long does gravity take on the full panel, and how much longer without high-dimensional effects?

    python benchmarks/gravity.py [--full-only]

Writes gravity.csv beside it; with --full-only the comparison's rows stay as they were measured. The full panel: trade
of all pairs 2000 to 2020 with zeros where both countries report; exporter-year, importer-year and pair effects,
errors clustered by pair. The comparison: the same equation with dummies in statsmodels' GLM, on the trade of the
largest countries with each other in five years, by both. Its matrix is dense, rows times dummies: twice the countries
take sixteen times the memory and some sixty times the time. Thirty countries are the most it does in minutes and a
few GB; the panel has over two hundred, in 21 years. The ratio is one of processor seconds, which other work on the
machine disturbs less than those of the clock.
"""

import argparse
import datetime
import importlib.metadata
import os
import platform
import resource
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from trade_lib import gravity, load

FORMULA = "trade ~ rta | exporter^year + importer^year + pair"
LARGEST = (10, 20, 30)  # countries of the comparison: 4,350 rows and 1,169 dummies at most


def full_panel():
    flows = load("flows_bilateral")
    flows = flows[flows["source"] == "BACI_2000_2020"]
    frame = gravity.with_zeros(flows[["exporter", "importer", "year"]].assign(trade=flows["value"].astype(float)))
    listed = load("trade_agreements")
    listed = listed[listed["rta"] == 1][["year", "exporter", "importer", "rta"]]
    frame["list"] = np.minimum(frame["year"] // 4 * 4, 2016)
    keys = ["list", "exporter", "importer"]
    frame = frame.merge(listed.rename(columns={"year": "list"}), on=keys, how="left").fillna({"rta": 0})
    return frame.assign(pair=frame["exporter"] + "-" + frame["importer"])


def timed(call):
    start, used = time.perf_counter(), time.process_time()
    found = call()
    return found, time.perf_counter() - start, time.process_time() - used


def by_dummies(frame):
    import statsmodels.api as sm

    exporter_year = frame["exporter"] + frame["year"].astype(str)
    importer_year = frame["importer"] + frame["year"].astype(str)
    dummies = [pd.get_dummies(codes, drop_first=True, dtype=float) for codes in
               (exporter_year, importer_year, frame["pair"])]
    design = np.column_stack([frame["rta"], np.ones(len(frame)), *dummies])
    with warnings.catch_warnings():  # one dummy too many: the slope of rta is unique all the same
        warnings.simplefilter("ignore")
        return sm.GLM(frame["trade"] / 1e6, design, family=sm.families.Poisson()).fit(cov_type="HC1").params.iloc[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full-only", action="store_true")
    full_only = parser.parse_args().full_only
    gravity.fit(gravity.panel(2000), "trade ~ ldist | exporter + importer", "ppml", "cluster:pair")  # imports
    frame = full_panel()
    found, wall, cpu = timed(lambda: gravity.fit(frame, FORMULA, "ppml", "cluster:pair"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    rows = [("full panel", "trade_lib.gravity.fit", len(frame), int((frame["trade"] > 0).sum()), found.n, wall, cpu,
             found.coefficients.loc["rta", "estimate"], peak, np.nan)]
    print(rows[0], flush=True)
    sizes = frame.groupby("exporter")["trade"].sum()
    for n in () if full_only else LARGEST:
        among = frame["exporter"].isin(sizes.nlargest(n).index) & frame["importer"].isin(sizes.nlargest(n).index)
        part = frame[among & frame["year"].isin(range(2000, 2017, 4))].reset_index(drop=True)
        traded = int((part["trade"] > 0).sum())
        found, wall, cpu = timed(lambda part=part: gravity.fit(part, FORMULA, "ppml", "cluster:pair"))
        slope, slow, slow_cpu = timed(lambda part=part: by_dummies(part))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        data = f"{n} countries, 5 years"
        rows += [(data, "trade_lib.gravity.fit", len(part), traded, found.n, wall, cpu,
                  found.coefficients.loc["rta", "estimate"], np.nan, slow_cpu / cpu),
                 (data, "statsmodels GLM with dummies", len(part), traded, len(part), slow, slow_cpu, slope, peak,
                  np.nan)]
        print(*rows[-2:], sep="\n", flush=True)
    table = pd.DataFrame(rows, columns=["data", "by", "rows", "rows_with_trade", "rows_used", "wall_s", "cpu_s", "rta",
                                        "peak_gb", "glm_over_fit_cpu"])
    versions = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("pyfixest", "statsmodels", "numpy"))
    table = table.assign(date=datetime.date.today().isoformat(),
                         machine=f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}",
                         versions=f"python {platform.python_version()} {versions}")
    path = Path(__file__).with_suffix(".csv")
    if full_only:
        table = pd.concat([table, pd.read_csv(path).iloc[1:]])
    table.round(4).to_csv(path, index=False)
    print(table.T.to_string())


if __name__ == "__main__":
    main()
