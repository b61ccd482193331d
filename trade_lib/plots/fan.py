"""Figures of forecasts: the history, and a fan of what may come."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, NAMES, SOFT, caption, colour, figure

SHOWN = 72  # months of history drawn


def fan(history: pd.Series, table: pd.DataFrame, name: str | None = None, unit: str = "", source: str = "",
        code: str | None = None, actual: pd.Series | None = None):
    """One series (its last six years) and its forecast: median dashed, limits as bands, outcomes as hollow dots."""
    name = name or str(history.name)
    months = pd.PeriodIndex(table["month"].astype(str), freq="M")
    fig, ax = figure(_headline(history, table, months, name),
                     f"{name}{f', {unit}' if unit else ''}: months to {history.index[-1]}, then {len(months)} months "
                     f"forecast (model: {table['model'].iloc[0]}); dashed: median; bands: intervals"
                     + ("; dots: outcomes" if actual is not None else ""))
    recent = history.iloc[-SHOWN:]
    ax.plot(recent.index.to_timestamp(), recent, color=INK, lw=1.4)
    shapes.band(ax, table, colour(code), actual)
    low = min(recent.min(), table["median"].min())
    ax.set(ylabel=unit, ylim=(0 if low >= 0 else None, None))
    return caption(fig, source)


def save(fig, file) -> None:
    """The figure as a PNG file that is the same whenever it is drawn again; the figure is closed."""
    fig.savefig(file, format="png", metadata={"Software": None})
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


def printed_months(history: pd.DataFrame, ahead: pd.DataFrame, points: pd.DataFrame, headline: str, partner: str,
                   name: str, source: str, actual: pd.Series | None = None):
    """Months read out of year-to-date releases: each release as the mean month of its window, estimates as bands."""
    fig, ax = figure(headline, f"China's trade with {name}, bn US$ a month; grey steps: year-to-date releases, as the "
                     "mean month since the release before; bands: estimate, then forecast"
                     + ("" if actual is None else "; thin line: Russian customs"), height=4.2)
    for table in (history, ahead):
        shapes.band(ax, table.rename(columns=str), colour(partner))
    for row in steps(points).itertuples():
        ax.hlines(row.mean, row.first.to_timestamp(), row.last.to_timestamp(how="end"), color=SOFT, lw=1.6, zorder=3)
    if actual is not None:
        ax.plot(actual.index.to_timestamp(), actual, color=INK, lw=0.9)
    shapes.mark(ax, ahead["month"].iloc[0].to_timestamp(), shade=SOFT)
    ax.set_ylim(0, None)
    return caption(fig, source)


def steps(points: pd.DataFrame) -> pd.DataFrame:
    """Year-to-date releases as mean months since the release before of the same year: first, last, mean.

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
            months = (point.end - first).n + 1
            rows.append({"first": first, "last": point.end, "mean": (point.value - before) / months})
            first, before = point.end + 1, point.value
    return pd.DataFrame(rows)


def recovered(blind: pd.DataFrame, source: str):
    """Hidden months (``hidden``, ``actual``) against what the model made of the windows, with its limits."""
    hidden = blind[blind["hidden"]].set_index("month")["actual"]
    one = blind.set_index("month").loc[hidden.index]
    inside = ((hidden >= one["lo80"]) & (hidden <= one["hi80"])).mean()
    fig, ax = figure(f"{100 * inside:.0f} % of the hidden months lie within the 80 % interval",
                     "Russia's own months with China, bn US$ (dots), shown to the model only as the windows China "
                     "printed", height=3.8)
    shapes.band(ax, blind.rename(columns=str), colour("RUS"), hidden)
    ax.set_ylim(0, None)
    return caption(fig, source)


def record_of_windows(record: pd.DataFrame, source: str):
    """Every window forecast: outcome as a percentage of the forecast's mean, with the limits, by origin."""
    partners = sorted(record["partner"].unique())
    held = {p: 100 * one["covered80"].mean() for p, one in record.groupby("partner")}
    fig, axes = figure("Within the 80 % limits: " + ", ".join(f"{NAMES.get(p, p)} {held[p]:.0f} %" for p in partners),
                       f"Outcomes of {len(record)} windows as per cent of the forecast's mean (dots); bars: 80 and "
                       "95 % limits; windows in order of origin and end", height=2.5 * len(partners),
                       panels=len(partners), squeeze=False)
    for ax, partner in zip(axes[:, 0], partners, strict=True):
        one = record[record["partner"] == partner].sort_values(["origin", "end"], ignore_index=True)
        for low, high, width in (("lo95", "hi95", 1.6), ("lo80", "hi80", 4.0)):
            ax.vlines(one.index, 100 * one[low] / one["mean"], 100 * one[high] / one["mean"], color=colour(partner),
                      lw=width, alpha=0.5)
        ax.plot(one.index, 100 * one["outcome"] / one["mean"], "o", mfc="white", mec=INK, ms=5)
        shapes.mark(ax, 100, vertical=False, shade=SOFT, dashed=False)
        first = one.drop_duplicates("origin")
        ax.set_xticks(first.index, [f"’{origin.year % 100:02d}" for origin in first["origin"]])
        ax.set_title(NAMES.get(partner, partner))
        ax.grid(axis="x", visible=False)
    axes[-1, 0].set_xlabel("year of the November origin")
    return caption(fig, source)
