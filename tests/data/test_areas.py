"""Area codes and dated groups."""

import pytest

from trade_lib import TradeDataError, load
from trade_lib.data.areas import (
    areas,
    continent,
    groups,
    is_country,
    is_developing,
    members,
    name,
)


@pytest.mark.parametrize(("group", "when", "size"), [
    ("ASEAN", 1967, 5), ("ASEAN", 1994, 6), ("ASEAN", 1998, 9), ("ASEAN", 1999, 10), ("ASEAN", 2024, 10),
    ("ASEAN", 2025, 11), ("EU", 1958, 6), ("EU", 1995, 15), ("EU", 2004, 25), ("EU", 2007, 27), ("EU", 2013, 28),
    ("EU", 2019, 28), ("EU", 2020, 27), ("EU", "2020-01", 28), ("EU", "2020-02", 27), ("AFRICA", 2021, 54),
    ("AFRICA", 2010, 53), ("AFRICA", 1990, 52), ("RCEP", 2021, 15), ("RCEP_IN_FORCE", "2022-01", 10),
    ("RCEP_IN_FORCE", 2023, 14), ("EAEU", 2021, 5), ("BRICS", 2021, 5), ("BRICS", 2024, 9), ("G7", 2021, 7),
])
def test_known_sizes(group, when, size):
    assert len(members(group, when)) == size


def test_members_are_countries_of_the_continent():
    assert all(is_country(code) for code in load("group_members")["iso3"])
    assert {"ASEAN", "EU", "RCEP", "AFRICA"} <= set(groups())
    assert {continent(code) for code in members("AFRICA", 2021)} == {"Africa"}
    assert {continent(code) for code in members("ASEAN", 2021)} == {"Asia"}


@pytest.mark.parametrize(("group", "when", "message"), [
    ("BRI", 2021, "membership is not shipped: its official list changed in 2023"),
    ("WORLD", 2021, "membership is not shipped"),
    ("ASEAN", 1950, "no members at that date.*from 1967-08"),
    ("ASEAN", "soon", "not a year or month"),
])
def test_members_say_what_is_wrong(group, when, message):
    with pytest.raises(TradeDataError, match=message):
        members(group, when)


def test_names_and_classes():
    assert [name(code) for code in ("RUS", "USA", "VNM", "TUR", "COD", "ASEAN")] == [
        "Russia", "United States", "Vietnam", "Türkiye", "Congo (Dem. Rep.)", "ASEAN"]
    assert (areas("country")["development"] == "advanced").sum() == 40
    assert [is_developing(code) for code in ("CHN", "RUS", "KOR", "SGP", "BRN")] == [True, True, False, False, True]
    assert not areas("country").index.isin(["ROM", "ZAR", "TMP", "YUG", "PAL"]).any()
    assert areas("country")["continent"].drop(["ATF", "ATA", "BVT", "HMD"]).notna().all()
    assert areas().loc[["LIE", "MCO"], "development"].isna().all()  # the IMF does not classify them


def test_unknown_code_suggests():
    with pytest.raises(TradeDataError, match="unknown area code.*'Russia'.*RUS"):
        name("Russia")
    with pytest.raises(TradeDataError, match="countries only"):
        is_developing("ASEAN")


def test_every_member_of_every_group_has_one_stay_at_a_time():
    table = load("group_members")
    assert not table.duplicated(["group", "iso3"]).any()
    ended = table.dropna(subset=["to"])
    assert (ended["from"] <= ended["to"]).all()


def test_publishers_codes_lead_to_areas():
    table = load("area_codes").set_index(["system", "code"])["area"]
    assert [table[key] for key in (("iso2", "EL"), ("m49", "490"), ("census", "5700"), ("geonom", "720"),
                                   ("label", "Viet Nam"), ("alias", "UK"), ("old", "ROM"))] == [
        "GRC", "TWN", "CHN", "CHN", "VNM", "GBR", "ROU"]
