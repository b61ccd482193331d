"""Tables of a page as grids of text, cells that span rows or columns repeated; and the numbers printed in them."""

import re
import unicodedata

from lxml import html

from trade_lib.errors import TradeDataError

TOO_WIDE = "#"  # a spreadsheet prints ### where a number is wider than its column
NIL = {"-", "--", "—", "–", "―"}


def document(answer):
    """The page as a tree.
    """
    text = answer.text()
    if not text.strip() or "<" not in text:
        raise TradeDataError("not a page", file=answer.address, value=text[:80])
    tree = html.document_fromstring(text)
    if not tree.xpath("//table//td"):
        pictures = tree.xpath("//img/@src[contains(translate(., 'PNGJIF', 'pngjif'), '.png') or contains(., '.jp') "
                              "or contains(., '.gif')]")
        raise TradeDataError("the table is a picture and cannot be read" if pictures else "a page without a table",
                             file=answer.address, value=pictures[0] if pictures else None,
                             expected="a table of figures")
    if text.lower().count("<table") != text.lower().count("</table"):
        raise TradeDataError("the page breaks off within a table", file=answer.address, expected="a whole page")
    return tree


def clean(text):
    """Printed text with plain spaces and half-width letters.

    Examples
    --------
    >>> clean("  Taiwan，China\\xa0 ")
    'Taiwan,China'
    """
    return " ".join(unicodedata.normalize("NFKC", text).replace("\xa0", " ").split())


def grid(table):
    """The rows of a table as lists of text, all of one length."""
    lines, held = [], {}
    for row in table.xpath(".//tr"):
        line = {}
        cells = iter(row.xpath("./td|./th"))
        column = 0
        while True:
            if held.get(column, (0, ""))[0]:
                left, text = held[column]
                line[column], held[column] = text, (left - 1, text)
                column += 1
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text = clean(cell.text_content())
            down, across = (int(cell.get(name) or 1) if (cell.get(name) or "1").isdigit() else 1
                            for name in ("rowspan", "colspan"))
            for at in range(column, column + min(across, 100)):
                line[at] = text
                if down > 1:
                    held[at] = (down - 1, text)
            column += across
        lines.append([line.get(at, "") for at in range(max(line, default=-1) + 1)])
    width = max(map(len, lines), default=0)
    return [line + [""] * (width - len(line)) for line in lines]


def number(text):
    """A printed number: 0 for nil, None for an empty cell and for one that is wider than its column.

    Raises
    ------
    ValueError
        Not a number.

    Examples
    --------
    >>> number("590,758,685 "), number("-"), number("(1.5)"), number(""), number("####")
    (590758685.0, 0.0, -1.5, None, None)
    """
    text = text.replace(",", "").replace(" ", "").replace("−", "-").strip("%")
    if not text or set(text) == {TOO_WIDE}:
        return None
    if text in NIL:
        return 0.0
    bracketed = re.fullmatch(r"\((\d+\.?\d*)\)", text)
    return -float(bracketed[1]) if bracketed else float(text)
