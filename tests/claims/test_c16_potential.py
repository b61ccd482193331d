"""C16: the rule at its edges, groups that share out all partners, and votes as a control."""

import numpy as np
import pytest

from trade_lib import load
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims import c16_potential as c16
from trade_lib.claims import evaluate
from trade_lib.gravity import panel


@pytest.mark.parametrize(("numbers", "verdict"), [
    ((2.01, 3, 1.01), SUPPORTED), ((2.0, 3, 1.01), CAVEATS), ((1.01, 3, 1.01), CAVEATS), ((1.0, 5, 1.2), MIXED),
    ((2.5, 5, 1.0), MIXED), ((0.3, 2, 0.7), MIXED), ((0.3, 1.0, 0.7), MIXED), ((0.3, 0.99, 1.2), CONTRADICTED),
])
def test_rule(numbers, verdict):
    assert c16.decide_potential(*numbers) == verdict


def test_verdict_rests_on_groups_that_share_out_all_partners():
    groups = c16.partner_groups()
    assert not set(groups[c16.DEVELOPING]) & set(groups[c16.ADVANCED])
    table = c16.group_table(2019).set_index("group")
    assert table.loc[c16.DEVELOPING, "against_rest"] == pytest.approx(
        table.loc[c16.DEVELOPING, "ratio"] / table.loc[c16.ADVANCED, "ratio"])
    verdict, row = evaluate("C16"), table.loc[c16.DEVELOPING]
    assert verdict.verdict == c16.decide_potential(*row[["ratio_low", "ratio_high", "against_rest_low"]])
    assert set(verdict.ways["model"]) == {"ppml", "ols", "sizes", "ppml, votes"}


def test_votes_are_distances_of_pairs():
    frame = c16.with_votes(panel(2019)).set_index(["exporter", "importer"])["votes"]
    assert frame["USA", "CHN"] == frame["CHN", "USA"] > 2 > frame["CHN", "RUS"]
    assert frame["HKG", "CHN"] == pytest.approx(frame["MAC", "USA"])  # neither votes: the mean of all pairs
    assert np.isfinite(load("c16_effects").set_index("effect").loc["votes 2019", "estimate"])
