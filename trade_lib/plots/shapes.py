"""The shapes that figures are made of. A figure is data and words; each shape draws one frame onto one axes.

Rows are labelled by the frame's index and drawn from the top; columns are parts, series or ends; ``shades`` gives a
colour a column, or one a row where a shape draws a single column.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from trade_lib.plots.style import FONT, INK, PALE, SOFT

LONG = 18  # letters from which the names of rows stand above their rows, lest they take half of the width


def tall(labels: Sequence, extra: float = 0.8) -> float:
    """Inches that rows of these names need, with ``extra`` for what else the axes has."""
    return extra + len(labels) * (0.62 if _long(labels) else 0.36)


def _long(labels: Sequence) -> bool:
    return max((len(str(label)) for label in labels), default=0) > LONG


def rows(ax: Axes, labels: Sequence) -> np.ndarray:
    """Name the rows of an axes from the top, long names above their rows; returns the places of the rows."""
    places = np.arange(len(labels))[::-1]
    long = _long(labels)
    ax.set_yticks(places, [""] * len(labels) if long else [str(label) for label in labels], color=INK)
    for place, label in zip(places, labels, strict=True) if long else ():
        ax.annotate(str(label), (0, place), (3, 0.2 * 72), xycoords=("axes fraction", "data"), zorder=4, va="center",
                    textcoords="offset points", path_effects=[withStroke(linewidth=3, foreground="white")],
                    in_layout=False)  # a long name takes no width from the axes
    ax.set_ylim(-0.5 if long else -0.6, len(labels) - (0.3 if long else 0.4))
    ax.grid(axis="y", visible=False)
    return places


def signed(value: float, digits: int = 1, unit: str = "") -> str:
    """A number with its sign, a true minus among them."""
    return f"{value:+.{digits}f}{unit}".replace("-", "\u2212")


def key(ax: Axes, shades: Mapping[str, str], marker: str = "o", hollow: Sequence[str] = (), columns: int = 2) -> None:
    """What the colours or marks stand for, in rows above the axes from the figure's left edge on."""
    marks = [ax.plot([], [], marker, color=shade, mfc="white" if name in hollow else shade, ms=8, mew=2)[0]
             for name, shade in shades.items()]
    lines = -(-len(shades) // columns)
    title = ax.get_title(loc="left")
    # Blank lines below the title keep the room; a line of the key is half as high again as one of text.
    ax.set_title("\n".join([*filter(None, [title]), *[" "] * lines]), loc="left", pad=6 + 6 * lines)
    ax.legend(marks, list(shades), loc="lower left", ncols=columns, handletextpad=0.4, columnspacing=1.2,
              borderaxespad=0.3, bbox_to_anchor=(0, 1), bbox_transform=blended_transform_factory(
                  ax.figure.transFigure, ax.transAxes)).set_in_layout(False)


def dots(ax: Axes, table: pd.DataFrame, shades: Sequence[str] | str, value: str = "value", base: float | None = None,
         text: str | None = "{:.1f}", hollow: Sequence[bool] | None = None, shift: float = 0.0) -> None:
    """A dot a row, its interval (``low``, ``high``) as a bar, a stem from ``base``, and its number beside it."""
    y = np.arange(len(table))[::-1] + shift
    shades = [shades] * len(table) if isinstance(shades, str) else list(shades)
    if {"low", "high"} <= set(table):
        ax.hlines(y, table["low"], table["high"], color=shades, lw=5, alpha=0.35)
    if base is not None:
        ax.hlines(y, base, table[value], color=PALE, lw=2, zorder=1)
    faces = ["white" if empty else shade for shade, empty in zip(shades, hollow or [False] * len(y), strict=True)]
    ax.scatter(table[value], y, s=60, facecolors=faces, edgecolors=shades, linewidths=2, zorder=3)
    if text:
        right = table[[c for c in (value, "high") if c in table]].max(axis=1)
        for at, place, number in zip(right, y, table[value], strict=True):
            if number == number:
                ax.annotate(text.format(number).replace("-", "\u2212"), (at, place), (8, 0),
                            textcoords="offset points", va="center")


def dumbbells(ax: Axes, table: pd.DataFrame, shades: Sequence[str] | str, digits: int = 1,
              numbers: bool = True) -> None:
    """Two values a row joined by a bar: the first column hollow, the last full; their numbers outside them."""
    y, first, last = rows(ax, table.index), table.iloc[:, 0], table.iloc[:, -1]
    shades = [shades] * len(table) if isinstance(shades, str) else list(shades)
    ax.hlines(y, first, last, color=shades, lw=4, alpha=0.35, zorder=1)
    for place, before, after, shade in zip(y, first, last, shades, strict=True):
        ax.plot(before, place, "o", mfc="white", mec=shade, mew=2, ms=9, zorder=3)
        ax.plot(after, place, "o", color=shade, ms=9, zorder=3)
        for number, other in ((before, after), (after, before)) if numbers else ():
            side = 1 if number > other or (number == other and number is after) else -1
            ax.annotate(f"{number:.{digits}f}".replace("-", "\u2212"), (number, place), (9 * side, 0), va="center",
                        textcoords="offset points", ha="left" if side > 0 else "right")
    ax.margins(x=0.22)


def lines(ax: Axes, wide: pd.DataFrame, shades: Mapping[str, str], names: Mapping[str, str] | None = None,
          dashed: Sequence[str] = (), marker: str = "", digits: int | None = None) -> None:
    """One line a column, its name and last value at its end, moved apart where they would meet.

    Columns in ``dashed`` are drawn dashed; ``names`` leaves out the names of columns that it lacks; ``digits`` writes
    the last value too. Gaps in the rows of a column are bridged by no line: missing values are left out.
    """
    index = wide.index.to_timestamp() if isinstance(wide.index, pd.PeriodIndex) else wide.index
    ends = {}
    for column in wide:
        values = wide[column].set_axis(index).dropna()
        ax.plot(values.index, values.to_numpy(), color=shades[column], lw=2.2, marker=marker or None,
                linestyle="--" if column in dashed else "-", markeredgewidth=0)
        if (names is None or column in names) and len(values):
            ends[column] = (values.index[-1], values.iloc[-1])
    low, high = ax.get_ylim()
    most = max([name.count("\n") + 1 for column, name in (names or {}).items() if column in ends], default=1)
    least = (high - low) * 1.25 * most * FONT / 72 / (ax.figure.get_size_inches()[1] / len(ax.figure.axes) * 0.62)
    for (column, (at, value)), place in zip(sorted(ends.items(), key=lambda item: item[1][1]),
                                            apart(sorted(v for _, v in ends.values()), least), strict=True):
        number = "" if digits is None else f" {value:.{digits}f}".replace("-", "\u2212")
        ax.annotate(f"{(names or {}).get(column, column)}{number}", (at, place), (7, 0), textcoords="offset points",
                    color=shades[column], va="center", annotation_clip=False)
    if isinstance(wide.index, pd.PeriodIndex):
        dates(ax)
    else:
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set(xlabel="", ylabel="")
    ax.grid(axis="x", visible=False)


def dates(ax: Axes) -> None:
    """Few and short dates below the axes, as many as a phone has room for."""
    locator = AutoDateLocator(minticks=3, maxticks=6)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))


