"""The panel and the potential: what is known of each is found again."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.claims import c16_potential as c16
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.gravity import TERMS, group_ratios, panel, partner_ratios, potential, sizes, trade_potential, unusable
from trade_lib.gravity.prepare import TIES


def world(seed=1, n=40, short=0.5):
    """A world where size makes the effects, and where C00 trades half of what it should with C01 to C10."""
    rng = np.random.default_rng(seed)
    codes = [f"C{k:02d}" for k in range(n)]
    size = pd.DataFrame({"lgdp": rng.normal(26, 1.2, n), "lgdppc": rng.normal(9, 1, n),
                         "lremote": rng.normal(9, 0.2, n), "population": 1e7}, index=codes)
    place = rng.normal(size=(n, 2))
    e, i = np.nonzero(~np.eye(n, dtype=bool))
    ldist = np.log(1 + 10 * np.hypot(*(place[e] - place[i]).T))
    frame = pd.DataFrame({"exporter": np.array(codes)[e], "importer": np.array(codes)[i], "year": 2000, "ldist": ldist})
    for name in [*TIES, "rta"]:
        frame[name] = (rng.random(len(frame)) < 0.2).astype(int)
    eta = 0.8 * size["lgdp"].to_numpy()[e] + 0.9 * size["lgdp"].to_numpy()[i] - ldist + 0.3 * frame["rta"] - 25
    less = ((e == 0) & (i <= 10)) | ((i == 0) & (e <= 10))
    frame["trade"] = np.exp(eta) * np.where(less, short, 1.0)
    return frame, size, codes


@pytest.mark.parametrize("model", ["ppml", "ols", "sizes"])
def test_a_known_potential_is_found(model):
    """Without noise half of the trade means a ratio of two, for partners and group, in either direction."""
    frame, size, codes = world()
    found = potential(frame, size, "C00", model)
    ratios = partner_ratios(found)["ratio"]
    assert ratios[codes[1:11]].to_numpy() == pytest.approx(2, rel=1e-3)
    assert ratios[codes[11:]].to_numpy() == pytest.approx(1, rel=1e-3)
    for flow in ("both", "export", "import"):
        group = group_ratios(found, {"short": codes[1:11]}, flow).iloc[0]
        assert (group["ratio"], group["against_rest"]) == pytest.approx((2, 2), rel=1e-3)


def test_trained_with_the_country_its_totals_fit_and_the_shortfall_is_hidden_in_part():
    frame, size, codes = world()
    found = potential(frame, size, "C00", left_out=False)
    sums = found.groupby("flow")[["actual", "predicted"]].sum()
    assert sums["predicted"].to_numpy() == pytest.approx(sums["actual"].to_numpy(), rel=1e-5)
    group = group_ratios(found, {"short": codes[1:11]}).iloc[0]
    assert 1 < group["ratio"] < group["against_rest"] < 2


def test_the_level_needs_size_and_the_ratio_of_groups_does_not():
    frame, size, codes = world()
    bigger = size.assign(lgdp=np.where(size.index == "C00", size["lgdp"] + 1, size["lgdp"]))
    one, two = (group_ratios(potential(frame, s, "C00"), {"short": codes[1:11]}).iloc[0] for s in (size, bigger))
    assert two["ratio"] > 2 * one["ratio"]
    assert two["against_rest"] == pytest.approx(one["against_rest"], rel=0.1)


def test_draws_are_reproducible_and_their_intervals_hold_the_truth():
    frame, size, codes = world()
    others = ~(frame["exporter"].eq("C00") | frame["importer"].eq("C00"))  # its own trade is taken as it is
    noise = np.random.default_rng(5).gamma(2, 0.5, len(frame))
    noisy = frame.assign(trade=frame["trade"] * np.where(others, noise, 1.0))
    one, again = (potential(noisy, size, "C00", draws=draws, seed=7) for draws in (20, 2))
    pd.testing.assert_frame_equal(one[one["draw"] <= 2].reset_index(drop=True), again)
    row = group_ratios(one, {"short": codes[1:11]}).iloc[0]
    assert row["against_rest_low"] < 2 < row["against_rest_high"]
    assert row["ratio_low"] < row["ratio"] < row["ratio_high"]


@pytest.mark.parametrize("call, said", [
    (lambda f, s: potential(f, s, "XXX"), "'XXX'"), (lambda f, s: potential(f, s, "C00", "tobit"), "unknown model"),
    (lambda f, s: group_ratios(potential(f, s, "C00", "sizes"), {"none": []}), "has no trade"),
])
def test_bad_input(call, said):
    frame, size, _ = world()
    with pytest.raises(TradeDataError, match=said):
        call(frame, size)


def test_panel_has_every_pair_once_and_only_the_trade_recorded():
    frame = panel(2019)
    n = frame["exporter"].nunique()
    assert not frame.duplicated(["exporter", "importer", "year"]).any()
    assert len(frame) == n * (n - 1) - 2  # Serbia and Montenegro have no distance to each other
    flows = load("flows_bilateral").query("year == 2019")
    left_out = unusable(2019)
    outside = flows["exporter"].isin(left_out["code"]) | flows["importer"].isin(left_out["code"])
    apart = flows["exporter"].isin(["SRB", "MNE"]) & flows["importer"].isin(["SRB", "MNE"])
    assert frame["trade"].sum() == pytest.approx(flows.loc[~outside & ~apart, "value"].sum(), rel=1e-12)
    assert frame.notna().all().all()


def test_old_codes_are_todays():
    codes = set(panel(2019)["exporter"])
    assert {"ROU", "COD", "TLS", "SRB", "MNE", "PSE"} <= codes
    assert not {"ROM", "ZAR", "TMP", "YUG", "PAL", "ASM", "GUM", "SSD"} & codes
    assert "TWN" in unusable(2023)["code"].tolist()


def test_agreements_are_those_in_force_at_the_time():
    """China and ASEAN: in the list from 2008 on; China and New Zealand too; with Russia none."""
    frame = panel([2004, 2012, 2020], zeros=False).set_index(["year", "exporter", "importer"])["rta"]
    assert [frame[year, "CHN", "NZL"] for year in (2004, 2012, 2020)] == [0, 1, 1]
    assert [frame[year, "CHN", "RUS"] for year in (2004, 2012, 2020)] == [0, 0, 0]
    assert frame[2020, "FRA", "BEL"] == 1


def test_years_without_data_are_an_error():
    with pytest.raises(TradeDataError, match="2021"):
        panel(2021)


def test_stored_ratios_are_what_the_call_gives_now():
    live = group_ratios(potential(panel(2023), sizes(2023), "CHN"), c16.partner_groups())
    stored = c16.group_table(2023).set_index("group")
    assert live["ratio"].to_numpy() == pytest.approx(stored.loc[live.index, "ratio"].to_numpy(), rel=1e-4)
    assert live["against_rest"].to_numpy() == pytest.approx(stored.loc[live.index, "against_rest"].to_numpy(), rel=1e-4)


def test_the_level_is_the_mean_of_like_economies_not_their_median():
    """Effects that scatter around size: with equal halves at -d and +d the mean is cosh(d) times the median (Duan)."""
    _, size, codes = world(n=41)
    size = size.assign(lgdp=[26.0, *[25.0] * 20, *[27.0] * 20], lgdppc=9.0, lremote=9.0)
    scatter = pd.Series([0.0, *[0.7, -0.7] * 20], index=codes)
    effect = 0.8 * size["lgdp"] + scatter
    own = trade_potential._own_effects(effect, effect, size, "C00", pd.Series(1.0, index=codes), None)
    assert own == pytest.approx(0.8 * 26 + np.log(np.cosh(0.7)))
    one = trade_potential._own_effects(effect, effect, size, "C00", pd.Series(1.0, index=codes),
                                       np.random.default_rng(1))
    assert np.abs(one - 0.8 * 26) == pytest.approx([0.7, 0.7])


def test_a_term_more_explains_what_it_made():
    frame, size, codes = world(short=1.0)
    frame["votes"] = np.random.default_rng(3).random(len(frame))
    frame["trade"] *= np.exp(-2 * frame["votes"])
    found = potential(frame, size, "C00", terms=[*TERMS, "votes"])
    assert partner_ratios(found)["ratio"].to_numpy() == pytest.approx(1, rel=1e-3)
