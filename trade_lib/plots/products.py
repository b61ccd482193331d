"""Figures on what is traded: bounds on shares, classes of goods, growth beside growth."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, PALE, SOFT, caption, colour, figure

CLASSES = {"fuels": "#4d4d4d", "crude materials": "#9c7a54", "manufactures by material": "#c9a66b", "farm": "#4f9d4f",
           "chemicals": "#8f6bb3", "machinery": "#c1272d", "other manufactures": "#e79a6c", "not specified": "#cfcfcf"}


def africa_bounds(bounds: pd.DataFrame, first: int, last: int, change: str, source: str):
    """Bounds on the non-resource share of imports from Africa by year (index): ``low``, ``high``, per cent."""
    proof = {"rise": "the share has risen", "fall": "the share has fallen", "overlap": "no rise is proven"}[change]
    fig, ax = figure(f"{first} to {last}: {proof}; at most {bounds.loc[last, 'high']:.0f} % was not a resource",
                     "Share of China's imports from Africa that is NOT fuels, ores or metals, per cent: the truth lies "
                     "somewhere in the bar", height=0.34 * len(bounds) + 0.6)
    y = shapes.rows(ax, bounds.index)
    shades = [colour("AFRICA") if year in (first, last) else PALE for year in bounds.index]
    ax.barh(y, bounds["high"] - bounds["low"], left=bounds["low"], color=shades, height=0.7)
    for place, low, high in zip(y, bounds["low"], bounds["high"], strict=True):
        ax.annotate(f"{low:.0f} to {high:.0f}", (high, place), (5, 0), textcoords="offset points", va="center")
    ax.set_xlim(0, 100)
    ax.set_xlabel("per cent")
    return caption(fig, source)


def beside_all(ax, table: pd.DataFrame, shade: str, names: tuple[str, str]) -> None:
    """Growth of one trade (last column, in colour) beside that of all goods (first, grey), a row a window."""
    y = shapes.rows(ax, table.index)
    ax.hlines(y, table.iloc[:, 0], table.iloc[:, 1], color=PALE, lw=4, zorder=1)
    for column, paint in zip(table, (SOFT, shade), strict=True):
        ax.scatter(table[column], y, s=80, color=paint, zorder=3)
        other = table[table.columns[1 - list(table).index(column)]]
        for place, value, rival in zip(y, table[column], other, strict=True):
            side = 1 if value >= rival else -1
            ax.annotate(f"{value:.1f}".replace("-", "\u2212"), (value, place), (9 * side, 0), va="center",
                        textcoords="offset points", ha="left" if side > 0 else "right")
    shapes.key(ax, {names[1]: shade, names[0]: SOFT})
    ax.margins(x=0.22)


def farm_growth(windows: pd.DataFrame, share: float, source: str):
    """Growth of farm trade beside growth of all trade (``years``, ``flow``, ``farm``, ``all``, per cent a year)."""
    held = (windows["farm"] > windows["all"]).sum()
    names = [f"{row.years}, {'imports' if row.flow == 'import' else 'both ways'}; all by {row[3]}"
             for row in windows.itertuples()]
    fig, ax = figure(f"Farm trade with Africa outgrew all trade in {held} of {len(windows)} comparisons",
                     f"Growth, per cent a year; farm products were {share:.1f} % of China's imports from Africa in "
                     "January-July 2023", height=shapes.tall(names, 1.1))
    beside_all(ax, windows.set_axis(names)[["all", "farm"]], CLASSES["farm"], ("all goods", "farm products"))
    shapes.mark(ax, 0, dashed=False)
    ax.set_xlabel("per cent a year")
    return caption(fig, source)


def class_shares(values: pd.DataFrame, source: str):
    """Classes of goods (columns) as shares of flows (rows "flow, year"); the last flow makes the headline."""
    share = 100 * values.div(values.sum(axis=1), axis=0)
    flow = share.index[-1].split(", ")[0]
    own = share[share.index.str.startswith(flow)]
    moved = (own.iloc[-1] - own.iloc[0]).sort_values()
    years = [label.split(", ")[1] for label in own.index[[0, -1]]]
    fig, ax = figure(f"{flow}, {years[0]} to {years[1]}: {moved.index[-1]} {shapes.signed(moved.iloc[-1], 0)} points, "
                     f"{moved.index[0]} {shapes.signed(moved.iloc[0], 0)}", "Classes of goods, per cent of the flow",
                     height=shapes.tall(share.index, 1.7))
    wide = share[[name for name in CLASSES if name in share.columns]]
    shapes.stacks(ax, wide, CLASSES)
    shapes.key(ax, {name: CLASSES[name] for name in wide}, "s")
    ax.set_xlim(0, 100)
    ax.grid(visible=False)
    return caption(fig, source)


def machinery_shares(table: pd.DataFrame, source: str):
    """Machinery's share of trade with ASEAN by ``reading``, ``flow`` and ``year``, per cent."""
    said = table[table["reading"] == "printed"].sort_values("year").groupby("flow")["share"].agg(["first", "last"])
    first, last = said.loc["import"]
    path = table[(table["reading"] == "section 7") & (table["flow"] == "import")].sort_values("year")["share"]
    steady = "" if path.is_monotonic_increasing else ", and no steady climb"
    fig, axes = figure(f"From {first:.0f} to {last:.0f} % machinery in what China buys from ASEAN{steady}",
                       "Machinery's share of goods, per cent, by three readings that are not spliced", height=5.6,
                       panels=2, sharex=True, sharey=True)
    labels = {"section 7": "SITC section 7,\nten members", "printed": "customs, M&E",
              "Singapore": "Singapore,\n2 chapters"}
    shades = {"section 7": "#7a5c3e", "printed": colour("CHN"), "Singapore": "#b8860b"}
    for ax, (flow, title) in zip(axes, {"export": "China to ASEAN", "import": "ASEAN to China"}.items(), strict=True):
        wide = table[table["flow"] == flow].pivot(index="year", columns="reading", values="share")[list(labels)]
        shapes.lines(ax, wide, shades, labels, dashed=["printed"], marker="o", digits=0)
        ax.set_title(title)
    axes[0].set_ylim(0, 100)
    return caption(fig, source)


