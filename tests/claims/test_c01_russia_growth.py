"""C01: the numbers of the releases, other partners, and that the rule of any growth rate decides."""

import pytest

from trade_lib import TradeDataError
from trade_lib.check.answer import check_claims, check_file
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims import c01_russia_growth as russia
from trade_lib.claims import evaluate


@pytest.fixture(scope="module")
def readings():
    return russia.growth_readings().set_index("reading")


@pytest.fixture(scope="module")
def verdict():
    return evaluate("C01")


def value(evidence, start):
    found = [e for e in evidence if e.name.startswith(start)]
    assert len(found) == 1, [e.name for e in evidence]
    return found[0]


def test_the_printed_rate_level_and_base(verdict):
    assert value(verdict.evidence, "level").value == 130.43
    assert value(verdict.evidence, "growth: as printed").value == 33.6
    base = value(verdict.evidence, "base implied")
    assert (round(base.low, 2), round(base.value, 2), round(base.high, 2)) == (97.59, 97.63, 97.67)


def test_other_readings(readings):
    assert readings.loc["customs of Russia", "value"] == pytest.approx(35.57, abs=0.01)
    assert readings.loc["in yuan", "value"] == pytest.approx(24.04, abs=0.02)
    yuan = readings.loc["yuan figures in dollars"]
    assert yuan["value"] == pytest.approx(33.6, abs=0.1) and "OF0923" not in yuan["sources"]
    assert readings.attrs["missing"] == []


def test_constant_prices_lie_below_and_have_limits(readings):
    real = readings.loc["constant trade prices"]
    assert real["low"] < real["value"] < real["high"] < readings.loc["constant dollars", "value"]


def test_only_the_same_quantity_counts_as_a_way(verdict, readings):
    assert len(verdict.ways) == readings["same"].sum() == 5
    assert verdict.ways["holds"].equals((verdict.ways["value"] - 33.6).abs() <= 1)
    assert {e.name for e in verdict.beside} >= {"growth: in yuan", "growth: constant trade prices"}


@pytest.mark.parametrize(("stated", "verdict"), [("33.6", CAVEATS), ("20.0", CONTRADICTED), ("36.1", CONTRADICTED)])
def test_the_rule_of_any_growth_rate_decides(stated, verdict):
    _, checked = check_file("article-2021-12-29")
    claim = next(one.claim for one in checked if one.claim.id == "C01")
    other = type(claim)(**{**vars(claim), "number": float(stated)})
    assert check_claims([other], "2021-12-29")[0].verdict in (verdict, MIXED if verdict == CONTRADICTED else verdict)


def test_contributions_add_up_to_each_sides_growth(readings):
    points = russia.flow_contributions().groupby("side")["points"].sum()
    assert points["China, yuan"] == pytest.approx(readings.loc["in yuan", "value"])
    assert points["Russia, dollars"] == pytest.approx(readings.loc["customs of Russia", "value"])


def test_the_price_part_falls_with_lag_and_rises_with_pass_through():
    parts = russia.price_readings().pivot(index="lag", columns="pass_through", values="part")
    assert (parts[1.0] > parts[0.5]).all()
    assert parts[1.0].is_monotonic_decreasing
    assert 0 < parts.min().min() < parts.max().max() < 1


@pytest.mark.parametrize(("partner", "has"), [("ASEAN", "as printed"), ("USA", "as printed"),
                                              ("KOR", "customs of South Korea, exports only")])
def test_other_partners_say_what_is_missing(partner, has):
    table = russia.growth_readings(partner)
    assert has in set(table["reading"])
    assert len(table) + len(table.attrs["missing"]) == 9 and all(s.endswith(").") for s in table.attrs["missing"])


def test_a_partner_without_any_reading_is_refused():
    with pytest.raises(TradeDataError, match="RUS or ASEAN"):
        russia.growth_readings("VAT")
