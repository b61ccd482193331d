"""Publishers' names and codes of areas, as the codes of the table `areas`; what has none is said, never guessed."""

import re
import unicodedata
from functools import lru_cache

from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError
from trade_lib.sources.publisher import recode

SHORT = {"rep": "republic", "dem": "democratic", "st": "saint", "isds": "islands", "fed": "federated", "isl": "islamic"}
SILENT = {"the", "and", "of", "which"}
GROUPS_LEFT_TO_PUBLISHERS = {"WORLD", "AFRICA", "LATIN_AMERICA", "BRI", "RCEP", "APEC"}


def plain(label):
    """A name without accents, case, punctuation, full-width letters and small words, to be compared by.

    Examples
    --------
    >>> plain("Taiwan，China\\xa0"), plain("Côte d’Ivoire")
    ('taiwan china', 'cote d ivoire')
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", str(label)))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()
    words = [SHORT.get(word, word) for word in re.findall(r"[^\W_]+", text)]
    return " ".join(word for word in words if word not in SILENT)


@lru_cache(maxsize=1)
def _codes():
    """{system: {code: area}}; names of areas and publishers' spellings of them are the system `label`."""
    table = load("area_codes")
    codes = {system: dict(zip(group["code"], group["area"], strict=True)) for system, group in table.groupby("system")}
    areas = load("areas")
    names = [*codes["alias"].items(), *codes["label"].items(), *zip(areas["name"], areas["code"], strict=True)]
    codes["label"] = {plain(name): code for name, code in names}
    codes["iso3"] = {code: code for code in areas["code"]} | codes["old"]
    return codes


def to_area(text, system="label"):
    """The area of a publisher's name or code, or None.

    A name is tried whole, then without what stands in brackets, then by what stands in brackets.

    Examples
    --------
    >>> to_area("United States (US)"), to_area("156", "m49"), to_area("Nowhere")
    ('USA', 'CHN', None)
    """
    codes = _codes()[system]
    if system != "label":
        return codes.get(str(text).strip())
    text = unicodedata.normalize("NFKC", str(text))
    inside = re.findall(r"\((.*?)\)", text)
    tries = [text, re.sub(r"\(.*?\)", " ", text), *inside]
    return next((codes[plain(name)] for name in tries if plain(name) in codes), None)


def from_areas(areas, system):
    """A publisher's codes of areas.
    """
    back = {}
    for code, area in _codes()[system].items():
        back.setdefault(area, code)
    unknown = [area for area in areas if area not in back]
    if unknown:
        raise TradeDataError("areas without a code at this publisher", value=", ".join(unknown),
                             expected="ISO3 codes of countries, such as CHN or RUS")
    return [back[area] for area in areas]


def with_areas(frame, column, system="label"):
    """A frame with the areas of a column, rows without one taken out, and what was taken out in words."""
    known = recode(frame[column], lambda text: to_area(text, system))
    out = sorted(frame.loc[known.isna(), column].astype(str).unique())
    words = [f"left out, no area of this {'name' if system == 'label' else 'code'}: {', '.join(out)}"] if out else []
    return frame.assign(**{column: known})[known.notna()], words


def expand(areas):
    """Areas with each group replaced by its members of today, where its members are on record; WORLD stays."""
    table = load("group_members")
    current = table[table["to"].isna()]
    listed = []
    for area in areas:
        if area in GROUPS_LEFT_TO_PUBLISHERS:
            listed.append(area)
            continue
        inside = sorted(current.loc[current["group"] == area, "iso3"])
        listed += inside or [area]
    return list(dict.fromkeys(listed))


def check_areas(areas):
    """Raise for a code that is not in the table `areas`, all of them at once."""
    known = set(load("areas")["code"])
    bad = [area for area in areas if area not in known]
    if bad:
        raise TradeDataError("unknown area code", value=", ".join(bad), expected="ISO3 or group codes: CHN, RUS, ASEAN")


def windows(periods):
    """`year`, `quarter` or `month` of each period by its form."""
    return recode(periods, lambda text: {4: "year", 7: "quarter" if "Q" in text else "month"}[len(text)])
