"""Figures of the forecasting notebooks: what moves a month, which model to trust, a forecast against outcomes."""

import numpy as np
import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, NAMES, SOFT, caption, colour, figure

DEFAULT = "combination"
#: Short names for figures.
SHORT = {"combination": "package default", "DynamicOptimizedTheta": "DOT", "SeasonalNaive": "seasonal naive",
         "AutoCES": "CES"}


def _short(model: str) -> str:
    name, _, rest = model.partition(" on ")
    return SHORT.get(name, name) + (f" on {rest}" if rest else "")


def _flow(label: str) -> str:
    """A flow in words: "SGP exports, CHN" is Singapore's exports to China."""
    reporter, flow, partner = label.replace(",", "").split()
    owner = "American" if reporter == "USA" else f"{NAMES[reporter]}'s"
    return f"{owner} {flow} {'to' if flow == 'exports' else 'from'} {NAMES[partner]}"


def decomposition(parts: pd.DataFrame, share: pd.Series, name: str, source: str):
    """Trend, season and rest of a series (logs by month), a panel each; ``share`` of the variance of changes."""
    most = {"season": "The season", "rest": "What no pattern holds", "trend": "The trend"}[share.idxmax()]
    fig, axes = figure(f"{most} moves {name} most from one month to the next",
                       f"Share of the variance of monthly changes: season {share['season']:.0f} %, "
                       f"rest {share['rest']:.0f} %, trend {share['trend']:.0f} %", height=6.2, panels=3, sharex=True)
    titles = {"trend": "trend, bn US$ a month (thin: as observed)", "season": "season, per cent",
              "rest": "rest, per cent"}
    for ax, (column, title) in zip(axes, titles.items(), strict=True):
        if column == "trend":
            ax.plot(parts.index.to_timestamp(), np.exp(parts["observed"]) / 1e9, color=SOFT, lw=0.6, alpha=0.7)
        scaled = np.exp(parts[column]) / 1e9 if column == "trend" else 100 * np.expm1(parts[column])
        shapes.lines(ax, scaled.to_frame(column), {column: SOFT if column == "rest" else colour("CHN")}, {})
        ax.set_title(title)
    return caption(fig, source)


def new_year_gain(gains: pd.DataFrame, source: str):
    """Error of January to March ``without`` and ``with`` the New Year regressors by ``flow``, per cent."""
    sure = int(((gains["with"] < gains["without"]) & (gains["pvalue"] < 0.1)).sum())
    names = [f"{_flow(row.flow)} (p = {row.pvalue:.2f})" for row in gains.itertuples()]
    fig, ax = figure(f"Knowing the date of New Year helps {sure} of {len(gains)} flows beyond chance",
                     "Mean absolute error of January to March, one month ahead, without the calendar (hollow) and with "
                     "it (full); p: Diebold-Mariano test of no difference", height=shapes.tall(names))
    shapes.dumbbells(ax, gains.set_axis(names)[["without", "with"]], colour("CHN"))
    ax.set_xlabel("mean absolute error, per cent")
    return caption(fig, source)


def league(scores: pd.DataFrame, source: str):
    """Scaled errors of all models (``model``, ``MASE12``) in order, the default in red."""
    table = scores.sort_values("MASE12").reset_index(drop=True)
    own = table.loc[table["model"] == DEFAULT, "MASE12"].iloc[0]
    others = table[table["model"] != DEFAULT]
    gap = 100 * (1 - own / others["MASE12"].min())
    fig, ax = figure(f"The combination errs {gap:.1f} % less than the best of the others" if gap > 0 else
                     f"{_short(others.iloc[0]['model'])} errs least on the trade panel",
                     "Mean absolute scaled error over twelve months ahead; red: the package's default",
                     height=0.36 * len(table) + 0.8)
    shapes.rows(ax, [_short(model)[:shapes.LONG] for model in table["model"]])
    shapes.dots(ax, table, [colour("CHN") if model == DEFAULT else SOFT for model in table["model"]], value="MASE12",
                base=table["MASE12"].min() * 0.97, text="{:.3f}")
    ax.set(xlim=(table["MASE12"].min() * 0.97, table["MASE12"].max() * 1.05), xlabel="mean absolute scaled error")
    return caption(fig, source)


def by_group(wide: pd.DataFrame, what: str, source: str):
    """Scaled errors by group (rows) and model (columns), the default in red."""
    wins = int((wide.idxmin(axis=1) == DEFAULT).sum())
    near = int((wide[DEFAULT] <= 1.03 * wide.min(axis=1)).sum())
    fig, ax = figure(f"By {what}, the default is best in {wins} of {len(wide)} and within 3 % of the best in {near}",
                     "Mean absolute scaled error over 24 months ahead; red: the package's default, grey: other models",
                     height=shapes.tall(wide.index))
    y = shapes.rows(ax, [NAMES.get(name, name) for name in wide.index])
    for model in sorted(wide, key=lambda name: name == DEFAULT):
        own = model == DEFAULT
        ax.scatter(wide[model], y, s=90 if own else 40, color=colour("CHN") if own else SOFT, alpha=1 if own else 0.5)
    ax.set(xlabel="mean absolute scaled error", xlim=(0, None))
    return caption(fig, source)


def against_outcome(table: pd.DataFrame, panels, headline: str, subtitle: str, source: str):
    """Median forecast and limits of one origin (``panel``, ``month``, ...) against outcomes, one panel a series."""
    fig, axes = figure(headline, subtitle, height=1.6 * len(panels), panels=len(panels), sharex=True)
    for ax, name in zip(np.ravel(axes), panels, strict=True):
        one = table[table["panel"] == name].sort_values("month")
        values = one.set_index("month")[["lo80", "hi80", "lo95", "hi95", "median", "actual"]] / 1e9
        shapes.band(ax, values.reset_index(), colour("CHN"))
        ax.plot(values.index.to_timestamp(), values["actual"], color=INK, lw=1.5)
        ax.set_title(_flow(name))
        ax.set_ylim(0, None)
    return caption(fig, source)


def hindsight_singapore(table: pd.DataFrame):
    """Singapore's flows with China and three members of ASEAN: the forecasts of November 2021 and outcomes."""
    panels = ("SGP exports, CHN", "SGP imports, CHN", "SGP exports, MYS", "SGP imports, MYS", "SGP exports, VNM",
              "SGP imports, IDN")
    return against_outcome(
        table, panels, f"{table['within 95'].mean():.0f} % of Singapore's months fell within limits meant to hold 95 %",
        "Forecast of November 2021 (dashed, 80 and 95 % limits) and outcomes (black), bn S$ a month",
        "SingStat, one vintage (2025); forecasts use months to November 2021 only")


def hindsight_others(table: pd.DataFrame):
    """Korea's and American flows with China: the forecasts of November 2021 and outcomes."""
    last = table[table["panel"] == "USA imports, CHN"].sort_values("month").tail(12)
    gap = 100 * (1 - last["actual"].sum() / last["median"].sum())
    return against_outcome(
        table, ("KOR exports, CHN", "USA exports, CHN", "USA imports, CHN"),
        f"American imports from China ended {abs(gap):.0f} % {'below' if gap > 0 else 'above'} the forecast",
        "Forecast of November 2021 (dashed, 80 and 95 % limits) and outcomes (black), bn US$ a month",
        "Korea's customs to 2023; US Census and Comtrade; forecasts use months to November 2021 only")
