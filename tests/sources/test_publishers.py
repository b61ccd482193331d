"""Each publisher end to end: first answer, the same again, a revision, and what was known on a day between."""

import json
from dataclasses import replace

import pytest

from tests.sources import made
from tests.sources.conftest import Reply
from trade_lib.errors import TradeDataError
from trade_lib.sources import registry, store
from trade_lib.sources.publisher import Query

# A question each, the path it must ask, an answer, the revised answer, and what both say:
# (source, period, value first, value revised).
ROUNDS = {
    "imf": (Query(("CHN",), ("RUS", "WORLD"), start="2026-01", end="2026-02"),
            "/external/sdmx/2.1/data/IMF.STA,IMTS/CHN.XG_FOB_USD+MG_CIF_USD.RUS+G001.M?startPeriod=2026-01",
            [made.imf({("RUS", "2026-M01"): v, ("G001", "2026-M01"): 3e11}) for v in (8.5e9, 8.7e9)], "text/csv",
            ("IMF_IMTS", "RUS", "export", "2026-01", 8.5e9, 8.7e9, "USD")),
    "comext": (Query(("DEU",), ("CHN",), start="2026-01", end="2026-02"),
               "/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409/M.DE.CN.TOTAL.2+1.VALUE_IN_EUROS?start",
               [made.comext({("CN", "TOTAL", "2", "2026-01"): v}, day)
                for v, day in ((7e9, "16/03/26"), (7.1e9, "16/04/26 11:00:00"))],
               "application/vnd.sdmx.data+csv", ("COMEXT", "CHN", "export", "2026-01", 7e9, 7.1e9, "EUR")),
    "comtrade": (Query(("CHN",), ("RUS",), start="2024-01", end="2024-02"),
                 "/public/v1/preview/C/M/HS?reporterCode=156&partnerCode=643&period=202401,202402&cmdCode=TOTAL",
                 [made.comtrade([{"primaryValue": v}], elapsedTime=t) for v, t in ((9e9, "1"), (9.1e9, "2"))],
                 "application/json", ("COMTRADE", "RUS", "export", "2024-01", 9e9, 9.1e9, "USD")),
    "census": (Query((), ("CHN",), start="2026-01", end="2026-02"),
               "/data/timeseries/intltrade/exports/hs?get=CTY_CODE,CTY_NAME,ALL_VAL_MO&time=from+2026-01",
               [made.census([["5700", "CHINA", v, "2026-01", "5700"]]) for v in ("9000000000", "9100000000")],
               "application/json", ("US_CENSUS", "CHN", "export", "2026-01", 9e9, 9.1e9, "USD")),
    "hmrc": (Query((), ("CHN",), start="2026-01", end="2026-02"), "/OTS?$apply=filter(MonthId%20ge%20202601",
             [json.dumps({"value": [{"MonthId": 202601, "FlowTypeId": 4, "Country": {"CountryCodeAlpha": "CN"},
                                     "Value": v}]}) for v in (1.5e9, 1.6e9)],
             "application/json", ("HMRC_OTS", "CHN", "export", "2026-01", 1.5e9, 1.6e9, "GBP")),
    "worldbank": (Query(("CHN",), items=("NY.GDP.MKTP.CD",), start="2024-01", end="2025-12"),
                  "/v2/country/CHN/indicator/NY.GDP.MKTP.CD?format=json&per_page=20000&date=2024:2025",
                  [made.worldbank([("CHN", 2024, v), ("CHN", 2025, None)], day)
                   for v, day in ((18.7e12, "2025-07-01"), (18.9e12, "2026-07-13"))],
                  "application/json", ("WORLD_BANK", "", "", "2024", 18.7e12, 18.9e12, "current US$")),
    "fred": (Query(items=("IMPCH",), start="2026-01"), "/graph/fredgraph.csv?id=IMPCH",
             [f"observation_date,IMPCH\n2026-01-01,{v}\n2026-02-01,.\n" for v in ("21000.5", "21100.5")],
             "application/csv", ("FRED", "", "", "2026-01", 21000.5, 21100.5, "as published")),
    "gacc": (Query(start="2026-01", end="2026-01"), "/statics/report/monthly2026.html", None, "text/html",
             ("GACC_MONTHLY_USD", "VNM", "export", "2026-01", 18_651_990_000, 18_700_000_000, "USD")),
}


