"""Official figures from their publishers: fetched, checked on arrival, kept as vintages that nothing overwrites."""
