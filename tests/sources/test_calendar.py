"""The calendar of releases: both ends of the days in which a month is due."""

import pandas as pd
import pytest

from trade_lib.data.tables import load
from trade_lib.sources.calendar import calendar, last_months

LAGS = pd.DataFrame({"source": ["A"], "first_day": [7], "last_day": [18], "skips": ["1"]})


@pytest.mark.parametrize("day, status", [("2026-08-06", "expected"), ("2026-08-07", "due"), ("2026-08-18", "due"),
                                         ("2026-08-19", "overdue")])
def test_a_month_is_due_between_its_days(day, status):
    table = calendar(LAGS, {"A": "2026-06"}, day, back=1).set_index("month")
    assert table.loc["2026-07", "status"] == status and table.loc["2026-08", "status"] == "expected"
    assert table.loc["2026-07", ["from", "to"]].tolist() == ["2026-08-07", "2026-08-18"]


def test_what_is_held_is_not_overdue_and_nothing_overdue_is_left_out():
    table = calendar(LAGS, {"A": "2025-11"}, "2026-04-10", back=1).set_index("month")["status"]
    assert table.to_dict() == {"2025-11": "held", "2025-12": "overdue", "2026-02": "overdue", "2026-03": "due",
                               "2026-04": "expected"}  # January comes with February


def test_the_last_month_of_each_source():
    figures = pd.DataFrame({"source": ["A", "A", "B"], "window": ["month", "ytd", "year"],
                            "period": ["2026-01", "2026-02", "2025"]})
    assert last_months(figures) == {"A": "2026-02"}


def test_the_shipped_lags_are_those_of_fetched_sources():
    from trade_lib.data.fetched import SOURCES

    lags = load("release_lags")
    assert set(lags["source"]) <= SOURCES and (lags["first_day"] <= lags["last_day"]).all()
