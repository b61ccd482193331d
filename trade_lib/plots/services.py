"""Figures on services: digital against goods, by partner, by source, and the fields named for Russia."""

import pandas as pd

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

NAMES = {"ASEAN": "ASEAN", "AFRICA": "Africa", "RUS": "Russia", "WORLD": "World"}
DIGITAL, OTHER = "#2a6f97", "#c9d6df"


def digital_and_goods(values, source):
    """China's digitally deliverable services and goods, 2019 = 100, exports and imports side by side.

    Parameters
    ----------
    values : pandas.DataFrame
        By year: ``digital export``, ``goods export``, ``digital import``, ``goods import``, any unit.
    source : str
        Caption.
    """
    index = 100 * values / values.loc[2019]
    lead = {(y, f): index.loc[y, f"digital {f}"] - index.loc[y, f"goods {f}"] for y in (2020, 2022)
            for f in ("export", "import")}
    fig, axes = figure(f"Digital against goods: {lead[2020, 'export']:+.0f} (exports) and {lead[2020, 'import']:+.0f} "
                       f"(imports) in 2020, {lead[2022, 'export']:+.0f} and {lead[2022, 'import']:+.0f} by 2022",
                       "China's trade with the world, 2019 = 100 (US$); lead in points; grey: the epidemic year",
                       columns=2, size=(11.5, 4.4), sharey=True)
    for ax, flow in zip(axes, ("export", "import"), strict=True):
        ax.axvspan(2019.5, 2020.5, color=GRID, alpha=0.7, zorder=0)
        ax.axhline(100, color=SOFT, lw=0.8, ls=":")
        ends = {}
        for kind, shade in (("digital", DIGITAL), ("goods", SOFT)):
            line = index[f"{kind} {flow}"].dropna().loc[2014:2023]
            ax.plot(line.index, line, "o-", color=shade, lw=2, ms=4)
            ends[kind] = line.iloc[-1]
        for kind, shade in (("digital", DIGITAL), ("goods", SOFT)):
            label = "digitally deliverable\nservices" if kind == "digital" else "goods"
            ax.text(2023.2, ends[kind], f"{label} {ends[kind]:.0f}", color=shade, va="center", fontsize=10)
        ax.set_title(f"{flow}s", fontsize=10, loc="left", color=SOFT)
        ax.set_xticks(range(2014, 2024, 3))
        ax.set(xlim=(2013.6, 2027.2))
        ax.grid(axis="x", visible=False)
    axes[0].set_ylabel("2019 = 100")
    return caption(fig, source)


def services_by_partner(table, source):
    """Services with partners in the last year known: digitally deliverable part and the rest, both flows.

    Parameters
    ----------
    table : pandas.DataFrame
        ``partner``, ``flow``, ``all_2019``, ``digital_2019`` (bn US$), ``growth`` and ``digital_growth``
        (per cent a year).
    source : str
        Caption.
    """
    held = table[table["partner"] != "WORLD"]
    asean = held[(held["partner"] == "ASEAN") & (held["flow"] == "export")].iloc[0]
    fig, axes = figure(f"Services exports to ASEAN: {asean['all_2005']:.1f} to {asean['all_2019']:.1f} bn US$, "
                       f"{asean['digital_share']:.0f} % of it digitally deliverable",
                       "China's services trade in 2019, bn US$; in brackets growth a year since 2005: all, digital",
                       columns=2, size=(11, 3.6), sharex=True, sharey=True)
    for ax, flow in zip(axes, ("export", "import"), strict=True):
        here = held[held["flow"] == flow].iloc[::-1].reset_index(drop=True)
        ax.barh(here.index, here["digital_2019"], color=[colour(p) for p in here["partner"]], height=0.55)
        ax.barh(here.index, here["all_2019"] - here["digital_2019"], left=here["digital_2019"], height=0.55,
                color=[colour(p) for p in here["partner"]], alpha=0.35)
        for y, row in here.iterrows():
            rates = f"({row['growth']:.0f}, {row['digital_growth']:.0f} %)"
            ax.text(row["all_2019"] + 0.5, y, f"{row['all_2019']:.1f} {rates}", va="center", fontsize=9)
        ax.set_yticks(here.index, [NAMES[p] for p in here["partner"]], color=INK)
        ax.set_title(f"China's {flow}s; dark: digitally deliverable", fontsize=10, loc="left", color=SOFT)
        ax.set(xlabel="bn US$")
        ax.grid(axis="y", visible=False)
    axes[0].set_xlim(0, held["all_2019"].max() * 1.35)
    return caption(fig, source)


def two_sources(table, source):
    """The same services by two sources: China's digitally deliverable trade, exports and imports.

    Parameters
    ----------
    table : pandas.DataFrame
        By flow and year: ``unctad``, ``batis`` (bn US$), ``gap`` (per cent).
    source : str
        Caption.
    """
    last = table.loc["export"].iloc[-1]
    fig, axes = figure(f"One year, two sizes: {last['unctad']:.1f} or {last['batis']:.1f} bn US$ of digital exports in "
                       f"{table.loc['export'].index[-1]}",
                       "China's digitally deliverable services with the world, bn US$", columns=2, size=(11, 3.9),
                       sharey=True)
    for ax, flow in zip(axes, ("export", "import"), strict=True):
        here = table.loc[flow]
        ax.fill_between(here.index, here["batis"], here["unctad"], color=GRID)
        for column, label, style in (("unctad", "UNCTAD", "-"), ("batis", "OECD-WTO, balanced", "--")):
            ax.plot(here.index, here[column], style, color=DIGITAL, lw=2, label=label)
        ax.set_title(f"{flow}s", fontsize=10, loc="left", color=SOFT)
        ax.grid(axis="x", visible=False)
        ax.set_xticks(range(int(here.index.min()), int(here.index.max()) + 1, 3))
    axes[0].set(ylabel="bn US$", ylim=(0, None))
    axes[0].legend(loc="lower right")
    return caption(fig, source)


