"""Months behind year-to-date prints: a known process is recovered with right coverage, sums hold, bad points fail."""

import numpy as np
import pandas as pd
import pytest

import trade_lib
from trade_lib import TradeDataError
from trade_lib.forecast import ytd_inputs, ytd_model

SD = (0.02, 0.006, 0.03)


def process(seed, n=107):
    """Months of the very process the model assumes."""
    rng = np.random.default_rng(seed)
    season = rng.normal(0, 0.1, 12)
    season, level, logs = list(season - season.mean()), 0.0, []
    for t in range(n):
        if t >= 12:
            season.append(-sum(season[-11:]) + rng.normal(0, SD[1]))
        logs.append(level + season[t] + rng.normal(0, SD[2]))
        level += 0.005 + rng.normal(0, SD[0])
    return pd.Series(10 * np.exp(logs), pd.period_range("2014-01", periods=n, freq="M"))


def to_date(y, keep):
    """Year-to-date prints of the months in ``keep`` and of December, rounded to a tenth."""
    running = y.groupby(y.index.year).cumsum().round(1)
    running = running[running.index.month.isin([*keep, 12])]
    return pd.DataFrame({"start": [f"{end.year}-01" for end in running.index], "end": running.index,
                         "value": running.to_numpy(), "sd": 0.03})


@pytest.fixture(scope="module")
def shares():
    """Share of months within their limits over eight simulated series: hidden months and months ahead."""
    rows = []
    for seed in range(8):
        y = process(seed, 83)
        keep = np.random.default_rng(seed).choice(range(2, 12), 5, replace=False)
        history, ahead = ytd_model.monthly(to_date(y.iloc[:71], keep), 12, 200, seed, origin=y.index[70])
        for kind, found in (("hidden", history), ("ahead", ahead)):
            q = found.quantile()
            hidden = (q[0.9] - q[0.1]) / q[0.5] > 0.02
            actual = y.reindex(found.index)
            rows += [{"kind": kind, "in80": q.loc[m, 0.1] <= actual[m] <= q.loc[m, 0.9],
                      "in95": q.loc[m, 0.025] <= actual[m] <= q.loc[m, 0.975],
                      "error": abs(q.loc[m, 0.5] / actual[m] - 1)} for m in found.index[hidden]]
    return pd.DataFrame(rows).groupby("kind").mean()


def test_a_known_process_is_recovered_with_the_right_coverage(shares):
    # months of one series are dependent: a standard error of about 3 points on 80 %, 2 on 95 %
    assert shares.loc["hidden", "in80"] == pytest.approx(0.80, abs=0.08)
    assert shares.loc["hidden", "in95"] == pytest.approx(0.95, abs=0.05)
    assert shares.loc["ahead", "in80"] == pytest.approx(0.80, abs=0.15)  # eight levels only, each wrong for a year
    assert shares.loc["hidden", "error"] < 0.09


def test_the_months_of_every_path_add_up_to_the_prints():
    y = process(3, 48)
    points = to_date(y, [2, 5, 9])
    history, _ = ytd_model.monthly(points, 1, 100)
    for point in points.itertuples():
        window = (history.index >= pd.Period(point.start)) & (history.index <= point.end)
        sums = history.paths[:, window].sum(axis=1)
        assert np.abs(sums - point.value).max() < 6 * point.sd


def test_months_printed_one_by_one_are_given_back():
    y = process(4, 48)
    points = pd.DataFrame({"start": y.index, "end": y.index, "value": y.to_numpy(), "sd": 1e-3})
    history, ahead = ytd_model.monthly(points, 3, 100)
    assert np.allclose(history.median(), y, rtol=1e-3)
    assert np.ptp(ahead.paths, axis=0).min() > 0.5


def test_an_exact_year_total_counts_once_with_january_and_february_merged():
    y = process(5, 60)
    monthly = pd.DataFrame({"start": y.index, "end": y.index, "value": y.to_numpy(), "sd": 1e-3})
    merged = monthly[~monthly["end"].dt.month.isin([1, 2])]
    both = pd.concat([merged, to_date(y, [2]).query("end.dt.month == 2").assign(sd=1e-3)])
    history, _ = ytd_model.monthly(both, 1, 100)
    first = [m for m in history.index if m.month <= 2]
    pairs = history.median()[first].groupby([m.year for m in first]).sum()
    assert np.allclose(pairs, y[first].groupby([m.year for m in first]).sum(), rtol=0.01)
    assert np.ptp(history.paths[:, history.index == "2016-01"]) > 0.1


