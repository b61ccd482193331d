"""Loading: known answers, identities, and one clear error for each kind of damage."""

import shutil

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib import TradeDataError, load, series, tables
from trade_lib.data.tables import data_dir, flow_schema, package, read_table


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the data folder, of the few tables that are damaged here, that the loader uses."""
    copy = tmp_path / "data"
    (copy / "tables").mkdir(parents=True)
    for name in ("datapackage.json", "tables/areas.csv", "tables/new_year_dates.csv", "tables/flows_monthly.parquet"):
        shutil.copy(data_dir() / name, copy / name)
    monkeypatch.setenv("TRADE_LIB_DATA", str(copy))
    return copy


# Known answers


def test_russian_customs_known_sums():
    trade = series("RUS", "CHN")
    assert trade["2021"].sum() == pytest.approx(141.60e9, rel=1e-4)
    assert trade["2021-01":"2021-11"].sum() == pytest.approx(126.596e9, rel=1e-5)
    growth = trade["2021-01":"2021-11"].sum() / trade["2020-01":"2020-11"].sum() - 1
    assert round(100 * growth, 1) == 35.6
    assert len(trade) == 192
    assert trade.name == "RUS-CHN total"


def test_korean_columns_are_equal_in_common_months():
    ours = series("KOR", "CHN", "export", source="KR_KOSIS")
    theirs = series("KOR", "CHN", "export", source="KR_CUSTOMS_LOC")
    common = ours.index.intersection(theirs.index)
    assert len(common) == 228
    assert np.array_equal(ours[common], theirs[common])


def test_chinas_headline_levels_of_2021_are_the_revised_ones():
    world = series("CHN", "WORLD", source="GACC_HGJCK", start="2021-01", end="2021-11").sum()
    assert world == pytest.approx(5457.8e9, abs=0.1e9)
    printed = load("customs_releases")
    first = printed[(printed["partner"] == "WORLD") & (printed["flow"] == "total") & (printed["unit"] == "USD")
                    & (printed["basis"] == "ytd") & (printed["period_end"] == "2021-11")]["value"].dropna()
    assert (first - 5471e9).abs().min() <= 1e9


def test_comtrade_imports_run_above_customs_value_because_they_are_cif():
    cif = series("USA", "CHN", "import", source="US_COMTRADE_M", start="2010-01", end="2019-12").sum()
    fob = series("USA", "CHN", "import", source="FRED_IMPCH_2026", start="2010-01", end="2019-12").sum()
    assert 1.02 < cif / fob < 1.08


def test_two_vintages_of_one_series_nearly_agree_and_are_apart():
    old = series("USA", "CHN", "import", source="FRED_IMPCH_2019", end="2018-12")
    new = series("USA", "CHN", "import", source="FRED_IMPCH_2026", end="2018-12")
    assert (old / new - 1).abs().max() < 0.02
    assert not old.equals(new)


def test_first_release_growth_of_january_and_february_is_year_to_date():
    growth = load("growth_printed")
    march = growth[growth["announced"].eq("2021-03-07") & growth["flow"].eq("export")].iloc[0]
    assert (march["basis"], str(march["period_start"]), str(march["period_end"]), march["pct"]) == (
        "ytd", "2021-01", "2021-02", 60.6)
    february = growth[growth["announced"].eq("2019-03-08") & growth["flow"].eq("export")].iloc[0]
    assert (february["basis"], str(february["period_start"]), february["pct"]) == ("month", "2019-02", -20.7)


def test_first_release_and_table_growth_are_vintages_apart():
    growth = load("growth_printed").query("flow == 'export' and measure == 'yoy' and basis == 'month'")
    november = growth[growth["period_end"] == "2021-11"].set_index("source")["pct"]
    assert november["JIN10_YOY"] == 22.0
    assert november["GACC_HGJCK"] == pytest.approx(21.7, abs=0.05)


def test_month_on_month_growth_printed_follows_from_the_levels():
    growth = load("growth_printed").query("measure == 'mom' and source == 'GACC_HGJCK' and flow == 'import'")
    levels = series("CHN", "WORLD", "import", source="GACC_HGJCK")
    computed = (100 * levels.pct_change()).dropna()
    printed = growth.set_index("period_end")["pct"][computed.index]
    assert (printed - computed).abs().max() < 1e-6


def test_singapores_regions_add_up_to_the_world():
    flows = load("flows_monthly")
    regions = ["AFRICA", "AMERICA", "ASIA", "EUROPE", "OCEANIA"]
    held = flows[(flows["source"] == "SG_SINGSTAT") & flows["partner"].isin([*regions, "WORLD"])]
    wide = held.pivot_table(index=["flow", "period"], columns="partner", values="value")
    assert (wide[regions].sum(axis=1) / wide["WORLD"] - 1).abs().max() < 1e-3


def test_exports_and_imports_make_totals_in_the_official_figures_as_the_audit_says():
    value = load("official_figures").set_index("id")["value"]
    audit = load("official_audit").query("check == 'exports+imports=total'")
    for ids, expected, found, tolerance, result in audit[
            ["ids", "expected", "found", "tolerance", "result"]].itertuples(index=False):
        total, first, second = (value[figure] for figure in ids.split())
        assert first + second == pytest.approx(expected, abs=0.006)
        assert total == pytest.approx(found, abs=0.006)
        assert (abs(total - first - second) <= tolerance + 1e-9) == (result == "pass")


def test_exchange_rates_are_currency_per_dollar():
    year = load("prices_monthly").set_index("month").loc["2021"].mean()
    assert year["cny_per_usd"] == pytest.approx(6.45, abs=0.02)
    assert year["eur_per_usd"] == pytest.approx(1 / 1.183, abs=0.01)
    assert year["brent_usd_per_barrel"] == pytest.approx(70.8, abs=0.5)


def test_mirror_of_annual_trade_is_near_chinas_side():
    china = series("CHN", "RUS", table="flows_annual_china", source="DOTS_ANNUAL_SAM")["2020"]
    russia = series("RUS", "CHN", table="flows_annual_china", source="COMTRADE_CN")["2020"]
    assert china == pytest.approx(107.8e9, rel=0.01)
    assert russia == pytest.approx(104.2e9, rel=0.01)


# New Year dates, computed anew (J. Meeus, Astronomical Algorithms, ch. 25 and 49)

DELTA_T = 65 / 86400  # days by which dynamical time runs ahead of clocks, 1985 to 2035, within 15 s
CHINA = 8 / 24


def _sin(degrees):
    return np.sin(np.radians(degrees))


def _new_moon(k):
    """Julian day (dynamical time) of new moon number k, to about a minute."""
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    m = 2.5534 + 29.10535670 * k - 0.0000014 * t * t
    n = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t * t
    day = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    terms = [(-0.40720, n), (0.17241 * e, m), (0.01608, 2 * n), (0.01039, 2 * f), (0.00739 * e, n - m),
             (-0.00514 * e, n + m), (0.00208 * e * e, 2 * m), (-0.00111, n - 2 * f), (-0.00057, n + 2 * f),
             (0.00056 * e, 2 * n + m), (-0.00042, 3 * n), (0.00042 * e, m + 2 * f), (0.00038 * e, m - 2 * f),
             (-0.00024 * e, 2 * n - m), (-0.00017, node), (-0.00007, n + 2 * m), (0.000325, 299.77 + 0.107408 * k),
             (0.000165, 251.88 + 0.016321 * k), (0.000164, 251.83 + 26.651886 * k), (0.000126, 349.42 + 36.412478 * k),
             (0.00011, 84.66 + 18.206239 * k)]
    return day + sum(size * _sin(angle) for size, angle in terms)


def _solar_longitude(day):
    """Apparent longitude of the sun in degrees, to about 0.01."""
    t = (day - 2451545.0) / 36525
    m = 357.52911 + 35999.05029 * t
    centre = (1.914602 - 0.004817 * t) * _sin(m) + (0.019993 - 0.000101 * t) * _sin(2 * m) + 0.000289 * _sin(3 * m)
    return (280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * _sin(125.04 - 1934.136 * t)) % 360


def _chinese_day(day):
    """Number of the day in China on which an instant (dynamical time) falls."""
    return int(np.floor(day - DELTA_T + CHINA + 0.5))


def _new_year(year):
    """Day 1 of the lunar year: months are numbered from the one with the winter solstice, leap months skipped."""
    def winter_month(y):
        solstice = pd.Timestamp(y, 12, 21).to_julian_date()
        for _ in range(5):
            solstice += (270 - _solar_longitude(solstice)) * 365.2422 / 360
        k = round((solstice - 2451550.1) / 29.530588861) + 2
        while _chinese_day(_new_moon(k)) > _chinese_day(solstice):
            k -= 1
        return k

    first, last = winter_month(year - 1), winter_month(year)
    starts = [_chinese_day(_new_moon(k)) for k in range(first, last + 1)]
    # The sun's sign at the start of the first and last day of a month: no change, no major term.
    signs = [int(_solar_longitude(day - 0.5 - CHINA + DELTA_T) // 30) for day in starts]
    leap = None
    if len(starts) == 14:
        leap = next(i for i in range(1, 13) if signs[i] == signs[i + 1])
    day = starts[3] if leap in (1, 2) else starts[2]
    return pd.Timestamp(day - 2440588, unit="D")


@pytest.mark.parametrize("year", range(1985, 2036))
def test_new_year_dates_follow_from_moon_and_sun(year):
    dates = load("new_year_dates").set_index("year")["date"]
    assert dates[year] == _new_year(year)


def test_new_year_known_public_dates():
    dates = load("new_year_dates").set_index("year")["date"].dt.strftime("%m-%d")
    known = {1985: "02-20", 2000: "02-05", 2007: "02-18", 2020: "01-25", 2021: "02-12", 2024: "02-10", 2034: "02-19"}
    assert {year: dates[year] for year in known} == known


# The loader


@pytest.mark.parametrize("item", package()["resources"], ids=lambda item: item["name"])
def test_every_table_loads_with_its_types(item):
    kinds = {"number": "f", "string": "O", "yearmonth": "O", "date": "M", "year": "i", "integer": "i", "boolean": "b"}
    frame = load(item["name"])
    assert len(frame) == item["rows"] > 0
    for field in item["schema"]["fields"]:
        assert frame[field["name"]].dtype.kind == kinds[field["type"]]
        if field["type"] == "yearmonth":
            assert frame[field["name"]].dtype == "period[M]"
    assert not frame.duplicated(item["schema"]["primaryKey"]).any()


def test_load_returns_a_copy():
    frame = load("new_year_dates")
    frame.loc[0, "year"] = 1
    assert load("new_year_dates").loc[0, "year"] == 1985


def test_tables_lists_what_load_takes():
    listed = tables()
    assert listed.columns.tolist() == ["name", "rows", "title", "vintage", "path"]
    assert {"flows_monthly", "official_figures", "customs_releases", "growth_printed"} <= set(listed["name"])


def test_unknown_table_names_the_close_ones():
    with pytest.raises(TradeDataError, match="flows_monthly"):
        load("flow_monthly")


def test_missing_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TRADE_LIB_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(TradeDataError, match="data folder not found.*TRADE_LIB_DATA"):
        load("areas")


def test_total_needs_both_flows():
    flows = load("flows_monthly")
    one = flows[flows["reporter"].eq("RUS") & flows["partner"].eq("CHN")]
    holed = one[~(one["flow"].eq("import") & one["period"].eq("2021-05"))]
    total = series("RUS", "CHN", table=holed)
    assert pd.Period("2021-05", "M") not in total.index
    assert len(total) == 191


@pytest.mark.parametrize(("arguments", "message"), [
    ({"reporter": "USA", "partner": "CHN"}, "several sources.*US_CENSUS_C5700, US_COMTRADE_M"),
    ({"reporter": "RUS", "partner": "ZMB"}, "no such flow.*a partner of RUS"),
    ({"reporter": "ZMB", "partner": "CHN"}, "no such flow.*a reporter among"),
    ({"reporter": "KOR", "partner": "ASEAN"}, "no one source holds the total"),
    ({"reporter": "RUS", "partner": "CHN", "source": "KR_KOSIS"}, "does not hold this flow.*RU_FCS_96STRAN"),
    ({"reporter": "RUS", "partner": "CHN", "flow": "both"}, "unknown flow"),
    ({"reporter": "RUS", "partner": "CHN", "start": "2022-01"}, "no period.*2006-01..2021-12"),
    ({"reporter": "RUS", "partner": "CHN", "table": "areas"}, "not a table in the long flow schema"),
])
def test_series_says_what_is_wrong(arguments, message):
    with pytest.raises(TradeDataError, match=message):
        series(**arguments)


def _rewrite(folder, name, change):
    path = folder / "tables" / f"{name}.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize(("change", "message"), [
    (lambda text: text.replace("1990,1990-01-27", "1990,1990-02-30"), "row 5, column 'date'.*no such day"),
    (lambda text: text.replace("1990,1990-01-27", "199x,1990-01-27"), "row 5, column 'year'.*year.*'199x'"),
    (lambda text: text.replace("1990,", "1989,"), "repeated key.*year=1989"),
    (lambda text: text.replace("year,date", "year,day"), "column 'date': column missing"),
    (lambda text: text.replace("\n", ",x\n"), "column 'x': column not in the schema"),
    (lambda text: text[:text.index("1990")], "wrong number of rows: .*got 5; expected 51 rows"),
    (lambda text: text[:text.index("1990") + 8], "row 5: row is cut short: got '1990,199'; expected 3 cells"),
    (lambda text: text.replace("1990,1990-01-27", "1990,1990-01-27,4,9"), "row 5: row has too many cells"),
    (lambda text: text.replace("1990,", '1990,"'), "row is cut short"),
    (lambda text: text.replace("1990-01-27", ""), "row 5, column 'date': cell is empty"),
    (lambda text: "", "cannot be read"),
])
def test_damaged_csv_gives_one_clear_error(folder, change, message):
    _rewrite(folder, "new_year_dates", change)
    with pytest.raises(TradeDataError, match=message):
        load("new_year_dates")


@pytest.mark.parametrize("keep", [0, 3, 1000, 100_000, -1])
def test_truncated_parquet_gives_one_clear_error(folder, keep):
    path = folder / "tables" / "flows_monthly.parquet"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(TradeDataError, match="flows_monthly.parquet: cannot be read, truncated or corrupt"):
        load("flows_monthly")


def test_parquet_column_of_another_type(folder):
    path = folder / "tables" / "flows_monthly.parquet"
    frame = pd.read_parquet(path)
    frame.assign(value=frame["value"].astype(str).replace("1197010990.0", "n/a")).to_parquet(path, index=False)
    with pytest.raises(TradeDataError, match="column 'value': not a number: got 'n/a'"):
        load("flows_monthly")
    frame.assign(period=2021).to_parquet(path, index=False)
    with pytest.raises(TradeDataError, match="column 'period': column has the wrong type"):
        load("flows_monthly")


# A user's own file


@pytest.fixture
def mine(tmp_path):
    """A user's table (Russia with China, 2020-21) and a writer of changed versions of it."""
    flows = load("flows_monthly")
    chosen = flows["reporter"].eq("RUS") & flows["partner"].eq("CHN") & flows["period"].ge("2020-01")
    frame = flows[chosen].reset_index(drop=True)
    frame["period"] = frame["period"].astype(str)

    def write(change=lambda frame: frame, name="mine.csv"):
        path = tmp_path / name
        changed = change(frame.copy())
        if path.suffix == ".csv":
            changed.to_csv(path, index=False)
        else:
            changed.to_parquet(path, index=False)
        return path

    return write


