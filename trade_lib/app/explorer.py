"""The explorer: any monthly series at hand, its New Year effect and breaks, a forecast from any origin, and what grew.

`view` computes what one picture shows; `show` puts it behind menus, in JupyterLab and under Voila.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from trade_lib.data import areas
from trade_lib.data.tables import load, read_table, series
from trade_lib.data.validate import month
from trade_lib.errors import TradeDataError
from trade_lib.measures import growth, newyear

MODELS = ("combination", "theta", "ets", "seasonal_naive")  # each answers within a second
SEED, N_PATHS = 1, 2000
LEAST = 60  # months before an origin
WINDOW = ("pre7", "during7")  # days around New Year whose effect is shown
SOURCE = ("Monthly trade as {side} books it ({source}). New Year effect: least squares on the logs. Forecast: {model}, "
          "made from the months up to {origin} of today's vintage; outcomes hollow.")


def _key(data):
    """What a file of one's own is cached by: its name and when it was last written."""
    path = None if data is None else Path(data)
    return path and (str(path), path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=4)
def _flows(key):
    """The monthly flows at hand: those shipped, and those of a file of one's own beside them."""
    shipped = load("flows_monthly")
    if key is None:
        return shipped
    mine = read_table(key[0])
    if not isinstance(mine["period"].dtype, pd.PeriodDtype):
        raise TradeDataError("years, not months", file=Path(key[0]).name, column="period",
                             value=str(mine["period"].iloc[0]), expected="months (YYYY-MM)")
    same = mine["source"].isin(shipped["source"])
    mine["source"] = mine["source"].where(~same, mine["source"] + " (given)")
    return pd.concat([shipped, mine[list(shipped)]], ignore_index=True)


def choices(data=None) -> pd.DataFrame:
    """The monthly series that can be looked at: a row a source and pair of areas.

    Parameters
    ----------
    data : str or pathlib.Path, optional. A monthly table of one's own in the long flow schema, held against it as
        the shipped ones are.

    Returns
    -------
    ``source``, ``reporter``, ``partner``, ``flows``, ``first``, ``last``, ``months``, ``unit``.

    Examples
    --------
    >>> bool((choices()["months"] >= LEAST).all())
    True
    """
    return _choices(_key(data)).copy()


@lru_cache(maxsize=4)
def _choices(key):
    table = _flows(key)
    found = table.groupby(["source", "reporter", "partner"]).agg(
        flows=("flow", lambda f: ", ".join(sorted(f.unique()))), first=("period", "min"), last=("period", "max"),
        months=("period", "nunique"), unit=("unit", "first")).reset_index()
    return found[found["months"] >= LEAST].reset_index(drop=True)


def breaks(y: pd.Series, most: int = 3, share: float = 0.1, shortest: int = 12) -> list[pd.Period]:
    """Months in which yearly growth moved to another level: a description, not a test.

    The yearly log growth is split where that removes most of its variance, as long as a split removes at least a
    share of what there was and leaves a year on either side (binary segmentation).

    Parameters
    ----------
    y : unbroken months, above zero.
    most : the most splits.
    share : part of the variance that a split must remove.
    shortest : months of the shortest stretch.

    Returns
    -------
    First months of the new stretches.

    Examples
    --------
    >>> months = pd.period_range("2010-01", periods=96, freq="M")
    >>> y = pd.Series(np.exp(np.where(np.arange(96) < 60, 0.0, (np.arange(96) - 60) * 0.02)), months)
    >>> [str(month) for month in breaks(y, most=1)]
    ['2015-07']
    """
    g = np.log(y).diff(12).dropna()
    z, edges = g.to_numpy(), [0, len(g)]
    everything = ((z - z.mean()) ** 2).sum() if len(z) else 0.0
    for _ in range(most):
        best = max(((_removed(z[a:b], at - a), at) for a, b in zip(edges, edges[1:], strict=False)
                    for at in range(a + shortest, b - shortest + 1)), default=(0.0, 0))
        if everything == 0 or best[0] < share * everything:
            break
        edges = sorted({*edges, best[1]})
    return [g.index[at] for at in edges[1:-1]]


def _removed(z, at):
    """What splitting at a place takes off the sum of squares around the mean."""
    return at * (len(z) - at) / len(z) * (z[:at].mean() - z[at:].mean()) ** 2


