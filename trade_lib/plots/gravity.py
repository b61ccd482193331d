"""Figures of trade potential."""

import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

REGIONS = {
    "Emerging Asia": "#d98200", "Africa": "#00845a", "Latin America": "#b5548b", "Emerging Europe": "#0b5fa5",
    "Advanced Asia and Pacific": "#7a5c3e", "Advanced Europe": "#5d4aa8", "North America": "#5aaee0",
    "Other developing": "#8a8a8a",
}
DEVELOPING = ("Emerging Asia", "Africa", "Latin America", "Emerging Europe")
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10)


def _log_axis(ax, label, ticks=TICKS):
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.set_xlabel(label)


def potential_ranking(ranking, ordinary, year, source):
    """Partners ranked by predicted over actual trade, with intervals; a colour a region.

    Parameters
    ----------
    ranking : pandas.DataFrame
        ``name, region, relative, low, high``; the furthest below prediction first.
    ordinary : tuple of float
        Limits of what is ordinary between other countries, drawn as a band.
    year : int
    source : str
        Caption.
    """
    table = ranking.iloc[::-1].reset_index(drop=True)
    room = ranking[ranking["low"] > 1]
    emerging = int(room["region"].isin(DEVELOPING).sum())
    fig, ax = figure(
        f"{ranking['name'].iloc[0]} is the widest gap: China trades less than expected with {len(room)} of its "
        f"{len(ranking)} largest partners, {emerging} of them emerging",
        f"Goods trade predicted by size, distance and ties, over actual trade, {year}; China's trade as a whole = 1. "
        f"Shaded: where four in five pairs of other large traders lie ({ordinary[0]:.1f} to {ordinary[1]:.1f})",
        size=(9, 0.235 * len(table) + 2.1))
    ax.axvspan(*ordinary, color=GRID, alpha=0.6, zorder=0)
    ax.axvline(1, color=INK, lw=1)
    for region, shade in REGIONS.items():
        here = table[table["region"] == region]
        ax.hlines(here.index, here["low"], here["high"], color=shade, lw=2.4, alpha=0.55)
        if len(here):
            ax.scatter(here["relative"], here.index, color=shade, s=42, zorder=3, label=region)
    ax.set_yticks(table.index, table["name"], color=INK)
    ax.set_ylim(-0.8, len(table) + 0.9)
    _log_axis(ax, "predicted over actual trade (log scale)")
    ax.set_xlim(min(table["low"].min(), ordinary[0]) * 0.9, max(table["high"].max(), ordinary[1]) * 1.1)
    ax.text(1.03, len(table) + 0.2, "trades less than expected →", fontsize=9, color=SOFT, va="center")
    ax.text(0.97, len(table) + 0.2, "← trades more than expected", fontsize=9, color=SOFT, va="center", ha="right")
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right", fontsize=9, frameon=True, framealpha=0.9, edgecolor="none")
    return caption(fig, source)


def potential_groups(groups, source):
    """Predicted over actual by group of partners, two years: in level, and against all other partners.

    Parameters
    ----------
    groups : pandas.DataFrame
        ``group, year, ratio, ratio_low, ratio_high, against_rest, against_rest_low, against_rest_high``.
    source : str
        Caption.
    """
    names = list(dict.fromkeys(groups["group"]))
    first, last = sorted(groups["year"].unique())
    lead = groups[groups["group"] == names[0]].set_index("year")
    gap = {year: "a shortfall" if row["against_rest_low"] > 1 else "a surplus" if row["against_rest_high"] < 1
           else "no clear gap" for year, row in lead.iterrows()}
    fig, axes = figure(
        f"Developing against advanced partners: {gap[first]} in {first}, {gap[last]} of trade in {last}",
        "Left: predicted over actual trade, which rests on what an economy of China's size trades. Right: against all "
        "other partners, which does not. 95 % intervals", columns=2, size=(11, 5), sharey=True)
    axes[0].axhspan(len(names) - 2.5, len(names) - 0.5, color=GRID, alpha=0.6, zorder=0)
    axes[1].axhspan(len(names) - 2.5, len(names) - 0.5, color=GRID, alpha=0.6, zorder=0)
    for ax, column, label in ((axes[0], "ratio", "predicted over actual"),
                              (axes[1], "against_rest", "the same, over that of all other partners")):
        ax.axvline(1, color=INK, lw=1)
        for year, shift, filled in ((first, 0.16, True), (last, -0.16, False)):
            here = groups[groups["year"] == year].set_index("group").reindex(names)
            y = len(names) - 1 - np.arange(len(names)) + shift
            shade = colour("CHN") if filled else SOFT
            ax.hlines(y, here[f"{column}_low"], here[f"{column}_high"], color=shade, lw=2.2, alpha=0.6)
            ax.scatter(here[column], y, s=42, color=shade if filled else "white", edgecolor=shade, zorder=3,
                       label=str(year))
        _log_axis(ax, f"{label} (log scale)", (0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5))
        ax.grid(axis="y", visible=False)
    axes[0].set_yticks(len(names) - 1 - np.arange(len(names)), names, color=INK)
    axes[1].legend(loc="lower right", frameon=True, framealpha=0.9, edgecolor="none")
    return caption(fig, source)


