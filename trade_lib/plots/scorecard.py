"""The scorecard: every claim, its verdict then and now, and how robust it is."""

import textwrap

from trade_lib.plots.style import GRID, INK, SOFT, VERDICTS, caption, figure


def scorecard(table, title="Eighteen claims about China's trade, answered with data", source=""):
    """Draw the scorecard frame of `trade_lib.claims.scorecard`.

    Parameters
    ----------
    table : pandas.DataFrame
        ``id``, ``claim``, ``then``, ``now``, ``agreement``.
    title, source : str
        Headline and caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    n = len(table)
    fig, ax = figure(title, "Verdict as of the article's date (29 December 2021) and with what is known now; "
                            "bars: share of reasonable alternative specifications that agree.",
                     size=(11, 1.5 + 0.47 * n))
    ax.set(xlim=(0, 100), ylim=(n, -0.55))
    ax.axis("off")
    for x, head in ((0, "claim"), (56, "then"), (71, "now"), (86, "agreement")):
        ax.text(x, -0.3, head, color=SOFT, fontsize=9, va="center")
    for i, row in enumerate(table.itertuples()):
        y = i + 0.45
        ax.axhline(i, color=GRID, lw=0.8)
        ax.text(0, y, row.id, fontsize=9, color=SOFT, va="center")
        ax.text(4, y, "\n".join(textwrap.wrap(row.claim, 76)[:2]), fontsize=9, va="center", linespacing=1.1)
        for x, verdict in ((56, row.then), (71, row.now)):
            _pill(ax, x, y, verdict)
        if row.agreement == row.agreement and row.agreement is not None:
            ax.barh(y, 9, left=86, height=0.28, color=GRID)
            ax.barh(y, 9 * row.agreement, left=86, height=0.28, color=INK)
            ax.text(96, y, f"{100 * row.agreement:.0f} %", fontsize=9, va="center")
    return caption(fig, source or "Source: the claims ledger. Verdicts follow from rules fixed before the numbers.")


def _pill(ax, x, y, verdict):
    dark = verdict in ("supported", "contradicted", "not testable with these data")
    text = {"not testable with these data": "not testable"}.get(verdict, verdict).replace(" with ", "\nwith ")
    ax.text(x + 6.5, y, text, fontsize=8, va="center", ha="center", color="white" if dark else INK, linespacing=0.95,
            bbox={"boxstyle": "round,pad=0.3", "facecolor": VERDICTS[verdict], "edgecolor": "none"})
