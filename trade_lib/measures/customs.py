"""Months of trade at the customs of China's partners."""

from functools import lru_cache

import pandas as pd

from trade_lib.data import fetched
from trade_lib.data.tables import series
from trade_lib.errors import TradeDataError
from trade_lib.measures.prices import in_other_currency, monthly

# Partner with months at its own customs: source, table, flows, vintage.
OWN = {
    "KOR": ("KR_CUSTOMS_LOC", "flows_monthly", ("export",), "2023-11"),
    "RUS": ("RU_FCS_96STRAN", "flows_monthly", ("export", "import"), "2022-09 (revised)"),
    "SGP": ("SG_SINGSTAT", "flows_monthly", ("export", "import"), "2025-03"),
    "USA": ("US_CENSUS_COUNTRY_2023", "flows_monthly_usa", ("export", "import"), "2023-03"),
}


def own(reporter: str) -> tuple[str, str, tuple[str, ...], str]:
    """The row of `OWN`; an error names the partners that have one."""
    if reporter not in OWN:
        raise TradeDataError("no months at the partner's own customs", value=reporter, expected=", ".join(OWN))
    return OWN[reporter]


def months(reporter: str, partner: str = "CHN", flow: str = "total", currency: str = "own", **window) -> pd.Series:
    """Trade by month as the reporter's own customs book it; ``total`` is what they book where they book one flow only.

    ``currency``: ``own`` (the table's), ``USD`` or ``CNY``; ``window``: ``start`` and ``end``.

    >>> str(months("RUS").index[-1])
    '2021-12'
    """
    flows = own(reporter)[2]
    booked = flows[0] if flow == "total" and len(flows) == 1 else flow
    values = _booked(reporter, partner, booked, fetched.state()).loc[window.get("start"):window.get("end")]
    if currency != "own" and values.attrs["unit"] == "SGD":
        values = in_other_currency(values, 1 / monthly("sgd_per_usd"))
    return in_other_currency(values, monthly("cny_per_usd")) if currency == "CNY" else values


@lru_cache(maxsize=64)
def _booked(reporter, partner, flow, state):
    source, table, _, _ = own(reporter)
    return series(reporter, partner, flow, source=source, table=table)
