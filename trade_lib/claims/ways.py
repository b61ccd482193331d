"""Alternative specifications of one claim, and the share of them that agrees."""

import pandas as pd

from trade_lib.errors import TradeDataError


def specifications(rows, agrees):
    """A frame of alternatives with whether each agrees with the claim.

    Parameters
    ----------
    rows : list of dict
        One alternative each: the choices made (``side``, ``currency``, ``base`` ...) and its ``value``.
    agrees : callable
        From a ``value`` to True or False: the claim's own test, the same for each alternative.

    Returns
    -------
    pandas.DataFrame
        The choices, ``value`` and ``agrees``.

    Raises
    ------
    TradeDataError
        An alternative without a value: it would otherwise silently count as a disagreement.

    Examples
    --------
    >>> rows = [{"side": "CHN", "value": 33.6}, {"side": "RUS", "value": 35.6}]
    >>> specifications(rows, lambda v: v > 35)["agrees"].tolist()
    [False, True]
    """
    table = pd.DataFrame(rows)
    if "value" not in table or table["value"].isna().any():
        raise TradeDataError("an alternative has no value", column="value", expected="a number for each alternative")
    return table.assign(agrees=[bool(agrees(v)) for v in table["value"]])


def share_text(table):
    """The share that agrees, in words: ``7 of 9 (78 %)``.

    Examples
    --------
    >>> share_text(pd.DataFrame({"agrees": [True, True, False, True]}))
    '3 of 4 (75 %)'
    """
    n = len(table)
    held = int(table["agrees"].sum())
    return f"{held} of {n} ({100 * held / n:.0f} %)"
