"""Claims of an article, their evidence and verdicts."""

from trade_lib.claims.core import Claim, Evidence, Verdict, answer, as_record, evidence_table, trace
from trade_lib.claims.ledger import (
    ARTICLE,
    all_claims,
    by_group,
    claim,
    evaluate,
    evaluate_all,
    markdown_table,
    rule_history,
    rules,
    scorecard,
)

__all__ = ["ARTICLE", "Claim", "Evidence", "Verdict", "all_claims", "answer", "as_record", "by_group", "claim",
           "evaluate", "evaluate_all", "evidence_table", "markdown_table", "rule_history", "rules", "scorecard",
           "trace"]
