"""Composition of trade: identities that hold for any numbers, known answers, and each kind of bad input."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib import TradeDataError, load
from trade_lib.measures import product_codes, products

amounts = st.lists(st.floats(1.0, 1e3), min_size=3, max_size=3)


def by_product(values):
    return pd.Series(values, index=["farm", "fuels", "machinery"][:len(values)])


@settings(max_examples=25, deadline=None)
@given(amounts, st.floats(1.0, 3.0))
def test_shares_and_what_they_miss_add_up_to_one(values, more):
    parts = by_product(values)
    share = products.shares(parts, parts.sum() * more)
    assert share.sum() == pytest.approx(1)
    assert share["not covered"] == pytest.approx(1 - 1 / more, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(amounts, st.floats(1.0, 3.0), st.lists(st.sampled_from(["yes", "no", "part"]), min_size=3, max_size=3))
def test_the_true_share_lies_within_the_bounds_however_the_unknown_turns_out(values, more, marks):
    parts, total = by_product(values), sum(values) * more
    low, high = products.share_bounds(parts, by_product(marks), total)
    unknown = total - parts.sum() + sum(v for v, m in zip(values, marks, strict=True) if m == "part")
    certain = sum(v for v, m in zip(values, marks, strict=True) if m == "no")
    for part_of_unknown in (0, 0.3, 1):
        assert low - 1e-9 <= (certain + part_of_unknown * unknown) / total <= high + 1e-9


def test_bounds_close_when_everything_is_known():
    values, marks = by_product([20.0, 30.0, 50.0]), by_product(["no", "yes", "no"])
    assert products.share_bounds(values, marks, 100.0) == (0.7, 0.7)


@pytest.mark.parametrize(("before", "after", "proved"), [
    ((0.1, 0.2), (0.21, 0.3), "rise"), ((0.1, 0.2), (0.2, 0.3), "overlap"), ((0.3, 0.4), (0.1, 0.29), "fall"),
    ((0.3, 0.4), (0.1, 0.3), "overlap"), ((0.2, 0.2), (0.2, 0.2), "overlap"),
])
def test_what_bounds_prove(before, after, proved):
    assert products.bounds_change(before, after) == proved


@settings(max_examples=25, deadline=None)
@given(amounts)
def test_concentration_lies_between_equal_shares_and_one(values):
    low, high = products.concentration(by_product(values))
    assert low == high
    assert 1 / 3 - 1e-9 <= low <= 1


@settings(max_examples=25, deadline=None)
@given(amounts, st.floats(1.01, 2.0))
def test_concentration_of_top_products_holds_the_true_value(values, more):
    """The remainder split in pieces no larger than the smallest product shown: any such split lies within."""
    parts = by_product(values)
    total = parts.sum() * more
    low, high = products.concentration(parts, total)
    rest, piece = total - parts.sum(), parts.min()
    pieces = [piece] * int(rest // piece) + [rest % piece]
    true = sum((v / total) ** 2 for v in [*parts, *pieces])
    assert low - 1e-9 <= true <= high + 1e-9


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


def test_all_products_of_the_lists_have_a_stage():
    codes = load("hs6_top")["hs6"].unique()
    found = product_codes.stages(codes)
    assert set(found) <= {"intermediate", "capital", "consumption", "mixed use"}
    assert found["270900"] == "intermediate" and found["260300"] == "intermediate"


def test_parts_of_the_shipped_tables_stay_within_their_totals():
    top = load("hs2_top5")
    flows = top[top["year"].isin([2003, 2014, 2022])].groupby(["source", "year", "exporter", "importer"])
    for _, flow in flows:
        assert products.shares(flow.set_index("chapter")["value"], flow["total"].iloc[0])["not covered"] < 0.6


GOOD = pd.Series({"26": 50.0, "09": 10.0})
BAD = [
    (lambda: products.shares(GOOD, 59.0), "share above 1"),
    (lambda: products.shares(GOOD, None), "total is missing"),
    (lambda: products.shares(GOOD, 0.0), "total is missing"),
    (lambda: products.shares(GOOD, float("nan")), "total is missing"),
    (lambda: products.shares(pd.Series({"26": -1.0}), 10.0), "missing or negative"),
    (lambda: products.shares(pd.Series({"26": float("nan")}), 10.0), "missing or negative"),
    (lambda: products.share_bounds(GOOD, pd.Series({"26": "yes"}), 100.0), "without a mark"),
    (lambda: products.share_bounds(GOOD, pd.Series({"26": "yes", "09": "perhaps"}), 100.0), "without a mark"),
    (lambda: products.bounds_change((0.5, 0.4), (0.1, 0.2)), "not bounds"),
    (lambda: products.bounds_change((0.1, 0.2), (0.9, 1.1)), "not bounds"),
    (lambda: product_codes.classify(["98"], "HS2"), "unknown product code"),
    (lambda: product_codes.classify(["26"], "HS3"), "no such classification"),
    (lambda: product_codes.stages(["999998"]), "unknown product code"),
    (lambda: products.revealed_advantage(GOOD, GOOD.rename({"09": "10"})), "products differ"),
    (lambda: products.revealed_advantage(GOOD, pd.Series({"26": 0.0, "09": 1.0})), "reference without"),
    (lambda: products.shift_share(GOOD, GOOD, pd.Series({"26": 0.0, "09": 1.0}), GOOD), "reference without"),
    (lambda: products.concentration(GOOD, 50.0), "share above 1"),
]


@pytest.mark.parametrize(("call", "message"), BAD, ids=range(len(BAD)))
def test_bad_input_is_one_clear_error(call, message):
    with pytest.raises(TradeDataError, match=message):
        call()
