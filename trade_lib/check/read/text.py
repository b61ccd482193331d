"""The text of an article: its characters made plain, the main text of an HTML page, its sentences."""

import re
import unicodedata

# What stands for a plain sign; each is replaced by one character, so that offsets hold.
PLAIN = str.maketrans(
    "\u2018\u2019\u02bc\u00b4\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212\u2015\uff05\uff0c\uff0e\u3002",
    "''''\"\"-------%,..")
HIDDEN = ("Cc", "Cf", "Zs", "Co", "Cn")  # control and format characters, spaces of all kinds, unassigned ones
MARKUP = re.compile(r"\]\([^)\s]{0,500}\)|[*`]+")  # of Markdown
ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|No|vs|St|Gen|Gov|Sen|Rep|Inc|Ltd|Co|Corp|Rs|approx|ca|cf|"
                         r"e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.$")
END = re.compile(r"""[.!?]['")\]]*\s+(?=["'(\[]*[A-Z0-9$€£])""")
NO_TEXT = ("//script|//style|//nav|//header|//footer|//aside|//form|//noscript|//svg|//template|//button|"
           "//figure|//select")
LONGEST_SENTENCE = 1200  # characters; what is longer is no sentence


def visible(text):
    """The text with a space for each hidden character: control characters, marks of direction, special spaces."""
    hidden = {c for c in set(text) if unicodedata.category(c) in HIDDEN and c not in "\n "}
    return text.translate(dict.fromkeys(map(ord, hidden), " "))


def plain(text):
    """The visible text with quotation marks, dashes and markup made plain too, of the same length."""
    return MARKUP.sub(lambda m: " " * len(m.group()), visible(text).translate(PLAIN))


def sentences(text):
    """Where each sentence of a text lies: start, end and the number of its paragraph.

    A line is a paragraph, unless lines are broken at about one width.
    """
    places, number = [], 0
    for block in re.finditer(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", text):
        lines = list(re.finditer(r"[^\n]+", block.group()))
        width = max(len(line.group()) for line in lines)
        wrapped = 50 <= width <= 130 and len(lines) > 1 and all(len(m.group()) >= 0.7 * width for m in lines[:-1])
        for start, end in [(0, len(block.group()))] if wrapped else [line.span() for line in lines]:
            number += 1
            places += [(a, b, number) for a, b in _cut(text, block.start() + start, block.start() + end)]
    return places


def _cut(text, start, end):
    """Start and end of the sentences of a paragraph, without the marks of a list or heading before it."""
    begin = start + re.match(r"[\s#>+-]*(?:\d{1,2}[.)]\s)?", text[start:min(end, start + 40)]).end()
    for match in END.finditer(text, begin, end):
        if not ABBREVIATED.search(text[max(begin, match.start() - 11):match.start() + 1]):
            yield begin, match.start() + len(match.group().rstrip())
            begin = match.end()
    if text[begin:end].strip():
        yield begin, begin + len(text[begin:end].rstrip())


def from_html(page):
    """Title, day and main text of an HTML page: its article's paragraphs, or those of the page if it marks none."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", page), parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, ValueError):
        return "", "", ""
    title = " ".join(tree.xpath("string(//title)").split())
    day = next((str(value)[:10] for value in tree.xpath(
        "//meta[contains(@property, 'published') or contains(@name, 'publish') or contains(@itemprop, 'datePublished')]"
        "/@content")), "")
    for node in tree.xpath(NO_TEXT):
        node.drop_tree()
    marked = [node for node in tree.xpath("//article|//main") if len(node.text_content()) > 200]
    blocks = (marked[0] if marked else tree).xpath(".//p|.//li|.//h1|.//h2|.//h3|.//td|.//blockquote[not(.//p)]")
    lines = [" ".join(node.text_content().split()) for node in blocks] or [" ".join(tree.text_content().split())]
    return title, day, "\n".join(filter(None, lines)) + "\n"
