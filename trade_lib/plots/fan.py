"""Figures of forecasts: the history, and a fan of what may come."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from trade_lib.plots.style import INK, SOFT, caption, colour, figure

SHOWN = 72  # months of history drawn
PRINTED = {"RUS": "Russia"}


def _levels(table):
    """Coverage of the limits in a table of forecasts, widest first."""
    return sorted((float(name[2:]) for name in table if name.startswith("lo")), reverse=True)


def _band(ax, x, table, shade):
    """Limits as bands, the widest lightest."""
    levels = _levels(table)
    for i, level in enumerate(levels):
        ax.fill_between(x, table[f"lo{level:g}"], table[f"hi{level:g}"], color=shade, lw=0,
                        alpha=0.18 + 0.22 * i, label=f"{level:g} % interval")


def fan(history, table, name=None, unit="", source="", code=None, actual=None):
    """One series and its forecast: history as a line, median dashed, limits as bands.

    Parameters
    ----------
    history : pandas.Series
        Months known (the last six years are drawn).
    table : pandas.DataFrame
        Rows of one series of `trade_lib.forecast.forecast_panel`: month, median, lo80, hi80, ..., model.
    name : str, optional
        The series' name by default.
    unit : str
    source : str
        Caption.
    code : str, optional
        Partner whose colour is used.
    actual : pandas.Series, optional
        What came, drawn as hollow dots.

    Returns
    -------
    matplotlib.figure.Figure
    """
    name = name or str(history.name)
    months = pd.PeriodIndex(table["month"].astype(str), freq="M")
    shade = colour(code)
    model = str(table["model"].iloc[0])
    fig, ax = figure(_headline(history, table, months, name),
                     f"{name}{f', {unit}' if unit else ''}: months to {history.index[-1]}, then {len(months)} months "
                     f"forecast (model: {model})")
    recent = history.iloc[-SHOWN:]
    ax.plot(recent.index.to_timestamp(), recent, color=INK, lw=1.4, label="known")
    x = months.to_timestamp()
    _band(ax, x, table, shade)
    ax.plot(x, table["median"], color=shade, lw=1.8, ls="--", label="median forecast")
    if actual is not None:
        ax.plot(actual.index.to_timestamp(), actual, "o", mfc="white", mec=INK, ms=4.5, label="what came")
    low = min(recent.min(), table["median"].min())
    ax.set(ylabel=unit, ylim=(0 if low >= 0 else None, None))
    ax.grid(axis="x", visible=False)
    ax.legend(ncols=5, loc="upper center", bbox_to_anchor=(0.5, -0.07))
    return caption(fig, source) if source else fig


def save(fig, path):
    """The figure as a PNG file that is the same whenever it is drawn again; the figure is closed."""
    fig.savefig(path, metadata={"Software": None})
    plt.close(fig)


def _headline(history, table, months, name):
    """What the forecast says about the year ahead, where the year before is known in full."""
    first = months[:12]
    before = history.reindex(first - 12)
    total, past = float(np.sum(table["mean"].to_numpy()[:len(first)])), float(before.sum())
    if before.isna().any() or past <= 0:
        return f"{name}: {len(months)} months ahead"
    change = 100 * (total / past - 1)
    what = "month" if len(first) == 1 else f"{len(first)} months"
    if abs(change) < 0.5:
        return f"The next {what}: about what they were a year earlier"
    return f"The next {what}: {abs(change):.0f} % {'above' if change > 0 else 'below'} a year earlier"


def printed_months(history, ahead, points, headline, partner, name, source, actual=None):
    """Months read out of printed figures: each print as the mean month of its window, estimates and forecast as bands.

    Parameters
    ----------
    history, ahead : pandas.DataFrame
        month, median, lo80, hi80, lo95, hi95 in bn US$: estimates of the past months, forecasts.
    points : pandas.DataFrame
        start, end, value (bn US$): what was printed.
    headline : str
    partner, name : str
        Code, for the colour, and name.
    source : str
    actual : pandas.Series, optional
        Another book's months, drawn as a thin line.
    """
    fig, ax = figure(headline, f"China's trade with {name}, bn US$ a month; grey steps: printed year-to-date "
                     "figures, as the mean month since the print before", size=(9, 5))
    shade = colour(partner)
    for table, dash in ((history, "-"), (ahead, "--")):
        x = table["month"].dt.to_timestamp()
        _band(ax, x, table.rename(columns=str), shade)
        ax.plot(x, table["median"], color=shade, lw=1.5, ls=dash,
                label="estimate from the prints" if dash == "-" else "forecast")
    for row in steps(points).itertuples():
        ax.hlines(row.mean, row.first.to_timestamp(), row.last.to_timestamp(how="end"), color=SOFT, lw=1.6, zorder=3)
    if actual is not None:
        ax.plot(actual.index.to_timestamp(), actual, color=INK, lw=0.9, label="Russian customs, months")
    ax.axvline(ahead["month"].iloc[0].to_timestamp(), color=SOFT, lw=0.8, ls=":")
    ax.set(ylabel="bn US$ a month", ylim=(0, None))
    ax.grid(axis="x", visible=False)
    handles, labels = ax.get_legend_handles_labels()
    kept = dict(zip(labels, handles, strict=True))
    ax.legend(kept.values(), kept.keys(), ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.08))
    return caption(fig, source)


def steps(points):
    """Printed year-to-date figures as mean months since the print before (of the same year).

    Returns
    -------
    pandas.DataFrame
        first, last, mean.

    Examples
    --------
    >>> both = pd.DataFrame({"start": "2021-01", "end": ["2021-02", "2021-03"], "value": [4.0, 7.0]})
    >>> steps(both.assign(start=pd.PeriodIndex(both.start, freq="M"), end=pd.PeriodIndex(both.end, freq="M")))[
    ...     "mean"].tolist()
    [2.0, 3.0]
    """
    rows, dated = [], points[points["start"].dt.month == 1].sort_values("end")
    for _, year in dated.groupby(dated["end"].dt.year):
        first, before = year["start"].iloc[0], 0.0
        for point in year.itertuples():
            n = (point.end - first).n + 1
            rows.append({"first": first, "last": point.end, "mean": (point.value - before) / n})
            first, before = point.end + 1, point.value
    return pd.DataFrame(rows)


def recovered(blind, source):
    """Hidden months against what the model made of the windows: the truth as dots on the band.

    Parameters
    ----------
    blind : pandas.DataFrame
        month, actual, median, lo80, hi80, lo95, hi95, hidden.
    source : str
    """
    hidden = blind[blind["hidden"]]
    inside = ((hidden["actual"] >= hidden["lo80"]) & (hidden["actual"] <= hidden["hi80"])).mean()
    fig, ax = figure(f"{100 * inside:.0f} % of the hidden months lie within the 80 % interval",
                     "Russia's own months with China, bn US$, shown to the model only as the windows China printed",
                     size=(9, 4.4))
    x = blind["month"].dt.to_timestamp()
    _band(ax, x, blind.rename(columns=str), colour("RUS"))
    ax.plot(x, blind["median"], color=colour("RUS"), lw=1.4, label="median estimate")
    ax.plot(hidden["month"].dt.to_timestamp(), hidden["actual"], "o", mfc="white", mec=INK, ms=3.8,
            label="hidden months")
    ax.set(ylabel="bn US$ a month", ylim=(0, None))
    ax.grid(axis="x", visible=False)
    ax.legend(ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.07))
    return caption(fig, source)


def record_of_windows(record, source):
    """Every window forecast: outcome as a percentage of the forecast's mean, with the limits, by origin.

    Parameters
    ----------
    record : pandas.DataFrame
        partner, origin, end, mean, lo80, hi80, lo95, hi95, outcome.
    source : str
    """
    partners = sorted(record["partner"].unique())
    inside = 100 * record["covered80"].mean()
    fig, axes = figure(f"{inside:.0f} % of later prints fell within the 80 % limits, over {len(record)} windows",
                       "Printed outcome as per cent of the forecast's mean (dots); bars: 80 and 95 % limits; windows "
                       "in order of origin and end", columns=len(partners), size=(9, 4.4), squeeze=False, sharey=True)
    for ax, partner in zip(axes[0], partners, strict=True):
        mine = record[record["partner"] == partner].sort_values(["origin", "end"], ignore_index=True)
        shade = colour(partner)
        for low, high, width, alpha in (("lo95", "hi95", 1.6, 0.5), ("lo80", "hi80", 4.0, 0.5)):
            ax.vlines(mine.index, 100 * mine[low] / mine["mean"], 100 * mine[high] / mine["mean"], color=shade,
                      lw=width, alpha=alpha)
        ax.plot(mine.index, 100 * mine["outcome"] / mine["mean"], "o", mfc="white", mec=INK, ms=4.5)
        ax.axhline(100, color=SOFT, lw=0.8)
        first = mine.drop_duplicates("origin")
        ax.set_xticks(first.index, [f"’{origin.year % 100:02d}" for origin in first["origin"]])
        ax.set(title=PRINTED.get(partner, partner), xlabel="year of the November origin")
        ax.grid(axis="x", visible=False)
    axes[0][0].set_ylabel("per cent of the forecast")
    return caption(fig, source)
