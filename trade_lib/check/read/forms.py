"""The forms of ``grammar.yml`` as regular expressions, and its lists of words."""

import re
from pathlib import Path

import yaml

from trade_lib.data import files

GRAMMAR = yaml.safe_load(files.read_text(Path(__file__).with_name("grammar.yml")))
WORDS = {name: set(listed.split()) for name, listed in GRAMMAR["words"].items()}
KINDS = {name: set(listed.split()) for name, listed in GRAMMAR["kinds"].items()}
COUNTS, ORDINALS = GRAMMAR["counts"].split(), GRAMMAR["ordinals"].split()  # from zero on
YEAR = r"(?:19[5-9]\d|20\d\d)(?![\d,.]\d|\d|%)"
NUMBER = (r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.])|\d+,\d{1,2}(?=\s*(?:%|per ?cent))|"
          r"\d+(?:\.\d+)?)")
SCALE = rf"(?:{'|'.join(GRAMMAR['scales'])})\b"
_NO_WORD = ("PUNCT", "MONEY", "PERCENT", "POINTS", "NUMBER")  # may begin with a sign
_STANDS_FOR = {
    "NUMBER": NUMBER, "SCALE": SCALE, "YEAR": YEAR, "SIGN": f"(?-i:{'|'.join(GRAMMAR['signs'])})",
    "NAME": rf"(?:{'|'.join(GRAMMAR['currencies'])})\b", "COUNT": rf"(?:\d{{1,3}}|{'|'.join(COUNTS[1:])})",
    "ORDINAL": rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(ORDINALS[1:])})",
    "MONTH": r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
             r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?",
    "OF": rf"(?:,? (?:of |in )?(?P<y>{YEAR}|this year|last year|the year|the same year))?",
}


def filled(form):
    """A form with its names in braces replaced by what they stand for."""
    for name, stands_for in _STANDS_FOR.items():
        form = form.replace(f"{{{name}}}", stands_for)
    return form


PERIODS = {name: re.compile(filled(form)) for name, form in GRAMMAR["periods"].items()}
_STANDS_FOR["PERIOD"] = "|".join(("(?<=[Ii]n )" if name == "months" else "") + re.sub(r"\?P<\w>", "?:", form.pattern)
                                 for name, form in PERIODS.items())


def _kind(kind):
    any_case = kind in GRAMMAR["any case"]
    forms = filled("|".join(str(form) for form in GRAMMAR["any case" if any_case else "as written"][kind]))
    before, after = "" if kind in _NO_WORD else r"\b", r"(?!\w)" if any_case and kind not in _NO_WORD else ""
    return f"(?P<{kind}>{before}{'(?i:' if any_case else '(?:'}{forms}){after})"


LEXER = re.compile("|".join(_kind(kind) for kind in GRAMMAR["order"]))
