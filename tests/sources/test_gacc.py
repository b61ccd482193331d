"""Pages of China's customs: what varies between them is read, what cannot be trusted is refused."""

import pytest

from tests.sources import made
from tests.sources.conftest import Reply
from trade_lib.errors import TradeDataError
from trade_lib.sources import arrival, registry, store
from trade_lib.sources.publisher import Query

PAGE = made.customs(made.JANUARY_2026)
HALF = {"TOTAL": (3000, 1800, 1200, 15.0, 10.0, 23.4), "Viet Nam": (300, 200, 100, 10.0, 10.0, 10.0)}
HALF_YTD = {"TOTAL": (17000, 10000, 7000), "Viet Nam": (1700, 1100, 600)}


def read(tmp_path, page, name="page.html"):
    """The outcome of a page given as a file, and the figures held after it."""
    path = tmp_path / name
    path.write_text(page, encoding="utf-8")
    outcome = registry.from_file("gacc", path, Query(), tmp_path / "store")
    return outcome, store.read(tmp_path / "store")


def value(figures, partner, flow, window="month"):
    held = figures[(figures["partner"] == partner) & (figures["flow"] == flow) & (figures["window"] == window)]
    return held["value"].iloc[0]


def test_january_has_seven_columns_and_names_of_its_own(tmp_path):
    outcome, figures = read(tmp_path, PAGE)
    assert (outcome.source, outcome.status) == ("GACC_MONTHLY_USD", "new")
    assert value(figures, "WORLD", "total") == 590_758_685_000 == (
        value(figures, "WORLD", "export") + value(figures, "WORLD", "import"))
    assert value(figures, "TWN", "import") == 20_522_527_000
    assert value(figures, "CHN", "export") == 0  # nil is printed as a dash
    assert figures[figures["partner"] == "VNM"].set_index("flow")["yoy_pct"].to_dict() == {
        "total": 40.6, "export": 37.9, "import": 46.4}
    assert set(figures["published"]) == {"2026-04-08"} and set(figures["window"]) == {"month"}


def test_other_months_have_ten_columns_with_the_year_to_date(tmp_path):
    _, figures = read(tmp_path, made.customs(HALF, month=6, ytd=HALF_YTD))
    assert value(figures, "WORLD", "export") == 1.8e6 and value(figures, "WORLD", "export", "ytd") == 1e7
    assert set(figures["period"]) == {"2026-06"}
    growth = figures[figures["partner"].eq("WORLD") & figures["flow"].eq("export")].set_index("window")["yoy_pct"]
    assert growth["ytd"] == 10.0 and growth.isna()["month"]  # growth is printed over the longest window


@pytest.mark.parametrize("span", ["1-6", "1-to-6", "1 to 6", "1- to-6", "1～6", "1–6"])
def test_the_year_to_date_is_written_in_many_ways(tmp_path, span):
    page = made.customs(HALF, month=6, ytd=HALF_YTD).replace(">1-6<", f">{span}<")
    assert set(read(tmp_path, page)[1]["window"]) == {"month", "ytd"}


def test_a_preliminary_page_in_yuan(tmp_path):
    page = made.customs({"Total": (653636, 388121, 265515, -1.2, 3.4, -7.3),
                         "of which: Germany": (21489, 11930, 9559, 0.9, 4.4, -3.3)},
                        month="1-to-2", year=2025, unit="Unit: CNY 100 Million", published="2025/03/11",
                        title="(4) China's Total Export & Import Values by Country/Region, January-February 2025 "
                              "(in CNY)")
    outcome, figures = read(tmp_path, page)
    assert outcome.source == "GACC_PRELIM_CNY" and set(figures["window"]) == {"ytd"}
    assert value(figures, "DEU", "export", "ytd") == 1.193e12 and set(figures["period"]) == {"2025-02"}


@pytest.mark.parametrize("cell", ["############", "&nbsp;", ""])
@pytest.mark.parametrize("place, flow", [(0, "total"), (1, "export"), (2, "import")])
def test_a_number_wider_than_its_column_follows_from_the_other_two(tmp_path, cell, place, flow):
    printed = list(made.JANUARY_2026["TOTAL"])
    wanted, printed[place] = printed[place], cell
    outcome, held = read(tmp_path, made.customs({**made.JANUARY_2026, "TOTAL": tuple(printed)}))
    assert value(held, "WORLD", flow) == 1000.0 * wanted and "computed from the other two" in outcome.words[0]


