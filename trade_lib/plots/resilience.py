"""Figures of growth by partner, of falls and recoveries, and of who carried the recovery."""

import numpy as np

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

NAMES = {"KOR": "Korea", "RUS": "Russia", "SGP": "Singapore", "USA": "United States", "EU": "EU", "JPN": "Japan",
         "ASEAN": "ASEAN", "AFRICA": "Africa", "OTHERS": "all other partners", "CHN": "China", "WORLD": "the world"}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def partner_months(one_year, two_years, source):
    """Growth of every partner-month as a coloured cell: over one year, and a year since two years earlier.

    Parameters
    ----------
    one_year, two_years : pandas.DataFrame
        ``partner``, ``month``, ``growth_pct``; ``two_years`` is growth over two years, drawn as a yearly rate.
    source : str
        Caption.
    """
    yearly = two_years.assign(growth_pct=100 * ((1 + two_years["growth_pct"] / 100) ** 0.5 - 1))
    grew = int((one_year["growth_pct"] > 0).sum())
    part = f"All {grew}" if grew == len(one_year) else f"{grew} of {len(one_year)}"
    fig, axes = figure(f"{part} partner-months of 2021 were above a year earlier",
                       "Trade with China on the partner's own books, growth in per cent, by month of 2021",
                       columns=2, size=(12, 3.6), sharey=True)
    for ax, table, title in ((axes[0], one_year, "over a year earlier (2020)"),
                             (axes[1], yearly, "a year, since two years earlier (2019)")):
        wide = table.pivot(index="partner", columns="month", values="growth_pct")
        ax.imshow(wide, cmap="RdBu", vmin=-60, vmax=60, aspect="auto")
        for i, row in enumerate(wide.to_numpy()):
            for j, value in enumerate(row):
                ax.text(j, i, f"{value:.0f}", ha="center", va="center", fontsize=10,
                        color="white" if abs(value) > 38 else INK)
        ax.set_xticks(range(wide.shape[1]), ["Jan-Feb" if m.month == 2 else MONTHS[m.month - 1] for m in wide.columns])
        ax.set_yticks(range(len(wide)), [NAMES.get(code, code) for code in wide.index], color=INK)
        ax.set_title(title, fontsize=10, loc="left", color=SOFT)
        ax.grid(visible=False)
        ax.tick_params(length=0, labelsize=9)
        for side in ("left", "bottom"):
            ax.spines[side].set_visible(False)
    return caption(fig, source)


def printed_growth(windows, source):
    """Every printed year-to-date growth rate of 2021 by partner: filled in dollars, hollow in yuan.

    Parameters
    ----------
    windows : pandas.DataFrame
        ``partner``, ``end`` (month), ``terms`` (USD or CNY), ``growth_pct``.
    source : str
        Caption.
    """
    order = windows.groupby("partner")["growth_pct"].median().sort_values().index.tolist()
    least = windows.loc[windows["growth_pct"].idxmin()]
    fig, ax = figure(f"No printed figure of 2021 is a fall; the lowest is {least['growth_pct']:.1f} %"
                     if least["growth_pct"] > 0 else
                     f"{(windows['growth_pct'] <= 0).sum()} of {len(windows)} printed figures are falls",
                     "Growth of China's trade over the year to date in 2021, per cent; the later the window, the "
                     "larger the mark", size=(9, 4.3))
    for terms, face in (("USD", True), ("CNY", False)):
        here = windows[windows["terms"] == terms]
        y = np.array([order.index(p) for p in here["partner"]]) + (0.14 if face else -0.14)
        ax.scatter(here["growth_pct"], y, s=14 + 9 * here["end"].dt.month, zorder=3, linewidths=1.5, alpha=0.85,
                   facecolors=[colour(p) for p in here["partner"]] if face else "none",
                   edgecolors=[colour(p) for p in here["partner"]])
    ax.scatter([], [], s=70, color=SOFT, label="in dollars")
    ax.scatter([], [], s=70, facecolors="none", edgecolors=SOFT, linewidths=1.5, label="in yuan")
    ax.axvline(0, color=INK, lw=1)
    ax.set_yticks(range(len(order)), [NAMES.get(code, code) for code in order], color=INK)
    ax.set(xlabel="per cent above a year earlier", xlim=(min(0, least["growth_pct"]) - 2, None))
    ax.legend(loc="lower right")
    return caption(fig, source)


