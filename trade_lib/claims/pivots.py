"""C17: do developing economies become pivots of China's network of trading partners?"""

import numpy as np
import pandas as pd

from trade_lib import network, partners
from trade_lib.claims.core import CAVEATS, CONTRADICTED, MIXED, SUPPORTED, Evidence, Verdict
from trade_lib.claims.multiverse import share_text, specifications
from trade_lib.network.pivots import COMPONENTS, NETWORK, top
from trade_lib.tables import load

EGO, PIVOTS, ENOUGH = "CHN", 20, 5
START, THEN, NOW = 2000, 2019, 2023
CHOSEN = {THEN: 2014, NOW: 2018}  # year on which the pivots held against random networks are chosen
BREAKS = (2013, 2018)
SEED, DRAWS, RANDOM = 2021, 100, 200
GROUPS = ("ASEAN", "AFRICA")
CAPTION = ("Source: BACI (reconciled customs figures), editions of about 2022-01 (2000 to 2020) and 2025-01 (2023). "
           "2021 and 2022 are not at hand; ranks, not levels, are compared across the editions. Emerging and "
           "developing: outside the IMF's advanced economies, October 2021.")
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


def decide(before, after, more_than_size):
    """Verdict on developing pivots from their number before and after, and the test against random networks.

    Parameters
    ----------
    before, after : int
        Emerging and developing economies among the pivots.
    more_than_size : bool
        Their place in the network is above the 95 % range of random networks of the same sizes.

    Examples
    --------
    >>> decide(4, 9, True), decide(4, 9, False), decide(9, 9, True), decide(4, 3, True)
    ('supported', 'supported with caveats', 'mixed', 'contradicted')
    """
    level, trend = after >= ENOUGH, after > before
    if level and trend:
        return SUPPORTED if more_than_size else CAVEATS
    return MIXED if level or trend else CONTRADICTED


def networks(years=None):
    """The yearly networks of the countries that trade in every year at hand.

    Parameters
    ----------
    years : list of int, optional
        All by default.

    Returns
    -------
    dict of int to pandas.DataFrame
        Exporters by importers, US$.
    """
    flows = load("flows_bilateral")
    kept = network.common_countries(flows)
    wanted = sorted(flows["year"].unique()) if years is None else years
    return {int(y): network.flow_matrix(flows[flows["year"] == y], kept) for y in wanted}


def left_out():
    """Countries with trade in some years only, which the networks do without, and their share of a year's trade.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``countries`` (codes), ``share_pct`` (per cent of world trade with one of them).
    """
    flows = load("flows_bilateral")
    kept = network.common_countries(flows)
    out = flows[~(flows["exporter"].isin(kept) & flows["importer"].isin(kept))]
    total = flows.groupby("year")["value"].sum()
    codes = {y: ", ".join(sorted((set(p["exporter"]) | set(p["importer"])) - set(kept)))
             for y, p in out.groupby("year")}
    return pd.DataFrame({"year": total.index, "countries": [codes.get(y, "") for y in total.index],
                         "share_pct": (100 * out.groupby("year")["value"].sum() / total).fillna(0.0).to_numpy()})


def year_table(W, **options):
    """All measures of one year for China's partners, with the pivot score and the place by it (1 the highest)."""
    table = network.measures(W, EGO, everything=True, **options)
    table["score"] = network.score(table)
    table["place"] = table["score"].rank(ascending=False, method="min").astype(int)
    return table


def network_rank(table):
    """The mean of the four network ranks: the pivot score without the tie with China."""
    return network.ranks(table[list(NETWORK)]).mean(axis=1)


def developing(codes):
    """Those of the codes that are emerging or developing economies."""
    return [code for code in codes if partners.is_developing(code)]


def region(code):
    """The region by which partners are coloured: ASEAN, Africa and Russia first, then the rest of the world.

    Examples
    --------
    >>> region("VNM"), region("KEN"), region("BRA"), region("DEU")
    ('ASEAN', 'Africa', 'Latin America', 'Advanced economies')
    """
    if code == "RUS":
        return "Russia"
    for group, label in (("ASEAN", "ASEAN"), ("AFRICA", "Africa")):
        if code in partners.members(group, 2021):
            return label
    if not partners.is_developing(code):
        return "Advanced economies"
    return {"America": "Latin America", "Asia": "Other developing Asia"}.get(partners.continent(code),
                                                                           "Other developing")


