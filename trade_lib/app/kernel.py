"""What the kernel of a notebook is told before its first cell."""


def describe_figures():
    """Store with every figure, in its output's metadata, the headline that says what it finds and the data drawn.

    The site and the report take the text for those who cannot see the figure, and the data as a file, from there.
    """
    from IPython import get_ipython

    bundles = get_ipython().display_formatter.mimebundle_formatter
    bundles.for_type_by_name("matplotlib.figure", "Figure", lambda fig: ({}, described(fig)))


def described(fig):
    """The headline of a figure of `trade_lib.plots`, and what it draws as csv.

    Examples
    --------
    >>> from trade_lib.plots.style import figure
    >>> described(figure("Trade grew by a third")[0])["finding"]
    'Trade grew by a third'
    """
    from trade_lib.plots.drawn import drawn

    heads = [" ".join(text.get_text().split()) for text in fig.texts if text.get_fontweight() == "bold"]
    return {"finding": heads[0], "drawn": drawn(fig).to_csv(index=False)} if heads else {}
