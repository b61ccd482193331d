"""US Census Bureau: US exports and general imports by partner, in US dollars, about six weeks late.

CENSUS_KEY is sent where it is set; the service asks for one beyond a few hundred questions a day.
"""

from itertools import product

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.sources import names
from trade_lib.sources.client import Request, base
from trade_lib.sources.flows import body, flows, require
from trade_lib.sources.publisher import JSON, Publisher

KEY = ("query", "key", "CENSUS_KEY")
# What a column of values is: flow and item; the quantity asked for comes first.
VALUES = {"ALL_VAL_MO": ("export", ""), "GEN_VAL_MO": ("import", ""), "CON_VAL_MO": ("import", " for consumption"),
          "CAL_DUT_MO": ("import", " duty")}
ASKED = {"exports": "ALL_VAL_MO", "imports": "GEN_VAL_MO"}


def requests(query):
    """One address a flow and partner; without partners, one a flow for all of them."""
    if query.reporters not in ((), ("USA",)):
        raise TradeDataError("the Census Bureau reports for the United States only", value=", ".join(query.reporters),
                             expected="--reporter USA, or none")
    codes = names.from_areas(names.expand(query.partners), "census")
    where = base("census", "https://api.census.gov") + "/data/timeseries/intltrade"
    return [Request(f"{where}/{flow}/hs?get=CTY_CODE,CTY_NAME,{ASKED[flow]}&time=from+{query.first}+to+{query.last}"
                    + (f"&CTY_CODE={code}" if code else ""), JSON, key=KEY)
            for flow, code in product(ASKED, codes or [""])]


def parse(answer, query):
    """Countries and the world; codes below 1000 are overlapping aggregates and are left out."""
    header, *rows = body(answer, "the Census Bureau", list)
    raw = body(answer, "the Census Bureau", lambda said: pd.DataFrame(rows, columns=header))
    raw = raw.loc[:, ~raw.columns.duplicated()]
    values = [name for name in VALUES if name in raw]
    require(raw, ("CTY_CODE", *(() if values else (" or ".join(VALUES),))), answer)
    if raw.empty:
        raise TradeDataError("no rows", file=answer.address, expected="rows below the header")
    period = raw["time"] if "time" in raw else raw["YEAR"].astype(str) + "-" + raw["MONTH"].astype(str).str.zfill(2)
    frame = pd.concat([pd.DataFrame({"partner": raw["CTY_CODE"], "period": period, "value": raw[name], "flow": name,
                                     "item": _goods(raw) + VALUES[name][1]}) for name in values], ignore_index=True)
    return "US_CENSUS", *flows(frame, answer, {name: flow for name, (flow, _) in VALUES.items()}, system="census",
                               reporter="USA", unit="USD")


def _goods(raw):
    column = next((name for name in ("E_COMMODITY", "I_COMMODITY") if name in raw), None)
    return "TOTAL" if column is None else ("HS " + raw[column]).replace({"HS -": "TOTAL"})


PUBLISHER = Publisher("census", "US Census Bureau, trade by partner", requests, parse, kinds=JSON, source="US_CENSUS",
                      reporter=("USA",))
