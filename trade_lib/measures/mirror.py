"""Two sides of one flow, and what the rounding of printed levels and rates leaves open."""

import pandas as pd

from trade_lib.data import validate
from trade_lib.errors import TradeDataError

#: Per cent by which freight and insurance put an importer's CIF value above the exporter's FOB value, at most. The
#: IMF's Direction of Trade Statistics took 10 until 2018 and takes 6 since (Marini, Dippelsman & Stanger 2018).
FREIGHT = 10


def mirror_gap(import_side: pd.Series, export_side: pd.Series) -> pd.DataFrame:
    r"""The gap of two sides' reports of one flow, as the importer's figure over the exporter's.

    .. math:: gap = 100 \left( M^{cif}_{ij} / X^{fob}_{ij} - 1 \right)

    Freight and insurance put the importer's CIF value above the exporter's FOB value, by up to `FREIGHT` per cent as a
    rule of thumb; a gap outside 0 to `FREIGHT` points to transit through third countries, timing or under-reporting
    rather than to freight alone.

    ``import_side``, ``export_side``: the same flow as booked by the importer (CIF) and by the exporter (FOB), in one
    currency. Returns ``import_side``, ``export_side``, ``gap_pct`` and ``reading`` for the periods that both report.

    >>> mirror_gap(pd.Series({2020: 106.0}), pd.Series({2020: 100.0})).round(1).values.tolist()
    [[106.0, 100.0, 6.0, 'freight can explain it']]
    """
    import_side = validate.numbers(import_side, "import side", lowest=0)
    export_side = validate.base(export_side, "export side")
    both = pd.concat({"import_side": import_side, "export_side": export_side}, axis=1).dropna()
    if both.empty:
        raise TradeDataError("the two sides share no period", expected="at least one period that both report")
    gap = 100 * (both["import_side"] / both["export_side"] - 1)
    reading = pd.cut(gap, [-float("inf"), 0, FREIGHT, float("inf")], right=False,
                     labels=["importer books less", "freight can explain it", "more than freight"]).astype(str)
    return both.assign(gap_pct=gap, reading=reading)


def implied_base(level: float, growth_pct: float, level_step: float = 0.01, growth_step: float = 0.1) -> pd.Series:
    r"""The base that a printed level and a printed growth rate imply, with the interval that rounding allows.

    .. math:: V_0 = V_1 / (1 + g), \quad
       \frac{V_1 - \delta/2}{1 + g + \gamma/2} \le V_0 \le \frac{V_1 + \delta/2}{1 + g - \gamma/2}

    ``level``: printed level. ``growth_pct``: printed growth, per cent. ``level_step``, ``growth_step``: one unit of the
    last digit printed. Returns ``base``, ``low``, ``high`` in the level's unit.

    >>> implied_base(130.43, 33.6).round(2).tolist()
    [97.63, 97.59, 97.67]
    """
    level = validate.number(level, "level", lowest=0)
    growth_pct = validate.number(growth_pct, "growth_pct")
    if growth_pct - growth_step / 2 <= -100:
        raise TradeDataError("growth leaves no base", column="growth_pct", value=growth_pct, expected="above -100")
    low = (level - level_step / 2) / (1 + (growth_pct + growth_step / 2) / 100)
    high = (level + level_step / 2) / (1 + (growth_pct - growth_step / 2) / 100)
    return pd.Series({"base": level / (1 + growth_pct / 100), "low": low, "high": high})
