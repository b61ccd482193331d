"""Official figures from their publishers: fetched, checked on arrival, kept as vintages that nothing overwrites.

A publisher is a module that offers ``PUBLISHER``: the addresses of a question, and how an answer is read; a new one
is listed in `registry`. TRADE_LIB_STORE names another store, TRADE_LIB_SHIPPED_ONLY leaves out what was fetched,
TRADE_LIB_<NAME>_URL names a mirror. COMTRADE_KEY and CENSUS_KEY hold keys; they are sent, never stored or printed.
"""
