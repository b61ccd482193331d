"""Ways of counting: a claim's own quantity under other sides, vintages, models or members."""

from collections.abc import Callable

import pandas as pd

from trade_lib.errors import TradeDataError


def count_ways(rows: list[dict], holds: Callable[[float], bool]) -> pd.DataFrame:
    """A frame of ways of counting: the choices made, ``value``, and whether the claim ``holds`` under it.

    ``holds`` is the claim's own test of a value, the same for each way. A way without a value is an error: it would
    otherwise silently count against the claim.

    >>> count_ways([{"side": "CHN", "value": 33.6}, {"side": "RUS", "value": 35.6}], lambda v: v > 35)["holds"].tolist()
    [False, True]
    """
    table = pd.DataFrame(rows)
    if "value" not in table or table["value"].isna().any():
        raise TradeDataError("a way of counting has no value", column="value", expected="a number for each way")
    return table.assign(holds=[bool(holds(v)) for v in table["value"]])


def by_choice(table: pd.DataFrame) -> pd.DataFrame:
    """The ways counted by each choice that varies: ``choice``, ``level``, ``ways``, ``held``, in order of appearance.

    >>> table = count_ways([{"side": "CHN", "value": 1}, {"side": "CHN", "value": -1}, {"side": "RUS", "value": 2}],
    ...                    lambda v: v > 0)
    >>> by_choice(table).values.tolist()
    [['side', 'CHN', 2, 1], ['side', 'RUS', 1, 1]]
    """
    choices = [c for c in table.columns.drop(["value", "holds"]) if len(set(table[c])) > 1]
    rows = [{"choice": choice, "level": level, "ways": len(rows), "held": int(rows["holds"].sum())}
            for choice in choices for level, rows in table.groupby(choice, sort=False)]
    return pd.DataFrame(rows, columns=["choice", "level", "ways", "held"])