def plays(player, name, number):
    """Let the player answer with the first or the revised answer."""
    _, path, answers, media, _ = ROUNDS[name]
    if name != "gacc":
        player.replies = {path.partition("?")[0]: Reply(answers[number], media=media)}
        return
    revised = {**made.JANUARY_2026, "Viet Nam": (27_954_549, 18_700_000, 9_254_549, 40.8, 38.2, 46.4)}
    page = made.customs(revised if number else made.JANUARY_2026, published=("2026/03/18", "2026/04/08")[number])
    titles = {"（2）Imports and Exports by Country （Region） of Origin/Destination": "/Statics/0a1b.html",
              "(3) Imports and Exports by Trade Mode": "/Statics/never.html"}
    player.replies = {"/statics/report/": Reply(made.index(titles), media="text/html"),
                      "/Statics/0a1b.html": Reply(page, media="text/html")}


@pytest.mark.parametrize("name", ROUNDS)
def test_first_again_and_revised(player, tmp_path, name, monkeypatch):
    monkeypatch.delenv("COMTRADE_KEY", raising=False)
    query, path, _, _, (source, partner, flow, period, first, revised, unit) = ROUNDS[name]

    def fetch(number, day):
        plays(player, name, number)
        original = registry.client.get
        monkeypatch.setattr(registry.client, "get", lambda request: replace(
            original(request), seen=original(request).seen.replace(year=2026, month=9, day=day)))
        outcomes = registry.fetch(name, query, tmp_path)
        monkeypatch.setattr(registry.client, "get", original)
        return [outcome for outcome in outcomes if outcome.status != "index"]

    assert "new" in {outcome.status for outcome in fetch(0, 1)}
    assert any(asked.startswith(path) for asked in player.asked), player.asked
    held = store.read(tmp_path, source=[source])
    row = held[(held["partner"] == partner) & (held["flow"] == flow) & (held["period"] == period)].iloc[0]
    assert (row["value"], row["unit"]) == (first, unit)
    assert {outcome.status for outcome in fetch(0, 2)} - {"refused"} == {"same"}  # imports are not played
    assert "new" in {outcome.status for outcome in fetch(1, 3)}
    by_day = {}
    for day in ("2020-01-01", "2030-01-01"):
        known = store.read(tmp_path, as_of=day, source=[source])
        by_day[day] = known[(known["partner"] == partner) & (known["flow"] == flow) & (known["period"] == period)]
    assert by_day["2020-01-01"].empty and by_day["2030-01-01"]["value"].tolist() == [revised]
    days = sorted(store.vintages(tmp_path, source=[source])["known"].unique())
    before = store.read(tmp_path, as_of=days[0], source=[source])
    assert first in before["value"].tolist() and revised not in before["value"].tolist()
    assert "never" not in " ".join(player.asked)


