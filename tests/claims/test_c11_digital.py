"""C11: the rule at its edges and published anchors."""

import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c11_digital as digital
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("tests", "verdict"), [
    ([True, True, True], SUPPORTED), ([True, True, False], CAVEATS), ([True, False], MIXED),
    ([False, True, False], MIXED), ([False, False], CONTRADICTED),
])
def test_rule(tests, verdict):
    assert digital.decide_digital(tests) == verdict


def test_verdicts_follow_from_leads_beyond_the_tolerance():
    table, verdict = digital.tests(), evaluate("C11")
    assert (table["holds"] == (table["digital"] - table["goods"] > digital.TOLERANCE)).all()
    assert not table.set_index("test").loc["services exports, 2019-2022", "holds"]  # ahead, by less than a point
    assert verdict.verdict == digital.decide_digital(table[table["window"] == "epidemic"]["holds"])
    assert verdict.verdict_now == digital.decide_digital(table["holds"])


@pytest.mark.parametrize(("lead", "holds"), [(1.01, True), (0.99, False)])
def test_a_lead_of_a_point_a_year_is_none(lead, holds, monkeypatch):
    years = pd.Index([2019, 2020, 2021, 2022])
    grown = {f"{kind} {flow}": [(1 + rate / 100) ** n for n in range(4)]
             for kind, rate in (("digital", 5 + lead), ("goods", 5.0)) for flow in ("export", "import")}
    monkeypatch.setattr(digital, "yearly", lambda: pd.DataFrame(grown, years))
    table = digital.tests()
    assert (table.loc[table["test"].str.startswith("services"), "holds"] == holds).all()


def test_anchors():
    table = digital.tests().set_index("test")
    assert table.loc["cross-border e-commerce, 2020, yuan", "digital"] == 31.1
    gap = digital.two_sources().loc[("export", 2019)]
    assert (round(gap["unctad"], 1), round(gap["batis"], 1)) == (140.8, 106.4)
    names = [e.name for e in evaluate("C11").beside]
    assert {"services exports to ASEAN, 2005", "services exports to ASEAN, 2019"} <= set(names)


def test_digital_and_other_services_are_all_services():
    main = digital.items_of("ASEAN")
    row = digital.by_partner().set_index(["partner", "flow"]).loc[("ASEAN", "export")]
    assert main["value"].sum() == pytest.approx(row["all_2019"])
    assert main[main["digital"]]["value"].sum() == pytest.approx(row["digital_2019"])


def test_both_printings_of_2022_are_kept():
    table = digital.ecommerce()
    assert sorted(table[table["year"] == 2022]["value"]) == [2100.0, 2110.0]


def test_a_year_without_figures_says_which_there_are():
    assert set(digital.leads(2023)["rival"]) == {"goods", "its own growth, 2014-2019", "the world's digital exports"}
    with pytest.raises(TradeDataError, match="2020 to 2023"):
        digital.leads(2019)
