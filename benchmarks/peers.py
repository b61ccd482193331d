"""What the forecast benchmarks share: the real trade panel, its origins, the peers, and scores by series and origin.

Peers are statsforecast's models with their own settings (AutoARIMA approximated), on the values as they come and on
logs (quantiles taken back by exp). One call fits one model at one origin of one series; no future value is passed in.
"""

import importlib.metadata
import os
import platform
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

HORIZON, LEAST = 24, 36
# One origin a year, its month moving on, so that each calendar month but the last two starts one set of forecasts.
ORIGINS = tuple(f"{2012 + k}-{k + 1:02d}" for k in range(10))
# Origins on which design choices were made; none is scored.
DESIGN_ORIGINS = ("2006-03", "2007-06", "2008-09", "2009-12", "2010-05", "2011-02", "2011-10")
COLUMNS = ("mean", "lo80", "hi80", "lo95", "hi95")


def versions():
    """Version numbers of what is compared, as one line."""
    names = ("statsforecast", "statsmodels", "numpy", "pandas", "scipy")
    return ", ".join([f"python {platform.python_version()}", *(f"{n} {importlib.metadata.version(n)}" for n in names)])


def trade_panel():
    """All complete positive monthly series shipped: {key: monthly Series}."""
    from trade_lib import load

    found = {}
    for key, part in load("flows_monthly").groupby(["source", "reporter", "partner", "flow"], observed=True):
        y = part.set_index("period")["value"].sort_index().astype(float)
        whole = len(y) == (y.index[-1] - y.index[0]).n + 1
        if whole and y.notna().all() and (y > 0).all():
            found["/".join(map(str, key))] = y
    return found


def cut(panel, origins=ORIGINS, least=LEAST):
    """Histories up to each origin, at least ``least`` months long: [(key, origin, history array)]."""
    jobs = []
    for origin in (pd.Period(o, "M") for o in origins):
        for key, y in panel.items():
            past = y.loc[:origin]
            if len(past) >= least and past.index[-1] == origin and y.index[-1] > origin:
                jobs.append((key, str(origin), past.to_numpy()))
    return jobs


def peer(name):
    """A statsforecast model by name, monthly season."""
    from statsforecast import models as sf

    return {"AutoETS": lambda: sf.AutoETS(season_length=12),
            "AutoARIMA": lambda: sf.AutoARIMA(season_length=12, approximation=True),
            "AutoTheta": lambda: sf.AutoTheta(season_length=12),
            "DynamicOptimizedTheta": lambda: sf.DynamicOptimizedTheta(season_length=12),
            "AutoCES": lambda: sf.AutoCES(season_length=12), "MSTL": lambda: sf.MSTL(season_length=12),
            "SeasonalNaive": lambda: sf.SeasonalNaive(season_length=12),
            "ETS(A,N,A)": lambda: sf.AutoETS(season_length=12, model="ANA"),
            "DOT additive": lambda: sf.DynamicOptimizedTheta(season_length=12, decomposition_type="additive")}[name]()


PEERS = ("SeasonalNaive", "DynamicOptimizedTheta", "AutoCES", "AutoTheta", "MSTL", "AutoETS", "AutoARIMA")
# Means and medians of library models on logs: the best of up to five models on the design origins, chosen beforehand,
# and the same with the seasonal naive rule.
POOLS = {"mean of DOT and ETS(A,N,A) on logs": (np.mean, ("DOT additive", "ETS(A,N,A)")),
         "median of DOT, ETS(A,N,A), SeasonalNaive on logs": (np.median, ("DOT additive", "ETS(A,N,A)",
                                                                          "SeasonalNaive"))}


def pool(name, cache, jobs):
    """Point forecasts of a pool: mean or median of its members' logs."""
    how, members = POOLS[name]
    table = run(members[0], True, jobs, cache)
    logs = [np.log(run(member, True, jobs, cache)["mean"]) for member in members]
    point = np.exp(how(logs, axis=0))
    return table.assign(model=name, logs=False, **dict.fromkeys(COLUMNS, point))


def peer_forecast(name, logs, y, horizon):
    """Mean (median when on logs) and 80 and 95 % limits, horizon x 5."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = peer(name).forecast(y=np.log(y) if logs else y, h=horizon, level=[80, 95])
    table = np.column_stack([found["mean"], found["lo-80"], found["hi-80"], found["lo-95"], found["hi-95"]])
    return np.exp(table) if logs else table


def _one(task):
    name, logs, key, origin, y, horizon = task
    start = time.process_time()
    try:
        table = peer_forecast(name, logs, y, horizon)
    except Exception as error:  # a peer that fails is counted, and scored on the series it can do
        return key, origin, None, time.process_time() - start, repr(error)[:80]
    return key, origin, table, time.process_time() - start, ""


def run(name, logs, jobs, cache, horizon=HORIZON, processes=2):
    """Forecasts of one peer on all jobs, from the cache when they are there."""
    path = Path(cache) / f"{name}{'-logs' if logs else ''}.parquet"
    if path.exists():
        return pd.read_parquet(path)
    tables = []
    with ProcessPoolExecutor(processes) as pool:
        tasks = [(name, logs, *job, horizon) for job in jobs]
        done = tqdm(pool.map(_one, tasks, chunksize=8), total=len(tasks), desc=path.stem)
        for key, origin, table, seconds, failed in done:
            values = np.full((horizon, 5), np.nan) if table is None else table
            frame = pd.DataFrame(values, columns=COLUMNS)
            tables.append(frame.assign(series=key, origin=origin, horizon=range(1, horizon + 1), seconds=seconds,
                                       failed=failed))
    result = pd.concat(tables, ignore_index=True).assign(model=name, logs=logs)
    path.parent.mkdir(parents=True, exist_ok=True)
    result.to_parquet(path)
    return result


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import sys

    panel = trade_panel()
    for model in PEERS:
        for on_logs in (False, True):
            run(model, on_logs, cut(panel), sys.argv[1])