FAULTS = {
    "HTML with 200": ("imf", Reply("<!DOCTYPE html><html>busy", media="text/html"), "a page .HTML. in place of data"),
    "HTML called csv": ("imf", Reply("<html>busy</html>", media="text/csv"), "a page .HTML. in place of data"),
    "wrong content type": ("fred", Reply(b"\x89PNG", media="image/png"), "another kind of file.*image/png"),
    "empty body": ("fred", Reply("  "), "an empty answer"),
    "204 of an unknown flow": ("imf", Reply("", 204), "answered with nothing"),
    "no series": ("imf", Reply(made.IMF_HEADER + "\n"), "without series"),
    "other columns": ("imf", Reply("A,B\n1,2\n"), "'COUNTRY'.*columns have changed"),
    "a row cut short": ("imf", Reply(made.imf({("RUS", "2026-M01"): 1e9}) + "IMF.STA:IMTS(1.0.0),CHN,XG"), "cut short"),
    "text for a number": ("imf", Reply(made.imf({("RUS", "2026-M01"): "many"})), "not a number.*'many'"),
    "no period": ("imf", Reply(made.imf({("RUS", "soon"): 1e9})), "not a period.*'soon'"),
    "the same figure twice": ("imf", Reply(made.imf({("RUS", "2026-M01"): 1e9, ("RUS", "2026-01"): 2e9})),
                              "2 figures for the same thing"),
    "negative trade": ("imf", Reply(made.imf({("RUS", "2026-M01"): -1e9})), "negative trade"),
    "only countries unknown": ("imf", Reply(made.imf({("GX170", "2026-M01"): 1e9})), "no figures"),
    "too large a question": ("comext", Reply('<?xml version="1.0"?><m:Footer><m:Message code="413"><c:Text>written to '
                                             "a file</c:Text></m:Message></m:Footer>", media="text/csv"),
                             "too large.*fewer months"),
    "quantities only": ("comext", Reply(made.comext({("CN", "TOTAL", "1", "2026-01"): 5},
                                                    indicator="QUANTITY_IN_100KG")), "no values"),
    "cut at 500": ("comtrade", Reply(made.comtrade([{"period": "202401"}], count=500), media="application/json"),
                   "cut without a word at 500"),
    "nothing there": ("comtrade", Reply(made.comtrade([]), media="application/json"), "no rows"),
    "an error in words": ("comtrade", Reply(made.comtrade([{}], error="bad flow"), media="application/json"),
                          "bad flow"),
    "a bad key": ("census", Reply("<html><title>Invalid Key", media="text/html"), "a page .HTML. in place of data"),
    "header only": ("census", Reply(made.census([]), media="application/json"), "no rows"),
    "one bad country": ("worldbank", Reply('[{"message": [{"id": "120", "key": "Invalid value", "value": "no"}]}]',
                                           media="application/json"), "one bad country.*Invalid value"),
    "half a JSON": ("hmrc", Reply('{"value": [{"MonthId": 2026', media="application/json"), "not an answer of HMRC"),
    "nesting without end": ("census", Reply("[" * 100_000, media="application/json"), "not an answer|cannot be read"),
}


@pytest.mark.parametrize("name, fault, message", FAULTS.values(), ids=FAULTS)
def test_an_answer_with_a_fault_is_kept_raw_and_nothing_of_it_enters(player, tmp_path, name, fault, message):
    player.replies = {"/": fault}
    outcomes = registry.fetch(name, ROUNDS[name][0], tmp_path)
    assert {outcome.status for outcome in outcomes} == {"refused"}
    assert all(pytest.raises(TradeDataError, _throw, outcome.words[0]).match(message) for outcome in outcomes)
    assert store.read(tmp_path).empty and not store.is_there(tmp_path)
    assert fault.status != 200 or len(list(tmp_path.glob("_refused/*/answer.gz"))) == 1


def _throw(text):
    raise TradeDataError(text)


def test_parts_of_a_total_are_not_added_to_it(player, tmp_path):
    """Without its three totals Comtrade gives about nine rows a partner: sums nine times too large."""
    parts = [{"motCode": mode, "primaryValue": 3e9} for mode in (1000, 2100, 3200)]
    player.replies = {"/": Reply(made.comtrade([{"primaryValue": 9e9}, *parts, {"flowCode": "M", "primaryValue": 0}]),
                                 media="application/json")}
    outcome, = registry.fetch("comtrade", ROUNDS["comtrade"][0], tmp_path)
    assert store.read(tmp_path)["value"].tolist() == [9e9]
    assert "parts of a total: 3 rows" in outcome.words[0] and "without a value: 1 of 2" in outcome.words[1]


def test_products_are_held_under_their_codes(player, tmp_path):
    rows = [{"cmdCode": code, "primaryValue": 1e9} for code in ("TOTAL", "27")]
    player.replies = {"/": Reply(made.comtrade(rows), media="application/json")}
    registry.fetch("comtrade", ROUNDS["comtrade"][0], tmp_path)
    assert sorted(store.read(tmp_path)["item"]) == ["HS 27", "TOTAL"]


