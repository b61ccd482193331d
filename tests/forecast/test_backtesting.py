"""Rolling origins: refits, work shared and cache, failures alone; nothing after an origin is seen."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.forecast import backtest, backtesting, cache
from trade_lib.forecast.compare import score_table
from trade_lib.forecast.error_model import learnt_from

MONTHS = pd.period_range("2012-01", periods=90, freq="M")


def made(n=90, seeds=range(3)):
    season = 0.1 * np.sin(2 * np.pi * np.arange(n) / 12)
    return pd.concat([pd.DataFrame({
        "series": f"s{k}", "month": MONTHS[:n].astype(str),
        "value": np.exp(3 + season + np.cumsum(np.random.default_rng(k).normal(0.003, 0.03, n)))}) for k in seeds],
        ignore_index=True)


def test_rows_are_tidy_and_go_into_the_score_table():
    found, failed = backtest(made(), 3, 4, ["combination", "theta", "seasonal_naive"], n_paths=100)
    assert failed.empty and len(found) == 3 * 3 * 4 * 3
    assert found[["series", "model", "origin", "horizon"]].duplicated().sum() == 0
    assert found["origin"].astype(str).unique().tolist() == ["2018-12", "2019-01", "2019-02", "2019-03"]
    assert (found["month"].map(lambda m: m.ordinal) - found["origin"].map(lambda m: m.ordinal)
            == found["horizon"]).all()
    truth = made().set_index(["series", "month"])["value"]
    keys = zip(found["series"], found["month"].astype(str), strict=True)
    np.testing.assert_allclose(found["actual"], [truth[key] for key in keys])
    assert set(score_table(found)["model"]) == {"combination", "theta", "seasonal_naive"}


@pytest.mark.parametrize("model", ["combination", "theta", "ets", "ces"])
def test_nothing_after_an_origin_is_seen(model):
    """With kept estimates too: later months made wild change no forecast made before them."""
    y = made(seeds=[1]).assign(month=MONTHS).set_index("month")["value"]
    origin = MONTHS[80]
    wild = y.where(y.index <= origin, y * 7)
    options = {"horizon": 4, "origins": [MONTHS[76], MONTHS[78], origin], "models": [model], "refit": 2, "n_paths": 60}
    (first, _), (second, _) = backtest(y, **options), backtest(wild, **options)
    columns = ["mean", "median", "lo80", "hi80", "lo95", "hi95", "scale"]
    pd.testing.assert_frame_equal(first[columns], second[columns])


def test_the_future_of_one_series_moves_no_other():
    """Counted origins on series that end in different years: what came later in one teaches no other before."""
    short = made(n=60, seeds=range(22))
    late = made(seeds=range(30, 52))
    months = late["month"].unique()
    noise = np.exp(np.random.default_rng(0).normal(0, 2, len(late)))
    wild = late.assign(value=late["value"] * np.where(late["month"] <= months[70], 1.0, noise))
    options = {"horizon": 12, "origins": 2, "step": 6, "n_paths": 40}
    (once, _), (again, _) = (backtest(pd.concat([short, frame]), **options) for frame in (late, wild))
    ours = once["series"].isin(short["series"])
    assert once.loc[ours, "origin"].nunique() == 2 and set(once.loc[ours, "origin"]) != set(once.loc[~ours, "origin"])
    pd.testing.assert_frame_equal(once[ours], again[ours])
    assert not once[~ours].equals(again[~ours]), "the wild months are seen by the series that has them"


def test_series_forecast_from_one_month_learn_from_each_other():
    calm, wild = made(seeds=range(20)), made(seeds=range(20))
    wild["value"] *= np.exp(np.random.default_rng(0).normal(0, 0.5, len(wild)))
    one = made(seeds=[77])
    width = []
    for others in (calm, wild.assign(series=wild["series"] + "w")):
        rows, _ = backtest(pd.concat([one, others]), 12, ["2018-06"], n_paths=200)
        mine = rows[rows["series"] == "s77"]
        width.append((mine["hi80"] - mine["lo80"]).mean())
    assert width[0] != width[1]


def test_errors_are_learnt_at_refits_only(monkeypatch):
    count = []
    monkeypatch.setattr(backtesting, "learnt_from", lambda past: count.append(len(past)) or learnt_from(past))
    backtest(made(seeds=range(20)), 1, 7, ["seasonal_naive"], refit=3, n_paths=10)
    assert count == [40, 40, 40]


def test_processes_and_order_do_not_change_the_numbers():
    one, _ = backtest(made(), 2, 3, ["combination", "theta"], n_paths=50, refit=2)
    mixed = made().sample(frac=1, random_state=1)
    two, _ = backtest(mixed, 2, 3, ["theta", "combination"], n_paths=50, refit=2, processes=2)
    pd.testing.assert_frame_equal(one, two)


def test_a_run_that_was_broken_off_goes_on_and_a_rerun_is_read_back(tmp_path, monkeypatch):
    fit, calls = backtesting.fit_panel, []

    def counted(*arguments):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return fit(*arguments)

    monkeypatch.setattr(backtesting, "fit_panel", counted)
    options = {"horizon": 2, "origins": 3, "models": ["theta"], "n_paths": 50, "cache": tmp_path}
    with pytest.raises(KeyboardInterrupt):
        backtest(made(), **options)
    assert len(list(tmp_path.glob("*.piece"))) == 2 and not list(tmp_path.glob("*.part"))
    whole, _ = backtest(made(), **options)
    assert len(calls) == 3 + 1, "only the third origin was left to do"
    again, _ = backtest(made(), **options)
    assert len(calls) == 4
    pd.testing.assert_frame_equal(whole, again)
    monkeypatch.undo()
    pd.testing.assert_frame_equal(whole, backtest(made(), **{**options, "cache": None})[0])


@pytest.mark.parametrize("change", [{"seed": 1}, {"refit": 2}, {"horizon": 3}, {"n_paths": 51}])
def test_other_options_are_another_content(tmp_path, change):
    options = {"horizon": 2, "origins": 2, "models": ["theta"], "n_paths": 50, "cache": tmp_path}
    backtest(made(seeds=[0]), **options)
    before = set(tmp_path.glob("*.piece"))
    whole, _ = backtest(made(seeds=[0]), **{**options, **change})
    assert set(tmp_path.glob("*.piece")) > before
    pd.testing.assert_frame_equal(whole, backtest(made(seeds=[0]), **{**options, **change, "cache": None})[0])


def test_data_and_code_are_part_of_the_content(monkeypatch):
    y = pd.Series([1.0, 2.0], name="a")
    keys = {cache.key_of(y), cache.key_of(y.rename("b")), cache.key_of(y * 1.0000001), cache.key_of(y, ()),
            cache.key_of(y.set_axis([1, 2])), cache.key_of((y, 1)), cache.key_of(y, "1"), cache.key_of(y, 1)}
    assert len(keys) == 8
    before = cache.key_of(y)
    monkeypatch.setattr(cache, "_code", lambda: "another library")
    assert cache.key_of(y) != before


def test_a_damaged_file_is_made_again(tmp_path):
    options = {"horizon": 2, "origins": 2, "models": ["theta"], "n_paths": 50, "cache": tmp_path}
    whole, _ = backtest(made(seeds=[0]), **options)
    next(tmp_path.glob("*.piece")).write_bytes(b"PAR1")
    pd.testing.assert_frame_equal(whole, backtest(made(seeds=[0]), **options)[0])


def test_a_broken_series_and_a_short_one_fail_alone():
    frame = pd.concat([made(), made(n=5, seeds=[8]), made(seeds=[9]).drop(index=4)])
    found, failed = backtest(frame, 3, 4, ["combination", "theta"], n_paths=20)
    assert set(found["series"]) == {"s0", "s1", "s2", "s8"}  # s8 from its last origins, by what five months allow
    assert {"s8", "s9"} == set(failed["series"])
    assert failed.loc[failed["series"] == "s9", "reason"].str.contains("month missing").all()
    assert failed.loc[failed["series"] == "s8", "reason"].str.contains("no month left|too short").all()


def test_progress_sees_every_piece():
    seen = []

    def bar(steps, total):
        seen.append(total)
        for step in steps:
            seen.append(1)
            yield step

    backtest(made(), 1, 4, ["combination", "theta"], refit=2, n_paths=10, progress=bar)
    assert seen == [2 + 2, 1, 1, 1, 1]


@pytest.mark.parametrize(("options", "message"), [
    ({"horizon": 0}, "horizon"), ({"origins": 0}, "origins"), ({"origins": []}, "no origin"),
    ({"models": []}, "no such model"), ({"models": ["oracle"]}, "no such model"), ({"refit": 0}, "refit"),
    ({"step": 0}, "step"), ({"n_paths": 0}, "paths"), ({"origins": ["1999-01"]}, "outside the series"),
    ({"horizon": 200}, "beyond what was evaluated"),
])
def test_a_bad_call_is_one_clear_error(options, message):
    with pytest.raises(TradeDataError, match=message):
        backtest(made(seeds=[0]), **{"horizon": 2, "origins": 2, "models": ["theta"], "n_paths": 10, **options})
