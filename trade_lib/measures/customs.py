"""Months of trade at the customs of China's partners."""

import pandas as pd

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

    Examples
    --------
    >>> str(months("RUS").index[-1])
    '2021-12'
    """
    source, table, flows, _ = own(reporter)
    booked = flows[0] if flow == "total" and len(flows) == 1 else flow
    values = series(reporter, partner, booked, source=source, table=table, **window)
    if currency != "own" and values.attrs["unit"] == "SGD":
        values = in_other_currency(values, 1 / monthly("sgd_per_usd"))
    return in_other_currency(values, monthly("cny_per_usd")) if currency == "CNY" else values
