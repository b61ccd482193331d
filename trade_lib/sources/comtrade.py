"""UN Comtrade: trade by reporter, partner and product, in US dollars; the preview needs no key and is cut at 500 rows.

With the environment variable COMTRADE_KEY the full service is asked instead.
"""

import json
import os

import pandas as pd

from trade_lib.data.periods import period_text
from trade_lib.errors import TradeDataError
from trade_lib.sources import names
from trade_lib.sources.client import Request, base
from trade_lib.sources.publisher import JSON, Publisher, rows

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
    try:
        body = json.loads(answer.text())
        data, count = body["data"], body["count"]
    except (ValueError, KeyError, TypeError):
        raise TradeDataError("not an answer of Comtrade", file=answer.address, value=answer.text()[:80],
                             expected="JSON with count and data") from None
    if body.get("error"):
        raise TradeDataError("Comtrade reports an error", file=answer.address, value=str(body["error"])[:200])
    if not data:
        raise TradeDataError("no rows: codes or periods are not Comtrade's, or the figures are not published yet",
                             file=answer.address, expected="rows")
    cut = CUT["preview" if "/preview/" in answer.address or "data/v1" not in answer.address else "get"]
    if max(count, len(data)) >= cut:
        raise TradeDataError(f"cut without a word at {cut} rows", file=answer.address, value=max(count, len(data)),
                             expected="fewer partners, items or months a question")
    return "COMTRADE", *_figures(pd.DataFrame(data), answer)


def _figures(raw, answer):
    for name in ("reporterCode", "partnerCode", "flowCode", "period", "cmdCode", "primaryValue"):
        if name not in raw:
            raise TradeDataError("column missing: the publisher's columns have changed", file=answer.address,
                                 column=name, value=", ".join(raw.columns[:12]))
    part = pd.Series(False, raw.index)
    for name, total in TOTALS.items():
        part |= raw[name].astype(str).ne(total) if name in raw else False
    words = [f"left out, parts of a total: {int(part.sum())} rows"] if part.any() else []
    value = pd.to_numeric(raw["primaryValue"], errors="coerce")
    absent = ~part & (value.isna() | value.eq(0))
    words += [f"left out, without a value: {int(absent.sum())} rows"] if absent.any() else []
    frame = raw[~part & ~absent]
    other = sorted(set(frame["flowCode"]) - set(FLOWS))
    words += [f"left out, not exports or imports: {', '.join(other)}"] if other else []
    frame = frame[frame["flowCode"].isin(list(FLOWS))]
    frame = frame.assign(
        flow=frame["flowCode"].map(FLOWS), period=frame["period"].map(period_text), value=value,
        reporter=frame["reporterCode"].astype(str), partner=frame["partnerCode"].astype(str),
        item=frame["cmdCode"].map(lambda code: code if code == "TOTAL" else f"HS {code}"))
    if frame["period"].isna().any():
        raise TradeDataError("not a period", file=answer.address, column="period",
                             value=str(raw.loc[frame.index[frame["period"].isna()][0], "period"]))
    for column in ("reporter", "partner"):
        frame, said = names.with_areas(frame, column, "m49")
        words += said
    frame = frame.assign(window=names.windows(frame["period"]))
    return rows(frame[["reporter", "partner", "flow", "item", "period", "window", "value"]], unit="USD"), words


PUBLISHER = Publisher("comtrade", "UN Comtrade", requests, parse, kinds=JSON, needs=("reporters",), source="COMTRADE")
