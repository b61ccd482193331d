"""How long do all yearly networks take, with every measure? Target: under 60 s for 2000-2020.

    python benchmarks/network.py

Loading, all measures of all years for China's partners (ten starts of the communities each), scores. One process, one
thread. Writes benchmarks/network.csv.
"""

import datetime
import importlib.metadata
import os
import platform
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")


def main():
    import networkx as nx
    import numpy as np
    import pandas as pd

    from trade_lib import network
    from trade_lib.claims import c17_networks as pivots

    rows = []

    def measure(what, call):
        wall, cpu = time.perf_counter(), time.process_time()
        result = call()
        rows.append({"what": what, "seconds": round(time.perf_counter() - wall, 3),
                     "cpu_seconds": round(time.process_time() - cpu, 3)})
        return result

    frames = measure("load and build 22 networks", pivots.networks)
    measure("every measure, 2000-2020", lambda: [pivots.year_table(frames[year]) for year in range(2000, 2021)])
    W = frames[2019]
    rest = W.drop(index="CHN", columns="CHN")
    bones = network.backbone(rest)
    measure("2019: betweenness", lambda: network.betweenness(rest))
    measure("2019: PageRank", lambda: network.pagerank(rest))
    measure("2019: communities, ten starts", lambda: network.communities(bones))
    measure("2019: removal of each partner", lambda: network.removal(W, "CHN"))
    measure("2019: backbone and brokerage", lambda: network.brokerage(network.backbone(rest)))
    measure("2019: a random network", lambda: network.rewire(W, np.random.default_rng(1)))
    graph = nx.from_pandas_adjacency(rest, create_using=nx.DiGraph)
    for _, _, data in graph.edges(data=True):
        data["cost"] = 1 / data["weight"]
    measure("2019: betweenness by networkx", lambda: nx.betweenness_centrality(graph, weight="cost"))
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in ("networkx", "numpy", "scipy", "pandas"))
    table = pd.DataFrame(rows).assign(date=datetime.date.today().isoformat(),
                                      machine=f"{platform.machine()}, one thread, shared with other work",
                                      versions=f"python {platform.python_version()}, {versions}")
    table.to_csv(Path(__file__).with_suffix(".csv"), index=False)
    print(table[["what", "seconds", "cpu_seconds"]].to_string(index=False))


if __name__ == "__main__":
    main()
