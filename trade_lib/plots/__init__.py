"""Figures: one drawing function a figure. They draw what they are given and load nothing."""

from trade_lib.plots.chains import (
    border_shares,
    chain_growth,
    foreign_content,
    participation_change,
    spread_change,
    yearly_moves,
)
from trade_lib.plots.evaluation import (
    against_outcome,
    by_group,
    decomposition,
    hindsight_others,
    hindsight_singapore,
    league,
    new_year_gain,
)
from trade_lib.plots.events import placebo, protection_kinds, tariff_trace, timeline
from trade_lib.plots.explorer import explore
from trade_lib.plots.gravity import potential_gains, potential_groups, potential_placebo, potential_ranking
from trade_lib.plots.maps import potential_map
from trade_lib.plots.network import against_random, partner_network, pivots_over_time, rising_and_falling
from trade_lib.plots.products import (
    africa_bounds,
    class_shares,
    farm_growth,
    intermediate_goods,
    machinery_shares,
    value_added_shares,
)
from trade_lib.plots.rerun import then_and_now
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
    reliability,
    rise_parts,
)
from trade_lib.plots.scorecards import checked, scorecard, verdict_groups
from trade_lib.plots.services import (
    digital_and_goods,
    nearest_rates,
    prospect_fields,
    russia_after,
    services_by_partner,
    two_sources,
)
from trade_lib.plots.vintages import mirror, revisions
from trade_lib.plots.ways import multiverse

__all__ = ["africa_bounds", "against_forecast", "against_outcome", "against_random", "border_shares", "by_group",
           "calibration", "chain_growth", "checked", "class_shares", "contributions", "decomposition",
           "digital_and_goods", "explore", "fall_and_rise", "farm_growth", "foreign_content", "growth_readings",
           "hindsight_others", "hindsight_singapore", "intermediate_goods", "league", "machinery_shares", "mirror",
           "monthly_growth", "multiverse", "nearest_rates", "new_year_gain", "participation_change",
           "partner_months", "partner_network", "pivots_over_time", "placebo", "potential_gains", "potential_groups",
           "potential_map", "potential_placebo", "potential_ranking", "printed_growth", "probability_path",
           "prospect_fields", "protection_kinds", "record_years", "recovery_lines", "recovery_points", "reliability",
           "revisions", "rise_parts", "rising_and_falling", "russia_after", "scorecard", "services_by_partner",
           "spread_change", "tariff_trace", "then_and_now", "timeline", "two_sources", "value_added_shares",
           "verdict_groups", "yearly_moves"]
