"""Figures on what is traded: bounds on shares, classes of goods, growth beside growth."""

import numpy as np

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

CLASSES = {"fuels": "#4d4d4d", "crude materials": "#9c7a54", "manufactures by material": "#c9a66b", "farm": "#4f9d4f",
           "chemicals": "#8f6bb3", "machinery": "#c1272d", "other manufactures": "#e79a6c", "not specified": "#cfcfcf"}


def africa_bounds(bounds, methods, source):
    """Bounds on the non-resource share of imports from Africa, a panel a method.

    Parameters
    ----------
    bounds : pandas.DataFrame
        ``method``, ``year``, ``low``, ``high`` (per cent).
    methods : dict
        Method to its label, in the order drawn.
    source : str
        Caption.
    """
    latest = bounds[bounds["method"] == "minerals"].sort_values("year").iloc[-1]
    ends = bounds.sort_values("year").groupby("method").agg(["first", "last"])
    rises = (ends["low", "last"] > ends["high", "first"]).sum()
    proof = f"{rises} of {len(ends)} tables prove a rise" if rises else "no table proves a rise"
    fig, axes = figure(f"Outside South Africa at most {latest['high']:.0f} % was not a resource in {latest['year']}; "
                       f"{proof}",
                       "Share of China's imports from Africa that is NOT fuels, ores or metals, per cent: bounds, by "
                       "what each source can tell", columns=len(methods), size=(11, 4.6), sharey=True,
                       width_ratios=[1.0, 1.5, 0.85, 1.5][:len(methods)])
    for ax, (method, label) in zip(axes, methods.items(), strict=True):
        here = bounds[bounds["method"] == method].sort_values("year")
        x = np.arange(len(here))
        ax.bar(x, here["high"] - here["low"], bottom=here["low"], width=0.62, color=colour("AFRICA"), alpha=0.35)
        for y in ("low", "high"):
            ax.hlines(here[y], x - 0.31, x + 0.31, color=colour("AFRICA"), lw=2)
        shown = x if len(here) < 4 else x[[0, len(here) // 3, 2 * len(here) // 3, -1]]
        ax.set_xticks(shown, here["year"].iloc[shown])
        wrapped = label.replace(", ", ",\n", 1)
        ax.set_title(wrapped, fontsize=10, loc="left", color=INK)
        ax.grid(axis="x", visible=False)
        ax.margins(x=0.06 if len(here) > 2 else 0.6)
        for i in sorted({0, len(here) - 1}):
            low, high = here[["low", "high"]].iloc[i]
            ax.text(x[i], high + 1.5, f"{low:.0f}-{high:.0f}", ha="center", fontsize=9, color=INK)
    axes[0].set(ylim=(0, max(90, bounds["high"].max() + 6)), ylabel="per cent of imports")
    return caption(fig, source)


def gold_break(minerals, source):
    """Minerals and metals from Africa with and without South Africa: the jump of 2015 is gold's booking.

    Parameters
    ----------
    minerals : pandas.DataFrame
        By year: ``minerals``, ``minerals_without``, bn US$.
    source : str
        Caption.
    """
    south = minerals["minerals"] - minerals["minerals_without"]
    jump = south.loc[2015] - south.loc[2014]
    fig, ax = figure(f"South Africa's {jump:.0f} bn jump in 2015 is gold finding its code, not growth",
                     "China's imports of minerals and metals from Africa, bn US$; to 2014 gold was booked without a "
                     "product", size=(9, 3.9))
    years = minerals.index
    ax.axvspan(years.min() - 0.5, 2014.5, color=GRID, alpha=0.6, zorder=0)
    ax.plot(years, minerals["minerals_without"], "o-", color=colour("AFRICA"), lw=2, ms=4)
    ax.plot(years[years <= 2014], south[south.index <= 2014], "o--", color=colour("USA"), lw=2, ms=4, mfc="white")
    ax.plot(years[years >= 2015], south[south.index >= 2015], "o-", color=colour("USA"), lw=2, ms=4)
    ax.text(years.max() + 0.15, minerals["minerals_without"].iloc[-1], "Africa without\nSouth Africa",
            color=colour("AFRICA"), va="center", fontsize=10)
    ax.text(years.max() + 0.15, south.iloc[-1], "South Africa", color=colour("USA"), va="center", fontsize=10)
    ax.text(years.min() - 0.4, south.max() * 1.12, "gold left out", color=SOFT, fontsize=9)
    ax.set(ylabel="bn US$", ylim=(0, 1.22 * south.max()), xlim=(years.min() - 0.5, years.max() + 2.2))
    ax.set_xticks(years)
    ax.grid(axis="x", visible=False)
    return caption(fig, source)


def farm_growth(windows, share, source):
    """Growth of farm trade beside growth of all trade, a row a window.

    Parameters
    ----------
    windows : pandas.DataFrame
        ``window``, ``flow``, ``farm``, ``all``: per cent a year.
    share : float
        Farm products' share of imports, per cent, for the subtitle.
    source : str
        Caption.
    """
    held = (windows["farm"] > windows["all"]).sum()
    fig, ax = figure(f"Farm trade with Africa outgrew all trade in {held} of {len(windows)} windows",
                     f"Growth, per cent a year; farm products were {share:.1f} % of China's imports from Africa in "
                     "January-July 2023", size=(9, 3.6))
    for y, row in enumerate(windows.iloc[::-1].itertuples()):
        ax.plot([row.all, row.farm], [y, y], color=GRID, lw=5, solid_capstyle="round", zorder=1)
        for value, shade in ((row.all, SOFT), (row.farm, CLASSES["farm"])):
            ax.scatter(value, y, s=90, color=shade, zorder=3)
            ax.annotate(f"{value:.1f}", (value, y), (0, 9), textcoords="offset points", ha="center", fontsize=9)
    names = [f"{r.window}, {'imports' if r.flow == 'import' else 'both ways'}" for r in windows.iloc[::-1].itertuples()]
    ax.set_yticks(range(len(names)), names, color=INK)
    ax.axvline(0, color=INK, lw=0.8)
    ax.scatter([], [], s=90, color=CLASSES["farm"], label="farm products")
    ax.scatter([], [], s=90, color=SOFT, label="all goods")
    ax.set(xlabel="per cent a year", ylim=(-0.5, len(names) - 0.3))
    ax.margins(x=0.08)
    ax.grid(axis="y", visible=False)
    ax.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.28))
    return caption(fig, source)


