"""How long a claims file of 1,000 different claims takes, all kinds and partners mixed.

    python benchmarks/check_claims.py

Writes benchmarks/check_claims.csv.
"""

import datetime
import importlib.metadata
import os
import platform
import time
from pathlib import Path

import numpy as np
import pandas as pd

from trade_lib.check import answer as check
from trade_lib.check import statement

PARTNERS = ("RUS", "ASEAN", "AFRICA", "EU", "USA", "JPN", "KOR", "WORLD", "BRI", "DEU", "VNM", "BRA", "ZAF", "IND",
            "ISL")
KINDS = ("growth", "level", "record", "share", "rank", "forecast")
UNITS = {"growth": "pct", "share": "pct", "rank": "rank", "level": "usd_bn"}


def many(n, seed=1):
    """A claims file of n claims with periods, partners, flows and numbers drawn at random."""
    rng = np.random.default_rng(seed)
    text = "article:\n  title: many\n  date: 2021-12-29\nclaims:\n"
    for i in range(n):
        kind, year = KINDS[i % len(KINDS)], rng.integers(2005, 2024)
        months = f"{year}-01..{year}-{rng.integers(1, 13):02d}" if kind in ("growth", "level") else str(year)
        text += (f"  - id: X{i}\n    text: claim {i}\n    kind: {kind}\n    reporter: CHN\n"
                 f"    partner: {rng.choice(PARTNERS)}\n    flow: {rng.choice(['total', 'export', 'import'])}\n")
        if kind == "forecast":
            text += f"    threshold: {rng.integers(50, 300)}\n    unit: usd_bn\n    horizon: 2021\n"
            continue
        text += f"    period: {months}\n"
        text += "" if kind == "record" else f"    stated: {rng.integers(1, 50)}\n    unit: {UNITS[kind]}\n"
    return text


if __name__ == "__main__":
    started, worked = time.perf_counter(), time.process_time()
    article, claims, _ = statement.parse(many(1000))
    checked = check.check_claims(claims, article["date"])
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    row = {"claims": len(checked), "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1),
           "testable": sum(not c.verdict.startswith("not") for c in checked), "date": datetime.date.today().isoformat(),
           "cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version(),
           "pandas": importlib.metadata.version("pandas")}
    pd.DataFrame([row]).to_csv(Path(__file__).with_suffix(".csv"), index=False)
    print(row)
