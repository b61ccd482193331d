"""Eurostat Comext: the European Union's trade by partner and product, monthly, in euros; about 46 days late."""

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.sources import names, sdmx_csv
from trade_lib.sources.client import Request, base
from trade_lib.sources.flows import flows
from trade_lib.sources.publisher import CSV, Publisher, recode

FLOWS = {"2": "export", "1": "import"}
COLUMNS = {"reporter": "REPORTER", "partner": "PARTNER", "flow": "FLOW", "item": "PRODUCT",
           "indicator": "INDICATORS", "frequency": "FREQ"}
DATASET = "DS-045409"
VALUES = ("VALUE_IN_EUROS", "VALUE_EUR")


def requests(query):
    """One address a year, since a question without a window is too large for the service."""
    reporters = names.from_areas(query.reporters, "iso2")
    partners = names.from_areas(names.expand(query.partners), "iso2")
    where = base("comext", "https://ec.europa.eu") + f"/eurostat/api/comext/dissemination/sdmx/2.1/data/{DATASET}"
    dimensions = ("M", "+".join(reporters), "+".join(partners), "+".join(query.items or ("TOTAL",)), "+".join(FLOWS),
                  VALUES[0])
    years = range(query.first.year, query.last.year + 1)
    return [Request(f"{where}/{'.'.join(dimensions)}?startPeriod={max(query.first, pd.Period(f'{year}-01', 'M'))}"
                    f"&endPeriod={min(query.last, pd.Period(f'{year}-12', 'M'))}&format=SDMX-CSV", CSV)
            for year in years]


def parse(answer, query):
    """Values only: quantities come in the same form and are left out; LAST UPDATE is the day of the vintage."""
    raw = sdmx_csv.table(answer, COLUMNS)
    values = raw["indicator"].isin(VALUES)
    kinds = sorted(raw.loc[~values, "indicator"].unique())
    if not values.any():
        raise TradeDataError("no values in the answer", file=answer.address, column="INDICATORS",
                             value=", ".join(kinds), expected=VALUES[0])
    goods = recode(raw["item"], lambda code: code if code == "TOTAL" else f"HS {code}")
    figures, words = flows(raw.assign(item=goods)[values], answer, FLOWS, system="iso2", unit="EUR",
                           published=_updated(raw, answer))
    return "COMEXT", figures, words + ([f"left out, not values: {', '.join(kinds)}"] if kinds else [])


def _updated(raw, answer):
    """The day of the update, written day/month/year."""
    said = raw["LAST UPDATE"].iloc[0].split()[0] if "LAST UPDATE" in raw and raw["LAST UPDATE"].iloc[0] else None
    if said is None:
        return None
    for form in ("%d/%m/%y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return f"{pd.to_datetime(said, format=form):%Y-%m-%d}"
        except ValueError:
            continue
    raise TradeDataError("not a day", file=answer.address, column="LAST UPDATE", value=said, expected="15/09/26")


PUBLISHER = Publisher("comext", "Eurostat Comext", requests, parse, kinds=CSV, needs=("reporters", "partners"),
                      source="COMEXT")