def test_names_without_an_area_are_left_out_and_said(tmp_path):
    outcome, figures = read(tmp_path, made.customs({**made.JANUARY_2026, "Atlantis": (3, 2, 1, 1.0, 1.0, 1.0)}))
    assert "Atlantis" in outcome.words[-1] and len(figures) == 33


def test_members_add_up_to_their_bloc(tmp_path):
    members = ["Brunei", "Myanmar", "Cambodia", "Indonesia", "Lao", "Malaysia", "Philippines", "Singapore", "Thailand",
               "Viet Nam", "Timor-Leste"]
    page = {"TOTAL": (3000, 1800, 1200, None, None, None), **dict.fromkeys(members, (30, 20, 10, None, None, None)),
            "ASEAN": (330, 220, 110, None, None, None)}
    assert read(tmp_path, made.customs(page, month=3, ytd={k: v[:3] for k, v in page.items()}))[0].status == "new"
    without_newcomer = {**page, "ASEAN": (300, 200, 100, None, None, None)}  # it joined within the year: may be out
    read(tmp_path, made.customs(without_newcomer, month=4, ytd={k: v[:3] for k, v in without_newcomer.items()}))
    wrong = {**page, "ASEAN": (315, 210, 105, None, None, None), "TOTAL": (3000, 1800, 1200, None, None, None)}
    with pytest.raises(TradeDataError, match="members do not add up"):
        read(tmp_path, made.customs(wrong, month=5, ytd={k: v[:3] for k, v in wrong.items()}))


@pytest.mark.parametrize("apart, gap, passes", [(0, 8, True), (0, 9, False), (50, 50, True), (50, 8, True),
                                                (50, 30, False)])
def test_continents_add_up_to_the_total(tmp_path, apart, gap, passes):
    """Within one unit for each of the seven parts and the total; Antarctica stands apart or under a continent."""
    parts = ["Asia:", "Africa:", "Europe:", "Latin America:", "North America:", "Oceania:",
             "Countries (Territories) Unknown"]
    page = {"TOTAL": (1400 + gap, 700 + gap, 700, None, None, None),
            **dict.fromkeys(parts, (200, 100, 100, None, None, None)),
            "Antarctica": (apart, apart, 0, None, None, None)}
    if passes:
        assert read(tmp_path, made.customs(page))[0].status == "new"
    else:
        with pytest.raises(TradeDataError, match="continents do not add up"):
            read(tmp_path, made.customs(page))


REFUSED = {
    "a picture": (PAGE[:PAGE.index("<table>")] + "<img src ='\\Excel\\4-RMB.png'/></body></html>",
                  "a picture.*4-RMB.png"),
    "no table": ("<html><body><p>Moved</p></body></html>", "a page without a table"),
    "two currencies": (PAGE.replace("Unit:US$1,000", "Unit:CNY 10,000").replace("1.2026<", "1.2026 (in USD)<"),
                       "names two currencies"),
    "no currency": (PAGE.replace("Unit:US$1,000", "Unit:1,000"), "names no currency"),
    "no unit line": (PAGE.replace("Unit:US$1,000", "US$"), "has no unit line"),
    "sums that are not": (PAGE.replace("356,699,626", "356,799,626"), "TOTAL.*do not add up"),
    "growth of another table": (PAGE.replace("15.7&nbsp;", "5.7&nbsp;"), "growth of exports, imports and total"),
    "other headings": (PAGE.replace(">Exports<", ">Shipments<"), "headings are not those"),
    "another month in the title": (PAGE.replace(",1.2026", ",2.2026"), "do not name one month"),
    "text among numbers": (PAGE.replace("46,604,855&nbsp;", "see note"), "United States.*not a number"),
    "no figures": (PAGE[:PAGE.index("<tr><td><span><b>TOTAL")] + "</table></body></html>", "empty table"),
    "a page that breaks off": (PAGE[:PAGE.index("South Sudan")], "breaks off"),
}


@pytest.mark.parametrize("page, message", REFUSED.values(), ids=REFUSED)
def test_a_page_that_cannot_be_trusted_is_refused(tmp_path, page, message):
    with pytest.raises(TradeDataError, match=message):
        read(tmp_path, page)
    assert store.read(tmp_path / "store").empty and list((tmp_path / "store" / "_refused").iterdir())


