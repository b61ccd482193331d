"""Composition of trade by product: bounds, advantage, shift-share. Values in one currency, shares between 0 and 1."""

import pandas as pd

from trade_lib.data import validate
from trade_lib.errors import TradeDataError


def bounds_change(before: tuple[float, ...], after: tuple[float, ...]):
    """What two intervals prove about a change: ``rise``, ``fall``, or ``overlap`` when they prove neither.

    ``before``, ``after``: (lower, upper).

    >>> bounds_change((0.1, 0.2), (0.3, 0.4)), bounds_change((0.1, 0.5), (0.3, 0.4))
    ('rise', 'overlap')
    """
    for bounds in (before, after):
        try:
            low, high = (float(bound) for bound in bounds)
            good = 0 <= low <= high <= 1
        except (TypeError, ValueError):
            good = False
        if not good:
            raise TradeDataError("not bounds of a share", value=bounds, expected="0 <= lower <= upper <= 1")
    return "rise" if after[0] > before[1] else "fall" if after[1] < before[0] else "overlap"


def revealed_advantage(values: pd.Series, reference: pd.Series) -> pd.Series:
    r"""Revealed comparative advantage: a product's share in one flow over its share in a reference flow.

    .. math:: RCA_i = \frac{v_i / \sum_j v_j}{r_i / \sum_j r_j}

    Source: Balassa (1965), Trade liberalisation and "revealed" comparative advantage.

    ``values``, ``reference``: by product, the same products: for example imports from Africa, and imports from
    everywhere. Above 1: more than the reference.

    >>> own, world = pd.Series({"fuels": 50.0, "food": 50.0}), pd.Series({"fuels": 20.0, "food": 80.0})
    >>> revealed_advantage(own, world).round(2).to_dict()
    {'fuels': 2.5, 'food': 0.62}
    """
    own, world = _same_products(values, reference)
    if (world <= 0).any():
        raise TradeDataError("reference without the product", row=str(world.index[world <= 0][0]), value=0,
                             expected="a positive value")
    return (own / own.sum()) / (world / world.sum())


def _same_products(values, reference):
    """Both by product, repeated labels added up; an error where they do not hold the same products."""
    own, other = (validate.numbers(v, lowest=0, unique=False).groupby(level=0, sort=False).sum()
                  for v in (values, reference))
    different = own.index.symmetric_difference(other.index)
    if len(different):
        raise TradeDataError("products differ", row=str(different[0]), expected="the same products on both sides")
    for parts in (own, other):
        validate.number(parts.sum(), "total", above=0)
    return own, other.reindex(own.index)


def shift_share(base: pd.Series, now: pd.Series, reference_base: pd.Series, reference_now: pd.Series) -> pd.Series:
    r"""Split a flow's growth in what all trade did, what its products did, and what it did better or worse.

    .. math:: \frac{\Delta v}{v_0} = G + \sum_i w_i (G_i - G) + \sum_i w_i (g_i - G_i)

    with :math:`w_i` the base shares of the products, :math:`G` the growth of the reference, :math:`G_i` its growth by
    product and :math:`g_i` the flow's own.

    Source: Dunn (1960), A statistical and analytical technique for regional analysis.

    ``base``, ``now``, ``reference_base``, ``reference_now``: by product, the same products in all four. Returns
    ``growth``, ``market``, ``mix``, ``performance``, in per cent of the flow's base; the last three add up to it.

    >>> own = pd.Series({"fuels": 50.0, "food": 50.0})
    >>> shift_share(own, own * 1.5, own, own * 1.2).round(1).to_dict()
    {'growth': 50.0, 'market': 20.0, 'mix': 0.0, 'performance': 30.0}
    """
    own_0, own_1 = _same_products(base, now)
    world_0, world_1 = _same_products(reference_base, reference_now)
    own_0, world_0 = _same_products(own_0, world_0)
    if (world_0 <= 0).any():
        raise TradeDataError("reference without the product", row=str(world_0.index[world_0 <= 0][0]), value=0,
                             expected="a positive value")
    weight, product = own_0 / own_0.sum(), world_1.reindex(own_0.index) / world_0 - 1
    market = world_1.sum() / world_0.sum() - 1
    growth = own_1.sum() / own_0.sum() - 1
    mix = float((weight * (product - market)).sum())
    performance = float((own_1 - own_0 * (1 + product)).sum() / own_0.sum())
    return pd.Series({"growth": 100 * growth, "market": 100 * market, "mix": 100 * mix,
                      "performance": 100 * performance})