def potential_placebo(placebo, source):
    """The two ratios of the largest traders, each left out in its turn: China among its peers.

    Parameters
    ----------
    placebo : pandas.DataFrame
        ``country, developing, against``.
    source : str
        Caption.
    """
    china, others = placebo[placebo["country"] == "CHN"].iloc[0], placebo[placebo["country"] != "CHN"]
    more = int((others["developing"] > china["developing"]).sum())
    fig, ax = figure(
        f"{more} of {len(others)} other large traders show more room with developing partners than China does",
        "Predicted over actual trade with developing partners, and that over the same ratio of all other partners, for "
        "forty countries, each predicted by a model that never saw its trade", size=(9, 5.8))
    ax.axhline(1, color=INK, lw=0.8)
    ax.axvline(1, color=INK, lw=0.8)
    ax.scatter(others["developing"], others["against"], s=28, color=SOFT, alpha=0.6)
    ax.scatter(china["developing"], china["against"], s=110, color=colour("CHN"), zorder=3)
    points = np.log(placebo[["developing", "against"]].to_numpy())
    for k, row in enumerate(placebo.itertuples()):
        ahead = points - points[k]  # a label goes to the left where a neighbour stands to the right
        crowded = ((ahead[:, 0] > 0) & (ahead[:, 0] < 0.07) & (abs(ahead[:, 1]) < 0.09)).any()
        own = row.country == "CHN"
        ax.annotate("China" if own else row.country, (row.developing, row.against), textcoords="offset points",
                    xytext=(9, -4) if own else (-6 if crowded else 5, 3),
                    ha="right" if crowded and not own else "left",
                    fontsize=12 if own else 7.5, color=colour("CHN") if own else INK,
                    fontweight="bold" if own else "normal")
    _log_axis(ax, "predicted over actual, developing partners (log scale)")
    ax.set_yscale("log")
    ax.yaxis.set_major_locator(FixedLocator(TICKS))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.set_ylabel("over that of other partners")
    return caption(fig, source)


def potential_gains(gains, source):
    """What agreements or lower distance costs would add, by group of partners.

    Parameters
    ----------
    gains : pandas.DataFrame
        ``group, change, added, low, high`` (bn US$).
    source : str
        Caption.
    """
    table = gains.iloc[::-1].reset_index(drop=True)
    agreed = gains[gains["change"].str.contains("agreement")]
    added, low, high = agreed[["added", "low", "high"]].sum()
    share = agreed.loc[agreed["group"].str.startswith("Emerging"), "added"].sum() / added
    fig, ax = figure(f"Agreements with everyone would add {added:.0f} bn US$ a year, {100 * share:.0f} % of it with "
                     "developing partners", "Trade added, bn US$ a year, other things equal; lines: 95 % intervals "
                     f"(agreements together {low:.0f} to {high:.0f})", size=(9, 3.4))
    shades = ["#d98200" if group.startswith("Emerging") else "#5d4aa8" for group in table["group"]]
    ax.barh(table.index, table["added"], color=shades, height=0.55, alpha=0.85)
    ax.hlines(table.index, table["low"], table["high"], color=INK, lw=1.5)
    ax.set_yticks(table.index, table["group"] + ":\n" + table["change"], color=INK, fontsize=9)
    ax.axvline(0, color=INK, lw=0.8)
    ax.set_xlabel("bn US$ a year")
    ax.grid(axis="y", visible=False)
    return caption(fig, source)
