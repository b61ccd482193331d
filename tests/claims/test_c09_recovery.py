"""C09: the rule at its edges, points by hand, the currency of a table, another year."""

import pandas as pd
import pytest

from trade_lib import TradeDataError, series
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims import c09_recovery as recovery
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("counts", "verdict"), [
    ((9, 12, 6), CAVEATS), ((8, 12, 6), MIXED), ((9, 12, 5), MIXED), ((4, 4, 4), MIXED), ((5, 5, 5), CAVEATS),
    ((6, 12, 6), MIXED), ((5, 12, 5), CONTRADICTED),
])
def test_rule(counts, verdict):
    assert recovery.decide_support(*counts) == verdict


def case(china, rival):
    return pd.DataFrame([{"exporter": "SGP", "market": market, "base": base, "points": points}
                         for market, both in (("China", china), ("Europe", rival))
                         for base, points in zip((2020, 2019), both, strict=True)])


@pytest.mark.parametrize(("china", "rival", "supports", "largest"), [
    ((0.11, 0.11), (0.0, 0.0), True, True), ((0.1, 5.0), (0.0, 0.0), False, True),
    ((5.0, 0.1), (0.0, 0.0), False, True), ((5.0, 5.0), (6.0, 0.0), True, False),
    ((1.0, -1.0), (-2.0, -2.0), False, False),
])
def test_a_case_at_its_edges(china, rival, supports, largest):
    one = recovery.cases(case(china, rival)).iloc[0]
    assert (one["supports"], one["largest"]) == (supports, largest)


def test_points_by_hand():
    sold, world = (series("KOR", code, "export", source="KR_CUSTOMS_LOC") for code in ("CHN", "WORLD"))
    points = recovery.points_by_month().set_index(["exporter", "market", "base"])["points"]
    rise = sold["2021-01":"2021-11"].sum() - sold["2020-01":"2020-11"].sum()
    assert points["KOR", "China", 2020] == pytest.approx(100 * rise / world["2019-01":"2019-11"].sum())


def test_singapore_is_counted_in_its_own_dollars():
    own, converted = (recovery.points_by_month(2020, 12, currency).set_index(["exporter", "market", "base"])["points"]
                      for currency in ("own", "USD"))
    assert own["SGP", "China", 2019] > 0 > converted["SGP", "China", 2019]
    assert own["KOR", "China", 2019] == converted["KOR", "China", 2019]


def test_another_year_or_what_is_missing():
    assert len(recovery.cases(recovery.region(2017))) == 12
    with pytest.raises(TradeDataError, match="2016 to 2022"):
        recovery.points_by_year(2024)


def test_verdict_follows_from_the_cases():
    verdict = evaluate("C09")
    now, then = recovery.cases(recovery.region()), recovery.cases(recovery.points_by_month())
    assert verdict.verdict_now == recovery.decide_support(now["supports"].sum(), len(now), now["largest"].sum())
    assert len(then) == 2 and verdict.verdict == MIXED
    assert verdict.ways["holds"].equals(verdict.ways["value"] > 0.1)
