"""Composition of trade by product: shares with what they cover, bounds, concentration, advantage, shift-share.

Values are in units of one currency, shares between 0 and 1. A share is never given without its total: what a table of
the largest products leaves out is part of the answer.
"""

import pandas as pd

from trade_lib.data import validate
from trade_lib.errors import TradeDataError

ROUNDING = 1e-4  # parts may exceed their printed total by this much of it


def shares(values: pd.Series, total: float) -> pd.Series:
    r"""Shares of parts in their total, with the part that is not covered.

    .. math:: s_i = v_i / T, \qquad s_{not covered} = 1 - \sum_i s_i

    Parameters
    ----------
    values : parts, by product or class; parts of one index are added up.
    total : the whole, which the parts need not exhaust.

    Returns
    -------
    Shares by part, and ``not covered`` last.

    Examples
    --------
    >>> shares(pd.Series({"fuels": 60.0, "farm": 10.0}), 100.0).round(2).to_dict()
    {'fuels': 0.6, 'farm': 0.1, 'not covered': 0.3}
    """
    parts = _parts(values, total)
    share = parts / float(total)
    return pd.concat([share, pd.Series({"not covered": max(0.0, 1.0 - share.sum())})])


def _parts(values, total):
    """Parts of a total, checked and added up by their label."""
    try:
        total = validate.number(total, "total", above=0)
    except TradeDataError:
        raise TradeDataError("total is missing", column="total", value=total,
                             expected="a positive total of the parts") from None
    parts = validate.numbers(values, lowest=0, unique=False).groupby(level=0, sort=False).sum()
    if parts.sum() > total * (1 + ROUNDING):
        raise TradeDataError("share above 1: the parts exceed their total", value=float(parts.sum()),
                             expected=f"at most the total, {float(total):g}")
    return parts


def share_bounds(values: pd.Series, marks: pd.Series, total: float) -> tuple[float, ...]:
    r"""Bounds on the share of goods that are NOT of a kind, when the data only partly say what is of that kind.

    .. math:: \left[ \sum_{no} v_i / T, \; 1 - \sum_{yes} v_i / T \right]

    A part marked ``part`` and what the parts do not cover may be either: they make the width.

    Parameters
    ----------
    values : parts by product code.
    marks : ``yes``, ``no`` or ``part`` by product code: is it of the kind (see `classify`)?
    total : the whole.

    Returns
    -------
    (lower, upper), as shares.

    Examples
    --------
    >>> values = pd.Series({"26": 50.0, "09": 10.0, "99": 20.0})
    >>> marks = pd.Series({"26": "yes", "09": "no", "99": "part"})
    >>> share_bounds(values, marks, 100.0)
    (0.1, 0.5)
    """
    parts = _parts(values, total)
    if not isinstance(marks, pd.Series):
        raise TradeDataError("not a series", column="marks", value=type(marks).__name__, expected="a mark by product")
    known = marks[~marks.index.duplicated()].reindex(parts.index)
    bad = known[~known.isin(["yes", "no", "part"])]
    if len(bad):
        raise TradeDataError("product without a mark", row=str(bad.index[0]), value=bad.iloc[0],
                             expected="yes, no or part")
    lower, certain = parts[known == "no"].sum() / total, parts[known == "yes"].sum() / total
    return round(float(lower), 12), round(float(max(lower, 1 - certain)), 12)


def bounds_change(before: tuple[float, ...], after: tuple[float, ...]):
    """What two intervals prove about a change: ``rise``, ``fall``, or ``overlap`` when they prove neither.

    Parameters
    ----------
    before, after : (lower, upper).

    Examples
    --------
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


def concentration(values, total=None) -> tuple[float, ...]:
    r"""Herfindahl-Hirschman index of concentration, between its bounds when the parts do not exhaust the total.

    .. math:: H = \sum_i s_i^2

    What is not covered adds nothing at least (countless small products), and at most pieces of the smallest part
    that is shown, because the parts are the largest ones.

    Returns
    -------
    (lower, upper), between 0 and 1; equal when all is covered.

    Examples
    --------
    >>> concentration(pd.Series({"fuels": 60.0, "farm": 40.0}))
    (0.52, 0.52)
    >>> concentration(pd.Series({"fuels": 60.0, "farm": 20.0}), 100.0)
    (0.4, 0.44)
    """
    total = _whole(values) if total is None else total
    share = _parts(values, total) / total
    share = share[share > 0]
    if share.empty:
        raise TradeDataError("no part above zero", value=0, expected="the largest parts of the total")
    lower, rest = float((share**2).sum()), max(0.0, 1.0 - float(share.sum()))
    return round(lower, 12), round(lower + rest * min(float(share.min()), rest), 12)


def revealed_advantage(values: pd.Series, reference: pd.Series) -> pd.Series:
    r"""Revealed comparative advantage: a product's share in one flow over its share in a reference flow.

    .. math:: RCA_i = \frac{v_i / \sum_j v_j}{r_i / \sum_j r_j}

    Source: Balassa (1965), Trade liberalisation and "revealed" comparative advantage.

    Parameters
    ----------
    values, reference : by product, the same products: for example imports from Africa, and imports from everywhere.

    Returns
    -------
    Above 1: more than the reference.

    Examples
    --------
    >>> own, world = pd.Series({"fuels": 50.0, "food": 50.0}), pd.Series({"fuels": 20.0, "food": 80.0})
    >>> revealed_advantage(own, world).round(2).to_dict()
    {'fuels': 2.5, 'food': 0.62}
    """
    own, world = _same_products(values, reference)
    if (world <= 0).any():
        raise TradeDataError("reference without the product", row=str(world.index[world <= 0][0]), value=0,
                             expected="a positive value")
    return (own / own.sum()) / (world / world.sum())


def _whole(values):
    return validate.numbers(values, lowest=0, unique=False).sum()


def _same_products(values, reference):
    own, other = (_parts(v, _whole(v)) for v in (values, reference))
    different = own.index.symmetric_difference(other.index)
    if len(different):
        raise TradeDataError("products differ", row=str(different[0]), expected="the same products on both sides")
    return own, other.reindex(own.index)


def shift_share(base: pd.Series, now: pd.Series, reference_base: pd.Series, reference_now: pd.Series) -> pd.Series:
    r"""Split a flow's growth in what all trade did, what its products did, and what it did better or worse.

    .. math:: \frac{\Delta v}{v_0} = G + \sum_i w_i (G_i - G) + \sum_i w_i (g_i - G_i)

    with :math:`w_i` the base shares of the products, :math:`G` the growth of the reference, :math:`G_i` its growth by
    product and :math:`g_i` the flow's own.

    Source: Dunn (1960), A statistical and analytical technique for regional analysis.

    Parameters
    ----------
    base, now, reference_base, reference_now : by product, the same products in all four.

    Returns
    -------
    ``growth``, ``market``, ``mix``, ``performance``, in per cent of the flow's base; the last three add up to it.

    Examples
    --------
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
