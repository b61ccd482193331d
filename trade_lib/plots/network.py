"""Figures of China's network of trading partners."""

import numpy as np
from matplotlib.patheffects import withStroke

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

REGIONS = {"ASEAN": colour("ASEAN"), "Africa": colour("AFRICA"), "Russia": colour("RUS"),
           "Other developing Asia": "#b5548b", "Latin America": "#7a5c3e", "Other developing": "#5aaee0",
           "Advanced economies": "#8a8a8a"}


def partner_network(nodes, links, before, source):
    """The leading partners round China: the nearer, the higher the pivot score; each tied to its main partners.

    Parameters
    ----------
    nodes : pandas.DataFrame
        ``code``, ``name``, ``region``, ``developing``, ``score``, ``pivot``, ``new`` (bool; was none in the first
        year), highest score first; ``attrs["year"]``.
    links : pandas.DataFrame
        ``a``, ``b`` (codes of nodes), ``value``.
    before : tuple of int
        (first year, number of emerging and developing pivots in it).
    source : str
        Caption.
    """
    year, pivots = nodes.attrs["year"], int(nodes["pivot"].sum())
    held = int((nodes["pivot"] & nodes["developing"]).sum())
    fig, ax = figure(f"{held} of the {pivots} pivots of China's trade in {year} are developing economies, "
                     f"against {before[1]} in {before[0]}",
                     f"China's {len(nodes)} partners with the highest pivot score: the nearer to the centre, the more "
                     f"of the network hangs on them; the {pivots} pivots lie within the dashed line (in bold; * not "
                     f"among them in {before[0]}). Full dots: emerging and developing; rings: advanced. Lines: each "
                     "partner's two largest trade links within the picture, China's own left out", size=(10, 8.7))
    order = {region: i for i, region in enumerate(REGIONS)}
    placed = nodes.assign(order=nodes["region"].map(order)).sort_values(["order", "name"]).reset_index(drop=True)
    turn = np.pi / 2 - 2 * np.pi * (np.arange(len(placed)) + 0.5) / len(placed)
    high, low = nodes["score"].max(), nodes["score"].min()
    placed["label"] = placed["name"]
    placed["radius"] = 0.3 + 0.7 * (high - placed["score"]) / max(high - low, 1e-9)
    placed["x"], placed["y"] = 1.3 * placed["radius"] * np.cos(turn), placed["radius"] * np.sin(turn)
    limit = (placed.loc[placed["pivot"], "radius"].max() + placed.loc[~placed["pivot"], "radius"].min()) / 2
    limit = placed["radius"].max() + 0.05 if np.isnan(limit) else limit
    t = np.linspace(0, 2 * np.pi, 200)
    ax.fill(1.3 * limit * np.cos(t), limit * np.sin(t), color="#f6f1e7", zorder=0)
    ax.plot(1.3 * limit * np.cos(t), limit * np.sin(t), color=SOFT, lw=0.9, ls="--", zorder=1)
    at = placed.set_index("code")
    for row in links.sort_values("value").itertuples():
        ends = at.loc[[row.a, row.b]]
        ax.plot(ends["x"], ends["y"], color=REGIONS[ends.loc[ends["score"].idxmin(), "region"]], alpha=0.33, zorder=1,
                lw=0.7 + 5 * (row.value / links["value"].max()) ** 0.5, solid_capstyle="round")
    ax.scatter([0], [0], s=1100, color=colour("CHN"), zorder=3)
    ax.text(0, 0, "China", color="white", ha="center", va="center", fontweight="bold", fontsize=10, zorder=4)
    for row in placed.itertuples():
        shade, degrees = REGIONS[row.region], np.degrees(np.arctan2(row.y, row.x))
        left, step = abs(degrees) > 90, 8 / np.hypot(row.x, row.y)
        ax.scatter([row.x], [row.y], s=115 if row.pivot else 65, facecolor=shade if row.developing else "white",
                   edgecolor=shade, linewidth=2, zorder=3)
        ax.annotate(row.label + "*" * (row.pivot and row.new), (row.x, row.y), (row.x * step, row.y * step),
                    textcoords="offset points", ha="right" if left else "left", va="center", rotation_mode="anchor",
                    rotation=degrees + 180 if left else degrees, fontsize=9.5 if row.pivot else 9,
                    fontweight="bold" if row.pivot else "normal", color=INK, zorder=5,
                    path_effects=[withStroke(linewidth=2.5, foreground="#f6f1e7" if row.pivot else "white")])
    shown = [region for region in REGIONS if region in set(placed["region"])]
    handles = [ax.scatter([], [], s=70, facecolor=REGIONS[r] if r != "Advanced economies" else "white",
                          edgecolor=REGIONS[r], linewidth=2, label=r) for r in shown]
    ax.legend(handles=handles, ncols=4, loc="upper center", bbox_to_anchor=(0.5, 0.0), handletextpad=0.3)
    ax.set(xlim=(-1.6, 1.6), ylim=(-1.12, 1.06), aspect="equal")
    ax.axis("off")
    return caption(fig, source)


