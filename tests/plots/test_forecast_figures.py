"""Forecast figures say what their data say, and stay inside the canvas."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import load
from trade_lib.claims import ytd_forecasts as ytd
from trade_lib.forecast import forecast_panel
from trade_lib.plots import fan as draw

MONTHS = pd.period_range("2018-01", periods=48, freq="M")


def fanned(values, horizon, **kwargs):
    y = pd.Series(values, MONTHS, name="A with B")
    frame = pd.DataFrame({"series": "A with B", "month": MONTHS, "value": values})
    found, _ = forecast_panel(frame, horizon, model="seasonal_naive", n_paths=200)
    return draw.fan(y, found, source="Source: none.", **kwargs), found, y


def test_the_fan_holds_the_forecast(readable):
    fig, found, y = fanned(np.linspace(50, 100, 48), 12)
    ax = fig.axes[0]
    known, median = ax.lines[0].get_ydata(), ax.lines[1].get_ydata()
    assert np.allclose(known, y) and np.allclose(median, found["median"])
    assert ax.lines[1].get_linestyle() == "--"
    assert len(ax.collections) == 2
    said = readable(fig)
    change = 100 * (found["mean"].sum() / y[-12:].sum() - 1)
    assert said == f"The next 12 months: {abs(change):.0f} % {'above' if change > 0 else 'below'} a year earlier" or (
        abs(change) < 0.5 and "about what they were" in said)


def test_a_series_without_a_year_before_gets_a_plain_headline(readable):
    y = pd.Series([1.0, 2.0, 3.0], MONTHS[:3], name="short")
    found, _ = forecast_panel(pd.DataFrame({"series": "short", "month": MONTHS[:3], "value": [1.0, 2, 3]}), 2)
    assert readable(draw.fan(y, found, source="Source: none.")) == "short: 2 months ahead"


@pytest.mark.parametrize("partner", ["ASEAN", "RUS"])
def test_printed_months_are_readable(readable, partner):
    months = load("prints_months")
    actual = ytd.mirror_months() if partner == "RUS" else None
    fig = draw.printed_months(*ytd.parts(months, partner), ytd.points(partner),
                              ytd.headline(partner), partner, partner, "Source: prints.", actual)
    estimate, ahead = fig.axes[0].lines[:2]
    assert estimate.get_linestyle() == ahead.get_linestyle() == "--"
    assert len(estimate.get_ydata()) + len(ahead.get_ydata()) == (months["partner"] == partner).sum()
    readable(fig)


def test_steps_keep_the_sum_of_each_year():
    points = ytd.points("ASEAN")
    found = draw.steps(points)
    months = [(row.last - row.first).n + 1 for row in found.itertuples()]
    dated = points[points["start"].dt.month == 1]
    last = dated.loc[dated.groupby(dated["end"].dt.year)["end"].idxmax(), "value"]
    assert (found["mean"] * months).sum() == pytest.approx(last.sum())


def test_recovered_months_and_the_record_say_their_shares(readable):
    blind, record = load("prints_blind"), load("prints_record")
    share = ytd.recovery(blind)["within 80 %"].iloc[0]
    assert f"{100 * share:.0f} %" in readable(draw.recovered(blind, "Source: prints."))
    said = readable(draw.record_of_windows(record, "Source: prints."))
    held = 100 * record.groupby("partner")["covered80"].mean()
    assert f"ASEAN {held['ASEAN']:.0f} %, Russia {held['RUS']:.0f} %" in said
