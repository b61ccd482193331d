"""Cards of claims below each other: what was said, the verdict then and now, and why."""

import textwrap

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import FONT, GRID, INK, SOFT, VERDICTS, caption, figure

LINE, LETTERS = 0.225, 54  # inches a line of text takes, letters that a line holds


def scorecard(table: pd.DataFrame,
              source: str = "Source: the claims ledger. The table below gives the reasons."):
    """The scorecard of `trade_lib.claims.scorecard` (``id``, ``claim``, ``then``, ``now``) as cards without reasons."""
    title = f"{len(table)} claims about China's trade, answered with data"
    return cards(table.assign(reason=""), title, "The verdict on 29 December 2021 and, where it differs, as known now",
                 source)


def verdict_groups(counts: pd.DataFrame, source: str = "Source: the claims ledger; verdicts as known now."):
    """How many claims of each group (rows) have which verdict (columns)."""
    held = counts[[v for v in counts if v.startswith("supported")]].sum(axis=1)
    share = held / counts.sum(axis=1)
    fig, ax = figure(f"The article is on firmest ground with its {share.idxmax().lower()}, on the weakest with its "
                     f"{share.idxmin().lower()}", "Claims of each kind by their verdict as known now",
                     height=0.5 * len(counts) + 1.9)
    shades = {verdict: VERDICTS[verdict] for verdict in counts}
    shapes.stacks(ax, counts, shades)
    shapes.key(ax, shades, "s", columns=1)
    ax.set_xlabel("claims")
    return caption(fig, source)


def checked(overview: pd.DataFrame, title: str, date: str,
            source: str = "Sources: named with each number in the table below; rules: trade_lib.check.decide."):
    """The answers of `trade_lib.check.answer.overview` to the claims of any article as cards."""
    held = int(overview["verdict"].str.startswith("supported").sum())
    said = overview["claim"] + " (stated " + overview["stated"] + ", nearest " + overview["found"] + ")"
    return cards(overview.assign(claim=said, then=overview["verdict"], reason=overview["why"]),
                 f"{held} of {len(overview)} claims held on the day they were made",
                 f"{title} ({date}). Verdict with what was public by that day, then as known now", source)


def cards(table: pd.DataFrame, headline: str, subtitle: str, source: str):
    """A card a row: ``id`` with the verdicts ``then`` and ``now``, the ``claim``, and in grey ``reason``."""
    texts = [(textwrap.wrap(row.claim, LETTERS), textwrap.wrap(row.reason or "", LETTERS))
             for row in table.itertuples()]
    heights = [0.55 + LINE * (len(claim) + len(why)) for claim, why in texts]
    fig, ax = figure(headline, subtitle, height=sum(heights))
    ax.set(xlim=(0, 100), ylim=(sum(heights), 0))
    ax.axis("off")
    top = 0.0
    for row, (claim, why), height in zip(table.itertuples(), texts, heights, strict=True):
        ax.axhline(top, color=GRID, lw=1)
        ax.text(0, top + 0.1, str(row.id)[:8], fontweight="bold", va="top")
        for x, verdict in zip((14, 57), (row.then, row.now) if row.then != row.now else (row.then,), strict=False):
            _pill(ax, x, top + 0.2, verdict)
        ax.text(0, top + 0.42, "\n".join(claim), va="top")
        ax.text(0, top + 0.42 + LINE * len(claim), "\n".join(why), color=SOFT, va="top")
        top += height
    return caption(fig, source)


def _pill(ax, x: float, y: float, verdict: str) -> None:
    dark = verdict in ("supported", "contradicted", "not testable with these data")
    ax.text(x, y, verdict.replace(" with these data", ""), va="center", fontsize=FONT, color="white" if dark else INK,
            bbox={"boxstyle": "round,pad=0.25", "facecolor": VERDICTS[verdict], "edgecolor": "none"})
