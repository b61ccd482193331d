"""The real trade panel: the package's default against statsforecast's models, origins 2012-2021, 24 months ahead.

    PYTHONPATH=. python benchmarks/forecast_trade.py --cache DIR [--leave-out AutoARIMA AutoARIMA-logs]

Writes forecast_trade.csv (one row a model), forecast_trade_groups.csv and forecast_trade_significance.csv beside this
file. Forecasts are kept in DIR, so that an interrupted run goes on where it stopped. Every model is also compared with
the default on the forecasts both made (gain12, gain24: how much lower the default's error is, in %). Errors are scaled
by the in-sample mean |y_t - y_(t-12)|. Means and medians of models have no limits. Half an hour on two cores, most of
it AutoARIMA's.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from peers import COLUMNS, HORIZON, LEAST, ORIGINS, PEERS, POOLS, cut, pool, run, trade_panel, versions

from trade_lib.forecast import COMBINATION, forecast_panel
from trade_lib.forecast.compare import league, model_confidence_set, score_table, significance

HERE = Path(__file__).parent
LIMITS = ("pinball", "MSIS", "coverage80", "coverage95", "below80", "above80", "base_MSIS")


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
        made, failed = forecast_panel(frame, HORIZON, processes=2)
        assert failed.empty, failed
        made["horizon"] = (made["month"].map(lambda m: m.ordinal) - origin.ordinal).astype(int)
        made["mean"] = made["median"]
        tables.append(made[["series", "horizon", *COLUMNS]].assign(origin=str(origin)))
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


def scored(frame):
    """`score_table` against the default; a pool has points only."""
    table = score_table(frame, base=COMBINATION)
    table.loc[table["model"].isin(POOLS), [column for column in LIMITS if column in table]] = np.nan
    return table


def pair(series):
    """The cluster of a series: the two areas, whoever reports and whichever way the goods go; totals apart."""
    _, reporter, partner, _ = series.split("/")
    return "-".join(sorted([reporter, partner]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--leave-out", nargs="*", default=[], help="peers, such as AutoARIMA AutoARIMA-logs")
    options = parser.parse_args()
    panel = trade_panel()
    jobs = cut(panel)
    tables = [default(panel, options.cache), *(pool(name, options.cache, jobs) for name in POOLS)]
    tables += [run(name, logs, jobs, options.cache)
               for name in PEERS for logs in (False, True)
               if f"{name}{'-logs' if logs else ''}" not in options.leave_out]
    frame = pd.concat(tables, ignore_index=True).merge(outcomes(panel, jobs), on=["series", "origin", "horizon"])
    frame["model"] = frame["model"] + np.where(frame["logs"], " on logs", "")
    whole = scored(frame)
    whole["in_confidence_set"] = whole["model"].isin(model_confidence_set(frame))
    ranks = league(frame[frame["horizon"] <= 12])[["model", "rank", "rank_low", "rank_high"]]
    whole = whole.merge(ranks, on="model", how="left").assign(versions=versions())
    whole.to_csv(HERE / "forecast_trade.csv", index=False, float_format="%.4f")
    print(whole.drop(columns="versions").round(3).to_string(index=False))
    significance(frame[frame["horizon"] <= 12], COMBINATION, pair).to_csv(
        HERE / "forecast_trade_significance.csv", index=False, float_format="%.4f")
    groups = []
    place = frame["series"].str.split("/", expand=True)
    many = frame.groupby(place[2])["series"].nunique().loc[lambda series: series >= 4].index
    for name, values in (("reporter", place[1]), ("partner", place[2][place[2].isin(many)]),
                         ("origin", frame["origin"]),
                         ("horizon", pd.cut(frame["horizon"], [0, 1, 3, 6, 12, 24]).astype(str))):
        for value, part in frame.groupby(values):
            groups.append(scored(part).assign(by=name, group=value))
    pd.concat(groups).to_csv(HERE / "forecast_trade_groups.csv", index=False, float_format="%.4f")


if __name__ == "__main__":
    main()
