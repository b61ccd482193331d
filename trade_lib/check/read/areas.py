"""Countries and groups in words: names, adjectives and pairs ("Sino-Russian") as codes."""

import re
from functools import lru_cache

from trade_lib.data.areas import areas
from trade_lib.data.tables import load

LONGEST = 7  # words of the longest name


@lru_cache(maxsize=1)
def names():
    """Code by name: the names of the table of areas, everyday names, and the adjectives and capitals of the news."""
    codes = load("area_codes")
    codes = codes[codes["system"].isin(["alias", "news"])]
    groups = areas("group").index
    return {
        **dict(zip(groups, groups, strict=True)),
        **dict(zip(codes["code"], codes["area"], strict=True)),
        **{name: code for code, name in areas()["name"].items()},
    }


@lru_cache(maxsize=1)
def _first_words():
    return {re.match(r"[\w.]+", name).group() for name in names()}


def area_at(text, start):
    """The longest name of an area that begins at a place of a text, with its 's: the code and the end, or None."""
    words = re.compile(r"[\w.]+(?:'(?!s\b)\w+)?").finditer(text, start, start + 80)
    first = next(words, None)
    if not first or first.start() != start or not {first.group(), first.group().rstrip(".")} & _first_words():
        return None
    ends = [first.end(), *(word.end() for word, _ in zip(words, range(LONGEST), strict=False))]
    for end in reversed(ends):
        for stop in (end, end - 1):  # a full stop may belong to the name or to the sentence
            code = names().get(re.sub(r"\s+", " ", text[start:stop]))
            if code:
                possessive = re.compile(r"'s?\b|'(?= )").match(text, stop)
                return code, possessive.end() if possessive else stop
    return None


def pair_at(text, start):
    """Two areas joined by a hyphen or slash ("China-Africa", "Sino-Russian"): their codes and the end, or None."""
    first = area_at(text, start)
    joint = first and re.compile(r"\s?[-/]\s?").match(text, first[1])
    second = joint and area_at(text, joint.end())
    return ((first[0], second[0]), second[1]) if second and second[0] != first[0] else None
