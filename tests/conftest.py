"""Fixtures that several test modules share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root():
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent
