"""Year totals on both sides: identities, the rules for printed figures, no look into the future, the article's case."""

import numpy as np
import pandas as pd
import pytest

import trade_lib
from trade_lib import TradeDataError
from trade_lib.claims import c02_russia_total
from trade_lib.forecast import mirror, year_totals
from trade_lib.forecast.year_totals import Mirror
from trade_lib.measures import newyear

DOTS = {2006: 33.37e9, 2007: 48.12e9, 2009: 38.62e9, 2010: 55.40e9, 2011: 77.93e9, 2012: 88.03e9, 2015: 67.95e9}


@pytest.fixture(scope="module")
def case():
    """The shipped inputs of the article's case."""
    y = trade_lib.series("RUS", "CHN", "total", "RU_FCS_96STRAN")
    figures = trade_lib.load("official_figures")
    x = newyear.candidates(y.index[0], pd.Period("2022-12", "M"))
    return {"y": y, "annual": mirror.annual_totals(figures, pd.Series(DOTS)), "figures": figures, "x": x}


def row(end="2021-05", value=50.0, published="2021-06-07", basis="ytd", audit="ok", publisher="GACC", **other):
    return {"reporter": "CHN", "partner": "RUS", "flow": "total", "measure": "value", "basis": basis, "period_end": end,
            "value": value, "unit": "usd_bn", "publisher": publisher, "published": published, "audit": audit,
            "scope": "goods", **other}


def printed(*rows, origin=None, basis="ytd"):
    return mirror.printed_values(pd.DataFrame(rows), basis, origin)["value"] / 1e9


def test_of_prints_in_time_the_latest_counts():
    rows = row(value=50.0), row(value=51.0, published="2021-06-20"), row(value=52.0, published="2022-01-01")
    assert printed(*rows, origin="2021-05").tolist() == [51.0]
    assert printed(*rows, origin="2021-12").tolist() == [52.0]


def test_a_late_copy_of_a_release_stands_in_the_earliest_first():
    rows = row(value=53.0, published="2022-03-01"), row(value=52.0, published="2022-01-01")
    assert printed(*rows, origin="2021-05").tolist() == [52.0]
    other = row(value=49.0, published="2021-12-01", publisher="an outlet")
    assert printed(*rows, other, origin="2021-05").tolist() == [52.0]  # customs first


def test_audited_prints_go_before_conflicting_ones_and_suspect_ones_never_count():
    rows = row(value=50.0, audit="conflict"), row(value=51.0, published="2021-06-08")
    assert printed(*rows, origin="2021-06").tolist() == [51.0]
    assert printed(row(audit="suspect"), row(audit="rounded"), origin="2021-06").empty


def test_only_levels_of_total_goods_trade_in_dollars_count():
    others = [row(unit="cny_bn"), row(flow="export"), row(measure="yoy"), row(partner="ASEAN"), row(reporter="RUS"),
              row(scope="services trade"), row(basis="month")]
    for other in others:
        assert printed(row(**{k: other[k] for k in other}), origin="2021-06").empty


def test_a_date_without_a_day_means_its_last_day():
    rows = row(value=50.0, published="2021-06-30"), row(value=51.0, published="2021-06")
    assert printed(*rows, origin="2021-06").tolist() == [50.0]  # same day: the order given decides
    assert printed(row(value=50.0, published="2021"), row(value=51.0), origin="2021-05").tolist() == [51.0]


def test_printed_figures_of_the_article(case):
    found = mirror.printed_values(case["figures"], "ytd", "2021-11")
    assert found["value"].loc["2021-11"] == pytest.approx(130.43e9)
    assert str(found["published"].loc["2021-11"]) <= "2021-12-29"
    assert case["annual"][2021] == pytest.approx(146.88e9)
    assert case["annual"][2020] == pytest.approx(107.76e9)
    assert case["y"].loc["2021"].sum() == pytest.approx(141.60e9, rel=1e-4)


def test_mirror_ratio_of_a_fixed_gap_is_that_gap(case):
    y = case["y"]
    annual = 1.1 * y.groupby(y.index.year).sum()
    figures = pd.DataFrame([row(end=f"{v}-09", value=1.1 * y[f"{v}-01":f"{v}-09"].sum() / 1e9, published=f"{v}-10-15")
                            for v in range(2012, 2020)])
    found = mirror.mirror_ratio(y, annual, figures, 2020, 3)
    assert np.exp(found["centre"]) == pytest.approx(1.1)
    assert found["scale"] < 1e-6
    assert (found["n"], found["dof"]) == (10, 9)


def test_mirror_ratio_is_less_certain_for_a_shorter_span(case):
    scales = [mirror.mirror_ratio(case["y"], case["annual"], case["figures"], 2021, k)["scale"] for k in (1, 3, 6, 12)]
    assert scales == sorted(scales, reverse=True) and scales[0] > 1.5 * scales[-1]


def test_mirror_ratio_looks_only_at_earlier_years(case):
    later = case["annual"].copy()
    later.loc[2018:] *= 3
    one, two = (mirror.mirror_ratio(case["y"], annual, case["figures"], 2018, 6) for annual in (case["annual"], later))
    assert one == two
    with pytest.raises(TradeDataError, match="three earlier years"):
        mirror.mirror_ratio(case["y"], case["annual"], case["figures"], 2008, 6)


