"""China's customs (GACC), the English site: its indexes, and which of their pages hold what.

Pages are reached through an index only; they are re-issued at the same address. A page that a user downloaded is read
alike. Preliminary figures come on day 7 to 18 of the next month, the full tables by partner some days later.
"""

import re
from urllib.parse import urljoin, urlsplit

from trade_lib.errors import TradeDataError
from trade_lib.sources import gacc_page, html_table
from trade_lib.sources.client import Request, base
from trade_lib.sources.publisher import HTML, Publisher

PAUSE = 5.0
# Which rows of an index lead to pages that are read: by partner, and by commodity for --item commodities.
BY_PARTNER = re.compile(r"by (?:major )?country", re.I)
BY_COMMODITY = re.compile(r"(?:export|import).*quantity and value|major (?:export|import) commodit", re.I)


def requests(query):
    """The indexes of the years asked for, preliminary and monthly."""
    where = base("gacc", "http://english.customs.gov.cn") + "/statics/report"
    return [Request(f"{where}/{kind}{year}.html", HTML, pause=PAUSE)
            for year in range(query.first.year, query.last.year + 1) for kind in ("preliminary", "monthly")]


def follow(answer, query):
    """The pages an index leads to, for the months asked for; none from a page of figures."""
    match = re.search(r"/(?:preliminary|monthly)(\d{4})?\.html$", answer.address)
    if not match:
        return []
    wanted = BY_COMMODITY if "commodities" in query.items else BY_PARTNER
    year = int(match[1] or answer.seen.year)
    pages = []
    for row in html_table.document(answer).xpath("//tr[td]"):
        title = html_table.clean(row.xpath("string(./td[1])"))
        if not wanted.search(title):
            continue
        for link in row.xpath(".//a[@href]"):
            text = html_table.clean(link.text_content()).lower()
            month = next((i for i, name in enumerate(gacc_page.MONTHS, 1) if text.startswith(name)), None)
            if month and str(query.first) <= f"{year}-{month:02d}" <= str(query.last):
                pages.append(_page(link.get("href"), answer, f"{title} {year}-{month:02d}"))
    return pages


def _page(href, index, label):
    """A page on the index's own host; where a mirror plays the publisher, the publisher's host means the mirror."""
    here, there = urlsplit(index.address), urlsplit(urljoin(index.address, href.strip().replace("\\", "/")))
    if there.netloc not in (here.netloc, "english.customs.gov.cn"):
        raise TradeDataError("an index leads to another host, which is not followed", file=index.address,
                             value=there.netloc, expected=here.netloc)
    return Request(f"{here.scheme}://{here.netloc}{there.path}", HTML, pause=PAUSE, label=label)


def parse(answer, query):
    """The figures of a page; None for an index."""
    if re.search(r"/(?:preliminary|monthly)(\d{4})?\.html$", answer.address):
        return None
    return gacc_page.read(answer)


PUBLISHER = Publisher("gacc", "China's customs, English site", requests, parse, follow, kinds=HTML,
                      source="GACC_MONTHLY", by_currency=True, reporter=("CHN",))
