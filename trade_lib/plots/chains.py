"""Figures of the claims on value chains."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import GRID, INK, NAMES, PALE, SOFT, caption, colour, figure

LABELS = {**NAMES, "EU": "EU (27 of 2011)", "all": "all ten together"}
# A measure has one colour in all figures of the chapter.
MEASURES = {"intermediate": ("intermediates", "#0072b2"), "domestic_content": ("domestic value added", "#d55e00"),
            "GVC": ("crossing more than one border", "#7a4fa3")}
BORDERS = {"DAVAX": ("one, used up by the buyer", "#d9dde3"), "GVCF": ("several, sent on by the buyer", "#7a4fa3"),
           "GVCB": ("several, foreign value", "#b79ad0")}


def chain_gaps(gaps: pd.DataFrame, source: str):
    """Points a year by which a ``measure`` outgrew gross trade with a ``partner`` from ``start`` to ``end``."""
    windows = list(dict.fromkeys(zip(gaps["start"], gaps["end"], strict=True)))
    partners = [p for p in dict.fromkeys(gaps["partner"]) if p != "all"]
    start, end = windows[-1]
    last = gaps[(gaps["start"] == start) & gaps["partner"].isin(partners)]
    held = last[last["value"] > 0].groupby("measure")["partner"].nunique().reindex(MEASURES).fillna(0).astype(int)
    fig, axes = figure(
        f"{start}-{end}, intermediates outgrew trade with {held['intermediate']} of {len(partners)} partners, domestic "
        f"value added with {held['domestic_content']}, chains over several borders with {held['GVC']}",
        "Growth a year of each measure less growth of gross trade, points; China's exports to the partner and imports "
        "from it added up", height=4.6 * len(windows), panels=len(windows), sharex=True)
    order = [*partners, "all"]
    for ax, (start, end) in zip(axes, windows, strict=True):
        one = gaps[(gaps["start"] == start) & (gaps["end"] == end)]
        shapes.rows(ax, [LABELS.get(p, p) for p in order])
        for shift, (measure, (_, shade)) in zip((0.22, 0, -0.22), MEASURES.items(), strict=True):
            table = one[one["measure"] == measure].set_index("partner")[["value"]].reindex(order)
            shapes.dots(ax, table, shade, base=0, text=None, shift=shift)
        ax.axhspan(-0.5, 0.5, color=GRID, alpha=0.5, zorder=0)
        shapes.mark(ax, 0, dashed=False)
        ax.set_title(f"{start}-{end}")
    shapes.key(axes[0], dict(MEASURES.values()), columns=1)
    axes[-1].set_xlabel("points a year; right of the line: faster than trade")
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


def export_growth(indices: pd.DataFrame, source: str):
    """China's exports, gross and by value-chain measure, as indices by year, 100 in the first."""
    first, end = indices.index[0], indices.index[-1]
    lead = 100 * (indices["domestic_content"] / indices["gross_exports"] - 1)
    fig, ax = figure(f"Since {first} value added had grown {lead[2017]:.0f} % past China's exports by 2017, "
                     f"{lead[2021]:.0f} % by 2021, {lead[end]:.0f} % by {end}",
                     f"China's exports to the world, {first} = 100, current dollars", height=3.4)
    names = {"gross_exports": "gross", "intermediate": "intermediates", "domestic_content": "domestic\nvalue added"}
    shapes.lines(ax, indices[list(names)], {"gross_exports": INK, "intermediate": MEASURES["intermediate"][1],
                                            "domestic_content": MEASURES["domestic_content"][1]}, names)
    shapes.periods(ax, 2019.5, 2020.5)
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
