"""Fetching under every fault of a network, killed at twenty moments, and with a million figures.

    python benchmarks/sources.py

Plays the publisher on this machine. Writes benchmarks/sources_faults.csv and benchmarks/sources.csv.
"""

import datetime
import importlib.metadata
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.sources import made  # noqa: E402
from tests.sources.conftest import Player, Reply  # noqa: E402
from tests.sources.test_store import KILLED, answer, figures, files  # noqa: E402
from trade_lib.data.tables import load  # noqa: E402
from trade_lib.sources import client, registry, store  # noqa: E402
from trade_lib.sources.publisher import Query  # noqa: E402

ASKED = Query(("CHN",), ("RUS",), start="2026-01", end="2026-02")
GOOD = Reply(made.imf({("RUS", "2026-M01"): 8e9}))
# What is played, first to last; the last is played for ever.
FAULTS = {
    "429 with Retry-After, then the answer": [Reply("", 429, headers={"Retry-After": "1"}), GOOD],
    "429 for ever": [Reply("Try again in 1 seconds", 429)],
    "503, then the answer": [Reply("", 503), GOOD],
    "503 for ever": [Reply("", 503)],
    "no answer in time, then the answer": [Reply("", hang=3.0), GOOD],
    "no answer in time, for ever": [Reply("", hang=3.0)],
    "connection cut before the body, then the answer": [Reply(GOOD.body, cut=0), GOOD],
    "body truncated, then the answer": [Reply(GOOD.body, cut=60), GOOD],
    "body truncated, for ever": [Reply(GOOD.body, cut=60)],
    "rows cut short under a right length": [Reply(GOOD.body[:-20])],
    "HTML error with status 200": [Reply("<html>Service is busy</html>", media="text/html")],
    "HTML called csv": [Reply("<html>Service is busy</html>")],
    "204, nothing there": [Reply("", 204)],
    "redirect to another host": [Reply("", 302, headers={"Location": "http://localhost:9/x"})],
    "redirect in a circle": [Reply("", 302, headers={"Location": "/x"})],
    "gzip bomb, 50 kB to 50 MB": [Reply(b"0" * 50_000_000, packed=True)],
    "body of 50 MB": [Reply(b"0" * 50_000_000)],
    "another content type": [Reply(b"%PDF-1.7", media="application/pdf")],
    "broken gzip": [Reply(b"\x1f\x8bxx", headers={"Content-Encoding": "gzip"})],
    "answer without rows": [Reply(made.IMF_HEADER + "\n")],
    "other columns": [Reply("A,B\n1,2\n")],
}


def faults(player, folder):
    """What became of every fault, and whether the store kept what it held."""
    client.TIMEOUT, client.WAITS = (2, 2), lambda state: 0.01
    rows = []
    for fault, replies in FAULTS.items():
        scratch = Path(tempfile.mkdtemp(dir=folder.parent))
        store.add(scratch, "IMF_IMTS", figures([1e9], partner="USA"), answer("2026-08-01"))
        before = files(scratch)
        player.replies = {"/": list(replies)}
        outcome, = registry.fetch("imf", ASKED, scratch)
        kept = before.items() <= files(scratch).items()
        entered = len(store.read(scratch)) - 1
        said = outcome.words[0].partition(": ")[2].replace(player.address, "") if outcome.status == "refused" else ""
        rows.append({"fault": fault, "outcome": outcome.status, "figures_entered": entered,
                     "store_kept": "yes" if kept else "no", "said": said.rpartition("2026-02: ")[2]})
    return pd.DataFrame(rows)


def kills(folder, count=20, seed=1):
    """How many of `count` kills at random moments left every file that was there as it was and every vintage whole."""
    rng, good = random.Random(seed), 0
    store.add(folder, "A", figures([1e9]), answer("2026-08-10"))
    for number in range(count):
        before = files(folder)
        worker = subprocess.Popen([sys.executable, "-c", KILLED, str(folder), str(number)], cwd=HERE.parent,
                                  env={**os.environ, "PYTHONPATH": str(HERE.parent)}, stdout=subprocess.PIPE)
        worker.stdout.readline()
        time.sleep(rng.uniform(0, 0.3))
        worker.kill()
        worker.wait()
        sizes = set(store.vintages(folder).groupby("address", observed=True).size())
        good += before.items() <= files(folder).items() and sizes <= {1, 12}
    return good


def million(folder):
    """Seconds to check and enter a million figures and to read them as of a day, and the memory taken."""
    codes = [code for code in load("areas").query("kind == 'country'")["code"]]
    months = [f"{year}-M{month:02d}" for year in range(1990, 2026) for month in range(1, 13)]
    rng, answers = np.random.default_rng(0), []
    for reporter in codes[:10]:
        lines = [made.IMF_HEADER]
        for partner in codes[100:216]:
            values = 1e9 * np.exp(np.cumsum(rng.normal(0, 0.05, len(months))))
            lines += [f"IMF.STA:IMTS(1.0.0),{reporter},{flow},{partner},M,{month},{value:.0f},0,A"
                      for flow in ("XG_FOB_USD", "MG_CIF_USD") for month, value in zip(months, values, strict=True)]
        answers.append(answer("2026-09-01", "\n".join(lines).encode(), f"http://127.0.0.1/{reporter}"))
    started, worked = time.perf_counter(), time.process_time()
    for one in answers:
        registry.enter(registry.publisher("imf"), one, Query(), folder)
    held = store.read(folder, as_of="2026-09-02")
    return {"figures": len(held), "seconds": round(time.perf_counter() - started, 1),
            "cpu_seconds": round(time.process_time() - worked, 1),
            "memory_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        large = million(scratch / "million")
        player = Player()
        threading.Thread(target=player.serve_forever, args=(0.01,), daemon=True).start()
        os.environ["TRADE_LIB_IMF_URL"] = player.address
        table = faults(player, scratch / "faults")
        whole = kills(scratch / "kills")
    table.to_csv(HERE / "sources_faults.csv", index=False)
    row = {**large, "kills": 20, "kills_survived": whole, "faults": len(table),
           "faults_survived": int((table["store_kept"] == "yes").sum()), "date": datetime.date.today().isoformat(),
           "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "machine": platform.machine(),
           **{name: importlib.metadata.version(name) for name in ("pandas", "pyarrow", "requests")}}
    pd.DataFrame([row]).to_csv(HERE / "sources.csv", index=False)
    print(table.to_string(), row, sep="\n")


if __name__ == "__main__":
    main()
