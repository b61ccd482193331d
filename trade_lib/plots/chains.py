"""Figures of the claims on value chains."""

import numpy as np

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

NAMES = {"EU": "EU (27 of 2011)", "USA": "United States", "JPN": "Japan", "KOR": "Korea", "TWN": "Taiwan",
         "IDN": "Indonesia", "RUS": "Russia", "IND": "India", "AUS": "Australia", "BRA": "Brazil",
         "all": "all ten together", "BRN": "Brunei", "KHM": "Cambodia", "LAO": "Laos", "MYS": "Malaysia",
         "PHL": "Philippines", "SGP": "Singapore", "THA": "Thailand", "VNM": "Vietnam", "CHN": "China"}
# A measure has one colour and one mark in all figures of the chapter.
MEASURES = {"intermediate": ("intermediates", "#0072b2", "o"),
            "domestic_content": ("domestic value added", "#d55e00", "D"),
            "GVC": ("crossing more than one border", "#7a4fa3", "^")}
BORDERS = {"DAVAX": ("one, used up by the buyer", "#d9dde3"),
           "GVCF": ("several, sent on by the buyer", "#7a4fa3"),
           "GVCB": ("several, foreign value", "#b79ad0")}


def chain_gaps(gaps, source):
    """Points by which each measure of value-chain trade outgrew gross trade, by partner, a panel a window.

    Parameters
    ----------
    gaps : pandas.DataFrame
        ``partner``, ``measure``, ``start``, ``end``, ``value`` (points a year).
    source : str
        Caption.
    """
    windows = list(dict.fromkeys(zip(gaps["start"], gaps["end"], strict=True)))
    partners = [p for p in dict.fromkeys(gaps["partner"]) if p != "all"]
    start, end = windows[-1]
    last = gaps[(gaps["start"] == start) & gaps["partner"].isin(partners)]
    held = last[last["value"] > 0].groupby("measure")["partner"].nunique().reindex(MEASURES).fillna(0).astype(int)
    fig, axes = figure(
        f"{start}-{end}, intermediates outgrew trade with {held['intermediate']} of {len(partners)} partners, domestic "
        f"value added with {held['domestic_content']}, chains over several borders with {held['GVC']}",
        "Growth a year of each measure less growth of gross trade, points; China's exports to the partner and imports "
        "from it added up", columns=len(windows), size=(11, 5.4), sharey=True)
    order = [*partners, "all"]
    for ax, (start, end) in zip(axes, windows, strict=True):
        here = gaps[(gaps["start"] == start) & (gaps["end"] == end)]
        for shift, (measure, (label, paint, mark)) in zip((-0.2, 0, 0.2), MEASURES.items(), strict=True):
            values = here[here["measure"] == measure].set_index("partner")["value"].reindex(order)
            y = np.arange(len(order))[::-1] - shift
            ax.hlines(y, 0, values, color=GRID, lw=2, zorder=1)
            ax.scatter(values, y, s=45, color=paint, marker=mark, label=label, zorder=3)
        ax.axvline(0, color=INK, lw=1)
        ax.axhspan(-0.5, 0.5, color=GRID, alpha=0.5, zorder=0)
        ax.set_title(f"{start}-{end}", fontsize=10, loc="left", color=SOFT)
        ax.set_xlabel("points a year; right of the line: faster than trade")
        ax.grid(axis="y", visible=False)
    axes[0].set_yticks(range(len(order)), [NAMES.get(p, p) for p in reversed(order)], color=INK)
    handles, labels = axes[0].get_legend_handles_labels()
    for ax, part in ((axes[0], slice(2)), (axes[1], slice(2, None))):  # in two, or the layout widens one panel's place
        ax.legend(handles[part], labels[part], ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.17))
    return caption(fig, source)


def foreign_content(wiod, adb, source):
    """Foreign content of China's exports over time, two sources that are not joined.

    Parameters
    ----------
    wiod, adb : pandas.Series
        Per cent by year; ``adb`` is backward participation, drawn hollow.
    source : str
        Caption.
    """
    top = wiod.idxmax()
    fig, ax = figure(f"Foreign value in China's exports peaked at {wiod.max():.0f} % in {top}; another source has "
                     f"{adb.min():.0f} to {adb.max():.0f} % since {adb.index[0]}",
                     "Foreign value added in gross exports of China, per cent", size=(9, 4))
    ax.plot(wiod.index, wiod, "-", color=colour("CHN"), lw=2.2)
    ax.plot(adb.index, adb, "o--", color=colour("CHN"), mfc="white", lw=1.4, ms=6)
    for year in (wiod.index[0], top, wiod.index[-1]):
        ax.annotate(f"{wiod[year]:.1f}", (year, wiod[year]), textcoords="offset points", xytext=(0, 8), ha="center")
    for year in (2018, adb.index[-1]):
        ax.annotate(f"{adb[year]:.1f}", (year, adb[year]), textcoords="offset points", xytext=(0, 9), ha="center")
    ax.text(wiod.index[-1] + 0.4, wiod.iloc[-1] - 0.3, "WIOD", color=SOFT, va="center")
    ax.text(adb.index[0] - 0.4, adb.iloc[0], "ADB", color=SOFT, va="center", ha="right")
    ax.axvline(2021, color=INK, lw=0.8, ls=":")
    ax.text(2021, 2, " the article", fontsize=9, color=SOFT)
    ax.set(ylim=(0, wiod.max() * 1.15), ylabel="per cent of gross exports")
    ax.grid(axis="x", visible=False)
    return caption(fig, source)


