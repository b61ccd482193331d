"""The real trade panel: the package's default against statsforecast's models, origins 2012-2021, 24 months ahead.

    PYTHONPATH=. python benchmarks/forecast_trade.py --cache DIR

Writes forecast_trade.csv (one row a model) and forecast_trade_groups.csv beside this file. Forecasts are kept in DIR,
so that an interrupted run goes on where it stopped. Every model is also compared with the default on the forecasts
both made (gain12, gain24: how much lower the default's error is, in %). Errors are scaled by the in-sample mean
|y_t - y_(t-12)|. Half an hour on two cores, most of it AutoARIMA's.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from peers import COLUMNS, HORIZON, LEAST, ORIGINS, PEERS, cut, run, trade_panel, versions

from trade_lib.forecast import COMBINATION, forecast_panel
from trade_lib.forecast.compare import league, model_confidence_set, score_table

HERE = Path(__file__).parent


def default(panel, cache, origins=ORIGINS):
    """The panel default from each origin, learning from the series known there only."""
    path = Path(cache) / "default.parquet"
    if path.exists():
        return pd.read_parquet(path)
    tables = []
    for origin in (pd.Period(o, "M") for o in origins):
        frame = pd.concat([pd.DataFrame({"series": key, "month": y.index, "value": y.to_numpy()})
                           for key, y in panel.items() for y in [y.loc[:origin]]
                           if len(y) >= LEAST and y.index[-1] == origin and panel[key].index[-1] > origin])
        found, failed = forecast_panel(frame, HORIZON, processes=2)
        assert failed.empty, failed
        found["horizon"] = (found["month"].map(lambda m: m.ordinal) - origin.ordinal).astype(int)
        found["mean"] = found["median"]
        tables.append(found[["series", "horizon", *COLUMNS]].assign(origin=str(origin)))
    result = pd.concat(tables, ignore_index=True).assign(model=COMBINATION, logs=False, seconds=np.nan, failed="")
    result.to_parquet(path)
    return result


def outcomes(panel, jobs):
    """Actual values and the scale of errors for every series, origin and horizon."""
    rows = []
    for key, origin, past in jobs:
        months = pd.period_range(pd.Period(origin, "M") + 1, periods=HORIZON, freq="M")
        rows.append(pd.DataFrame({"series": key, "origin": origin, "horizon": range(1, HORIZON + 1),
                                  "actual": panel[key].reindex(months).to_numpy(),
                                  "scale": np.abs(past[12:] - past[:-12]).mean()}))
    return pd.concat(rows, ignore_index=True).dropna(subset=["actual"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--only-default", action="store_true")
    parser.add_argument("--leave-out", nargs="*", default=[], help="peers, such as AutoARIMA AutoARIMA-logs")
    options = parser.parse_args()
    panel = trade_panel()
    jobs = cut(panel)
    tables = [default(panel, options.cache)]
    if options.only_default:
        return
    tables += [run(name, logs, jobs, options.cache)
               for name in PEERS for logs in (False, True)
               if f"{name}{'-logs' if logs else ''}" not in options.leave_out]
    frame = pd.concat(tables, ignore_index=True).merge(outcomes(panel, jobs), on=["series", "origin", "horizon"])
    frame["model"] = frame["model"] + np.where(frame["logs"], " on logs", "")
    scored = score_table(frame, base=COMBINATION)
    scored["in_confidence_set"] = scored["model"].isin(model_confidence_set(frame))
    ranks = league(frame[frame["horizon"] <= 12])[["model", "rank", "rank_low", "rank_high"]]
    scored = scored.merge(ranks, on="model", how="left")
    scored["versions"] = versions()
    scored.to_csv(HERE / "forecast_trade.csv", index=False, float_format="%.4f")
    print(scored.drop(columns="versions").round(3).to_string(index=False))
    groups = []
    for name, values in (("reporter", frame["series"].str.split("/").str[1]), ("origin", frame["origin"]),
                         ("horizon", pd.cut(frame["horizon"], [0, 1, 3, 6, 12, 24]).astype(str))):
        for value, part in frame.groupby(values):
            groups.append(score_table(part, base=COMBINATION).assign(by=name, group=value))
    pd.concat(groups).to_csv(HERE / "forecast_trade_groups.csv", index=False, float_format="%.4f")


if __name__ == "__main__":
    main()
