"""Trade claims, answered with data.

A small library behind a sequence of notebooks: tables with provenance, measures of trade,
forecasts as sample paths, and a ledger of claims with evidence and verdicts.
"""

from trade_lib.data.provenance import provenance
from trade_lib.data.tables import load, series, tables
from trade_lib.errors import TradeDataError

__version__ = "0.1.0"
__all__ = ["TradeDataError", "load", "provenance", "series", "tables", "__version__"]
