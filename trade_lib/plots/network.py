"""Figures of China's network of trading partners."""

import numpy as np
import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, NAMES, PALE, SOFT, caption, colour, figure

REGIONS = {"ASEAN": colour("ASEAN"), "Africa": colour("AFRICA"), "Russia": colour("RUS"),
           "Other developing Asia": "#b5548b", "Latin America": "#7a5c3e", "Other developing": "#5aaee0",
           "Advanced economies": "#8a8a8a"}


def _short(name: str, most: int) -> str:
    """A name of at most so many letters: its first words go, then its last letters."""
    while len(name) > most and " " in name:
        name = name.split(" ", 1)[1]
    return name[:most]


def _regions(ax, table: pd.DataFrame) -> None:
    shapes.key(ax, {region: shade for region, shade in REGIONS.items() if region in set(table["region"])})


def partner_network(nodes: pd.DataFrame, before: tuple[int, int], source: str):
    """The leading partners by pivot score as a ranked list: full where developing, bold where a pivot, * newcomers.

    ``nodes``: ``name``, ``region``, ``developing``, ``score``, ``pivot``, ``new``, highest score first;
    ``attrs["year"]``. ``before``: the first year, and the number of developing pivots in it.
    """
    year, pivots = nodes.attrs["year"], int(nodes["pivot"].sum())
    held = int((nodes["pivot"] & nodes["developing"]).sum())
    fig, ax = figure(f"{held} of the {pivots} pivots of China's trade in {year} are developing economies, "
                     f"against {before[1]} in {before[0]}",
                     f"China's {len(nodes)} partners with the highest pivot score; the {pivots} pivots are above the "
                     f"line, in bold; * not among them in {before[0]}; full: emerging and developing, hollow: advanced",
                     height=0.27 * len(nodes) + 1.4)
    y = shapes.rows(ax, [_short(name, shapes.LONG - 1) + "*" * (pivot and new) for name, pivot, new
                         in zip(nodes["name"], nodes["pivot"], nodes["new"], strict=True)])
    shapes.dots(ax, nodes, nodes["region"].map(REGIONS), value="score", base=nodes["score"].min() * 0.95, text=None,
                hollow=list(~nodes["developing"]))
    for label, pivot in zip(ax.get_yticklabels(), nodes["pivot"], strict=True):
        label.set_fontweight("bold" if pivot else "normal")
    if nodes["pivot"].any() and not nodes["pivot"].all():
        shapes.mark(ax, (y[nodes["pivot"]].min() + y[~nodes["pivot"]].max()) / 2, vertical=False, shade=SOFT)
    _regions(ax, nodes)
    ax.set_xlabel("pivot score")
    return caption(fig, source)


def rising_and_falling(rows: pd.DataFrame, years: tuple[int, int], source: str):
    """Places by pivot score in two years (``before``, ``after``, each with ``_low``, ``_high``) by ``name``."""
    table = rows.sort_values("up", ascending=False).reset_index(drop=True)
    clear = table[(table["after_high"] < table["before_low"]) | (table["after_low"] > table["before_high"])]
    best = table.iloc[0]
    fig, ax = figure(f"{best['name']} rose most, from place {best['before']} to {best['after']}; "
                     f"{len(clear)} of these {len(table)} moves are larger than their intervals",
                     f"Place by pivot score in {years[0]} (hollow) and {years[1]} (full); bars: 90 % of draws with "
                     "errors in the flows, other starts and other weights", height=0.42 * len(table) + 1.6)
    shapes.rows(ax, [f"{_short(name, 13)} {shapes.signed(up, 0)}" for name, up in zip(table["name"], table["up"],
                                                                              strict=True)])
    shades = table["region"].map(REGIONS)
    for end, shift, paint in (("before", 0.17, [PALE] * len(table)), ("after", -0.17, shades)):
        ends = table[[end, f"{end}_low", f"{end}_high"]].set_axis(["value", "low", "high"], axis=1)
        shapes.dots(ax, ends, paint if end == "after" else shades, text=None, hollow=[end == "before"] * len(table),
                    shift=shift)
    _regions(ax, table)
    ax.set_xlabel("place among China's partners (1 is the first)")
    ax.invert_xaxis()
    return caption(fig, source)


def pivots_over_time(counts: pd.Series, draws: pd.DataFrame, groups: pd.DataFrame, breaks, size: int, source: str):
    """Number of developing pivots by year with its ``draws`` (``low``, ``high``), and groups' mean scores as change."""
    first, last = counts.index[0], counts.index[-1]
    change = groups - groups.loc[first]
    best = change[["ASEAN", "AFRICA", "RUS"]].loc[last]
    names = {**NAMES, "developing": "developing", "advanced": "advanced"}
    shades = {"developing": INK, "advanced": SOFT, **{g: colour(g) for g in ("ASEAN", "AFRICA", "RUS")}}
    verb = "gained most" if best.max() > 0 else "lost least"
    fig, (top, bottom) = figure(
        f"Developing pivots: {counts[first]} in {first}, {counts[last]} in {last}; of the article's partners "
        f"{names[best.idxmax()]} {verb} ({shapes.signed(best.max())} points)",
        f"Emerging and developing economies among the {size} pivots, bars: 90 % of draws (above); mean pivot score, "
        f"change since {first}, points (below). {last} is another edition of the data, after two years without data",
        height=5.8, panels=2, sharex=True, height_ratios=(0.8, 1.2))
    for ax in (top, bottom):
        for year in breaks:
            shapes.mark(ax, year, shade=PALE)
    top.vlines(draws.index, draws["low"], draws["high"], color=PALE, lw=8, zorder=1)
    shapes.lines(top, counts.to_frame("developing").astype(float), shades, {}, marker="o")
    top.set_ylim(0, size)
    shapes.mark(bottom, 0, vertical=False, dashed=False)
    shapes.lines(bottom, change[[group for group in shades if group in change]], shades, names, digits=1)
    bottom.set_xticks([first, *breaks, last])
    return caption(fig, source)


def against_random(rows: pd.DataFrame, year: int, source: str):
    """Each pivot's place (``observed``) beside its range (``low``, ``high``) in random networks of the same sizes."""
    table = rows.sort_values("observed", ascending=False).reset_index(drop=True)
    above, below = table["observed"] > table["high"], table["observed"] < table["low"]
    fig, ax = figure(f"{above.sum()} of the {len(table)} pivots stand higher than their size explains, {below.sum()} "
                     "lower",
                     f"Mean of the four network ranks in {year} (dot; hollow: advanced economy) and the 95 % range in "
                     "random networks with the same links, exports and imports of every country (bar)",
                     height=0.3 * len(table) + 1.4)
    y = shapes.rows(ax, [_short(name, shapes.LONG) for name in table["name"]])
    shades = {"above the range": "#00845a", "within": "#8a8a8a", "below": "#c1272d"}
    paint = np.where(above, shades["above the range"], np.where(below, shades["below"], shades["within"]))
    ax.hlines(y, table["low"], table["high"], color="#d9dde3", lw=7, zorder=1)
    shapes.dots(ax, table[["observed"]], paint, value="observed", text=None, hollow=list(~table["developing"]))
    shapes.key(ax, shades, columns=3)
    ax.set_xlabel("mean of four network ranks, 0 to 100")
    return caption(fig, source)
