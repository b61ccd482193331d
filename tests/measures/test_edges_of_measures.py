"""Both sides of each limit in the measures, and what a window, a lag or a step leaves in or out."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.measures import growth, mirror, newyear, prices, revisions, shocks, vintages


def months(start, n, values=1.0):
    return pd.Series(values, pd.period_range(start, periods=n, freq="M"))


def flat(n):
    return shocks.placebo_gaps(months("2010-01", n), months("2010-01", n), "2013-01", 1)[0]


EDGES = {  # what is just allowed, what is just refused
    "a fall that leaves a base": (lambda x: mirror.implied_base(1.0, x, growth_step=0.1), -99.94, -99.95),
    "three months for a spread": (lambda n: shocks.volatility(months("2019-01", 12 + n), "2020-02", "2020-12"), 4, 3),
    "twenty-four placebo dates": (flat, 61, 60),
    "an index of months": (lambda freq: newyear.regressors(pd.period_range("2020-01", periods=3, freq=freq)), "M", "Q"),
}


@pytest.mark.parametrize("call, allowed, refused", EDGES.values(), ids=EDGES)
def test_both_sides_of_a_limit(call, allowed, refused):
    call(allowed)
    with pytest.raises(TradeDataError):
        call(refused)


def test_placebo_windows_do_not_touch_the_event():
    """Twelve months and the span apart from the event on both sides, a year of history before and the span after."""
    dates = flat(100).index
    assert (dates[0], dates[-1]) == (pd.Period("2010-12", "M"), pd.Period("2018-03", "M"))
    assert {pd.Period("2011-12", "M"), pd.Period("2014-02", "M")} < set(dates)
    assert not set(pd.period_range("2012-01", "2014-01", freq="M")) & set(dates)


def test_growth_of_each_part_beside_its_points():
    parts = growth.contributions(pd.Series({"a": 60.0, "b": 5.0}), pd.Series({"a": 50.0, "b": 0.0}))
    assert parts["growth_pct"].tolist()[:1] == pytest.approx([20.0]) and np.isnan(parts.loc["b", "growth_pct"])


def test_a_price_is_taken_months_before():
    price = months("2019-11", 26, [50.0] * 12 + [75.0] * 14)  # dearer from 2020-11 on
    assert prices.price_relative(price, "2021-01", "2021-01") == 1.5
    assert prices.price_relative(price, "2021-01", "2021-01", lag=2) == 1.5
    assert prices.price_relative(months("2019-10", 26, [50.0] * 13 + [75.0] * 13), "2021-01", "2021-01", lag=3) == 1.0


def test_new_year_is_no_volatility():
    """January 10 % up and February 10 % down are one pair; of it February's place counts, January's does not."""
    y = months("2019-01", 24, 100.0)
    y["2020-01"], y["2020-02"] = 110.0, 90.0
    assert shocks.volatility(y, "2020-01", "2020-12") == 0.0
    y["2020-02"] = 134.0  # the pair grows by 22 %, ten months by nothing
    assert shocks.volatility(y, "2020-01", "2020-12") == pytest.approx(np.std([22.0] + [0.0] * 10, ddof=1))


@pytest.mark.parametrize("changes, verdict", [(revisions.FEWEST, "undecided"), (revisions.FEWEST - 1, "too few")])
def test_twenty_changes_decide_news_or_noise(changes, verdict):
    n = changes + 1
    rng = np.random.default_rng(3)
    first, error = np.exp(np.cumsum(rng.normal(0, 0.1, n))), rng.normal(0, 1, n)
    group = pd.DataFrame({**{name: "x" for name in revisions.SERIES}, "first": first,
                          "later": first * (1 + error / 100), "revision": error,
                          "period": pd.period_range("2020-01", periods=n, freq="M").astype(str)})
    found = revisions.news_or_noise(group)
    assert (found == "too few") == (verdict == "too few")


def test_a_month_is_the_difference_of_two_prints():
    table = vintages.months_from_ytd("RUS")
    assert table.loc["2021-04"].round(2).tolist() == [10.95, 10.8, 0.14]
    assert (table["implied"] - table["printed"] - table["difference"]).abs().max() < 1e-9
