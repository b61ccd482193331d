"""C05: the rule at its edges, fixed membership, the stored forecasts against a live run."""

import pandas as pd
import pytest

from trade_lib import TradeDataError, load
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c05_resilience as resilience
from trade_lib.claims import evaluate


def three(resilient=(True,) * 3, recovered=(True,) * 3, lively=(True,) * 3, on_course=(True, None, True)):
    return pd.DataFrame({"resilient": resilient, "recovered": recovered, "lively": lively, "on_course": on_course})


@pytest.mark.parametrize(("table", "verdict"), [
    (three(), SUPPORTED),
    (three(on_course=(True, None, False)), CAVEATS),
    (three(on_course=(None, None, None)), CAVEATS),
    (three(lively=(True, False, True)), CAVEATS),
    (three(lively=(True, False, False)), MIXED),
    (three(resilient=(True, False, True)), CAVEATS),
    (three(resilient=(True, False, False)), MIXED),
    (three(recovered=(True, True, False)), MIXED),
    (three(recovered=(False, False, False)), CONTRADICTED),
])
def test_rule(table, verdict):
    assert resilience.decide_resilience(table) == verdict


def test_groups_keep_their_members_and_do_not_overlap():
    totals = resilience.group_totals()
    held = totals.attrs["members"]
    assert held["ASEAN"] == 10 and held["EU"] == 27 and held["RUS"] == held["USA"] == held["JPN"] == 1
    assert 30 <= held["AFRICA"] <= 54 and held["OTHERS"] > 90
    assert totals.index.tolist() == list(range(2017, 2022)) and (totals > 0).all().all()


def test_group_totals_add_up_over_both_flows():
    both, out, back = (resilience.group_totals(flow, real=False) for flow in ("total", "export", "import"))
    same = ["ASEAN", "EU", "RUS", "USA", "JPN"]  # every member reports both flows; elsewhere a flow may be missing
    assert both[same].to_numpy() == pytest.approx((out[same] + back[same]).to_numpy())


def test_a_group_that_stops_reporting_is_refused():
    with pytest.raises(TradeDataError, match="RUS"):
        resilience.group_totals(last=2022)  # Russia's reports end in 2021


def test_printed_readings_are_in_time_and_chained():
    said = resilience.printed_readings(real=False)
    assert said.index.tolist() == ["ASEAN", "AFRICA", "RUS", "WORLD"]
    russia = said.loc["RUS"]
    assert russia["two_years"] == pytest.approx(100 * ((1 + russia["fall"] / 100) * 1.336 - 1))
    assert "OF0923" in russia["sources"]


@pytest.mark.parametrize(("partner", "peer", "tests"), [
    ((-1.0, -1.0), (0.0, -2.1), (True, True, True)), ((-1.1, -1.0), (0.0, -2.1), (False, True, True)),
    ((-1.0, -1.1), (0.0, -2.2), (True, False, True)), ((-1.0, -1.0), (0.0, -2.0), (True, True, False)),
])
def test_the_tests_at_their_tolerance(partner, peer, tests):
    readings = pd.DataFrame([partner, peer], ["AFRICA", "OTHERS"], ["fall", "two_years"])
    found = resilience.rule_tests(readings, "OTHERS", ("AFRICA",)).loc["AFRICA"]
    assert (found["resilient"], found["recovered"], found["lively"]) == tests


@pytest.mark.parametrize(("actual", "on_course"), [(90.0, True), (89.9, False)])
def test_on_course_ends_at_the_lower_limit_of_the_forecast(actual, on_course, monkeypatch):
    course = {"series": ["Russia with China"], "model": ["combination"], "actual": [actual], "lo80": [90.0]}
    monkeypatch.setattr(resilience, "courses", lambda: pd.DataFrame({**course, "mean": 100.0, "hi80": 110.0}))
    readings = pd.DataFrame([(0.0, 0.0)] * 2, ["RUS", "OTHERS"], ["fall", "two_years"])
    assert resilience.rule_tests(readings, "OTHERS", ("RUS",)).loc["RUS", "on_course"] == on_course


def test_prices_of_one_good_are_its_price():
    oil = load("monthly_indicators").query("series == 'price_crude_oil_average'").set_index("period")["value"]
    sections = load("sitc_sections").query("year == 2015 and importer == 'CHN' and exporter == 'AGO'")
    fuels = sections.set_index("section")["value"]
    assert fuels["3"] / fuels["total"] > 0.98
    index = resilience.price_index(["AGO"], "export")
    assert index["2020-04"] == pytest.approx(oil["2020-04"] / oil["2019-01":"2019-12"].mean(), rel=0.05)
    assert index["2019-01":"2019-12"].mean() == pytest.approx(1)


def test_the_total_lies_between_the_prices_of_both_directions():
    both, sold, bought = (resilience.price_index(["RUS"], flow)["2020-05"] for flow in ("total", "import", "export"))
    assert bought < both < sold


def test_constant_prices_turn_russias_fall():
    nominal, real = (resilience.annual_readings(real=real).loc["RUS", "fall"] for real in (False, True))
    assert nominal < 0 < real


def test_political_distance_has_limits():
    votes = resilience.political_distance()
    assert -1 < votes["low"] < votes["value"] < votes["high"] < 1 and votes["countries"] > 100


def test_stored_forecast_is_what_the_call_gives_now():
    months, live = resilience.counterfactual("Singapore with China", model="ets")
    table = resilience.courses()
    stored = table[(table["model"] == "ets") & (table["series"] == live["series"])].squeeze()
    for column in ("actual", "mean", "lo80", "hi80"):
        assert live[column] / 1e9 == pytest.approx(stored[column], rel=0.005), column
    assert str(months["month"].iloc[0]) == "2020-01" and len(months) == resilience.HORIZON


def test_courses_hold_their_intervals_and_sums():
    table, path = resilience.courses(), resilience.paths()
    assert (table["lo95"] < table["lo80"]).all() and (table["hi80"] < table["hi95"]).all()
    window = path[path["month"].between(*(pd.Period(m, "M") for m in resilience.WINDOW))]
    main = table[table["model"] == "combination"].set_index("series")
    assert window.groupby("series")["actual"].sum().to_numpy() == pytest.approx(main["actual"].sort_index().to_numpy())


def test_no_such_series():
    with pytest.raises(TradeDataError, match="Russia with China"):
        resilience.monthly_series("Mars with China")


def test_verdict_and_tests_agree():
    verdict = evaluate("C05")
    now = resilience.rule_tests(resilience.annual_readings(), "OTHERS")
    assert verdict.verdict_now == resilience.decide_resilience(now)
    assert now.loc["AFRICA", "on_course"] is None
