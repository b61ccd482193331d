"""Figures of the claims on Russia."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, NAMES, SOFT, caption, colour, figure

SIDES = {"CHN": "Chinese customs", "RUS": "Russian customs"}
SIDE_SHADES = {name: colour(side) for side, name in SIDES.items()}
DIRECTIONS = {("China, yuan", "export"): "China to Russia", ("China, yuan", "import"): "Russia to China",
              ("Russia, dollars", "export"): "Russia to China", ("Russia, dollars", "import"): "China to Russia"}


def growth_readings(readings: pd.DataFrame, stated: float, source: str, partner: str = "RUS", months: str = ""):
    """Every reading of one growth rate as a dot, hollow where it is another quantity, the stated rate as a line."""
    same = readings["same"].to_numpy()
    near = int((abs(readings["value"] - stated) <= 1)[same].sum())
    printed = "as printed" in set(readings["reading"])
    fig, ax = figure(f"{stated} % is right as printed, and one of several true answers" if printed else
                     f"No rate was printed; {stated:.1f} % at the partner's customs",
                     f"Growth of China's trade with {NAMES.get(partner, partner)}, "
                     f"{months or 'January-November 2021'}, per cent: {near} of {same.sum()} readings of "
                     "the same quantity lie within a point (full); hollow: other quantities",
                     height=shapes.tall(readings["reading"]))
    shapes.rows(ax, readings["reading"])
    shapes.dots(ax, readings, [colour("CHN" if side == "CHN" else partner) for side in readings["side"]], base=0,
                hollow=list(~same))
    shapes.mark(ax, stated)
    shapes.key(ax, {"Chinese customs": colour("CHN"), "the partner's customs": colour(partner)})
    ax.set(xlim=(min(0, readings["value"].min() * 1.2), readings[["value", "high"]].max().max() * 1.2),
           xlabel=f"per cent; dashed: {stated:.1f}")
    return caption(fig, source)


def rise_parts(prices: pd.DataFrame, rise_bn: float, source: str):
    """How much of a rise oil prices can explain (``pass_through``, ``lag``, ``part`` of the rise)."""
    low, high = (100 * prices["part"].quantile(q) for q in (0, 1))
    fig, ax = figure(f"Dearer energy alone can explain {low:.0f} to {high:.0f} % of the rise",
                     f"Part of the rise of {rise_bn:.1f} bn US$ owed to the oil price, per cent, by how fast and how "
                     "far it reached customs values", height=3.0)
    wide = 100 * prices.pivot(index="lag", columns="pass_through", values="part")
    names = {share: f"{100 * share:.0f} % of Brent's\nchange passed on" for share in wide}
    shapes.lines(ax, wide, dict(zip(wide, ("#d98200", colour("RUS"), SOFT), strict=False)), names, marker="o")
    ax.set(xlabel="months by which import prices follow Brent", ylim=(0, None))
    ax.set_xticks(wide.index)
    return caption(fig, source)


def contributions(parts: pd.DataFrame, source: str):
    """Points of growth by direction of trade (``side``, ``flow`` as the reporter counts it, ``points``)."""
    least = parts["points"].min() / parts.groupby("side")["points"].transform("sum").min()
    fig, ax = figure("Both directions made the number" if least > 0.25 else "One direction made most of the number",
                     "Points of growth from each direction of trade, January-November 2021", height=1.7)
    named = parts.assign(direction=[DIRECTIONS[k] for k in zip(parts["side"], parts["flow"], strict=True)])
    wide = named.pivot(index="side", columns="direction", values="points").loc[list(dict.fromkeys(parts["side"]))]
    shades = {"China to Russia": colour("CHN"), "Russia to China": colour("RUS")}
    shapes.stacks(ax, wide, shades, digits=1)
    shapes.key(ax, shades, "s")
    ax.set_xlabel("percentage points")
    return caption(fig, source)


def monthly_growth(one_year: pd.Series, two_years: pd.Series, source: str):
    """Monthly growth over one year and, as a yearly rate, over two: the distance is the base effect."""
    wide = pd.DataFrame({"one": one_year, "two": 100 * ((1 + two_years / 100) ** 0.5 - 1)})
    fig, ax = figure(f"The low base of 2020 adds up to {(wide['one'] - wide['two']).max():.0f} points to a month's "
                     "growth", "Russian customs, trade with China, per cent above a year earlier, and a year since two "
                     "years earlier", height=3.2)
    shapes.mark(ax, 0, vertical=False, dashed=False)
    shapes.lines(ax, wide, {"one": colour("RUS"), "two": SOFT}, {"one": "over a year", "two": "a year,\nover two"})
    return caption(fig, source)


def probability_path(path: pd.DataFrame, threshold: float, source: str, partner: str = "RUS"):
    """Probability of passing a threshold by origin, and the year's interval (``mean``, ``lo80`` ..., bn US$)."""
    sure = path[(path["side"] == "CHN") & (path["p_exceed"] > 0.9)]["origin"]
    since = f"from {sure.min().strftime('%B')} on" if len(sure) else "at no origin"
    fig, (top, bottom) = figure(
        f"More than {threshold:.0f} bn: above 0.9 on the Chinese side {since}",
        f"China's trade with {NAMES.get(partner, partner)} in the whole of 2021, forecast as of each month with the "
        f"months then known: probability of more than {threshold:.0f} bn (dashed: the rule, 0.9), and the total with "
        "80 and 95 % intervals", height=6.0, panels=2, sharex=True)
    for shift, (side, name) in zip((-0.12, 0.12), SIDES.items(), strict=True):
        one, shade = path[path["side"] == side], colour(side)
        months = one["origin"].dt.month.to_numpy()
        top.plot(months, one["p_exceed"], "o-", color=shade, lw=2, label=name)
        bottom.vlines(months + shift, one["lo95"], one["hi95"], color=shade, lw=1.5, alpha=0.5)
        bottom.vlines(months + shift, one["lo80"], one["hi80"], color=shade, lw=5, alpha=0.5)
        bottom.plot(months + shift, one["mean"], "o", color=shade)
    shapes.mark(top, 0.9, vertical=False, shade=SOFT)
    shapes.mark(bottom, threshold, vertical=False)
    shapes.key(top, {"Chinese side": colour("CHN"), "the partner's side": colour("RUS")})
    top.set(ylim=(-0.03, 1.05))
    bottom.set(xlabel="last month known", ylabel="bn US$")
    bottom.set_xticks(range(1, 12), list("JFMAMJJASON"))
    for ax in (top, bottom):
        ax.grid(axis="x", visible=False)
    return caption(fig, source)


