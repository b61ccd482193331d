"""Product codes and what they stand for: classes of chapters and sections, end use of products, all mapped as data."""

from collections.abc import Iterable

import pandas as pd

from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError


def classes(scheme) -> pd.DataFrame:
    """Classes of HS chapters (``HS2``) or SITC sections (``SITC1``), by code (table ``product_classes``).

    Returns ``name``, ``product_class``, and whether all, none or a part is ``resource``, ``farm``, ``machinery``,
    ``high_technology`` (``yes``, ``no``, ``part``).

    >>> classes("HS2").loc["26", "resource"]
    'yes'
    """
    table = load("product_classes")
    held = table[table["scheme"] == scheme]
    if held.empty:
        raise TradeDataError("no such classification", column="scheme", value=scheme,
                             expected=" or ".join(sorted(table["scheme"].unique())))
    return held.drop(columns="scheme").set_index("code")


def classify(codes: Iterable[str], scheme, attribute: str = "product_class") -> pd.Series:
    """One attribute of each product code.

    ``codes``: HS chapters (``"26"``), HS headings and products of 4 or 6 digits (their chapter counts), or SITC
    sections. ``attribute``: a column of `classes`. Indexed by the codes.

    >>> classify(["26", "090111"], "HS2").tolist()
    ['minerals', 'farm']
    """
    table, codes = classes(scheme), _codes(codes)
    if attribute not in table.columns:
        raise TradeDataError("no such attribute", column="attribute", value=attribute,
                             expected=", ".join(table.columns))
    hs = scheme == "HS2"
    keys = codes.str[:2] if hs else codes
    unknown = codes[~(keys.isin(table.index) & (codes.str.fullmatch(r"(?:[0-9]{2}){1,3}") | (not hs)))]
    if len(unknown):
        raise TradeDataError("unknown product code", column="code", value=unknown[0], expected=f"a code of {scheme}")
    return pd.Series(table[attribute].reindex(keys).to_numpy(), index=codes, name=attribute)


def _codes(codes):
    """Product codes as text; one code alone, or none at all, is an error."""
    if isinstance(codes, str) or not hasattr(codes, "__iter__"):
        raise TradeDataError("not a list of product codes", column="code", value=codes,
                             expected='a list such as ["26"]')
    codes = pd.Index([str(code) for code in codes], dtype=object)
    if codes.empty:
        raise TradeDataError("no product codes", column="code", expected="one or more codes")
    return codes
