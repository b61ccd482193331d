"""C02 and C03: the numbers named in the article's own releases, and the rules at their edges."""

import pandas as pd
import pytest

from trade_lib.check.outlook import outlook
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c02_russia_total as russia_total
from trade_lib.claims import evaluate


def evidence(verdict, start):
    found = [e for e in verdict.evidence if e.name.startswith(start)]
    assert len(found) == 1, [e.name for e in verdict.evidence]
    return found[0]


@pytest.mark.parametrize(("probabilities", "verdict"), [
    ((0.91, 0.95), SUPPORTED), ((0.91, 0.9), CAVEATS), ((0.9, 0.99), MIXED), ((0.5, 0.1), MIXED),
    ((0.49, 0.99), CONTRADICTED),
])
def test_the_rule_of_any_expectation_decides(probabilities, verdict):
    assert russia_total.decide_forecast(*probabilities) == verdict


def test_then_takes_only_the_months_that_were_out():
    path = russia_total.expectation_path().query("model == 'combination'")
    path = path.set_index(["side", "origin"])["p_exceed_140"]
    out = path["CHN", pd.Period("2021-11", "M")], path["RUS", pd.Period("2021-10", "M")]
    assert evaluate("C02").verdict == russia_total.decide_forecast(*out)


def test_what_december_needed():
    month = russia_total.needed()
    assert month["december"] == pytest.approx(140 - 130.43) and month["november"] == pytest.approx(130.43 - 115.66)


def test_one_figure_for_the_year_everywhere():
    outcome = evidence(evaluate("C02"), "outcome, Chinese").value
    assert outcome == evidence(evaluate("C03"), "whole of 2021, Chinese").value == russia_total.total_of(2021)["value"]


@pytest.mark.parametrize(("threshold", "verdict"), [
    (141.5, "supported"), (141.7, "supported with caveats"), (146.8, "supported with caveats"),
    (146.9, "contradicted")])
def test_c02_now_is_whether_the_outcome_passed_on_each_side(threshold, verdict, monkeypatch):
    monkeypatch.setattr(russia_total, "THRESHOLD", threshold)
    assert evaluate("C02").verdict_now == verdict


def test_c02_outcome_on_both_sides():
    verdict = evaluate("C02")
    assert evidence(verdict, "outcome, Chinese").value == pytest.approx(146.887)
    assert evidence(verdict, "outcome, Russian").value == pytest.approx(141.60, abs=0.005)


def test_c03_marks_and_totals():
    verdict = evaluate("C03")
    assert evidence(verdict, "highest earlier year, Chinese").value == 110.75
    assert evidence(verdict, "highest earlier year, Russian").value == pytest.approx(111.49, abs=0.005)
    totals = russia_total.annual_totals()
    same = totals[totals["year"] == 2021]
    assert same[same["side"] == "RUS"]["nominal"].item() == pytest.approx(141.6, abs=0.05)
    assert same["real"].to_numpy() == pytest.approx(same["nominal"].to_numpy())


def test_c02_stored_rows_are_what_the_call_for_any_pair_gives():
    live = outlook("CHN", "RUS", 2021, 140).path.set_index(["side", "origin"])
    path = russia_total.expectation_path()
    stored = path[path["model"] == "combination"].set_index(["side", "origin"])
    for column, tolerance in (("mean", 0.05), ("lo95", 0.05), ("hi95", 0.05), ("p_exceed_140", 0.005)):
        ours = live.loc[stored.index, column.removesuffix("_140")]
        assert ours.to_numpy() == pytest.approx(stored[column].to_numpy(), abs=tolerance)


def test_c02_probability_rises_as_the_year_fills():
    path = russia_total.expectation_path()
    main = path[path["model"] == "combination"]
    for _, here in main.groupby("side"):
        first, last = here.sort_values("origin")["p_exceed_140"].iloc[[0, -1]]
        assert first < 0.5 < last
        width = (here.sort_values("origin")["hi95"] - here.sort_values("origin")["lo95"]).to_numpy()
        assert width[-1] < width[0] / 3
