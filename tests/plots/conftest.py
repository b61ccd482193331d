"""What every figure must keep: all text inside the canvas, a headline, a caption."""

import matplotlib
import pytest

matplotlib.use("agg")


@pytest.fixture
def readable():
    """A check that a figure has a headline and a caption and that no text leaves the canvas."""
    import matplotlib.pyplot as plt
    from matplotlib.text import Text

    def check(fig):
        fig.canvas.draw()
        box = fig.bbox
        # ticks beyond the limits keep their text but are not drawn
        ticks = {id(t) for ax in fig.axes for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks()
                 for t in tick.findobj(Text)}
        for text in fig.findobj(Text):
            if id(text) in ticks or not text.get_visible() or not text.get_text().strip():
                continue
            extent = text.get_window_extent()
            assert extent.x0 >= -1 and extent.x1 <= box.x1 + 1, f"leaves the canvas sideways: {text.get_text()!r}"
            assert extent.y0 >= -1 and extent.y1 <= box.y1 + 1, f"leaves the canvas: {text.get_text()!r}"
        assert len(fig.texts) >= 3 and all(t.get_text() for t in (fig.texts[0], fig.texts[-1]))
        plt.close(fig)
        return fig.texts[0].get_text().replace("\n", " ")

    return check
