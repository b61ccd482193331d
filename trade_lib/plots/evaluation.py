"""Figures of the forecasting notebooks: what moves a month, which model to trust, a forecast against what came."""

import numpy as np
from matplotlib.dates import DateFormatter, YearLocator

from trade_lib.plots.style import INK, SOFT, caption, colour, figure

DEFAULT = "panel"
#: Short names for figures.
SHORT = {"panel": "package default", "DynamicOptimizedTheta": "DOT", "SeasonalNaive": "seasonal naive",
         "AutoCES": "CES"}


def _short(model):
    name, _, rest = model.partition(" on ")
    return SHORT.get(name, name) + (f" on {rest}" if rest else "")


def decomposition(parts, share, name, source):
    """Trend, season and rest of a series in logs, one panel each.

    Parameters
    ----------
    parts : pandas.DataFrame
        observed, trend, season, rest (logs) by month.
    share : pandas.Series
        Part of the variance of monthly changes by component, per cent.
    name : str
        What the series is.
    source : str
        Caption.
    """
    most = {"season": "The season", "rest": "What no pattern holds", "trend": "The trend"}[share.idxmax()]
    fig, axes = figure(f"{most} moves {name} most from one month to the next",
                       f"Share of the variance of monthly changes: season {share['season']:.0f} %, "
                       f"rest {share['rest']:.0f} %, trend {share['trend']:.0f} %", rows=3, size=(9, 6), sharex=True)
    when = parts.index.to_timestamp()
    for ax, column, label in zip(axes, ("trend", "season", "rest"), ("trend", "season", "rest"), strict=True):
        scaled = np.exp(parts[column]) / 1e9 if column == "trend" else 100 * np.expm1(parts[column])
        ax.plot(when, scaled, color=colour("CHN") if column != "rest" else SOFT, lw=1.2)
        ax.set_ylabel("bn US$ a month" if column == "trend" else "per cent")
        ax.set_title(label, loc="left", fontsize=10, color=INK)
        if column == "trend":
            ax.plot(when, np.exp(parts["observed"]) / 1e9, color=SOFT, lw=0.6, alpha=0.7)
            ax.set_title("trend (thin grey: as observed)", loc="left", fontsize=10, color=INK)
    return caption(fig, source)


def new_year_gain(gains, source):
    """Error of January to March with and without the New Year regressors, a pair of dots a flow.

    Parameters
    ----------
    gains : pandas.DataFrame
        flow, without, with (mean absolute log error, per cent), pvalue.
    source : str
        Caption.
    """
    table = gains.iloc[::-1].reset_index(drop=True)
    sure = int(((table["with"] < table["without"]) & (table["pvalue"] < 0.1)).sum())
    fig, ax = figure(f"Knowing the date of New Year helps {sure} of {len(table)} flows beyond chance",
                     "Mean absolute error of January to March, one month ahead, with and without the calendar; "
                     "p: Diebold-Mariano test of no difference", size=(9, 3.8))
    ax.hlines(table.index, table["with"], table["without"], color=SOFT, lw=1.5)
    ax.scatter(table["without"], table.index, s=70, color=SOFT, label="without", zorder=3)
    ax.scatter(table["with"], table.index, s=70, color=colour("CHN"), label="with", zorder=3)
    right = table[["with", "without"]].max(axis=1)
    for y, row in table.iterrows():
        ax.text(right[y] + 0.25, y, f"p = {row['pvalue']:.2f}", va="center", fontsize=9)
    ax.set_yticks(table.index, table["flow"], color=INK)
    ax.set(xlim=(0, right.max() * 1.2), ylim=(-0.6, len(table) - 0.4), xlabel="mean absolute error, per cent")
    ax.grid(axis="y", visible=False)
    ax.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.22))
    return caption(fig, source)


def league(scores, source):
    """Scaled errors of all models as sorted dots, the default marked, with the 90 % bounds of the rank written beside.

    Parameters
    ----------
    scores : pandas.DataFrame
        model, MASE12, rank_low, rank_high (per model).
    source : str
        Caption.
    """
    table = scores.sort_values("MASE12", ascending=False).reset_index(drop=True)
    own = table.loc[table["model"] == DEFAULT, "MASE12"].iloc[0]
    others = table[table["model"] != DEFAULT]
    first = own < others["MASE12"].min()
    gap = 100 * (1 - own / others["MASE12"].min())
    fig, ax = figure(f"The combination errs {gap:.1f} % less than the best single model" if first else
                     f"{_short(others.iloc[-1]['model'])} errs least on the trade panel",
                     "Mean absolute scaled error over twelve months; beside each dot the rank and how far resampling "
                     "the series can move it", size=(9, 5.4))
    marks = [colour("CHN") if model == DEFAULT else SOFT for model in table["model"]]
    ax.hlines(table.index, table["MASE12"].min() * 0.97, table["MASE12"], color="#e6e6e6", lw=1.5)
    ax.scatter(table["MASE12"], table.index, s=60, color=marks, zorder=3)
    for y, row in table.iterrows():
        rank = f"{len(table) - y}"
        if row["rank_low"] == row["rank_low"]:
            rank += f" ({row['rank_low']:.0f}-{row['rank_high']:.0f})"
        ax.text(row["MASE12"] + 0.004, y, f"{row['MASE12']:.3f}   rank {rank}", va="center", fontsize=9)
    ax.set_yticks(table.index, [_short(model) for model in table["model"]], color=INK)
    ax.set(xlim=(table["MASE12"].min() * 0.97, table["MASE12"].max() * 1.09), xlabel="mean absolute scaled error")
    ax.grid(axis="y", visible=False)
    return caption(fig, source)


