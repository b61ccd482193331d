"""Time of ``import trade_lib`` beside ``import pandas``, which it cannot do without: fresh processes in turn.

    python benchmarks/imports.py [--runs 9]

Writes imports.csv: medians in seconds, and the median of the ratios run by run.
"""

import argparse
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pandas as pd


def seconds(module):
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    seconds("trade_lib")  # warms the disk
    pairs = [(seconds("trade_lib"), seconds("pandas")) for _ in range(runs)]
    ours, theirs = zip(*pairs, strict=True)
    row = {"trade_lib_seconds": statistics.median(ours), "pandas_seconds": statistics.median(theirs),
           "ratio": statistics.median(a / b for a, b in pairs), "runs": runs, "cores": os.cpu_count(),
           "date": date.today().isoformat(),
           "versions": f"python {platform.python_version()}, pandas {importlib.metadata.version('pandas')}"}
    pd.DataFrame([row]).to_csv(Path(__file__).with_suffix(".csv"), index=False, float_format="%.3f")
    print(row)


if __name__ == "__main__":
    main()
