"""C17: do developing economies become pivots of China's network of trading partners?"""

import numpy as np
import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, SUPPORTED
from trade_lib.claims.c17_networks import BREAKS, CHOSEN, ENOUGH, GROUPS, NOW, PIVOTS, START, THEN, developing
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ways import count_ways
from trade_lib.data import areas
from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.network.pivots import top

SURE = 0.95  # share of draws that makes a rise significant
CAPTION = ("Source: BACI (reconciled customs figures), editions of about 2022-01 (2000 to 2020) and 2025-01 (2023). "
           "2021 and 2022 are not at hand; ranks, not levels, are compared across the editions. Emerging and "
           "developing: outside the IMF's advanced economies, October 2021.")


def decide(low, rises, more_than_size):
    """Verdict from the draws of the number of developing pivots, and the test against random networks.

    ``low``: lower 90 % limit of the number; ``rises``: share of pairs of draws in which it exceeds the first year's;
    ``more_than_size``: their place is above the 95 % range of random networks of the same sizes.

    >>> decide(6, 0.96, True), decide(6, 0.96, False), decide(6, 0.7, True), decide(4, 0.7, True)
    ('supported', 'supported with caveats', 'mixed', 'contradicted')
    """
    level, trend = low >= ENOUGH, rises > SURE
    if level and trend:
        return SUPPORTED if more_than_size else CAVEATS
    return MIXED if level or trend else CONTRADICTED


def pivots(claim):
    """Evidence and verdict of C17, from the results that its builder stored."""
    table, test, variants = (load(f"c17_{name}") for name in ("measures", "random_pivots", "variants"))
    counts, test, spread = counts_by_year(table), test.set_index("year"), count_intervals(load("c17_draws"))
    beyond = {year: bool(test.loc[year, "observed"] > test.loc[year, "high"]) for year in (THEN, NOW)}
    verdicts = [decide(spread.loc[year, "low"], spread.loc[year, "more_unpaired"], beyond[year])
                for year in (THEN, NOW)]
    sources = {year: ("BACI_2000_2020", "BACI_2023") if year == NOW else ("BACI_2000_2020",)
               for year in (START, *BREAKS, THEN, NOW)}
    vintages = {year: "2025-01" if year == NOW else "about 2022-01" for year in sources}
    evidence = [Evidence(f"emerging and developing pivots, {year}", float(counts[year]), f"of {PIVOTS}",
                         spread.loc[year, "low"], spread.loc[year, "high"], sources[year], vintages[year],
                         "claims.c17_pivots.counts_by_year(...)") for year in sources]
    for year in (THEN, NOW):
        row = test.loc[year]
        evidence += [
            Evidence(f"network rank of developing pivots of {CHOSEN[year]}, {year}", row["observed"], "0 to 100", None,
                     None, sources[year], vintages[year], "claims.c17_networks.against_random(...)"),
            Evidence(f"the same in random networks, {year}", row["mean"], "0 to 100", row["low"], row["high"],
                     sources[year], vintages[year], "claims.c17_networks.random_networks(...)"),
            Evidence(f"draws with more of them than {START}, {year}", spread.loc[year, "more_unpaired"], "share", None,
                     None, sources[year], vintages[year], "claims.c17_pivots.count_intervals(...)")]
    reason = (f"Of China's pivotal partners {counts[START]} were developing in {START} and {counts[THEN]} in "
              f"{THEN}: too small a rise to be sure.")
    ways = count_ways(variants.drop(columns=["before", "after"]).to_dict("records"), lambda change: change > 0)
    return Verdict(claim, *verdicts, reason, tuple(evidence), ways)


def pivots_of(table, year, size=PIVOTS):
    """The pivots of a year, highest first, from the stored measures (``year``, ``code``, ``score``)."""
    return top(table[table["year"] == year].set_index("code")["score"], size)


def counts_by_year(table, size=PIVOTS):
    """Emerging and developing pivots in each year."""
    return pd.Series({year: len(developing(pivots_of(table, year, size))) for year in sorted(table["year"].unique())},
                     name="developing")


