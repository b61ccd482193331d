"""Printed figures made ready for the year-to-date model: which windows were known when."""

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.forecast.mirror import LAG_DAYS, printed_values
from trade_lib.forecast.ytd_model import REVISION

#: Error of a level worked back from a printed growth rate, as a share: growth is printed on revised bases.
BASE_ERROR = 0.005


def known_points(figures, origin, since, reporter=("CHN",), partner=("RUS",)):
    r"""Every window whose total was printed by an origin: year to date, single months, years, and the windows of the
    year before that printed growth implies.

    .. math:: Y_{t-12} = Y_t / (1 + g_t / 100)

    Columns start, end, value (US$), sd, kind. Implied levels fill windows that were not printed themselves and carry a
    wider error. Which print of a window counts: `trade_lib.forecast.mirror.printed_values`; a growth rate counts when
    printed by `LAG_DAYS` after the origin month.
    """
    origin, since, parts = pd.Period(origin, "M"), pd.Period(since, "M"), []
    for basis in ("ytd", "annual", "month"):
        printed = printed_values(figures, basis, origin, reporter, partner)
        start = printed.index if basis == "month" else [pd.Period(f"{end.year}-01", "M") for end in printed.index]
        parts.append(pd.DataFrame({"start": start, "end": printed.index, "value": printed["value"].to_numpy(),
                                   "kind": "month" if basis == "month" else "year to date"}))
    levels = pd.concat(parts).drop_duplicates(["start", "end"]).assign(sd=lambda t: REVISION * t["value"])
    growth = figures[figures["reporter"].isin(reporter) & figures["partner"].isin(partner)
                     & (figures["measure"] == "yoy_pct") & (figures["flow"] == "total") & (figures["terms"] == "USD")
                     & (figures["scope"] == "goods") & figures["audit"].isin(["ok", "conflict"])]
    limit = origin.end_time.normalize() + pd.Timedelta(days=LAG_DAYS)
    growth = growth[pd.to_datetime(growth["published"].astype(str).str[:10], format="mixed") <= limit]
    growth = growth.assign(start=pd.PeriodIndex(growth["period_start"].astype(str), freq="M"),
                           end=pd.PeriodIndex(growth["period_end"].astype(str), freq="M"))
    growth = growth.sort_values(["published", "id"]).drop_duplicates(["start", "end"])[["start", "end", "value"]]
    implied = levels.merge(growth, on=["start", "end"], suffixes=("", "_growth"))
    implied = implied.assign(start=implied["start"] - 12, end=implied["end"] - 12, kind="implied by growth",
                             value=implied["value"] / (1 + implied["value_growth"] / 100))
    implied["sd"] = BASE_ERROR * implied["value"]
    columns = ["start", "end", "value", "sd", "kind"]
    points = pd.concat([levels[columns], implied[columns]]).drop_duplicates(["start", "end"])
    points = points[points["start"] >= since].sort_values(["end", "start"], ignore_index=True)
    if points.empty:
        raise TradeDataError("nothing printed by then", value=str(origin), expected=f"a window from {since} on")
    return points
