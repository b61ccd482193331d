"""What statistical offices announced is not denied, and the same made false is not supported."""

from tests.check.announced import made_false, true_ones, verdicts

HELD = ("supported", "supported with caveats")
UNKNOWN = "not testable with these data"


def test_true_statements_are_recognised():
    done = verdicts(true_ones())
    assert [claim for claim, verdict in done if verdict not in (*HELD, UNKNOWN)] == []
    assert sum(verdict in HELD for _, verdict in done) >= 0.85 * len(done)


def test_false_statements_are_not_supported():
    false = [(day, one) for day, claim in list(true_ones())[::4] for one in made_false(claim)]
    done = verdicts(false)
    assert [claim for claim, verdict in done if verdict in HELD] == []
    assert sum(verdict == "contradicted" for _, verdict in done) >= 0.75 * len(done)
