"""One look for every figure: a colour a partner, a headline that says the point, a caption that says the source."""

import textwrap

import matplotlib.pyplot as plt

from trade_lib.plots.drawn import DrawnFigure

# Colour-blind safe (Okabe-Ito and its darker shades): one colour a partner throughout the package.
PARTNERS = {
    "CHN": "#c1272d", "RUS": "#0b5fa5", "ASEAN": "#d98200", "AFRICA": "#00845a", "EU": "#5d4aa8", "USA": "#5aaee0",
    "JPN": "#b5548b", "KOR": "#7a5c3e", "SGP": "#e3a72f", "WORLD": "#444444",
}
VERDICTS = {
    "supported": "#1b7f4b", "supported with caveats": "#7fb069", "mixed": "#e0a030", "contradicted": "#c0392b",
    "not testable with these data": "#7d8ca3",
}
INK, SOFT, GRID, PALE = "#222222", "#6b6b6b", "#e6e6e6", "#c9ced6"
NAMES = {"KOR": "Korea", "RUS": "Russia", "SGP": "Singapore", "USA": "United States", "EU": "EU", "JPN": "Japan",
         "ASEAN": "ASEAN", "AFRICA": "Africa", "OTHERS": "all others", "CHN": "China", "WORLD": "the world",
         "TWN": "Taiwan", "IDN": "Indonesia", "IND": "India", "AUS": "Australia", "BRA": "Brazil", "BRN": "Brunei",
         "KHM": "Cambodia", "LAO": "Laos", "MYS": "Malaysia", "PHL": "Philippines", "THA": "Thailand",
         "VNM": "Vietnam", "MMR": "Myanmar", "MEX": "Mexico"}
# One width and one size of text: a figure 5.6 inches wide with text of 12.5 points has letters of 11 pixels on a phone
# 390 pixels wide, where it is shown 358 wide (12.5 / 72 * 358 / 5.6).
WIDTH, FONT = 5.6, 12.5

# The look of seaborn's white grid, written out: seaborn takes a second to import, and not every figure needs it.
THEME = {
    "axes.axisbelow": True, "axes.edgecolor": SOFT, "axes.grid": True, "axes.labelcolor": INK, "axes.labelsize": FONT,
    "axes.linewidth": 1.25, "axes.spines.right": False, "axes.spines.top": False, "axes.titlesize": FONT,
    "axes.titlelocation": "left", "axes.titlecolor": INK, "axes.titleweight": "bold", "axes.unicode_minus": True,
    "figure.dpi": 110, "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Arial", "Liberation Sans", "sans-serif"], "font.size": FONT, "grid.color": GRID,
    "grid.linewidth": 1.0, "legend.fontsize": FONT, "legend.frameon": False, "lines.solid_capstyle": "round",
    "patch.edgecolor": "w", "patch.force_edgecolor": True, "text.color": INK, "text.parse_math": False,
    "xtick.bottom": False, "xtick.color": SOFT, "xtick.labelsize": FONT, "ytick.color": SOFT, "ytick.labelsize": FONT,
    "ytick.left": False,
}
_LINE = 1.22 * FONT / 72  # inches a line of text takes


def colour(code):
    """The colour of a partner or reporter; grey for one without a colour of its own.

    Examples
    --------
    >>> colour("RUS") != colour("CHN")
    True
    """
    return PARTNERS.get(code, "#8a8a8a")


def figure(headline: str, subtitle: str = "", height: float = 4.0, panels: int = 1, **kwargs):
    """A figure with its headline and subtitle above the axes; panels lie below each other.

    ``height`` is that of the panels together, in inches; the texts come on top of it. Further arguments go to
    `matplotlib.pyplot.subplots`.

    Returns
    -------
    fig, axes
        One axes, or an array of as many as there are panels.
    """
    plt.rcParams.update(THEME)
    lines, under = _wrapped(headline, 0.78), _wrapped(subtitle, 0.98)
    inch = (len(lines) * 1.14 + len(under)) * _LINE + 0.26
    fig, axes = plt.subplots(panels, 1, figsize=(WIDTH, height + inch), layout="constrained",
                             FigureClass=DrawnFigure, **kwargs)
    fig.get_layout_engine().set(rect=(0, 0, 1, height / (height + inch)))
    fig.text(0.012, 1 - 0.05 / (height + inch), "\n".join(lines), fontsize=1.12 * FONT, fontweight="bold", va="top")
    fig.text(0.012, 1 - (0.09 + 1.14 * _LINE * len(lines)) / (height + inch), "\n".join(under), color=SOFT, va="top")
    return fig, axes


def _wrapped(text: str, share: float) -> list[str]:
    """The lines of a text; a letter is 0.53 of the size wide on average, and bold ones take more."""
    return textwrap.wrap(text, int(share * WIDTH * 72 / (0.53 * FONT)))


def caption(fig, text: str):
    """Sources and vintage below the figure, in grey; the figure grows by what they need."""
    lines = _wrapped(text, 0.98)
    if not lines:
        return fig
    width, height = fig.get_size_inches()
    inch = _LINE * len(lines) + 0.12
    grown = height + inch
    for words in fig.texts:  # what hangs from the top stays where it is
        words.set_y(1 - (1 - words.get_position()[1]) * height / grown)
    left, bottom, right, top = fig.get_layout_engine().get()["rect"]
    fig.set_size_inches(width, grown)
    fig.get_layout_engine().set(rect=(left, inch / grown, right, top * height / grown))
    fig.text(0.012, 0.05 / grown, "\n".join(lines), color=SOFT, va="bottom")
    return fig
