"""Figures of growth by partner, falls, recoveries, events and the multiverse: headlines follow the data."""

import pandas as pd
import pytest

from trade_lib import TradeDataError, plots
from trade_lib.claims import ARTICLE, Claim, Verdict, scorecard
from trade_lib.claims import c04_partner_growth as partners
from trade_lib.claims import c05_resilience as resilience
from trade_lib.claims import c06_events as events
from trade_lib.claims import c09_recovery as recovery
from trade_lib.claims import c18_protection as protection
from trade_lib.measures.shocks import against_base_year, placebo_gaps


def test_partner_months(readable):
    one, two = partners.own_months(), partners.own_months(years=2)
    assert f"None of {len(one)}" in readable(plots.partner_months(one, two, "s"))
    broken = one.assign(growth_pct=[-1.0, *one["growth_pct"].iloc[1:]])
    assert f"1 of {len(one)}" in readable(plots.partner_months(broken, two, "s"))


def test_printed_growth(readable):
    said = partners.printed_windows()
    assert f"{said['growth_pct'].min():.1f}" in readable(plots.printed_growth(said, "s"))
    fallen = said.assign(growth_pct=[-2.0, *said["growth_pct"].iloc[1:]])
    assert f"1 of {len(said)}" in readable(plots.printed_growth(fallen, "s"))


def test_fall_and_rise_names_who_fell_and_who_led(readable):
    readings = resilience.annual_readings()
    assert "None fell in 2020; ASEAN outgrew" in readable(plots.fall_and_rise(readings, resilience.CLAIMED, "s"))
    fallen = readings.assign(fall=-1.0, two_years=10.0)
    drawn = readable(plots.fall_and_rise(fallen, resilience.CLAIMED, "s"))
    assert "ASEAN and Africa and Russia fell in 2020; none outgrew" in drawn


def test_against_forecast_names_what_left_the_interval(readable):
    table = resilience.courses()
    main = table[table["model"] == "combination"]
    assert "None of the 6 series fell" in readable(plots.against_forecast(resilience.paths(), main, "s"))
    sunk = main.assign(actual=0.0)
    headline = readable(plots.against_forecast(resilience.paths(), sunk, "s"))
    assert "Below the forecast of 2019: Korea to China" in headline


def test_recovery_lines(readable):
    indices = {name: against_base_year(resilience.monthly_series(name), 2019) for name in list(resilience.MONTHLY)[:4]}
    assert "United States with China" in readable(plots.recovery_lines(indices, "s"))


def test_recovery_points_counts_economies(readable):
    points = recovery.points_by_month()
    assert "2 of 2 economies, and most of all in 2" in readable(plots.recovery_points(points, "s"))


def test_timeline_placebo_and_tariffs(readable):
    facts = events.timeline()
    assert f"{len(facts) - 1} of {len(facts)}" in readable(plots.timeline(facts, ARTICLE["date"], "s"))
    gaps, share = placebo_gaps(*events.summit_series(), "2021-11", 6)
    gap = events.summit_gaps().set_index("months").loc[6, "gap"]
    assert f"{100 * share:.0f} %" in readable(plots.placebo(gaps, gap, "2021-11", 6, "s"))
    index = protection.tariff_index()
    assert f"{index['MEX'].iloc[-1]:.0f}" in readable(plots.tariff_trace(index, "2018-07-06", "s"))


def test_protection_counts_the_kinds_that_rise(readable):
    kinds = protection.kinds()
    headline = readable(plots.protection_kinds(protection.all_series(), kinds, protection.KINDS, "s"))
    assert f"{kinds['rises'].sum()} of 3 signs" in headline


def test_multiverse_counts_and_leaves_out_what_never_varies(readable):
    table = pd.DataFrame({"side": ["CHN", "RUS", "CHN"], "unit": "USD", "value": [1.0, -1.0, 2.0],
                          "holds": [True, False, True]})
    fig = plots.multiverse(table, "points", 0, "C99", "s")
    assert "C99: holds in 2 of 3" in readable(fig)
    rows = [t.get_text().strip() for t in fig.axes[0].texts]
    assert {"side: China (2 of 2)", "side: Russia (0 of 1)"} <= {*rows}
    assert "holds in all of 3" in readable(plots.multiverse(table.assign(holds=True), "points", source="s"))


def test_multiverse_of_one_way_is_refused():
    one = pd.DataFrame({"side": ["CHN", "CHN"], "value": [1.0, 2.0], "holds": True})
    with pytest.raises(TradeDataError, match="choice"):
        plots.multiverse(one, "points")


def test_scorecard_with_long_reasons_stays_on_its_canvas(readable):
    claims = [Verdict(Claim(f"C{i:02d}", "1", "a claim " * 20, "k", "r", "05-x"), "mixed", "supported with caveats",
                      "a long reason " * 30) for i in range(1, 4)]
    assert "answered" in readable(plots.scorecard(scorecard(claims), source="s"))
