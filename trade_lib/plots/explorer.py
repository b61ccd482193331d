"""The explorer's picture: a series with its New Year effect and breaks, a forecast with outcomes, and what grew."""

import numpy as np

from trade_lib.plots.style import INK, PARTNERS, SOFT, caption, colour, figure

OTHER = "#0f7c8a"  # partners without a colour of their own
FLOWS = {"export": "#0b5fa5", "import": "#d98200"}


def explore(known, effect, breaks, fan, parts, name, code, unit, source):
    """Draw one view of `trade_lib.app.explorer.view`.

    Parameters
    ----------
    known, effect : pandas.Series
        Values by month (bn) and the New Year factor of each.
    breaks : list of pandas.Period
        Months in which growth moved to another level.
    fan : pandas.DataFrame
        median, lo80, hi80, lo95, hi95 by month.
    parts : pandas.DataFrame
        Points of yearly growth by flow.
    name, code, unit, source : str
        What is shown, the partner's code, the currency, the caption.

    Returns
    -------
    matplotlib.figure.Figure
    """
    came = known.reindex(fan.index).dropna()
    inside = int(((came >= fan.loc[came.index, "lo80"]) & (came <= fan.loc[came.index, "hi80"])).sum())
    told = f"{inside} of {len(came)} months that came lay in the 80 % interval" if len(came) else \
        "none of the months ahead is known yet"
    fig, axes = figure(f"{name}: {told}",
                       f"Forecast from {fan.index[0] - 1}, {len(fan)} months ahead; bn {unit} a month",
                       rows=3, size=(9.5, 8.4), height_ratios=[1.1, 1.2, 0.9])
    shade = colour(code) if code in PARTNERS else OTHER
    _series(axes[0], known, effect, breaks, shade)
    _fan(axes[1], known, fan, came, shade)
    _parts(axes[2], parts)
    return caption(fig, source)


def _series(ax, known, effect, breaks, shade):
    when = known.index.to_timestamp()
    ax.plot(when, known, color=SOFT, lw=0.9, label="as booked")
    ax.plot(when, known / effect, color=shade, lw=1.5, label="without the New Year effect")
    for n, month in enumerate(breaks):
        label = "yearly growth moves to another level" if n == 0 else None
        ax.axvline(month.to_timestamp(), color=INK, lw=0.9, ls=":", label=label)
    ax.set_title("The series", loc="left", fontsize=10, color=INK)
    ax.set_ylabel("bn a month")
    ax.legend(ncols=3, loc="upper left", fontsize=9)
    ax.margins(x=0.01)
    ax.set_ylim(0, 1.25 * known.max())


def _fan(ax, known, fan, came, shade):
    before = known.loc[:fan.index[0] - 1].tail(36)
    ax.plot(before.index.to_timestamp(), before, color=INK, lw=1.3, label="known at the origin")
    x = fan.index.to_timestamp()
    ax.fill_between(x, fan["lo95"], fan["hi95"], color=shade, alpha=0.15, lw=0, label="95 % interval")
    ax.fill_between(x, fan["lo80"], fan["hi80"], color=shade, alpha=0.3, lw=0, label="80 % interval")
    ax.plot(x, fan["median"], color=shade, lw=1.6, ls="--", label="median forecast")
    if len(came):
        ax.plot(came.index.to_timestamp(), came, "o", mfc="white", mec=INK, ms=4.5, label="what came")
    ax.set_title("The forecast", loc="left", fontsize=10, color=INK)
    ax.set_ylabel("bn a month")
    top = np.nanmax([before.max(), fan["hi95"].max(), came.max() if len(came) else 0])
    ax.set_ylim(0, 1.3 * top)
    ax.legend(ncols=5, loc="upper left", fontsize=9, columnspacing=1, handlelength=1.6)
    ax.margins(x=0.01)


def _parts(ax, parts):
    when, up, down = parts.index.to_timestamp(), np.zeros(len(parts)), np.zeros(len(parts))
    for flow in parts.columns:
        points = parts[flow].to_numpy()
        bottom = np.where(points >= 0, up, down)
        ax.fill_between(when, bottom, bottom + points, step="mid", color=FLOWS.get(flow, SOFT), lw=0, label=f"{flow}s")
        up, down = up + np.maximum(points, 0), down + np.minimum(points, 0)
    ax.axhline(0, color=SOFT, lw=0.8)
    ax.set_title("What grew: points of growth over a year earlier, sums of three months", loc="left", fontsize=10,
                 color=INK)
    ax.set_ylabel("points")
    ax.set_ylim(1.1 * min(down.min(), -1) if len(parts) else -1, 1.45 * max(up.max(), 1) if len(parts) else 1)
    ax.legend(ncols=2, loc="upper left", fontsize=9)
    ax.margins(x=0.01)
