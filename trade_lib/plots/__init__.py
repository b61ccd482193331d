"""Figures: one drawing function a figure. They draw what they are given and load nothing."""

from trade_lib.plots.scorecard import scorecard

__all__ = ["scorecard"]
