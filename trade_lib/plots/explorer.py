"""The explorer's picture: a series with its New Year effect and breaks, a forecast with outcomes, and what grew."""

import numpy as np
import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import INK, PARTNERS, SOFT, caption, colour, figure

OTHER = "#0f7c8a"  # partners without a colour of their own
FLOWS = {"export": "#0b5fa5", "import": "#d98200"}


def explore(known: pd.Series, effect: pd.Series, breaks, fan: pd.DataFrame, parts: pd.DataFrame, name: str, code: str,
            unit: str, source: str):
    """One view of `trade_lib.app.explorer.view`: values and New Year factor by month (bn), breaks, forecast, parts."""
    outcomes = known.reindex(fan.index).dropna()
    inside = int(((outcomes >= fan.loc[outcomes.index, "lo80"]) & (outcomes <= fan.loc[outcomes.index, "hi80"])).sum())
    said = f"{inside} of {len(outcomes)} later months lie in the 80 % interval" if len(outcomes) else \
        "none of the months ahead is known yet"
    fig, (ahead, series, grew) = figure(f"{name}: {said}", f"Forecast from {fan.index[0] - 1}, {len(fan)} months "
                                        f"ahead; bn {unit} a month", height=7.4, panels=3)
    shade = colour(code) if code in PARTNERS else OTHER
    wide = pd.DataFrame({"as reported": known, "without New Year": known / effect})
    shapes.lines(series, wide, {"as reported": SOFT, "without New Year": shade}, {})
    for month in breaks:
        shapes.mark(series, month.to_timestamp())
    series.set_title("The series; dashed: yearly growth moves")
    shapes.key(series, {"as reported": SOFT, "without New Year": shade}, "s")
    series.set_ylim(0, None)
    before = known.loc[:fan.index[0] - 1].tail(36)
    ahead.plot(before.index.to_timestamp(), before, color=INK, lw=1.4)
    shapes.band(ahead, fan.rename_axis("month").reset_index(), shade, outcomes)
    ahead.set_title("The forecast, 80 and 95 %; dots: outcomes")
    ahead.set_ylim(0, None)
    _parts(grew, parts)
    return _placed(caption(fig, source))


def _placed(fig):
    """Panels at fixed places: finding the best ones takes longer than drawing, and a reader waits for this figure."""
    _, bottom, _, height = fig.get_layout_engine().get()["rect"]
    inch = 1 / fig.get_size_inches()[1]
    fig.set_layout_engine(None)
    fig.subplots_adjust(left=0.11, right=0.96, bottom=bottom + 0.3 * inch,
                        top=bottom + height - 0.3 * inch, hspace=0.55)
    return fig


def _parts(ax, parts: pd.DataFrame) -> None:
    when, up, down = parts.index.to_timestamp(), np.zeros(len(parts)), np.zeros(len(parts))
    for flow in parts.columns:
        points = parts[flow].to_numpy()
        bottom = np.where(points >= 0, up, down)
        ax.fill_between(when, bottom, bottom + points, step="mid", color=FLOWS.get(flow, SOFT), lw=0)
        up, down = up + np.maximum(points, 0), down + np.minimum(points, 0)
    shapes.mark(ax, 0, vertical=False, dashed=False)
    ax.set_title("Points of yearly growth, sums of three months")
    shapes.key(ax, {f"{flow}s": FLOWS.get(flow, SOFT) for flow in parts.columns}, "s")
    if len(parts):
        shapes.dates(ax)
    ax.grid(axis="x", visible=False)
