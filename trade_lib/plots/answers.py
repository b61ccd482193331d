"""The answers to the claims of any article, one row a claim."""

import textwrap

from trade_lib.plots.scorecards import _pill
from trade_lib.plots.style import GRID, SOFT, caption, figure

CLAIM, STATED, FOUND, THEN, NOW = 6, 59, 69, 82, 95  # columns, as per cent of the width


def checked(overview, title, date, source="Sources: named with each number in the table below; rules: "
                                          "trade_lib.check.decide."):
    """Draw the answers that `trade_lib.check.answer.overview` gives.

    Parameters
    ----------
    overview : pandas.DataFrame
        ``id``, ``claim``, ``stated``, ``found`` (text), ``verdict``, ``now``, ``why``.
    title, date : str
        The article's.
    source : str
        Caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    held = int(overview["verdict"].str.startswith("supported").sum())
    blocks = [(textwrap.wrap(row.claim, 56)[:2], _why(row.why)) for row in overview.itertuples()]
    heights = [0.28 + 0.175 * len(claim) + 0.145 * len(why) for claim, why in blocks]
    fig, ax = figure(f"{held} of {len(overview)} claims held on the day they were made",
                     f"{title} ({date}). Then: what was printed by that day, and the tables as they are; now: all that "
                     "is known.", size=(10, 1.5 + sum(heights)))
    ax.set(xlim=(0, 104), ylim=(sum(heights), -0.34))
    ax.axis("off")
    for x, head in ((CLAIM, "claim and, in grey, why"), (STATED, "stated"), (FOUND, "nearest"), (THEN, "then"),
                    (NOW, "now")):
        ax.text(x, -0.17, head, color=SOFT, fontsize=9, va="center", ha="left" if x == CLAIM else "center")
    top = 0.0
    for row, (claim, why), height in zip(overview.itertuples(), blocks, heights, strict=True):
        middle = top + height / 2
        ax.axhline(top, color=GRID, lw=0.8)
        ax.text(0, top + 0.13, row.id[:8], fontsize=10, color=SOFT, va="top", parse_math=False)
        ax.text(CLAIM, top + 0.12, "\n".join(claim), fontsize=10, va="top", linespacing=1.15, parse_math=False)
        ax.text(CLAIM, top + 0.15 + 0.175 * len(claim), "\n".join(why), fontsize=8, color=SOFT, va="top",
                linespacing=1.2, parse_math=False)
        for x, text in ((STATED, row.stated), (FOUND, row.found)):
            ax.text(x, middle, text.replace(" bn", "\nbn"), fontsize=9, va="center", ha="center", linespacing=1.1)
        for x, verdict in ((THEN, row.verdict), (NOW, row.now)):
            _pill(ax, x, middle, verdict)
        top += height
    return caption(fig, source)


def _why(text, width=68, most=2):
    """The sentence without what is stated (it has a column of its own), cut after two lines."""
    lines = textwrap.wrap(text.partition("; ")[2] if text.startswith("Stated") else text, width)
    return lines if len(lines) <= most else [*lines[:most - 1], lines[most - 1][:width - 2].rstrip(" ,;(") + " …"]
