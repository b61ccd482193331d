"""The article's measures in another year, beside those of 2021."""

import pandas as pd

from trade_lib.plots import shapes
from trade_lib.plots.style import NAMES, caption, colour, figure


def then_and_now(table: pd.DataFrame, source: str = ""):
    """Growth of trade by partner, 2021 hollow and the other year full; partners without a printed rate of 2021 last."""
    growth = table[table["claim"] == "C04"].sort_values("in_2021", ascending=False, na_position="last")
    end = pd.Period(growth["period"].iloc[0].split("..")[1], "M")
    shown = growth.set_index(growth["partner"].map(lambda code: NAMES.get(code, code)))[["in_2021", "value"]]
    fell = int((shown["value"] < 0).sum())
    fig, ax = figure(
        f"China's trade grew with {len(shown) - fell} of {len(shown)} important partners from January to "
        f"{end.strftime('%B %Y')}", "Growth on a year earlier, US$, per cent; hollow: January to November 2021",
        height=shapes.tall(shown.index))
    shapes.dumbbells(ax, shown, [colour(code) for code in growth["partner"]])
    shapes.mark(ax, 0, dashed=False)
    return caption(fig, source)
