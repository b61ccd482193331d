"""Gravity models of trade: estimation, the panel they take, and trade potential."""

from trade_lib.gravity.estimate import Fit, as_record, fit, read_pairs
from trade_lib.gravity.prepare import panel, sizes, unusable, with_zeros
from trade_lib.gravity.trade_potential import TERMS, added_trade, group_ratios, partner_ratios, potential, spread

__all__ = ["TERMS", "Fit", "added_trade", "as_record", "fit", "group_ratios", "panel", "partner_ratios", "potential",
           "read_pairs", "sizes", "spread", "unusable", "with_zeros"]
