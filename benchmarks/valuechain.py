"""How long the accounting of a full world table (41 regions by 35 industries) takes, and what memory it needs.

    PYTHONPATH=. OMP_NUM_THREADS=1 python benchmarks/valuechain.py

Writes valuechain.csv beside this file. Each step is timed on a fresh table, the median of three; processor time stands
beside the clock, for machines that do other work meanwhile. Loading is not counted in the steps.
"""

import importlib.metadata
import os
import platform
import resource
import statistics
import time
from datetime import date
from pathlib import Path

import pandas as pd

from trade_lib import valuechain as vc

HERE = Path(__file__).parent
YEAR, TIMES = 2011, 3
LIMITS = {"Leontief inverse and value-added trade, all pairs": 1.0, "Borin-Mancini, every exporter, source": 5.0,
          "Borin-Mancini, every exporter, sink": 5.0}


def leontief(table):
    vc.value_added_in_final_demand(table)
    vc.bilateral(table)


STEPS = {
    "Leontief inverse and value-added trade, all pairs": leontief,
    "Borin-Mancini, every exporter, source": lambda table: vc.borin_mancini(table, "bilateral"),
    "Borin-Mancini, every exporter, sink": lambda table: vc.borin_mancini(table, "bilateral", "sink"),
    "Koopman-Wang-Wei, nine terms, every exporter": vc.kww,
    "Wang-Wei-Zhu, sixteen terms, every pair and industry": vc.wwz,
}


def timed(step):
    """Median seconds of a step, by the clock and by the processor. Later steps find the inverse of the table made."""
    clock, processor = [], []
    for _ in range(TIMES):
        table = vc.wiod(YEAR)
        if step is not leontief:
            assert table.B.shape == (1435, 1435)
        start, used = time.perf_counter(), time.process_time()
        step(table)
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return statistics.median(clock), statistics.median(processor)


def main():
    start = time.perf_counter()
    vc.wiod(YEAR)
    rows = [{"step": "load and check the table", "seconds": time.perf_counter() - start, "processor_seconds": None}]
    for name, step in STEPS.items():
        clock, processor = timed(step)
        rows.append({"step": name, "seconds": clock, "processor_seconds": processor, "limit": LIMITS.get(name)})
    frame = pd.DataFrame(rows).round(2)
    frame["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    frame["threads"] = os.environ.get("OMP_NUM_THREADS", "all")
    frame["machine"] = f"{platform.machine()}, {os.cpu_count()} processors"
    frame["date"] = date.today().isoformat()
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "pandas")]
    frame["versions"] = ", ".join([f"python {platform.python_version()}", *versions])
    frame.to_csv(HERE / "valuechain.csv", index=False)
    print(frame[["step", "seconds", "processor_seconds", "limit", "peak_mb"]].to_string(index=False))


if __name__ == "__main__":
    main()
