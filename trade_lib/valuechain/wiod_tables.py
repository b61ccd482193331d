"""The shipped input-output tables as :class:`Icio`, at full detail and aggregated; two-way trade by year."""

import numpy as np
import pandas as pd

from trade_lib.data.areas import members
from trade_lib.data.tables import load, tables
from trade_lib.errors import TradeDataError
from trade_lib.valuechain.table import aggregate, checked, icio

# The EU of the table's last years, whose 27 members it names one by one (the United Kingdom in, Croatia not).
EU_YEAR = 2011
# A row's 1,640 cells are cut to whole millions: the largest gap of a row is 113 mn.
ROUNDING = 120
ALONE = ("CHN", "RUS", "IDN", "IND", "JPN", "KOR", "TWN", "USA", "AUS", "BRA", "CAN", "MEX", "TUR", "OTHER")


def wiod_years():
    """Years whose full table is shipped.

    >>> wiod_years()
    [1995, 2001, 2006, 2008, 2011]
    """
    names = tables()["name"]
    return sorted(int(n.rpartition("_")[2]) for n in names if n.startswith("wiod2013_") and n[-4:].isdigit())


def wiod(year):
    """World input-output table of a year (WIOD 2013): 41 regions by 35 industries, mn US$, rows closed.

    The source's cells are cut to whole millions; what a row falls short of output (less than 0.1 % in all) is put into
    final use at home, so that the accounting identities hold exactly. Foreign content of exports does not depend on it.

    >>> wiod(2011).shape
    (41, 35)
    """
    if year not in wiod_years():
        raise TradeDataError("no full table of this year", file="wiod2013", column="year", value=year,
                             expected=f"one of {', '.join(map(str, wiod_years()))}; other years: wiod2013_bilateral")
    return from_sales(load(f"wiod2013_{year}"), f"wiod2013_{year}")


def from_sales(frame: pd.DataFrame, name: str = ""):
    """A table from its rows as shipped: a seller's industry, a buying country, sales to its industries and final use.

    ``frame``: ``country``, ``sector``, ``destination``, a column an industry (``c1`` ...), ``final``, and ``output`` in
    the rows at home; sales that are absent are zero. ``name``: named in errors.

    >>> from_sales(load("wiod2013_2011")).shape
    (41, 35)
    """
    absent = {"country", "sector", "destination", "final", "output"} - set(frame.columns)
    if absent:
        raise TradeDataError("column missing from the sales", file=name or None, column=min(absent),
                             expected="country, sector, destination, c1 ..., final, output")
    sectors = [name for name in frame.columns if name[0] == "c" and name[1:].isdigit()]
    countries = sorted(frame["country"].unique())
    g, n = len(countries), len(sectors)
    seller = (frame["country"].map(countries.index) * n + frame["sector"].map(sectors.index)).to_numpy()
    buyer = frame["destination"].map(countries.index).to_numpy()
    inter, final = np.zeros((g * n, g, n)), np.zeros((g * n, g))
    inter[seller, buyer] = frame[sectors].to_numpy(dtype=float)
    final[seller, buyer] = frame["final"].to_numpy(dtype=float)
    home = frame["output"].notna().to_numpy()
    output = np.full(g * n, np.nan)
    output[seller[home]] = frame.loc[home, "output"].to_numpy(dtype=float)
    return icio(inter.reshape(g * n, g * n), final, output, countries, sectors, name, rounding=ROUNDING, close=True)


def small(table):
    """A WIOD table aggregated to 15 regions by 10 sectors, to show what aggregation does.

    >>> small(wiod(2011)).shape
    (15, 10)
    """
    regions = {code: code if code in ALONE else "EU" for code in checked(table).countries}
    return aggregate(table, regions, load("chain_industries").set_index("sector")["group10"].to_dict())


def members_in_table(code):
    """Countries of the table that a partner stands for: EU is its 27 members of 2011 in every year, others themselves.

    >>> len(members_in_table("EU")), members_in_table("RUS")
    (27, ['RUS'])
    """
    return members("EU", EU_YEAR) if code == "EU" else [code]


def two_way(pairs: pd.DataFrame, country: str, partner: str, columns: list[str]) -> pd.DataFrame:
    """Trade in both directions between a country and a partner, by year, for each column of a table of pairs.

    ``pairs``: ``year``, ``origin``, ``destination`` and the columns. ``partner``: a country of the table, or EU (its
    members added up, their trade among themselves left out). Indexed by year.

    >>> pairs = load("wiod2013_bilateral").assign(exports=lambda t: t["intermediate"] + t["final"])
    >>> round(two_way(pairs, "CHN", "RUS", ["exports"]).loc[2011, "exports"] / 1000)
    105
    """
    sides = [code for code in members_in_table(partner) if code != country]
    absent = [name for name in ("year", "origin", "destination", *columns) if name not in pairs.columns]
    if absent:
        raise TradeDataError("column missing from the table of pairs", column=absent[0], expected=", ".join(columns))
    if not sides:
        raise TradeDataError("a country has no trade with itself", column="partner", value=partner,
                             expected=f"another country than {country}")
    missing = sorted({country, *sides} - set(pairs["origin"]))
    if missing:
        raise TradeDataError("country not in the table of pairs", column="origin", value=missing[0],
                             expected="a country of the table, or EU")
    out = pairs["origin"].eq(country) & pairs["destination"].isin(sides)
    back = pairs["destination"].eq(country) & pairs["origin"].isin(sides)
    held = pairs[out | back]
    for year in pairs["year"].unique():
        now = held[held["year"] == year]
        gone = sorted((set(sides) - set(now["destination"])) | (set(sides) - set(now["origin"])))
        if gone:
            raise TradeDataError(f"members of {partner} are not the same in all years", row=str(year), column="partner",
                                 value=gone[0], expected="trade of each member in both directions each year")
    return held.groupby("year")[columns].sum()


def yearly(pairs=None):
    """The shipped pairs, 1995-2011, with ``exports`` added, the rows at home left out.

    >>> len(yearly().query("year == 2011"))
    1640
    """
    frame = load("wiod2013_bilateral") if pairs is None else pairs
    absent = {"origin", "destination", "intermediate", "final"} - set(frame.columns)
    if absent:
        raise TradeDataError("column missing from the table of pairs", column=min(absent),
                             expected="origin, destination, intermediate, final")
    frame = frame[frame["origin"] != frame["destination"]]
    return frame.assign(exports=frame["intermediate"] + frame["final"])
