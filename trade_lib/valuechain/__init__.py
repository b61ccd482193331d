"""Value chains: inter-country input-output accounting and the indicators that statistical offices publish from it."""

from trade_lib.valuechain.indicators import participation, value_added_share
from trade_lib.valuechain.kww_wwz import kww, wwz
from trade_lib.valuechain.leontief import (
    bilateral,
    exports,
    foreign_share,
    value_added_in_exports,
    value_added_in_final_demand,
    value_added_in_output,
)
from trade_lib.valuechain.source_sink import borin_mancini, world_foreign
from trade_lib.valuechain.table import Icio, aggregate, balance, icio
from trade_lib.valuechain.wiod_tables import small, wiod, wiod_years

__all__ = ["Icio", "aggregate", "balance", "bilateral", "borin_mancini", "exports", "foreign_share", "icio", "kww",
           "participation", "small", "value_added_in_exports", "value_added_in_final_demand", "value_added_in_output",
           "value_added_share", "wiod", "wiod_years", "world_foreign", "wwz"]
