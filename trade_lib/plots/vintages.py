"""Figures on sides and vintages."""

from trade_lib.measures.mirror import FREIGHT
from trade_lib.plots.style import INK, SOFT, caption, colour, figure


def mirror(gaps, source):
    """Mirror gap by direction and year, with the band that freight and insurance explain.

    Parameters
    ----------
    gaps : pandas.DataFrame
        ``direction``, ``year``, ``gap_pct``.
    source : str
        Caption.
    """
    last = gaps[gaps["year"] == gaps["year"].max()].set_index("direction")["gap_pct"]
    fig, ax = figure("Same goods, two books: importer and exporter do not count alike",
                     f"Importer's figure over exporter's, per cent, by direction; {gaps['year'].max()}: "
                     + ", ".join(f"{name} {value:+.0f} %" for name, value in last.items()), size=(9, 4.2))
    ax.axhspan(0, FREIGHT, color="#efefef", zorder=0)
    ax.text(2009.2, 0.4 * FREIGHT, "freight and insurance", fontsize=8, color=SOFT, va="center")
    ax.axhline(0, color=INK, lw=0.8)
    for direction, code in (("Russia to China", "RUS"), ("China to Russia", "CHN")):
        here = gaps[gaps["direction"] == direction]
        ax.plot(here["year"], here["gap_pct"], "o-", color=colour(code), lw=2, label=direction)
    ax.set(ylabel="per cent")
    ax.set_xticks(range(gaps["year"].min(), gaps["year"].max() + 1, 2))
    ax.grid(axis="x", visible=False)
    ax.legend()
    return caption(fig, source)


def revisions(tables, source):
    """Growth computed from today's levels less growth as first announced, by month.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        By flow: months x ``announced``, ``printed``, ``computed``.
    source : str
        Caption.
    """
    worst = max((t["computed"] - t["announced"]).abs().max() for t in tables.values())
    fig, axes = figure(f"A growth rate is not final when announced: later levels move it by up to {worst:.1f} points",
                       "China's trade with the world in dollars, growth over a year earlier: computed from today's "
                       "levels less as announced, points", columns=2, size=(11, 3.8), sharey=True)
    for ax, (flow, table) in zip(axes, tables.items(), strict=True):
        gap = table["computed"] - table["announced"]
        ax.bar(gap.index.to_timestamp(), gap, width=25, color=colour("CHN" if flow == "export" else "WORLD"))
        ax.axhline(0, color=INK, lw=0.8)
        ax.set_title(f"{flow}s", fontsize=10, loc="left", color=SOFT)
        ax.grid(axis="x", visible=False)
    axes[0].set_ylabel("percentage points")
    return caption(fig, source)
