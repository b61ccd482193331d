"""The rules that decide a claim of any article, in one place.

They were fixed before the shipped examples were run. Later trials on other articles changed five: the partner's books
alone had contradicted true numbers of the reporter (they are apart by more than a third in a quarter of cases), values
converted or summed up here were held to the digits of printed ones, a balance was measured by its own size and not by
that of the two flows it is made of, a record's stated number was not looked at, and a record still to come was denied.
No shipped example's verdict moved.

Tolerance: half a unit of the last digit stated and half a unit of the last digit of the printing it is held against.
"The reporter's books" are the figures that the reporter prints or reports, in the currency of the claim; "other books"
are its partner's, both reconciled, and the same trade in the other currency (yuan for dollars, dollars for yuan).
"""

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED

# How far off still counts as near (else contradicted), and how far off other books count as another answer. Growth and
# shares in points; levels as a part of what is stated.
NEAR = {"growth": 1.0, "share": 1.0, "level": 0.01}
APART = {"growth": 2.0, "share": 2.0, "level": 0.05}
# How far the partner's books may be off before they deny what the reporter's, not at hand, are said to show: upper
# quartile of the gap between China's books and its 30 main partners', 2015-2020 (34 % of total trade, 7 to 10 points).
MIRROR = {"growth": 10.0, "share": 10.0, "level": 0.35}
FEWEST_YEARS = 5  # a record of fewer years is none
SURE, EVEN = 0.9, 0.5
RULES = {
    "growth": "Supported: a rate of the reporter's books is within the tolerance. With caveats: so it is, but other "
              "books differ by more than 2 points; or only other books are at hand and one is within 1 point. Mixed: "
              "the nearest rate is within 1 point (or twice the tolerance, if that is more; 2 points where it was "
              "converted from another currency or summed over members), or within 2 and other books within 1; or only "
              "other books are at hand and within 10. Contradicted: none is.",
    "level": "As growth, with 5 % of what is stated for 2 points, 1 % for 1 and 35 % for 10 (of both flows together "
             "for a balance). 'Above' or 'below' holds where a level of the reporter's books passes it; with caveats "
             "where other books do not; mixed where only other books do; contradicted where none does.",
    "share": "As growth, the share being the partner's part of the reporter's trade with the world in the same table.",
    "rank": "Among countries; a group among groups that publish as one (ASEAN, EU) and countries outside them. "
            "Supported: all books give the rank. With caveats: some do, the others are off by one. Mixed: one is "
            "off by one at most. Contradicted: none is.",
    "record": "The highest of the same windows in all years on record, five at least and the year before among them. "
              "Supported: on both sides, in current and in constant dollars. With caveats: in current dollars on both "
              "sides only; or on the only side at hand (trade with the world has but one). Mixed: on one side of two. "
              "Contradicted: on none. A window still running: the months known must already pass every earlier window, "
              "else it is not testable yet. A number stated with it is held as a level, and the weaker of the two "
              "verdicts counts.",
    "forecast": "Supported: from the last month known the probability of passing the threshold is above 0.9 on the "
                "reporter's books and on its partner's. With caveats: above 0.9 on the reporter's, not on the "
                "partner's; or one side only is at hand. Mixed: 0.5 to 0.9. Contradicted: below. Now: the outcome "
                "passed on both sides (supported), on one of them or on the only one at hand (with caveats), on none "
                "(contradicted).",
}


