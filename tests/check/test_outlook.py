"""A year's total of any pair: months or printed figures, both sides, what a threshold needs, the trial on the past."""

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.check.outlook import outlook
from trade_lib.data.tables import series
from trade_lib.errors import TradeDataError


@pytest.fixture(scope="module")
def article():
    return outlook("CHN", "RUS", 2021, 140)


def test_both_sides_are_told_month_by_month(article):
    path = article.path.set_index(["side", "origin"])
    assert set(article.path["side"]) == {"CHN", "RUS"} and not article.gaps
    row = path.loc["RUS", pd.Period("2021-11", "M")]
    known = series("RUS", "CHN", source="RU_FCS_96STRAN").loc["2021-01":"2021-11"].sum() / 1e9
    assert row["known"] == pytest.approx(known) and row["needed"] == pytest.approx(140 - known)
    assert row["lo80"] < 141.6 < row["hi80"]  # what came
    china = path.loc["CHN", pd.Period("2021-11", "M")]
    assert china["known"] == pytest.approx(130.43) and china["p_exceed"] > 0.9
    assert (path["p_exceed"].between(0, 1)).all() and (path["lo95"] <= path["lo80"]).all()


def test_the_trial_is_on_earlier_years_with_as_many_months_known(article):
    assert set(article.tried["origin_month"]) == {11} and article.tried["year"].max() == 2020
    assert (article.tried["outcome"].between(article.tried["lo80"], article.tried["hi80"])
            == article.tried["covered80"]).all()


def test_a_higher_threshold_is_less_likely_and_needs_more(article):
    higher = outlook("CHN", "RUS", 2021, 145)
    assert (higher.path["p_exceed"] <= article.path["p_exceed"]).all()
    assert (higher.path["needed"] > article.path["needed"]).all()


def test_a_pair_of_which_one_side_has_months_says_what_is_missing():
    made = outlook("SGP", "THA", 2024, 1, currency="SGD")
    assert set(made.path["side"]) == {"SGP"} and len(made.gaps) == 1 and "Thailand" in made.gaps[0]
    assert np.isfinite(made.path["mean"]).all()


@pytest.mark.parametrize(("arguments", "message"), [
    (("CHN", "RUS", 2021, 140, "sideways"), "no such flow"), (("TUV", "NRU", 2021, 1), "nothing printed"),
    (("RUS", "DEU", 2029, 1), "nothing printed.*within 49 months"),
])
def test_what_cannot_be_told_is_refused(arguments, message):
    with pytest.raises(TradeDataError, match=message):
        outlook(*arguments)


def test_the_command_prints_it():
    result = CliRunner().invoke(app, ["outlook", "--reporter", "RUS", "--partner", "CHN", "--year", "2021", "--above",
                                      "140", "usd_bn"])
    assert result.exit_code == 0, result.output
    assert "known to 2021-11" in result.output and "earlier years" in result.output
    bad = CliRunner().invoke(app, ["outlook", "--reporter", "RUS", "--partner", "CHN", "--year", "2021", "--above",
                                   "140", "dollars"])
    assert bad.exit_code == 1 and "not a unit" in bad.output
