"""Published indicators of value chains, by economy and sector: participation, lengths, value added in exports."""

import pandas as pd

from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError


def _chosen(frame, countries, detail):
    if isinstance(countries, str) or not hasattr(countries, "__iter__") or not len(countries):
        raise TradeDataError("not a list of countries", column="country", value=countries,
                             expected='one or more codes, such as ["CHN"]')
    missing = sorted(set(countries) - set(frame["country"]), key=str)
    if missing:
        raise TradeDataError("country not in the table", column="country", value=missing[0],
                             expected=", ".join(sorted(frame["country"].unique())[:12]) + " ...")
    if detail not in set(frame["detail"]):
        raise TradeDataError("no such number of sectors", column="detail", value=detail,
                             expected=", ".join(map(str, sorted(frame["detail"].unique()))))
    return frame[frame["country"].isin(countries) & frame["detail"].eq(detail)].reset_index(drop=True)


def value_added_share(countries: list[str], detail=5) -> pd.DataFrame:
    r"""Domestic value added absorbed abroad in the gross exports of each sector, over time (ADB, 2000 and 2007-2022).

    .. math:: share_{i} = VAX_i / E_i

    with VAX by exporting sector: what domestic producers, of any sector, add to the exports of sector i.

    ``countries``: of the 20 economies of ``adb_sectors``. ``detail``: number of sectors. Returns ``year``, ``country``,
    ``sector`` (number), ``exports``, ``value_added_exports`` (mn US$), ``share``.

    >>> value_added_share(["VNM"]).query("year == 2022 and sector == 3")["share"].round(2).item()
    0.32
    """
    frame = _chosen(load("adb_sectors"), countries, detail)
    share = frame["value_added_exports"] / frame["exports"].where(frame["exports"] > 0)
    columns = ["year", "country", "sector", "exports", "value_added_exports"]
    return frame[columns].assign(share=share)


def participation(countries: list[str], detail=0) -> pd.DataFrame:
    """Participation in value chains with, for whole economies, the length of their chains (ADB, 2017-2022).

    ``countries``: of the 72 economies of ``adb_participation``; lengths exist for 21 of them and are empty for others.
    ``detail``: number of sectors; 0 for the whole economy. Lengths come with 0 and 5. Returns ``year``, ``country``,
    ``sector``, shares (``forward_share``, ``backward_share``, ``trade_share``, ``production_share``) and, with 0 and 5,
    ``chain_length_forward``, ``chain_length_backward``, ``position``.

    >>> float(participation(["CHN"]).set_index("year")["backward_share"].round(3)[2018])
    0.172
    """
    frame = _chosen(load("adb_participation"), countries, detail)
    shares = ["forward_share", "backward_share", "trade_share", "production_share"]
    frame = frame[["year", "country", "sector", *shares]]
    if detail not in (0, 5):
        return frame
    lengths = load("adb_lengths").query(f"detail == {detail}")
    columns = ["year", "country", "sector", "chain_length_forward", "chain_length_backward", "position"]
    return frame.merge(lengths[columns], how="left", on=["year", "country", "sector"])
