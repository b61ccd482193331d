"""Services: published anchors, sums that have to hold, and clear errors."""

import pandas as pd
import pytest

from trade_lib import TradeDataError, load
from trade_lib.measures import services


def test_exports_to_asean_as_published():
    exports = services.by_partner("ASEAN", "export") / 1e9
    assert exports[2005] == pytest.approx(5.8, abs=0.05)
    assert exports[2019] == pytest.approx(28.5, abs=0.05)
    assert len(exports.attrs["members"]) == 10


def test_the_two_sources_of_digital_exports_disagree_by_a_quarter():
    unctad = services.digital_total("CHN", "export")[2019] / 1e9
    batis = services.by_partner("WORLD", "export", "digital")[2019] / 1e9
    assert (round(unctad, 1), round(batis, 1)) == (140.8, 106.4)


@pytest.mark.parametrize("flow", ["export", "import"])
def test_main_items_add_up_to_all_services(flow):
    main = [item for item, level in services.items()["level"].items() if level == "main"]
    total = sum(services.by_partner("WORLD", flow, item) for item in main)
    assert total.to_numpy() == pytest.approx(services.by_partner("WORLD", flow).to_numpy(), rel=1e-6)


def test_partners_add_up_to_the_world():
    table = load("services_partners")
    held = table[(table["item"] == "S") & (table["year"] == 2019) & (table["flow"] == "export")]
    assert held[held["partner"] != "WORLD"]["value"].sum() == pytest.approx(
        held[held["partner"] == "WORLD"]["value"].item(), rel=1e-6)


def test_total_is_both_flows_and_the_digital_share_is_a_share():
    both = services.by_partner("RUS", "export") + services.by_partner("RUS", "import")
    assert services.by_partner("RUS").to_numpy() == pytest.approx(both.to_numpy())
    for partner, without in (("ASEAN", ()), ("AFRICA", ("SSD",)), ("RUS", ()), ("WORLD", ())):
        assert services.digital_share(partner, without=without).between(0, 1).all()


BAD = [
    (lambda: services.by_partner("AFRICA"), "not the same in all years"),
    (lambda: services.by_partner("ASEAN", "both"), "unknown flow"),
    (lambda: services.by_partner("ASEAN", item="SZ"), "no such item"),
    (lambda: services.by_partner("ATLANTIS"), "no services trade"),
    (lambda: services.digital_total("ATLANTIS"), "no digitally deliverable"),
    (lambda: services.growth(pd.Series({2019: 1.0}), 2019, 2020), "no value for the year"),
]


@pytest.mark.parametrize(("call", "message"), BAD, ids=range(len(BAD)))
def test_bad_input_is_one_clear_error(call, message):
    with pytest.raises(TradeDataError, match=message):
        call()
