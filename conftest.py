"""Settings of every test run, of unit tests and notebooks alike."""

import os
import socket

os.environ["TRADE_LIB_SHIPPED_ONLY"] = "1"  # what the user of this machine has fetched changes no test
_connect = socket.socket.connect


def _connect_here_only(self, address):
    """No test reaches another machine."""
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "localhost", "::1"):
        raise AssertionError(f"a test asks another machine: {address[0]}")
    return _connect(self, address)


socket.socket.connect = _connect_here_only


def pytest_collection_modifyitems(items):
    """Let a busy machine be slow: nbval gives up a cell whose output lags 5 s behind, and has no option for it."""
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = 60
