"""Forecasts from printed figures: stored rows are what a call gives, the record is honest, the plain rule is plain."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError, load
from trade_lib.claims import ytd_forecasts as ytd


def test_a_stored_forecast_is_what_the_call_gives():
    stored = load("prints_record")
    stored = stored[(stored["partner"] == "RUS") & (stored["origin"].astype(str) == "2018-11")]
    live = ytd.scored("RUS", "2018-11")
    assert live["end"].astype(str).tolist() == stored["end"].astype(str).tolist()
    for column in ("mean", "lo80", "hi80", "outcome"):
        assert np.allclose(live[column], stored[column], rtol=5e-3)


def test_nothing_printed_after_the_origin_is_an_input_and_nothing_before_is_scored():
    known, later = ytd.points("ASEAN", "2020-11"), ytd.later_windows("ASEAN", "2020-11")
    assert known["end"].max() <= pd.Period("2020-11", "M") < later["end"].min()
    assert later["end"].max() <= pd.Period("2021-12", "M")


def test_coverage_of_the_record_follows_from_its_limits():
    record = load("prints_record")
    inside = (record["outcome"] >= record["lo80"]) & (record["outcome"] <= record["hi80"])
    assert (inside == record["covered80"]).all()
    table = ytd.scores(record)
    assert table["windows"].sum() == len(record)
    assert table.loc["RUS", "within_80"] == pytest.approx(inside[record["partner"] == "RUS"].mean(), abs=0.005)


def test_hidden_months_are_those_no_window_gives():
    blind = load("prints_blind")
    exact = blind[~blind["hidden"]]
    width = (exact["hi95"] - exact["lo95"]) / exact["median"]
    assert width.median() < 0.02 and (exact["median"] / exact["actual"] - 1).abs().max() < 0.05
    assert ytd.recovery(blind)["hidden months"].iloc[0] == blind["hidden"].sum() > 40


def test_misses_are_the_largest():
    record = load("prints_record")
    worst = ytd.misses(record, 3)["miss"].abs()
    assert worst.min() >= (100 * (record["outcome"] / record["mean"] - 1)).abs().nlargest(3).min() - 1e-9


def test_the_plain_rule_needs_a_year_before():
    known = pd.DataFrame({"start": pd.PeriodIndex(["2020-01"], freq="M"), "end": pd.PeriodIndex(["2020-11"], freq="M"),
                          "value": [1.0]})
    assert np.isnan(ytd.plain_rule(known, pd.Period("2020-01", "M"), pd.Period("2020-12", "M")))


def test_a_partner_without_totals_is_one_sentence():
    for call in (ytd.points, lambda partner: ytd.parts(load("prints_months"), partner)):
        with pytest.raises(TradeDataError, match="AFRICA.*ASEAN or RUS"):
            call("AFRICA")


def test_answers_speak_of_one_partner_at_a_time():
    months, record = load("prints_months"), load("prints_record")
    inside = record[record["partner"] == "ASEAN"]["covered80"].sum()
    assert f"{inside} lay within" in ytd.answers(months, record, "ASEAN")[1]
    assert ytd.answers(months, record, "ASEAN") != ytd.answers(months, record, "RUS")