@pytest.mark.parametrize("gap, passes", [(1, True), (2, False)])
def test_rounding_of_three_numbers_is_no_fault(tmp_path, gap, passes):
    page = made.customs({"TOTAL": (3000 + gap, 1800, 1200, None, None, None)})
    if passes:
        read(tmp_path, page)
    else:
        with pytest.raises(TradeDataError, match="do not add up"):
            read(tmp_path, page)


@pytest.mark.parametrize("off, passes", [(arrival.GROWTH_GAP - 0.5, True), (arrival.GROWTH_GAP + 0.5, False)])
def test_growth_has_to_be_that_of_the_levels_held(tmp_path, off, passes):
    read(tmp_path, made.customs({"TOTAL": (2000, 1000, 1000, None, None, None)}, year=2025))
    page = made.customs({"TOTAL": (2200, 1100, 1100, *(10.0 + off,) * 3)})
    if passes:
        read(tmp_path, page)
    else:
        with pytest.raises(TradeDataError, match="not that of the levels held"):
            read(tmp_path, page)


def commodities(rows, header=("Quantity", "Value") * 3):
    head = "<td rowspan=2>Major Export Commodities</td>" + "<td rowspan=2>Quantity Unit</td>"
    spans = "<td colspan=2>4</td><td colspan=2>1-to-4</td><td colspan=2>Year-on-Year (±%)</td>"
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    title = "(5) China's Major Exports by Quantity and Value, April 2026 (in USD)"
    names = "".join(f"<td>{name}</td>" for name in header)
    return (f"<html><title>{title}</title><table><tr><td colspan=8>{title}</td></tr><tr><td colspan=8>Unit: US$ 1 "
            f"Million</td></tr><tr>{head}{spans}</tr><tr>{names}</tr>{body}</table></html>")


def test_a_table_by_commodity(tmp_path):
    page = commodities([("Motor vehicles", "10,000 Autos", "62.0", "11,164.1", "215.8", "36,897.6", "15.2", "2.8"),
                        ("Plastic products", "-", "-", "8,000.0", "-", "30,000.0", "-", "4.0")])
    outcome, figures = read(tmp_path, page)
    held = figures.set_index(["item", "window", "unit"])
    assert held.loc[("Motor vehicles", "month", "USD"), "value"] == 11_164.1e6
    assert held.loc[("Motor vehicles", "ytd", "10,000 Autos"), "value"] == 215.8
    assert outcome.source == "GACC_PRELIM_USD" and len(figures) == 6 and set(figures["flow"]) == {"export"}


def test_a_table_by_commodity_without_its_column_of_units(tmp_path):
    page = commodities([("Motor vehicles", "62.0", "11,164.1", "215.8", "36,897.6", "15.2", "2.8", ""),
                        ("Plastic products", "-", "8,000.0", "-", "30,000.0", "-", "4.0", "")])
    outcome, figures = read(tmp_path, page)
    held = figures.set_index(["item", "window"])["value"]
    assert held["Motor vehicles", "month"] == 11_164.1e6 and held["Plastic products", "ytd"] == 3e10
    assert set(figures["unit"]) == {"USD"} and "no column of their units" in outcome.words[-1]


def test_an_index_that_leads_elsewhere_is_not_followed(player, tmp_path):
    titles = {"(4) China's Total Export & Import Values by Country/Region": "http://127.0.0.2:1/Statics/x.html"}
    player.replies = {"/statics": Reply(made.index(titles), media="text/html")}
    outcomes = registry.fetch("gacc", Query(start="2026-01", end="2026-01"), tmp_path)
    assert len(player.asked) == 2 and {o.status for o in outcomes} == {"refused"}
    assert "another host" in outcomes[0].words[0]


def test_links_to_the_publishers_own_host_are_asked_of_its_mirror(player, tmp_path):
    titles = {"(2) Imports and Exports by Country (Region)": "http://english.customs.gov.cn/Statics/x.html"}
    player.replies = {"/statics": Reply(made.index(titles), media="text/html"),
                      "/Statics": Reply(PAGE, media="text/html")}
    registry.fetch("gacc", Query(start="2026-01", end="2026-02"), tmp_path)
    assert player.asked.count("/Statics/x.html") == 1 and not store.read(tmp_path).empty
