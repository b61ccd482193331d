"""What a gravity formula and the name of its errors say."""

import re

from trade_lib.errors import TradeDataError

NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?![\w.]*\s*\()")
PLAIN = ("iid", "hetero", "hc3")
LOG = re.compile(r"(?:np\.)?log\(\s*(?:(?P<add>[\d.]+)\s*\+\s*)?(?P<name>[A-Za-z_]\w*)\s*\)$")


def parse(formula):
    """Left side, regressors and fixed effects of a formula."""
    left, tilde, rest = formula.partition("~")
    if not tilde or not left.strip() or not rest.strip() or rest.count("|") > 1:
        raise TradeDataError("not a formula", value=formula, expected="trade ~ regressors | effects")
    regressors, _, effects = rest.partition("|")
    return left.strip(), regressors.strip(), [e.replace(" ", "") for e in effects.split("+") if e.strip()]


def clusters(vcov):
    """Columns that errors are clustered by; none for the plain kinds."""
    if vcov in PLAIN:
        return []
    kind, _, names = vcov.partition(":")
    if kind != "cluster" or not names:
        raise TradeDataError("unknown kind of errors", value=vcov, expected=f"{', '.join(PLAIN)} or cluster:COLUMN")
    return [name.strip() for name in names.split("+")]


def left_side(left, estimator):
    """Column on the left, and what is added before its logarithm is taken (None: no logarithm)."""
    logged = LOG.match(left)
    if logged and estimator == "ppml":
        raise TradeDataError("PPML takes trade itself, not its logarithm", value=left, expected=logged["name"])
    if logged:
        return logged["name"], float(logged["add"] or 0)
    if not NAME.fullmatch(left):
        raise TradeDataError("left side is neither a column nor its logarithm", value=left,
                             expected="trade, log(trade) or log(1 + trade)")
    return left, None


def categories(regressors):
    """Columns that stand as categories, in C(...) or i(...): they may hold text."""
    return set(re.findall(r"\b[Ci]\(\s*([A-Za-z_]\w*)", regressors))