def by_group(wide, what, source):
    """Scaled errors by group (rows) and model (columns) as lines of dots, the default marked.

    Parameters
    ----------
    wide : pandas.DataFrame
        Groups x models.
    what : str
        What the groups are, for the axis.
    source : str
        Caption.
    """
    wins = int((wide.idxmin(axis=1) == DEFAULT).sum())
    near = int((wide[DEFAULT] <= 1.03 * wide.min(axis=1)).sum())
    fig, ax = figure(f"By {what}, the default is best in {wins} of {len(wide)} and within 3 % of the best in {near}",
                     "Mean absolute scaled error over 24 months ahead; red: the package's default, grey: other models",
                     size=(9, 4.2))
    for model in wide.columns:
        own = model == DEFAULT
        ax.scatter(range(len(wide)), wide[model], s=70 if own else 26, zorder=3 if own else 2,
                   color=colour("CHN") if own else SOFT, alpha=1 if own else 0.55)
    ax.set_xticks(range(len(wide)), wide.index)
    ax.set(xlabel=what, ylabel="mean absolute scaled error", ylim=(0, None))
    ax.grid(axis="x", visible=False)
    return caption(fig, source)


def against_outcome(table, panels, headline, subtitle, source):
    """Median forecast and limits of one origin against what came, one panel a series.

    Parameters
    ----------
    table : pandas.DataFrame
        panel, month, median, lo80, hi80, lo95, hi95, actual.
    panels : sequence of str
        Panels in order; at most six.
    headline, subtitle, source : str
    """
    columns = min(len(panels), 3)
    rows = -(-len(panels) // columns)
    fig, axes = figure(headline, subtitle, rows=rows, columns=columns, size=(9.5, 2.3 * rows + 1.6), sharex=True)
    flat = np.ravel(axes)
    for ax, name in zip(flat, panels, strict=False):
        part = table[table["panel"] == name].sort_values("month")
        when = part["month"].dt.to_timestamp()
        part = part.assign(**{c: part[c] / 1e9 for c in ("lo80", "hi80", "lo95", "hi95", "median", "actual")})
        ax.fill_between(when, part["lo95"], part["hi95"], color=colour("CHN"), alpha=0.12, lw=0)
        ax.fill_between(when, part["lo80"], part["hi80"], color=colour("CHN"), alpha=0.22, lw=0)
        ax.plot(when, part["median"], color=colour("CHN"), lw=1.3, ls="--")
        ax.plot(when, part["actual"], color=INK, lw=1.3)
        ax.set_title(name, loc="left", fontsize=10, color=INK)
        ax.set_ylim(0, None)
        ax.xaxis.set_major_locator(YearLocator())
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
    for ax in flat[::columns]:
        ax.set_ylabel("bn a month")
    for ax in flat[len(panels):]:
        ax.set_visible(False)
    return caption(fig, source)


def hindsight_singapore(table):
    """Singapore's flows with China and three members of ASEAN: the forecasts of November 2021 and what came."""
    panels = ("SGP exports, CHN", "SGP imports, CHN", "SGP exports, MYS", "SGP imports, MYS", "SGP exports, VNM",
              "SGP imports, IDN")
    return against_outcome(
        table, panels, f"{table['within 95'].mean():.0f} % of Singapore's months fell within limits meant to hold 95 %",
        "Forecast of November 2021 (dashed, 80 and 95 % limits) and what came (black), bn S$ a month",
        "SingStat, one vintage (2025); forecasts use months to November 2021 only")


def hindsight_others(table):
    """Korea's and American flows with China: the forecasts of November 2021 and what came."""
    last = table[table["panel"] == "USA imports, CHN"].sort_values("month").tail(12)
    gap = 100 * (1 - last["actual"].sum() / last["median"].sum())
    return against_outcome(
        table, ("KOR exports, CHN", "USA exports, CHN", "USA imports, CHN"),
        f"American imports from China ended {abs(gap):.0f} % {'below' if gap > 0 else 'above'} the forecast",
        "Forecast of November 2021 (dashed, 80 and 95 % limits) and what came (black), bn US$ a month",
        "Korea's customs to 2023; US Census and Comtrade; forecasts use months to November 2021 only")
