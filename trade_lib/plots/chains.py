"""Figures of the claims on value chains."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import NAMES, PALE, SOFT, caption, colour, figure

BORDERS = {"DAVAX": ("one, used up by the buyer", "#d9dde3"), "GVCF": ("several, sent on by the buyer", "#7a4fa3"),
           "GVCB": ("several, foreign value", "#b79ad0")}


def chain_growth(table: pd.DataFrame, who: str, source: str):
    """Growth a year of value-chain trade beside all trade and the world's chain trade, a row a table and window."""
    ahead = [int((table[lead] > 0).sum()) for lead in ("own", "lead")]
    names = [f"{row.source}, {row.start}-{row.end}" for row in table.itertuples()]
    also = " (ADB: China's exports to everyone)" if "ADB" in set(table["source"]) else ""
    fig, ax = figure(f"China's chain trade with {who} outgrew the world's in {ahead[1]} of {len(table)} windows, and "
                     f"all its trade with them in {ahead[0]}", f"Growth a year, per cent{also}",
                     height=shapes.tall(names, 1.6))
    shapes.rows(ax, names)
    ax.hlines(range(len(table))[::-1], table[["chain", "trade", "world"]].min(axis=1),
              table[["chain", "trade", "world"]].max(axis=1), color=PALE, lw=3, zorder=1)
    shades = {"chain": "#7a4fa3", "trade": SOFT, "world": "#7a4fa3"}
    for column, shade in shades.items():
        shapes.dots(ax, table, shade, value=column, text=None, hollow=[column == "world"] * len(table))
    labels = {"chain": "value-chain trade", "trade": "all trade with them", "world": "the world's chain trade"}
    shapes.key(ax, {labels[column]: shade for column, shade in shades.items()}, hollow=[labels["world"]], columns=1)
    shapes.mark(ax, 0, dashed=False)
    ax.set_xlabel("per cent a year")
    return caption(fig, source)


def foreign_content(wiod: pd.Series, adb: pd.Series, source: str):
    """Foreign content of China's exports in two sources that are not joined, per cent by year."""
    top = wiod.idxmax()
    fig, ax = figure(f"Foreign value in China's exports peaked at {wiod.max():.0f} % in {top}; another source has "
                     f"{adb.min():.0f} to {adb.max():.0f} % since {adb.index[0]}",
                     "Foreign value added in gross exports of China, per cent", height=3.3)
    wide = pd.DataFrame({"WIOD": wiod, "ADB": adb})
    shapes.lines(ax, wide, {"WIOD": colour("CHN"), "ADB": SOFT}, marker="o", digits=1)
    shapes.mark(ax, 2021, "the article", shade=SOFT)
    ax.set(ylim=(0, wiod.max() * 1.15))
    return caption(fig, source)


def border_shares(shares: pd.DataFrame, source: str):
    """How many borders two-way trade crosses (``DAVAX``, ``GVCF``, ``GVCB``), per cent of gross trade by year."""
    several = shares[["GVCF", "GVCB"]].sum(axis=1)
    first, last = shares.index[0], shares.index[-1]
    fig, ax = figure(f"{several[last]:.0f} % of China's trade crossed several borders in {last}, "
                     f"{several[first]:.0f} % in {first}; the most, {several.max():.0f} %, in {several.idxmax()}",
                     "China's trade with all regions of the table, both directions, by the borders its value crosses, "
                     "per cent", height=shapes.tall(shares.index, 1.3))
    shapes.stacks(ax, shares[list(BORDERS)], {name: shade for name, (_, shade) in BORDERS.items()})
    shapes.key(ax, dict(BORDERS.values()), "s", columns=1)
    return caption(fig, source)


def participation_change(wide: pd.DataFrame, before: int, after: int, source: str):
    """Participation (per cent, years as columns; index ``country``, ``group``) before and after, an economy a row."""
    shown = wide[wide.index.get_level_values("group") != "others"].droplevel("group").sort_values(after)[::-1]
    others, inside = wide.xs("others", level="group"), wide.xs("region", level="group")
    down = int((inside[after] < inside[before]).sum())
    fig, ax = figure(f"{down or 'None'} of {len(inside)} economies of the region took a smaller part in chains in "
                     f"{after} than in {before}",
                     f"Trade in value chains, per cent of gross exports: {before} (hollow) and {after} (full); shaded: "
                     f"the middle half of {len(others)} other economies in {after}", height=shapes.tall(shown.index))
    shapes.dumbbells(ax, shown[[before, after]].rename(index=NAMES),
                     [colour("CHN" if country == "CHN" else "ASEAN") for country in shown.index], digits=0)
    shapes.periods(ax, *others[after].quantile([0.25, 0.75]))
    ax.set_xlabel("per cent of gross exports")
    return caption(fig, source)


def yearly_moves(moves: pd.DataFrame, source: str):
    """Mean absolute move of participation from year to year: ``region`` beside ``others``, points by year."""
    worst = moves["region"].idxmax()
    above = int((moves["region"] > moves["others"]).sum())
    fig, ax = figure(f"The region moved more than others in {above} of {len(moves)} years, most in {worst}",
                     "Mean move of participation against the year before, up or down, points of gross exports",
                     height=0.7 * len(moves) + 0.7)
    shades = {"ASEAN, Japan, Korea": colour("ASEAN"), "other economies": PALE}
    shapes.bars(ax, moves[["region", "others"]].set_axis(list(shades), axis=1), shades)
    shapes.key(ax, shades, "s")
    return caption(fig, source)


def spread_change(spreads: pd.DataFrame, source: str):
    """Spread of monthly growth ``before`` and ``since``, points; index (series, partner)."""
    rise = spreads["rise"].unstack()
    held = int(rise.idxmin(axis=1).eq("China").sum())
    fig, axes = figure(f"The spread rose least with China in {held} of {len(rise)} series",
                       "Spread (standard deviation) of monthly growth over a year before, points: 2017-2019 (hollow) "
                       "and since 2020 (full)", height=1.9 * len(rise), panels=len(rise), sharex=True)
    codes = {"China": "CHN", "US": "USA", "Europe": "EU"}
    for ax, (label, one) in zip(axes, spreads.groupby(level=0, sort=False), strict=True):
        table = one.droplevel(0)
        shapes.dumbbells(ax, table[["before", "since"]], [colour(codes[partner]) for partner in table.index])
        ax.set_title(label)
    axes[-1].set_xlabel("points")
    return caption(fig, source)
