"""C16: is China's trade with developing and emerging economies far below its potential?"""

from itertools import product

import numpy as np
import pandas as pd

from trade_lib import gravity
from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data.areas import areas, members
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError

THEN, NOW, DRAWS, SEED = 2019, 2023, 200, 1
DEVELOPING, ADVANCED = "Emerging and developing", "Advanced"
ENTREPOTS = ("HKG", "MAC")  # much of what is booked with them is on its way to or from someone else
VINTAGES = {2019: "BACI of about 2022-01", 2020: "BACI of about 2022-01", 2023: "BACI of 2025-01"}
USED = {2019: "BACI_2000_2020", 2020: "BACI_2000_2020", 2023: "BACI_2023"}
SOURCES = {
    "partners": "Sources: CEPII BACI (edition of about 2022-01 for 2019, 2025-01 for 2023) and GeoDist, World Bank WDI "
                "and Deep Trade Agreements (to 2016). Estimates: gravity by PPML trained without China's pairs; 95 % "
                "intervals from random weights on countries.",
    "map": "Sources: CEPII BACI and GeoDist, World Bank WDI and Deep Trade Agreements (to 2016); outlines: Natural "
           "Earth 4.1.0. Estimates: gravity by PPML trained without China's pairs.",
    "placebo": "Sources: CEPII BACI and GeoDist, World Bank WDI and Deep Trade Agreements. Estimates: the same "
               "procedure for each of the forty largest traders, each left out of the training in its turn.",
    "gains": "Sources: CEPII BACI and GeoDist, World Bank Deep Trade Agreements. Estimates: PPML with three effects, "
             "2000 to 2016 (agreements), and the cross-section (distance); direct effects only, 95 % intervals.",
}
PANEL = range(2000, 2017, 4)


def decide_potential(ratio_low, ratio_high, against_low):
    """Verdict from the interval of A (predicted over actual, developing partners) and the lower limit of R.

    A says how much room there is; R (A over the same of advanced partners) only whether there is more of it than
    elsewhere, so it cannot contradict.

    >>> decide_potential(2.1, 3.0, 1.1), decide_potential(1.1, 3.0, 1.1), decide_potential(0.3, 2.2, 0.7)
    ('supported', 'supported with caveats', 'mixed')
    """
    if ratio_low > 1 and against_low > 1:
        return SUPPORTED if ratio_low > 2 else CAVEATS
    return CONTRADICTED if ratio_high < 1 else MIXED


def partner_groups():
    """Groups of partners: by development (IMF, October 2021), then by region, then ASEAN."""
    table = areas("country")
    table = table[table.index != "CHN"]
    developing = table["development"].eq("emerging_developing")
    regions = {"Emerging Asia": developing & table["continent"].eq("Asia"),
               "Emerging Europe": developing & table["continent"].eq("Europe"),
               "Africa": developing & table["continent"].eq("Africa"),
               "Latin America": developing & table["continent"].eq("America"),
               "Advanced Asia and Pacific": ~developing & table["continent"].isin(["Asia", "Pacific"]),
               "Advanced Europe": ~developing & table["continent"].eq("Europe"),
               "North America": ~developing & table["continent"].eq("America")}
    split = {DEVELOPING: developing, ADVANCED: ~developing, **regions}
    groups = {label: table.index[inside].tolist() for label, inside in split.items()}
    return {**groups, "ASEAN": members("ASEAN", THEN)}


def compute_ratios(year, draws=DRAWS, seed=SEED):
    """Ratios by partner, and by group and flow, of one year, with China's pairs left out of the training."""
    predicted = gravity.potential(gravity.panel(year), gravity.sizes(year), "CHN", draws=draws, seed=seed)
    partners = gravity.partner_ratios(predicted).reset_index()
    parts = [gravity.group_ratios(predicted, partner_groups(), flow).reset_index().assign(flow=flow)
             for flow in ("both", "export", "import")]
    return partners.assign(year=year), pd.concat(parts, ignore_index=True).assign(year=year)


def with_votes(frame):
    """The panel of a year with ``votes``: the distance of two countries' ideal points in the United Nations.

    Pairs with an area that does not vote there (Taiwan, Hong Kong, Macao) take the mean distance.
    """
    table = load("un_votes").set_index(["year", "code"])["ideal_point"]
    point = table.loc[int(frame["year"].iloc[0])]
    distance = (frame["exporter"].map(point) - frame["importer"].map(point)).abs()
    return frame.assign(votes=distance.fillna(distance.mean()))


