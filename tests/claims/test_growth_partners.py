"""C04: the rule at its edges, the partner-months, the printed windows."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c04_partner_growth as partners
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("shares", "verdict"), [
    ((1.0, 0.9, 1.0), SUPPORTED), ((1.0, 0.89, 1.0), CAVEATS), ((0.9, 1.0, 1.0), CAVEATS),
    ((1.0, 1.0, 0.99), MIXED), ((0.89, 1.0, 1.0), MIXED), ((0.51, 0.0, 0.0), MIXED), ((0.5, 1.0, 1.0), CONTRADICTED),
])
def test_rule(shares, verdict):
    assert partners.decide_unbroken(*shares) == verdict


def test_every_partner_has_every_month_once():
    months = partners.partner_months()
    assert len(months) == 4 * 10 and not months.duplicated(["partner", "month"]).any()
    assert months["month"].min() == pd.Period("2021-02", "M") and months["month"].max() == pd.Period("2021-11", "M")


def test_growth_of_a_partner_month_is_that_of_its_levels():
    russia = partners.books()["RUS"]
    months = partners.partner_months().set_index(["partner", "month"])["growth_pct"]
    assert months["RUS", pd.Period("2021-07", "M")] == pytest.approx(100 * (russia["2021-07"] / russia["2020-07"] - 1))


def test_yuan_growth_lies_below_dollar_growth_while_the_yuan_rose():
    dollars, yuan = (partners.partner_months(trade=partners.books(currency=c))["growth_pct"] for c in ("USD", "CNY"))
    assert (yuan < dollars).all()
    assert np.corrcoef(yuan, dollars)[0, 1] > 0.95


def test_a_broken_month_breaks_the_share():
    trade = partners.books()
    trade["KOR"] = trade["KOR"].copy()
    trade["KOR"]["2021-06"] = trade["KOR"]["2020-06"] - 1
    assert (partners.partner_months(trade=trade)["growth_pct"] <= 0).sum() == 1


def test_printed_windows_of_the_article_are_in_time_and_hold_its_russia_rate():
    said = partners.printed_windows()
    assert not said.duplicated(["partner", "end", "terms"]).any()
    assert said.loc[said["id"] == "OF0923", "growth_pct"].tolist() == [33.6]
    assert said["end"].max() == pd.Period("2021-11", "M") < partners.printed_windows("")["end"].max()


def test_verdict_carries_its_multiverse():
    verdict = evaluate("C04")
    assert len(verdict.ways) == 3 * 3 * 2 * 2
    assert (verdict.ways["value"].between(0, 1)).all()
    assert verdict.ways["holds"].equals(verdict.ways["value"] >= 0.9)
