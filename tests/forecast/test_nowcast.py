"""News of other series: it helps where it is news, costs little where it is none, and nothing later is used."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.errors import TradeDataError
from trade_lib.forecast import backtest
from trade_lib.forecast.nowcast import LEAST, gain, nowcast, surprises

MONTHS = pd.period_range("2008-01", periods=150, freq="M")


@pytest.fixture(scope="module")
def news():
    rng = np.random.default_rng(0)
    x = pd.DataFrame(rng.normal(0, 0.1, (150, 2)), MONTHS, ["told", "idle"])
    return x, 0.6 * x["told"] + rng.normal(0, 0.05, 150)


def test_what_the_news_tells_is_taken_out_and_idle_news_costs_little(news):
    x, y = news
    assert gain(nowcast(y, x[["told"]]))["gain"] > 25
    assert gain(nowcast(y, x[["told"]]))["pvalue"] < 0.01
    assert -5 < gain(nowcast(y, x[["idle"]]))["gain"] < 5


def test_nothing_later_is_used(news):
    x, y = news
    wild = y.where(y.index <= MONTHS[100], 9.0)
    one, two = nowcast(y, x).loc[:MONTHS[100]], nowcast(wild, x).loc[:MONTHS[100]]
    pd.testing.assert_frame_equal(one, two)


def test_the_first_correction_has_enough_months_before_it(news):
    x, y = news
    assert nowcast(y, x).index[0] == MONTHS[LEAST]
    with pytest.raises(TradeDataError, match="too few months"):
        nowcast(y.iloc[:LEAST], x)


def test_surprises_are_those_of_the_engine():
    y = pd.Series(np.exp(np.random.default_rng(0).normal(3, 0.1, 60)), MONTHS[:60], name="a")
    rows, _ = backtest(y, 2, ["2012-06", "2012-07"], n_paths=50)
    made = surprises(rows)
    first = rows[rows["horizon"] == 1].iloc[0]
    assert list(made.index.astype(str)) == ["2012-07", "2012-08"]
    assert made.iloc[0] == pytest.approx(np.log(first["actual"] / first["median"]))
