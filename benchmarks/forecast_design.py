"""The choices behind the default, one changed at a time, on the data they were made on, none of which is scored:
the trade panel from origins of 2006 to 2011, and Tourism monthly without its last 24 months.

    PYTHONPATH=. python benchmarks/forecast_design.py [--origins 7]

Writes forecast_design.csv, and prints the error model learnt from the panel's origins alone, which
`trade_lib.forecast.error_model` stores. Each variant puts another setting in its place, in this process alone.
"""

import argparse
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from forecast_trade import outcomes
from peers import COLUMNS, DESIGN_ORIGINS, HORIZON, cut, trade_panel, versions
from tqdm import tqdm

from trade_lib.forecast import COMBINATION, forecast_panel, scales
from trade_lib.forecast.compare import score_table
from trade_lib.forecast.error_model import learnt_from
from trade_lib.forecast.fitting import fit_panel

HERE = Path(__file__).parent
HOME = "trade_lib.forecast."
ROOTS = scales.Scale(np.sqrt, np.asarray, scales.LOGS.to_values)


def members(*names):
    return {"members.MEMBERS": names}


VARIANTS = {
    "as it is": {}, "theta alone": members("theta"), "ets alone": members("ets"),
    "seasonal naive alone": members("seasonal_naive"), "theta and ets": members("theta", "ets"),
    "theta and seasonal naive": members("theta", "seasonal_naive"),
    "ets and seasonal naive": members("ets", "seasonal_naive"),
    "with CES": members("theta", "ets", "seasonal_naive", "ces"),
    "with MSTL": members("theta", "ets", "seasonal_naive", "mstl"),
    "dynamic theta and ets": members("dynamic_theta", "ets"),
    "dynamic theta for theta": members("dynamic_theta", "ets", "seasonal_naive"),
    "fitted on square roots": {"scales.LOGS": ROOTS},
    "stored errors only": {"fitting.BACKS": ()}, "one past origin": {"fitting.BACKS": (12,)},
    "three past origins": {"fitting.BACKS": (12, 24, 36)},
}


def histories(panel, origin):
    """The panel's series known at an origin, up to it."""
    return {key: panel[key].loc[:pd.Period(origin, "M")] for key, _, _ in cut(panel, (origin,))}


def long(series):
    return pd.concat([pd.DataFrame({"series": key, "month": y.index, "value": y.to_numpy()})
                      for key, y in series.items()])


def forecasts(series, origin):
    made, failed = forecast_panel(long(series), HORIZON, processes=1, n_paths=500)
    assert failed.empty, failed
    made["horizon"] = made.groupby("series").cumcount() + 1
    return made.assign(mean=made["median"], origin=origin)[["series", "origin", "horizon", *COLUMNS]]


def tourism():
    """Histories without their last 24 months, and those months."""
    data = pd.read_csv(HERE / "data" / "tourism_monthly.csv.gz")
    whole = {key: y.to_numpy(float) for key, y in data[data["split"] == "train"].groupby("series")["value"]}
    whole = {key: y for key, y in whole.items() if len(y) >= 60}
    months = pd.period_range("1980-01", periods=400, freq="M")
    known = {key: pd.Series(y[:-HORIZON], months[:len(y) - HORIZON]) for key, y in whole.items()}
    return known, pd.concat([pd.DataFrame({
        "series": key, "origin": "last", "horizon": range(1, HORIZON + 1), "actual": y[-HORIZON:],
        "scale": np.abs(y[12:-HORIZON] - y[:-HORIZON - 12]).mean()}) for key, y in whole.items()])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--origins", type=int, default=len(DESIGN_ORIGINS))
    origins = DESIGN_ORIGINS[-parser.parse_args().origins:]
    panel, (known, later) = trade_panel(), tourism()
    actual = outcomes(panel, cut(panel, origins))
    rows = []
    for name, changes in tqdm(VARIANTS.items()):
        with ExitStack() as changed:
            for setting, value in changes.items():
                changed.enter_context(patch(HOME + setting, value))
            tables = {"trade": (pd.concat([forecasts(histories(panel, o), o) for o in origins]), actual),
                      "tourism": (forecasts(known, "last"), later)}
        rows += [score_table(table.merge(came, on=["series", "origin", "horizon"]).assign(model=name)).assign(data=data)
                 for data, (table, came) in tables.items()]
    table = pd.concat(rows, ignore_index=True).rename(columns={"model": "variant"}).assign(versions=versions())
    table.to_csv(HERE / "forecast_design.csv", index=False, float_format="%.4f")
    print(table.drop(columns="versions").round(3).to_string(index=False))
    past = [one for o in origins for fit in fit_panel(histories(panel, o), HORIZON, COMBINATION)[0].values()
            for one in fit.past]
    with patch(HOME + "error_model.STORED_WEIGHT", 1e-6):
        learnt = learnt_from(past)
    print("coefficients", np.round(learnt.coefficients, 3), "shape", np.round(learnt.shape[::20], 2))


if __name__ == "__main__":
    main()
