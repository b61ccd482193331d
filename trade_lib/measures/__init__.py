"""Measures of trade: pure functions from series and tables to numbers."""
