"""Figures: one drawing function a figure. They draw what they are given and load nothing."""

from trade_lib.plots.chains import (
    border_shares,
    chain_gaps,
    export_growth,
    foreign_content,
    participation_change,
    spread_change,
    yearly_moves,
)
from trade_lib.plots.events import placebo, tariff_trace, timeline
from trade_lib.plots.gravity import potential_gains, potential_groups, potential_placebo, potential_ranking
from trade_lib.plots.multiverse import multiverse
from trade_lib.plots.network import against_random, partner_network, pivots_over_time, rising_and_falling
from trade_lib.plots.resilience import (
    against_forecast,
    fall_and_rise,
    partner_months,
    printed_growth,
    recovery_lines,
    recovery_points,
)
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

__all__ = ["against_forecast", "against_random", "border_shares", "calibration", "chain_gaps", "contributions",
           "export_growth", "fall_and_rise", "foreign_content", "growth_readings", "mirror", "monthly_growth",
           "multiverse", "participation_change", "partner_months", "partner_network", "pivots_over_time", "placebo",
           "potential_gains", "potential_groups", "potential_placebo", "potential_ranking", "printed_growth",
           "probability_path", "record_years", "recovery_lines", "recovery_points", "revisions", "rise_parts",
           "rising_and_falling", "scorecard", "spread_change", "tariff_trace", "timeline", "yearly_moves"]
