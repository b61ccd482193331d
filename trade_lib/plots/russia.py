"""Figures of the claims on Russia."""

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure

SIDES = {"CHN": "Chinese customs", "RUS": "Russian customs"}


def growth_readings(readings, stated, source):
    """Every reading of one growth rate as a dot on a line, the stated rate as a vertical rule.

    Parameters
    ----------
    readings : pandas.DataFrame
        ``reading``, ``side``, ``value`` and, where rounding gives one, ``low`` and ``high`` (per cent).
    stated : float
        The rate claimed.
    source : str
        Caption.
    """
    table = readings.iloc[::-1].reset_index(drop=True)
    near = int((abs(table["value"] - stated) <= 1).sum())
    fig, ax = figure(f"{stated} % is right as printed, and one of several true answers",
                     f"Growth of China-Russia goods trade, January-November 2021, per cent; {near} of {len(table)} "
                     "readings lie within a point of the stated rate", size=(9, 5))
    ax.axvline(stated, color=INK, lw=1, ls="--")
    ax.hlines(table.index, 0, table["value"], color=GRID, lw=2)
    for side, label in SIDES.items():
        here = table[table["side"] == side]
        ax.scatter(here["value"], here.index, s=70, color=colour(side), label=label, zorder=3)
    for y, row in table.iterrows():
        ax.text(row["value"] + 0.7, y, f"{row['value']:.1f}", va="center", fontsize=9,
                fontweight="bold" if abs(row["value"] - stated) <= 1 else "normal")
    ax.set_yticks(table.index, table["reading"], color=INK)
    ax.set(xlim=(0, max(table["value"]) * 1.12), xlabel="per cent above a year earlier (or a year, since 2019)")
    ax.text(stated, len(table) - 0.35, f"stated: {stated} %", ha="center", va="bottom", fontsize=9)
    ax.grid(axis="y", visible=False)
    ax.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.13))
    return caption(fig, source)


def rise_parts(prices, rise_bn, source):
    """How much of a rise oil prices can explain: the range over pass-through and lag.

    Parameters
    ----------
    prices : pandas.DataFrame
        ``pass_through``, ``lag``, ``part`` (share of the rise).
    rise_bn : float
        The rise, bn US$.
    source : str
        Caption.
    """
    low, middle, high = (100 * prices["part"].quantile(q) for q in (0, 0.5, 1))
    fig, ax = figure(f"Dearer energy alone can explain {low:.0f} to {high:.0f} % of the rise",
                     f"Part of the rise of {rise_bn:.1f} bn US$ owed to the oil price, by how fast and how far it "
                     "reached customs values", size=(9, 3.4))
    colours = {0.5: "#f0b27a", 1.0: colour("RUS")}
    for passed, group in prices.groupby("pass_through"):
        ax.plot(group["lag"], 100 * group["part"], "o-", color=colours.get(passed, SOFT), lw=2,
                label=f"{100 * passed:.0f} % of the change in Brent passed on")
    ax.axhline(middle, color=SOFT, lw=0.8, ls=":")
    ax.text(prices["lag"].median(), middle + 1, f"median: {middle:.0f} %", fontsize=8, color=SOFT, ha="center")
    ax.set(xlabel="months by which import prices follow Brent", ylabel="per cent of the rise", ylim=(0, None))
    ax.set_xticks(sorted(prices["lag"].unique()))
    ax.grid(axis="x", visible=False)
    ax.legend()
    return caption(fig, source)


def contributions(parts, source):
    """Points of growth by flow, for each side.

    Parameters
    ----------
    parts : pandas.DataFrame
        ``side``, ``flow``, ``points``; the flow is as the reporter books it.
    source : str
        Caption.
    """
    least = parts["points"].min() / parts.groupby("side")["points"].transform("sum").min()
    fig, ax = figure("Both directions made the number" if least > 0.25 else "One direction made most of the number",
                     "Points of growth from each direction of trade, January-November 2021", size=(9, 2.9))
    names = {("China, yuan", "export"): "China to Russia", ("China, yuan", "import"): "Russia to China",
             ("Russia, dollars", "export"): "Russia to China", ("Russia, dollars", "import"): "China to Russia"}
    shades = {"China to Russia": colour("CHN"), "Russia to China": colour("RUS")}
    sides = list(dict.fromkeys(parts["side"]))
    for y, side in enumerate(reversed(sides)):
        left = 0.0
        here = parts[parts["side"] == side].assign(name=lambda t: [names[k] for k in zip(t["side"], t["flow"],
                                                                                         strict=True)])
        for row in here.sort_values("name").itertuples():
            ax.barh(y, row.points, left=left, color=shades[row.name], height=0.55,
                    label=row.name if y == 0 else None)
            ax.text(left + row.points / 2, y, f"{row.points:.1f}", ha="center", va="center", color="white",
                    fontweight="bold")
            left += row.points
        ax.text(left + 0.5, y, f"{left:.1f}", va="center", fontweight="bold")
    ax.set_yticks(range(len(sides)), list(reversed(sides)), color=INK)
    ax.set(xlabel="percentage points", xlim=(0, 1.1 * parts.groupby("side")["points"].sum().max()))
    ax.grid(axis="y", visible=False)
    ax.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.3))
    return caption(fig, source)


