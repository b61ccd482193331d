"""The explorer: any monthly series at hand, its New Year effect and breaks, a forecast from any origin, and what grew.

`view` computes what one picture shows; `show` puts it behind menus, in JupyterLab and under Voila, above a box that
checks the text of an article.
"""

import base64
import html
import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

from trade_lib.data import areas
from trade_lib.data.provenance import provenance
from trade_lib.data.tables import load, read_table, series
from trade_lib.data.validate import month
from trade_lib.errors import TradeDataError
from trade_lib.measures import growth, newyear

MODELS = {"the package's default": "combination", "Theta": "theta", "exponential smoothing": "ets",
          "the same month last year": "seasonal_naive"}
FLOWS = {"total": "trade with", "export": "exports to", "import": "imports from"}
SEED, N_PATHS = 1, 2000
LEAST = 60  # months before an origin
WINDOW = ("pre7", "during7")  # days around New Year whose effect is shown
SERIES = ["source", "reporter", "partner", "unit", "flow"]
SOURCE = ("Monthly trade as {side} books it ({source}). New Year effect: least squares on the logs. Forecast: {model}, "
          "made from the months up to {origin} of today's vintage; outcomes hollow.")
STYLE = """<style>
.jp-Cell:has(.trade-explorer), .jp-Cell :has(.trade-explorer), .trade-explorer, .trade-explorer .widget-box {
  overflow: visible; }
.trade-explorer img { width: 100%; max-width: 616px; } .trade-explorer .fault { color: #b3261e; }
@media (min-width: 50rem) { .trade-explorer .menus { position: sticky; top: 0; z-index: 2; padding: .5rem 0;
  background: var(--jp-layout-color0, white); } }
</style>"""


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
    """The series that can be looked at: the last months in a row with trade of each, at least `LEAST`.

    ``data`` is a monthly table of one's own in the long flow schema. Columns: those of a series, ``first``, ``last``,
    ``months``.

    Examples
    --------
    >>> bool((choices()["months"] >= LEAST).all())
    True
    """
    return _choices(_key(data)).copy()


@lru_cache(maxsize=4)
def _choices(key):
    table = _flows(key)
    sums = table.groupby([*SERIES[:-1], "period"], as_index=False).agg(value=("value", "sum"), flows=("flow", "size"))
    both = sums[sums["flows"] == 2].assign(flow="total")
    rows = pd.concat([both, table])
    rows = rows[rows["value"] > 0].sort_values([*SERIES, "period"])
    # Months in a row have one number in common: the month less its place in the series.
    rows["run"] = rows["period"].astype("int64") - rows.groupby(SERIES).cumcount()
    runs = rows.groupby([*SERIES, "run"], as_index=False).agg(first=("period", "min"), last=("period", "max"),
                                                              months=("period", "size"))
    last = runs.groupby(SERIES).tail(1).drop(columns="run")
    return last[last["months"] >= LEAST].reset_index(drop=True)


