"""Figures of growth by partner, of falls and recoveries, and of who carried the recovery."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, NAMES, PALE, SOFT, caption, colour, figure

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
CODES = {name: code for code, name in NAMES.items()}


def partner_months(one_year: pd.DataFrame, two_years: pd.DataFrame, source: str):
    """Growth of every partner-month (``partner``, ``month``, ``growth_pct``) over one year, and a year over two."""
    yearly = two_years.assign(growth_pct=100 * ((1 + two_years["growth_pct"] / 100) ** 0.5 - 1))
    grew = int((one_year["growth_pct"] > 0).sum())
    counted = f"All {grew}" if grew == len(one_year) else f"{grew} of {len(one_year)}"
    wide = [table.assign(partner=table["partner"].map(lambda code: NAMES.get(code, code)))
            .pivot(index="month", columns="partner", values="growth_pct") for table in (one_year, yearly)]
    fig, axes = figure(f"{counted} partner-months of 2021 were above a year earlier",
                       "Trade with China as the partner reports it, growth in per cent, by month of 2021",
                       height=0.32 * 2 * len(wide[0]) + 1.6, panels=2)
    for ax, table, title in zip(axes, wide, ("over a year earlier (2020)", "a year, since two years earlier (2019)"),
                                strict=True):
        table.index = ["Jan-Feb" if month.month == 2 else MONTHS[month.month - 1] for month in table.index]
        shapes.heat(ax, table, limit=60)
        ax.set_title(title)
    return caption(fig, source)


def printed_growth(windows: pd.DataFrame, source: str):
    """Printed year-to-date growth of 2021 (``partner``, ``end``, ``terms``, ``growth_pct``): hollow in yuan."""
    order = windows.groupby("partner")["growth_pct"].median().sort_values(ascending=False).index
    least = windows.loc[windows["growth_pct"].idxmin()]
    fig, ax = figure(f"No printed figure of 2021 is a fall; the lowest is {least['growth_pct']:.1f} %"
                     if least["growth_pct"] > 0 else
                     f"{(windows['growth_pct'] <= 0).sum()} of {len(windows)} printed figures are falls",
                     "Growth of China's trade over the year to date in 2021, per cent; the later the window, the "
                     "larger the mark", height=0.6 * len(order) + 1)
    places = pd.Series(shapes.rows(ax, [NAMES.get(code, code) for code in order]), order)
    for terms, shift in (("USD", 0.14), ("CNY", -0.14)):
        one = windows[windows["terms"] == terms]
        shades = [colour(partner) for partner in one["partner"]]
        ax.scatter(one["growth_pct"], one["partner"].map(places) + shift, s=14 + 9 * one["end"].dt.month, alpha=0.85,
                   facecolors=shades if terms == "USD" else "none", edgecolors=shades, linewidths=1.5, zorder=3)
    shapes.key(ax, {"in dollars": SOFT, "in yuan": SOFT}, hollow=["in yuan"])
    shapes.mark(ax, 0, dashed=False)
    ax.set(xlabel="per cent above a year earlier", xlim=(min(0, least["growth_pct"]) - 2, None))
    return caption(fig, source)


def fall_and_rise(readings: pd.DataFrame, claimed, source: str):
    """Growth of 2020 (``fall``) and from 2019 to 2021 (``two_years``) of trade with each group of the index."""
    table = readings.sort_values("two_years", ascending=False)
    others = readings.loc["OTHERS"]
    fell = [NAMES[c] for c in claimed if readings.loc[c, "fall"] < 0]
    ahead = [NAMES[c] for c in claimed if readings.loc[c, "two_years"] > others["two_years"]]
    fig, ax = figure(f"{' and '.join(fell) or 'None'} fell in 2020; {' and '.join(ahead) or 'none'} outgrew the rest "
                     "by 2021", "Trade with China as partners report it, US dollars, per cent above 2019: hollow in "
                     "2020, full in 2021; in brackets: countries that report every year",
                     height=shapes.tall(["x" * 15] * len(table)))
    named = [NAMES.get(code, code) + (f" ({row.members:.0f})" if row.members > 1 else "")
             for code, row in table.iterrows()]
    shapes.dumbbells(ax, table[["fall", "two_years"]].set_axis(named),
                     [colour(code) if code in claimed else PALE for code in table.index])
    shapes.mark(ax, 0, dashed=False)
    shapes.mark(ax, others["two_years"], shade=SOFT)
    ax.set(xlabel="per cent above 2019; dashed: all others in 2021")
    return caption(fig, source)


def against_forecast(paths: pd.DataFrame, courses: pd.DataFrame, source: str):
    """Outcomes beside a forecast made before the pandemic, a panel a ``series``, bn US$ a month."""
    names = sorted(dict.fromkeys(paths["series"]), key=lambda name: "world" in name)
    inside = courses.set_index("series")
    low = [n for n in names if inside.loc[n, "actual"] < inside.loc[n, "lo80"]]
    high = [n for n in names if inside.loc[n, "actual"] > inside.loc[n, "hi80"]]
    fig, axes = figure(f"Below the forecast of 2019: {', '.join(low) or 'no series'}; above it: "
                       f"{', '.join(high) or 'no series'}",
                       "Monthly trade, bn US$: outcomes (line) and the forecast of December 2019 (dashed, with its 80 "
                       "and 95 % intervals)", height=1.6 * len(names), panels=len(names), sharex=True)
    for ax, name in zip(axes, names, strict=True):
        one = paths[paths["series"] == name]
        shade = colour(CODES.get(name.split(" with ")[0].split(" to ")[0], ""))
        shapes.band(ax, one, shade)
        ax.plot(one["month"].dt.to_timestamp(), one["actual"], color=INK, lw=2)
        ax.set_title(f"{name}: {shapes.signed(inside.loc[name, 'gap_pct'], 0)} %")
        ax.set_ylim(0, None)
    return caption(fig, source)


def recovery_points(points: pd.DataFrame, source: str):
    """Points that each ``destination`` gives to an ``exporter``'s growth by ``window``; ``rest`` is left out."""
    shades = {"China": colour("CHN"), "United States": colour("USA"), "EU": colour("EU"), "Europe": colour("EU"),
              "ASEAN": colour("ASEAN")}
    shown = points[points["destination"] != "rest"]
    china = shown[shown["destination"] == "China"]
    best = shown.loc[shown.groupby(["exporter", "window"])["points"].idxmax(), "destination"]
    led, lost = int((best == "China").sum()), int((china["points"] < 0).sum())
    fig, axes = figure(f"China gave most in {led} of {len(china)} cases, and less than nothing in {lost}",
                       "Points that sales to each market add to the growth of all exports over a year earlier",
                       height=0.26 * len(shown) + 1.6, panels=2, sharex=True)
    for ax, (code, table) in zip(axes, shown.groupby("exporter"), strict=True):
        wide = table.pivot(index="window", columns="destination", values="points")
        wide = wide[[name for name in shades if name in wide]]
        shapes.bars(ax, wide, {name: shades[name] for name in wide})
        ax.set_title(f"Exports of {NAMES[code]}")
    shapes.key(axes[0], {name: shades[name] for name in shades if name in set(shown["destination"])}, "s", columns=3)
    axes[-1].set_xlabel("percentage points")
    return caption(fig, source)


def recovery_lines(indices: dict[str, pd.Series], source: str):
    """Trade of each month as a per cent of the same month of 2019, a line a series."""
    wide = pd.DataFrame(indices).loc["2020-01":"2021-12"]
    lowest = wide.loc[:"2020-12"].min()
    fig, ax = figure(f"Deepest fall: {lowest.idxmin()}, to {lowest.min():.0f} % of the same month of 2019",
                     "Trade with China by month, same month of 2019 = 100; January and February as one", height=3.8)
    places = {name: name.split(" with ")[0].split(" to ")[0] for name in wide}
    shapes.lines(ax, wide, {name: colour(CODES[place]) for name, place in places.items()},
                 {name: name.replace(" with ", "\nwith ").replace(" to ", "\nto ") for name in wide})
    shapes.mark(ax, 100, vertical=False, dashed=False)
    ax.set_ylim(lowest.min() - 8, None)
    return caption(fig, source)
