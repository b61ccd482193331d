"""C06, C07, C15: dated facts, and what cannot be tested."""

import pytest

from trade_lib import TradeDataError
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED
from trade_lib.claims import c06_events as events
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("dated", "thirty", "verdict"), [
    (True, True, SUPPORTED), (True, False, MIXED), (False, True, MIXED), (False, False, CONTRADICTED)])
def test_announcement_rule(dated, thirty, verdict):
    assert events.decide_announcement(dated, thirty) == verdict


@pytest.mark.parametrize(("reported", "recorded", "named", "verdict"), [
    (True, True, True, SUPPORTED), (True, False, False, CAVEATS), (False, True, True, MIXED),
    (False, False, True, MIXED), (False, False, False, CONTRADICTED)])
def test_adoption_rule(reported, recorded, named, verdict):
    assert events.decide_adoption(reported, recorded, named) == verdict


@pytest.mark.parametrize(("start", "verdict"), [("1991", SUPPORTED), ("1992", MIXED), ("1990", MIXED)])
def test_the_anniversary_is_the_thirtieth(start, verdict, monkeypatch):
    real = events.fact
    monkeypatch.setattr(events, "fact", lambda one: real(one).replace({"1991": start}))
    assert evaluate("C06").verdict == verdict


def test_pages_before_and_after_the_article():
    assert events.in_time("FACT09") and not events.in_time("FACT15")
    assert not events.in_time("FACT26")  # an undated page is not evidence in time


def test_no_such_fact():
    with pytest.raises(TradeDataError, match="FACT99"):
        events.fact("FACT99")


def test_timeline_is_in_order():
    dates = events.timeline()["date"].tolist()
    assert dates == sorted(dates) and "2021-11-22" in dates


@pytest.mark.parametrize(("acts", "beyond", "verdict"), [
    (9, 9, NOT_TESTABLE), (10, 3, CAVEATS), (10, 2, MIXED), (36, 0, CONTRADICTED), (34, 0, MIXED)])
def test_attention_rule(acts, beyond, verdict):
    assert events.decide_attention(acts, beyond) == verdict


def test_causes_are_not_decided_whatever_the_nearest_thing_shows():
    verdict = evaluate("C15")
    assert verdict.verdict == verdict.verdict_now == NOT_TESTABLE
    assert verdict.held is None and len(verdict.beside) >= 3
    assert len(events.ACTS) < events.NEEDED


def test_other_partners_are_the_world_less_china():
    china, others = events.summit_series()
    assert (others > china).all()