def rising_and_falling(rows, years, source):
    """Places by pivot score in two years with their intervals: who rose, who fell.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``name``, ``region``, ``before``, ``before_low``, ``before_high``, ``after``, ``after_low``, ``after_high``.
    years : tuple of int
        The two years.
    source : str
        Caption.
    """
    table = rows.sort_values("up").reset_index(drop=True)
    clear = table[(table["after_high"] < table["before_low"]) | (table["after_low"] > table["before_high"])]
    best = table.iloc[-1]
    fig, ax = figure(f"{best['name']} rose most, from place {best['before']} to {best['after']}; "
                     f"{len(clear)} of these {len(table)} moves are larger than their intervals",
                     f"Place by pivot score in {years[0]} (ring) and {years[1]} (dot); bars: 90 % of draws with errors "
                     "in the flows, other starts and other weights", size=(9, 0.34 * len(table) + 2.3))
    for y, row in table.iterrows():
        shade = REGIONS[row["region"]]
        ax.plot([row["before"], row["after"]], [y, y], color=shade, lw=1.2, zorder=2)
        ax.plot([row["before_low"], row["before_high"]], [y + 0.2] * 2, color=GRID, lw=5, solid_capstyle="butt")
        ax.plot([row["after_low"], row["after_high"]], [y - 0.2] * 2, color=shade, lw=5, alpha=0.28,
                solid_capstyle="butt")
        ax.scatter(row["before"], y, s=55, facecolor="white", edgecolor=shade, linewidth=1.8, zorder=3)
        ax.scatter(row["after"], y, s=55, color=shade, zorder=3)
    ax.set_yticks(table.index, [f"{r['name']}  {r['up']:+d}".replace("-", "\u2212") for _, r in table.iterrows()],
                  color=INK)
    ax.set(xlabel="place among China's partners (1 is the first)", ylim=(-0.7, len(table) - 0.3))
    ax.invert_xaxis()
    ax.grid(axis="y", visible=False)
    shown = [region for region in REGIONS if region in set(table["region"])]
    ax.legend(handles=[ax.scatter([], [], s=55, color=REGIONS[r], label=r) for r in shown], ncols=4,
              loc="upper center", bbox_to_anchor=(0.42, -0.75 / (0.34 * len(table) + 0.6)), handletextpad=0.3)
    return caption(fig, source)


