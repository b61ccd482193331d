"""Ten thousand series with one broken through the command line: time, memory, and whether anything was lost.

    python benchmarks/many_series.py [--series 10000] [--horizon 12] [--model combination]

Writes a row of benchmarks/many_series.csv. Memory is the sum over the process and its children, read off /proc.
"""

import argparse
import datetime
import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd


def made(n, months=120, seed=0):
    """n monthly series with trend and season; one of them has text among its values."""
    rng = np.random.default_rng(seed)
    season = 0.15 * np.sin(2 * np.pi * (np.arange(months) + rng.integers(0, 12, (n, 1))) / 12)
    logs = 3 + season + np.cumsum(rng.normal(0.003, 0.03, (n, months)), axis=1) + rng.normal(0, 0.03, (n, months))
    frame = pd.DataFrame({"series": np.repeat([f"s{i:05d}" for i in range(n)], months),
                          "month": np.tile(pd.period_range("2012-01", periods=months, freq="M").astype(str), n),
                          "value": np.exp(logs).ravel().round(4).astype(object)})
    frame.loc[months * (n // 2) + 7, "value"] = "n.a."
    return frame


def resident(pid):
    """Resident memory of a process and all below it, in bytes (shared pages count in each)."""
    total, todo = 0, [pid]
    while todo:
        one = todo.pop()
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except OSError:
            pass
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--horizon", type=int, default=12)
    parser.add_argument("--model", default="combination")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "in.csv"), Path(folder, "out.csv")
        made(options.series).to_csv(source, index=False)
        began, peak = time.perf_counter(), 0
        run = subprocess.Popen([sys.executable, "-c", "from trade_lib.app.cli import app; app()", "forecast",
                                str(source), "--horizon", str(options.horizon), "--model", options.model,
                                "--output", str(output)])
        while run.poll() is None:
            peak = max(peak, resident(run.pid))
            time.sleep(0.2)
        seconds = time.perf_counter() - began
        found, failed = pd.read_csv(output), pd.read_csv(Path(folder, "out.failures.csv"))
    row = {"model": options.model, "series": options.series, "months": 120, "horizon": options.horizon,
           "exit_code": run.returncode,
           "forecast": found["series"].nunique(), "rows": len(found), "failed": len(failed),
           "reason": failed["reason"].iloc[0], "seconds": round(seconds, 1), "peak_memory_mb": round(peak / 2**20),
           "date": datetime.date.today().isoformat(), "cores": os.cpu_count(), "machine": platform.machine(),
           "python": platform.python_version(),
           **{name: importlib.metadata.version(name) for name in ("numpy", "pandas", "statsforecast")}}
    target = Path(__file__).with_suffix(".csv")
    before = pd.read_csv(target) if target.exists() else pd.DataFrame()
    if len(before):  # one row a model and size: a new run takes the place of the old one
        before = before[(before["model"] != options.model) | (before["series"] != options.series)]
    pd.concat([before, pd.DataFrame([row])]).to_csv(target, index=False)
    print(pd.Series(row).to_string())


if __name__ == "__main__":
    main()
