"""Sides and vintages of the same trade: printed numbers recovered."""

import pytest

from trade_lib import TradeDataError, load
from trade_lib.data.releases import printed
from trade_lib.measures import vintages


def test_first_and_latest_printing_of_2021():
    first = printed("RUS", "total", "value", "2021-01", "2021-12")
    latest = printed("RUS", "total", "value", "2021-01", "2021-12", vintage="latest")
    assert first["published"] < latest["published"]
    assert latest["value"] == pytest.approx(146.887)
    assert latest["step"] == 0.001


def test_as_of_the_article_nothing_later_is_used():
    row = printed("RUS", "total", "value", "2021-01", "2021-11", as_of="2021-12-29")
    assert (row["id"], row["value"], row["step"]) == ("OF0920", 130.43, 0.01)


def test_suspect_figures_are_never_chosen():
    table = load("official_figures")
    suspect = table[table["audit"] == "suspect"].iloc[0]
    mask = (table["partner"] == suspect["partner"]) & (table["period_end"] == suspect["period_end"])
    assert suspect["id"] in set(table[mask]["id"])
    lone = table[table["id"] == suspect["id"]]
    with pytest.raises(TradeDataError, match="no printed figure"):
        printed(suspect["partner"], suspect["flow"], suspect["measure"], str(suspect["period_start"]),
                str(suspect["period_end"]), figures=lone)


def test_a_figure_that_was_not_printed_is_an_error():
    with pytest.raises(TradeDataError, match="no printed figure"):
        printed("RUS", "total", "value", "1950-01", "1950-12")


def test_three_official_rates_for_november_2021():
    row = vintages.headline_revisions("export").loc["2021-11"]
    assert row.round(1).tolist() == [22.0, 21.7, 21.5]


def test_2020_mirror_totals():
    gaps = vintages.mirror_by_direction()
    year = gaps[gaps["year"] == 2020].set_index("direction")
    chinese = year.loc["Russia to China", "import_side"] + year.loc["China to Russia", "export_side"]
    russian = year.loc["Russia to China", "export_side"] + year.loc["China to Russia", "import_side"]
    assert russian == pytest.approx(104.2, abs=0.05)
    assert chinese == pytest.approx(107.8, abs=1.0)
    ratio = gaps["import_side"] / gaps["export_side"]
    assert (gaps["gap_pct"] / 100 + 1).to_numpy() == pytest.approx(ratio.to_numpy())


def test_differences_of_running_totals_are_not_the_printed_months():
    months = vintages.months_from_ytd("RUS")
    assert (months["difference"] == months["implied"] - months["printed"]).all()
    assert months["difference"].abs().max() > 0.1
