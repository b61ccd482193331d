"""C13: the rule at its edges, and bounds that are bounds, in one universe."""

import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c13_africa as africa
from trade_lib.claims import evaluate
from trade_lib.data import areas


@pytest.mark.parametrize(("given", "verdict"), [
    ((True, [1.1, 2.0], "rise"), SUPPORTED), ((True, [1.0, 2.0], "rise"), CAVEATS), ((True, [1.0, 1.0], "rise"), MIXED),
    ((True, [1.1, 2.0], "overlap"), MIXED), ((True, [1.1, 2.0], "fall"), MIXED),
    ((True, [1.0], "overlap"), CONTRADICTED), ((True, [-1.0], "fall"), CONTRADICTED),
    ((False, [1.1], "rise"), CONTRADICTED),
])
def test_rule(given, verdict):
    assert africa.decide_africa(*given) == verdict


def test_verdicts_follow_from_leads_and_bounds():
    farm, verdict = africa.farm_windows(), evaluate("C13")
    public = farm["published"].str[:10] <= "2021-12-29"
    assert 0 < public.sum() < len(farm)
    assert verdict.verdict == africa.decide_africa(True, farm[public]["lead"], africa.change(2011, 2020))
    assert verdict.verdict_now == africa.decide_africa(True, farm["lead"], africa.change(2011, 2022))


def test_bounds_are_bounds_of_one_universe():
    table, known = africa.bounds(), africa.known()
    assert ((table["low"] >= 0) & (table["low"] <= table["high"]) & (table["high"] <= 100)).all()
    assert (known["resource"] + known["other"] <= known["total"]).all()
    assert table.index.tolist() == [1995, 2005, *range(2011, 2023)]


def test_the_total_of_2015_is_customs_own_print():
    """440 bn yuan at the year's rate; the IMF's copy has 55.5 bn US$, BACI 64.7."""
    assert africa.totals()[2015] == pytest.approx(440 / 6.28, rel=0.01)
    farm = africa.farm_windows().set_index(["years", "all by"])["all"]
    assert 0.5 < farm["2015-2020", "customs, US$"] < 1.5
    assert farm["2015-2020", "BACI, US$"] == pytest.approx(-1.5, abs=0.1)


def test_fuels_alone_keep_the_bound_of_2005_down():
    fuels, total = africa.section_values()["africa"][2005]["3"] / 1e9, africa.totals()[2005]
    assert africa.bounds().loc[2005, "high"] == pytest.approx(100 * (1 - fuels / total))


def test_membership_is_the_same_in_every_year():
    assert africa.africa() == areas.members("AFRICA", 2012) == areas.members("AFRICA", 2022)
    assert "ZAF" in africa.africa()


def test_change_between_years_that_are_there():
    table = pd.DataFrame({"low": [5.0, 30.0], "high": [20.0, 40.0]}, index=[2000, 2010])
    assert africa.change(2000, 2010, table) == "rise"
    with pytest.raises(TradeDataError, match="no bounds for the year"):
        africa.change(2000, 2011, table)


def test_farm_share_as_printed():
    share, ids = africa.farm_share()
    assert share == pytest.approx(100 * 23.66 / 426.65)
    assert ids == ("OF0199", "OF0344")
