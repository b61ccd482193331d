"""What a gravity formula and the name of its errors say: names, a few transformations and joins, and nothing else."""

import re

from trade_lib.errors import TradeDataError

NAME = r"[^\W\d]\w*"
PLAIN = ("iid", "hetero", "hc3")
_ADDED = r"(?:(?P<add>\d+\.?\d*|\.\d+)\s*\+\s*)?"
_LEFT = re.compile(rf"(?:log\(\s*{_ADDED}(?P<logged>{NAME})\s*\)|(?P<name>{NAME}))")
_SQUARE = rf"(?P<base>{NAME})\s*(?:\*\*|\^)\s*2"
_FACTOR = rf"(?:log\(\s*{_ADDED}{NAME}\s*\)|[Ci]\(\s*{NAME}\s*\)|{_SQUARE}|{NAME}|[01])"
_FACTOR = re.sub(r"\?P<\w+>", "?:", _FACTOR)
_REGRESSORS = re.compile(rf"{_FACTOR}(?:\s*(?:[+:]|\*(?!\*))\s*{_FACTOR})*(?:\s*-\s*1)?")
_EFFECTS = re.compile(rf"{NAME}(?:\s*[+^]\s*{NAME})*")
MEANING = "trade ~ regressors | effects; regressors: a, log(a), log(1 + a), a^2, C(a), a:b, a*b; effects: a, a^b"


def parse(formula):
    """Left side, regressors and fixed effects of a formula. It is text to be read, never code to be run."""
    left, _, rest = formula.partition("~")
    regressors, bar, effects = (part.strip() for part in rest.partition("|"))
    if not (_LEFT.fullmatch(left.strip()) and _REGRESSORS.fullmatch(regressors)
            and (not bar or _EFFECTS.fullmatch(effects))):
        raise TradeDataError("not a formula that can be read", value=formula, expected=MEANING)
    effects = re.findall(rf"{NAME}(?:\^{NAME})*", re.sub(r"\s", "", effects))
    return left.strip(), re.sub(_SQUARE, r"I(\g<base>**2)", regressors), effects


def clusters(vcov):
    """Columns that errors are clustered by; none for the plain kinds."""
    if vcov in PLAIN:
        return []
    kind, _, names = vcov.partition(":")
    if kind != "cluster" or not re.fullmatch(rf"{NAME}(?:\s*\+\s*{NAME})*", names.strip()):
        raise TradeDataError("unknown kind of errors", value=vcov, expected=f"{', '.join(PLAIN)} or cluster:COLUMN")
    return re.findall(NAME, names)


def left_side(left, estimator):
    """Column on the left, and what is added before its logarithm is taken (None: no logarithm)."""
    read = _LEFT.fullmatch(left)
    if read["name"]:
        return read["name"], None
    if estimator == "ppml":
        raise TradeDataError("PPML takes trade itself, not its logarithm", value=left, expected=read["logged"])
    return read["logged"], float(read["add"] or 0)


def columns_of(regressors):
    """The columns that regressors name: numbers, and those that stand as categories in C(...) or i(...)."""
    as_categories = set(re.findall(rf"\b[Ci]\(\s*({NAME})", regressors))
    return set(re.findall(rf"(?<!\w)({NAME})(?!\w*\s*\()", regressors)) - as_categories, as_categories
