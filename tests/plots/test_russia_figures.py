"""Figures of the Russia claims: headlines are read off the data, and nothing is cut off."""

import pytest

from trade_lib import load, plots, series
from trade_lib.claims import c01_russia_growth as russia_growth
from trade_lib.claims import c02_russia_total as russia_total
from trade_lib.claims import evaluate_all, scorecard
from trade_lib.measures import growth, vintages


def test_readings_headline_and_count(readable):
    readings = russia_growth.growth_readings()
    assert "33.6" in readable(plots.growth_readings(readings, russia_growth.STATED, "s"))


def test_price_headline_has_the_range_of_the_data(readable):
    prices = russia_growth.price_readings()
    low, high = 100 * prices["part"].min(), 100 * prices["part"].max()
    assert f"{low:.0f} to {high:.0f} %" in readable(plots.rise_parts(prices, 32.8, "s"))
    halved = prices.assign(part=prices["part"] / 2)
    assert f"{low / 2:.0f} to {high / 2:.0f} %" in readable(plots.rise_parts(halved, 32.8, "s"))


def test_contributions_headline_follows_the_balance(readable):
    parts = russia_growth.flow_contributions()
    assert "Both" in readable(plots.contributions(parts, "s"))
    lopsided = parts.assign(points=[20.0 if flow == "import" else 0.5 for flow in parts["flow"]])
    assert "One direction" in readable(plots.contributions(lopsided, "s"))


def test_monthly_growth(readable):
    trade = series("RUS", "CHN", source=russia_growth.CUSTOMS)
    headline = readable(plots.monthly_growth(growth.yoy(trade), growth.yoy(trade, years=2), "s"))
    assert "points" in headline


@pytest.mark.parametrize("shift", [0.0, -1.0])
def test_probability_headline_names_the_month_or_none(readable, shift):
    path = russia_total.expectation_path()
    path = path[path["model"] == "combination"]
    path = path.assign(p_exceed=(path["p_exceed_140"] + shift).clip(0, 1))
    headline = readable(plots.probability_path(path, russia_total.THRESHOLD, "s"))
    assert ("November" in headline) == (shift == 0.0)


def test_calibration_headline_counts_coverage(readable):
    tried = load("c02_calibration")
    tried = tried[(tried["side"] == "RUS") & (tried["model"] == "combination")]
    assert f"{100 * tried['covered80'].mean():.0f} %" in readable(plots.calibration(tried, "s"))


def test_reliability_headline_counts_what_happened(readable):
    table = russia_total.stated_and_happened()
    sure = table[table["stated"] > 0.9]
    assert f"of {sure['forecasts'].sum()} cases" in readable(plots.reliability(table, "s"))
    never = table.assign(happened=0.0)
    assert "happened in 0 of" in readable(plots.reliability(never, "s"))


def test_record_headline_counts(readable):
    totals = russia_total.annual_totals()
    assert "4 of 4" in readable(plots.record_years(totals, 140, "s"))
    lower = totals.assign(real=totals["real"].where(totals["year"] != 2021, 1.0))
    assert "2 of 4" in readable(plots.record_years(lower, 140, "s"))


def test_mirror_and_revisions(readable):
    readable(plots.mirror(vintages.mirror_by_direction(), "s"))
    tables = {flow: vintages.headline_revisions(flow) for flow in ("export", "import")}
    worst = max((t["computed"] - t["announced"]).abs().max() for t in tables.values())
    assert f"{worst:.1f}" in readable(plots.revisions(tables, "s"))


def test_scorecard_shows_every_claim(readable):
    fig = plots.scorecard(scorecard(evaluate_all()))
    shown = " ".join(t.get_text() for t in fig.axes[0].texts)
    readable(fig)
    assert all(f"C{i:02d}" in shown for i in range(1, 19))