@pytest.mark.parametrize("name", ["mine.csv", "mine.parquet"])
def test_users_table_reads_back(mine, name):
    frame = read_table(mine(name=name))
    ours = series("RUS", "CHN", start="2020-01")
    pd.testing.assert_series_equal(series("RUS", "CHN", table=frame), ours)


def _cell(row, column, value):
    def change(frame):
        frame[column] = frame[column].astype(object)
        frame.loc[row, column] = value
        return frame
    return change


@pytest.mark.parametrize(("change", "message"), [
    (_cell(7, "value", -5.0), "row 7, column 'value': negative value: got '?-5.0'?; expected >= 0"),
    (_cell(7, "value", "n.a."), "row 7, column 'value': not a number: got 'n.a.'"),
    (_cell(7, "value", None), "row 7, column 'value': cell is empty"),
    (_cell(7, "value", "inf"), "row 7, column 'value': not a number: got 'inf'"),
    (_cell(7, "value", 4100.0), "row 7, column 'value': value is far from the rest of its series"),
    (_cell(7, "partner", "CHINA"), "row 7, column 'partner': unknown area code: got 'CHINA'"),
    (_cell(7, "period", "2020-13"), "row 7, column 'period': not a valid month: got '2020-13'"),
    (_cell(7, "flow", "exports"), "row 7, column 'flow': not an allowed value"),
    (_cell(7, "unit", "XAU"), "row 7, column 'unit': unit without a plausible band"),
    (lambda f: f.assign(value=f["value"] / 1e6), "too small: values in millions or thousands"),
    (lambda f: f.assign(value=f["value"] * 1e3), "too large"),
    (lambda f: f.drop(index=7), "missing in the series.*expected 2020-08 before it"),
    (lambda f: pd.concat([f, f.loc[[7]]]), "row 48, .*1 repeated key"),
    (lambda f: f.drop(columns="unit"), "column 'unit': column missing"),
    (lambda f: f.assign(extra=1), "column 'extra': column not in the schema"),
    (lambda f: f.iloc[:0], "table has no rows"),
])
def test_users_table_gives_one_clear_error(mine, change, message):
    with pytest.raises(TradeDataError, match=message) as caught:
        read_table(mine(change))
    assert str(caught.value).startswith("mine.csv")
    assert "\n" not in str(caught.value)


