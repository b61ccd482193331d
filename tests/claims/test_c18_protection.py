"""C18: the rule at its edges, the test of a rise, and published rates."""

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.check.verdicts import CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c18_protection as protection
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("rises", "verdict"), [
    ([True, True, True], SUPPORTED), ([True, False, True], SUPPORTED), ([False, True, False], MIXED),
    ([False, False, False], CONTRADICTED)])
def test_rule(rises, verdict):
    assert protection.decide_protection(rises) == verdict


def years(values):
    return pd.Series(values, pd.period_range("2001", periods=len(values), freq="Y"), dtype=float)


def test_a_rise_counts_only_beyond_the_usual_variation():
    usual = [10, 12, 9, 11, 10, 8, 12, 11, 9]
    margin = protection.rise(years([*usual, 10, 10, 10]), "2012")
    reach = margin["change"] - margin["low"]
    base = margin["before"]
    for step, rises in ((1.01, True), (0.99, False), (-2.0, False)):
        found = protection.rise(years([*usual, *[base + step * reach] * 3]), "2012")
        assert found["rises"] is rises and found["over_margin"] == pytest.approx(step)


def test_a_large_jump_does_not_count_against_itself():
    usual = [10, 12, 9, 11, 10, 8, 12, 11, 9]
    assert protection.rise(years([*usual, 10, 10, 500]), "2012")["rises"]


def test_size_of_the_test_on_unrelated_years():
    """Without any rise a year of independent draws passes in about one case in forty (upper side of 95 %)."""
    rng = np.random.default_rng(3)
    passed = [protection.rise(years(rng.normal(size=15)), "2015")["rises"] for _ in range(150)]
    assert np.mean(passed) < 0.09


def test_verdict_follows_from_the_three_kinds():
    verdict = evaluate("C18")
    assert verdict.verdict == protection.decide_protection(protection.kinds()["rises"])
    assert verdict.verdict_now == protection.decide_protection(protection.kinds(now=True)["rises"])


def test_then_uses_only_what_was_public():
    table = protection.kinds().set_index("kind")
    assert table["last"].tolist() == ["2020", "2021-10", "2021-11"]
    assert table["first"].tolist() == ["2018", "2018-11", "2018-12"]  # the last three years
    assert protection.kinds(now=True)["before"].tolist() == table["before"].tolist()


def test_published_rates_and_counts():
    assert protection.measures("interventions_announced", "all")["2020"] == 2031
    china = protection.duties("CHN")
    assert china["2017"].mean() == pytest.approx(2.7, abs=0.1) and china["2025"].mean() > 25
    assert (protection.duties("WORLD", "CHN") < protection.duties()).loc["2019":"2024"].all()


@pytest.mark.parametrize("call", [lambda: protection.duties("XXX"), lambda: protection.measures("tariffs"),
                                  lambda: protection.rise(years([1, 2, 3, 4, 5]), "2005")])
def test_what_is_missing_is_said(call):
    with pytest.raises(TradeDataError):
        call()


def test_tariff_index_starts_from_the_month_before_the_tariffs():
    index = protection.tariff_index()
    assert index.loc["2018-06"].tolist() == [100.0, 100.0]
    assert str(index.index[0]) == "2010-12" and str(index.index[-1]) == "2022-12"