@lru_cache(maxsize=64)
def _known(source, reporter, partner, flow, key):
    """A series' last unbroken run of months, in bn, and the New Year effect of each month (a factor)."""
    from trade_lib.forecast.scales import least_squares_effect

    y = series(reporter, partner, flow, source=source, table=_flows(key))
    gaps = pd.period_range(y.index[0], y.index[-1], freq="M").difference(y.index)
    unit = y.attrs["unit"]
    y = (y if gaps.empty else y.loc[gaps[-1] + 1:]).loc[f"{load('new_year_dates')['date'].min().year}-01":] / 1e9
    if len(y) < LEAST or not (y > 0).all():
        raise TradeDataError("too short, or months without trade", file=f"{reporter}-{partner} {flow}", value=len(y),
                             expected=f"at least {LEAST} months in a row, all above zero")
    x = newyear.regressors(y.index, WINDOW)
    return y, pd.Series(np.exp(least_squares_effect(np.log(y.to_numpy()), x)[0]), y.index), unit


@lru_cache(maxsize=256)
def _fan(source, reporter, partner, flow, key, origin, horizon, model):
    """A forecast from one origin, kept: the same choice is not fitted twice."""
    from trade_lib.forecast import forecast

    y, _, _ = _known(source, reporter, partner, flow, key)
    return forecast(y.loc[:origin], horizon, model=model, n_paths=N_PATHS, seed=SEED).to_frame()


def view(source: str = "RU_FCS_96STRAN", reporter: str = "RUS", partner: str = "CHN", flow="total",
         start: str = "2014-01", origin: str = "2020-11", horizon: int = 13, model: str = "combination",
         data=None) -> dict:
    """What one picture of the explorer shows.

    Parameters
    ----------
    source, reporter, partner : A row of `choices`.
    flow : {"total", "export", "import"}
    start : first month shown.
    origin : last month that the forecast knows; moved inside the series where it lies outside.
    horizon : months ahead.
    model : one of `MODELS`.
    data : str or pathlib.Path, optional. As in `choices`.

    Returns
    -------
    ``known`` (bn by month), ``effect`` (New Year factor), ``breaks``, ``fan``, ``parts`` (points of yearly growth
    by flow), ``name``, ``code``, ``unit``, ``source``: what `trade_lib.plots.explore` takes.

    Examples
    --------
    >>> shown = view(horizon=3)
    >>> shown["fan"].index.astype(str).tolist()
    ['2020-12', '2021-01', '2021-02']
    """
    if model not in MODELS:
        raise TradeDataError("no such model", column="model", value=model, expected=", ".join(MODELS))
    chosen = source, reporter, partner, flow, _key(data)
    y, effect, unit = _known(*chosen)
    origin = min(max(month(origin), y.index[LEAST - 1]), y.index[-1])
    start = min(month(start), origin - 24)
    fan = _fan(*chosen, origin, int(horizon), model)
    return {"known": y.loc[start:], "effect": effect.loc[start:], "breaks": [b for b in breaks(y) if b >= start],
            "fan": fan, "parts": _parts(*chosen).loc[start:], "unit": unit, "code": partner,
            "name": f"{areas.name(reporter)}'s {_WORD[flow]} {areas.name(partner)}",
            "source": SOURCE.format(side=areas.name(reporter), source=source, model=model, origin=origin)}


_WORD = {"total": "trade with", "export": "exports to", "import": "imports from"}


@lru_cache(maxsize=64)
def _parts(source, reporter, partner, flow, key):
    """Points that exports and imports give to yearly growth, three-month sums; of one flow alone its growth."""
    flows = ["export", "import"] if flow == "total" else [flow]
    parts = {f: series(reporter, partner, f, source=source, table=_flows(key)) for f in flows}
    sums = pd.DataFrame(parts).dropna().rolling(3).sum()
    sums = sums.reindex(pd.period_range(sums.index[0], sums.index[-1], freq="M"))
    base = sums.shift(12)
    return (100 * (sums - base)).div(base.sum(axis=1, min_count=len(flows)), axis=0).dropna()


def growth_table(shown, months=12):
    """The last months of a view as a frame for reading: level, yearly growth, New Year effect, points by flow.

    Examples
    --------
    >>> growth_table(view(horizon=3), 2)["month"].tolist()
    ['2021-11', '2021-12']
    """
    rate = growth.yoy(shown["known"]) if len(shown["known"]) > 12 else shown["known"] * np.nan
    table = pd.DataFrame({f"bn {shown['unit']}": shown["known"], "growth, %": rate,
                          "New Year effect, %": 100 * (shown["effect"] - 1)})
    points = shown["parts"].rename(columns=lambda f: f"{f}, points (3 months)")
    return table.join(points).tail(months).rename_axis("month").reset_index().astype({"month": str})


