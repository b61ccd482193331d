"""C08: the rule at its edges, the spread by hand, what supply pressure takes out."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims import c08_chain_stability as chains
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("calm", "freed", "place", "verdict"), [
    ((-9, -0.1), (-9, -0.1), -2.0, CAVEATS), ((-9, -0.1), (-9, -0.1), -2.1, MIXED), ((-9, 0.1), (-9, -0.1), 1, MIXED),
    ((-9, -0.1), (-9, 0.1), 1, MIXED), ((-9, 0.1), (-9, 0.1), -2.1, CONTRADICTED),
    ((0.1, 9), (-9, -1), 1, CONTRADICTED),
])
def test_rule(calm, freed, place, verdict):
    assert chains.decide_stability(calm, freed, place) == verdict


@pytest.mark.parametrize(("calm", "verdict"), [((-9, -0.1), CAVEATS), ((-9, 0.1), MIXED), ((0.1, 9), CONTRADICTED)])
def test_rule_then(calm, verdict):
    assert chains.decide_calm(calm) == verdict


def panel(china=1.0):
    """Growth with three partners, much alike; since 2020 the spread with China is ``china`` times as large."""
    months = pd.period_range("2017-02", "2022-12", freq="M")
    months = months[months.month > 1]
    rng = np.random.default_rng(7)
    noise = rng.normal(size=(len(months), 1)) + 0.1 * rng.normal(size=(len(months), 3))
    noise[:, 0] *= np.where(months >= "2020-01", china, 1.0)
    return pd.DataFrame(noise, months, pd.MultiIndex.from_product([["a"], ["China", "US", "Europe"]]))


def test_the_spread_counts_the_winter_pair_once():
    growth = chains.growth_by_partner()
    assert set(growth.index.month) == set(range(2, 13)) and not growth.isna().any().any()


def test_calm_measures_how_much_less_the_spread_rose_with_china():
    even, calmer = chains.calm(panel()), chains.calm(panel(0.2))
    assert even["low"] < 0 < even["high"] and calmer["high"] < 0
    assert calmer["value"] - even["value"] == pytest.approx(100 * np.log(0.2))
    assert (even["low"], even["high"]) == pytest.approx((-7.1, 2.1), abs=0.3)  # of 90 %; of 95 % they are wider


def test_then_ends_with_the_last_month_that_was_out():
    then = evaluate("C08").evidence[0]
    months = chains.growth_by_partner().loc[:"2021-11"]
    made = chains.calm(months, since=("2020-02", "2021-11"))
    assert (then.value, then.low) == pytest.approx((made["value"], made["low"]))


def test_supply_pressure_leaves_nothing_of_itself():
    growth = chains.growth_by_partner()
    freed = chains.freed_of_pressure(growth)
    again = chains.freed_of_pressure(growth * 0 + freed)
    pd.testing.assert_frame_equal(freed, again)
    assert (freed.std() <= growth.std()).all() and freed.mean().abs().max() < 1e-9


def test_a_month_past_the_data_is_said():
    with pytest.raises(TradeDataError, match="2023-09"):
        chains.growth_by_partner("2024-06")


def test_region_and_participation_of_one_run():
    assert chains.region() == ["BRN", "IDN", "JPN", "KHM", "KOR", "LAO", "MYS", "PHL", "SGP", "THA", "VNM"]
    wide = chains.participation()
    assert wide.index.get_level_values("group").value_counts().to_dict() == {"others": 60, "region": 11, "China": 1}
    assert chains.yearly_moves().index.tolist() == [2021, 2022]
    assert chains.place() == pytest.approx(53.9 - 47.2, abs=0.1)


def test_the_ways_are_spreads():
    verdict = evaluate("C08")
    assert verdict.ways["holds"].equals(verdict.ways["value"] < 0) and len(verdict.ways) == 24
