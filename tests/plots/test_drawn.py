"""What is drawn is told apart, whatever is changed in it, and not by what a machine's fonts and layout make of it."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from trade_lib.plots.drawn import DrawnFigure, drawn, stamp, stamped, summary
from trade_lib.plots.style import caption, figure


def sample(**change):
    """A figure with one of everything that figures are made of; a keyword changes one thing of it."""
    given = {"line": 2.0, "bar": 3.0, "dot": 4.0, "area": 5.0, "size": 30, "cell": 6.0, "colour": "#c1272d",
             "word": "peak", "tick": "CHN", "title": "Trade", "label": "exports", "headline": "It grew",
             "source": "Customs", "top": 9.0, "scale": "linear", "span": 2.5} | change
    fig, (ax, other) = figure(given["headline"], panels=2)
    months = pd.date_range("2021-01-01", periods=3, freq="MS")
    ax.plot(months, [1, given["line"], 3], label=given["label"], color=given["colour"])
    ax.fill_between(months, [1, given["area"], 1])
    ax.text(months[1], 2, given["word"])
    ax.set(title=given["title"], ylim=(0.5, given["top"]), yscale=given["scale"])
    ax.legend()
    other.bar([0, 1], [1, given["bar"]])
    other.scatter([0, 1], [1, given["dot"]], s=given["size"])
    other.hlines([1], 0, given["span"])
    other.imshow([[1, given["cell"]]])
    other.set_xticks([0, 1], ["RUS", given["tick"]])
    caption(fig, given["source"])
    plt.close(fig)
    return fig


CHANGES = {"line": 2.001, "bar": 3.001, "dot": 4.001, "area": 5.001, "size": 31, "cell": 6.01,
           "colour": "#c1272e", "word": "pike", "tick": "CHE", "title": "Trades", "label": "imports",
           "headline": "It fell", "source": "None", "top": 9.1, "scale": "log", "span": 2.6}


@pytest.mark.parametrize("change", CHANGES.items(), ids=CHANGES)
def test_whatever_is_changed_is_seen(change):
    assert repr(sample(**dict([change]))) != repr(sample())


def test_the_same_figure_is_the_same_before_and_after_it_is_drawn_in_any_font():
    fig = sample()
    before = repr(fig)
    with plt.rc_context({"font.family": "monospace", "font.size": 14}):
        fig.canvas.draw()
        assert repr(fig) == before == repr(sample())
    assert before.startswith("<Figure size ") and " with 2 Axes, " in before


def test_noise_in_the_last_digits_is_no_change():
    assert summary(sample(line=2.0 * (1 + 1e-12))) == summary(sample())
    one, other = DrawnFigure(), DrawnFigure()
    one.subplots().plot([1e9, 0.0])
    other.subplots().plot([1e9, 3e-8])
    assert summary(one) == summary(other)


def test_the_table_holds_data_and_texts():
    table = drawn(sample())
    assert table[table["kind"] == "line"].iloc[1][["label", "x", "y"]].tolist() == ["exports", "2021-02-01", 2.0]
    assert table[table["kind"] == "bar"].iloc[-1][["x", "y"]].tolist() == [1.4, 3.0]
    assert {"It grew", "Customs", "peak", "Trade", "exports", "1 CHN"} <= set(table["label"])


def test_a_picture_carries_its_text_and_any_flipped_bit_of_it_is_seen():
    fig, buffer = sample(), io.BytesIO()
    fig.savefig(buffer, format="png")
    png = buffer.getvalue()
    assert stamped(png) == summary(fig)
    assert stamped(stamp(png[:8] + png[-12:], "none")) == "none"
    for place in np.random.default_rng(0).integers(0, png.rindex(b"tEXt") - 4, 120):
        flipped = bytearray(png)
        flipped[place] ^= 1
        assert stamped(bytes(flipped)) != summary(fig)
