"""C09: the rule at its edges, points that add up, the multiverse."""

import pandas as pd
import pytest

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED
from trade_lib.claims import c09_recovery as recovery
from trade_lib.claims import evaluate


@pytest.mark.parametrize(("china", "rival", "verdict"), [
    ([1, 1, 1, 1], [0, 0, 0, 2], CAVEATS), ([1, 1, 1, 1], [0, 0, 2, 2], MIXED), ([1, 1, -1, -1], [0, 0, 0, 0], MIXED),
    ([1, -1, -1, -1], [-2, -2, -2, -2], CONTRADICTED), ([0, 1, 1, 1], [-1, 0, 0, 0], MIXED),
])
def test_rule(china, rival, verdict):
    assert recovery.decide_support(pd.DataFrame({"China": china, "rival": rival})) == verdict


def test_points_add_up_to_the_growth_of_all_exports():
    sales = recovery.exports()
    points = recovery.points(recovery.NOW, sales=sales).groupby(["exporter", "window"])["points"].sum()
    for code, window in points.index:
        world = sales[code]["world"]
        growth = 100 * (world.loc[window].sum() / world.loc[str(int(window) - 1)].sum() - 1)
        assert points[code, window] == pytest.approx(growth)


def test_points_do_not_depend_on_a_constant_rate():
    sales = recovery.exports()
    doubled = {code: {name: 2 * s for name, s in by.items()} for code, by in sales.items()}
    assert recovery.points(sales=sales)["points"].to_numpy() == pytest.approx(
        recovery.points(sales=doubled)["points"].to_numpy())


def test_cases_take_the_larger_rival():
    table = pd.DataFrame({"exporter": "SGP", "window": "2020",
                          "destination": ["China", "United States", "Europe", "rest"],
                          "points": [1.0, 2.0, 3.0, 9.0]})
    assert recovery.cases(table).iloc[0].tolist() == [1.0, 3.0]


def test_an_alternative_agrees_only_when_china_is_positive_and_first():
    verdict = evaluate("C09")
    assert len(verdict.ways) == 3 * (6 + 2 + 2)
    assert verdict.verdict_now == recovery.decide_support(recovery.cases(recovery.points(recovery.NOW)))
