"""Both sides of what decides in the data: limits, defaults, scales, and what a reader takes for what."""

import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.data import attributes, downloads, periods, ranges, releases, series_io, tables, validate


def flows(value, unit="USD", n=36, **changes):
    months = pd.period_range("2019-01", periods=n, freq="M")
    return pd.DataFrame({"source": "A", "reporter": "LAO", "partner": "KHM", "flow": "export", "period": months,
                         "value": value, "unit": unit}).assign(**changes)


def plausible(frame, annual=False):
    ranges.check_plausible(frame, tables.flow_schema(annual)[1], "file")


@pytest.mark.parametrize("unit", tables.FLOW_BANDS)
@pytest.mark.parametrize("annual", [False, True])
def test_the_largest_value_of_a_unit_lies_between_its_limits(unit, annual):
    low, high = (limit * (10 if annual else 1) for limit in tables.FLOW_BANDS[unit])
    for value in (low, high):
        plausible(flows(value, unit, 1), annual)
    for value, said in ((low * 0.99, "too small"), (high * 1.01, "too large")):
        with pytest.raises(TradeDataError, match=said):
            plausible(flows(value, unit, 1), annual)


def test_one_cell_may_lie_a_stated_factor_from_its_series():
    limit = tables.flow_schema()[1]["ratio"]["limit"]
    plausible(flows([1e9] * 35 + [1e9 / limit * 1.01]))
    with pytest.raises(TradeDataError, match="another unit"):
        plausible(flows([1e9] * 35 + [1e9 / limit * 0.99]))


@pytest.mark.parametrize("lowest, said", [(0, "value missing or negative"), (1, "value missing:|value too low")])
def test_what_is_missing_or_too_low_is_said(lowest, said):
    assert validate.numbers(pd.Series([1.0]), lowest=lowest).tolist() == [1.0]
    for bad in ([None, 1.0], [lowest - 0.5]):
        with pytest.raises(TradeDataError, match=said):
            validate.numbers(pd.Series(bad, dtype=float), "x", lowest=lowest)


@pytest.mark.parametrize("above, lowest, value, good", [
    (0, -1e9, 0, False), (0, -1e9, 1e-9, True), (-1e9, 2, 2, True), (-1e9, 2, 1.99, False)])
def test_a_number_lies_above_or_at_least_at_its_limit(above, lowest, value, good):
    if good:
        assert validate.number(value, "x", above=above, lowest=lowest) == value
    else:
        with pytest.raises(TradeDataError):
            validate.number(value, "x", above=above, lowest=lowest)


def test_a_source_without_an_end_is_complete_for_ever():
    ends = {source: attributes.attributes(source)["complete_to"] for source in ("RU_FCS_96STRAN", "IMF_IMTS")}
    assert all(len(end) == 7 for end in ends.values()) and "9999-12" in ends.values()


@pytest.mark.parametrize("month, lag, day", [("2021-11", 9, "2021-12-09"), ("2021-12", 0, "2021-12-31"),
                                             ("2020-02", 1, "2020-03-01")])
def test_the_day_a_figure_is_public(month, lag, day):
    assert attributes.public_day(month, lag) == day


def test_releases_are_in_billions_with_the_step_of_their_last_digit():
    table = releases.release_table()
    row = table[(table["id"] == "GACC_TABLE2_2026") & table["partner"].eq("WORLD") & table["flow"].eq("export")
                & table["measure"].eq("value") & table["start"].eq("2026-06")].iloc[0]
    assert (row["value"], row["terms"], row["end"]) == (412.387125, "USD", "2026-06")
    assert row["step"] == pytest.approx(1e-6)


def test_rows_looked_up_are_those_of_the_table():
    for name, equal in (("flows_monthly", {"reporter": "KOR", "partner": "CHN"}), ("areas", {"code": ["CHN", "RUS"]})):
        whole = tables.load(name)
        wanted = pd.Series(True, whole.index)
        for column, values in equal.items():
            wanted &= whole[column].isin(values if isinstance(values, list) else [values])
        assert len(tables.rows_of(name, **equal)) == wanted.sum() > 0


def test_a_series_is_named_by_pair_flow_unit_and_source(tmp_path):
    flows(1e9).assign(period=lambda t: t["period"].astype(str)).to_csv(tmp_path / "mine.csv", index=False)
    frame, _ = series_io.read_flows(tmp_path / "mine.csv")
    assert frame["series"].unique().tolist() == ["LAO-KHM export, USD (A)"]
    flows(1e9, n=1, period="2019").to_csv(tmp_path / "years.csv", index=False)
    with pytest.raises(TradeDataError, match="years, not months"):
        series_io.read_flows(tmp_path / "years.csv")


@pytest.mark.parametrize("country, good", [("A,A", True), ("A,B", False)])
def test_two_columns_of_numbers_are_two_series_where_nothing_else_tells_rows_apart(tmp_path, country, good):
    first, second = country.split(",")
    (tmp_path / "a.csv").write_text(f"month,country,trade,duties\n2016-01,{first},1,2\n2016-02,{second},3,4\n")
    if good:
        assert downloads.read_download(tmp_path / "a.csv").table["series"].nunique() == 2
    else:
        with pytest.raises(TradeDataError, match="--value"):
            downloads.read_download(tmp_path / "a.csv")


@pytest.mark.parametrize("text, period", [
    ("Jan-50", "2050-01"), ("Jan-51", "1951-01"), ("2026-12", "2026-12"), ("2026-13", None), ("1699-01", None),
    ("1700-01", "1700-01"), ("2199-12", "2199-12"), ("2200-01", None), ("2026-Q4", "2026-Q4"), ("2026-Q5", None),
    ("20261231", None), ("2026/4", "2026-04"), ("April 2026", "2026-04"), ("", None), ("2026-A1", "2026")])
def test_what_is_a_period(text, period):
    assert periods.period_text(text) == period


@pytest.mark.parametrize("texts, read", [
    (["31/01/2016", "29/02/2016"], "2016-02"), (["01/31/2016", "02/29/2016"], "2016-02"),
    (["2016-01-01", "2016-02-01"], "2016-02"), (["2016-01-31", "2016-02-28"], None), (["2016-01-02"], None)])
def test_a_day_is_a_month_where_it_is_its_first_or_last(texts, read):
    if read:
        assert str(periods.read_periods(pd.Series(texts), None, "file")[0].iloc[-1]) == read
    else:
        with pytest.raises(TradeDataError, match="days, not months"):
            periods.read_periods(pd.Series(texts), None, "file")


@pytest.mark.parametrize("value, month", [("2021-11", "2021-11"), (pd.Timestamp("2021-11-30"), "2021-11"),
                                          (pd.Period("2021-11", "M"), "2021-11"), (pd.Period("2021", "Y"), None),
                                          (pd.NaT, None), (None, None), (202111, None), ("2021-11-01", None)])
def test_what_is_a_month(value, month):
    if month:
        assert str(validate.month(value)) == month
    else:
        with pytest.raises(TradeDataError, match="not a month"):
            validate.month(value)