def border_shares(shares, source):
    """How many borders two-way trade crosses, per cent of gross trade, a bar a year.

    Parameters
    ----------
    shares : pandas.DataFrame
        Indexed by year; ``DAVAX``, ``GVCF``, ``GVCB``, per cent.
    source : str
        Caption.
    """
    several = shares[["GVCF", "GVCB"]].sum(axis=1)
    first, last = shares.index[0], shares.index[-1]
    fig, ax = figure(f"{several[last]:.0f} % of China's trade crossed several borders in {last}, "
                     f"{several[first]:.0f} % in {first}; the most, {several.max():.0f} %, in {several.idxmax()}",
                     "China's trade with all regions of the table, both directions, by the borders its value crosses, "
                     "per cent", size=(9, 2.1 + 0.27 * len(shares)))
    left = np.zeros(len(shares))
    y = np.arange(len(shares))[::-1]
    for name, (label, paint) in BORDERS.items():
        ax.barh(y, shares[name], left=left, color=paint, height=0.8, label=label)
        for at, start, value in zip(y, left, shares[name], strict=True):
            ax.text(start + value / 2, at, f"{value:.0f}", ha="center", va="center", fontsize=9,
                    color="white" if name == "GVCF" else INK)
        left = left + shares[name].to_numpy()
    ax.set_yticks(y, shares.index, color=INK)
    ax.set(xlim=(0, 100), xlabel="per cent of gross trade")
    ax.grid(axis="y", visible=False)
    ax.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.6 / (0.27 * len(shares))))
    return caption(fig, source)


def export_growth(indices, source):
    """China's exports, gross and by value-chain measure, as indices.

    Parameters
    ----------
    indices : pandas.DataFrame
        Indexed by year, 100 in the first; ``gross_exports``, ``intermediate``, ``domestic_content``.
    source : str
        Caption.
    """
    end = indices.index[-1]
    lead = 100 * (indices["domestic_content"] / indices["gross_exports"] - 1)
    fig, ax = figure(f"Since {indices.index[0]} value added had grown {lead[2017]:.0f} % past China's exports by 2017, "
                     f"{lead[2021]:.0f} % by 2021, {lead[end]:.0f} % by {end}",
                     f"China's exports to the world, {indices.index[0]} = 100, current dollars", size=(9, 4.2))
    lines = {"gross_exports": ("gross exports", INK, "-")} | {k: (MEASURES[k][0], MEASURES[k][1], "-")
                                                             for k in ("intermediate", "domestic_content")}
    for name, (label, paint, style) in lines.items():
        ax.plot(indices.index, indices[name], style, color=paint, lw=2.6 if name == "gross_exports" else 1.8,
                label=label)
    ax.axvspan(2019.5, 2020.5, color=GRID, alpha=0.7, zorder=0)
    ax.text(2020, indices.to_numpy().min(), "2020", ha="center", color=SOFT, fontsize=9)
    ax.set(ylabel=f"{indices.index[0]} = 100")
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper left")
    return caption(fig, source)