def reliability(table: pd.DataFrame, source: str):
    """What happened against what was stated (``side``, ``forecasts``, ``stated``, ``happened``)."""
    sure = table[table["stated"] > 0.9]
    held = (sure["happened"] * sure["forecasts"]).sum()
    fig, ax = figure(f"Stated above 0.9, it happened in {held:.0f} of {sure['forecasts'].sum()} cases",
                     f"{table['forecasts'].sum():,} probabilities stated in earlier years, in bins: their mean, and "
                     "how often the total did pass; larger dots stand for more", height=3.6)
    ax.plot([0, 1], [0, 1], color=INK, lw=1, ls="--")
    for side in SIDES:
        one = table[table["side"] == side]
        ax.scatter(one["stated"], one["happened"], s=one["forecasts"], color=colour(side), alpha=0.8)
    shapes.key(ax, SIDE_SHADES)
    ax.set(xlabel="probability stated", ylabel="share that happened", xlim=(-0.03, 1.05), ylim=(-0.05, 1.08))
    return caption(fig, source)


def calibration(results: pd.DataFrame, source: str):
    """Intervals of earlier years (``year``, ``origin_month``, ``mean``, ``lo80`` ...), each year's outcome = 100."""
    c80, c95 = results["covered80"].mean(), results["covered95"].mean()
    fig, ax = figure(f"On earlier years 80 % intervals held {100 * c80:.0f} %, 95 % intervals {100 * c95:.0f} %",
                     f"Forecast year totals, outcome = 100, at {len(results)} earlier origins, January to November of "
                     "each year, with 80 and 95 % intervals", height=3.4)
    years = sorted(results["year"].unique())
    ordered = results.sort_values(["year", "origin_month"])
    x = ordered["year"].map(years.index) + (ordered["origin_month"] - 6) / 14
    share = ordered[["mean", "lo80", "hi80", "lo95", "hi95"]].mul(100 / ordered["outcome"], axis=0)
    ax.vlines(x, share["lo95"], share["hi95"], color=colour("RUS"), lw=1, alpha=0.5)
    ax.vlines(x, share["lo80"], share["hi80"], color=colour("RUS"), lw=3, alpha=0.4)
    ax.plot(x, share["mean"], ".", color=colour("RUS"), ms=5)
    shapes.mark(ax, 100, vertical=False)
    ax.set_xticks(range(len(years)), [f"’{year % 100:02d}" for year in years])
    ax.set(ylabel="outcome = 100")
    ax.grid(axis="x", visible=False)
    return caption(fig, source)


def record_years(totals: pd.DataFrame, threshold: float, source: str):
    """Yearly totals in current and constant dollars (``side``, ``series``, ``year``, ``nominal``, ``real``, bn US$)."""
    top = totals[totals["year"] <= 2021].groupby("side")[["nominal", "real"]].idxmax()
    held = (totals["year"].to_numpy()[top.to_numpy()] == 2021).sum()
    fig, axes = figure(f"2021 topped all earlier years on {held} of 4 counts (two sides, nominal and real)",
                       f"China-Russia goods trade by year, bn US$; dashed: the {threshold:.0f} bn of the article",
                       height=5.6, panels=2, sharex=True, sharey=True)
    for ax, column, title in zip(axes, ("nominal", "real"), ("current dollars", "dollars of 2021"), strict=True):
        for (side, _), one in totals[totals["year"] >= 2000].groupby(["side", "series"]):
            sparse = one["year"].diff().max() > 1
            ax.plot(one["year"], one[column], "o" if sparse else "-", ms=6, lw=2.2, color=colour(side))
        shapes.periods(ax, 2020.5, 2021.5)
        shapes.mark(ax, threshold, vertical=False)
        ax.set_title(title, loc="right", fontweight="normal", color=SOFT)
        ax.grid(axis="x", visible=False)
    shapes.key(axes[0], SIDE_SHADES, columns=1)
    return caption(fig, source)