def monthly_growth(one_year, two_years, source):
    """Monthly growth over one year and, as a yearly rate, over two: the distance is the base effect.

    Parameters
    ----------
    one_year, two_years : pandas.Series
        Per cent by month; ``two_years`` is growth over two years, drawn as a yearly rate.
    source : str
        Caption.
    """
    yearly = 100 * ((1 + two_years / 100) ** 0.5 - 1)
    worst = (one_year - yearly).dropna()
    fig, ax = figure(f"The low base of 2020 adds up to {worst.max():.0f} points to a month's growth",
                     "Russian customs, trade with China, per cent: over a year earlier, and a year since two years "
                     "earlier", size=(9, 3.9))
    ax.axhline(0, color=INK, lw=0.8)
    ax.plot(one_year.index.to_timestamp(), one_year, color=colour("RUS"), lw=2, label="over one year")
    ax.plot(yearly.index.to_timestamp(), yearly, color=SOFT, lw=2, label="a year, over two years")
    ax.set(ylabel="per cent")
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper left")
    return caption(fig, source)


def probability_path(path, threshold, source):
    """Probability of passing a threshold by origin, and the interval of the year total, side by side.

    Parameters
    ----------
    path : pandas.DataFrame
        One model: ``side``, ``origin`` (month), ``mean``, ``lo80``, ``hi80``, ``lo95``, ``hi95`` (bn US$),
        ``p_exceed_140``.
    threshold : float
        bn US$.
    source : str
        Caption.
    """
    sure = path[(path["side"] == "CHN") & (path["p_exceed_140"] > 0.9)]["origin"]
    since = f"from {sure.min().strftime('%B')} on" if len(sure) else "at no origin"
    fig, axes = figure(f"More than {threshold:.0f} bn: above 0.9 on the Chinese side {since}",
                       "China-Russia trade in the whole of 2021, forecast as of each month with the months then known",
                       columns=2, size=(11, 4.6))
    for side, label in SIDES.items():
        here = path[path["side"] == side]
        months = here["origin"].dt.month.to_numpy()
        axes[0].plot(months, here["p_exceed_140"], "o-", color=colour(side), lw=2, label=label)
        shift = -0.12 if side == "CHN" else 0.12
        axes[1].vlines(months + shift, here["lo95"], here["hi95"], color=colour(side), lw=1.5, alpha=0.5)
        axes[1].vlines(months + shift, here["lo80"], here["hi80"], color=colour(side), lw=5, alpha=0.5)
        axes[1].plot(months + shift, here["mean"], "o", color=colour(side), label=label)
    axes[0].axhline(0.9, color=SOFT, lw=0.8, ls=":")
    axes[0].text(1, 0.91, "the rule: above 0.9", fontsize=8, color=SOFT)
    axes[0].set(ylabel=f"probability of more than {threshold:.0f} bn", ylim=(-0.02, 1.03), xlabel="last month known")
    axes[1].axhline(threshold, color=INK, lw=1, ls="--")
    axes[1].text(11.45, threshold - 0.6, f"{threshold:.0f} bn", va="top", ha="left", fontsize=9)
    axes[1].set(ylabel="year total, bn US$ (mean, 80 and 95 %)", xlabel="last month known")
    for ax in axes:
        ax.set_xticks(range(1, 12), list("JFMAMJJASON"))
        ax.grid(axis="x", visible=False)
    axes[1].set_xlim(0.4, 12.6)
    axes[0].legend(loc="lower right")
    return caption(fig, source)