def pivots_over_time(counts, draws, groups, breaks, size, source):
    """Number of emerging and developing pivots by year, and the mean pivot score of groups as change since the start.

    Parameters
    ----------
    counts : pandas.Series
        By year.
    draws : pandas.DataFrame
        ``low``, ``high`` of the number over draws, by year (some years).
    groups : pandas.DataFrame
        Year by group: mean scores.
    breaks : tuple of int
        Years marked.
    size : int
        Number of pivots.
    source : str
        Caption.
    """
    first, last = counts.index[0], counts.index[-1]
    change = groups - groups.loc[first]
    best = change[["ASEAN", "AFRICA", "RUS"]].loc[last]
    names = {"developing": "Emerging and developing", "advanced": "Advanced", "ASEAN": "ASEAN", "AFRICA": "Africa",
             "RUS": "Russia"}
    tones = {"developing": INK, "advanced": SOFT, **{g: colour(g) for g in ("ASEAN", "AFRICA", "RUS")}}
    verb = "gained most" if best.max() > 0 else "lost least"
    fig, (left, right) = figure(
        f"Developing pivots: {counts[first]} in {first}, {counts[last]} in {last}; of the article's partners "
        f"{names[best.idxmax()]} {verb} ({best.max():+.1f} points)".replace("-", "\u2212"),
        "Emerging and developing economies among the pivots, bars: 90 % of draws (left); mean pivot score, change "
        f"since {first}, points (right). Hollow: {last}, another edition of the data, after two years without data",
        1, 2, size=(10, 4.6), gridspec_kw={"width_ratios": [0.75, 1.25]})
    whole = counts.index[counts.index < last]
    for ax in (left, right):
        for year in breaks:
            ax.axvline(year, color=SOFT, lw=0.8, ls=":")
        ax.grid(axis="x", visible=False)
        ax.set_xlim(first - 0.7, last + 0.7)
        ax.set_xticks([first, *breaks, last])
    left.vlines(draws.index, draws["low"], draws["high"], color="#c9ced6", lw=7, zorder=1)
    left.plot(whole, counts[whole], "o-", color=INK, lw=2, ms=4)
    left.plot([whole[-1], last], [counts[whole[-1]], counts[last]], ls="--", color=INK, lw=1)
    left.scatter([last], [counts[last]], s=45, facecolor="white", edgecolor=INK, zorder=3)
    left.set_yticks(range(0, size + 1, 5))
    left.set(ylim=(0, size), ylabel=f"of {size} pivots")
    right.axhline(0, color=INK, lw=0.8)
    ends = change.loc[last].sort_values()
    room = 0.055 * float(change.to_numpy().max() - change.to_numpy().min())
    heights = []
    for value in ends:
        heights.append(value if not heights else max(value, heights[-1] + room))
    for (group, value), height in zip(ends.items(), heights, strict=True):
        right.plot(whole, change.loc[whole, group], color=tones[group], lw=2)
        right.plot([whole[-1], last], [change.loc[whole[-1], group], value], ls="--", color=tones[group], lw=1)
        right.scatter([last], [value], s=40, facecolor="white", edgecolor=tones[group], zorder=3)
        right.annotate(f"{names[group]} {value:+.1f}".replace("-", "\u2212"), (last + 0.4, height), va="center",
                       ha="left", color=tones[group], fontweight="bold", fontsize=9, annotation_clip=False)
    right.set(xlim=(first - 0.7, last + 8.5), ylabel="points of the score")
    return caption(fig, source)


def against_random(rows, year, source):
    """Each pivot's place in the network beside its range in random networks of the same sizes.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``name``, ``developing``, ``observed``, ``mean``, ``low``, ``high``.
    year : int
    source : str
        Caption.
    """
    table = rows.sort_values("observed").reset_index(drop=True)
    above, below = table["observed"] > table["high"], table["observed"] < table["low"]
    fig, ax = figure(f"{above.sum()} of the {len(table)} pivots stand higher than their size explains, {below.sum()} "
                     "lower",
                     f"Mean of the four network ranks in {year} (dot; ring: advanced economy) and the 95 % range in "
                     "random networks with the same links, exports and imports of every country (bar)",
                     size=(9, 0.29 * len(table) + 2.0))
    tones = np.where(above, "#00845a", np.where(below, "#c1272d", "#8a8a8a"))
    ax.hlines(table.index, table["low"], table["high"], color="#d9dde3", lw=7, zorder=1)
    ax.scatter(table["mean"], table.index, marker="|", s=60, color=SOFT, zorder=2)
    ax.scatter(table["observed"], table.index, s=55, zorder=3, edgecolor=tones, linewidth=1.8,
               facecolor=[tone if poor else "white" for tone, poor in zip(tones, table["developing"], strict=True)])
    ax.set_yticks(table.index, table["name"], color=INK)
    ax.set(xlabel="mean of four ranks among China's partners, 0 to 100")
    ax.grid(axis="y", visible=False)
    for tone, label in (("#00845a", "above"), ("#8a8a8a", "within"), ("#c1272d", "below")):
        ax.scatter([], [], s=55, color=tone, label=f"{label} the range")
    ax.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.45, -0.6 / (0.29 * len(table))))
    return caption(fig, source)
