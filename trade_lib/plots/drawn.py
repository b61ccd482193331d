"""What a figure draws, as a table and as a short text that is the same on every machine; pictures that carry it."""

import hashlib
import io
import zlib
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.category import StrCategoryLocator
from matplotlib.cbook import open_file_cm
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.spines import Spine
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator

MARK = b"tEXtDrawn\0"  # a chunk of text in a PNG file, by its name
COLUMNS = ["axes", "kind", "label", "x", "y", "style"]


class DrawnFigure(Figure):
    """A figure whose text form says what is drawn, and whose PNG pictures carry that text and a hash of themselves.

    So the text stored in a notebook is compared wherever it is executed, though pixels differ with fonts, and a stored
    picture that is not the one its text speaks of is found.
    """

    def __repr__(self):
        size = self.bbox.size
        return f"<Figure size {size[0]:g}x{size[1]:g} with {len(self.axes)} Axes, {summary(self)}>"

    def set_canvas(self, canvas):
        """Draw on a canvas whose PNG pictures are stamped."""
        super().set_canvas(canvas)
        canvas.print_figure = partial(_print_stamped, self, canvas.print_figure)


def _print_stamped(figure, print_figure, filename, *args, **options):
    if (options.get("format") or str(filename).rpartition(".")[2]) != "png":
        return print_figure(filename, *args, **options)
    buffer = io.BytesIO()
    print_figure(buffer, *args, **{**options, "format": "png"})
    with open_file_cm(filename, "wb") as handle:
        handle.write(stamp(buffer.getvalue(), summary(figure)))


def summary(figure):
    """How much a figure draws, and a digest of all of it.

    Examples
    --------
    >>> figure = DrawnFigure()
    >>> _ = figure.subplots().plot([1, 2], [3, 4])
    >>> summary(figure).partition(";")[0]
    '2 points, 0 texts'
    """
    table = drawn(figure)
    scales = [(axes.get_xscale(), axes.get_yscale(), *(_rounded([*axes.get_xlim(), *axes.get_ylim()])
                                                       if axes.get_aspect() == "auto" else ())) for axes in figure.axes]
    text = f"{scales}\n{table.to_csv(index=False)}"
    words = table["x"].isna().sum()
    return f"{len(table) - words} points, {words} texts; drawn {hashlib.sha256(text.encode()).hexdigest()[:12]}"


def drawn(figure):
    """Everything a figure draws, a row a point or text: its data without where fonts and layout put them.

    Returns
    -------
    pandas.DataFrame
        ``axes`` (their number; empty for texts above and below them), ``kind`` (line, bar, area, point, cell, text,
        title, ...), ``label`` (in the legend, or the text itself), ``x``, ``y`` (six digits; dates as text), ``style``.
    """
    rows = [("", "text", text.get_text(), None, None, "") for text in figure.texts]
    for number, axes in enumerate(figure.axes):
        words = [(f"title {place}", axes.get_title(place)) for place in ("left", "center", "right")]
        words += [("x axis", axes.get_xlabel()), ("y axis", axes.get_ylabel())]
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_locator(), FixedLocator | StrCategoryLocator):  # others depend on the room
                ticks = axis.get_major_locator()()
                words += [(f"{axis.axis_name} tick", f"{place:g} {word}") for place, word in
                          zip(ticks, axis.get_major_formatter().format_ticks(ticks), strict=True)]
        rows += [(number, kind, word, None, None, "") for kind, word in words if word]
        for artist in axes.get_children():
            if artist.get_visible() and artist is not axes.patch and not isinstance(artist, Spine):
                rows += [(number, *row) for row in _artist(artist, axes)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _artist(artist, axes):
    """One artist's rows: kind, label, x, y, style."""
    label = str(artist.get_label())
    label = "" if label.startswith("_") else label
    if isinstance(artist, Line2D):
        style = f"{to_hex(artist.get_color(), True)} {artist.get_linestyle()} {artist.get_marker()}"
        return _points("line", label, artist.get_xydata(), style, axes)
    if isinstance(artist, Text):
        placed = hasattr(artist, "xy") or artist.get_transform() == axes.transData
        x, y = getattr(artist, "xy", artist.get_position())
        spot = [(axes.convert_xunits(x), axes.convert_yunits(y))] if placed else [(np.nan, np.nan)]
        return _points("text", artist.get_text(), spot, "", axes) if artist.get_text() else []
    if isinstance(artist, Legend):
        return [("legend", text.get_text(), None, None, "") for text in artist.get_texts()]
    if isinstance(artist, Rectangle):
        return _points("bar", label, artist.get_bbox().get_points(), to_hex(artist.get_facecolor(), True), axes)
    if isinstance(artist, Patch):
        return _points("area", label, artist.get_path().vertices, to_hex(artist.get_facecolor(), True), axes)
    if isinstance(artist, Collection):
        return _collection(artist, label, axes)
    if isinstance(artist, AxesImage):
        return _cells(label, np.asarray(artist.get_array()))
    return []


def _collection(artist, label, axes):
    colours = [to_hex(colour, True) for colour in (*artist.get_facecolor(), *artist.get_edgecolor())]
    style = " ".join(dict.fromkeys(colours))
    if artist.get_array() is not None and not isinstance(artist, PathCollection):
        return _cells(label, np.asarray(artist.get_array()))
    if isinstance(artist, PathCollection):
        sizes = " ".join(map(str, _rounded(artist.get_sizes())))
        return _points("point", label, np.ma.filled(artist.get_offsets(), np.nan), f"{style} {sizes}", axes)
    kind = "area" if len(artist.get_facecolor()) else "line"
    return [row for path in artist.get_paths() for row in _points(kind, label, path.vertices, style, axes)]


def _cells(label, array):
    grid = np.atleast_2d(array).reshape(len(np.atleast_2d(array)), -1)
    return [("cell", f"{value:.6g}", x, y, label) for (y, x), value in np.ndenumerate(grid)]


def _points(kind, label, pairs, style, axes):
    pairs = np.asarray(pairs, float).reshape(-1, 2)
    columns = [_dates(axis, _rounded(values)) for axis, values in zip((axes.xaxis, axes.yaxis), pairs.T, strict=True)]
    return [(kind, label, x, y, style) for x, y in zip(*columns, strict=True)]


def _dates(axis, values):
    if "Date" not in type(axis.get_converter()).__name__:
        return values
    return [f"{num2date(value):%Y-%m-%d}" if np.isfinite(value) else "" for value in values]


def _rounded(values):
    """Numbers to six digits; what is nothing beside the largest is zero."""
    values = np.asarray(values, float).ravel()
    least = 1e-9 * np.abs(values[np.isfinite(values)]).max(initial=0.0)
    return [0.0 if abs(value) < least else float(f"{value:.6g}") for value in values]


def stamp(png, text):
    """A PNG picture that carries a text, and a hash of the picture with it."""
    chunk = MARK + f"{text} {_hash(png)}".encode("latin-1")
    end = png.rindex(b"IEND") - 4
    return png[:end] + (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") + png[end:]


def stamped(png):
    """The text that a picture carries; None where it carries none, or is not the picture it was stamped on."""
    start = png.rfind(MARK)
    if start < 4:
        return None
    end = start + 4 + int.from_bytes(png[start - 4:start], "big")
    text, _, picture = png[start + len(MARK):end].decode("latin-1").rpartition(" ")
    return text if picture == _hash(png[:start - 4] + png[end + 4:]) else None


def _hash(content):
    return hashlib.sha256(content).hexdigest()[:16]
