"""The text of an article: its characters made plain, the main text of an HTML page, its sentences."""

import re
import unicodedata
from html.parser import HTMLParser

# What stands for a space or a plain sign; each is replaced by one character, so that offsets hold.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u2015", "-"),
        "\uff05": "%",
        "\uff0c": ",",
        "\uff0e": ".",
        "\u3002": ".",
    }
)
HIDDEN = ("Cc", "Cf", "Zs", "Co", "Cn")  # control and format characters, spaces of all kinds, unassigned ones
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|No|vs|St|Gen|Gov|Sen|Rep|Inc|Ltd|Co|Corp|Rs|approx|ca|cf|e\.g|i\.e|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.$"
)
END = re.compile(r"""[.!?]['")\]]*\s+(?=["'(\[]*[A-Z0-9$€£])""")
LONGEST_SENTENCE = 1200  # characters; what is longer is no sentence


def plain(text):
    """The text with quotation marks, dashes, spaces and hidden characters made plain, character for character."""
    text = text.translate(PLAIN)
    hidden = {c for c in set(text) if unicodedata.category(c) in HIDDEN and c not in "\n "}
    return text.translate(dict.fromkeys(map(ord, hidden), " ")) if hidden else text


def sentences(text):
    """Where each sentence of a text lies: start, end and the number of its paragraph.

    A line is a paragraph, unless lines are broken at about one width. Marks of Markdown at the start of a line are
    left out.
    """
    places, number = [], 0
    for block in re.finditer(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", text):
        lines = block.group().split("\n")
        width = max(map(len, lines))
        wrapped = len(lines) > 1 and 50 <= width <= 110 and all(len(line) >= 0.7 * width for line in lines[:-1])
        spans = (
            [block.span()]
            if wrapped
            else [(block.start() + m.start(), block.start() + m.end()) for m in re.finditer(r"[^\n]+", block.group())]
        )
        for start, end in spans:
            number += 1
            places += [(a, b, number) for a, b in _cut(text, start, end)]
    return places


def _cut(text, start, end):
    begin = start + re.match(r"[\s#>*+-]*(?:\d{1,2}[.)]\s)?", text[start : min(end, start + 40)]).end()
    for match in END.finditer(text, begin, end):
        stop = match.start() + 1
        if not ABBREVIATED.search(text[max(begin, stop - 12) : stop]):
            yield begin, match.end() - len(match.group()) + len(match.group().rstrip())
            begin = match.end()
    if text[begin:end].strip():
        yield begin, begin + len(text[begin:end].rstrip())


class _Page(HTMLParser):
    """Collects the title, the day and the paragraphs of an HTML page."""

    SKIPPED = {
        "script",
        "style",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "noscript",
        "svg",
        "template",
        "button",
        "figure",
        "select",
        "iframe",
    }
    BLOCKS = {
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "td",
        "th",
        "div",
        "section",
        "article",
        "main",
        "br",
        "tr",
        "body",
    }

    def __init__(self):
        super().__init__()
        self.skipped, self.within, self.tag = [], [], ""
        self.title, self.date, self.blocks = "", "", [("", False, "")]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        if tag == "meta" and "publish" in name.lower():
            self.date = self.date or (given.get("content") or "")[:10]
        if tag in self.SKIPPED:
            self.skipped.append(tag)
        if tag in ("article", "main"):
            self.within.append(tag)
        if tag in self.BLOCKS or tag == "title":
            self.blocks.append((tag, bool(self.within), ""))

    def handle_endtag(self, tag):
        if self.skipped and tag == self.skipped[-1]:
            self.skipped.pop()
        if self.within and tag == self.within[-1]:
            self.within.pop()
        if tag in self.BLOCKS or tag == "title":
            self.blocks.append(("", bool(self.within), ""))

    def handle_data(self, data):
        if not self.skipped:
            tag, within, text = self.blocks[-1]
            self.blocks[-1] = (tag, within, text + data)


def from_html(page):
    """Title, day and main text of an HTML page: its article's paragraphs, or those of the page if it marks none."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    blocks = [(tag, within, re.sub(r"\s+", " ", text).strip()) for tag, within, text in reader.blocks]
    title = next((text for tag, _, text in blocks if tag == "title" and text), "")
    marked = [b for b in blocks if b[1] and b[2]]
    chosen = marked if sum(len(b[2]) for b in marked) > 200 else [b for b in blocks if b[2] and b[0] != "title"]
    return title, reader.date, "\n".join(text for _, _, text in chosen) + "\n"
