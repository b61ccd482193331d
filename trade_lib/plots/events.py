"""Figures of dated events, and of trade around a date."""

import textwrap

import pandas as pd

from trade_lib.plots.style import GRID, INK, SOFT, caption, colour, figure


def timeline(facts, until, source):
    """Dated facts on a line: filled when their page was published by a day, hollow when later or undated.

    Parameters
    ----------
    facts : pandas.DataFrame
        ``id``, ``date`` (day or year), ``fact``, ``published``.
    until : str
        The article's day.
    source : str
        Caption.
    """
    facts = facts.reset_index(drop=True)
    known = [isinstance(p, str) and p <= until for p in facts["published"]]
    fig, ax = figure(f"{sum(known)} of {len(facts)} facts stood on a dated page before the article did",
                     f"Filled: the page is of {until} or before; hollow: later or undated",
                     size=(10, 1.6 + 0.62 * len(facts)))
    for y, row in enumerate(facts.itertuples()):
        ax.plot(0, y, "o", ms=11, color=colour("ASEAN" if "ASEAN" in row.fact else "AFRICA"), mew=2,
                mfc=None if known[y] else "white")
        ax.text(-0.03, y, row.date, ha="right", va="center", fontsize=11, fontweight="bold")
        ax.text(0.03, y, "\n".join(textwrap.wrap(row.fact, 78)), ha="left", va="center", fontsize=10)
        ax.text(1.02, y, f"{row.id}\npage of {row.published or 'no date'}", ha="left", va="center", fontsize=8,
                color=SOFT)
    ax.axvline(0, color=GRID, lw=2, zorder=0)
    ax.set(xlim=(-0.17, 1.2), ylim=(len(facts) - 0.4, -0.6))
    ax.axis("off")
    return caption(fig, source)


def placebo(gaps, event, month, span, source):
    """Where one date's gap falls among the gaps of all other dates.

    Parameters
    ----------
    gaps : pandas.Series
        Log points of the placebo dates.
    event : float
        The event's own gap.
    month : str
        Its month.
    span : int
        Months after the date.
    source : str
        Caption.
    """
    share = 100 * (gaps.abs() >= abs(event)).mean()
    fig, ax = figure(f"{share:.0f} % of dates without the summit show a gap as large",
                     f"Growth of Singapore's trade with China less that with all others, {span} months after each "
                     f"date, log points; {len(gaps)} dates, which overlap", size=(9, 3.9))
    ax.hist(gaps, bins=28, color="#b9c2cf", edgecolor="white")
    ax.axvline(event, color=colour("CHN"), lw=2.5)
    ax.axvline(0, color=INK, lw=0.8)
    ax.annotate(f"after {month}: {event:+.1f}", (event, ax.get_ylim()[1] * 0.9), color=colour("CHN"), fontsize=11,
                fontweight="bold", ha="left" if event < 0 else "right", xytext=(8 if event < 0 else -8, 0),
                textcoords="offset points")
    ax.set(xlabel="log points, China less all others", ylabel="dates")
    ax.grid(axis="x", visible=False)
    return caption(fig, source)


def tariff_trace(index, start, source):
    """US imports from China and Mexico as twelve-month sums, before the first tariffs = 100.

    Parameters
    ----------
    index : pandas.DataFrame
        Months x ``CHN``, ``MEX``.
    start : str
        Day of the first tariffs.
    source : str
        Caption.
    """
    last = index.iloc[-1]
    fig, ax = figure(f"One dispute leaves a trace: imports from China at {last['CHN']:.0f}, from Mexico at "
                     f"{last['MEX']:.0f}", "US imports, twelve-month sums in constant dollars, month before the first "
                     f"tariffs = 100; the last point is {index.index[-1]}", size=(9, 4))
    for code, label, shade in (("CHN", "from China", colour("CHN")), ("MEX", "from Mexico", "#00845a")):
        ax.plot(index.index.to_timestamp(), index[code], color=shade, lw=2.2)
        ax.text(index.index[-1].to_timestamp() + pd.Timedelta(days=45), last[code], f"{label}: {last[code]:.0f}",
                color=shade, va="center", fontsize=10, fontweight="bold")
    ax.axvline(pd.Timestamp(start), color=INK, lw=1, ls="--")
    ax.text(pd.Timestamp(start), ax.get_ylim()[1], f"first tariffs, {start} ", fontsize=9, va="top", ha="right")
    ax.axhline(100, color=SOFT, lw=0.8)
    ax.set(ylabel="before the tariffs = 100", xlim=(None, pd.Timestamp("2024-12-31")))
    ax.grid(axis="x", visible=False)
    return caption(fig, source)