def prospect_fields(table, goods_growth, window, source):
    """The fields named as promising: growth where it can be measured, an empty row where it cannot.

    Parameters
    ----------
    table : pandas.DataFrame
        ``field``, ``covered``, ``size``, ``unit``, ``year``, ``growth`` (per cent a year).
    goods_growth : float
        Growth of all goods trade, per cent a year.
    window : str
        Years of the growth.
    source : str
        Caption.
    """
    covered = int(table["covered"].sum())
    fig, ax = figure(f"Only {covered} of {len(table)} promising fields can be measured with Russia",
                     f"Growth of trade with Russia a year, {window}, per cent; hollow: no growth can be measured",
                     size=(9, 3.8))
    here = table.iloc[::-1].reset_index(drop=True)
    ax.axvline(goods_growth, color=INK, lw=1, ls="--")
    top = max(table["growth"].max() * 1.5, 1)
    for y, row in here.iterrows():
        if row["covered"]:
            ax.barh(y, row["growth"], color=colour("RUS"), height=0.55)
            ax.text(row["growth"] + 0.2, y, f"{row['growth']:.1f} % a year; {row['size']:.1f} {row['unit']} "
                    f"in {row['year']:.0f}", va="center", fontsize=9)
        else:
            ax.barh(y, top, color="none", edgecolor=GRID, hatch="//", height=0.55)
            known = "no table" if pd.isna(row["size"]) else (f"size only: {row['size']:.0f} {row['unit']} in "
                                                             f"{row['year']:.0f}, no second year")
            ax.text(goods_growth + 0.25, y, known, va="center", fontsize=9,
                    color=SOFT, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})
    ax.text(goods_growth + 0.1, len(here) - 0.42, f"all goods: {goods_growth:.1f} %", va="bottom", fontsize=9)
    ax.set_yticks(here.index, here["field"], color=INK)
    ax.set(xlabel="per cent a year", xlim=(0, top), ylim=(-0.5, len(here) - 0.1))
    ax.grid(axis="y", visible=False)
    return caption(fig, source)


def nearest_rates(table, source):
    """Printed growth of sophisticated trade beside all goods over the same months.

    Parameters
    ----------
    table : pandas.DataFrame
        ``what``, ``window``, ``growth``, ``goods`` (per cent).
    source : str
        Caption.
    """
    ahead = int((table["growth"] > table["goods"]).sum())
    fig, ax = figure(f"In 2021 the nearest printed rates beat all goods {ahead} times out of {len(table)}",
                     "Growth of China's trade with Russia on a year earlier, per cent, months as printed",
                     size=(9, 3.6))
    here = table.iloc[::-1].reset_index(drop=True)
    for y, row in here.iterrows():
        ax.plot([row["goods"], row["growth"]], [y, y], color=GRID, lw=5, zorder=1)
        for value, shade in ((row["goods"], SOFT), (row["growth"], colour("RUS"))):
            ax.scatter(value, y, s=90, color=shade, zorder=3)
            ax.annotate(f"{value:.1f}", (value, y), (0, 9), textcoords="offset points", ha="center", fontsize=9)
    ax.set_yticks(here.index, [f"{r.what}\n{r.window}" for r in here.itertuples()], color=INK, fontsize=9)
    ax.scatter([], [], s=90, color=colour("RUS"), label="this trade")
    ax.scatter([], [], s=90, color=SOFT, label="all goods")
    ax.set(xlabel="per cent", xlim=(0, None), ylim=(-0.5, len(here) - 0.2))
    ax.grid(axis="y", visible=False)
    ax.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.28))
    return caption(fig, source)


def russia_after(table, source):
    """Russia's digitally deliverable services with the whole world, by year.

    Parameters
    ----------
    table : pandas.DataFrame
        By year: ``export``, ``import``, bn US$.
    source : str
        Caption.
    """
    fall = 100 * (table["export"].iloc[-1] / table.loc[2021, "export"] - 1)
    fig, ax = figure(f"After 2021 Russia's digital exports {'fell' if fall < 0 else 'rose'} by {abs(fall):.0f} %",
                     "Russia's digitally deliverable services with the whole world, bn US$", size=(9, 3.4))
    for flow, style in (("import", "--"), ("export", "-")):
        ax.plot(table.index, table[flow], style, color=colour("RUS"), lw=2)
        ax.text(table.index[-1] + 0.15, table[flow].iloc[-1], f"{flow}s {table[flow].iloc[-1]:.0f}", va="center",
                color=colour("RUS"), fontsize=10)
    ax.axvspan(2021.5, table.index[-1] + 0.1, color=GRID, alpha=0.6, zorder=0)
    ax.set(ylabel="bn US$", ylim=(0, None), xlim=(table.index[0] - 0.3, table.index[-1] + 1.8))
    ax.grid(axis="x", visible=False)
    return caption(fig, source)