def reliability(table, source):
    """What happened against what was stated: probabilities that mean what they say lie on the diagonal.

    Parameters
    ----------
    table : pandas.DataFrame
        ``side``, ``forecasts`` (how many), ``stated`` (their mean probability), ``happened`` (share that did).
    source : str
        Caption.
    """
    sure = table[table["stated"] > 0.9]
    held = (sure["happened"] * sure["forecasts"]).sum()
    fig, ax = figure(f"Stated above 0.9, it happened in {held:.0f} of {sure['forecasts'].sum()} cases",
                     f"{table['forecasts'].sum():,} probabilities stated in earlier years, in bins: their mean, and "
                     "how often the total did pass; larger dots stand for more", size=(9, 4.4))
    ax.plot([0, 1], [0, 1], color=INK, lw=1, ls="--")
    for side, label in SIDES.items():
        here = table[table["side"] == side]
        ax.plot(here["stated"], here["happened"], color=colour(side), lw=1, alpha=0.5)
        ax.scatter(here["stated"], here["happened"], s=here["forecasts"], color=colour(side), alpha=0.8, label=label)
    ax.set(xlabel="probability stated", ylabel="share that happened", xlim=(-0.03, 1.05), ylim=(-0.05, 1.08))
    legend = ax.legend(loc="upper left")
    for handle in legend.legend_handles:
        handle.set_sizes([60])
    return caption(fig, source)


def calibration(results, source):
    """Was the procedure calibrated? Actual over expected year totals with intervals, and coverage by origin.

    Parameters
    ----------
    results : pandas.DataFrame
        One side and model: ``year``, ``origin_month``, ``mean``, ``lo95``, ``hi95``, ``lo80``, ``hi80``, ``outcome``,
        ``covered80``, ``covered95``, ``pit``.
    source : str
        Caption.
    """
    import seaborn as sns  # here only: it takes seconds to import

    c80, c95, n = results["covered80"].mean(), results["covered95"].mean(), len(results)
    fig, axes = figure(f"On earlier years 80 % intervals held {100 * c80:.0f} %, 95 % intervals {100 * c95:.0f} %",
                       f"The same procedure at {n} earlier origins ({results['year'].min()}-{results['year'].max()}, "
                       "January to November)", columns=2, size=(11, 4.4), width_ratios=(2, 1))
    years = sorted(results["year"].unique())
    for i, year in enumerate(years):
        here = results[results["year"] == year].sort_values("origin_month")
        x = i + (here["origin_month"].to_numpy() - 6) / 14
        scale = 100 / here["outcome"].to_numpy()
        axes[0].vlines(x, here["lo95"] * scale, here["hi95"] * scale, color=colour("RUS"), lw=1, alpha=0.5)
        axes[0].vlines(x, here["lo80"] * scale, here["hi80"] * scale, color=colour("RUS"), lw=3, alpha=0.4)
        axes[0].plot(x, here["mean"] * scale, ".", color=colour("RUS"), ms=5)
    axes[0].axhline(100, color=INK, lw=1, ls="--")
    axes[0].set_xticks(range(len(years)), years)
    axes[0].set(ylabel="forecast year total, outcome = 100")
    axes[0].grid(axis="x", visible=False)
    sns.histplot(x=results["pit"], bins=5, binrange=(0, 1), stat="proportion", shrink=0.95, color=colour("RUS"),
                 alpha=0.7, ax=axes[1])
    axes[1].axhline(0.2, color=INK, lw=1, ls="--")
    axes[1].set(xlabel="where the outcome fell in the forecast", ylabel="share of origins", xlim=(0, 1))
    return caption(fig, source)


def record_years(totals, threshold, source):
    """Yearly totals of both sides in current and constant dollars; lone printed years as dots.

    Parameters
    ----------
    totals : pandas.DataFrame
        ``side``, ``series``, ``year``, ``nominal``, ``real`` (bn US$).
    threshold : float
        bn US$, drawn as a line.
    source : str
        Caption.
    """
    top = totals[totals["year"] <= 2021].groupby("side")[["nominal", "real"]].idxmax()
    held = (totals["year"].to_numpy()[top.to_numpy()] == 2021).sum()
    fig, axes = figure(f"2021 topped all earlier years on {held} of 4 counts (two sides, nominal and real)",
                       f"China-Russia goods trade by year, bn US$; dashed: the {threshold:.0f} bn of the article",
                       columns=2, size=(11, 4.4), sharey=True)
    for ax, column, name in ((axes[0], "nominal", "current dollars"), (axes[1], "real", "dollars of 2021")):
        for (side, label), here in totals[totals["year"] >= 2000].groupby(["side", "series"]):
            sparse = here["year"].diff().max() > 1
            ax.plot(here["year"], here[column], "o" if sparse else "-", ms=5, lw=2, color=colour(side), label=label)
        ax.axvspan(2020.5, 2021.5, color=GRID, alpha=0.6, zorder=0)
        ax.axhline(threshold, color=INK, lw=1, ls="--")
        ax.set_title(name, fontsize=10, loc="left", color=SOFT)
        ax.grid(axis="x", visible=False)
    axes[0].set_ylabel("bn US$")
    axes[0].legend(loc="upper left")
    return caption(fig, source)
