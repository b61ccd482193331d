"""Composition of trade: identities that hold for any numbers, known answers, and each kind of bad input."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib import TradeDataError
from trade_lib.measures import product_codes, products

amounts = st.lists(st.floats(1.0, 1e3), min_size=3, max_size=3)


def by_product(values):
    return pd.Series(values, index=["farm", "fuels", "machinery"][:len(values)])


@pytest.mark.parametrize(("before", "after", "proved"), [
    ((0.1, 0.2), (0.21, 0.3), "rise"), ((0.1, 0.2), (0.2, 0.3), "overlap"), ((0.3, 0.4), (0.1, 0.29), "fall"),
    ((0.3, 0.4), (0.1, 0.3), "overlap"), ((0.2, 0.2), (0.2, 0.2), "overlap"),
])
def test_what_bounds_prove(before, after, proved):
    assert products.bounds_change(before, after) == proved


@settings(max_examples=25, deadline=None)
@given(amounts, amounts)
def test_advantage_averages_to_one_with_the_reference_shares(own, world):
    own, world = by_product(own), by_product(world)
    assert (products.revealed_advantage(own, world) * world / world.sum()).sum() == pytest.approx(1)


@settings(max_examples=25, deadline=None)
@given(amounts, amounts, amounts, amounts)
def test_shift_share_adds_up(base, now, world_base, world_now):
    parts = products.shift_share(*(by_product(v) for v in (base, now, world_base, world_now)))
    assert parts[["market", "mix", "performance"]].sum() == pytest.approx(parts["growth"], rel=1e-6, abs=1e-6)


def test_shift_share_of_the_reference_itself_is_market_only():
    base, now = by_product([10.0, 20.0, 30.0]), by_product([20.0, 10.0, 60.0])
    parts = products.shift_share(base, now, base, now)
    assert parts["market"] == pytest.approx(50)
    assert parts[["mix", "performance"]].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_every_chapter_and_section_has_a_class():
    assert len(product_codes.classes("HS2")) == 97  # 1 to 97 without the empty 77, and 99
    assert product_codes.classes("SITC1").index.tolist() == [str(n) for n in range(10)]
    assert product_codes.classify(["270900", "090111", "847130"], "HS2").tolist() == ["fuels", "farm", "machinery"]


GOOD = pd.Series({"26": 50.0, "09": 10.0})
BAD = [
    (lambda: products.bounds_change((0.5, 0.4), (0.1, 0.2)), "not bounds"),
    (lambda: products.bounds_change((0.1, 0.2), (0.9, 1.1)), "not bounds"),
    (lambda: product_codes.classify(["98"], "HS2"), "unknown product code"),
    (lambda: product_codes.classify(["26"], "HS3"), "no such classification"),
    (lambda: products.revealed_advantage(GOOD, GOOD.rename({"09": "10"})), "products differ"),
    (lambda: products.revealed_advantage(GOOD, pd.Series({"26": 0.0, "09": 1.0})), "reference without"),
    (lambda: products.shift_share(GOOD, GOOD, pd.Series({"26": 0.0, "09": 1.0}), GOOD), "reference without"),
]


@pytest.mark.parametrize(("call", "message"), BAD, ids=range(len(BAD)))
def test_bad_input_is_one_clear_error(call, message):
    with pytest.raises(TradeDataError, match=message):
        call()
