"""Figures of trade potential."""

import numpy as np
import pandas as pd
from matplotlib.ticker import FixedLocator, NullLocator

from trade_lib.plots import shapes
from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

REGIONS = {
    "Emerging Asia": "#d98200", "Africa": "#00845a", "Latin America": "#b5548b", "Emerging Europe": "#0b5fa5",
    "Advanced Asia and Pacific": "#7a5c3e", "Advanced Europe": "#5d4aa8", "North America": "#5aaee0",
    "Other developing": "#8a8a8a",
}
DEVELOPING = ("Emerging Asia", "Africa", "Latin America", "Emerging Europe")
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10)


def _log_axis(axis, ticks=TICKS):
    axis.axes.set_xscale("log") if axis.axis_name == "x" else axis.axes.set_yscale("log")
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(lambda value, _: f"{value:g}")


def potential_ranking(ranking: pd.DataFrame, ordinary: tuple[float, float], year: int, source: str):
    """Partners by predicted over actual trade (``name, region, relative, low, high``), the widest gap first."""
    room = ranking[ranking["low"] > 1]
    emerging = int(room["region"].isin(DEVELOPING).sum())
    fig, ax = figure(
        f"{ranking['name'].iloc[0]} is the widest gap: China trades less than expected with {len(room)} of its "
        f"{len(ranking)} largest partners, {emerging} of them emerging",
        f"Goods trade predicted by size, distance and ties, over actual trade, {year}; China's trade as a whole = 1; "
        f"bars: 95 % intervals. Shaded: where four in five pairs of other large traders lie ({ordinary[0]:.1f} to "
        f"{ordinary[1]:.1f})", height=0.27 * len(ranking) + 1.6)
    shapes.rows(ax, ranking["name"].str.slice(0, shapes.LONG))
    shapes.periods(ax, *ordinary)
    shapes.mark(ax, 1, dashed=False)
    shapes.dots(ax, ranking, ranking["region"].map(REGIONS), value="relative", text=None)
    _log_axis(ax.xaxis)
    shapes.key(ax, {region: shade for region, shade in REGIONS.items() if region in set(ranking["region"])})
    ax.set(xlim=(min(ranking["low"].min(), ordinary[0]) * 0.9, max(ranking["high"].max(), ordinary[1]) * 1.1),
           xlabel="right of the line: trades less than expected")
    return caption(fig, source)


def potential_groups(groups: pd.DataFrame, source: str):
    """Predicted over actual by ``group`` and ``year``: in level (``ratio``), and against all others."""
    names = list(dict.fromkeys(groups["group"]))
    first, last = sorted(groups["year"].unique())
    lead = groups[groups["group"] == names[0]].set_index("year")
    gap = {year: "a shortfall" if row["against_rest_low"] > 1 else "a surplus" if row["against_rest_high"] < 1
           else "no clear gap" for year, row in lead.iterrows()}
    fig, axes = figure(
        f"Developing against advanced partners: {gap[first]} in {first}, {gap[last]} of trade in {last}",
        "Above: predicted over actual trade, which rests on what an economy of China's size trades. Below: the same "
        "over that of all other partners, which does not. 95 % intervals", height=2 * shapes.tall(names, 0.9), panels=2,
        sharex=True)
    for ax, column, title in zip(axes, ("ratio", "against_rest"), ("predicted over actual", "against all others"),
                                 strict=True):
        shapes.rows(ax, names)
        ax.axhspan(len(names) - 2.5, len(names) - 0.4, color=GRID, alpha=0.6, zorder=0)
        shapes.mark(ax, 1, dashed=False)
        for year, shift, shade in ((first, 0.13, colour("CHN")), (last, -0.17, SOFT)):
            one = groups[groups["year"] == year].set_index("group").reindex(names)
            table = one[[column, f"{column}_low", f"{column}_high"]].set_axis(["value", "low", "high"], axis=1)
            shapes.dots(ax, table, shade, text=None, hollow=[year == last] * len(names), shift=shift)
        _log_axis(ax.xaxis, (0.1, 0.2, 0.5, 1, 2, 5))
        ax.set_title(title)
    shapes.key(axes[0], {str(first): colour("CHN"), str(last): SOFT}, hollow=[str(last)])
    return caption(fig, source)


def potential_placebo(placebo: pd.DataFrame, source: str):
    """The two ratios (``developing``, ``against``) of the largest traders, each left out in its turn."""
    china, others = placebo[placebo["country"] == "CHN"].iloc[0], placebo[placebo["country"] != "CHN"]
    more = int((others["developing"] > china["developing"]).sum())
    fig, ax = figure(
        f"{more} of {len(others)} other large traders show more room with developing partners than China does",
        "Predicted over actual trade with developing partners, and that over the same ratio of all other partners, for "
        "forty countries, each predicted by a model that never saw its trade", height=4.2)
    shapes.mark(ax, 1, vertical=False, dashed=False)
    shapes.mark(ax, 1, dashed=False)
    ax.scatter(others["developing"], others["against"], s=40, color=SOFT, alpha=0.6)
    ax.scatter(china["developing"], china["against"], s=130, color=colour("CHN"), zorder=3)
    outermost = others.loc[sorted({*(others[c].idxmin() for c in ("developing", "against")),
                                   *(others[c].idxmax() for c in ("developing", "against"))})]
    for row in [*outermost.itertuples(), china]:
        own, right = row.country == "CHN", row.developing > 1  # names stay inside the axes
        ax.annotate("China" if own else row.name, (row.developing, row.against), (-8 if right else 8, 6),
                    textcoords="offset points", ha="right" if right else "left",
                    color=colour("CHN") if own else INK, fontweight="bold" if own else "normal")
    _log_axis(ax.xaxis)
    _log_axis(ax.yaxis)
    ax.set(xlabel="predicted over actual, developing partners", ylabel="over that of other partners")
    return caption(fig, source)


def potential_gains(gains: pd.DataFrame, source: str):
    """What agreements or lower distance costs would add (``group, change, added, low, high``, bn US$)."""
    agreed = gains[gains["change"].str.contains("agreement")]
    added, low, high = agreed[["added", "low", "high"]].sum()
    share = agreed.loc[agreed["group"].str.startswith("Emerging"), "added"].sum() / added
    names = gains["group"].str.replace(" and developing", "") + ": " + gains["change"]
    fig, ax = figure(f"Agreements with everyone would add {added:.0f} bn US$ a year, {100 * share:.0f} % of it with "
                     "developing partners", "Trade added, bn US$ a year, other things equal; bars: 95 % intervals "
                     f"(agreements together {low:.0f} to {high:.0f})", height=shapes.tall(names))
    shapes.rows(ax, names)
    shapes.dots(ax, gains, np.where(gains["group"].str.startswith("Emerging"), "#d98200", "#5d4aa8"), value="added",
                base=0, text="{:.0f}")
    shapes.mark(ax, 0, dashed=False)
    ax.set_xlabel("bn US$ a year")
    return caption(fig, source)
