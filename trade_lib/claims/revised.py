"""Which verdicts change with the vintage of the figures: of an article's claims, or of the ledger."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd

from trade_lib.data.fetched import pinned, where

SHIPPED = "shipped"


def verdict_changes(article=None, before=SHIPPED, after=None, store=None):
    """Verdicts on the figures of two vintages, side by side.

    Each vintage is read in a process of its own, since tables once read are remembered.

    ``article``: a claims file or the name of a shipped example; the ledger when left out. ``before``, ``after``:
    ``shipped``, a day (what was public then), or None: the newest. ``store``: the store's folder. Returns ``id``,
    ``claim``, ``before``, ``after``, ``changed``.
    """
    folder = str(where(store))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        first, second = pool.map(_verdicts, [article] * 2, [before, after], [folder] * 2)
    frame = pd.DataFrame([{"id": key, "claim": text, "before": verdict, "after": second[key][1]}
                          for key, (text, verdict) in first.items()])
    return frame.assign(changed=frame["before"] != frame["after"])


def _verdicts(article, vintage, folder):
    """{id: (claim, verdict as known now)} on one vintage."""
    from trade_lib.check.answer import check_file
    from trade_lib.claims.ledger import evaluate_all

    day = None if vintage == SHIPPED else vintage
    with pinned(as_of=day, shipped_only=vintage == SHIPPED, store=folder):
        if article is None:
            return {one.claim.id: (one.claim.claim, one.verdict_now) for one in evaluate_all()}
        return {one.claim.id: (one.claim.text, one.verdict_now) for one in check_file(article)[1]}