def apart(values: Sequence[float], least: float) -> list[float]:
    """Places for sorted values at least ``least`` from each other, moved as little as their order allows.

    Examples
    --------
    >>> apart([1.0, 1.1, 5.0], 1.0)
    [0.55, 1.55, 5.0]
    """
    blocks = []  # [sum of the wished places of the first, count]: blocks that touch are merged, and centred
    for value in values:
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] + blocks[-2][1] * least > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total - count * blocks[-1][1] * least
            blocks[-1][1] += count
    return [total / count + k * least for total, count in blocks for k in range(count)]


def stacks(ax: Axes, wide: pd.DataFrame, shades: Mapping[str, str], digits: int = 0, least: float = 0.06) -> None:
    """Horizontal bars whose parts, a column each, are stacked with their numbers in them where they have room."""
    y, left = rows(ax, wide.index), np.zeros(len(wide))
    longest, high = wide.sum(axis=1).max(), 0.75
    if _long(wide.index):
        y, high = y - 0.15, 0.5  # below their names
    for column in wide:
        ax.barh(y, wide[column], left=left, color=shades[column], height=high)
        for place, start, width in zip(y, left, wide[column], strict=True):
            if width >= least * longest:
                dark = np.dot(_rgb(shades[column]), (0.3, 0.59, 0.11)) < 0.6
                ax.text(start + width / 2, place, f"{width:.{digits}f}", ha="center", va="center",
                        color="white" if dark else INK)
        left = left + wide[column].to_numpy()
    ax.set_xlim(0, longest)


