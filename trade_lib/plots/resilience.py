"""Figures of growth by partner, of falls and recoveries, and of who carried the recovery."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, NAMES, PALE, SOFT, caption, colour, figure

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
CODES = {name: code for code, name in NAMES.items()}


def partner_months(one_year: pd.DataFrame, two_years: pd.DataFrame, source: str):
    """Growth of every partner-month (``partner``, ``month``, ``growth_pct``) over one year, and a year over two."""
    year = one_year["month"].max().year
    yearly = two_years.assign(growth_pct=100 * ((1 + two_years["growth_pct"] / 100) ** 0.5 - 1))
    fell = one_year[one_year["growth_pct"] < 0]
    wide = [table.assign(partner=table["partner"].map(lambda code: NAMES.get(code, code)))
            .pivot(index="month", columns="partner", values="growth_pct") for table in (one_year, yearly)]
    fig, axes = figure(f"{len(fell) or 'None'} of {len(one_year)} partner-months of {year} fell below a year earlier",
                       f"Trade with China, growth in per cent, by month of {year}, at the partner's own customs or as "
                       "China printed single months", height=0.32 * sum(map(len, wide)) + 1.6, panels=2)
    for ax, table, title in zip(axes, wide, (f"over a year earlier ({year - 1})",
                                             f"a year, since two years earlier ({year - 2})"), strict=True):
        table.index = ["Jan-Feb" if month.month == 2 else MONTHS[month.month - 1] for month in table.index]
        shapes.heat(ax, table, limit=60)
        if table.shape[1] > 5:
            ax.tick_params(axis="x", rotation=90)
        ax.set_title(title)
    return caption(fig, source)


def printed_growth(windows: pd.DataFrame, source: str):
    """Printed year-to-date growth of a year (``partner``, ``end``, ``terms``, ``growth_pct``): hollow in yuan."""
    order = windows.groupby("partner")["growth_pct"].median().sort_values(ascending=False).index
    least = windows.loc[windows["growth_pct"].idxmin()]
    year = windows["end"].max().year
    fig, ax = figure(f"No printed figure of {year} is a fall; the lowest is {least['growth_pct']:.1f} %"
                     if least["growth_pct"] > 0 else
                     f"{(windows['growth_pct'] <= 0).sum()} of {len(windows)} printed figures are falls",
                     "Growth of China's trade over the year to date, per cent; the later the window, the larger the "
                     "mark", height=0.6 * len(order) + 1)
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


def fall_and_rise(readings: pd.DataFrame, claimed, source: str, years=(2019, 2020, 2021)):
    """Growth in the year of the fall (``fall``) and over both years (``two_years``) of trade with each group."""
    before, fall, end = years
    table = readings.sort_values("two_years", ascending=False)
    others = readings.loc["OTHERS"]
    fell = [NAMES.get(c, c) for c in claimed if readings.loc[c, "fall"] < 0]
    ahead = [NAMES.get(c, c) for c in claimed if readings.loc[c, "two_years"] > others["two_years"] + 1]
    fig, ax = figure(f"{' and '.join(fell) or 'None'} fell in {fall}; {' and '.join(ahead) or 'none'} outgrew the rest "
                     f"by {end}", "Trade with China at constant prices, as partners report it, per cent above "
                     f"{before}: hollow in {fall}, full in {end}; in brackets: countries that report every year",
                     height=shapes.tall(["x" * 15] * len(table)))
    named = [NAMES.get(code, code) + (f" ({row.members:.0f})" if row.members > 1 else "")
             for code, row in table.iterrows()]
    shapes.dumbbells(ax, table[["fall", "two_years"]].set_axis(named),
                     [colour(code) if code in claimed else PALE for code in table.index])
    shapes.mark(ax, 0, dashed=False)
    shapes.mark(ax, others["two_years"], shade=SOFT)
    ax.set(xlabel=f"per cent above {before}; dashed: all others in {end}")
    return caption(fig, source)


def against_forecast(paths: pd.DataFrame, courses: pd.DataFrame, source: str):
    """Outcomes beside a forecast made before the pandemic, a panel a ``series``, bn US$ a month."""
    names = sorted(dict.fromkeys(paths["series"]), key=lambda name: "world" in name)
    inside = courses.set_index("series")
    low = [n for n in names if inside.loc[n, "actual"] < inside.loc[n, "lo80"]]
    headline = (f"Below the forecast of 2019: {', '.join(low)}" if low else
                f"None of the {len(names)} series fell below what 2019 had promised")
    fig, axes = figure(headline, "Monthly trade, bn US$: outcomes (line) and the forecast of December 2019 (dashed, "
                       "with its 80 and 95 % intervals)", height=1.6 * len(names), panels=len(names), sharex=True)
    for ax, name in zip(axes, names, strict=True):
        one = paths[paths["series"] == name]
        shade = colour(CODES.get(name.split(" with ")[0].split(" to ")[0], ""))
        shapes.band(ax, one, shade)
        ax.plot(one["month"].dt.to_timestamp(), one["actual"], color=INK, lw=2)
        ax.set_title(f"{name}: {shapes.signed(inside.loc[name, 'gap_pct'], 0)} %")
        ax.set_ylim(0, None)
    return caption(fig, source)


def recovery_points(points: pd.DataFrame, source: str):
    """Points that each ``market`` gives to an ``exporter``'s sales over ``base``: a row an economy, a dot a market."""
    base = points["base"].max()
    wide = points[points["base"] == base].pivot(index="exporter", columns="market", values="points")
    wide = wide.sort_values("China", ascending=False).rename(index=NAMES)
    shades = {"China": colour("CHN"), "United States": colour("USA"), "Europe": colour("EU")}
    added, most = int((wide["China"] > 0).sum()), int(wide.idxmax(axis=1).eq("China").sum())
    fig, ax = figure(f"In {base + 1} sales to China added to the exports of {added} of {len(wide)} economies, and most "
                     f"of all in {most}", f"More sold to each market than in {base}, per cent of all exports of "
                     f"{base - 1}", height=shapes.tall(wide.index))
    shapes.rows(ax, wide.index)
    for market, shift in (("Europe", -0.18), ("United States", 0.0), ("China", 0.18)):
        shapes.dots(ax, wide[[market]].rename(columns={market: "value"}), shades[market], base=0, text=None,
                    shift=shift)
    shapes.mark(ax, 0, dashed=False)
    shapes.key(ax, shades, columns=3)
    ax.set_xlabel("percentage points")
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