def count_intervals(numbers):
    """The number of developing pivots over draws (median, 90 % limits), and how often it exceeds the first year's.

    ``more``: by draws of the same number (same weights; errors and starts too); ``more_unpaired``: by all pairs of
    draws. The truth lies between: a definition is one for both years, errors are not.

    >>> numbers = pd.DataFrame({"year": [2000, 2000, 2019], "draw": [0, 1, 0], "developing": [5, 8, 8]})
    >>> count_intervals(numbers).loc[2019, ["median", "more", "more_unpaired"]].tolist()
    [8.0, 1.0, 0.5]
    """
    wide = numbers.pivot(index="draw", columns="year", values="developing")
    first = wide[START]
    return pd.DataFrame({year: {"median": n.median(), "low": n.quantile(0.05), "high": n.quantile(0.95),
                                "more": (n > first)[n.notna()].mean(),
                                "more_unpaired": np.greater.outer(n.dropna().to_numpy(), first.to_numpy()).mean()}
                         for year, n in wide.items()}).T.rename_axis("year")


def group_scores(table):
    """The mean pivot score of groups by year; membership as of 2021 in all years."""
    wide = table.pivot(index="year", columns="code", values="score")
    poor = developing(wide.columns)
    sets = {"developing": poor, "advanced": wide.columns.difference(poor), "RUS": ["RUS"],
            **{g: wide.columns.intersection(areas.members(g, 2021)) for g in GROUPS}}
    return pd.DataFrame({name: wide[list(codes)].mean(axis=1) for name, codes in sets.items()})


def moves(table, start, end):
    """Places in two years and the change (up is positive), for all partners."""
    wide = table.pivot(index="code", columns="year", values="place")[[start, end]].dropna()
    return pd.DataFrame({"name": areas.areas()["name"].reindex(wide.index), "before": wide[start].astype(int),
                         "after": wide[end].astype(int), "up": (wide[start] - wide[end]).astype(int)})


def region(code):
    """The region by which partners are coloured: ASEAN, Africa and Russia first, then the rest of the world."""
    if code == "RUS":
        return "Russia"
    for group, label in (("ASEAN", "ASEAN"), ("AFRICA", "Africa")):
        if code in areas.members(group, 2021):
            return label
    if not areas.is_developing(code):
        return "Advanced economies"
    return {"America": "Latin America", "Asia": "Other developing Asia"}.get(areas.continent(code),
                                                                           "Other developing")


def map_nodes(table, year, size=40):
    """The partners with the highest score of a year, as :func:`trade_lib.plots.partner_network` draws them."""
    if year not in set(table["year"]):
        raise TradeDataError("no network of this year", column="year", value=year,
                             expected="2000 to 2020, or 2023")
    of_year = table[table["year"] == year].set_index("code")
    codes = top(of_year["score"], size)
    poor, first = set(developing(codes)), pivots_of(table, START)
    nodes = pd.DataFrame({
        "code": codes, "name": [areas.name(c) for c in codes], "region": [region(c) for c in codes],
        "developing": [c in poor for c in codes], "score": of_year.loc[codes, "score"].to_numpy(),
        "pivot": [place < PIVOTS for place in range(len(codes))],
        "new": [c not in first for c in codes]})
    nodes.attrs["year"] = year
    return nodes


def largest_moves(table, draws, start, end, within=30, each=8):
    """Who rose and who fell most of the partners that led in either year, with the intervals of both places."""
    moved = moves(table, start, end)
    moved = moved[(moved[["before", "after"]] <= within).any(axis=1)].sort_values("up", kind="stable")
    moved = pd.concat([moved[moved["up"] < 0].head(each), moved[moved["up"] > 0].tail(each)])
    for year, label in ((start, "before"), (end, "after")):
        spread = draws[draws["year"] == year].set_index("code").loc[moved.index]
        moved[f"{label}_low"], moved[f"{label}_high"] = spread["low"], spread["high"]
    return moved.assign(region=[region(c) for c in moved.index])


def named(frame):
    """A stored frame by ``code`` with the partner's name and whether it is emerging or developing."""
    return frame.assign(name=frame["code"].map(areas.areas()["name"]),
                        developing=frame["code"].isin(developing(frame["code"])))