def _rgb(shade: str) -> tuple[float, ...]:
    from matplotlib.colors import to_rgb

    return to_rgb(shade)


def bars(ax: Axes, wide: pd.DataFrame, shades: Mapping[str, str], digits: int = 1) -> None:
    """A group of horizontal bars a row, a column each (seaborn), with their numbers at their ends."""
    import seaborn as sns  # here only: it takes a second to import

    long = wide.rename_axis("row").reset_index().melt("row", var_name="column", value_name="number")
    sns.barplot(long.astype({"row": str}), y="row", x="number", hue="column", palette=dict(shades), saturation=1,
                orient="h", legend=False, errorbar=None, ax=ax)
    for group in ax.containers:
        ax.bar_label(group, [f"{number:.{digits}f}".replace("-", "\u2212") for number in group.datavalues], padding=3)
    ax.axvline(0, color=INK, lw=1)
    ax.set(xlabel="", ylabel="")
    ax.tick_params(axis="y", colors=INK)
    ax.margins(x=0.12)
    ax.grid(axis="y", visible=False)


def band(ax: Axes, table: pd.DataFrame, shade: str, actual: pd.Series | None = None) -> None:
    """A forecast: median dashed, limits (``lo80``, ``hi80``) as bands, the widest palest, outcomes as hollow dots."""
    when = pd.PeriodIndex(table["month"].astype(str), freq="M").to_timestamp()
    for k, level in enumerate(sorted((float(c[2:]) for c in table if c.startswith("lo")), reverse=True)):
        ax.fill_between(when, table[f"lo{level:g}"], table[f"hi{level:g}"], color=shade, lw=0, alpha=0.16 + 0.2 * k)
    ax.plot(when, table["median"], color=shade, lw=1.8, ls="--")
    if actual is not None and len(actual):
        ax.plot(actual.index.to_timestamp(), actual, "o", mfc="white", mec=INK, ms=5)
    dates(ax)
    ax.grid(axis="x", visible=False)


def heat(ax: Axes, wide: pd.DataFrame, limit: float, digits: int = 0) -> None:
    """A coloured cell a row and column with its number in it (seaborn): red below zero, blue above."""
    import seaborn as sns  # here only: it takes a second to import

    sns.heatmap(wide, cmap="RdBu", vmin=-limit, vmax=limit, annot=True, fmt=f".{digits}f", cbar=False, linewidths=1,
                annot_kws={"size": FONT}, ax=ax)
    ax.set(xlabel="", ylabel="")
    ax.tick_params(axis="both", length=0, colors=INK, rotation=0)


def histogram(ax: Axes, values, bins, shade: str = PALE, stat: str = "count", **limits) -> None:
    """How often values fall where (seaborn)."""
    import seaborn as sns  # here only: it takes a second to import

    sns.histplot(x=np.asarray(values), bins=bins, stat=stat, color=shade, alpha=1, edgecolor="white", ax=ax, **limits)
    ax.set(xlabel="", ylabel="")
    ax.grid(axis="x", visible=False)


def mark(ax: Axes, at, text: str = "", vertical: bool = True, shade: str = INK, dashed: bool = True) -> None:
    """A line across the axes with its name at its end."""
    (ax.axvline if vertical else ax.axhline)(at, color=shade, lw=1.2, ls="--" if dashed else "-", zorder=1)
    if text and vertical:
        ax.annotate(text, (at, 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
                    va="bottom", color=shade)
    elif text:
        ax.annotate(text, (1, at), (0, 3), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right",
                    va="bottom", color=shade)


def periods(ax: Axes, start, end) -> None:
    """Shade a span of the horizontal axis."""
    ax.axvspan(start, end, color=SOFT, alpha=0.12, lw=0, zorder=0)
