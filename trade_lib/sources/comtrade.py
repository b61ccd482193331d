"""UN Comtrade: trade by reporter, partner and product, in US dollars; the preview needs no key and is cut at 500 rows.

With the environment variable COMTRADE_KEY the full service is asked instead.
"""

import os

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.sources import names
from trade_lib.sources.client import Request, base
from trade_lib.sources.flows import body, flows, require
from trade_lib.sources.publisher import JSON, Publisher

KEY = ("header", "Ocp-Apim-Subscription-Key", "COMTRADE_KEY")
FLOWS = {"X": "export", "M": "import"}
CUT = {"preview": 500, "get": 250_000}
PERIODS = 12  # of one question
TOTALS = {"motCode": "0", "partner2Code": "0", "customsCode": "C00"}  # else about nine rows a partner


def requests(query):
    """Questions small enough not to be cut: a year at a time for named partners, else a month."""
    keyed = bool(os.environ.get(KEY[2], "").strip())
    way = "data/v1/get" if keyed else "public/v1/preview"
    reporters = names.from_areas(names.expand(query.reporters), "m49")
    partners = names.from_areas(names.expand(query.partners), "m49")
    items = query.items or ("TOTAL",)
    months = list(pd.period_range(query.first, query.last, freq="M").strftime("%Y%m"))
    limit = CUT["get" if keyed else "preview"] - 20
    size = max(1, min(PERIODS, limit // (len(FLOWS) * len(items) * (len(partners) or 250))))
    same = "&".join(f"{name}={value}" for name, value in TOTALS.items())
    asked = f"&partnerCode={','.join(partners)}" if partners else ""
    where = base("comtrade", "https://comtradeapi.un.org")
    flow_sets = [",".join(FLOWS)] if partners else list(FLOWS)
    return [Request(f"{where}/{way}/C/M/HS?reporterCode={reporter}{asked}&period={','.join(months[i:i + size])}"
                    f"&cmdCode={','.join(items)}&flowCode={flows}&{same}", JSON, key=KEY)
            for reporter in reporters for i in range(0, len(months), size) for flows in flow_sets]


def parse(answer, query):
    """Totals over transport, second partner and procedure; a value of 0 or null is absent."""
    answered, data, count = body(answer, "Comtrade", lambda said: (said, said["data"], said["count"]))
    if answered.get("error"):
        raise TradeDataError("Comtrade reports an error", file=answer.address, value=str(answered["error"])[:200])
    if not data:
        raise TradeDataError("no rows: codes or periods are not Comtrade's, or the figures are not published yet",
                             file=answer.address, expected="rows")
    cut = CUT["preview" if "/preview/" in answer.address or "data/v1" not in answer.address else "get"]
    if max(count, len(data)) >= cut:
        raise TradeDataError(f"cut without a word at {cut} rows", file=answer.address, value=max(count, len(data)),
                             expected="fewer partners, items or months a question")
    raw = pd.DataFrame(data)
    require(raw, ("reporterCode", "partnerCode", "flowCode", "period", "cmdCode", "primaryValue"), answer)
    part = pd.Series(False, raw.index)
    for name, total in TOTALS.items():
        part |= raw[name].astype(str).ne(total) if name in raw else False
    raw = pd.DataFrame({"reporter": raw["reporterCode"].astype(str), "partner": raw["partnerCode"].astype(str),
                        "flow": raw["flowCode"], "period": raw["period"].astype(str), "value": raw["primaryValue"],
                        "item": raw["cmdCode"].map(lambda code: code if code == "TOTAL" else f"HS {code}")})
    figures, words = flows(raw[~part], answer, FLOWS, system="m49", zero=None, unit="USD")
    return "COMTRADE", figures, [f"left out, parts of a total: {int(part.sum())} rows"] * bool(part.any()) + words


PUBLISHER = Publisher("comtrade", "UN Comtrade", requests, parse, kinds=JSON, needs=("reporters",), source="COMTRADE")
