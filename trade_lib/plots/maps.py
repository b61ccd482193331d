"""Maps of the world, and what is drawn on them."""

import numpy as np
from matplotlib.patches import Polygon
from matplotlib.patheffects import withStroke

from trade_lib.plots.gravity import REGIONS
from trade_lib.plots.style import INK, SOFT, caption, figure

LAND, BORDER, MIDDLE = "#eceae4", "#ffffff", 11.5  # with this middle, the cut through Bering Strait splits no land
NAMED = 0.3  # a circle is named from this share of the largest gap on


def equal_earth(lon, lat):
    """The Equal Earth projection: areas as they are, shapes nearly so.

    References
    ----------
    Savric, Patterson, Jenny (2019), International Journal of Geographical Information Science 33.

    Examples
    --------
    >>> x, y = equal_earth(MIDDLE, 0.0)
    >>> float(x), float(y)
    (0.0, 0.0)
    """
    turned = np.radians((np.asarray(lon) - MIDDLE + 180) % 360 - 180)
    t = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lat)))
    a = 1.340264, -0.081106, 0.000893, 0.003796
    slope = 9 * a[3] * t**8 + 7 * a[2] * t**6 + 3 * a[1] * t**2 + a[0]
    return 2 * np.sqrt(3) * turned * np.cos(t) / (3 * slope), t * (a[0] + a[1] * t**2 + a[2] * t**6 + a[3] * t**8)


def _land(ax, outlines):
    """Draw all outlines; the middle of each country's largest one, by code."""
    x, y = equal_earth(outlines["lon"], outlines["lat"])
    rings = []
    for _, part in outlines.assign(x=x, y=y).groupby("ring", sort=False):
        px, py = part["x"].to_numpy(), part["y"].to_numpy()
        cross = px * np.roll(py, -1) - np.roll(px, -1) * py
        area = cross.sum() / 2
        middle = [(((p + np.roll(p, -1)) * cross).sum() / (6 * area)) if area else p.mean() for p in (px, py)]
        rings.append((abs(area), part["code"].iloc[0], np.column_stack([px, py]), middle))
    middles = {}
    for _, code, points, middle in sorted(rings, key=lambda ring: -ring[0]):  # an enclave comes after what surrounds it
        ax.add_patch(Polygon(points, facecolor=LAND, edgecolor=BORDER, linewidth=0.5, zorder=1))
        middles.setdefault(code, middle)
    return middles


def potential_map(gaps, outlines, year, source):
    """The trade that is missing with each partner, or above what is expected: circles on a map, a colour a region.

    ``gaps``: ``code, name, region, gap`` (bn US$, above 0: trade missing), ``low, high``; ``outlines``: the table
    ``country_outlines``.
    """
    table = gaps.reindex(gaps["gap"].abs().sort_values(ascending=False).index)
    short, beyond = table[table["low"] > 0], table[table["high"] < 0]
    names = [_with_article(row) for part in (short, beyond) for row in part["name"].head(2)]
    fig, ax = figure(
        "China trades far less than size and distance suggest with {} and {}, far more with {} and {}".format(*names),
        f"Goods trade of {year} as size, distance and ties would share out China's whole trade, less what it was, "
        "billions of US$ (areas of the circles). Full: trade is missing. Ring: there is more than expected. Pale: the "
        "95 % interval holds zero", height=3.5)
    middles = _land(ax, outlines)
    table = table[table["code"].isin(middles)]
    ax.set(xlim=(-2.75, 3.05), ylim=(-0.98, 1.3), aspect="equal")
    ax.axis("off")
    ax.set_anchor("N")
    scale = 0.24 / np.sqrt(table["gap"].abs().max())
    placed = []
    for row in table[table["gap"].abs() >= 1].itertuples():
        x, y = middles[row.code]
        radius, sure, shade = scale * np.sqrt(abs(row.gap)), row.low > 0 or row.high < 0, REGIONS[row.region]
        full = row.gap > 0
        ax.add_patch(_circle(x, y, radius, shade, full, sure))
        placed.append((x, y, radius))
    taken = []
    named = table[table["gap"].abs() >= NAMED * table["gap"].abs().max()]
    for row, (x, y, radius) in zip(named.itertuples(), placed[:len(named)], strict=True):
        text = f"{row.name} {row.gap:+.0f}".replace("-", "\u2212")
        at = _room(x, y, radius, 0.125 * len(text), placed, taken)
        ax.text(at[0], at[1], text, ha="center", va="center", fontweight="bold", color=INK, zorder=6,
                path_effects=[withStroke(linewidth=2.5, foreground="white")], in_layout=False)
    shown = [region for region in REGIONS if region in set(table["region"])]
    handles = [ax.scatter([], [], s=70, color=REGIONS[region], label=region) for region in shown]
    ax.legend(handles=handles, ncols=2, loc="upper center", bbox_to_anchor=(0.5, 0.02),
              handletextpad=0.2).set_in_layout(False)
    for size in (200, 50, 10):
        radius = scale * np.sqrt(size)
        ax.add_patch(_circle(-2.35, -0.72 + radius, radius, SOFT, False, True))
        ax.text(-2.35, -0.72 + 2 * radius + 0.005, f"{size}", ha="center", va="bottom", color=SOFT)
    ax.text(-2.35, -0.75, "bn US$", ha="center", va="top", color=SOFT)
    return caption(fig, source)


def _with_article(name):
    return f"the {name}" if name.startswith("United ") or name in ("Netherlands", "Philippines") else name


def _circle(x, y, radius, shade, full, sure):
    from matplotlib.patches import Circle

    look = {"facecolor": shade, "alpha": 0.85 if sure else 0.35, "edgecolor": "white", "linewidth": 0.6} if full else {
        "facecolor": "none", "edgecolor": shade, "linewidth": 1.8, "alpha": 1.0 if sure else 0.35}
    return Circle((x, y), radius, zorder=3 if full else 4, **look)


def _room(x, y, radius, width, circles, taken):
    """A place for a label: within the circle, or round it, where it meets the fewest others."""
    w, h = width / 2, 0.08
    spots = [(x, y)] if radius > 0.6 * w else []
    spots += [(x, y - radius - h - 0.01), (x, y + radius + h + 0.01), (x + radius + w + 0.01, y),
              (x - radius - w - 0.01, y), (x + radius + w - 0.03, y + radius), (x - radius - w + 0.03, y - radius),
              (x + radius + w - 0.03, y - radius), (x - radius - w + 0.03, y + radius)]

    def meets(spot):
        cx, cy = spot
        near = sum(abs(cx - a) < w + r * 0.8 and abs(cy - b) < h + r * 0.8 for a, b, r in circles if (a, b) != (x, y))
        return (near + 10 * sum(abs(cx - a) < w + v and abs(cy - b) < 2 * h for a, b, v in taken)
                + 40 * max(0.0, abs(cx) + w - 3.0))  # names stay on the map

    best = min(spots, key=meets)
    taken.append((*best, w))
    return best
