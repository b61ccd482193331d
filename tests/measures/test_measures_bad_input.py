"""Every public measure refuses what cannot be right, with one clear error: each function, each kind of bad input."""

import inspect

import numpy as np
import pandas as pd
import pytest

from trade_lib import TradeDataError, valuechain
from trade_lib.data import areas as groups
from trade_lib.data import validate
from trade_lib.measures import growth, mirror, prices, product_codes, products, services, shocks
from trade_lib.valuechain import wiod_tables as wiod

MEASURES = {"validate": validate, "growth": growth, "mirror": mirror, "prices": prices, "shocks": shocks,
            "services": services, "products": products, "product_codes": product_codes, "valuechain": valuechain,
            "wiod": wiod}
MONTHS = pd.period_range("2019-01", periods=36, freq="M")
GOOD = pd.Series(range(100, 136), MONTHS, dtype=float, name="flow")
LONG = pd.Series(1.0, pd.period_range("2009-01", periods=120, freq="M"))
PARTS = pd.Series({"26": 50.0, "09": 10.0})
MARKS = pd.Series({"26": "yes", "09": "no"})
YEAR = ("2020-01", "2020-12")
TABLE = valuechain.icio([[2.0, 1.0], [1.0, 3.0]], [[6.0, 1.0], [2.0, 4.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
SELF_FED = valuechain.icio([[10.0, 0.0], [0.0, 5.0]], [[0.0, 0.0], [0.0, 5.0]], [10.0, 10.0], ["CHN", "RUS"], ["all"])
CHANGED = wiod.yearly().query("year > 1995 or origin != 'DEU'")
FRAME = pd.DataFrame({"a": [1.0, 2.0, 0.0], "b": [1.0, np.nan, 1.0]}, index=[2000, 2001, 2002])


def with_value(value, where="2020-06", series=GOOD):
    changed = series.astype(object) if isinstance(value, str) else series.copy()
    changed[where] = value
    return changed


# What a monthly series can have wrong, and the words that say so.
SERIES = {
    "a value missing": (with_value(np.nan), "row 2020-06: value missing"),
    "an infinite value": (with_value(np.inf), "row 2020-06: value infinite"),
    "text": (with_value("n.a."), "row 2020-06: not a number: got 'n.a.'"),
    "a month twice": (pd.concat([GOOD, GOOD.iloc[:1]]), "row 2019-01: month given twice"),
    "a month missing": (GOOD.drop(pd.Period("2020-06", "M")), "row 2020-06: month missing"),
    "nothing in it": (GOOD.iloc[:0], "no values|month missing"),
    "quarters": (pd.Series(1.0, pd.period_range("2019Q1", periods=12, freq="Q")), "not a monthly series"),
    "dates": (GOOD.to_timestamp(), "not a monthly series"),
    "no series": ([1.0] * 36, "not a series: got 'list'"),
}
BY_MONTH = {
    "growth.yoy": growth.yoy,
    "growth.window_sum": lambda y: growth.window_sum(y, *YEAR),
    "growth.window_growth": lambda y: growth.window_growth(y, *YEAR),
    "prices.price_relative": lambda y: prices.price_relative(y, *YEAR),
    "prices.in_other_currency": lambda y: prices.in_other_currency(GOOD, y),
    "shocks.against_base_year": lambda y: shocks.against_base_year(y, 2020),
    "shocks.fall_and_recovery": lambda y: shocks.fall_and_recovery(y, *YEAR),
    "shocks.volatility": lambda y: shocks.volatility(y, *YEAR),
    "shocks.event_gap": lambda y: shocks.event_gap(y, GOOD, "2020-05", 6),
    "shocks.event_gap, control": lambda y: shocks.event_gap(GOOD, y, "2020-05", 6),
    "shocks.placebo_gaps": lambda y: shocks.placebo_gaps(y, GOOD, "2020-05", 6),
    "shocks.placebo_gaps, control": lambda y: shocks.placebo_gaps(GOOD, y, "2020-05", 6),
}
NEED_A_BASE = sorted(BY_MONTH.keys() - {"growth.yoy", "growth.window_sum", "shocks.fall_and_recovery"})


@pytest.mark.parametrize("fault", SERIES)
@pytest.mark.parametrize("name", BY_MONTH)
def test_a_bad_monthly_series(name, fault):
    series, words = SERIES[fault]
    with pytest.raises(TradeDataError, match=words):
        BY_MONTH[name](series)


@pytest.mark.parametrize("name", NEED_A_BASE)
def test_growth_from_nothing(name):
    with pytest.raises(TradeDataError, match="above zero|finite number above 0|exceed the total|too few months"):
        BY_MONTH[name](GOOD * 0)


@pytest.mark.parametrize("name", sorted(BY_MONTH.keys() - {"growth.window_sum"}))
def test_a_negative_flow(name):
    with pytest.raises(TradeDataError, match="row 2020-06: (value missing or negative|no base to grow from): got -5.0"):
        BY_MONTH[name](with_value(-5.0))


WINDOWS = {"backwards": ("2020-12", "2020-01"), "nonsense": ("soon", "2020-12"), "month 13": ("2020-01", "2020-13"),
           "nothing": (None, None), "outside": ("2030-01", "2030-12")}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("call", [
    growth.window_sum, growth.window_growth, prices.price_relative, shocks.fall_and_recovery, shocks.volatility])
def test_a_window_that_is_none(call, window):
    with pytest.raises(TradeDataError):
        call(GOOD, *window)


# Other calls: what is wrong, and the words that say so.
CALLS = {
    "growth.yoy": (lambda: growth.yoy(GOOD, years=0), "column 'years'"),
    "growth.annualised": (lambda: growth.annualised(-150, 2), "at least -100"),
    "growth.annualised, years": (lambda: growth.annualised(10, 0), "column 'years'"),
    "growth.base_effect": (lambda: growth.base_effect(np.nan, 10), "growth_pct"),
    "growth.contributions": (lambda: growth.contributions(PARTS, PARTS.drop("09")), "the same members in both"),
    "growth.contributions, base": (lambda: growth.contributions(PARTS, PARTS * 0), "sum of the base"),
    "growth.contributions, NaN": (lambda: growth.contributions(PARTS * np.nan, PARTS), "value missing"),
    "prices.in_other_currency": (lambda: prices.in_other_currency(GOOD, GOOD, lag=1), "no exchange rate"),
    "prices.price_part": (lambda: prices.price_part(130, 100, 2.0, 1.3), "out of range: got 1.3; expected 0 to 1"),
    "prices.price_part, base": (lambda: prices.price_part(130, 0, 2.0, 0.3), "value_base"),
    "prices.price_part, price": (lambda: prices.price_part(130, 100, np.nan, 0.3), "price_relative"),
    "prices.deflate": (lambda: prices.deflate(GOOD, GOOD, 1900), "no price index for the base"),
    "prices.deflate, index": (lambda: prices.deflate(GOOD, with_value(np.nan), 2019), "price index, row 2020-06"),
    "mirror.mirror_gap": (lambda: mirror.mirror_gap(GOOD, GOOD * 0), "export side, row 2019-01: no base"),
    "mirror.mirror_gap, NaN": (lambda: mirror.mirror_gap(with_value(np.nan), GOOD), "import side, row 2020-06"),
    "mirror.implied_base": (lambda: mirror.implied_base(np.nan, 10), "column 'level'"),
    "shocks.against_base_year": (lambda: shocks.against_base_year(GOOD, "soon"), "not a month"),
    "shocks.fall_and_recovery": (lambda: shocks.fall_and_recovery(GOOD, *YEAR, hold=0), "hold"),
    "shocks.wilson": (lambda: shocks.wilson(11, 10), "not a share"),
    "shocks.wilson, NaN": (lambda: shocks.wilson(np.nan, 10), "successes"),
    "shocks.event_gap": (lambda: shocks.event_gap(GOOD, GOOD, "2020-06", 0), "column 'span'"),
    "shocks.placebo_gaps": (lambda: shocks.placebo_gaps(LONG, LONG[:0], "2015-01", 6), "no values"),
    "shocks.placebo_gaps, apart": (lambda: shocks.placebo_gaps(LONG, GOOD, "2015-01", 6), "share no month"),
    "product_codes.classes": (lambda: product_codes.classes("HS3"), "no such classification"),
    "product_codes.classify": (lambda: product_codes.classify(["260"], "HS2"), "unknown product code: got '260'"),
    "product_codes.classify, text": (lambda: product_codes.classify("26", "HS2"), "not a list of product codes"),
    "product_codes.classify, attribute": (lambda: product_codes.classify(["26"], "HS2", "colour"), "no such attribute"),
    "product_codes.classify, empty": (lambda: product_codes.classify([], "HS2"), "no product codes"),
    "products.bounds_change": (lambda: products.bounds_change((0.1, np.nan), (0.2, 0.3)), "not bounds of a share"),
    "products.bounds_change, one": (lambda: products.bounds_change(0.1, (0.2, 0.3)), "not bounds of a share"),
    "products.revealed_advantage": (lambda: products.revealed_advantage(PARTS, PARTS.drop("09")), "products differ"),
    "products.shift_share": (lambda: products.shift_share(PARTS, PARTS, PARTS, PARTS.drop("09")), "products differ"),
    "services.by_partner": (lambda: services.by_partner("AFRICA"), "not the same in all years"),
    "services.by_partner, code": (lambda: services.by_partner(["RUS"]), "partner is not a code"),
    "services.by_partner, stranger": (lambda: services.by_partner("ASEAN", without=("FRA",)), "cannot be left out"),
    "services.by_partner, nobody": (lambda: services.by_partner("ASEAN", without=groups.members("ASEAN", 2019)),
                                    "cannot be left out"),
    "services.digital_share": (lambda: services.digital_share("ATLANTIS"), "no services trade"),
    "services.digital_total": (lambda: services.digital_total("CHN", "both"), "no digitally deliverable"),
    "services.growth": (lambda: services.growth(pd.Series({2019: 0.0, 2020: 1.0}), 2019, 2020), "column '2019'"),
    "services.growth, NaN": (lambda: services.growth(pd.Series({2019: np.nan, 2020: 1.0}), 2019, 2020), "missing"),
    "services.growth, order": (lambda: services.growth(pd.Series({2019: 1.0, 2020: 1.0}), 2020, 2019), "years between"),
    "valuechain.icio": (lambda: valuechain.icio([["a"]], [[1.0]], [1.0], ["CHN"], ["all"]), "not a table of numbers"),
    "valuechain.icio, empty": (lambda: valuechain.icio([], [], [], [], []), "wrong shape"),
    "valuechain.icio, no inverse": (lambda: valuechain.kww(SELF_FED), "no Leontief inverse"),
    "valuechain.borin_mancini": (lambda: valuechain.borin_mancini(TABLE, exporters=["USA"]), "not in the table"),
    "valuechain.borin_mancini, none": (lambda: valuechain.borin_mancini(TABLE, exporters=[]), "one or more"),
    "valuechain.aggregate": (lambda: valuechain.aggregate(TABLE, ["CHN"]), "a dict of label to group"),
    "valuechain.participation": (lambda: valuechain.participation("CHN"), "not a list of countries"),
    "valuechain.participation, none": (lambda: valuechain.participation([]), "not a list of countries"),
    "valuechain.value_added_share": (lambda: valuechain.value_added_share(["FRA"]), "country not in the table"),
    "valuechain.wiod": (lambda: valuechain.wiod("2011"), "no full table of this year"),
    "valuechain.small": (lambda: valuechain.small(TABLE), "label not in the table"),
    "wiod.two_way": (lambda: wiod.two_way(CHANGED, "CHN", "EU", ["exports"]),
                     "row 1995, column 'partner': members of EU are not the same in all years: got 'DEU'"),
    "wiod.two_way, column": (lambda: wiod.two_way(wiod.yearly(), "CHN", "RUS", ["weight"]), "column 'weight'"),
    "wiod.two_way, itself": (lambda: wiod.two_way(wiod.yearly(), "CHN", "CHN", ["exports"]), "no trade with itself"),
    "wiod.yearly": (lambda: wiod.yearly(FRAME), "column missing from the table of pairs"),
    "wiod.from_sales": (lambda: wiod.from_sales(FRAME), "column missing from the sales"),
    "validate.number": (lambda: validate.number("x", "n", above=0), "a finite number above 0"),
    "validate.numbers": (lambda: validate.numbers(pd.Series([1.0, 2.0], ["a", "a"])), "row a: label given twice"),
    "validate.monthly": (lambda: validate.monthly(None), "not a series"),
    "validate.by_month": (lambda: validate.by_month(pd.Series([1.0])), "not a monthly series"),
    "validate.unbroken": (lambda: validate.unbroken(GOOD.drop(GOOD.index[1])), "month missing"),
    "validate.within": (lambda: validate.within(GOOD, "2018-12", "2019-02"), "row 2018-12: month missing"),
    "validate.month": (lambda: validate.month("2021-13"), "not a month: got '2021-13'"),
    "validate.window": (lambda: validate.window("2021-02", "2021-01"), "ends before it starts"),
    "validate.base": (lambda: validate.base(PARTS * 0), "row 26: no base to grow from"),
}


@pytest.mark.parametrize(("call", "words"), CALLS.values(), ids=CALLS)
def test_a_bad_call(call, words):
    with pytest.raises(TradeDataError, match=words):
        call()


OF_A_TABLE = sorted(set(valuechain.__all__) - {"Icio", "icio", "participation", "value_added_share", "wiod",
                                               "wiod_years"})


@pytest.mark.parametrize("name", OF_A_TABLE)
def test_what_is_no_input_output_table(name):
    with pytest.raises(TradeDataError, match="not an input-output table: got 'DataFrame'"):
        getattr(valuechain, name)(FRAME)


@pytest.mark.parametrize("name", ["kww", "wwz"])
def test_a_table_of_one_country_has_no_trade(name):
    with pytest.raises(TradeDataError, match="two or more countries"):
        getattr(valuechain, name)(valuechain.aggregate(TABLE, {"CHN": "all", "RUS": "all"}))


def test_every_public_measure_is_tried():
    tried = {key.partition(",")[0] for key in (*BY_MONTH, *CALLS)} | {f"valuechain.{name}" for name in OF_A_TABLE}
    public = {f"{place}.{name}" for place, module in MEASURES.items() for name, f in inspect.getmembers(module)
              if inspect.isfunction(f) and not name.startswith("_")
              and (name in getattr(module, "__all__", ()) or f.__module__ == module.__name__)}
    known = {name.partition(".")[2] for name in tried}
    without_input = {"services.items", "valuechain.wiod_years", "wiod.wiod_years", "wiod.members_in_table"}
    assert {name for name in public - without_input if name.partition(".")[2] not in known} == set()


def test_a_month_that_was_nothing_gives_no_growth():
    assert "2021-06" not in growth.yoy(with_value(0.0)).index.astype(str)
    assert len(growth.yoy(with_value(0.0))) == 23


def test_contributions_of_a_part_that_was_nothing():
    parts = growth.contributions(PARTS, pd.Series({"26": 50.0, "09": 0.0}))
    assert np.isnan(parts.loc["09", "growth_pct"]) and parts["points"].tolist() == [0.0, 20.0]