def test_mirror_total_is_print_plus_ratio_times_the_rest(case):
    y = case["y"]
    annual = 1.1 * y.groupby(y.index.year).sum()
    figures = pd.DataFrame([row(end="2021-08", value=90.0, published="2021-09-07")])
    other = Mirror(annual, figures)
    made = year_totals.year_draws(y, "2021-10", mirror=other, model="theta", n_paths=200)
    assert str(made["mirror"].to) == "2021-08" and made["mirror"].known == 90e9
    ahead = year_totals.rest_of_year(y, "2021-10", model="theta", n_paths=200).paths.sum(axis=1)
    np.testing.assert_allclose(made["mirror"].total, 90e9 + 1.1 * (y["2021-09":"2021-10"].sum() + ahead), rtol=1e-9)
    np.testing.assert_allclose(made["own"].total, y["2021-01":"2021-10"].sum() + ahead)
    bare = year_totals.year_draws(y, "2021-07", mirror=other, model="theta", n_paths=200)
    assert bare["mirror"].to is None and bare["mirror"].known == 0
    np.testing.assert_allclose(bare["mirror"].total, 1.1 * bare["own"].total, rtol=1e-9)


def test_nothing_after_the_origin_is_used(case):
    y, origin = case["y"], "2019-06"
    later = y.where(y.index <= pd.Period(origin), y * 2)
    annual = case["annual"].copy()
    annual.loc[2019:] *= 2
    figures = case["figures"].copy()
    after = (figures["period_end"].astype(str) > origin) & (figures["unit"] == "usd_bn")
    assert after.sum() > 100
    figures.loc[after, "value"] *= 2
    first, second = (year_totals.year_draws(values, origin, mirror=Mirror(totals, prints), n_paths=100, x=case["x"])
                     for values, totals, prints in ((y, case["annual"], case["figures"]), (later, annual, figures)))
    np.testing.assert_array_equal(first["own"].total, second["own"].total)
    np.testing.assert_array_equal(first["mirror"].total, second["mirror"].total)


def test_the_next_year_is_forecast_from_the_year_before(case):
    made = year_totals.year_draws(case["y"], "2020-12", 2021, Mirror(case["annual"], case["figures"]), n_paths=200)
    assert made["own"].known == 0 and made["own"].to is None
    assert 0.9 < np.median(made["own"].total) / case["y"].loc["2020"].sum() < 1.2


def test_what_is_needed_a_month_follows_from_what_is_known(case):
    path = year_totals.probability_path(case["y"], ["2021-11", "2021-06"], 140e9, mirror=Mirror(
        case["annual"], case["figures"]), n_paths=200, sides=("RUS", "CHN")).set_index(["side", "origin"])
    row = path.loc["RUS", pd.Period("2021-11", "M")]
    assert row["needed"] == pytest.approx(140e9 - case["y"].loc["2021-01":"2021-11"].sum())
    row = path.loc["CHN", pd.Period("2021-11", "M")]
    assert row["known"] == pytest.approx(130.43e9) and row["needed"] == pytest.approx(9.57e9)
    row = path.loc["RUS", pd.Period("2021-06", "M")]
    assert row["needed"] == pytest.approx((140e9 - case["y"].loc["2021-01":"2021-06"].sum()) / 6)


def test_stored_path_is_what_a_live_call_gives():
    stored = trade_lib.load("c02_probability_path")
    live = year_totals.probability_path(origins=["2021-11"], threshold=140e9, n_paths=4000, seed=1,
                                        sides=("RUS", "CHN"), **c02_russia_total.forecast_inputs()).set_index("side")
    rows = stored[(stored["origin"].astype(str) == "2021-11") & (stored["model"] == "combination")].set_index("side")
    for name in ("mean", "lo80", "hi80", "lo95", "hi95"):
        np.testing.assert_allclose(live[name], rows.loc[live.index, name], rtol=1e-3)
    np.testing.assert_allclose(live["p_exceed"], rows.loc[live.index, "p_exceed_140"], atol=0.005)


def test_stored_calibration_agrees_with_itself():
    table = trade_lib.load("c02_calibration")
    assert (table.groupby(["side", "model"]).size() == 110).all()
    inside = (table["lo80"] <= table["outcome"]) & (table["outcome"] <= table["hi80"])
    assert (inside == table["covered80"].astype(bool)).all()
    # an outcome within the limits has a PIT within them too
    assert table.loc[inside, "pit"].between(0.099, 0.901).all()
    assert not table.loc[~inside, "pit"].between(0.101, 0.899).any()
    assert table.groupby(["side", "year"])["outcome"].nunique().eq(1).all()
    limits = table[["lo95", "lo80", "hi80", "hi95"]].to_numpy()
    assert (np.diff(limits, axis=1) >= 0).all()


def test_calibration_on_one_year_gives_consistent_rows(case):
    rows, exceed = year_totals.calibration(case["y"], [2015], Mirror(case["annual"], case["figures"]), ["theta"],
                                           months=[3, 11], n_paths=200)
    assert len(rows) == 4 and len(exceed) == 4 * len(year_totals.GRID)
    falling = exceed.groupby(["side", "origin_month"])["p_exceed"].apply(lambda p: (p.diff().dropna() <= 0).all())
    assert falling.all()
    width = (rows["hi95"] - rows["lo95"]).where(rows["side"] == "own").dropna()
    assert width.iloc[0] > width.iloc[1]


@pytest.mark.parametrize("origin", ["2021-12", "2024-03", "2005-06"])
def test_an_origin_must_leave_part_of_a_year_in_the_series(case, origin):
    with pytest.raises(TradeDataError):
        year_totals.rest_of_year(case["y"], origin)
