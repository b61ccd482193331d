"""Interactive charts of the web site, as plain dicts for plotly.js; the script itself comes with the plotly package."""

from pathlib import Path

from trade_lib.plots.style import SOFT, colour

AGREES, AGAINST = "#1b7f4b", "#c0392b"
SIDES = {"CHN": "Chinese customs", "RUS": "Russian customs"}


def script():
    """Path of the plotly.js file that the plotly package carries, to be served by the site itself."""
    from importlib.util import find_spec

    return Path(find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"


def readings(table, stated):
    """Growth readings as dots, the stated rate as a line.

    Parameters
    ----------
    table : pandas.DataFrame
        ``reading``, ``side``, ``value``.
    stated : float

    Returns
    -------
    dict
        ``title``, and ``data`` and ``layout`` for plotly.js.
    """
    data = []
    for side, name in SIDES.items():
        here = table[table["side"] == side]
        data.append({"type": "scatter", "mode": "markers", "name": name, "x": here["value"].round(2).tolist(),
                     "y": here["reading"].tolist(), "marker": {"size": 11, "color": colour(side)},
                     "hovertemplate": "%{y}: %{x:.1f} %<extra>" + name + "</extra>"})
    layout = _layout("per cent above a year earlier")
    layout["yaxis"] = {"autorange": "reversed", "automargin": True, "categoryorder": "array",
                       "categoryarray": table["reading"].tolist()}
    layout["shapes"] = [_rule("x", stated)]
    return {"title": f"Every reading of the growth stated as {stated} %", "data": data, "layout": layout}


def path(table, threshold):
    """Forecast year total by origin with its 80 and 95 % limits, a trace a side.

    Parameters
    ----------
    table : pandas.DataFrame
        ``side``, ``origin``, ``mean``, ``lo80``, ``hi80``, ``lo95``, ``hi95`` (bn US$), ``p_exceed_140``.
    threshold : float

    Returns
    -------
    dict
    """
    data = []
    for side, name in SIDES.items():
        here = table[table["side"] == side]
        months = here["origin"].astype(str).tolist()
        for low, high, shade in (("lo95", "hi95", 0.15), ("lo80", "hi80", 0.3)):
            data.append({"type": "scatter", "mode": "lines", "x": months + months[::-1], "fill": "toself",
                         "y": here[high].round(2).tolist() + here[low].round(2).tolist()[::-1], "hoverinfo": "skip",
                         "line": {"width": 0}, "fillcolor": colour(side), "opacity": shade, "legendgroup": side,
                         "showlegend": False})
        data.append({"type": "scatter", "mode": "lines+markers", "name": name, "x": months,
                     "y": here["mean"].round(2).tolist(), "legendgroup": side,
                     "customdata": here["p_exceed_140"].round(2).tolist(), "line": {"color": colour(side)},
                     "hovertemplate": "known to %{x}: %{y:.1f} bn, probability %{customdata:.2f}<extra>" + name
                                      + "</extra>"})
    layout = _layout("last month known")
    layout["yaxis"] = {"title": {"text": "bn US$"}, "automargin": True}
    layout["shapes"] = [_rule("y", threshold)]
    title = f"Year total of 2021 as forecast from each month, and the {threshold:.0f} bn stated"
    return {"title": title, "data": data, "layout": layout}


def years(table, threshold):
    """Yearly totals by series, in current dollars.

    Parameters
    ----------
    table : pandas.DataFrame
        ``side``, ``series``, ``year``, ``nominal`` (bn US$).
    threshold : float

    Returns
    -------
    dict
    """
    data = []
    for (side, name), here in table.groupby(["side", "series"]):
        sparse = here["year"].diff().max() > 1
        data.append({"type": "scatter", "mode": "markers" if sparse else "lines", "name": name,
                     "x": here["year"].tolist(), "y": here["nominal"].round(2).tolist(),
                     "line": {"color": colour(side)}, "marker": {"color": colour(side), "size": 8},
                     "hovertemplate": "%{x}: %{y:.1f} bn US$<extra></extra>"})
    layout = _layout("")
    layout["yaxis"] = {"title": {"text": "bn US$"}, "automargin": True, "rangemode": "tozero"}
    layout["shapes"] = [_rule("y", threshold)]
    return {"title": "China-Russia goods trade by year, on each side's books", "data": data, "layout": layout}


def alternatives(table, unit):
    """Every alternative way to count a claim, in order of its value: those that hold filled, the others hollow.

    Parameters
    ----------
    table : pandas.DataFrame
        ``value``, ``holds``, and the columns that say what the alternative is.
    unit : str
        What the value is.

    Returns
    -------
    dict
    """
    table = table.sort_values("value", kind="stable").reset_index(drop=True)
    words = table.drop(columns=["value", "holds"]).astype(str).apply(", ".join, axis=1)
    data = []
    for agrees, name, symbol, ink in ((True, "the claim holds", "circle", AGREES),
                                      (False, "it does not", "circle-open", AGAINST)):
        here = table[table["holds"] == agrees]
        data.append({"type": "scatter", "mode": "markers", "name": name,
                     "x": here["value"].astype(float).round(3).tolist(), "y": (here.index + 1).tolist(),
                     "text": words[here.index].tolist(),
                     "marker": {"size": 9, "symbol": symbol, "color": ink, "line": {"width": 2, "color": ink}},
                     "hovertemplate": "%{text}: %{x}<extra>" + name + "</extra>"})
    layout = _layout(unit)
    layout["yaxis"] = {"title": {"text": "alternatives, in order"}, "automargin": True, "zeroline": False}
    layout["hovermode"] = "closest"
    return {"title": f"Each of {len(table)} ways to count: {int(table['holds'].sum())} hold", "data": data,
            "layout": layout}


def _layout(x):
    return {"xaxis": {"title": {"text": x}, "automargin": True},
            "margin": {"l": 60, "r": 20, "t": 20, "b": 50}, "legend": {"orientation": "h", "y": -0.25},
            "font": {"family": "sans-serif", "size": 13}, "template": {"layout": {"paper_bgcolor": "#fff"}}}


def _rule(axis, at):
    other = {"x": "y", "y": "x"}[axis]
    return {"type": "line", f"{axis}0": at, f"{axis}1": at, f"{other}0": 0, f"{other}1": 1, f"{other}ref": "paper",
            "line": {"dash": "dash", "width": 1, "color": SOFT}}
