"""The scorecard: every claim, its verdict then and now, how robust it is, why, and where it is worked."""

import re
import textwrap

from trade_lib.plots.style import GRID, INK, SOFT, VERDICTS, caption, figure

# Columns, as per cent of the width.
CLAIM, THEN, NOW, SHARE, PLACE = 5, 62, 75, 88, 100


def scorecard(table, title="Eighteen claims about China's trade, answered with data", source=""):
    """Draw the scorecard frame of `trade_lib.claims.scorecard`.

    Parameters
    ----------
    table : pandas.DataFrame
        ``id``, ``claim``, ``then``, ``now``, ``ways``, ``reason``, ``notebook``.
    title, source : str
        Headline and caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    blocks = [(_balanced(row.claim, 60)[:2], short(row.reason or "", 73)) for row in table.itertuples()]
    heights = [0.26 + 0.175 * len(claim) + 0.145 * len(why) for claim, why in blocks]
    fig, ax = figure(title, "Verdict as of the article's date, 29 December 2021, and with what is known now. "
                            "Ways: in how many reasonable ways of counting the claim holds.",
                     size=(10, 1.45 + sum(heights)))
    ax.set(xlim=(0, 104), ylim=(sum(heights), -0.34))
    ax.axis("off")
    for x, head in ((CLAIM, "claim and, in grey, why"), (THEN, "then"), (NOW, "now"), (SHARE, "ways"),
                    (PLACE - 1, "notebook")):
        ax.text(x, -0.17, head, color=SOFT, fontsize=9, va="center", ha="left" if x == CLAIM else "center")
    top = 0.0
    for row, (claim, why), height in zip(table.itertuples(), blocks, heights, strict=True):
        middle = top + height / 2
        ax.axhline(top, color=GRID, lw=0.8)
        ax.text(0, top + 0.13, row.id, fontsize=10, color=SOFT, va="top")
        ax.text(CLAIM, top + 0.12, "\n".join(claim), fontsize=10, va="top", linespacing=1.15, parse_math=False)
        ax.text(CLAIM, top + 0.15 + 0.175 * len(claim), "\n".join(why), fontsize=8, color=SOFT, va="top",
                linespacing=1.2, parse_math=False)
        for x, verdict in ((THEN, row.then), (NOW, row.now)):
            _pill(ax, x, middle, verdict)
        ax.text(SHARE, middle, row.ways, fontsize=9, va="center", ha="center")
        ax.text(PLACE - 1, middle, str(row.notebook or "").split("-")[0], fontsize=10, color=SOFT, va="center",
                ha="center")
        top += height
    return caption(fig, source or "Source: the claims ledger; the reasons are made from the evidence. Each claim's "
                                  "notebook says when its rule was fixed. Notebook: number of the file in notebooks/.")


def short(why, width, most=2):
    """The first statement of a reason, wrapped: up to the first full stop or semicolon that ends one.

    Examples
    --------
    >>> short("Printed as stated, 33.6 %; but less in yuan.", 40)
    ['Printed as stated, 33.6\xa0%']
    """
    first = re.split(r"(?<=[^.\s])[.;]\s", why.strip() + " ", maxsplit=1)[0]
    if first.count("(") > first.count(")"):  # the statement ended within brackets
        first = first[:first.rindex("(")].rstrip()
    text = first.replace(" %", "\u00a0%")
    lines = textwrap.wrap(text, width)
    if len(lines) > most:  # cut where a part of the sentence ends, never within a number
        kept = " ".join(lines[:most])[:most * width - 2]
        text = max(kept.rpartition(", ")[0], kept.rpartition(" ")[0][:width], key=len) + " …"
    return _balanced(text, width)


def _balanced(text, width):
    """Wrapped lines of about one length: the narrowest width that needs no more lines."""
    lines = textwrap.wrap(text, width)
    while width > 20 and len(textwrap.wrap(text, width - 1)) == len(lines):
        width -= 1
    return textwrap.wrap(text, width)


def _pill(ax, x, y, verdict):
    dark = verdict in ("supported", "contradicted", "not testable with these data")
    text = {"not testable with these data": "not testable"}.get(verdict, verdict).replace(" with ", "\nwith ")
    ax.text(x, y, text, fontsize=9, va="center", ha="center", color="white" if dark else INK, linespacing=0.95,
            bbox={"boxstyle": "round,pad=0.35", "facecolor": VERDICTS[verdict], "edgecolor": "none"})
