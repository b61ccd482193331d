"""A sentence of trade news, and what the words around a quantity in it say: stated or compared, of what, since when."""

from dataclasses import dataclass, field

from trade_lib.check.read import periods
from trade_lib.check.read.forms import KINDS, WORDS
from trade_lib.check.read.subjects import FLOWS, subjects

CHANGES = ("UP", "DOWN")
BASIS = "the basis of a comparison"


class Unclear(Exception):
    """Why a quantity cannot be placed."""


@dataclass
class Sentence:
    """A sentence as tokens, with its subjects, and the statements ``placed`` in it so far.

    ``modes`` says of each token whether it is the basis of a comparison, a forecast, a possibility or denied ("" if it
    is stated). Places beyond the ends have no kind and no text.
    """

    items: list
    context: object
    placed: list = field(default_factory=list)

    def __post_init__(self):
        self.subjects, self.modes = subjects(self.items), _modes(self.items)

    def kind(self, k):
        """Kind of a token."""
        return self.items[k].kind if 0 <= k < len(self.items) else ""

    def low(self, k):
        """Text of a token in small letters."""
        return self.items[k].low if 0 <= k < len(self.items) else ""

    def lows(self, start=0, stop=None):
        """Texts of tokens in small letters."""
        return [token.low for token in self.items[max(start, 0):stop]]

    def months(self, k, ahead=False):
        """The months of a period named, and what of it was not said."""
        context = self.context
        return periods.months_of(self.items[k].text, context.date, context.reporter, context.known, ahead)

    @property
    def together(self):
        """Whether several partners are taken together."""
        return bool({"together", "combined", "jointly"} & set(self.lows()))

    def goes_on(self, i):
        """Whether a sentence without a flow goes on from the last statement: "It came to 123 bn dollars"."""
        return self.context.last is not None and all(
            t.low in WORDS["pronouns"] | WORDS["passed"] or t.kind in KINDS["passed"]
            or t.kind in (*CHANGES, "FORECAST", "SHARE") for t in self.items[:i])

    def left(self, i):
        """The place of the word that says what a quantity is (-1 if none does), and the tokens passed on the way."""
        passed = []
        for j in range(i - 1, -1, -1):
            token = self.items[j]
            if token.kind not in KINDS["passed"] and token.low not in WORDS["passed"] and not token.low.endswith("ly"):
                return j, passed
            if token.low != "from" or not any(t.kind == "PERIOD" for t in passed):
                passed.append(token)
        return -1, passed

    def refuse_another(self, j, subject):
        """Refuse a verb that has another subject than the flow: an unknown word just before it."""
        for k in range(j - 1, -1, -1):
            if self.low(k) in WORDS["new clause"]:
                return
            if self.kind(k) not in KINDS["joints"] and self.low(k) not in WORDS["joints"] and \
                    not self.low(k).endswith("ly"):
                if self.kind(k) not in KINDS["told"] and not (subject and subject.covers(k)):
                    raise Unclear(f"of something else: {self.items[k].text} {self.items[j].text}")
                return

    def is_share(self, i):
        """Whether a percentage is a share: "takes 15 percent", "15 percent of exports", "its share rose to"."""
        shares = [k for k in range(i) if self.kind(k) == "SHARE" and self.low(k).endswith("share")]
        return self.kind(self.left(i)[0]) == "SHARE" or self.low(i + 1) == "of" and any(
            t.kind in FLOWS or t.low in ("total", "overall") for t in self.items[i + 2:i + 7]) or bool(
            shares and not any(t.kind in ("PERCENT", "MONEY") for t in self.items[shares[-1]:i]))

    def is_whole(self, subject):
        """Whether a flow is only what a share is of: "15 percent of China's foreign trade"."""
        k = subject.first - 1
        while self.low(k) in WORDS["before a whole"] or self.kind(k) == "AREA":
            k -= 1
        return self.low(k) == "of" and (self.kind(k - 1) == "PERCENT" or self.low(k - 1) in WORDS["fractions"])

    def interval(self):
        """The places of two periods joined as "between 2017 and 2021" or "from 2002 to 2012", or None."""
        return next(((k + 1, k + 3) for k in range(len(self.items)) if self.low(k) in ("between", "from")
                     and self.low(k + 2) in ("and", "to") and self.kind(k + 1) == self.kind(k + 3) == "PERIOD"), None)

    def base(self, i):
        """The basis of a growth rate as a field of a claim, where it is not the year before."""
        for k in range(i + 1, min(i + 9, len(self.items))):
            if self.kind(k) in ("PERCENT", *FLOWS) or self.low(k) in WORDS["ends of a basis"]:
                break
            if self.kind(k) == "MONTHLY":
                return {"base": "previous"}
            if self.kind(k) == "PERIOD" and (self.low(k - 1) in ("from", "on") or self.modes[k] == "base"):
                months = self.months(k)[0]
                return {"base": months} if months else {}
        return {}


def relation(passed):
    """Whether a number is a lower or upper limit or about right, as a field of a claim."""
    kinds = {token.kind for token in passed}
    return next(({"relation": kind.lower()} for kind in ("ABOVE", "BELOW", "ABOUT") if kind in kinds), {})


def _modes(items):
    mode, modes = "", []
    for i, token in enumerate(items):
        before, ahead = items[i - 1] if i else token, items[i + 1] if i + 1 < len(items) else token
        new = {"BASE": "base", "FORECAST": "forecast", "MAYBE": "maybe", "NOT": "denied"}.get(token.kind)
        if token.low in WORDS["clause ends"] or token.low in WORDS["phrase ends"] and (
                mode != "forecast" or ahead.kind in FLOWS or ahead.low == "while"):
            mode = ""
        if new:
            mode = "base" if new == "forecast" and mode == "base" else new
        elif mode == "base" and token.low == "to" and ahead.kind in ("MONEY", "PERCENT"):
            mode = ""
        elif token.low == "from" and ahead.kind in ("PERIOD", "PERCENT", "MONEY", "ABOUT", "BELOW", "ABOVE"):
            mode = "base"
        on_base = token.kind == "PERIOD" and (before.low in ("on", "since", "than") or before.kind == "MULTIPLE" and
                                              before.low.endswith((" of", " in")))
        modes.append("base" if on_base else mode)
        if token.kind in ("PERIOD", "PERCENT", "MONEY") and "from" in [t.low for t in items[max(i - 2, 0):i]]:
            mode = mode if mode != "base" else ""
    return modes
