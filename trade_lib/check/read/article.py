"""An article as a person has it: a text, Markdown or HTML file, with the day and title that it names itself."""

import datetime
import re

from trade_lib.check.read.forms import filled
from trade_lib.check.read.periods import month
from trade_lib.check.read.text import from_html
from trade_lib.errors import TradeDataError

LARGEST = 20_000_000  # characters of a page
PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|article|div|p)\b", re.I)
DAY = re.compile(filled(r"(?P<iso>20\d\d-\d\d-\d\d)|(?P<d>\d{1,2}) (?P<m>{MONTH}),? (?P<y>20\d\d)|"
                        r"(?P<M>{MONTH}) (?P<D>\d{1,2}),? (?P<Y>20\d\d)"))


def parts(text, date=None, title=None, file="article"):
    """The text to read, its day and title.

    ``date`` (YYYY-MM-DD) and ``title``, where given, stand before what the text names itself: the page's own fields,
    a date in its first lines, its first line.
    """
    if len(text) > LARGEST:
        raise TradeDataError("article too large", file=file, value=len(text),
                             expected=f"at most {LARGEST:,} characters")
    text, own_title, own_day = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), "", ""
    if PAGE.match(text):
        own_title, own_day, text = from_html(text)
    if not text.strip():
        raise TradeDataError("no text to read", file=file, expected="an article as text, Markdown or HTML")
    line = text.strip().split("\n")[0].lstrip("# ")
    return text, _day(date or own_day or _named(text), file), title or own_title or line[:120]


def _named(text):
    """The first day named in a text, as YYYY-MM-DD."""
    match = DAY.search(text[:1500])
    name, day, year = ((match[a] or match[b]) for a, b in ("mM", "dD", "yY")) if match else ("", "", "")
    return (match["iso"] or f"{year}-{month(name):02d}-{int(day):02d}") if match else ""


def _day(text, file):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise TradeDataError("not a date" if text else "the day of the article is not known", file=file, column="date",
                             value=text or None, expected="--date YYYY-MM-DD (\"last month\" needs it)") from None
