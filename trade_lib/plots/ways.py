"""The ways of counting of a claim: under which choices it holds."""

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.plots import shapes
from trade_lib.plots.style import INK, NAMES, PALE, VERDICTS, caption, figure


def multiverse(table: pd.DataFrame, unit: str, threshold: float | None = None, claim: str = "", source: str = "",
               percent: bool = False, choices=None):
    """One row a choice: in how many of the ways that make it the claim holds, and the results they give.

    ``table`` is the ``ways`` of a verdict: the choices made, ``value`` and ``holds``. A dot is one way, green
    where the claim holds; choices that never vary are left out, text of more than 40 levels too.

    Raises
    ------
    TradeDataError
        No choice varies: there is nothing to compare.
    """
    ways, held = len(table), int(table["holds"].sum())
    varied = [c for c in choices or table.columns if c not in ("value", "holds") and 1 < table[c].nunique() <= 40]
    if not varied:
        raise TradeDataError("no choice varies among the ways of counting", value=list(table.columns),
                             expected="a column with two or more levels beside value and holds")
    levels = [(choice, level, table[table[choice] == level]) for choice in varied
              for level in dict.fromkeys(table[choice])]
    names = [f"{choice.replace('_', ' ')}: {NAMES.get(level, level)} ({int(one['holds'].sum())} of {len(one)})"
             for choice, level, one in levels]
    fig, ax = figure(f"{claim}{': ' if claim else ''}holds in {'all' if held == ways else held} of {ways} ways of "
                     "counting", "A row a choice, a dot a way of counting that makes it: green where the claim holds, "
                     "red where it does not; in brackets how many hold", height=shapes.tall(["x" * 30] * len(names)))
    y = shapes.rows(ax, [name + " " * 20 for name in names])
    scale = 100 if percent else 1
    for place, (_, _, one) in zip(y, levels, strict=True):
        ax.hlines(place, scale * one["value"].min(), scale * one["value"].max(), color=PALE, lw=2, zorder=1)
        for holds, verdict in ((False, "contradicted"), (True, "supported")):
            ax.plot(scale * one.loc[one["holds"] == holds, "value"], [place] * int((one["holds"] == holds).sum()),
                    "o", color=VERDICTS[verdict], alpha=0.75, ms=8 if holds else 7, mec="white")
    if threshold is not None:
        shapes.mark(ax, scale * threshold, shade=INK)
    ax.set_xlabel(unit)
    return caption(fig, source)
