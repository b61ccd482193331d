"""HM Revenue and Customs, Overseas Trade Statistics: UK trade by partner, in pounds, about six weeks late."""

import json

import pandas as pd

from trade_lib.errors import TradeDataError
from trade_lib.sources import names
from trade_lib.sources.client import Request, base
from trade_lib.sources.flows import flows, require
from trade_lib.sources.publisher import JSON, Publisher, rows

FLOWS = {1: "import", 2: "export", 3: "import", 4: "export"}  # with the EU, with all others
FIELDS = ("MonthId", "FlowTypeId", "Value")
COUNTRY = ("Country.CountryCodeAlpha", "CountryCodeAlpha", "CountryId")


def requests(query):
    """One address a partner: the service adds up the commodities and ports."""
    if query.reporters not in ((), ("GBR",)):
        raise TradeDataError("HMRC reports for the United Kingdom only", value=", ".join(query.reporters),
                             expected="--reporter GBR, or none")
    months = f"MonthId ge {query.first.strftime('%Y%m')} and MonthId le {query.last.strftime('%Y%m')}"
    where = base("hmrc", "https://api.uktradeinfo.com") + "/OTS"
    codes = names.from_areas(names.expand(query.partners), "iso2")
    filters = [f"{months} and Country/CountryCodeAlpha eq '{code}'" for code in codes] or [months]
    return [Request(f"{where}?$apply=filter({wanted})/groupby((MonthId,FlowTypeId,Country/CountryCodeAlpha),"
                    "aggregate(Value with sum as Value))".replace(" ", "%20"), JSON) for wanted in filters]


def follow(answer, query):
    """The next page, where there is one."""
    link = _pages(answer)[-1].get("@odata.nextLink")
    return [Request(link, JSON, continues=True)] if link else []


def _pages(answer):
    """The pages of an answer, each a JSON object with a list `value`."""
    text, pages, at = answer.text().strip(), [], 0
    try:
        while at < len(text):
            page, at = json.JSONDecoder().raw_decode(text, at)
            at += len(text[at:]) - len(text[at:].lstrip())
            pages.append(page)
        if not pages or not all(isinstance(page["value"], list) for page in pages):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise TradeDataError("not an answer of HMRC", file=answer.address, value=text[:80],
                             expected="JSON with a list `value`") from None
    return pages


def parse(answer, query):
    """Values summed over ports; over commodities only where the service did so itself."""
    raw = pd.json_normalize([row for page in _pages(answer) for row in page["value"]])
    if raw.empty:
        raise TradeDataError("no rows", file=answer.address, expected="rows")
    country = next((name for name in COUNTRY if name in raw), COUNTRY[-1])
    require(raw, (*FIELDS, country), answer)
    item = raw["CommodityId"].map(lambda code: f"CN8 {int(code):08d}") if "CommodityId" in raw else "TOTAL"
    frame = pd.DataFrame({"partner": raw[country].astype(str), "flow": raw["FlowTypeId"], "item": item,
                          "period": raw["MonthId"].astype(str), "value": raw["Value"]})
    figures, words = flows(frame, answer, FLOWS, system="geonom" if country == "CountryId" else "iso2")
    same = ["partner", "flow", "item", "period", "window"]
    return "HMRC_OTS", rows(figures.groupby(same, as_index=False, observed=True)["value"].sum(), reporter="GBR",
                            unit="GBP"), words


PUBLISHER = Publisher("hmrc", "HMRC, overseas trade statistics", requests, parse, follow, kinds=JSON, source="HMRC_OTS",
                      reporter=("GBR",))
