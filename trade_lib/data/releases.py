"""Choosing one printed official figure out of its several printings: which vintage, to how many digits."""

import pandas as pd

from trade_lib.data.tables import load
from trade_lib.errors import TradeDataError

TRUSTED = ("ok", "conflict")


def printed(partner, flow, measure, start, end, *, terms="USD", as_of=None, vintage="first", scope="goods",
            rounded=False, figures=None):
    """One printed figure of China's trade with a partner over a window.

    Of the printings that passed the audit (``ok`` or ``conflict``: printed right, but outlets disagree), the first is
    the earliest published by ``as_of``, the latest the last; within one month of publication the printing with most
    digits stands for all.

    Parameters
    ----------
    partner, flow : str
        Partner code; ``total``, ``export`` or ``import`` as China books it.
    measure : str
        ``value``, ``yoy_pct`` or ``share_pct``.
    start, end : str
        First and last month, ``YYYY-MM``.
    terms : str
        ``USD`` or ``CNY``; empty for shares.
    as_of : str, optional
        Only what was published by that day.
    vintage : str
        ``first`` or ``latest``.
    rounded : bool
        Also figures printed as round or lower bounds ("more than 70 %").
    figures : pandas.DataFrame, optional
        Instead of the shipped table ``official_figures``.

    Returns
    -------
    pandas.Series
        The table's row, and ``step``: one unit of the last digit printed.

    Raises
    ------
    TradeDataError
        No such printed figure.

    Examples
    --------
    >>> row = printed("RUS", "total", "yoy_pct", "2021-01", "2021-11")
    >>> row["id"], float(row["value"]), row["step"]
    ('OF0923', 33.6, 0.1)
    """
    table = load("official_figures") if figures is None else figures
    audits = (*TRUSTED, "rounded") if rounded else TRUSTED
    here = table[(table["reporter"] == "CHN") & (table["partner"] == partner) & (table["flow"] == flow)
                 & (table["measure"] == measure) & (table["scope"] == scope) & table["audit"].isin(audits)
                 & (table["period_start"].astype(str) == start) & (table["period_end"].astype(str) == end)
                 & (table["terms"].fillna("") == terms)]
    if as_of is not None:
        here = here[here["published"].astype(str) <= as_of]
    if here.empty:
        raise TradeDataError("no printed figure", file="official_figures",
                             value=(partner, flow, measure, start, end, terms, as_of), expected="one that is shipped")
    here = here.assign(month=here["published"].astype(str).str[:7], digits=here["value"].map(_decimals))
    wanted = here["month"].min() if vintage == "first" else here["month"].max()
    best = here[here["month"] == wanted].sort_values(["digits", "id"], ascending=[False, True]).iloc[0]
    step = round(10.0 ** -best["digits"], 6)
    return pd.concat([best.drop(["month", "digits"]), pd.Series({"step": step})])


def _decimals(value):
    text = f"{value:.6f}".rstrip("0")
    return len(text.split(".")[1])
