"""Figures on services: digital against goods, by partner, by source, and the fields named for Russia."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.products import beside_all
from trade_lib.plots.style import GRID, NAMES, SOFT, caption, colour, figure

DIGITAL = "#2a6f97"


def digital_and_goods(values: pd.DataFrame, source: str):
    """China's digitally deliverable services and goods by year and flow, 2019 = 100."""
    index = (100 * values / values.loc[2019]).loc[2014:2023]
    lead = {(y, f): shapes.signed(index.loc[y, f"digital {f}"] - index.loc[y, f"goods {f}"], 0) for y in (2020, 2022)
            for f in ("export", "import")}
    fig, axes = figure(f"Digital against goods: {lead[2020, 'export']} (exports) and {lead[2020, 'import']} (imports) "
                       f"in 2020, {lead[2022, 'export']} and {lead[2022, 'import']} by 2022",
                       "China's trade with the world, 2019 = 100 (US$); lead in points; shaded: the epidemic year",
                       height=5.6, panels=2, sharex=True, sharey=True)
    for ax, flow in zip(axes, ("export", "import"), strict=True):
        columns = [f"digital {flow}", f"goods {flow}"]
        shapes.lines(ax, index[columns], dict(zip(columns, (DIGITAL, SOFT), strict=True)),
                     dict(zip(columns, ("digital services", "goods"), strict=True)), marker="o", digits=0)
        shapes.mark(ax, 100, vertical=False, shade=SOFT)
        shapes.periods(ax, 2019.5, 2020.5)
        ax.set_title(f"{flow}s")
        ax.set_xticks(range(2014, 2024, 3))
    return caption(fig, source)


def services_by_partner(table: pd.DataFrame, source: str):
    """Services with each ``partner`` and ``flow`` in 2019: digitally deliverable part and the rest, bn US$."""
    held = table[table["partner"] != "WORLD"]
    asean = held[(held["partner"] == "ASEAN") & (held["flow"] == "export")].iloc[0]
    fig, axes = figure(f"Services exports to ASEAN: {asean['all_2005']:.1f} to {asean['all_2019']:.1f} bn US$, "
                       f"{asean['digital_share']:.0f} % of it digitally deliverable",
                       "China's services trade in 2019, bn US$; in brackets growth a year since 2005, per cent: all, "
                       "digital", height=4.2, panels=2, sharex=True)
    for ax, flow in zip(axes, ("export", "import"), strict=True):
        one = held[held["flow"] == flow]
        wide = pd.DataFrame({"digital": one["digital_2019"], "rest": one["all_2019"] - one["digital_2019"]})
        shapes.stacks(ax, wide.set_axis(one["partner"].map(NAMES)), {"digital": DIGITAL, "rest": "#c9d6df"}, least=2)
        for place, row in zip(range(len(one))[::-1], one.itertuples(), strict=True):
            ax.annotate(f"{row.all_2019:.1f} ({row.growth:.0f}, {row.digital_growth:.0f})", (row.all_2019, place),
                        (5, 0), textcoords="offset points", va="center")
        ax.set_title(f"{flow}s")
    shapes.key(axes[0], {"digitally deliverable": DIGITAL, "other": "#c9d6df"}, "s")
    axes[0].set_xlim(0, held["all_2019"].max() * 1.35)
    return caption(fig, source)


def two_sources(table: pd.DataFrame, source: str):
    """The same services by two sources (``unctad``, ``batis``, bn US$), by flow and year."""
    last = table.loc["export"].iloc[-1]
    fig, axes = figure(f"One year, two sizes: {last['unctad']:.1f} or {last['batis']:.1f} bn US$ of digital exports in "
                       f"{table.loc['export'].index[-1]}",
                       "China's digitally deliverable services with the world, bn US$", height=5.0, panels=2,
                       sharex=True, sharey=True)
    for ax, flow in zip(axes, ("export", "import"), strict=True):
        one = table.loc[flow]
        ax.fill_between(one.index, one["batis"], one["unctad"], color=GRID)
        shapes.lines(ax, one[["unctad", "batis"]], {"unctad": DIGITAL, "batis": DIGITAL},
                     {"unctad": "UNCTAD", "batis": "OECD-WTO"}, dashed=["batis"])
        ax.set_title(f"{flow}s")
    axes[0].set_ylim(0, None)
    return caption(fig, source)


def prospect_fields(table: pd.DataFrame, goods_growth: float, window: str, source: str):
    """The fields named as promising: growth a year where data cover it, words where they do not."""
    covered = int(table["covered"].sum())
    fig, ax = figure(f"Only {covered} of {len(table)} promising fields can be measured with Russia",
                     f"Growth of trade with Russia a year, {window}, per cent; dashed: all goods, {goods_growth:.1f}",
                     height=0.7 * len(table) + 0.7)
    y = shapes.rows(ax, [f"{field}" + " " * 20 for field in table["field"]])
    ax.barh(y, table["growth"].fillna(0), color=colour("RUS"), height=0.35)
    for place, row in zip(y, table.itertuples(), strict=True):
        if row.covered:
            said, at = f"{row.growth:.1f} % a year; {row.size:.1f} {row.unit} in {row.year:.0f}", row.growth
        else:
            said = "no table" if pd.isna(row.size) else (f"{row.size:.0f} {row.unit} in {row.year:.0f}, no second year")
            at = 0
        ax.annotate(said, (at, place), (5, 0), textcoords="offset points", va="center", color=SOFT)
    shapes.mark(ax, goods_growth)
    ax.set(xlabel="per cent a year", xlim=(0, max(table["growth"].max() * 1.9, 1)))
    return caption(fig, source)


def nearest_rates(table: pd.DataFrame, source: str):
    """Printed growth of sophisticated trade beside all goods over the same months (``what``, ``window``)."""
    ahead = int((table["growth"] > table["goods"]).sum())
    names = [f"{row.what}, {row.window}" for row in table.itertuples()]
    fig, ax = figure(f"In 2021 the nearest printed rates beat all goods {ahead} times out of {len(table)}",
                     "Growth of China's trade with Russia on a year earlier, per cent, months as printed",
                     height=shapes.tall(names, 1.1))
    beside_all(ax, table.set_axis(names)[["goods", "growth"]], colour("RUS"), ("all goods", "this trade"))
    ax.set_xlabel("per cent")
    return caption(fig, source)


def russia_after(table: pd.DataFrame, source: str):
    """Russia's digitally deliverable services with the whole world by year: ``export``, ``import``, bn US$."""
    fall = 100 * (table["export"].iloc[-1] / table.loc[2021, "export"] - 1)
    fig, ax = figure(f"After 2021 Russia's digital exports {'fell' if fall < 0 else 'rose'} by {abs(fall):.0f} %",
                     "Russia's digitally deliverable services with the whole world, bn US$", height=3.0)
    shapes.lines(ax, table[["export", "import"]], dict.fromkeys(("export", "import"), colour("RUS")),
                 {"export": "exports", "import": "imports"}, dashed=["import"], digits=0)
    shapes.periods(ax, 2021.5, table.index[-1] + 0.1)
    ax.set(ylim=(0, None))
    return caption(fig, source)
