"""The panel a gravity model takes: trade of all pairs with zeros, distance, ties, agreements, sizes."""

from functools import lru_cache

import numpy as np
import pandas as pd

from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError

TIES = ["contig", "comlang_off", "colony", "comcol"]
NO_DISTANCE = "no distance is shipped"
ONE_EDITION = "in one edition of the trade data only: left out so that years compare"


def panel(years, zeros: bool = True) -> pd.DataFrame:
    """Trade of all pairs of countries with what a gravity model explains it by.

    Zeros are added where both countries have any trade recorded that year. Distance is the one weighted by population,
    or between the main cities where that is missing. Agreements are those in force in the last year of the list not
    after the year (2016 for all later years); pairs not in the list count as without.

    ``zeros``: add pairs without trade. Returns ``exporter, importer, pair, year, trade`` (US$), ``ldist`` (log of km),
    ``contig, comlang_off, colony, comcol, rta`` (0/1). What is left out: :func:`unusable`.

    >>> frame = panel(2019)
    >>> len(frame), int((frame["trade"] > 0).sum())
    (41004, 28794)
    """
    wanted = np.atleast_1d(years).tolist()
    flows = load("flows_bilateral")
    for year in wanted:
        if year not in set(flows["year"].unique()):
            raise TradeDataError("no trade of all pairs in this year", column="year", value=int(year),
                                 expected="2000 to 2020, or 2023")
    countries = _countries()
    selected = flows[flows["year"].isin(wanted) & flows["exporter"].isin(countries) & flows["importer"].isin(countries)]
    selected = selected[["exporter", "importer", "year"]].assign(trade=selected["value"].astype(float))
    frame = with_zeros(selected) if zeros else selected.reset_index(drop=True)
    frame["pair"] = frame["exporter"] + "-" + frame["importer"]
    place = {code: i for i, code in enumerate(countries)}
    e, i = frame["exporter"].map(place).to_numpy(), frame["importer"].map(place).to_numpy()
    ties = _ties()
    for name, grid in ties.items():
        frame[name] = grid[e, i]
    for name in TIES:
        frame[name] = frame[name].astype(np.int8)
    agreed = _agreements()
    listed = np.array(sorted(agreed))
    latest = listed[np.searchsorted(listed, frame["year"].to_numpy(), side="right") - 1]
    frame["rta"] = np.stack([agreed[year] for year in listed])[np.searchsorted(listed, latest), e, i]
    order = ["exporter", "importer", "pair", "year", "trade", "ldist", *TIES, "rta"]
    frame = frame[order].sort_values(["year", "exporter", "importer"], ignore_index=True)
    apart = np.isnan(frame["ldist"].to_numpy())  # Serbia and Montenegro, which share one row of distances
    return frame[~apart].reset_index(drop=True)


def with_zeros(flows: pd.DataFrame) -> pd.DataFrame:
    """Add the pairs without trade: all pairs of countries that have any trade that year.

    ``flows``: ``exporter, importer, year, trade``; one row a pair with trade. Returns the same columns; every ordered
    pair of countries present that year.

    >>> flows = pd.DataFrame({"exporter": ["A", "B"], "importer": ["B", "C"], "year": 2000, "trade": [1.0, 2.0]})
    >>> with_zeros(flows)["trade"].tolist()
    [1.0, 0.0, 0.0, 2.0, 0.0, 0.0]
    """
    years, t = np.unique(flows["year"], return_inverse=True)
    codes = np.unique(np.concatenate([flows["exporter"].unique(), flows["importer"].unique()]).astype(object))
    place = {code: k for k, code in enumerate(codes)}
    cube = np.zeros((len(years), len(codes), len(codes)))
    cube[t, flows["exporter"].map(place), flows["importer"].map(place)] = flows["trade"].to_numpy()
    present = (cube.sum(axis=2) > 0) | (cube.sum(axis=1) > 0)
    pairs = present[:, :, None] & present[:, None, :] & ~np.eye(len(codes), dtype=bool)
    t, e, i = np.nonzero(pairs)
    return pd.DataFrame({"exporter": codes[e], "importer": codes[i], "year": years[t], "trade": cube[t, e, i]})


