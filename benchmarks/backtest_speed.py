"""A rolling backtest of three models: the package's, with paths and scores, against statsmodels by hand.

    PYTHONPATH=. python benchmarks/backtest_speed.py [--origins 60]

Theta, exponential smoothing of level and season, and the same month of the last year, on the same series (Russia's
exports to and imports from China, Germany and Turkey, logs, 12 months ahead, monthly origins to December 2020), fitted
at every origin, in one process, timed by processor time, series by series in turn. By hand only point forecasts are
made; the package also draws 500 paths a forecast and scores them. Imports are not counted. Writes backtest_speed.csv:
seconds, ratio and mean absolute scaled errors of both.
"""

import argparse
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from peers import versions

from trade_lib import series
from trade_lib.forecast import backtest

HERE = Path(__file__).parent
MODELS = ("seasonal_naive", "theta", "ets")
HORIZON, END = 12, "2021-12"


def by_hand(name, z):
    """The median path of one model on logs, as a user of statsmodels would get it."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    from statsmodels.tsa.forecasting.theta import ThetaModel

    if name == "seasonal_naive":
        return np.resize(z.to_numpy()[-12:], HORIZON)
    if name == "theta":
        return ThetaModel(z, period=12, use_test=False, method="additive").fit().forecast(HORIZON).to_numpy()
    fit = ETSModel(z, error="add", seasonal="add", seasonal_periods=12).fit(disp=False)
    return fit.forecast(HORIZON).to_numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--origins", type=int, default=60)
    origins = parser.parse_args().origins
    panel = {f"{partner}/{flow}": series("RUS", partner, flow, source="RU_FCS_96STRAN", end=END) / 1e9
             for partner in ("CHN", "DEU", "TUR") for flow in ("export", "import")}
    first = next(iter(panel.values()))
    backtest(first, HORIZON, 1, MODELS, n_paths=10)
    for name in MODELS:
        by_hand(name, np.log(first).to_timestamp())
    rows = []
    for name in MODELS:
        seconds, errors = {"package": 0.0, "by hand": 0.0}, {"package": [], "by hand": []}
        for key, y in panel.items():
            start = time.process_time()
            tried, _ = backtest(y.rename(key), HORIZON, origins, [name], n_paths=500)
            seconds["package"] += time.process_time() - start
            errors["package"].append(((tried["actual"] - tried["median"]).abs() / tried["scale"]).mean())
            start = time.process_time()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for origin, part in tried.groupby("origin"):
                    path = np.exp(by_hand(name, np.log(y.loc[:origin]).to_timestamp()))
                    errors["by hand"].append(float(np.mean(np.abs(part["actual"] - path) / part["scale"])))
            seconds["by hand"] += time.process_time() - start
        rows.append({"model": name, "series": len(panel), "origins": origins, "package_seconds": seconds["package"],
                     "by_hand_seconds": seconds["by hand"], "package_mase": np.mean(errors["package"]),
                     "by_hand_mase": np.mean(errors["by hand"])})
        print(rows[-1], flush=True)
    table = pd.DataFrame(rows)
    whole = table.sum(numeric_only=True)
    table.loc[len(table)] = {"model": "all three", "series": len(panel), "origins": origins,
                             "package_seconds": whole["package_seconds"], "by_hand_seconds": whole["by_hand_seconds"],
                             "package_mase": table["package_mase"].mean(), "by_hand_mase": table["by_hand_mase"].mean()}
    table["by_hand_over_package"] = table["by_hand_seconds"] / table["package_seconds"]
    table["versions"] = versions()
    table.to_csv(HERE / "backtest_speed.csv", index=False, float_format="%.4f")
    print(table.drop(columns="versions").round(3).to_string(index=False))


if __name__ == "__main__":
    main()
