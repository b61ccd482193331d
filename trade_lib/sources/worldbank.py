"""World Bank, World Development Indicators by country and year; `lastupdated` is the day of the vintage."""

import re

from trade_lib.data.periods import period_text
from trade_lib.errors import TradeDataError
from trade_lib.sources import names
from trade_lib.sources.client import Request, base
from trade_lib.sources.flows import body
from trade_lib.sources.publisher import JSON, Publisher, rows

USUAL = ("NY.GDP.MKTP.CD", "SP.POP.TOTL")


def requests(query):
    """One address an indicator."""
    areas = names.expand(query.reporters)
    where = base("worldbank", "https://api.worldbank.org")
    return [Request(f"{where}/v2/country/{';'.join(areas)}/indicator/{item}?format=json&per_page=20000"
                    f"&date={query.first.year}:{query.last.year}", JSON)
            for item in (query.items if query.items not in ((), ("TOTAL",)) else USUAL)]


def _body(answer):
    """(paging, rows) of an answer; an error comes with status 200 as a list of one."""
    said = body(answer, "the World Bank", list)
    if len(said) == 1:
        fault = body(answer, "the World Bank", lambda said: said[0]["message"][0])
        raise TradeDataError("the World Bank reports an error; one bad country or indicator spoils the whole question",
                             file=answer.address, value=f"{fault.get('key')}: {fault.get('value')}")
    return body(answer, "the World Bank", lambda said: (said[0], said[1] or []))


def follow(answer, query):
    """The next page, where there is one."""
    paging, _ = _body(answer)
    if int(paging.get("page", 1)) >= int(paging.get("pages", 1)):
        return []
    return [Request(re.sub(r"&page=\d+", "", answer.address) + f"&page={int(paging['page']) + 1}", JSON)]


def parse(answer, query):
    """Figures by area and year; null is not published, an area without a code is left out and said."""
    paging, figures = _body(answer)
    if not figures:
        raise TradeDataError("no rows", file=answer.address, expected="rows")
    try:
        records = [{"reporter": row["countryiso3code"] or row["country"]["value"], "item": row["indicator"]["id"],
                    "period": period_text(row["date"]), "value": row["value"],
                    "unit": (re.findall(r"\((.*?)\)", row["indicator"]["value"]) or [row.get("unit", "")])[-1]}
                   for row in figures]
    except (KeyError, TypeError) as error:
        raise TradeDataError("column missing: the publisher's columns have changed", file=answer.address,
                             column=str(error).strip("'")) from None
    frame = rows(records, published=str(paging.get("lastupdated") or "") or None)
    absent = frame["value"].isna()
    words = [f"left out, not published: {int(absent.sum())} of {len(frame)} figures"] if absent.any() else []
    frame, said = names.with_areas(frame[~absent], "reporter", "iso3")
    return "WORLD_BANK", frame.assign(window=names.windows(frame["period"])), words + said


PUBLISHER = Publisher("worldbank", "World Bank, indicators", requests, parse, follow, kinds=JSON, needs=("reporters",))