def breaks(y: pd.Series, most: int = 3, share: float = 0.1, shortest: int = 12) -> list[pd.Period]:
    """Months in which yearly growth moved to another level: a description, not a test.

    The yearly log growth is split where that removes most of its variance, up to ``most`` times, as long as a split
    removes at least ``share`` of what there was and leaves ``shortest`` months on either side (binary segmentation).

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
    """A series' last months in a row, in bn, the New Year effect of each (a factor), and the series' unit."""
    from trade_lib.forecast.scales import least_squares_effect

    rows = _choices(key)
    own = rows[rows[["source", "reporter", "partner", "flow"]].eq([source, reporter, partner, flow]).all(axis=1)]
    if own.empty:
        raise TradeDataError("no such series", value=f"{source}: {reporter}-{partner} {flow}",
                             expected=f"a row of choices(): {LEAST} months in a row, all above zero")
    first = max(own["first"].iloc[0], month(f"{load('new_year_dates')['date'].min().year}-01"))
    y = series(reporter, partner, flow, source=source, table=_flows(key), unit=own["unit"].iloc[0]).loc[first:] / 1e9
    x = newyear.regressors(y.index, WINDOW)
    return y, pd.Series(np.exp(least_squares_effect(np.log(y.to_numpy()), x)[0]), y.index), own["unit"].iloc[0]


@lru_cache(maxsize=256)
def _fan(source, reporter, partner, flow, key, origin, horizon, model):
    """A forecast from one origin, kept: the same choice is not fitted twice."""
    from trade_lib.forecast import forecast

    y, _, _ = _known(source, reporter, partner, flow, key)
    return forecast(y.loc[:origin], horizon, model=model, n_paths=N_PATHS, seed=SEED).to_frame()


def view(source: str = "RU_FCS_96STRAN", reporter: str = "RUS", partner: str = "CHN", flow="total",
         start: str = "2014-01", origin: str = "2020-11", horizon: int = 13, model: str = "combination",
         data=None) -> dict:
    """What one picture shows: a series from ``start`` on and its forecast from an origin, as `plots.explore` takes it.

    The origin is moved inside the series where it lies outside. ``known`` is in bn by month, ``effect`` the New Year
    factor, ``parts`` the points of yearly growth by flow.

    Examples
    --------
    >>> shown = view(horizon=3)
    >>> shown["fan"].index.astype(str).tolist()
    ['2020-12', '2021-01', '2021-02']
    """
    if model not in MODELS.values():
        raise TradeDataError("no such model", column="model", value=model, expected=", ".join(MODELS.values()))
    chosen = source, reporter, partner, flow, _key(data)
    y, effect, unit = _known(*chosen)
    origin = min(max(month(origin), y.index[LEAST - 1]), y.index[-1])
    start = min(month(start), origin - 24)
    return {"known": y.loc[start:], "effect": effect.loc[start:], "breaks": [b for b in breaks(y) if b >= start],
            "fan": _fan(*chosen, origin, int(horizon), model), "parts": _parts(*chosen).loc[start:], "unit": unit,
            "code": partner, "name": f"{areas.owner(reporter)} {FLOWS[flow]} {areas.name(partner)}",
            "source": SOURCE.format(side=areas.name(reporter), source=_publisher(source), origin=origin,
                                    model=next(name for name, code in MODELS.items() if code == model))}


@lru_cache(maxsize=64)
def _parts(source, reporter, partner, flow, key):
    """Points that exports and imports give to yearly growth, three-month sums; of one flow alone its growth."""
    flows = ["export", "import"] if flow == "total" else [flow]
    unit = _known(source, reporter, partner, flow, key)[2]
    parts = {f: series(reporter, partner, f, source=source, table=_flows(key), unit=unit) for f in flows}
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
    """The menus over the picture and the box for an article, where a kernel runs; elsewhere the picture they open on.

    Works in JupyterLab and under Voila (`make explorer`).
    """
    from IPython.display import display
    from matplotlib.pyplot import close

    from trade_lib import plots
    from trade_lib.app.kernel import described
    from trade_lib.plots.drawn import stamp, summary

    box, opening = widget(data)
    fig = plots.explore(**view(*opening, data))
    close(fig)  # shown below, once
    widgets = box._repr_mimebundle_()
    widgets = dict(widgets[0] if isinstance(widgets, tuple) else widgets)
    picture = base64.b64encode(stamp(_png(_key(data), *opening), summary(fig))).decode()
    display({**widgets, "image/png": picture, "text/plain": repr(fig)}, raw=True, metadata=described(fig))


@lru_cache(maxsize=256)
def _png(key, *choice):
    """A view drawn, kept: the same choice is not drawn twice."""
    from matplotlib.pyplot import close

    from trade_lib import plots

    fig, picture = plots.explore(**view(*choice, key and key[0])), BytesIO()
    fig.canvas.print_png(picture)  # draws once, where savefig lays out first
    close(fig)
    return picture.getvalue()


def widget(data=None):
    """The explorer as a widget, and the choice that it opens on; with a table of one's own it opens on that.

    The widget's children: its style, the menus, the picture, the box for an article.
    """
    import ipywidgets as w

    rows = choices(data)
    rows["side"] = _sides(rows)
    own = rows[~rows["source"].isin(_choices(None)["source"])]
    first = rows[rows["source"].eq("RU_FCS_96STRAN")] if own.empty else own
    wide = {"style": {"description_width": "8.5em"}, "layout": {"width": "22rem"}}
    side = w.Dropdown(options=list(dict.fromkeys(rows["side"])), value=first["side"].iloc[0],
                      description="Whose customs", **wide)
    partner, flow = (w.Dropdown(description=name, **wide) for name in ("Partner", "Flow"))
    start = w.BoundedIntText(2014, min=1986, max=2024, description="From year", **wide)
    origin = w.Dropdown(options={"": pd.Period("2020-11")}, description="Known to", **wide)
    horizon = w.BoundedIntText(13, min=1, max=36, description="Months ahead", **wide)
    model = w.Dropdown(options=MODELS, description="Forecast by", **wide)
    menus, picture = [side, partner, flow, start, origin, horizon, model], w.HTML()

    def update(_=None):
        for menu in (partner, flow, origin):  # what is offered here is no choice of the reader
            menu.unobserve(update, "value")
        pairs = rows[rows["side"] == side.value]
        _offer(partner, {areas.name(code): code for code in pairs["partner"].unique()}, "CHN")
        pair = pairs[pairs["partner"] == partner.value]
        _offer(flow, {f"{name}s" if name != "total" else "exports and imports": name
                      for name in sorted(pair["flow"], reverse=True)}, "total")
        at = pair[pair["flow"] == flow.value].iloc[0]
        months = pd.period_range(at["first"] + LEAST - 1, at["last"], freq="M")
        _offer(origin, {m.strftime("%B %Y"): m for m in months}, min(max(origin.value, months[0]), months[-1]))
        choice = (at["source"], at["reporter"], partner.value, flow.value, f"{start.value}-01", str(origin.value),
                  horizon.value, model.value)
        encoded = base64.b64encode(_png(_key(data), *choice)).decode()
        about = html.escape(f"{side.label}: {partner.label}, {flow.label}")
        picture.value = f'<img src="data:image/png;base64,{encoded}" alt="{about}">'
        for menu in (partner, flow, origin):
            menu.observe(update, "value")
        return choice

    for menu in menus:
        menu.observe(update, "value")
    opening = update()
    controls = w.HBox(menus, layout={"flex_flow": "row wrap"})
    controls.add_class("menus")
    box = w.VBox([w.HTML(STYLE), controls, picture, article_box()], model_id="trade-explorer")
    box.add_class("trade-explorer")
    return box, opening


def _offer(menu, options, wished):
    """Give a menu other options; what was chosen stays where it can, else what is wished, else the first."""
    if dict(menu.options) != options:
        chosen = next((one for one in (menu.value, wished) if one in options.values()), next(iter(options.values())))
        menu.options = tuple(options.items())
        menu.value = chosen


def _sides(rows):
    """Whose customs, by country, publisher and last month."""
    last = rows.groupby(["source", "reporter"])["last"].transform("max")
    one_flow = rows.groupby(["source", "reporter"])["flow"].transform("nunique") == 1
    flow = (", " + rows["flow"] + "s").where(one_flow, "")
    return (rows["reporter"].map(areas.name) + flow + " (" + rows["source"].map(_publisher) + ", to "
            + last.dt.year.astype(str) + ")")


@lru_cache(maxsize=256)
def _publisher(source):
    """Who publishes a source, in short."""
    try:
        return re.split(r" ?[,(/]| via ", provenance(source)["publisher"].iloc[0])[0]
    except TradeDataError:  # a table of one's own
        return source


def article_box():
    """A box to paste an article's text into; its answers appear below as the article, marked."""
    import ipywidgets as w

    from trade_lib.check import answer, articles

    text = w.Textarea(placeholder="Paste the text of an article", layout={"width": "100%", "height": "8rem"})
    day, reporter = w.DatePicker(description="Published"), w.Text("China", description="Whose trade")
    button, fault, answers = w.Button(description="Check its figures"), w.HTML(), w.HTML()
    fault.add_class("fault")

    def check(_):
        fault.value, answers.value = "", "Reading and checking"
        try:
            owner = areas.code_of(reporter.value, "whose trade")
            reading = articles.read(text.value, day.value and f"{day.value}", owner)
            records = [answer.as_record(one) for one in articles.check(reading)[1]]
            answers.value = articles.framed(articles.page(reading, records))
        except TradeDataError as error:
            fault.value, answers.value = html.escape(str(error)), ""

    button.on_click(check)
    return w.VBox([w.HTML("<h2>Check an article</h2>"), text, w.HBox([day, reporter, button]), fault, answers])
