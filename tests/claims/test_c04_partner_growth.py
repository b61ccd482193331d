"""C04: the rule at its edges, the partner-months, what was out when, and the ways of counting."""

import pandas as pd
import pytest

from trade_lib import TradeDataError, series
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c04_partner_growth as partners
from trade_lib.claims import evaluate


def months(fell, of=100, by=-1.01):
    """Growth of partner-months of which some fell."""
    return pd.Series([by] * fell + [5.0] * (of - fell))


@pytest.mark.parametrize(("fell", "verdict"), [
    ((5, 10, 10, 10), SUPPORTED), ((6, 10, 10, 10), MIXED), ((5, 11, 10, 10), CAVEATS), ((5, 10, 11, 10), CAVEATS),
    ((5, 10, 10, 11), CAVEATS), ((5, 11, 10, 11), MIXED), ((40, 0, 0, 0), MIXED), ((41, 0, 0, 0), CONTRADICTED),
])
def test_rule(fell, verdict):
    assert partners.decide_unbroken(*map(months, fell)) == verdict


def test_a_fall_within_the_tolerance_is_none():
    assert partners.fallen(months(50, by=-1.0)) == 0 and partners.fallen(months(50, by=-1.01)) == 0.5


def test_few_months_cannot_support_even_if_all_grew():
    assert partners.decide_unbroken(*[months(0, of=15)] * 4) == MIXED  # lower limit of 15 of 15: 79.6 %
    assert partners.decide_unbroken(*[months(0, of=16)] * 4) == SUPPORTED


def test_growth_of_a_partner_month_is_that_of_its_levels():
    russia = series("RUS", "CHN", "total", source="RU_FCS_96STRAN")
    growth = partners.own_months().set_index(["partner", "month"])["growth_pct"]
    assert growth["RUS", pd.Period("2021-07", "M")] == pytest.approx(100 * (russia["2021-07"] / russia["2020-07"] - 1))


def test_chinas_printed_months_are_seen_from_the_partner():
    sells, buys = (partners.printed_months(flow).set_index(["partner", "month"])["growth_pct"]
                   for flow in ("export", "import"))
    may = ("ASEAN", pd.Period("2021-05", "M"))  # customs printed +53.8 % for imports from ASEAN, +40.6 % for exports
    assert sells[may] == pytest.approx(53.8, abs=2) and buys[may] == pytest.approx(40.6, abs=2)


def test_then_holds_only_what_was_out():
    then, now = partners.own_months(known=True), partners.own_months()
    last = then.groupby("partner")["month"].max().astype(str).to_dict()
    assert last == {"KOR": "2021-11", "RUS": "2021-10", "SGP": "2021-11", "USA": "2021-10"}
    assert now.groupby("partner").size().eq(11).all()


def test_a_year_without_months_is_said():
    table = partners.coverage(2022).set_index("partner")
    assert table.loc["RUS", "months"] == 0 and table.loc["RUS", "customs"] == "its own, without 2022"
    with pytest.raises(TradeDataError, match="2004 to 2022"):
        partners.own_months(year=2030)


def test_printed_windows_of_the_article_are_in_time_and_hold_its_russia_rate():
    said = partners.printed_windows()
    assert not said.duplicated(["partner", "end", "terms"]).any()
    assert said.loc[said["id"] == "OF0923", "growth_pct"].tolist() == [33.6]
    assert said["end"].max() == pd.Period("2021-11", "M")
    assert partners.printed_windows(2020)["end"].max() == pd.Period("2020-12", "M")


def test_the_ways_are_the_claims_own_quantity():
    ways = evaluate("C04").ways
    assert ways["holds"].equals(ways["value"] >= 0.95) and set(ways["customs"]) == {"partners'", "China's"}
