"""The choices behind the panel's default, one changed at a time, on the origins they were made on: 2006 to 2011.

    PYTHONPATH=. python benchmarks/forecast_design.py

Writes forecast_design.csv. None of these origins is scored in forecast_trade.py. Settings are constants and functions
of the forecast modules; each variant puts another in its place, in this process alone.
"""

from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from forecast_trade import outcomes
from peers import COLUMNS, DESIGN_ORIGINS, HORIZON, cut, trade_panel, versions
from tqdm import tqdm

from trade_lib.forecast import PANEL, forecast_panel, prepare
from trade_lib.forecast.compare import score_table

HERE = Path(__file__).parent
HOME = "trade_lib.forecast."


def limit(value):
    """The rule for wild months with another limit; None leaves every month as it is."""
    return {"study.without_outliers": lambda z, season: (z, 0) if value is None
            else prepare.without_outliers(z, season, value)}


def errors_on(power):
    return {"study.ERRORS": power, "panel.ERRORS": power}


def moved_to_the_new_level(z, season):
    """Wild months set aside, then history before a level shift moved by the shift (at most two of them)."""
    usual, count = prepare.without_outliers(z, season)
    if len(z) < 4 * season:
        return usual, count
    usual = usual.copy()
    cycle = np.arange(len(z)) % season
    rest = usual - prepare.running_median(usual, season + 1)
    plain = usual - np.array([np.median(rest[cycle == k]) for k in range(season)])[cycle]
    for _ in range(2):
        middle = np.median(np.lib.stride_tricks.sliding_window_view(plain, 6), axis=1)
        step = middle[6:] - middle[:-6]
        step = step - np.median(step)
        at = int(np.argmax(np.abs(step)))
        if abs(step[at]) <= 4 * 1.4826 * np.median(np.abs(step)):
            break
        usual[:at + 6] += step[at]
        plain[:at + 6] += step[at]
    return usual, count


VARIANTS = {
    "as it is": {},
    "errors on logs": errors_on(0.0), "errors on fourth roots": errors_on(0.25), "errors on levels": errors_on(1.0),
    "all fitted on logs": {"study.choose_power": lambda *_: 0.0},
    "wild months left": limit(None), "wild beyond 5": limit(5.0), "wild beyond 8": limit(8.0),
    "level shifts moved": {"study.without_outliers": moved_to_the_new_level},
    "past origins 12, 24, 36": {"study.BACK_MANY": (12, 24, 36)},
    "past origins 12, 24, 36, 48": {"study.BACK_MANY": (12, 24, 36, 48)},
    "CES centred on zero": {"fast.FROM_ZERO": 0.0},
}
MODELS = {"CES alone": "ces", "seasonal autoregression alone": "seasonal_ar", "common factor alone": "common_factor"}


def run(panel, changes, model=PANEL):
    """Forecasts from every design origin with some settings changed."""
    tables = []
    with ExitStack() as changed:
        for name, value in changes.items():
            changed.enter_context(patch(HOME + name, value))
        for origin in map(pd.Period, DESIGN_ORIGINS):
            known = [key for key, origin_, _ in cut(panel, (str(origin),))]
            frame = pd.concat([pd.DataFrame({"series": key, "month": y.index, "value": y.to_numpy()})
                               for key in known for y in [panel[key].loc[:origin]]])
            found, failed = forecast_panel(frame, HORIZON, model, processes=2)
            assert failed.empty, failed
            found["horizon"] = (found["month"].map(lambda m: m.ordinal) - origin.ordinal).astype(int)
            found = found.assign(mean=found["median"], origin=str(origin))
            tables.append(found[["series", "origin", "horizon", *COLUMNS]])
    return pd.concat(tables)


def main():
    panel = trade_panel()
    actual = outcomes(panel, cut(panel, DESIGN_ORIGINS))
    variants = {name: (changes, PANEL) for name, changes in VARIANTS.items()}
    variants |= {name: ({}, model) for name, model in MODELS.items()}
    variants["CES alone, centred on zero"] = (VARIANTS["CES centred on zero"], "ces")
    rows = []
    for name, (changes, model) in tqdm(variants.items()):
        scored = run(panel, changes, model).merge(actual, on=["series", "origin", "horizon"]).assign(model=name)
        rows.append(score_table(scored))
    table = pd.concat(rows, ignore_index=True).rename(columns={"model": "variant"}).assign(versions=versions())
    table.to_csv(HERE / "forecast_design.csv", index=False, float_format="%.4f")
    print(table.drop(columns="versions").round(3).to_string(index=False))


if __name__ == "__main__":
    main()
