"""Trade claims, answered with data.

A small library behind a sequence of notebooks: tables with provenance, measures of trade,
forecasts as sample paths, and a ledger of claims with evidence and verdicts.
"""

from importlib import import_module

from trade_lib.errors import TradeDataError

__version__ = "0.1.0"
__all__ = ["TradeDataError", "load", "provenance", "series", "tables", "__version__"]
_HOMES = {"load": "tables", "provenance": "provenance", "series": "tables", "tables": "tables"}


def __getattr__(name):
    """The functions are imported when they are first asked for: a command line that only helps need not wait."""
    if name not in _HOMES:
        raise AttributeError(f"module 'trade_lib' has no attribute {name!r}")
    return getattr(import_module(f"trade_lib.data.{_HOMES[name]}"), name)
