"""Published indicators: known values, identities between the tables, and what is not there."""

import pytest

from trade_lib import TradeDataError, load
from trade_lib.valuechain import participation, value_added_share


def test_participation_is_forward_and_backward():
    frame = participation(["CHN", "VNM", "SGP"])
    assert (frame["forward_share"] + frame["backward_share"]).to_numpy() == pytest.approx(
        frame["trade_share"].to_numpy(), abs=1e-5)
    china = frame[frame["country"] == "CHN"].set_index("year")["backward_share"]
    assert (100 * china).round(1).tolist() == [14.1, 17.2, 17.3, 15.9, 16.9, 17.5]


def test_lengths_stand_beside_participation_where_there_are_any():
    frame = participation(["CHN", "FRA"])
    assert frame[frame["country"] == "CHN"]["chain_length_backward"].notna().all()
    assert frame[frame["country"] == "FRA"]["chain_length_backward"].isna().all()
    assert "position" not in participation(["CHN"], 35).columns
    assert len(participation(["CHN"], 5)) == 30


def test_value_added_shares_lie_between_zero_and_one_and_add_up():
    frame = value_added_share(["CHN", "VNM"], 35)
    assert frame["share"].dropna().between(0, 1).all()
    sums = frame.groupby(["country", "year"])[["exports", "value_added_exports"]].sum()
    foreign = 100 * (1 - sums["value_added_exports"] / sums["exports"])
    assert foreign["CHN"].round(1)[[2000, 2008, 2014, 2021]].tolist() == [16.9, 22.7, 18.5, 19.9]
    totals = load("adb_totals").set_index(["country", "year"])["gross_exports"]
    assert sums["exports"]["CHN", 2021] == pytest.approx(totals["CHN", 2021], rel=1e-4)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: participation(["NGA"]), "country not in the table"),
    (lambda: value_added_share(["FRA"]), "country not in the table"),
    (lambda: value_added_share(["CHN"], 7), "no such number of sectors"),
])
def test_what_is_not_there_is_said(call, message):
    with pytest.raises(TradeDataError, match=message):
        call()