def decide_number(kind, stated, tolerance, own, other, relation="equal", scale=None, derived=False):
    """Verdict on a stated growth rate, level or share.

    Parameters
    ----------
    kind : {"growth", "level", "share"}
    stated, tolerance : float
    own, other : list of float
        Readings of the reporter's books in the claim's currency; all other readings.
    relation : {"equal", "above", "below"}
    scale : float, optional
        What parts of a level are counted from; by default what is stated.
    derived : bool
        Whether the nearest reading was converted from another currency or summed over members.

    Examples
    --------
    >>> decide_number("growth", 33.6, 0.1, [33.6], [24.0, 35.6])
    'supported with caveats'
    >>> decide_number("level", 140, 0.5, [146.9], [141.6], "above")
    'supported'
    >>> decide_number("level", 576, 0.5, [], [542, 504])
    'mixed'
    """
    if not own and not other:
        return NOT_TESTABLE
    if relation != "equal":
        sign = 1 if relation == "above" else -1
        mine, others = ([sign * (v - stated) > 0 for v in values] for values in (own, other))
        if own and any(mine):
            return SUPPORTED if all(mine) and all(others) else CAVEATS
        return (MIXED if own else CAVEATS) if any(others) else CONTRADICTED
    scale = (scale or abs(stated)) if kind == "level" else 1.0
    near, apart, mirror = (max(part[kind] * scale, 2 * tolerance) for part in (NEAR, APART, MIRROR))
    closest = min(abs(v - stated) for v in own or other)
    if not own:
        return CAVEATS if closest <= near else MIXED if closest <= mirror else CONTRADICTED
    if closest <= tolerance + 1e-9:
        return CAVEATS if any(abs(v - stated) > apart for v in (*own, *other)) else SUPPORTED
    seconded = closest <= apart and any(abs(v - stated) <= near for v in other)
    return MIXED if seconded or closest <= (apart if derived else near) else CONTRADICTED


def weaker(record, level):
    """The weaker of two verdicts; a level that cannot be tested does not weaken a record.

    Examples
    --------
    >>> weaker("supported", "contradicted"), weaker("supported", "not testable with these data")
    ('contradicted', 'supported')
    """
    order = (SUPPORTED, CAVEATS, MIXED, CONTRADICTED)
    return max(record, level, key=order.index) if record in order and level in order else record


def decide_rank(stated, ranks):
    """Verdict on a stated rank from the ranks that the books give.

    Examples
    --------
    >>> decide_rank(1, [1, 1]), decide_rank(1, [1, 2]), decide_rank(1, [3])
    ('supported', 'supported with caveats', 'contradicted')
    """
    off = [abs(rank - stated) for rank in ranks]
    if not off:
        return NOT_TESTABLE
    if max(off) == 0:
        return SUPPORTED
    if min(off) == 0:
        return CAVEATS if max(off) <= 1 else MIXED
    return MIXED if min(off) == 1 else CONTRADICTED


def decide_record(nominal, real, sides=2):
    """Verdict on a record from whether each side's window tops all earlier ones, in current and constant dollars.

    ``sides`` is how many sides such trade has: one with the world, else two.

    Examples
    --------
    >>> decide_record([True, True], [True, False]), decide_record([True], [True])
    ('supported with caveats', 'supported with caveats')
    """
    if not nominal:
        return NOT_TESTABLE
    if all(nominal):
        return SUPPORTED if len(nominal) >= sides and all(real) else CAVEATS
    return MIXED if any(nominal) else CONTRADICTED


def decide_forecast(own, other):
    """Verdict on an expectation from the probability of passing the threshold on each side (None: not at hand).

    Examples
    --------
    >>> decide_forecast(0.99, 0.82), decide_forecast(None, 0.95), decide_forecast(0.3, None)
    ('supported with caveats', 'supported with caveats', 'contradicted')
    """
    first = own if own is not None else other
    if first is None:
        return NOT_TESTABLE
    if first > SURE:
        return SUPPORTED if own is not None and other is not None and other > SURE else CAVEATS
    return MIXED if first >= EVEN else CONTRADICTED


def decide_outcome(passed):
    """Verdict on an expectation once the outcome is known: whether it passed on each side at hand.

    Examples
    --------
    >>> decide_outcome([True, True]), decide_outcome([True]), decide_outcome([False, False])
    ('supported', 'supported with caveats', 'contradicted')
    """
    if not passed:
        return NOT_TESTABLE
    return SUPPORTED if all(passed) and len(passed) > 1 else CAVEATS if any(passed) else CONTRADICTED


def answer(verdict, now, readings, difference, explanation, missing=""):
    """What the check of one claim gives back, whatever its kind."""
    return {"verdict": verdict, "verdict_now": now, "readings": readings, "difference": difference,
            "explanation": explanation, "missing": missing}