def compute_specifications(years=(2019, 2020, 2023)):
    """Other ways to measure the potential: model, terms, trained with or without China's pairs, year, direction.

    ``measure`` A is predicted over actual of developing partners, R that over the same of advanced ones. Effects that
    are trained on China's pairs fit China's totals exactly, so there only R says anything.
    """
    plain, votes = gravity.TERMS, [*gravity.TERMS, "votes"]
    models = [("ppml", "ppml", plain), ("ols", "ols", plain), ("sizes", "sizes", plain), ("ppml, votes", "ppml", votes)]
    rows = []
    for year, (label, model, terms), left_out in product(years, models, (True, False)):
        predicted = gravity.potential(with_votes(gravity.panel(year)), gravity.sizes(year), "CHN", model, left_out,
                                      terms=terms)
        ports = predicted[~predicted["partner"].isin(ENTREPOTS)] if label == "ppml" and left_out else None
        for flow, (partners, counted) in product(("both", "export", "import"),
                                                 (("all", predicted), ("without Hong Kong and Macao", ports))):
            if counted is None:
                continue
            row = gravity.group_ratios(counted, partner_groups(), flow).loc[DEVELOPING]
            choice = {"model": label, "trained": "without China" if left_out else "with China", "year": year,
                      "flow": flow, "partners": partners}
            if left_out or model == "sizes":
                rows.append({**choice, "measure": "A", "value": row["ratio"]})
            rows.append({**choice, "measure": "R", "value": row["against_rest"]})
    return pd.DataFrame(rows)


def compute_placebo(year, n=40):
    """The same ratios for the largest traders, each left out in its turn: how far off is an ordinary country?

    ``ratio`` of all partners, ``developing`` (A), ``against`` (R); ``q10, q25, q75, q90`` of partners' relative ratios.
    """
    frame, sizes = gravity.panel(year), gravity.sizes(year)
    trade = frame.groupby("exporter")["trade"].sum() + frame.groupby("importer")["trade"].sum()
    largest = trade[trade.index.isin(sizes.index)].nlargest(n).index
    table = areas("country")["development"]
    rows = []
    for country in largest:
        predicted = gravity.potential(frame, sizes, country)
        group = [code for code in table.index[table.eq("emerging_developing")] if code != country]
        ratios = gravity.group_ratios(predicted, {"group": group}).iloc[0]
        placed = predicted.dropna(subset=["predicted"])
        quantiles = dict(zip(("q10", "q25", "q75", "q90"), gravity.spread(predicted), strict=True))
        rows.append({"year": year, "country": country, "ratio": placed["predicted"].sum() / placed["actual"].sum(),
                     "developing": ratios["ratio"], "against": ratios["against_rest"], **quantiles})
    return pd.DataFrame(rows)


def compute_effects():
    """What an agreement, distance and votes do to trade: coefficients with 95 % limits.

    The agreement from five years (2000 to 2016) with exporter-year, importer-year and pair effects, errors clustered by
    pair. Distance from the cross-sections, errors that allow for leverage (HC3); votes (distance of ideal points in the
    United Nations) added to them.
    """
    models = {"agreement": ("rta", PANEL, "trade ~ rta | exporter^year + importer^year + pair", "cluster:pair")}
    terms = " + ".join(["ldist", "contig", "comlang_off", "colony", "comcol", "rta"])
    across = f"trade ~ {terms} | exporter + importer"
    models |= {f"distance {year}": ("ldist", year, across, "hc3") for year in (THEN, NOW)}
    models |= {f"votes {year}": ("votes", year, across.replace("ldist", "ldist + votes"), "hc3")
               for year in (THEN, NOW)}
    rows = []
    for effect, (term, years, formula, vcov) in models.items():
        frame = gravity.panel(years)
        estimated = gravity.fit(with_votes(frame) if term == "votes" else frame, formula, "ppml", vcov)
        row = estimated.coefficients.loc[term]
        rows.append({"effect": effect, **row[["estimate", "error", "low", "high"]].to_dict(), "n": estimated.n,
                     "left_out": int(estimated.dropped["rows"].sum())})
    return pd.DataFrame(rows)


def gaps(year=THEN):
    """The trade missing with each partner, if China's whole trade, as large as it is, were shared out as predicted.

    gap = actual x (relative - 1), bn US$: above 0, trade is missing; the gaps of all partners add up to nothing.
    """
    table = _of_year("c16_partners", year)
    region = {code: label for label, codes in list(partner_groups().items())[2:-1] for code in codes}
    missing = {end: table["actual"] / 1e9 * (table[column] - 1) for end, column in
               (("gap", "relative"), ("low", "relative_low"), ("high", "relative_high"))}
    return pd.DataFrame({"code": table["partner"], "name": table["partner"].map(areas()["name"]),
                         "region": table["partner"].map(region).fillna("Other developing"),
                         "actual": table["actual"] / 1e9, "predicted": table["predicted"] / 1e9, **missing})


def ranking(year=THEN, n=36):
    """The n partners with whom trade is largest, recorded or predicted, by how far it lies below what is predicted.

    ``relative, low, high``: predicted over actual, China's trade as a whole being 1; the furthest below first.
    """
    table = gaps(year)
    table = table.assign(size=table[["actual", "predicted"]].max(axis=1)).nlargest(n, "size")
    ranked = table[["name", "region", "actual", "predicted"]].assign(
        **{label: 1 + table[column] / table["actual"] for label, column in
           (("relative", "gap"), ("low", "low"), ("high", "high"))})
    return ranked.sort_values("relative", ascending=False, ignore_index=True)


