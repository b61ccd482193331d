"""Figures of dated events, and of trade around a date."""

import textwrap

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import PALE, SOFT, caption, colour, figure


def timeline(facts: pd.DataFrame, until: str, source: str):
    """Dated facts (``date``, ``fact``, ``published``) from the top, full where their page is of a day or before."""
    known = [isinstance(day, str) and day <= until for day in facts["published"]]
    texts = [textwrap.wrap(fact, 46) for fact in facts["fact"]]
    fig, ax = figure(f"{sum(known)} of {len(facts)} facts stood on a dated page before the article did",
                     f"Full: the page is of {until} or before; hollow: later or undated",
                     height=sum(0.22 * len(lines) + 0.38 for lines in texts))
    top = 0.0
    for row, lines, sure in zip(facts.itertuples(), texts, known, strict=True):
        shade = colour("ASEAN" if "ASEAN" in row.fact else "AFRICA")
        ax.plot(0.012, top + 0.12, "o", ms=10, color=shade, mew=2, mfc=None if sure else "white",
                clip_on=False)
        ax.text(0.04, top, row.date, va="top", fontweight="bold")
        ax.text(0.3, top, f"page of {row.published or 'no date'}", va="top", color=SOFT)
        ax.text(0.04, top + 0.22, "\n".join(lines), va="top")
        top += 0.22 * len(lines) + 0.38
    ax.set(xlim=(0, 1), ylim=(top, 0))
    ax.axis("off")
    return caption(fig, source)


def placebo(gaps: pd.Series, event: float, month: str, span: int, source: str):
    """Where one date's gap falls among the gaps of all other dates, log points."""
    share = 100 * (gaps.abs() >= abs(event)).mean()
    fig, ax = figure(f"{share:.0f} % of dates without the summit show a gap as large",
                     f"Growth of Singapore's trade with China less that with all others, {span} months after each "
                     f"date, log points; {len(gaps)} dates, which overlap", height=3.2)
    shapes.histogram(ax, gaps, 28)
    shapes.mark(ax, event, f"after {month}: {shapes.signed(event)}", shade=colour("CHN"), dashed=False)
    shapes.mark(ax, 0, dashed=False)
    ax.set(xlabel="log points, China less all others", ylabel="dates")
    return caption(fig, source)


def tariff_trace(index: pd.DataFrame, start: str, source: str):
    """US imports from China and Mexico (columns) as twelve-month sums by month, before the first tariffs = 100."""
    last = index.iloc[-1]
    fig, ax = figure(f"One dispute leaves a trace: imports from China at {last['CHN']:.0f}, from Mexico at "
                     f"{last['MEX']:.0f}", "US imports, twelve-month sums in constant dollars, month before the first "
                     f"tariffs = 100; the last point is {index.index[-1]}", height=3.4)
    shapes.lines(ax, index[["CHN", "MEX"]], {"CHN": colour("CHN"), "MEX": "#00845a"},
                 {"CHN": "China", "MEX": "Mexico"}, digits=0)
    shapes.mark(ax, pd.Timestamp(start), "first tariffs")
    shapes.mark(ax, 100, vertical=False, shade=PALE, dashed=False)
    return caption(fig, source)


def protection_kinds(series: dict[str, pd.Series], kinds: pd.DataFrame, names: dict[str, str], source: str):
    """The kinds of evidence on protection, one panel each; shaded: the last years, dashed: the mean of those before."""
    rising = int(kinds["rises"].sum())
    fig, axes = figure(f"{rising} of {len(kinds)} signs of protection rose beyond their usual variation",
                       "Dashed: mean of the years before, with the margin of usual variation; shaded: the last years",
                       height=2.5 * len(kinds), panels=len(kinds))
    for ax, row in zip(axes, kinds.itertuples(), strict=True):
        values = series[row.kind]
        shade = colour("CHN") if row.rises else SOFT
        shapes.lines(ax, values.to_frame(row.kind), {row.kind: shade}, {})
        first, last = (pd.Period(end, values.index.freq) for end in (row.first, row.last))
        shapes.periods(ax, first.to_timestamp(), last.to_timestamp())
        shapes.mark(ax, row.before, vertical=False, shade=SOFT)
        margin = row.change - row.low
        ax.axhspan(row.before - margin, row.before + margin, color=PALE, alpha=0.4, lw=0, zorder=0)
        ax.plot([first.to_timestamp(), last.to_timestamp()], [row.recent] * 2, color=shade, lw=4, alpha=0.5)
        ax.set_title(names[row.kind])
    return caption(fig, source)
