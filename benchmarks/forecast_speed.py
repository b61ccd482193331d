"""Time of the default against statsforecast's AutoETS on the same series in the same run: n = 120, 18 months ahead.

    PYTHONPATH=. python benchmarks/forecast_speed.py [--series 1400]

Both run in one process and are timed by processor time, which other work on the machine disturbs least; chunks of
series alternate between the two. Imports are not counted. Writes forecast_speed.csv.
"""

import argparse
import resource
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from peers import versions

from trade_lib.forecast import forecast, forecast_panel

HERE = Path(__file__).parent
N, HORIZON = 120, 18


def main():
    from statsforecast.models import AutoETS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=1400)
    count = parser.parse_args().series
    rng = np.random.default_rng(0)
    t = np.arange(N)
    months = pd.period_range("2012-01", periods=N, freq="M")
    series = [pd.Series(np.exp(5 + 0.2 * np.sin(t * np.pi / 6 + rng.uniform(0, 6)) + np.cumsum(rng.normal(0, 0.04, N))
                               + rng.normal(0, 0.05, N)), months) for _ in range(count)]
    forecast(series[0], HORIZON)
    AutoETS(season_length=12).forecast(y=series[0].to_numpy(), h=HORIZON)
    ours = theirs = 0.0
    size = max(count // 4, 100)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for start in range(0, count - size + 1, size):
            part = series[start:start + size]
            frame = pd.concat([pd.DataFrame({"series": f"s{i}", "month": months, "value": y.to_numpy()})
                               for i, y in enumerate(part)])
            begin = time.process_time()
            forecast_panel(frame, HORIZON, processes=1)
            ours += time.process_time() - begin
            begin = time.process_time()
            for y in part:
                AutoETS(season_length=12).forecast(y=y.to_numpy(), h=HORIZON, level=[80, 95])
            theirs += time.process_time() - begin
            done = start + size
            print(f"{done} series: default {ours:.1f} s, AutoETS {theirs:.1f} s, ratio {ours / theirs:.2f}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pd.DataFrame([{"series": done, "n": N, "horizon": HORIZON, "default_seconds": ours, "autoets_seconds": theirs,
                   "ratio": ours / theirs, "peak_memory_mb": peak, "versions": versions()}]).to_csv(
        HERE / "forecast_speed.csv", index=False, float_format="%.3f")


if __name__ == "__main__":
    main()
