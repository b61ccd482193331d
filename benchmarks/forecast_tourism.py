"""Tourism monthly, 366 series, 24 months ahead: the default and quick peers, beside the published scores.

    PYTHONPATH=. python benchmarks/forecast_tourism.py

Writes forecast_tourism.csv. No design choice saw the 24 months scored here: they were made on the training months
without their last 24, and on the trade panel up to 2011.
"""

import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
from peers import COLUMNS, peer_forecast, versions

from trade_lib.forecast import COMBINATION, forecast_panel
from trade_lib.forecast.compare import score_table

HERE = Path(__file__).parent
HORIZON = 24
PEERS = ("SeasonalNaive", "DynamicOptimizedTheta", "AutoCES", "MSTL")
PUBLISHED = {"AutoARIMA (published)": 1.483, "AutoETS (published)": 1.531, "AutoTheta (published)": 1.666}


def _one(task):
    name, logs, y = task
    return peer_forecast(name, logs, y, HORIZON)


def main():
    data = pd.read_csv(HERE / "data" / "tourism_monthly.csv.gz")
    train, test = data[data["split"] == "train"], data[data["split"] != "train"]
    start = time.time()
    found, failed = forecast_panel(train, HORIZON, processes=2)
    print(f"default: {time.time() - start:.0f} s, {len(failed)} failed", flush=True)
    found["mean"] = found["median"]
    scale = {key: np.abs(y.to_numpy()[12:] - y.to_numpy()[:-12]).mean()
             for key, y in train.groupby("series")["value"]}
    actual = test.groupby("series")["value"].apply(np.array)
    order = list(actual.index)

    def frame(model, tables):
        return pd.concat([pd.DataFrame(np.asarray(table, float), columns=COLUMNS).assign(
            series=key, origin="last", horizon=range(1, HORIZON + 1), model=model, actual=actual[key], scale=scale[key])
            for key, table in zip(order, tables, strict=True)])

    parts = dict(list(found.groupby("series")))
    frames = [frame(COMBINATION, [parts[key][list(COLUMNS)].to_numpy() for key in order])]
    histories = {key: y.to_numpy() for key, y in train.groupby("series")["value"]}
    with ProcessPoolExecutor(2) as pool:
        for name in PEERS:
            for logs in (False, True):
                usable = [(name, logs and (histories[key] > 0).all(), histories[key]) for key in order]
                frames.append(frame(f"{name}{' on logs' if logs else ''}", list(pool.map(_one, usable, chunksize=8))))
    scored = score_table(pd.concat(frames, ignore_index=True), base=COMBINATION)
    published = pd.DataFrame({"model": list(PUBLISHED), "MASE24": list(PUBLISHED.values())})
    scored = pd.concat([scored, published], ignore_index=True).assign(versions=versions())
    scored.to_csv(HERE / "forecast_tourism.csv", index=False, float_format="%.4f")
    print(scored.drop(columns="versions").round(3).to_string(index=False))


if __name__ == "__main__":
    main()
