"""Claims of an article, their evidence and verdicts."""

from trade_lib.claims.core import Claim, Evidence, Verdict, as_record, evidence_table, trace
from trade_lib.claims.ledger import ARTICLE, CLAIMS, claim, evaluate, evaluate_all, markdown_table, rules, scorecard

__all__ = ["ARTICLE", "CLAIMS", "Claim", "Evidence", "Verdict", "as_record", "claim", "evaluate", "evaluate_all",
           "evidence_table", "markdown_table", "rules", "scorecard", "trace"]
