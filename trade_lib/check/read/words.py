"""The words of a sentence of trade news as tokens: quantities, flows, periods, areas, changes, and cues."""

import re
from dataclasses import dataclass
from decimal import Decimal

from trade_lib.check.read.areas import area_at, pair_at
from trade_lib.check.read.forms import GRAMMAR, LEXER, NUMBER, SCALE


@dataclass(frozen=True)
class Token:
    """A piece of a sentence: its kind, text and place; ``value`` is the code or codes of an area."""

    kind: str
    text: str
    start: int
    end: int
    value: object = None

    @property
    def low(self):
        """The text in small letters."""
        return self.text.lower()

    @property
    def owns(self):
        """Whether it ends in 's."""
        return self.text.endswith(("'s", "'"))


def tokens(sentence):
    """The tokens of a sentence, in order."""
    place, out = 0, []
    while place < len(sentence):
        if sentence[place].isspace():
            place += 1
            continue
        out.append(_area(sentence, place) or _token(sentence, place))
        place = out[-1].end
    return out


def _area(sentence, place):
    if not sentence[place].isalpha() or place and re.match(r"[\w.]", sentence[place - 1]):
        return None
    for kind, find in (("PAIR", pair_at), ("AREA", area_at)):
        seen = find(sentence, place)
        if seen and not re.match(r"\s?(?:dollars?|\$)", sentence[seen[1]:seen[1] + 9]):
            return Token(kind, sentence[place:seen[1]], place, seen[1], seen[0])
    return None


def _token(sentence, place):
    match = LEXER.match(sentence, place)
    if match is None:
        return Token("PUNCT", sentence[place], place, place + 1)
    return Token(match.lastgroup, match.group().strip(), place, match.end())


def number(text):
    """The number of a quantity as text with the digits stated: "-1,070.6" as "-1070.6"."""
    digits = re.search(rf"[-+]?\s?{NUMBER}", text).group().replace(" ", "").lstrip("+")
    decimal_comma = re.search(r"\d,\d{1,2}$", digits) and not re.search(r",\d{3}", digits)
    return digits.replace(",", "." if decimal_comma else "")


def money(text, default=None):
    """A sum as number, currency ("?" for a yen or yuan sign) and scale: "1.2 trillion yuan" as "1.2", "CNY", "trn"."""
    digits = re.search(NUMBER, text)
    scale = re.search(rf"(?i)(?<![A-Za-z])(?:{SCALE})", text[digits.end():])
    unit, factor = GRAMMAR["scales"][scale.group().lower().rstrip(".")] if scale else ("mn", "0.000001")
    sign = next((code for form, code in GRAMMAR["signs"].items() if re.match(form, text)), None)
    value = number(digits.group())
    if factor != "1":
        value = f"{(Decimal(value) * Decimal(factor)).normalize():f}"
    return value, currency(text) or sign or default, unit


def currency(text):
    """The code of a currency named at the end of a text, or before "terms" and "denominated"."""
    text = re.sub(r"[- ](?:denominated|terms)$", "", text)
    return next((code for form, code in GRAMMAR["currencies"].items()
                 if re.search(rf"(?i)\b(?:{form})\)?$", text)), None)