def test_same_seed_same_paths_and_another_seed_others():
    points = to_date(process(6, 36), [3, 6, 9])
    one, two, three = (ytd_model.monthly(points, 2, 40, seed)[1].paths for seed in (1, 1, 2))
    assert (one == two).all() and (one != three).any()


def test_a_regressor_known_ahead_moves_the_months_ahead():
    y = process(7, 60)
    months = pd.period_range("2014-01", periods=62, freq="M")
    pulse = pd.DataFrame({"pulse": np.zeros(62)}, months)
    pulse.iloc[[30, 40, 50, 60], 0] = 1.0
    y = y * np.exp(0.5 * pulse["pulse"].reindex(y.index))
    points = pd.DataFrame({"start": y.index, "end": y.index, "value": y.to_numpy()})
    ahead = ytd_model.monthly(points, 2, 200, x=pulse)[1]
    plain = ytd_model.monthly(points, 2, 200)[1]
    assert np.log(ahead.median().iloc[0] / plain.median().iloc[0]) == pytest.approx(0.5, abs=0.15)


@pytest.fixture(scope="module")
def russia():
    """Russia's customs months 2014 to November 2021, seen only through the windows that China printed."""
    y = trade_lib.series("RUS", "CHN", source="RU_FCS_96STRAN", start="2014-01", end="2021-11") / 1e9
    windows = ytd_inputs.known_points(trade_lib.load("official_figures"), "2021-11", "2014-01")
    value = [y.loc[w.start:w.end].sum() for w in windows.itertuples()]
    return y, windows, ytd_model.monthly(windows.assign(value=value, sd=0.01), 1, 300)[0]


def test_months_of_russian_customs_are_recovered_from_the_windows_china_printed(russia):
    y, _, history = russia
    q = history.quantile()
    hidden = (q[0.9] - q[0.1]) / q[0.5] > 0.02
    assert hidden.sum() > 40
    assert ((y >= q[0.025]) & (y <= q[0.975]))[hidden].mean() > 0.9
    assert (q[0.5] / y - 1)[hidden].abs().mean() < 0.08


def test_months_from_chinas_prints_are_russias_own_up_to_the_mirror_gap(russia):
    y, windows, _ = russia
    history = ytd_model.monthly(windows.assign(value=windows["value"] / 1e9, sd=windows["sd"] / 1e9), 1, 300)[0]
    one = windows[windows["start"] == windows["end"]]  # months that China printed one by one: the gap itself
    gap = np.log(one["value"].to_numpy() / 1e9 / y[one["end"]].to_numpy())
    assert len(gap) > 10
    logs = np.log(history.paths)
    z = (logs.mean(axis=0) - np.log(y.to_numpy()) - gap.mean()) / np.sqrt(logs.var(axis=0) + gap.var())
    assert (np.abs(z) < 1.96).mean() == pytest.approx(0.95, abs=0.05)
    assert (np.abs(z) < 1.28).mean() == pytest.approx(0.80, abs=0.10)
    assert np.corrcoef(np.log(history.median()).diff(12).dropna(), np.log(y).diff(12).dropna())[0, 1] > 0.8


@pytest.mark.parametrize(("points", "message"), [
    ({"start": ["2021-02"], "end": ["2021-05"], "value": [1.0]}, "neither a month nor a year to date"),
    ({"start": ["2020-01"], "end": ["2021-05"], "value": [1.0]}, "neither a month nor a year to date"),
    ({"start": ["2021-01"], "end": ["2021-05"], "value": [0.0]}, "not above zero"),
    ({"start": ["2021-01"], "end": ["2021-05"], "value": [np.inf]}, "not above zero"),
    ({"start": ["2021-01"], "end": ["2021-05"], "value": ["many"]}, "not above zero"),
    ({"start": ["2021-01"] * 2, "end": ["2021-05"] * 2, "value": [1.0, 2.0]}, "given twice"),
    ({"start": ["2021-01"], "end": ["2021-05"], "value": [1.0]}, "too few"),
    ({"start": ["2021-01"], "value": [1.0]}, "column missing"),
])
def test_bad_points_are_refused(points, message):
    with pytest.raises(TradeDataError, match=message):
        ytd_model.monthly(pd.DataFrame(points), 1)


def test_prints_after_the_origin_and_short_regressors_are_refused():
    points = to_date(process(8, 24), [3, 6])
    with pytest.raises(TradeDataError, match="printed after the origin"):
        ytd_model.monthly(points, 1, origin="2015-06")
    with pytest.raises(TradeDataError, match="do not cover"):
        ytd_model.monthly(points, 3, x=pd.DataFrame({"a": 0.0}, pd.period_range("2014-01", "2016-01", freq="M")))
