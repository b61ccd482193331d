"""Windows known at an origin: nothing from later, implied levels only where nothing was printed."""

import pandas as pd
import pytest

import trade_lib
from trade_lib import TradeDataError
from trade_lib.forecast import ytd_inputs


@pytest.fixture(scope="module")
def figures():
    return trade_lib.load("official_figures")


def test_no_window_ends_after_the_origin(figures):
    points = ytd_inputs.known_points(figures, "2019-06", "2014-01")
    assert points["end"].max() <= pd.Period("2019-06", "M")
    assert points["start"].min() >= pd.Period("2014-01", "M")
    assert not points.duplicated(["start", "end"]).any()


def test_growth_printed_later_implies_nothing(figures):
    early = ytd_inputs.known_points(figures, "2019-06", "2014-01", partner=("ASEAN",))
    late = ytd_inputs.known_points(figures, "2020-12", "2014-01", partner=("ASEAN",))
    window = ("2019-01", "2019-08")  # worked back from the growth of January-August 2020
    assert not ((early["start"] == window[0]) & (early["end"] == window[1])).any()
    row = late[(late["start"] == window[0]) & (late["end"] == window[1])].iloc[0]
    assert row["kind"] == "implied by growth"
    assert row["value"] == pytest.approx(416.6e9 / 1.038)


def test_a_printed_level_goes_before_an_implied_one(figures):
    points = ytd_inputs.known_points(figures, "2021-11", "2014-01").set_index(["start", "end"])
    assert points.loc[(pd.Period("2020-01", "M"), pd.Period("2020-12", "M")), "kind"] == "year to date"


def test_nothing_printed_is_an_error(figures):
    with pytest.raises(TradeDataError, match="nothing printed"):
        ytd_inputs.known_points(figures, "2010-01", "2015-01", partner=("ASEAN",))
