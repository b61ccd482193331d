"""Figures on sides and vintages."""

import pandas as pd

from trade_lib.measures.mirror import FREIGHT
from trade_lib.plots import shapes
from trade_lib.plots.style import caption, colour, figure


def mirror(gaps: pd.DataFrame, source: str):
    """Mirror gap by ``direction`` and ``year`` (``gap_pct``), with the band up to the usual freight and insurance."""
    last = gaps[gaps["year"] == gaps["year"].max()].set_index("direction")["gap_pct"]
    fig, ax = figure("Same goods, two customs: importer and exporter do not count alike",
                     f"Importer's figure over exporter's, per cent, by direction; {gaps['year'].max()}: "
                     + ", ".join(f"{name} {shapes.signed(value, 0)} %" for name, value in last.items())
                     + f". Shaded: up to {FREIGHT} %, what freight and insurance usually take", height=3.4)
    ax.axhspan(0, FREIGHT, color="#efefef", zorder=0)
    shapes.mark(ax, 0, vertical=False, dashed=False)
    wide = gaps.pivot(index="year", columns="direction", values="gap_pct")
    shapes.lines(ax, wide, {name: colour("CHN" if name.startswith("China") else "RUS") for name in wide},
                 {name: name.replace(" to ", "\nto ") for name in wide}, marker="o")
    return caption(fig, source)


def revisions(tables: dict[str, pd.DataFrame], source: str):
    """Growth ``computed`` from today's levels less growth as first ``announced``, by month, a panel a flow."""
    worst = max((t["computed"] - t["announced"]).abs().max() for t in tables.values())
    fig, axes = figure(f"A growth rate is not final when announced: later levels move it by up to {worst:.1f} points",
                       "China's trade with the world in dollars, growth over a year earlier: computed from today's "
                       "levels less as announced, points", height=4.4, panels=2, sharex=True, sharey=True)
    for ax, (flow, table) in zip(axes, tables.items(), strict=True):
        gap = table["computed"] - table["announced"]
        ax.bar(gap.index.to_timestamp(), gap, width=25, color=colour("CHN" if flow == "export" else "WORLD"))
        shapes.mark(ax, 0, vertical=False, dashed=False)
        ax.set_title(f"{flow}s")
        ax.grid(axis="x", visible=False)
    shapes.dates(axes[-1])
    return caption(fig, source)