def sizes(year) -> pd.DataFrame:
    """Size and place of each country: logs of GDP, of GDP a head, and of the mean distance to the world's GDP.

    Indexed by code: ``lgdp, lgdppc, lremote`` and ``population``; countries without GDP that year are absent.

    >>> sizes(2019)["lgdp"].nlargest(2).index.tolist()
    ['USA', 'CHN']
    """
    table = load("economies")
    table = table[(table["year"] == year) & table["gdp"].notna() & table["code"].isin(_countries())].set_index("code")
    place = {code: i for i, code in enumerate(_countries())}
    at = [place[code] for code in table.index]
    distance = np.exp(_ties()["ldist"][np.ix_(at, at)])
    share = np.where(np.isnan(distance), 0, 1) * table["gdp"].to_numpy()
    remote = np.nansum(share * np.nan_to_num(distance), axis=1) / share.sum(axis=1)
    return pd.DataFrame({"lgdp": np.log(table["gdp"]), "lgdppc": np.log(table["gdp"] / table["population"]),
                         "lremote": np.log(remote), "population": table["population"]})


def unusable(year) -> pd.DataFrame:
    """Countries and pairs with trade in a year that :func:`panel` leaves out on purpose, with the reason.

    Returns ``code``, ``reason``, ``trade`` (US$, exports and imports).

    >>> unusable(2019)["code"].tolist()
    ['ASM', 'GUM', 'SSD', 'MNE-SRB']
    """
    flows = load("flows_bilateral")
    of_year = flows[flows["year"] == year]
    both = _editions()
    placed = _placed()
    codes = sorted({*of_year["exporter"], *of_year["importer"]} - set(_countries()))
    rows = [{"code": code, "reason": NO_DISTANCE if code not in placed else ONE_EDITION,
             "trade": float(of_year.loc[of_year["exporter"].eq(code) | of_year["importer"].eq(code), "value"].sum())}
            for code in codes if code not in both or code not in placed]
    apart = of_year[of_year["exporter"].isin(["SRB", "MNE"]) & of_year["importer"].isin(["SRB", "MNE"])]
    rows.append({"code": "MNE-SRB", "reason": NO_DISTANCE, "trade": float(apart["value"].sum())})
    return pd.DataFrame(rows)


def _editions():
    """Codes that both editions of the trade data have."""
    flows = load("flows_bilateral")
    return set.intersection(*({*part["exporter"], *part["importer"]} for _, part in flows.groupby("source")))


def _placed():
    pairs = load("country_pairs")
    return {*pairs["a"], *pairs["b"]}


@lru_cache(maxsize=1)
def _countries():
    return sorted(_editions() & _placed())


@lru_cache(maxsize=1)
def _ties():
    """Symmetric matrices over the countries: log distance and ties."""
    pairs, place = load("country_pairs"), {code: i for i, code in enumerate(_countries())}
    pairs = pairs[pairs["a"].isin(place) & pairs["b"].isin(place)]
    a, b = pairs["a"].map(place).to_numpy(), pairs["b"].map(place).to_numpy()
    values = {"ldist": np.log(pairs["distw"].fillna(pairs["dist"])), **{name: pairs[name] for name in TIES}}
    grids = {}
    for name, column in values.items():
        grids[name] = np.full((len(place), len(place)), np.nan if name == "ldist" else 0.0)
        grids[name][a, b] = grids[name][b, a] = column.to_numpy()
    return grids


@lru_cache(maxsize=1)
def _agreements():
    """Agreement matrices by year of the list."""
    table, place = load("trade_agreements"), {code: i for i, code in enumerate(_countries())}
    table = table[table["exporter"].isin(place) & table["importer"].isin(place)]
    grids = {}
    for year, part in table.groupby("year"):
        grids[int(year)] = np.zeros((len(place), len(place)), np.int8)
        grids[int(year)][part["exporter"].map(place), part["importer"].map(place)] = part["rta"].to_numpy()
    return grids
