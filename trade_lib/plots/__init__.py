"""Figures: one drawing function a figure. They draw what they are given and load nothing."""

from trade_lib.plots.russia import (
    calibration,
    contributions,
    growth_readings,
    monthly_growth,
    probability_path,
    record_years,
    rise_parts,
)
from trade_lib.plots.scorecard import scorecard
from trade_lib.plots.vintages import mirror, revisions

__all__ = ["calibration", "contributions", "growth_readings", "mirror", "monthly_growth", "probability_path",
           "record_years", "revisions", "rise_parts", "scorecard"]
