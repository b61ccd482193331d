"""Do 95 % intervals of PPML hold the truth 95 times in 100? Simulated trade with known coefficients and uneven errors.

    python benchmarks/gravity_coverage.py [--worlds 1000] [--countries 60 --countries 120]

Each world has exporter and importer effects, a share of zeros, and a variance that grows with a regressor. Both kinds
of robust errors: plain ones (hetero), which fall short in such samples, and those that allow for leverage (hc3).
"""

import argparse
import importlib.metadata
import platform
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from trade_lib.gravity import fit

TRUTH = {"x": -0.8, "d": 0.5}


def world(seed, n):
    """Pairs of n countries: trade with gamma noise whose spread depends on x, a fifth of it zero."""
    rng = np.random.default_rng(seed)
    e, i = (grid[~np.eye(n, dtype=bool)] for grid in np.divmod(np.arange(n * n).reshape(n, n), n))
    x, d = rng.normal(size=len(e)), (rng.random(len(e)) < 0.3).astype(float)
    mean = np.exp(1 + rng.normal(0, 0.5, n)[e] + rng.normal(0, 0.5, n)[i] + TRUTH["x"] * x + TRUTH["d"] * d)
    trade = np.where(rng.random(len(e)) < 0.2, 0, rng.gamma(mean / (1 + np.abs(x)), 1 + np.abs(x)) / 0.8)
    return pd.DataFrame({"exporter": [f"E{k}" for k in e], "importer": [f"E{k}" for k in i], "trade": trade, "x": x,
                         "d": d})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--countries", type=int, action="append")
    given = parser.parse_args()
    rows = [row for n in given.countries or [60, 120] for row in coverage(n, given.worlds)]
    versions = " ".join(f"{p} {importlib.metadata.version(p)}" for p in ("pyfixest", "numpy"))
    table = pd.DataFrame(rows).round(4).assign(date=date.today().isoformat(),
                                               versions=f"python {platform.python_version()} {versions}")
    table.to_csv(Path(__file__).with_suffix(".csv"), index=False)
    print(table.to_string(index=False))


def coverage(n, worlds):
    """How often the interval of each coefficient held the truth, over worlds of n countries."""
    held = {(name, vcov): [] for vcov in ("hetero", "hc3") for name in TRUTH}
    away = {key: [] for key in held}
    for seed in tqdm(range(worlds), desc=f"{n} countries", disable=None):
        frame = world(seed, n)
        tables = {vcov: fit(frame, "trade ~ x + d | exporter + importer", vcov=vcov).coefficients for vcov in
                  ("hetero", "hc3")}
        for (name, vcov), hits in held.items():
            row = tables[vcov].loc[name]
            hits.append(row["low"] < TRUTH[name] < row["high"])
            away[name, vcov].append(row["estimate"] - TRUTH[name])
    return [{"coefficient": name, "truth": TRUTH[name], "errors": vcov, "worlds": worlds, "countries": n,
             "mean_error": np.mean(away[name, vcov]), "coverage95": np.mean(hits),
             "standard_error": np.sqrt(np.mean(hits) * (1 - np.mean(hits)) / worlds)}
            for (name, vcov), hits in held.items()]


if __name__ == "__main__":
    main()