def fall_and_rise(readings, claimed, source):
    """Growth of 2020, and from 2019 to 2021, of trade with each group.

    Parameters
    ----------
    readings : pandas.DataFrame
        Indexed by group: ``fall`` (growth of 2020) and ``two_years`` (2019 to 2021), per cent; ``OTHERS`` among them.
    claimed : sequence of str
        The groups of the claim, drawn in colour.
    source : str
        Caption.
    """
    table = readings.sort_values("two_years")
    others = readings.loc["OTHERS"]
    fell = [NAMES[c] for c in claimed if readings.loc[c, "fall"] < 0]
    ahead = [NAMES[c] for c in claimed if readings.loc[c, "two_years"] > others["two_years"]]
    fig, ax = figure(f"{' and '.join(fell) or 'None'} fell in 2020; {' and '.join(ahead) or 'none'} outgrew the rest "
                     "by 2021", "Trade with China as partners report it, US dollars, per cent above 2019: hollow in "
                     "2020, filled in 2021", size=(9, 4.1))
    for y, (code, row) in enumerate(table.iterrows()):
        shade = colour(code) if code in claimed else "#9a9a9a"
        ax.plot([row["fall"], row["two_years"]], [y, y], color=shade, lw=3, alpha=0.35, zorder=1)
        ax.scatter(row["fall"], y, s=80, facecolors="white", edgecolors=shade, linewidths=2, zorder=3)
        ax.scatter(row["two_years"], y, s=80, color=shade, zorder=3)
        ax.text(row["fall"] - 0.9, y, f"{row['fall']:+.1f}", ha="right", va="center", fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
        ax.text(row["two_years"] + 0.9, y, f"{row['two_years']:+.1f}", ha="left", va="center", fontsize=9)
    ax.axvline(0, color=INK, lw=1)
    ax.axvline(others["two_years"], color=SOFT, lw=1, ls=":")
    ax.set_yticks(range(len(table)), [f"{NAMES.get(c, c)} ({r.members:.0f})" if r.members > 1 else NAMES.get(c, c)
                                      for c, r in zip(table.index, table.itertuples(), strict=True)], color=INK)
    for label, code in zip(ax.get_yticklabels(), table.index, strict=True):
        label.set_fontweight("bold" if code in claimed else "normal")
    ax.set(xlabel="per cent above 2019 (in brackets: countries that report every year)")
    ax.margins(x=0.1)
    ax.grid(axis="y", visible=False)
    return caption(fig, source)


def against_forecast(paths, courses, source):
    """What came beside a forecast made before the pandemic: a panel a series, with 80 and 95 % intervals.

    Parameters
    ----------
    paths : pandas.DataFrame
        One model: ``series``, ``month``, ``actual``, ``median``, ``lo80``, ``hi80``, ``lo95``, ``hi95`` (bn US$).
    courses : pandas.DataFrame
        One model: ``series``, ``actual``, ``lo80``, ``hi80`` of the whole window, and ``gap_pct``.
    source : str
        Caption.
    """
    names = sorted(dict.fromkeys(paths["series"]), key=lambda name: "world" in name)
    inside = courses.set_index("series")
    low = [n for n in names if inside.loc[n, "actual"] < inside.loc[n, "lo80"]]
    high = [n for n in names if inside.loc[n, "actual"] > inside.loc[n, "hi80"]]
    said = ", ".join(high) or "no series"
    fig, axes = figure(f"Below the forecast of 2019: {', '.join(low) or 'no series'}; above it: {said}",
                       "Monthly trade, bn US$: what came (line) and the forecast of December 2019 (dashed, with its 80 "
                       "and 95 % intervals)", rows=2, columns=3, size=(12, 6.2), sharex=True)
    for ax, name in zip(axes.flat, names, strict=True):
        here = paths[paths["series"] == name]
        shade = colour({"Singapore": "SGP", "Russia": "RUS", "United States": "USA", "Korea": "KOR"}
                       .get(name.split(" with ")[0].split(" to ")[0], ""))
        months = here["month"].dt.to_timestamp()
        ax.fill_between(months, here["lo95"], here["hi95"], color=shade, alpha=0.12, lw=0)
        ax.fill_between(months, here["lo80"], here["hi80"], color=shade, alpha=0.22, lw=0)
        ax.plot(months, here["median"], color=SOFT, lw=1.2, ls="--")
        ax.plot(months, here["actual"], color=shade, lw=2.2)
        ax.set_title(f"{name}: {inside.loc[name, 'gap_pct']:+.0f} %", fontsize=11, loc="left", color=INK)
        ax.set_ylim(0, None)
        ax.grid(axis="x", visible=False)
        ax.set_xticks([np.datetime64(f"{y}-{m}") for y in (2020, 2021) for m in ("01", "07")],
                      ["Jan 2020", "Jul", "Jan 2021", "Jul"])
    for ax in axes[:, 0]:
        ax.set_ylabel("bn US$")
    return caption(fig, source)


def recovery_points(points, source):
    """Points that each destination gives to an exporter's growth, a panel an exporter, a group of bars a window.

    Parameters
    ----------
    points : pandas.DataFrame
        ``exporter``, ``window``, ``destination``, ``points``; the destination ``rest`` is left out.
    source : str
        Caption.
    """
    shades = {"China": colour("CHN"), "United States": colour("USA"), "EU": colour("EU"), "Europe": colour("EU"),
              "ASEAN": colour("ASEAN")}
    here = points[points["destination"] != "rest"]
    china = here[here["destination"] == "China"]
    best = here.loc[here.groupby(["exporter", "window"])["points"].idxmax(), "destination"]
    led = int((best == "China").sum())
    fig, axes = figure(f"China gave most in {led} of {len(china)} cases, and less than nothing in "
                       f"{(china['points'] < 0).sum()}",
                       "Points that sales to each market add to the growth of all exports over a year earlier",
                       columns=2, size=(11, 4.3), sharey=True)
    for ax, (code, table) in zip(axes, here.groupby("exporter"), strict=True):
        wide = table.pivot(index="window", columns="destination", values="points")
        wide = wide[[c for c in shades if c in wide]]
        width = 0.8 / wide.shape[1]
        for j, name in enumerate(wide):
            x = np.arange(len(wide)) + (j - (wide.shape[1] - 1) / 2) * width
            ax.bar(x, wide[name], width * 0.92, color=shades[name], label=name)
            for at, value in zip(x, wide[name], strict=True):
                digits = 1 if abs(value) >= 0.05 else 2  # no bar of "-0.0"
                ax.text(at, value + (0.1 if value >= 0 else -0.1), f"{value:.{digits}f}", ha="center", fontsize=8,
                        va="bottom" if value >= 0 else "top")
        ax.axhline(0, color=INK, lw=0.8)
        ax.set_xticks(range(len(wide)), wide.index, color=INK)
        ax.set_title(f"Exports of {NAMES[code]}", fontsize=11, loc="left", color=INK)
        ax.grid(axis="x", visible=False)
        ax.legend(loc="upper right")
    axes[0].set_ylabel("percentage points")
    axes[0].margins(y=0.12)
    return caption(fig, source)


def recovery_lines(indices, source):
    """Trade of each month as a per cent of the same month of 2019.

    Parameters
    ----------
    indices : dict of str to pandas.Series
        Name and series, 2019 = 100.
    source : str
        Caption.
    """
    lowest = {name: s.loc["2020-01":"2020-12"].min() for name, s in indices.items()}
    deepest = min(lowest, key=lowest.get)
    fig, ax = figure(f"Deepest fall: {deepest}, to {lowest[deepest]:.0f} % of the same month of 2019",
                     "Trade with China by month, same month of 2019 = 100; January and February as one", size=(9, 4.2))
    ax.axhline(100, color=INK, lw=1)
    codes = {"Singapore": "SGP", "Russia": "RUS", "United States": "USA", "Korea": "KOR"}
    for name, values in indices.items():
        here = values.loc["2020-01":"2021-12"]
        ax.plot(here.index.to_timestamp(), here, lw=2, label=name, color=colour(codes[name.split(" with ")[0]
                                                                                      .split(" to ")[0]]))
    ax.axhspan(0, 100, color=GRID, alpha=0.35, zorder=0)
    ax.set(ylabel="2019 = 100", ylim=(min(lowest.values()) - 8, None))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper left")
    return caption(fig, source)