def show(data=None):
    """Menus for source, partner, flow, window, model, horizon and origin over the picture; answers within a second.

    Works in JupyterLab and under Voila (`make explorer`); elsewhere the text says what it would be.
    """
    from IPython.display import display

    # A fixed text beside the widget: its own would repeat the picture's bytes, which no comparison of outputs survives.
    bundle = widget(data)._repr_mimebundle_()
    bundle = dict(bundle[0] if isinstance(bundle, tuple) else bundle)
    display({**bundle, "text/plain": "Explorer: run this cell to choose source, partner, flow, model and origin"},
            raw=True)


def widget(data=None):
    """The explorer as a widget, for `show` and for tests; with a table of one's own it opens on that.

    Returns
    -------
    ipywidgets.VBox
        Its first child holds the menus, its second the picture (PNG), its third the line that tells of errors.
    """
    import ipywidgets as w

    rows = choices(data)
    sides = {f"{areas.name(r)} ({s})": (s, r) for s, r in rows[["source", "reporter"]].drop_duplicates().values}
    side = w.Dropdown(options=sides, value=_opening(rows), description="Side")
    partner = w.Dropdown(options=_partners(rows, side.value), value=_first(rows, side.value), description="Partner")
    flow = w.Dropdown(options=_flows_of(rows, side.value, partner.value), description="Flow")
    model = w.Dropdown(options=MODELS, description="Model")
    start = w.IntSlider(2014, 1985, 2024, description="From year", continuous_update=False)
    origin = w.Text("2020-11", description="Known to", placeholder="YYYY-MM", continuous_update=False)
    horizon = w.IntSlider(13, 1, 36, description="Ahead", continuous_update=False)
    picture, told = w.Image(format="png", layout={"max_width": "100%"}), w.Label()

    def draw(_=None):
        try:
            source, reporter = side.value
            shown = view(source, reporter, partner.value, flow.value, f"{start.value}-01", origin.value, horizon.value,
                         model.value, data)
            picture.value, told.value = _png(shown), ""
            picture.alt = shown["name"]
        except TradeDataError as error:
            told.value = f"{error}. The picture still shows {picture.alt}."

    def other_side(_):
        partner.unobserve(other_partner, "value")
        partner.options, partner.value = _partners(rows, side.value), _first(rows, side.value)
        partner.observe(other_partner, "value")
        other_partner(_)

    def other_partner(_):
        options = _flows_of(rows, side.value, partner.value)
        kept = flow.value if flow.value in options else options[0]
        flow.unobserve(draw, "value")
        flow.options, flow.value = options, kept
        flow.observe(draw, "value")
        draw()

    side.observe(other_side, "value")
    partner.observe(other_partner, "value")
    for menu in (flow, model, start, origin, horizon):
        menu.observe(draw, "value")
    draw()
    menus = w.HBox([side, partner, flow, model, start, origin, horizon], layout={"flex_flow": "row wrap"})
    return w.VBox([menus, picture, told], model_id="trade-explorer")


def _opening(rows):
    """The side that the explorer opens on: a table of one's own, else Russia's customs."""
    own = rows.loc[~rows["source"].isin(_choices(None)["source"]), ["source", "reporter"]]
    return ("RU_FCS_96STRAN", "RUS") if own.empty else tuple(own.iloc[0])


def _first(rows, side):
    options = list(_partners(rows, side).values())
    return "CHN" if "CHN" in options else options[0]


def _flows_of(rows, side, partner):
    """The flows that a source has of one pair; their total first where it has both."""
    here = rows[(rows["source"] == side[0]) & (rows["reporter"] == side[1]) & (rows["partner"] == partner)]
    flows = here["flows"].iloc[0].split(", ")
    return ["total", *flows] if len(flows) == 2 else flows


def _partners(rows, side):
    here = rows[(rows["source"] == side[0]) & (rows["reporter"] == side[1])]
    return {areas.name(code): code for code in here["partner"]}


def _png(shown):
    from io import BytesIO

    import matplotlib.pyplot as plt

    from trade_lib import plots

    fig, page = plots.explore(**shown), BytesIO()
    fig.savefig(page, format="png", dpi=100, metadata={"Software": None})
    plt.close(fig)
    return page.getvalue()
