"""Known processes: do the limits of the default hold what they say? Six kinds of series, each kind a panel.

    PYTHONPATH=. python benchmarks/forecast_simulated.py [--series 500]

Writes forecast_simulated.csv: coverage of the 80 and 95 % limits over 12 months, by kind.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from peers import versions

from trade_lib.forecast import forecast_panel

HERE = Path(__file__).parent
N, HORIZON, SEED = 120, 12, 2026


def season(rng, size=0.15):
    """A fixed seasonal pattern on logs."""
    pattern = rng.normal(0, size, 12)
    return np.resize(pattern - pattern.mean(), N + HORIZON)


def processes():
    """Six ways to make a series' logs, each ``f(rng) -> array`` of history and horizon."""
    n = N + HORIZON

    def ar(rng):
        e, z = rng.normal(0, 0.08, n + 50), np.zeros(n + 50)
        for t in range(1, n + 50):
            z[t] = 0.7 * z[t - 1] + e[t]
        return z[50:]

    def airline(rng):
        e = rng.normal(0, 0.06, n + 13)
        w = e[13:] - 0.4 * e[12:-1] - 0.6 * e[1:-12] + 0.24 * e[:-13]
        z = np.zeros(n + 13)
        for t in range(13, n + 13):
            z[t] = z[t - 1] + z[t - 12] - z[t - 13] + w[t - 13]
        return z[13:]

    return {"noise round a season": lambda rng: season(rng) + rng.normal(0, 0.08, n),
            "random walk": lambda rng: np.cumsum(rng.normal(0, 0.05, n)),
            "walk, season and noise": lambda rng: season(rng) + np.cumsum(rng.normal(0, 0.03, n))
            + rng.normal(0, 0.05, n),
            "autoregression round a season": lambda rng: season(rng) + ar(rng),
            "trend with heavy tails": lambda rng: season(rng) + 0.005 * np.arange(n) + 0.05 * rng.standard_t(4, n),
            "airline": airline}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=500)
    count = parser.parse_args().series
    rows = []
    for k, (kind, make) in enumerate(processes().items()):
        rng = np.random.default_rng([SEED, k])
        logs = {f"s{i:03d}": 5 + make(rng) for i in range(count)}
        months = pd.period_range("2010-01", periods=N, freq="M")
        frame = pd.concat([pd.DataFrame({"series": key, "month": months, "value": np.exp(z[:N])})
                           for key, z in logs.items()])
        found, failed = forecast_panel(frame, HORIZON, processes=2)
        actual = np.concatenate([np.exp(logs[key][N:]) for key in sorted(logs)])
        inside = {level: 100 * ((found[f"lo{level}"] <= actual) & (actual <= found[f"hi{level}"])).mean()
                  for level in (80, 95)}
        rows.append({"kind": kind, "series": count, "failed": len(failed), "coverage80": inside[80],
                     "coverage95": inside[95], "versions": versions()})
        print(rows[-1], flush=True)
        pd.DataFrame(rows).to_csv(HERE / "forecast_simulated.csv", index=False, float_format="%.2f")


if __name__ == "__main__":
    main()
