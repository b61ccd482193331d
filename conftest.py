"""Settings of every test run, of unit tests and notebooks alike."""

import os

os.environ["TRADE_LIB_SHIPPED_ONLY"] = "1"  # what the user of this machine has fetched changes no test


def pytest_collection_modifyitems(items):
    """Let a busy machine be slow: nbval gives up a cell whose output lags 5 s behind, and has no option for it."""
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = 60