def test_users_annual_table(mine):
    def yearly(frame):
        frame["period"] = frame["period"].str[:4]
        keys = ["source", "reporter", "partner", "flow", "period", "unit"]
        return frame.groupby(keys, as_index=False)["value"].sum()

    frame = read_table(mine(yearly))
    assert series("RUS", "CHN", table=frame)["2021"] == pytest.approx(141.6e9, rel=1e-3)


def test_missing_user_file_and_unknown_format(tmp_path):
    with pytest.raises(TradeDataError, match="no such file"):
        read_table(tmp_path / "no.csv")
    (tmp_path / "no.xlsx").write_bytes(b"PK")
    with pytest.raises(TradeDataError, match="not a kind of file that can be read"):
        read_table(tmp_path / "no.xlsx")


@settings(max_examples=25, deadline=None)
@given(values=st.lists(st.floats(1e9, 1e10), min_size=2, max_size=40), data=st.data())
def test_any_table_with_a_hole_is_refused_and_without_is_read(tmp_path_factory, values, data):
    months = pd.period_range("2000-01", periods=len(values), freq="M").astype(str)
    frame = pd.DataFrame({"source": "MINE", "reporter": "DEU", "partner": "CHN", "flow": "export", "period": months,
                          "value": values, "unit": "USD"})
    path = tmp_path_factory.mktemp("any") / "any.csv"
    frame.to_csv(path, index=False)
    assert read_table(path)["value"].tolist() == values
    if len(values) > 2:
        hole = data.draw(st.integers(1, len(values) - 2))
        frame.drop(index=hole).to_csv(path, index=False)
        with pytest.raises(TradeDataError, match=f"expected {months[hole]} before it"):
            read_table(path)


def test_flow_tables_shipped_keep_the_long_schema():
    for name, annual in (("flows_monthly", False), ("flows_annual_china", True)):
        item = next(item for item in package()["resources"] if item["name"] == name)
        assert [f["name"] for f in item["schema"]["fields"]] == [f["name"] for f in flow_schema(annual)[0]["fields"]]
        assert item["schema"]["primaryKey"] == flow_schema(annual)[0]["primaryKey"]