def measured_error(year=2019, least=1e7):
    """How far two accounts of the same flow lie apart: spread of log(China's customs / BACI), over root two.

    By flow the median is taken out (FOB and CIF differ), the spread is the median absolute deviation x 1.4826 (outliers
    are few, and misroutings rather than errors). Root two shares it between the two accounts.

    Parameters
    ----------
    year : int
    least : float
        Flows from this size on, US$.

    Returns
    -------
    float
        Standard deviation of the error of a flow's logarithm.
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

    Parameters
    ----------
    frames : dict of int to pandas.DataFrame
        Networks by year; START and the later years.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``definition``, ``pivots``, ``before``, ``after``, ``value`` (the change).
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
    """The network rank of each partner in random networks with the same links, exports and imports.

    Returns
    -------
    pandas.DataFrame
        Partner by draw.
    """
    rng = np.random.default_rng(seed)
    return pd.DataFrame({draw: network_rank(network.measures(network.rewire(W, rng), EGO, seeds=seeds))
                         for draw in range(n)})


def against_random(observed, random, codes):
    """The mean network rank of some partners beside its range in random networks.

    Parameters
    ----------
    observed : pandas.Series
        Network rank by partner.
    random : pandas.DataFrame
        The same by draw.
    codes : list of str

    Returns
    -------
    pandas.Series
        ``observed``, ``mean``, ``low``, ``high`` (95 % range).

    Examples
    --------
    >>> draws = pd.DataFrame([[1.0, 2.0, 3.0]], ["A"])
    >>> against_random(pd.Series([9.0], ["A"]), draws, ["A"]).round(2).tolist()
    [9.0, 2.0, 1.05, 2.95]
    """
    drawn = random.loc[codes].mean()
    return pd.Series({"observed": observed[codes].mean(), "mean": drawn.mean(), "low": drawn.quantile(0.025),
                      "high": drawn.quantile(0.975)})


def pivots_of(table, year, size=PIVOTS):
    """The pivots of a year, highest first, from the stored measures (``year``, ``code``, ``score``)."""
    return top(table[table["year"] == year].set_index("code")["score"], size)


def counts_by_year(table, size=PIVOTS):
    """Emerging and developing pivots in each year.

    Returns
    -------
    pandas.Series
        Number by year.
    """
    return pd.Series({year: len(developing(pivots_of(table, year, size))) for year in sorted(table["year"].unique())},
                     name="developing")


def group_scores(table):
    """The mean pivot score of groups by year; membership as of 2021 in all years.

    Returns
    -------
    pandas.DataFrame
        Year by group: emerging and developing, advanced, ASEAN, AFRICA, RUS.
    """
    wide = table.pivot(index="year", columns="code", values="score")
    poor = developing(wide.columns)
    sets = {"developing": poor, "advanced": wide.columns.difference(poor), "RUS": ["RUS"],
            **{g: wide.columns.intersection(partners.members(g, 2021)) for g in GROUPS}}
    return pd.DataFrame({name: wide[list(codes)].mean(axis=1) for name, codes in sets.items()})


def moves(table, start, end):
    """Places in two years and the change (up is positive), for all partners.

    Returns
    -------
    pandas.DataFrame
        By code: ``name``, ``before``, ``after``, ``up``.
    """
    wide = table.pivot(index="code", columns="year", values="place")[[start, end]].dropna()
    return pd.DataFrame({"name": [partners.name(c) for c in wide.index], "before": wide[start].astype(int),
                         "after": wide[end].astype(int), "up": (wide[start] - wide[end]).astype(int)})


def pivots(claim):
    """Evidence and verdict of C17, from the results that its builder stored."""
    table, test, variants, draws = (load(f"c17_{name}") for name in ("measures", "random_pivots", "variants", "ranks"))
    counts, test = counts_by_year(table), test.set_index("year")
    beyond = {year: bool(test.loc[year, "observed"] > test.loc[year, "high"]) for year in (THEN, NOW)}
    verdicts = [decide(counts[START], counts[year], beyond[year]) for year in (THEN, NOW)]
    held = specifications(variants.to_dict("records"), lambda change: change > 0)
    sources = {THEN: ("BACI_2000_2020",), NOW: ("BACI_2000_2020", "BACI_2023")}
    vintages = {THEN: "about 2022-01", NOW: "2025-01"}
    sure = draws[draws["top_share"] >= 0.95].groupby("year")["code"].agg(list)
    evidence = [Evidence(f"emerging and developing pivots, {year}", float(counts[year]), f"of {PIVOTS}", None, None,
                         sources[THEN if year < NOW else NOW], vintages[THEN if year < NOW else NOW],
                         "claims.pivots.counts_by_year(...)") for year in (START, *BREAKS, THEN, NOW)]
    for year in (THEN, NOW):
        row = test.loc[year]
        evidence += [
            Evidence(f"network rank of developing pivots of {CHOSEN[year]}, {year}", row["observed"], "0 to 100", None,
                     None, sources[year], vintages[year], "claims.pivots.against_random(...)"),
            Evidence(f"the same in random networks, {year}", row["mean"], "0 to 100", row["low"], row["high"],
                     sources[year], vintages[year], "claims.pivots.random_networks(...)"),
            Evidence(f"developing pivots in 95 % of draws, {year}", float(len(developing(sure.get(year, [])))),
                     f"of {PIVOTS}", None, None, sources[year], vintages[year], "network.rank_draws(...)")]
    first, last = (set(developing(pivots_of(table, y))) for y in (START, NOW))
    came, gone = (", ".join(partners.name(c) for c in sorted(new)) or "none" for new in (last - first, first - last))
    why = (f"{counts[START]} of the {PIVOTS} pivots were emerging or developing in {START}, {counts[THEN]} in {THEN}, "
           f"{counts[NOW]} in {NOW} (in: {came}; out: {gone}). Their place in the network is "
           f"{_relation(test.loc[THEN])} what size alone gives in {THEN}, {_relation(test.loc[NOW])} it in {NOW}. "
           f"The number rises under {share_text(held)} definitions and years.")
    return Verdict(claim, *verdicts, why, tuple(evidence), held)


def _relation(row):
    """Where an observed value lies to its range in random networks."""
    return "above" if row["observed"] > row["high"] else "below" if row["observed"] < row["low"] else "within"
