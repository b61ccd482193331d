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
    import pandas as pd

    from trade_lib import network
    from trade_lib.claims import pivots

    took = {}
    start = time.perf_counter()
    frames = pivots.networks()
    took["load and build 22 networks"] = time.perf_counter() - start
    start = time.perf_counter()
    for year in range(2000, 2021):
        pivots.year_table(frames[year])
    took["every measure, 2000-2020"] = time.perf_counter() - start
    W = frames[2019]
    rest = W.drop(index="CHN", columns="CHN")
    bones = network.backbone(rest)
    for name, call in {
        "2019: betweenness": lambda: network.betweenness(rest), "2019: PageRank": lambda: network.pagerank(rest),
        "2019: communities, ten starts": lambda: network.communities(bones),
        "2019: removal of each partner": lambda: network.removal(W, "CHN"),
        "2019: backbone and brokerage": lambda: network.brokerage(network.backbone(rest)),
    }.items():
        start = time.perf_counter()
        call()
        took[name] = time.perf_counter() - start
    import networkx as nx

    graph = nx.from_pandas_adjacency(rest, create_using=nx.DiGraph)
    for _, _, data in graph.edges(data=True):
        data["cost"] = 1 / data["weight"]
    start = time.perf_counter()
    nx.betweenness_centrality(graph, weight="cost")
    took["2019: betweenness by networkx"] = time.perf_counter() - start
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in ("networkx", "numpy", "scipy", "pandas"))
    table = pd.DataFrame({"what": took, "seconds": took}).assign(what=list(took), seconds=[
        round(s, 3) for s in took.values()], date=datetime.date.today().isoformat(),
        machine=f"{platform.machine()}, one thread", versions=f"python {platform.python_version()}, {versions}")
    table.to_csv(Path(__file__).with_suffix(".csv"), index=False)
    print(table[["what", "seconds"]].to_string(index=False))


if __name__ == "__main__":
    main()