def test_aggregates_beside_countries_are_left_out_and_said(player, tmp_path):
    body = made.census([["5700", "CHINA", "9", "2026-01"], ["0003", "EUROPEAN UNION", "90", "2026-01"],
                        ["-", "TOTAL FOR ALL COUNTRIES", "99", "2026-01"]],
                       ("CTY_CODE", "CTY_NAME", "ALL_VAL_MO", "time"))
    player.replies = {"/data": Reply(body, media="application/json")}
    outcome = registry.fetch("census", Query(start="2026-01", end="2026-01"), tmp_path)[0]
    assert sorted(store.read(tmp_path)["partner"]) == ["CHN", "WORLD"] and "0003" in outcome.words[0]


def test_further_pages_belong_to_the_answer(player, tmp_path):
    def page(value, **more):
        row = {"MonthId": 202601, "FlowTypeId": 3, "CountryId": 720, "CommodityId": 1012100, "Value": value}
        return Reply(json.dumps({"value": [row], **more}), media="application/json")

    link = {"@odata.nextLink": player.address + "/OTS2?$skip=40000"}
    player.replies = {"/OTS?": page(1e6, **link), "/OTS2": page(2e6)}
    registry.fetch("hmrc", ROUNDS["hmrc"][0], tmp_path)
    row = store.read(tmp_path).iloc[0]
    assert (row["partner"], row["item"], row["value"]) == ("CHN", "CN8 01012100", 3e6)
    player.replies = {"/v2": [Reply(made.worldbank([("CHN", 2024 + n, 1e13 + n)], page=1 + n, pages=2),
                                    media="application/json") for n in range(2)]}
    registry.fetch("worldbank", ROUNDS["worldbank"][0], tmp_path)
    assert len(store.read(tmp_path, source=["WORLD_BANK"])) == 2 and player.asked[-1].endswith("&page=2")


def test_daily_figures_become_means_of_whole_months(player, tmp_path):
    body = "DATE,DCOILBRENTEU\n" + "".join(f"{day},{value}\n" for day, value in (
        ("2026-01-05", "60"), ("2026-01-06", "."), ("2026-01-07", "64"), ("2026-02-02", "70"), ("2126-01-04", "90")))
    player.replies = {"/graph": Reply(body)}
    outcome, = registry.fetch("fred", Query(items=("DCOILBRENTEU",)), tmp_path)
    assert store.read(tmp_path)["value"].tolist() == [62.0, 70.0] and "2126-01 is not over" in outcome.words[0]


@pytest.mark.parametrize("days, periods", [
    (("2024-01-01", "2025-01-01"), ["2024", "2025"]), (("2025-10-01", "2026-01-01"), ["2025-Q4", "2026-Q1"]),
    (("2025-12-01", "2026-01-01"), ["2025-12", "2026-01"])])
def test_a_series_keeps_its_own_frequency(player, tmp_path, days, periods):
    player.replies = {"/graph": Reply("observation_date,X\n" + "".join(f"{day},1\n" for day in days))}
    registry.fetch("fred", Query(items=("X",)), tmp_path)
    assert store.read(tmp_path)["period"].tolist() == periods


def test_months_before_the_window_are_left_out(player, tmp_path):
    """Some services do not heed the window that they are asked for."""
    player.replies = {"/": Reply(made.imf({("RUS", "2024-M12"): 1e9, ("RUS", "2026-M01"): 2e9}))}
    registry.fetch("imf", ROUNDS["imf"][0], tmp_path)
    assert store.read(tmp_path)["period"].tolist() == ["2026-01"]


