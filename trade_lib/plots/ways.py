"""The multiverse of a claim: every reasonable way of counting, sorted by what it gives."""

import textwrap

from trade_lib.errors import TradeDataError
from trade_lib.plots.resilience import NAMES
from trade_lib.plots.style import GRID, INK, SOFT, VERDICTS, caption, figure

HOLDS, FAILS = VERDICTS["supported"], VERDICTS["contradicted"]


def multiverse(table, unit, threshold=None, claim="", source="", percent=False, choices=None):
    """Specification curve: values of all alternatives in order, and below each the choices that made it.

    Parameters
    ----------
    table : pandas.DataFrame
        ``ways`` of a verdict: the choices made, ``value`` and ``holds``. Choices that never vary are left
        out of the picture, text of more than 40 levels too.
    unit : str
        Axis label of the values.
    threshold : float, optional
        Drawn as a line: where an alternative begins to agree.
    claim : str
        Id of the claim, for the headline.
    source : str
        Caption.
    percent : bool
        Values are shares, to be drawn in per cent.
    choices : sequence of str, optional
        The choices to show below; by default every column that varies.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    TradeDataError
        No choice varies: there is nothing to compare.
    """
    scale = 100 if percent else 1
    n, held = len(table), int(table["holds"].sum())
    choices = [c for c in choices or table.columns if c not in ("value", "holds") and 1 < table[c].nunique() <= 40]
    if not choices:
        raise TradeDataError("no choice varies among the alternatives", value=list(table.columns),
                             expected="a column with two or more levels beside value and holds")
    levels = [(c, v) for c in choices for v in dict.fromkeys(table[c])]
    table = table.sort_values("value", kind="stable").reset_index(drop=True)
    part = "all" if held == n else "none" if held == 0 else f"{held} of {n}"
    fig, axes = figure(f"{claim}{': ' if claim else ''}{part} ways of counting agree",
                       "Each column is one reasonable way of counting, from the lowest to the highest result; the dots "
                       "below name its choices.", rows=2, size=(10, 3.1 + 0.2 * len(levels)), sharex=True,
                       height_ratios=(2.1, 0.2 * len(levels)))
    colours = table["holds"].map({True: HOLDS, False: FAILS})
    axes[0].vlines(table.index, 0 if threshold is None else scale * threshold, scale * table["value"], color=GRID, lw=2)
    for agrees, label in ((True, "agrees"), (False, "does not agree")):
        here = table[table["holds"] == agrees]
        axes[0].plot(here.index, scale * here["value"], "o" if agrees else "D", ls="",
                     ms=(6 if agrees else 5) if n <= 60 else 3.5,
                     color=HOLDS if agrees else FAILS, label=label)
    if threshold is not None:
        axes[0].axhline(scale * threshold, color=INK, lw=1, ls="--")
    axes[0].set_ylabel(textwrap.fill(unit, 20))
    axes[0].legend(loc="upper left", ncols=2)
    axes[0].margins(y=0.25)
    axes[0].grid(axis="x", visible=False)
    for y, (choice, level) in enumerate(levels):
        used = table.index[table[choice] == level]
        axes[1].plot(table.index, [y] * n, ".", color=GRID, ms=3, zorder=1)
        axes[1].scatter(used, [y] * len(used), s=22 if n <= 60 else 10, color=colours[used], zorder=2)
    marks = [f"{c.replace('_', ' ')}: {NAMES.get(v, v)}" if y == 0 or levels[y - 1][0] != c else str(NAMES.get(v, v))
             for y, (c, v) in enumerate(levels)]
    axes[1].set_yticks(range(len(levels)), marks, fontsize=9, color=INK)
    for y in range(1, len(levels)):
        if levels[y][0] != levels[y - 1][0]:
            axes[1].axhline(y - 0.5, color=SOFT, lw=0.6)
    axes[1].set(ylim=(len(levels) - 0.4, -0.6), xlim=(-1, n))
    axes[1].set_xticks([])
    axes[1].grid(visible=False)
    for side in ("left", "bottom"):
        axes[1].spines[side].set_visible(False)
    axes[1].tick_params(length=0)
    return caption(fig, source) if source else fig