def intermediate_goods(table: pd.DataFrame, source: str):
    """Intermediate goods within all trade by year (``intermediate``, ``total``, bn yuan; ``share``, per cent)."""
    first, last = table.iloc[0], table.iloc[-1]
    fig, ax = figure(f"Intermediate goods: {first['share']:.0f} % of the trade in {first['year']:.0f}, "
                     f"{last['share']:.0f} % in {last['year']:.0f}",
                     "China-ASEAN goods trade, bn yuan; dark: intermediate goods, with their share",
                     height=shapes.tall(table["year"]))
    y = shapes.rows(ax, table["year"].astype(int))
    ax.barh(y, table["total"], color=colour("ASEAN"), alpha=0.3, height=0.7)
    ax.barh(y, table["intermediate"], color=colour("ASEAN"), height=0.7)
    for place, row in zip(y, table.itertuples(), strict=True):
        said = f" (printed: {row.printed_share:.0f} %)" if row.printed_share == row.printed_share else ""
        ax.text(0.02 * table["total"].max(), place, f"{row.share:.1f} %{said}", va="center", color=INK)
    ax.set_xlabel("bn yuan")
    return caption(fig, source)


def value_added_shares(table: pd.DataFrame, names: dict[str, str], source: str):
    """Domestic value added in exports by economy (columns, ``ASEAN`` among them) and year, per cent."""
    group = table["ASEAN"]
    word = "has not risen" if group.iloc[-1] <= group.iloc[0] else "has risen"
    fig, ax = figure(f"What ASEAN adds to its exports {word}: {group.iloc[0]:.0f} % in {table.index[0]}, "
                     f"{group.iloc[-1]:.0f} % in {table.index[-1]}",
                     "Domestic value added absorbed abroad, per cent of gross exports (a high share can also mean raw "
                     "goods); dotted: years without a table", height=4.2)
    shades = {c: SOFT if c in names else "#d5d5d5" for c in table} | {"ASEAN": colour("ASEAN")}
    shapes.lines(ax, table.loc[2007:], shades, {**names, "ASEAN": "nine members"})
    for column, shade in shades.items():
        ax.plot([2000, 2007], table.loc[[2000, 2007], column], color=shade, lw=1, ls=":")
    ax.set_xticks([2000, 2007, 2014, 2021])
    return caption(fig, source)
