"""One look for every figure: a colour a partner, a headline that says the point, a caption that says the source."""

import textwrap

import matplotlib.pyplot as plt

# Colour-blind safe (Okabe-Ito and its darker shades): one colour a partner throughout the package.
PARTNERS = {
    "CHN": "#c1272d", "RUS": "#0b5fa5", "ASEAN": "#d98200", "AFRICA": "#00845a", "EU": "#5d4aa8", "USA": "#5aaee0",
    "JPN": "#b5548b", "KOR": "#7a5c3e", "SGP": "#e3a72f", "WORLD": "#444444",
}
VERDICTS = {
    "supported": "#1b7f4b", "supported with caveats": "#7fb069", "mixed": "#e0a030", "contradicted": "#c0392b",
    "not testable with these data": "#7d8ca3",
}
INK, SOFT, GRID = "#222222", "#6b6b6b", "#e6e6e6"

# The look of seaborn's white grid, written out: seaborn takes seconds to import, and most figures need no more of it.
THEME = {
    "axes.axisbelow": True, "axes.edgecolor": SOFT, "axes.grid": True, "axes.labelcolor": INK, "axes.labelsize": 10,
    "axes.linewidth": 1.25, "axes.spines.right": False, "axes.spines.top": False, "axes.titlesize": 12,
    "axes.unicode_minus": True, "figure.dpi": 110, "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Arial", "Liberation Sans", "sans-serif"], "font.size": 10, "grid.color": GRID,
    "grid.linewidth": 1.0, "legend.fontsize": 10, "legend.frameon": False, "lines.solid_capstyle": "round",
    "patch.edgecolor": "w", "patch.force_edgecolor": True, "text.color": INK, "xtick.bottom": False,
    "xtick.color": SOFT, "xtick.labelsize": 10, "ytick.color": SOFT, "ytick.labelsize": 10, "ytick.left": False,
}


def colour(code):
    """The colour of a partner or reporter; grey for one without a colour of its own.

    Examples
    --------
    >>> colour("RUS") != colour("CHN")
    True
    """
    return PARTNERS.get(code, "#8a8a8a")


def figure(headline, subtitle="", rows=1, columns=1, size=(9, 4.8), **kwargs):
    """A figure with its headline and subtitle set above the axes.

    Returns
    -------
    fig, axes
        As `matplotlib.pyplot.subplots`.
    """
    plt.rcParams.update(THEME)
    fig, axes = plt.subplots(rows, columns, figsize=size, layout="constrained", **kwargs)
    width = int(size[0] * 12.5)
    lines = textwrap.wrap(headline, int(size[0] * 8.2))
    under = textwrap.wrap(subtitle, width)
    inch = 0.27 * len(lines) + 0.19 * len(under) + 0.16
    fig.get_layout_engine().set(rect=(0, 0, 1, 1 - inch / size[1]))
    fig.text(0.012, 1 - 0.07 / size[1], "\n".join(lines), fontsize=14, fontweight="bold", ha="left", va="top",
             parse_math=False)
    fig.text(0.012, 1 - (0.10 + 0.27 * len(lines)) / size[1], "\n".join(under), fontsize=10, color=SOFT, ha="left",
             va="top", parse_math=False)
    return fig, axes


def caption(fig, text):
    """Sources and vintage below the figure, in small grey type."""
    width, height = fig.get_size_inches()
    lines = textwrap.wrap(text, int(width * 16))
    left, bottom, right, top = fig.get_layout_engine().get()["rect"]
    inch = 0.15 * len(lines) + 0.08
    fig.get_layout_engine().set(rect=(left, bottom + inch / height, right, top - inch / height))
    fig.text(0.012, 0.04 / height, "\n".join(lines), fontsize=8, color=SOFT, ha="left", va="bottom",
             parse_math=False)  # "US$" and "S$" are money
    return fig
