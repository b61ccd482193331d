"""The explorer's picture counts what came, and all text stays on the canvas."""

from trade_lib import plots
from trade_lib.app import explorer


def test_the_headline_counts_what_came_within(readable):
    shown = explorer.view()
    came = shown["known"].reindex(shown["fan"].index)
    inside = int(came.between(shown["fan"]["lo80"], shown["fan"]["hi80"]).sum())
    assert f"{inside} of {came.notna().sum()}" in readable(plots.explore(**shown))


def test_a_fan_into_the_unknown_says_so(readable):
    assert "none of the months" in readable(plots.explore(**explorer.view(origin="2021-12")))
