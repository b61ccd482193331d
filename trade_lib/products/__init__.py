"""Trade by product: what codes stand for, and how a flow is composed."""

from trade_lib.products.codes import classes, classify, stages
from trade_lib.products.composition import (
    bounds_change,
    concentration,
    revealed_advantage,
    share_bounds,
    shares,
    shift_share,
)

__all__ = ["bounds_change", "classes", "classify", "concentration", "revealed_advantage", "share_bounds", "shares",
           "shift_share", "stages"]
