"""The whole way of an article: read its text, check what it states, and hand the answers on."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from trade_lib.check import answer, statement
from trade_lib.data import files
from trade_lib.data.tables import data_dir
from trade_lib.errors import TradeDataError

TEXTS = (".txt", ".text", ".md", ".markdown", ".html", ".htm")


def is_article(name) -> bool:
    """Whether a file is the text of an article and no claims file, by its name ("-": standard input)."""
    return name == "-" or Path(name).suffix.lower() in TEXTS


def text_of(name) -> str:
    """The text of an article's file: a path, or the name of a shipped text (``article-2021-12-29``)."""
    shipped = data_dir() / "claims" / f"{Path(name).stem}.txt"
    return files.read_text(name if Path(name).exists() or not shipped.is_file() else shipped)


@dataclass(frozen=True)
class Reading:
    """What was read in an article: its text, the claims in it in the form of a claims file, and what was not placed."""

    article: dict
    text: str
    claims: list
    missed: list

    @property
    def claims_file(self) -> str:
        """The claims file as text."""
        from trade_lib.check.read.draft import written

        return written(self.article, self.claims, self.missed)


def read(content: str, date=None, reporter=None, title=None, url="", file="article") -> Reading:
    """Read an article (text, Markdown or HTML). ``date`` is needed where it names none.

    >>> article = read("Exports to Russia rose 46.9 percent in 2023.", "2024-01-12", "CHN")
    >>> article.claims[0]["stated"], article.claims[0]["partner"]
    ('46.9', 'RUS')
    """
    from trade_lib.check.read.article import parts  # here: the grammar takes as long to read as a claim to check
    from trade_lib.check.read.draft import draft

    text, day, name = parts(content, date, title, file)
    article, claims, missed = draft(text, day, reporter, name, url)
    if not claims:
        seen = "; ".join(f"{one['text']}: {one['reason']}" for one in missed[:5])
        raise TradeDataError("no statement on trade that could be placed", file=file,
                             expected=seen or "figures of trade between countries")
    return Reading(article, text, claims, missed)


def check(reading: Reading, data=None, progress=None) -> tuple[dict, list]:
    """Check what was read: the article and its answers, as `trade_lib.check.answer.check_file` gives them."""
    article, claims, _ = statement.parse(reading.claims_file, "article")
    return article, answer.check_claims(claims, article["date"], data, progress)


def page(reading: Reading, records: list[dict]) -> str:
    """The article with each statement marked in the colour of its verdict, as one HTML page."""
    from trade_lib.check.marked import marked_page

    return marked_page(reading.article, reading.text, reading.claims, records, reading.missed)


def page_of_claims(article: dict, records: list[dict]) -> str:
    """The same of a claims file: each claim a line."""
    from trade_lib.check.marked import marked_page

    claims, start = [], 0
    for one in records:
        end = start + len(" ".join(one["text"].split()))
        claims.append({"id": one["id"], "quote": {"start": start, "end": end}})
        start = end + 1
    return marked_page(article, "\n".join(" ".join(one["text"].split()) for one in records), claims, records, [])


def framed(page: str, height: int = 460) -> str:
    """A page in a frame of a notebook, apart from the notebook's own style."""
    return (f'<div><iframe title="The article, marked" srcdoc="{escape(page)}" width="100%" height="{height}">'
            "</iframe></div>")
