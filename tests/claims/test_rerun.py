"""The article's measures in another year: known answers from customs' table of January to June 2026."""

import pandas as pd
import pytest

from trade_lib.claims import rerun
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError


def releases(exports, imports, growth, end="2026-03", published="2026-04-20", partner="RUS"):
    """Exports and imports of the year to date, both grown alike."""
    return pd.DataFrame([{
        "source": "GACC_MONTHLY_USD", "reporter": "CHN", "partner": partner, "flow": flow, "basis": "ytd",
        "period_start": pd.Period(f"{end[:4]}-01", "M"), "period_end": pd.Period(end, "M"), "value": value,
        "unit": "USD", "yoy_pct": growth, "published": published}
        for flow, value in (("export", exports), ("import", imports))])


def test_growth_of_trade_follows_from_that_of_exports_and_imports():
    """Printed: exports 60.596 bn, 28.4 % up; imports 73.578 bn, 23.3 % up; so 106.868 bn a year earlier."""
    one = rerun.newest("RUS", 2026)
    assert one["value"] == pytest.approx(134.174743e9) and one["growth"] == pytest.approx(25.55, abs=0.05)
    assert (one["end"], one["source"]) == ("2026-06", "GACC_TABLE2_2026")


def test_the_newest_release_is_taken():
    both = pd.concat([releases(1e9, 1e9, 10.0), releases(3e9, 1e9, 20.0, "2026-07", "2026-08-20"),
                      releases(2e9, 1e9, 15.0, "2026-07", "2026-08-10")])
    assert rerun.newest("RUS", 2026, releases=both)["growth"] == pytest.approx(20.0)
    assert rerun.newest("RUS", 2026, releases=both)["value"] == 4e9


def test_a_year_without_a_release_is_said():
    with pytest.raises(TradeDataError, match="no release of 1999 gives exports and imports with RUS"):
        rerun.newest("RUS", 1999)


def test_former_years_are_compared_over_the_same_months():
    table = load("customs_releases")
    before = rerun.former_years("RUS", 2026, "2026-06")
    assert before.loc[2021] == pytest.approx(63.1e9, rel=0.01) and before.index.max() < 2026
    assert table["period_end"].dt.month.eq(6).any()


@pytest.fixture(scope="module")
def measures():
    return rerun.today(2026)


def test_the_measures_stand_beside_those_of_2021(measures):
    table = measures.set_index(["claim", "partner"])
    assert table.loc[("C01", "RUS"), "in_2021"] == 33.6 and table.loc[("C04", "ASEAN"), "in_2021"] == 29.8
    world = rerun.newest("WORLD", 2026)["growth"]
    assert table.loc[("C05", "RUS"), "value"] == pytest.approx(table.loc[("C01", "RUS"), "value"] - world)
    assert set(measures["claim"]) == {"C01", "C03", "C04", "C05"} and measures["verdict_2021"].notna().all()


def test_sentences_are_short_and_follow_the_numbers(measures):
    told = rerun.sentences(measures)
    assert len(told) == 4 and all(len(one.split()) <= 20 for one in told)
    fallen = measures.assign(value=measures["value"].where(measures["claim"] != "C01", -3.0))
    assert rerun.sentences(fallen)[0] == "Trade with Russia fell by 3.0 % from January to June 2026."
    low = measures.assign(value=measures["value"].where(measures["claim"] != "C03", 90.0))
    assert "10.0 % below the highest" in rerun.sentences(low)[1]
