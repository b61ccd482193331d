"""An article as a person has it: a text, Markdown or HTML file, with the day and title that it names itself."""

import datetime
import re
from pathlib import Path

from trade_lib.check.read.periods import MONTH, month
from trade_lib.check.read.text import from_html
from trade_lib.errors import TradeDataError

LARGEST = 20_000_000  # characters of a page
_DAY = re.compile(
    rf"(?P<iso>20\d\d-\d\d-\d\d)|(?P<d>\d{{1,2}}) (?P<m>{MONTH}),? (?P<y>20\d\d)|"
    rf"(?P<M>{MONTH}) (?P<D>\d{{1,2}}),? (?P<Y>20\d\d)"
)


def is_claims(name, text):
    """Whether a file is a claims file and no article: by its name, or by its first keys."""
    return Path(name).suffix.lower() in (".yml", ".yaml", ".json") or bool(
        re.match(r"(?:#.*\n|\s)*(?:article|claims):", text)
    )


def parts(text, date=None, title=None, file="article"):
    """The text to read, its day and title.

    ``date`` (YYYY-MM-DD) and ``title``, where given, stand before what the text names itself: the page's own fields,
    a date in its first lines, its first line.
    """
    if len(text) > LARGEST:
        raise TradeDataError(
            "article too large", file=file, value=len(text), expected=f"at most {LARGEST:,} characters"
        )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    own_title, own_date = "", ""
    if re.match(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|article|div|p)\b", text, re.I):
        own_title, own_date, text = from_html(text)
    if not text.strip():
        raise TradeDataError("no text to read", file=file, expected="an article as text, Markdown or HTML")
    line = text.strip().split("\n")[0].lstrip("# ")
    title = title or own_title or (line if len(line) < 160 else line[:120])
    return text, _day(date or own_date or _named(text), file), title


def _named(text):
    match = _DAY.search(text[:1500])
    if not match:
        return ""
    name, day, year = (match["m"] or match["M"]), (match["d"] or match["D"]), (match["y"] or match["Y"])
    return match["iso"] or f"{year}-{month(name):02d}-{int(day):02d}"


def _day(text, file):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise TradeDataError(
            "the day of the article is not known" if not text else "not a date",
            file=file,
            column="date",
            value=text or None,
            expected='--date YYYY-MM-DD ("last month" needs it)',
        ) from None
