"""Files in the layouts that publishers give them: what is understood, and what is asked instead of guessed."""

import pandas as pd
import pytest

from trade_lib import TradeDataError
from trade_lib.data.downloads import flow_of, read_download
from trade_lib.data.own_flows import read_own_flows, read_own_table
from trade_lib.data.periods import read_periods
from trade_lib.data.series_io import dated, dated_text, read_series

MONTHS = range(1, 13)
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FORMS = {
    "first days": "2016-{m:02d}-01", "slashes": "2016/{m:02d}", "points": "2016.{m:02d}", "digits": "2016{m:02d}",
    "M": "2016M{m:02d}", "-M": "2016-M{m:02d}", "Chinese": "2016年{m:02d}月", "short Chinese": "2016年{m}月",
    "month first": "{m:02d}/2016", "first of the month, Europe": "01/{m:02d}/2016",
    "first of the month, US": "{m:02d}/01/2016", "time stamp": "2016-{m:02d}-01T00:00:00+00:00",
    "eight digits": "2016{m:02d}01",
    "zero dropped": "2016.{m}",
}


def written(folder, text, name="file.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def months(form):
    return "".join(f"{form.format(m=m)},{100 + m}\n" for m in MONTHS)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_months_in_any_usual_form(tmp_path, form):
    download = read_download(written(tmp_path, "date,value\n" + months(form)))
    assert download.season == 12
    assert download.table["period"].tolist() == list(pd.period_range("2016-01", periods=12, freq="M"))
    assert download.table["value"].tolist() == [100 + m for m in MONTHS]


@pytest.mark.parametrize("form", ["{n}-2016", "{n} 2016", "2016 {n}", "{n}-16", "1 {n} 2016"])
def test_months_by_name(form):
    periods, season, _ = read_periods(pd.Series([form.format(n=n) for n in NAMES]), None, "file")
    assert season == 12 and periods.iloc[10] == pd.Period("2016-11", "M")


@pytest.mark.parametrize("texts, season, last", [
    (["2016Q1", "2016Q2", "2016Q3"], 4, "2016Q3"), (["Q1 2016", "Q2 2016"], 4, "2016Q2"),
    (["2016-01-01", "2016-04-01", "2016-07-01"], 4, "2016Q3"), (["2014", "2015"], 1, "2015"),
    (["1985-01-01", "1986-01-01"], 1, "1986"), (["2016-01-31", "2016-02-29"], 12, "2016-02"),
])
def test_quarters_years_and_last_days(texts, season, last):
    periods, found, _ = read_periods(pd.Series(texts), None, "file")
    assert found == season and str(periods.iloc[-1]) == last


def test_part_of_a_year_is_left_out_and_said():
    periods, season, words = read_periods(pd.Series(["2024", "2025", "2026 through January"]), None, "file")
    assert season == 1 and periods.isna().tolist() == [False, False, True] and "2026 through January" in words[0]


@pytest.mark.parametrize("texts, message", [
    (["2016-01-15", "2016-01-16"], "days, not months"), (["01/01/2016", "02/02/2016"], "days, not months"),
    (["2016-01", "soon"], "not a period"), (["2016-01", "2017"], "periods of several lengths"),
])
def test_what_is_no_month_is_refused(texts, message):
    with pytest.raises(TradeDataError, match=message):
        read_periods(pd.Series(texts), None, "file")


def test_day_and_month_are_asked_for():
    both = pd.Series(["01/01/2016", "31/12/2016".replace("31", "01").replace("12", "01")])
    with pytest.raises(TradeDataError, match="--month dmy or --month mdy"):
        read_periods(both.str.replace("2016", "2017").where([True, False], both), None, "file")
    assert str(read_periods(pd.Series(["01/02/2016", "01/03/2016"]), "dmy", "file")[0].iloc[0]) == "2016-02"


LAYOUTS = {  # text, encoding, (series, value of November 2016)
    "German": ("Monat;Ausfuhr in Tsd. €\n" + "".join(f"{m:02d}/2016;{1000 + m}.{m:03d},5\n" for m in MONTHS), "cp1252",
               ("Ausfuhr in Tsd. €", 1011011.5)),
    "customs in Chinese": ("月份,当月出口额-金额\n" + "".join(f"2016年{m:02d}月,{300 + m}\n" for m in MONTHS),
                           "gb18030",
                           ("当月出口额-金额", 311)),
    "thousands with blanks": ("month;exports\n" + "".join(f"2016-{m:02d};1 {m:03d} 500,25\n" for m in MONTHS), "utf-8",
                              ("exports", 1011500.25)),
    "a table by year and month": ("Year," + ",".join(NAMES) + "\n2015," + ",".join(map(str, range(12))) + "\n2016,"
                                  + ",".join(str(20 + n) for n in range(12)) + "\n", "utf-8", ("figure", 30)),
    "year and month apart": ("Year,Month,Exports\n" + "".join(f"2016,{m},{m * 10}\n" for m in MONTHS), "utf-8",
                             ("Exports", 110)),
    "months in the header": ("Country," + ",".join(f"2016-{m:02d}" for m in MONTHS) + "\nChina,"
                             + ",".join(str(1000 + m) for m in MONTHS) + "\nJapan," + ",".join("1" * 12) + "\n",
                             "utf-8", ("China", 1011)),
    "Eurostat": ("freq,unit,geo\\TIME_PERIOD\t" + "\t".join(f"2016-{m:02d} " for m in MONTHS) + "\nM,MIO,DE\t"
                 + "\t".join(f"{m}.5 p" for m in MONTHS) + "\nM,MIO,FR\t" + "\t".join([": @C"] * 11 + ["7 "]) + "\n",
                 "utf-8", ("DE", 11.5)),
    "heading lines, names quoted, a comma too many": (
        '"Imports by country"\n"Current date: 03/15/2026"\n"Country","Time","Customs Value ($US)",\n'
        + "".join(f'"China","{n} 2016","1,{m:03d},000",\n' for m, n in enumerate(NAMES, 1)), "utf-8",
        ("Customs Value ($US)", 1011000)),
    "Korean": ("기간,수출 금액\n" + "".join(f"2016.{m:02d},{m}\n" for m in MONTHS), "cp949", ("수출 금액", 11)),
    "Japanese": ("年月,国名,輸出額\n" + "".join(f"2016/{m:02d},中華人民共和国,{m}\n" for m in MONTHS), "cp932",
                 ("輸出額", 11)),
    "Russian": ("Период;Экспорт, млн\n" + "".join(f"{m:02d}.2016;{m},5\n" for m in MONTHS), "cp1251",
                ("Экспорт, млн", 11.5)),
    "Portuguese": ("Ano;Mês;Valor\n" + "".join(f"2016;{m:02d}. X;{m}\n" for m in MONTHS), "cp1252", ("Valor", 11)),
    "FRED": ("observation_date,IMPCH\n" + "".join(f"2016-{m:02d}-01,{m}.5\n" for m in MONTHS), "utf-8",
             ("IMPCH", 11.5)),
}


@pytest.mark.parametrize("text, encoding, expected", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(tmp_path, text, encoding, expected):
    table = read_download(written(tmp_path, text, encoding=encoding)).table
    series, value = expected
    one = table[(table["series"] == series) & (table["period"] == pd.Period("2016-11", "M"))]
    assert one["value"].tolist() == [value]


def test_lines_of_text_as_wide_as_the_table_are_left_out_and_said(tmp_path):
    text = "month,exports,imports\n2016-01,1,2\n2016-02,3,\nSource: customs,,\nTotal 2016,4,2\n"
    download = read_download(written(tmp_path, text))
    assert download.table["value"].tolist() == [1, 3, 2]
    assert any("Source: customs" in word for word in download.words)
    assert any("Total 2016" in word for word in download.words)


def test_a_spreadsheet(tmp_path):
    frame = pd.DataFrame({"Month": pd.date_range("2016-01-01", periods=12, freq="MS"), "Value": range(12)})
    frame.to_excel(tmp_path / "file.xlsx", index=False)
    assert read_download(tmp_path / "file.xlsx").table["value"].tolist() == list(range(12))


def test_a_marked_encoding(tmp_path):
    for encoding in ("utf-8-sig", "utf-16"):
        download = read_download(written(tmp_path, "month,value\n" + months("2016-{m:02d}"), encoding=encoding))
        assert len(download.table) == 12


@pytest.mark.parametrize("text, message, answer", [
    ("month,value\n2016-01,\"1,001\"\n2016-02,\"1,002\"\n", "--decimal", {"decimal": "."}),
    ("month,country,trade,duties\n2016-01,A,1,2\n2016-01,B,3,4\n", "--value", {"value": "trade"}),
    ("from,until,value\n2016-01,2016-02,1\n2016-02,2016-03,2\n", "--month", {"month": "from"}),
])
def test_what_is_ambiguous_is_asked_for_and_the_answer_is_taken(tmp_path, text, message, answer):
    path = written(tmp_path, text)
    with pytest.raises(TradeDataError, match=message):
        read_download(path)
    assert len(read_download(path, **answer).table) >= 2


@pytest.mark.parametrize("text, message", [
    ("", "empty"), ("month,value\n", "no table|no rows"), ("month,value\n2016-01,1,2\n2016-02,1\n", "cut short"),
    ("month,value\n2016-01,abc\n2016-02,def\n", "no column of numbers"), ("a,b\nx,1\ny,2\n", "no column of periods"),
    ("month,value\n2016-01,1\n2016-01,2\n", "two figures for one period"),
    ("month,value,value\n2016-01,1,2\n", "twice"),
])
def test_what_cannot_be_used_is_refused(tmp_path, text, message):
    with pytest.raises(TradeDataError, match=message):
        read_download(written(tmp_path, text))


COMTRADE = ("period,reporterISO,partnerISO,flowCode,cmdCode,primaryValue\n2019,THA,CHN,M,{product},10\n"
            "2019,THA,W00,M,{product},50\n2020,THA,CHN,X,{product},20\n")


def test_flows_of_a_download(tmp_path):
    flows, words = read_own_flows(written(tmp_path, COMTRADE.format(product="TOTAL")))
    assert flows[["partner", "flow", "period", "value", "unit"]].values.tolist() == [
        ["CHN", "import", "2019", 10.0, "USD"], ["WORLD", "import", "2019", 50.0, "USD"],
        ["CHN", "export", "2020", 20.0, "USD"]]
    assert "primaryValue in USD" in words[0]


def test_one_product_is_not_all_trade(tmp_path):
    with pytest.raises(TradeDataError, match="single products, not of all trade"):
        read_own_flows(written(tmp_path, COMTRADE.format(product="8542")))


def test_unit_side_and_scale_are_asked_for(tmp_path):
    path = written(tmp_path, "Country,Month,Exports\nChina,2016-01,3\nAtlantis,2016-01,1\n")
    with pytest.raises(TradeDataError, match="--unit"):
        read_own_flows(path)
    with pytest.raises(TradeDataError, match="--reporter"):
        read_own_flows(path, unit="usd_mn")
    flows, words = read_own_flows(path, reporter="KOR", unit="usd_mn")
    assert flows["value"].tolist() == [3e6] and "Atlantis" in words[-1]


def by_month(header, row):
    return header + "\n" + "".join(row.format(m=m) + "\n" for m in MONTHS)


OWN = {  # text, encoding, what the owner says, (reporter, partner, flow, value, unit) of November
    "customs' query, in Chinese": (by_month('"数据年月","贸易伙伴名称","美元",',
                                            '"2025{m:02d}","俄罗斯联邦","{m},234,567",'), "gb18030",
                                   {"reporter": "CHN", "flow": "import"}, ("CHN", "RUS", "import", 11_234_567, "USD")),
    "OECD, labelled, in millions": (by_month(
        "REF_AREA,Reference area,COUNTERPART_AREA,Counterpart area,TRADE_FLOW,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,"
        "UNIT_MULT", "DEU,Germany,CHN,China,X,USD,2019-{m:02d},{m}.5,6"), "utf-8", {},
        ("DEU", "CHN", "export", 11.5e6, "USD")),
    "Comext": (by_month("freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE",
                        "M,DE,CN,TOTAL,1,VALUE_IN_EUROS,2019-{m:02d},{m}"), "utf-8", {},
               ("DEU", "CHN", "import", 11, "EUR")),
    "IMF, wide": ("COUNTRY,INDICATOR,COUNTERPART_COUNTRY," + ",".join(f"2019-M{m:02d}" for m in MONTHS)
                  + '\n"China, P.R.: Mainland","Exports of goods, Free on board (FOB), US dollar",Russian Federation,'
                  + ",".join(map(str, MONTHS)) + "\n", "utf-8", {}, ("CHN", "RUS", "export", 11, "USD")),
    "a title says the flow": ('"State Imports by HS Commodities"\n' + by_month(
        '"Country","Time","Total Value ($US)",', '"China","2019-{m:02d}","{m},000,000",'), "utf-8",
        {"reporter": "USA"}, ("USA", "CHN", "import", 11e6, "USD")),
    "the currency asked for, of two columns": (by_month(
        "month,Exports (USD mn),Exports (CNY mn)", "2019-{m:02d},{m},7"), "utf-8",
        {"reporter": "CHN", "partner": "RUS", "unit": "usd_mn"}, ("CHN", "RUS", "export", 11e6, "USD")),
    "the currency asked for, of two kinds of rows": (by_month(
        "month,currency,value", "2019-{m:02d},USD,{m}\n2019-{m:02d},CNY,7"), "utf-8",
        {"reporter": "CHN", "partner": "RUS", "flow": "export", "unit": "cny"}, ("CHN", "RUS", "export", 7, "CNY")),
    "a scale behind an underscore": (by_month("date,exports_usd_mn", "2019-{m:02d},{m}"), "utf-8",
                                     {"reporter": "CHN", "partner": "RUS"}, ("CHN", "RUS", "export", 11e6, "USD")),
    "partners side by side": (by_month("month,China,Japan", "2019-{m:02d},{m},{m}"), "utf-8",
                              {"reporter": "USA", "flow": "import", "unit": "usd_bn"},
                              ("USA", "CHN", "import", 11e9, "USD")),
}


@pytest.mark.parametrize("text, encoding, given, expected", OWN.values(), ids=OWN)
def test_whose_flows_they_are(tmp_path, text, encoding, given, expected):
    flows, _ = read_own_flows(written(tmp_path, text, encoding=encoding), **given)
    row = flows[flows["period"].str.endswith("-11") & flows["partner"].eq(expected[1])]
    assert row[["reporter", "partner", "flow", "value", "unit"]].values.tolist() == [list(expected)]


@pytest.mark.parametrize("name, flow", [
    ("Exports", "export"), ("x", "export"), ("Re-exports", None), ("General Imports", "import"),
    ("Exports and imports", None), ("Expenditure", None), ("EXPCH", None), ("进口额", "import"), ("Balance", None)])
def test_what_speaks_of_exports_or_of_imports(name, flow):
    assert flow_of(name) == flow


@pytest.mark.parametrize("text, season, last", [
    ("quarter,value\n2016Q1,1\n2016Q2,2\n", 4, "2016Q2"), ("year,value\n2014,1\n2015,2\n", 1, "2015")])
def test_quarters_and_years_are_counted_as_months_and_turned_back(tmp_path, text, season, last):
    reading = read_series(written(tmp_path, text))
    assert reading.season == season and dated(reading.history, season)["month"].tolist()[-1] == last
    month = reading.history["month"].iloc[-1]
    word = "quarter" if season == 4 else "year"
    assert dated_text(f"A: row {month}: month missing", season) == f"A: row {last}: {word} missing"


def test_the_long_form_stays_strict(tmp_path):
    with pytest.raises(TradeDataError, match="column missing"):
        read_series(written(tmp_path, "series,month\na,2016-01\n"))
    assert read_series(written(tmp_path, "series,month,value\na,2016-01,1\n")).season == 12


@pytest.mark.parametrize("name, code", [
    ("China, peoples' republic of", "CHN"), ("China, Hong Kong SAR", "HKG"), ("Korea, Republic of", "KOR"),
    ("Korea, Dem. People's Rep. of", "PRK"), ("World Total", "WORLD"), ("rus", "RUS")])
def test_areas_as_publishers_write_them(tmp_path, name, code):
    flows, _ = read_own_flows(written(tmp_path, f'partner,month,value\n"{name}",2016-01,5\n"{name}",2016-02,6\n'),
                              reporter="USA", flow="import", unit="usd_mn")
    assert set(flows["partner"]) == {code}


def test_a_table_of_ones_own_is_checked_as_the_shipped_ones_are(tmp_path):
    text = COMTRADE.format(product="TOTAL")
    table, words = read_own_table(written(tmp_path, text.replace("0\n", "0e9\n")))
    assert table["period"].tolist() == [2019, 2019, 2020] and words
    with pytest.raises(TradeDataError, match="value"):
        read_own_table(written(tmp_path, text))