def participation_change(wide, before, after, source):
    """Participation before and after, a line an economy of the region, the other economies as a band.

    Parameters
    ----------
    wide : pandas.DataFrame
        Index ``country``, ``group`` (region, China, others), columns years, per cent.
    before, after : int
        Years compared; the year after ``before`` is drawn hollow.
    source : str
        Caption.
    """
    shown = wide[wide.index.get_level_values("group") != "others"].droplevel("group").sort_values(after)
    others = wide.xs("others", level="group")
    inside = wide.xs("region", level="group")
    up = int((inside[after] > inside[before]).sum())
    down = int((inside[before + 1] < inside[before]).sum())
    fig, ax = figure(f"{down} of {len(inside)} economies took a smaller part in chains in {before + 1}; by {after} "
                     f"{up} took a larger one than in {before}",
                     f"Trade in value chains, per cent of gross exports; {before} (hollow), {before + 1} (bar), "
                     f"{after} (full)", size=(9, 5))
    quarter = others[after].quantile([0.25, 0.75])
    ax.axvspan(*quarter, color=GRID, alpha=0.6, zorder=0)
    ax.text(quarter.mean(), len(shown) - 0.4, f"middle half of {len(others)} others, {after}", ha="center",
            fontsize=9, color=SOFT)
    for y, (country, row) in enumerate(shown.iterrows()):
        paint = colour("CHN") if country == "CHN" else colour("ASEAN")
        ax.plot([row[before], row[after]], [y, y], color=paint, lw=1.6, alpha=0.6)
        ax.plot(row[before], y, "o", mfc="white", mec=paint, ms=8)
        ax.plot(row[before + 1], y, "|", color=paint, ms=13, mew=2)
        ax.plot(row[after], y, "o", color=paint, ms=8)
        ax.text(max(row[before], row[after]) + 0.8, y, f"{row[after] - row[before]:+.1f}", va="center", fontsize=9)
    ax.set_yticks(range(len(shown)), [NAMES.get(c, c) for c in shown.index], color=INK)
    ax.set(xlabel="per cent of gross exports", ylim=(-0.6, len(shown) + 0.2))
    ax.grid(axis="y", visible=False)
    return caption(fig, source)


def yearly_moves(moves, source):
    """Mean absolute move of participation from year to year: the region beside other economies.

    Parameters
    ----------
    moves : pandas.DataFrame
        Columns ``region`` and ``others``, indexed by year, points.
    source : str
        Caption.
    """
    worst = moves["region"].idxmax()
    above = int((moves["region"] > moves["others"]).sum())
    fig, ax = figure(f"The region moved more than others in {above} of {len(moves)} years, most in {worst}",
                     "Mean move of participation against the year before, up or down, points of gross exports",
                     size=(9, 3.6))
    x = np.arange(len(moves))
    for shift, (name, label, paint) in zip((-0.2, 0.2), (("region", "ASEAN, Japan, Korea", colour("ASEAN")),
                                                         ("others", "other economies", "#a9adb5")), strict=True):
        ax.bar(x + shift, moves[name], width=0.38, color=paint, label=label)
        for at, value in zip(x + shift, moves[name], strict=True):
            ax.text(at, value, f"{value:.1f}", ha="center", va="bottom", fontsize=9)
    ax.set_xticks(x, moves.index, color=INK)
    ax.set(ylabel="points", ylim=(0, moves.to_numpy().max() * 1.3))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper left", ncols=2)
    return caption(fig, source)


def spread_change(spreads, names, source):
    """Spread of monthly growth before the pandemic and in it, by partner, a panel a reporter.

    Parameters
    ----------
    spreads : pandas.DataFrame
        ``reporter``, ``partner``, ``before``, ``since``, ``rise`` (points).
    names : dict
        Reporter to its name.
    source : str
        Caption.
    """
    calmest = spreads.loc[spreads.groupby("reporter")["rise"].idxmin()]
    held = int((calmest["partner"] == "CHN").sum())
    fig, axes = figure(f"Trade with China kept its calm better than with the US and the EU in {held} of "
                       f"{len(calmest)} reporters", "Spread (standard deviation) of monthly growth over a year before, "
                       "points: 2017-2019 (hollow) and 2020-2022 (full)", columns=2, size=(11, 3.4), sharex=True)
    labels = {"CHN": "with China", "USA": "with the US", "EU": "with the EU"}
    for ax, (reporter, here) in zip(axes, spreads.groupby("reporter", sort=False), strict=True):
        for y, row in enumerate(here.iloc[::-1].itertuples()):
            paint = colour(row.partner)
            ax.annotate("", (row.since, y), (row.before, y), arrowprops={"arrowstyle": "-|>", "color": paint, "lw": 2})
            ax.plot(row.before, y, "o", mfc="white", mec=paint, ms=8)
            ax.plot(row.since, y, "o", color=paint, ms=8)
            ax.text(max(row.before, row.since) + 0.6, y, f"{row.rise:+.1f}".replace("-", "\u2212"), va="center")
        ax.set_yticks(range(len(here)), [labels[p] for p in here["partner"].iloc[::-1]], color=INK)
        ax.set_title(names[reporter] + (" (EU: Europe)" if reporter == "SGP" else ""), fontsize=10, loc="left",
                     color=SOFT)
        ax.set(xlabel="points", ylim=(-0.6, len(here) - 0.4), xlim=(0, spreads[["before", "since"]].max().max() + 4))
        ax.grid(axis="y", visible=False)
    return caption(fig, source)
