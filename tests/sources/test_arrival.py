"""Checks on arrival that hold for every publisher: both sides of what is taken for a change of unit."""

import pandas as pd
import pytest

from trade_lib.errors import TradeDataError
from trade_lib.sources import arrival
from trade_lib.sources.publisher import rows


def monthly(values, flow="export", partner="RUS", start=1):
    return rows([{"period": f"2026-{month:02d}", "value": value} for month, value in enumerate(values, start)],
                reporter="CHN", partner=partner, flow=flow, unit="USD", source="A")


def held(values, **more):
    return monthly(values, **more).assign(source="A")


@pytest.mark.parametrize("factor, passes", [(1.0, True), (3.0, True), (7.0, True), (7.2, False), (10.0, False),
                                            (14.0, False), (14.3, True), (100.0, False), (0.1, False), (0.2, True)])
def test_a_step_of_a_power_of_ten_is_another_unit(factor, passes):
    figures = monthly([5e9, 5e9 * factor])
    if passes:
        arrival.check(figures, held([]), "x")
    else:
        with pytest.raises(TradeDataError, match="times as large in 2026-02.*another unit"):
            arrival.check(figures, held([]), "x")


@pytest.mark.parametrize("level, passes", [(0.99e7, True), (1e7, False)])
def test_small_flows_may_jump(level, passes):
    figures = monthly([level, 10 * level])
    if passes:
        arrival.check(figures, held([]), "x")
    else:
        with pytest.raises(TradeDataError, match="another unit"):
            arrival.check(figures, held([]), "x")


def test_a_step_is_seen_against_what_is_held():
    with pytest.raises(TradeDataError, match="1000 times as large in 2026-02"):
        arrival.check(monthly([5e12], start=2), held([5e9]), "x")
    with pytest.raises(TradeDataError, match="than in the vintage before"):
        arrival.check(monthly([5e6, 6e6, 5e6]), held([5e3, 6e3, 5e3]), "x")


def test_one_of_many_may_jump():
    steady = [monthly([5e9, 5e9], partner=partner) for partner in ("VNM", "THA", "IDN")]
    arrival.check(pd.concat([monthly([5e9, 5e10]), *steady], ignore_index=True), held([]), "x")


def test_an_indicator_may_move_as_it_likes():
    arrival.check(monthly([0.05, 0.5, 5.0], flow=""), held([]), "x")
    arrival.check(monthly([-1.0], flow=""), held([]), "x")


@pytest.mark.parametrize("figures, message", [
    (monthly([]), "no figures"), (monthly([float("inf")]), "not a finite number"), (monthly([-1.0]), "negative trade"),
    (pd.concat([monthly([1.0]), monthly([2.0])]), "2 figures for the same thing"),
])
def test_what_never_enters(figures, message):
    with pytest.raises(TradeDataError, match=message):
        arrival.check(figures, held([]), "x")