def class_shares(values, source):
    """Classes of goods as shares of flows, stacked bars; the headline names what changed most in the last flow.

    Parameters
    ----------
    values : pandas.DataFrame
        Rows "flow, year" in order, columns: classes of CLASSES, any unit.
    source : str
        Caption.
    """
    share = 100 * values.div(values.sum(axis=1), axis=0)
    flow = share.index[-1].split(", ")[0]
    own = share[share.index.str.startswith(flow)]
    moved = (own.iloc[-1] - own.iloc[0]).sort_values()
    years = [label.split(", ")[1] for label in own.index[[0, -1]]]
    fig, ax = figure(f"{flow}, {years[0]} to {years[1]}: {moved.index[-1]} {moved.iloc[-1]:+.0f} points, "
                     f"{moved.index[0]} {moved.iloc[0]:+.0f}", "Classes of goods, per cent of the flow",
                     size=(9, 0.55 * len(share) + 2.1))
    left = np.zeros(len(share))
    for name in [c for c in CLASSES if c in share.columns]:
        ax.barh(range(len(share)), share[name], left=left, color=CLASSES[name], height=0.7, label=name)
        for y, (start, width) in enumerate(zip(left, share[name], strict=True)):
            if width >= 5:
                ax.text(start + width / 2, y, f"{width:.0f}", ha="center", va="center", fontsize=9, color="white")
        left += share[name].to_numpy()
    ax.set_yticks(range(len(share)), [str(name) for name in share.index], color=INK)
    ax.invert_yaxis()
    ax.set(xlabel="per cent", xlim=(0, 100))
    ax.grid(visible=False)
    ax.legend(ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.45 / (0.25 * len(share) + 0.8)), fontsize=9)
    return caption(fig, source)


def machinery_shares(table, source):
    """Machinery's share of trade with ASEAN by three readings, China's exports and imports side by side.

    Parameters
    ----------
    table : pandas.DataFrame
        ``reading`` (section 7, printed, Singapore), ``flow``, ``year``, ``share`` (per cent).
    source : str
        Caption.
    """
    said = table[table["reading"] == "printed"].sort_values("year").groupby("flow")["share"].agg(["first", "last"])
    first, last = said.loc["import"]
    path = table[(table["reading"] == "section 7") & (table["flow"] == "import")].sort_values("year")["share"]
    steady = "" if path.is_monotonic_increasing else ", and no steady climb"
    fig, axes = figure(f"From {first:.0f} to {last:.0f} % machinery in what China buys from ASEAN{steady}",
                       "Machinery's share of goods, per cent, by three readings that are not spliced", columns=2,
                       size=(11, 4.5), sharey=True)
    looks = {"section 7": ("s-", "#7a5c3e", "SITC section 7, ten members"),
             "printed": ("o--", colour("CHN"), "customs, mechanical and electrical"),
             "Singapore": ("-", colour("SGP"), "Singapore, two of ten chapters")}
    for ax, (flow, title) in zip(axes, {"export": "China to ASEAN", "import": "ASEAN to China"}.items(), strict=True):
        for reading, (style, shade, label) in looks.items():
            here = table[(table["reading"] == reading) & (table["flow"] == flow)].sort_values("year")
            ax.plot(here["year"], here["share"], style, color=shade, lw=2, ms=6, label=label,
                    mfc="white" if reading == "printed" else None)
            for i in (0, -1):
                year, share = here[["year", "share"]].iloc[i]
                below = reading == "printed" and i == -1 or reading == "section 7" and i == -1
                ax.annotate(f"{share:.0f}", (year, share), (0, -14 if below else 7), textcoords="offset points",
                            ha="center", fontsize=9, color=shade)
        ax.set_title(title, fontsize=10, loc="left", color=SOFT)
        ax.grid(axis="x", visible=False)
        ax.set(ylim=(0, 100), xlim=(1991, 2025))
    axes[0].set_ylabel("per cent")
    axes[0].legend(loc="lower right")
    return caption(fig, source)


