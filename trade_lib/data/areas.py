"""Area codes, names and groups with dated membership."""

import difflib
from functools import lru_cache

import pandas as pd

from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError

SPELLED = ("iso2", "label", "alias", "old")  # systems of area_codes that people write


def areas(kind=None):
    """Every area code with name, kind, continent and development (the table ``areas``), indexed by code.

    Parameters
    ----------
    kind : {"country", "historical", "group", "residual"}, optional

    Examples
    --------
    >>> areas().loc["VNM", "name"]
    'Vietnam'
    """
    frame = load("areas").set_index("code")
    return frame if kind is None else frame[frame["kind"] == kind]


def _area(code):
    frame = areas()
    if code not in frame.index:
        close = difflib.get_close_matches(str(code).upper(), frame.index, 3, 0.5)
        names = frame.index[frame["name"].str.lower() == str(code).lower()].tolist()
        raise TradeDataError("unknown area code", column="code", value=code,
                             expected=f"a code such as {', '.join(names + close) or 'CHN, RUS or ASEAN'}")
    return frame.loc[code]


def name(code):
    """Name of an area.

    Examples
    --------
    >>> name("RUS")
    'Russia'
    """
    return _area(code)["name"]


def continent(code):
    """Continent of an area: Africa, America, Asia, Europe or Pacific (None for groups across continents).

    Examples
    --------
    >>> continent("ZAF")
    'Africa'
    """
    return _area(code)["continent"]


def is_country(code):
    """Whether a code stands for one country or territory (not a group, residual or former state).

    Examples
    --------
    >>> is_country("RUS"), is_country("ASEAN")
    (True, False)
    """
    return _area(code)["kind"] == "country"


def is_developing(code):
    """Whether a country is outside the IMF's advanced economies (World Economic Outlook, October 2021).

    Examples
    --------
    >>> is_developing("VNM"), is_developing("SGP")
    (True, False)
    """
    area = _area(code)
    if area["kind"] != "country":
        raise TradeDataError("development is classified for countries only", column="code", value=code,
                             expected="an ISO3 country code")
    return area["development"] == "emerging_developing"


@lru_cache(maxsize=1)
def _spellings():
    """Area by every spelling known, in small letters: codes, names, ISO2 and old codes, publishers' labels, aliases."""
    names = {name.lower(): code for code, name in areas()["name"].items()}
    known = {row.code.lower(): row.area for row in load("area_codes").itertuples() if row.system in SPELLED}
    return {**known, **names, **{code.lower(): code for code in areas().index}}


def code_of(text, field="code"):
    """The code of an area written as a code of any case, an ISO2 or old code, or a name.

    >>> code_of("uk"), code_of("Russia"), code_of("Viet Nam"), code_of("asean")
    ('GBR', 'RUS', 'VNM', 'ASEAN')
    """
    word = " ".join(str(text).split()).lower()
    known = _spellings()
    for spelling in (word, word.removeprefix("the "), word.replace(".", "")):
        if spelling in known:
            return known[spelling]
    close = [f"{one} ({known[one]})" if one.upper() != known[one] else known[one]
             for one in difflib.get_close_matches(word, known, 3, 0.6)]
    raise TradeDataError("no such area", column=field, value=text,
                         expected=f"an ISO3 code, a name or a group such as {', '.join(close) or 'CHN, RUS or ASEAN'}")


def owner(code):
    """Whose something is, in words.

    >>> owner("CHN"), owner("USA")
    ("China's", "United States'")
    """
    called = name(code)
    return f"{called}'" if called.endswith("s") else f"{called}'s"


@lru_cache(maxsize=2**16)
def group_members(code, month):
    """Members of a group in a month, of several areas joined by + all of them; () for a country.

    >>> len(group_members("ASEAN", "2021-11")), group_members("RUS", "2021-11"), group_members("JPN+KOR", "2021-11")
    (10, (), ('JPN', 'KOR'))
    """
    if "+" in code:
        return tuple(sorted({one for part in code.split("+") for one in group_members(part, month) or (part,)}))
    if code not in _dated():
        return ()
    return tuple(sorted(iso3 for iso3, start, end in _dated()[code] if start <= month <= end))


@lru_cache(maxsize=1)
def _dated():
    table = load("group_members")
    held = {}
    for row in zip(table["group"], table["iso3"], table["from"].astype(str), table["to"].astype(str), strict=True):
        held.setdefault(row[0], []).append((row[1], row[2], row[3] if row[3] != "NaT" else "9999-12"))
    return held


def groups():
    """Codes of the groups whose membership is shipped.

    Examples
    --------
    >>> "ASEAN" in groups()
    True
    """
    return sorted(load("group_members")["group"].unique())


def group_list():
    """The groups and who belongs to them today, a line a group.

    >>> "AFRICA (Africa, 54 members)" in group_list()
    True
    """
    lines = []
    for code, row in areas("group").sort_index().iterrows():
        inside = group_members(code, "2099-12")
        lines.append(f"{code} ({row['name']}{f', {len(inside)} members' if inside else ''}): "
                     f"{', '.join(inside) or row['note'] or 'as the source counts it'}")
    return "\n".join(lines)


def members(group: str, when) -> list[str]:
    """Members of a group at the end of a year or month.

    A country counts for a year when it is a member on 31 December: the United Kingdom is in the EU in 2019 and not
    in 2020 (Chinese customs count alike); Croatia is in from 2013.

    Parameters
    ----------
    group : A code of :func:`groups`.
    when : int, str or pandas.Period. A year (2021) or a month ("2021-11").

    Returns
    -------
    ISO3 codes, sorted.

    Examples
    --------
    >>> len(members("ASEAN", 2021)), len(members("EU", 2020))
    (10, 27)
    """
    table = load("group_members")
    held = table[table["group"] == group]
    if held.empty:
        why = "its official list changed in 2023" if group == "BRI" else "there is no dated list of it"
        raise TradeDataError(f"membership is not shipped: {why}", column="group", value=group,
                             expected=f"one of {', '.join(groups())}")
    try:
        period = pd.Period(str(when), freq="Y" if len(str(when)) == 4 else "M")
    except ValueError as error:
        raise TradeDataError("not a year or month", column="when", value=when, expected="2021 or '2021-11'") from error
    month = period.asfreq("M", "end")
    inside = held[(held["from"] <= month) & (held["to"].isna() | (held["to"] >= month))]
    if inside.empty:
        raise TradeDataError("group has no members at that date", column="group", value=f"{group} {when}",
                             expected=f"from {held['from'].min()}")
    return sorted(inside["iso3"])