def ordinary(year=THEN):
    """What is ordinary: the median over forty large traders of the 10 and 90 % quantiles of their partners' ratios."""
    table = placebo(year)
    table = table[table["country"] != "CHN"]
    return float(table["q10"].median()), float(table["q90"].median())


def group_table(year=None, flow="both"):
    """Predicted over actual by group of partners, in bn US$, with intervals; one year or both."""
    table = load("c16_groups")
    table = table[table["flow"].eq(flow) & (table["year"].eq(year) if year else True)]
    order = {label: i for i, label in enumerate(partner_groups())}
    table = table.sort_values(["group", "year"], key=lambda c: c.map(order) if c.name == "group" else c)
    return table.assign(actual=table["actual"] / 1e9, predicted=table["predicted"] / 1e9).reset_index(drop=True)


def placebo(year=THEN):
    """The ratios of the forty largest traders, each left out in its turn, with their names."""
    return _of_year("c16_placebo", year).assign(name=lambda t: t["country"].map(areas()["name"]))


def _of_year(name, year):
    table = load(name)
    if year not in set(table["year"]):
        raise TradeDataError("the potential of this year is not stored", file=name, column="year", value=year,
                             expected=" or ".join(map(str, sorted(table["year"].unique()))))
    return table[table["year"] == year].reset_index(drop=True)


def gains(year=THEN):
    """What agreements with those who have none, and distance costs as of a tenth less distance, would add to trade.

    ``base`` is the trade it applies to, ``added, low, high`` what is added, bn US$ a year.
    """
    effects, trade = load("c16_effects").set_index("effect"), load("c16_partners")
    trade = trade[trade["year"] == year].set_index("partner")["actual"] / 1e9
    listed = load("trade_agreements")
    bound = set(listed.loc[listed["year"].eq(2016) & listed["exporter"].eq("CHN") & listed["rta"].eq(1), "importer"])
    rows = []
    for change, effect, step in (("an agreement with all who had none in 2016", "agreement", 1.0),
                                 ("distance costs as of a tenth less distance", f"distance {year}", np.log(0.9))):
        for label in (DEVELOPING, ADVANCED):
            codes = [code for code in partner_groups()[label] if effect != "agreement" or code not in bound]
            base = trade.reindex(codes).sum()
            added = gravity.added_trade(base, *effects.loc[effect, ["estimate", "low", "high"]], step)
            rows.append({"group": label, "change": change, "base": base, **added})
    return pd.DataFrame(rows)


def potential(claim):
    """Evidence and verdict of C16."""
    groups = load("c16_groups").set_index(["year", "group", "flow"])
    main = {year: groups.loc[(year, DEVELOPING, "both")] for year in (THEN, NOW)}
    verdicts = [decide_potential(*main[year][["ratio_low", "ratio_high", "against_rest_low"]]) for year in (THEN, NOW)]
    evidence, inputs = [], ("CEPII_GEODIST", "WDI_GDP_POP", "DTA_RTA")
    for year, row in main.items():
        sources, call = (USED[year], *inputs), f"claims.c16_potential.compute_ratios({year})"
        evidence += [
            Evidence(f"trade with developing partners, {year}", row["actual"] / 1e9, "bn US$", None, None,
                     (USED[year],), VINTAGES[year], call),
            Evidence(f"A: predicted over actual, developing partners, {year}", row["ratio"], "ratio", row["ratio_low"],
                     row["ratio_high"], sources, VINTAGES[year], call),
            Evidence(f"R: A over the same for advanced partners, {year}", row["against_rest"], "ratio",
                     row["against_rest_low"], row["against_rest_high"], sources, VINTAGES[year], call),
        ]
    others = placebo(THEN)
    others = others[others["country"] != "CHN"]
    beside = [Evidence(f"{measure} of the other {len(others)} largest traders, {THEN}: median (10 to 90 %)",
                       others[column].median(), "ratio", *others[column].quantile([0.1, 0.9]), (USED[THEN], *inputs),
                       VINTAGES[THEN], f"claims.c16_potential.compute_placebo({THEN})")
              for measure, column in (("A", "developing"), ("R", "against"))]
    effects = load("c16_effects").set_index("effect")
    beside += [Evidence(f"effect of distance in United Nations votes on trade, {year}",
                        *effects.loc[f"votes {year}", ["estimate"]], "log points",
                        *effects.loc[f"votes {year}", ["low", "high"]], (USED[year], "UNGA_IDEAL"), VINTAGES[year],
                        "claims.c16_potential.compute_effects()") for year in (THEN, NOW)]
    then = main[THEN]
    reason = (f"The model expects {then['ratio']:.1f} times the trade that China has with developing partners, but the "
              f"margin runs from {then['ratio_low']:.1f} to {then['ratio_high']:.1f}.")
    ways = count_ways(load("c16_specifications").to_dict("records"), lambda ratio: ratio > 1)
    return Verdict(claim, *verdicts, reason, tuple(evidence), ways, tuple(beside))