def intermediate_goods(table, source):
    """Intermediate goods within all trade, a bar a year, with the share the two values give.

    Parameters
    ----------
    table : pandas.DataFrame
        ``year``, ``intermediate``, ``total`` (bn yuan), ``share``, ``printed_share`` (per cent).
    source : str
        Caption.
    """
    first, last = table.iloc[0], table.iloc[-1]
    fig, ax = figure(f"Intermediate goods: {first['share']:.0f} % of the trade in {first['year']:.0f}, "
                     f"{last['share']:.0f} % in {last['year']:.0f}",
                     "China-ASEAN goods trade, bn yuan; dark: intermediate goods", size=(9, 3.2))
    for y, row in enumerate(table.iloc[::-1].itertuples()):
        ax.barh(y, row.total, color=colour("ASEAN"), alpha=0.3, height=0.6)
        ax.barh(y, row.intermediate, color=colour("ASEAN"), height=0.6)
        said = f" (printed: {row.printed_share:.0f} %)" if row.printed_share == row.printed_share else ""
        ax.text(row.total + 60, y, f"{row.intermediate:,.0f} of {row.total:,.0f} = {row.share:.1f} %{said}", fontsize=9,
                va="center")
    ax.set_yticks(range(len(table)), table["year"].iloc[::-1], color=INK)
    ax.set(xlabel="bn yuan", xlim=(0, table["total"].max() * 1.5))
    ax.grid(axis="y", visible=False)
    return caption(fig, source)


def value_added_shares(table, names, source):
    """Domestic value added in exports by economy, the group's line on top; the gap in the years is left open.

    Parameters
    ----------
    table : pandas.DataFrame
        By year: a column an economy and ``ASEAN``, per cent.
    names : dict
        Economy to label; the others are drawn without one.
    source : str
        Caption.
    """
    group = table["ASEAN"]
    word = "has not risen" if group.iloc[-1] <= group.iloc[0] else "has risen"
    fig, ax = figure(f"What ASEAN adds to its exports {word}: {group.iloc[0]:.0f} % in {table.index[0]}, "
                     f"{group.iloc[-1]:.0f} % in {table.index[-1]}",
                     "Domestic value added absorbed abroad, per cent of gross exports (a high share can also mean raw "
                     "goods)", size=(9, 4.4))
    solid = table.loc[2007:]
    for economy in [c for c in table.columns if c != "ASEAN"]:
        shade = "#8a8a8a" if economy in names else "#d5d5d5"
        ax.plot(solid.index, solid[economy], color=shade, lw=1.3)
        ax.plot([2000, 2007], table.loc[[2000, 2007], economy], color=shade, lw=0.8, ls=":")
        if economy in names:
            ax.text(table.index[-1] + 0.2, table[economy].iloc[-1], names[economy], fontsize=9, color=SOFT, va="center")
    ax.plot(solid.index, solid["ASEAN"], color=colour("ASEAN"), lw=3)
    ax.plot([2000, 2007], table.loc[[2000, 2007], "ASEAN"], color=colour("ASEAN"), lw=1.5, ls=":")
    ax.plot(2000, table.loc[2000, "ASEAN"], "o", color=colour("ASEAN"))
    ax.text(table.index[-1] + 0.2, group.iloc[-1], "nine members", fontsize=10, color=colour("ASEAN"), va="center",
            fontweight="bold")
    ax.set(ylabel="per cent", xlim=(1999.5, table.index[-1] + 3.6))
    ax.set_xticks([2000, *range(2007, 2023, 3)])
    ax.grid(axis="x", visible=False)
    return caption(fig, source)
