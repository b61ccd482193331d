"""The statements of any article, checked against the tables."""