@pytest.mark.parametrize("name, query, message", [
    ("nobody", Query(), "unknown source.*imf, gacc"),
    ("imf", Query(), "has to be asked for reporters"),
    ("imf", Query(("CN",)), "unknown area code.*'CN'"),
    ("imf", Query(("CHN",), ("LATIN_AMERICA",)), "three letters|codes"),
    ("comext", Query(("DEU",)), "asked for partners"),
    ("census", Query(("CHN",)), "United States only"),
    ("hmrc", Query(("CHN",)), "United Kingdom only"),
    ("imf", Query(("CHN",), start="2026-05", end="2026-01"), "ends before it starts"),
])
def test_a_question_that_cannot_be_asked_is_refused_before_anyone_is_asked(player, name, query, message):
    with pytest.raises(TradeDataError, match=message):
        registry.addresses(name, query)
    assert not player.asked


def test_a_wide_question_is_asked_in_parts():
    """Comtrade cuts at 500 rows and Comext refuses long windows: months and years are asked one by one."""
    all_partners = registry.addresses("comtrade", Query(("CHN",), start="2024-01", end="2024-03"))
    assert len(all_partners) == 6 and all("partnerCode" not in request.address for request in all_partners)
    assert len(registry.addresses("comtrade", Query(("CHN",), ("RUS", "USA"), start="2024-01", end="2025-12"))) == 2
    years = registry.addresses("comext", Query(("DEU",), ("CHN",), start="2024-11", end="2025-02"))
    assert [request.address.partition("?")[2][:44] for request in years] == [
        "startPeriod=2024-11&endPeriod=2024-12&format", "startPeriod=2025-01&endPeriod=2025-02&format"]
    members = registry.addresses("imf", Query(("CHN",), ("ASEAN",), start="2024-01"))[0].address
    assert "VNM" in members and "ASEAN" not in members


# A table as the publisher's own pages offer it: name, text, encoding, question, (source, item, partner, value).
SAVED = {
    "customs' query": ("gacc", '"数据年月","贸易伙伴名称","商品编码","人民币",\n"202501","巴西","12019010",'
                       '"3,613,000",\n', "gb18030", Query(flow="import"),
                       ("GACC_MONTHLY_CNY", "HS 12019010", "BRA", 3.613e6)),
    "Comtrade": ("comtrade", "period,reporterISO,partnerISO,flowCode,cmdCode,primaryValue\n202301,CHN,RUS,X,TOTAL,9\n"
                 "202302,CHN,RUS,X,TOTAL,9\n", "utf-8", Query(), ("COMTRADE", "TOTAL", "RUS", 9.0)),
    "USA Trade Online": ("census", '"State Exports"\n"Country","Time","Total Value ($US)",\n"China","January 2019",'
                         '"1,000,000",\n"China","February 2019","1,000,000",\n', "utf-8", Query(),
                         ("US_CENSUS", "TOTAL", "CHN", 1e6)),
    "SDMX with labels": ("imf", "COUNTRY:Country,COUNTERPART_COUNTRY:Partner,INDICATOR:Indicator,TIME_PERIOD:Time,"
                         'OBS_VALUE:Value\nCHN: China,RUS: Russia,"XG_FOB_USD: Exports, FOB",2026-M01: 2026,5\n',
                         "utf-8", Query(), ("IMF_IMTS", "TOTAL", "RUS", 5.0)),
}


@pytest.mark.parametrize("name, text, encoding, query, expected", SAVED.values(), ids=SAVED)
def test_a_saved_table_enters_as_an_answer_does(tmp_path, name, text, encoding, query, expected):
    (tmp_path / "saved.csv").write_bytes(text.encode(encoding))
    outcome = registry.from_file(name, tmp_path / "saved.csv", query, tmp_path / "store")
    row = store.read(tmp_path / "store").iloc[0]
    assert (outcome.source, row["item"], row["partner"], row["value"]) == expected


def test_a_saved_table_that_does_not_say_its_flow_is_asked_for_it(tmp_path):
    _, text, encoding, _, _ = SAVED["customs' query"]
    (tmp_path / "saved.csv").write_bytes(text.encode(encoding))
    with pytest.raises(TradeDataError, match="--flow"):
        registry.from_file("gacc", tmp_path / "saved.csv", Query(), tmp_path / "store")
    with pytest.raises(TradeDataError, match="not a form that can be read"):
        registry.from_file("worldbank", tmp_path / "saved.csv", Query(), tmp_path / "store")
