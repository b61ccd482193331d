"""Growth of trade: rates, bases, contributions, and the parts due to prices, exchange rates and the reporting side."""

from trade_lib.growth.parts import deflate, exchange_rate_part, in_other_currency, price_part, price_relative
from trade_lib.growth.rates import annualised, base_effect, contributions, window_growth, window_sum, yoy, ytd
from trade_lib.growth.sides import FREIGHT, growth_interval, implied_base, mirror_gap

__all__ = ["FREIGHT", "annualised", "base_effect", "contributions", "deflate", "exchange_rate_part", "growth_interval",
           "implied_base", "in_other_currency", "mirror_gap", "price_part", "price_relative", "window_growth",
           "window_sum", "yoy", "ytd"]
