"""The words of a verdict, the same for a claim of the article and for any other statement."""

SUPPORTED = "supported"
CAVEATS = "supported with caveats"
MIXED = "mixed"
CONTRADICTED = "contradicted"
NOT_TESTABLE = "not testable with these data"
VERDICTS = (SUPPORTED, CAVEATS, MIXED, CONTRADICTED, NOT_TESTABLE)
