"""China's trading-partner network in each year: what C17 computes, and its builder stores."""

import numpy as np
import pandas as pd

from trade_lib import network
from trade_lib.data import areas
from trade_lib.data.tables import load
from trade_lib.network.pivots import COMPONENTS, NETWORK, top

EGO, PIVOTS, ENOUGH = "CHN", 20, 5
START, THEN, NOW = 2000, 2019, 2023
CHOSEN = {THEN: 2014, NOW: 2018}  # year on which the pivots held against random networks are chosen
BREAKS = (2013, 2018)
SEED, DRAWS, RANDOM = 2021, 100, 200
GROUPS = ("ASEAN", "AFRICA")
# Name: (options of network.measures, weights of the score, how ranks are joined, number of pivots)
EQUAL = dict.fromkeys(COMPONENTS, 1.0)
VARIANTS = {
    "as defined": ({}, EQUAL, "arithmetic", PIVOTS),
    "10 pivots": ({}, EQUAL, "arithmetic", 10),
    "30 pivots": ({}, EQUAL, "arithmetic", 30),
    "geometric mean of ranks": ({}, EQUAL, "geometric", PIVOTS),
    "lowest of the five ranks": ({}, EQUAL, "least", PIVOTS),
    "half the weight on the tie": ({}, EQUAL | {"tie": 4.0}, "arithmetic", PIVOTS),
    **{f"without {name}": ({}, EQUAL | {name: 0.0}, "arithmetic", PIVOTS) for name in COMPONENTS},
    "eigenvector for PageRank": ({}, EQUAL | {"pagerank": 0.0, "eigenvector": 1.0}, "arithmetic", PIVOTS),
    "low constraint for brokerage": ({}, EQUAL | {"brokerage": 0.0, "freedom": 1.0}, "arithmetic", PIVOTS),
    "China kept in the network": ({"without": False}, EQUAL, "arithmetic", PIVOTS),
    "cost: one over the root of value": ({"exponent": 0.5}, EQUAL, "arithmetic", PIVOTS),
    "stricter backbone (1 %)": ({"level": 0.01}, EQUAL, "arithmetic", PIVOTS),
    "looser backbone (10 %)": ({"level": 0.10}, EQUAL, "arithmetic", PIVOTS),
    "smaller communities": ({"resolution": 1.5}, EQUAL, "arithmetic", PIVOTS),
}


def networks(years=None):
    """The yearly networks (exporters by importers, US$) of the countries that trade in every year at hand."""
    flows = load("flows_bilateral")
    common = network.common_countries(flows)
    wanted = sorted(flows["year"].unique()) if years is None else years
    return {int(y): network.flow_matrix(flows[flows["year"] == y], common) for y in wanted}


def left_out():
    """Countries with trade in some years only, which the networks do without, and their share of a year's trade."""
    flows = load("flows_bilateral")
    common = network.common_countries(flows)
    out = flows[~(flows["exporter"].isin(common) & flows["importer"].isin(common))]
    total = flows.groupby("year")["value"].sum()
    codes = {y: ", ".join(sorted((set(p["exporter"]) | set(p["importer"])) - set(common)))
             for y, p in out.groupby("year")}
    return pd.DataFrame({"year": total.index, "countries": [codes.get(y, "") for y in total.index],
                         "share_pct": (100 * out.groupby("year")["value"].sum() / total).fillna(0.0).to_numpy()})


def developing(codes):
    """Those of the codes that are emerging or developing economies."""
    development = areas.areas("country")["development"]
    return [code for code in codes if development[code] == "emerging_developing"]


def year_table(W, **options):
    """All measures of one year for China's partners, with the pivot score and the place by it (1 the highest)."""
    table = network.measures(W, EGO, everything=True, **options)
    table["score"] = network.score(table)
    table["place"] = table["score"].rank(ascending=False, method="min").astype(int)
    return table


def network_rank(table):
    """The mean of the four network ranks: the pivot score without the tie with China."""
    return network.ranks(table[list(NETWORK)]).mean(axis=1)


def measured_error(year=2019, least=1e7):
    """How far two accounts of the same flow lie apart: spread of log(China's customs / BACI), over root two.

    By flow the median is taken out (FOB and CIF differ), the spread is the median absolute deviation x 1.4826 (the
    few outliers are misroutings rather than errors). Root two shares it between the two accounts.
    """
    customs = load("flows_annual_china")
    customs = customs[(customs["source"] == "DOTS_ANNUAL_SAM") & (customs["reporter"] == EGO)
                      & (customs["period"] == year)].set_index(["flow", "partner"])["value"]
    baci = load("flows_bilateral")
    baci = baci[baci["year"] == year]
    sides = {"export": baci[baci["exporter"] == EGO].set_index("importer")["value"],
             "import": baci[baci["importer"] == EGO].set_index("exporter")["value"]}
    gaps = []
    for flow, other in sides.items():
        both = pd.concat([customs[flow], other], axis=1, join="inner", keys=["customs", "baci"]).dropna()
        both = both[(both > least).all(axis=1)]
        gap = np.log(both["customs"] / both["baci"])
        gaps.append((gap - gap.median()).abs())
    return float(1.4826 * pd.concat(gaps).median() / 2**0.5)


def variant_counts(frames):
    """Emerging and developing pivots in the first and in a later year, under every definition of the score.

    ``frames``: networks by year; ``before``, ``after`` and ``value``, the change.
    """
    counts, cache = {}, {}
    for name, (options, weights, mean, size) in VARIANTS.items():
        key = repr(options)
        if key not in cache:
            cache[key] = {y: network.measures(W, EGO, everything=True, **options).drop(EGO, errors="ignore")
                          for y, W in frames.items()}
        for year, table in cache[key].items():
            scores = network.score(table.assign(freedom=-table["constraint"]), weights, mean)
            counts[name, year] = len(developing(top(scores, size)))
    table = cache["{}"]
    for year in frames:
        scores = network.score(table[year].drop(["HKG", "MAC"], errors="ignore"))
        counts["Hong Kong and Macao left out", year] = len(developing(top(scores, PIVOTS)))
    sizes = {name: size for name, (_, _, _, size) in VARIANTS.items()}
    rows = [{"year": year, "definition": name, "pivots": sizes.get(name, PIVOTS), "before": counts[name, START],
             "after": counts[name, year], "value": counts[name, year] - counts[name, START]}
            for year in frames if year != START for name in dict.fromkeys(key[0] for key in counts)]
    return pd.DataFrame(rows)


def random_networks(W, n, seed, seeds=(1,)):
    """The network rank of each partner (rows) in random networks with the same links, exports and imports."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame({draw: network_rank(network.measures(network.rewire(W, rng), EGO, seeds=seeds))
                         for draw in range(n)})


def against_random(observed, random, codes):
    """The mean network rank of some partners beside its mean and 95 % range in random networks.

    >>> draws = pd.DataFrame([[1.0, 2.0, 3.0]], ["A"])
    >>> against_random(pd.Series([9.0], ["A"]), draws, ["A"]).round(2).tolist()
    [9.0, 2.0, 1.05, 2.95]
    """
    drawn = random.loc[codes].mean()
    return pd.Series({"observed": observed[codes].mean(), "mean": drawn.mean(), "low": drawn.quantile(0.025),
                      "high": drawn.quantile(0.975)})
