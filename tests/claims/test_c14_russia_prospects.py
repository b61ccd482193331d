"""C14: the rule at its edges, and what the data cover."""

import pytest

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED
from trade_lib.claims import c14_russia_prospects as prospects


@pytest.mark.parametrize(("leads", "verdict"), [
    ([], NOT_TESTABLE), ([9.0, 9.0], NOT_TESTABLE), ([2.0, 2.0, 1.1], CAVEATS), ([2.0, 2.0, 1.1, 3.0], SUPPORTED),
    ([2.0, 2.0, 1.0], MIXED), ([-1.0, 0.5, 1.0], CONTRADICTED),
])
def test_rule(leads, verdict):
    assert prospects.decide_prospects(leads) == verdict


def test_two_fields_are_covered_and_the_others_say_what_is_missing():
    table = prospects.fields().set_index("field")
    assert table.index.tolist() == list(prospects.FIELDS)
    assert table["covered"].tolist() == [True, True, False, False, False]
    assert (table.loc[~table["covered"], "missing"].str.len() > 0).all()
    assert table.loc["e-commerce", "size"] == pytest.approx(0.029 * 1530)


def test_items_add_up_to_all_services():
    assert prospects.by_item()["end"].sum() == pytest.approx(prospects.fields()["size"][0], rel=1e-6)
