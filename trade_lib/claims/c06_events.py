"""C06, C07: dated events. C15: what these data cannot decide, and the nearest thing that they show."""

import pandas as pd

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED
from trade_lib.claims.core import Evidence, Verdict
from trade_lib.claims.ledger import ARTICLE
from trade_lib.data.tables import load, series
from trade_lib.errors import TradeDataError
from trade_lib.measures.shocks import event_gap, placebo_gaps, wilson

SUMMIT, DIALOGUE = "FACT09", "FACT10"
# Dakar: the organiser's pages (the action plan; how many documents; which of them the closing report names), then the
# keynote, the press on what was adopted, what was announced, and an undated page.
PLAN, COUNTED, LISTED = "FACT02", "FACT28", "FACT29"
NAMED, REPORTED, ANNOUNCED, UNDATED = "FACT03", "FACT24", "FACT25", "FACT26"
# Dated acts of leaders' attention among the facts: the ASEAN summit, the keynote at Dakar, the roadmap with Russia.
ACTS, NEEDED = ("FACT09", "FACT03", "FACT15"), 10
SPANS = (3, 6, 12)
NEEDS = pd.DataFrame([
    ("many acts", "at least ten independent acts of attention, dated to the day",
     "a list of leaders' visits and summits by country and day"),
    ("surprise", "acts that markets did not see coming", "the first report of each act, against its date"),
    ("no common cause", "acts that did not happen because trade was growing", "visits moved by health, weather or war"),
    ("untreated partners", "partners without an act, on the same footing before it", "China's months by partner"),
], columns=["need", "meaning", "data that would meet it"])
SOURCES = {
    "facts": "Source: dated pages of the facts table (FOCAC, Xinhua, State Council and press; each with its address).",
    "placebo": "Source: Singapore's customs (S$, vintage 2025): trade with China against that with all other partners.",
}


def decide_announcement(dated, thirty_years):
    """Verdict on an announcement from whether a page in time dates it, and whether the anniversary fits.

    >>> decide_announcement(True, True), decide_announcement(True, False)
    ('supported', 'mixed')
    """
    return SUPPORTED if dated and thirty_years else MIXED if dated or thirty_years else CONTRADICTED


def decide_adoption(reported, recorded, named):
    """Verdict on an adoption: reported in time, recorded by the organiser, named at the conference.

    >>> decide_adoption(True, False, True)
    'supported with caveats'
    """
    if reported:
        return SUPPORTED if recorded else CAVEATS
    return MIXED if named else CONTRADICTED


def decide_attention(acts: int, beyond: int) -> str:
    """Verdict from how many dated acts of attention are at hand, and after how many of them trade outgrew all other
    trade by more than after nine in ten dates without one.

    >>> decide_attention(3, 3), decide_attention(10, 3), decide_attention(10, 2)
    ('not testable with these data', 'supported with caveats', 'mixed')
    """
    if acts < NEEDED:
        return NOT_TESTABLE
    limits = wilson(beyond, acts)
    return CAVEATS if limits["low"] > 0.1 else CONTRADICTED if limits["high"] < 0.1 else MIXED


def fact(fact_id):
    """One row of the facts table."""
    frame = load("official_facts").set_index("id")
    if fact_id not in frame.index:
        raise TradeDataError("no such fact", file="official_facts", value=fact_id, expected="an id such as FACT09")
    return frame.loc[fact_id]


def timeline(ids=(DIALOGUE, SUMMIT, ANNOUNCED, NAMED, PLAN, COUNTED, LISTED, REPORTED, UNDATED)):
    """Dated facts in order: ``id``, ``date``, ``fact``, ``published``, ``publisher``, ``url``."""
    frame = load("official_facts")
    frame = frame[frame["id"].isin(ids)].sort_values(["date", "id"], ignore_index=True)
    return frame[["id", "date", "fact", "published", "publisher", "url"]]


def in_time(fact_id):
    """Whether the fact's page was published by the article's date."""
    published = fact(fact_id)["published"]
    return isinstance(published, str) and published <= ARTICLE["date"]


def announcement(claim):
    """Evidence and verdict of C06."""
    summit, start = fact(SUMMIT), fact(DIALOGUE)
    years = int(summit["date"][:4]) - int(start["date"][:4])
    verdict = decide_announcement(in_time(SUMMIT), years == 30)
    evidence = [_dated("announcement", SUMMIT), _dated("start of the dialogue", DIALOGUE),
                Evidence("years between", float(years), "years", sources=(SUMMIT, DIALOGUE),
                         call="claims.c06_events.fact(...)")]
    day = pd.Timestamp(summit["date"]).strftime("%-d %B %Y")
    reason = f"Announced on {day}, {years} years after the dialogue began in {start['date']}."
    return Verdict(claim, verdict, verdict, reason, tuple(evidence))


def adoption(claim):
    """Evidence and verdict of C07."""
    recorded = any("Vision 2035" in fact(page)["fact"] for page in (PLAN, COUNTED, LISTED))
    verdict = decide_adoption(in_time(REPORTED), recorded, in_time(NAMED))
    evidence = [_dated(name, page) for name, page in (
        ("announced for adoption", ANNOUNCED), ("named in the keynote", NAMED),
        ("the action plan adopted, by the organiser's page", PLAN), ("documents counted by the organiser", COUNTED),
        ("documents named in the closing report", LISTED), ("reported as adopted by the press", REPORTED))]
    which = "among them" if recorded else "the other"
    reason = (f"China's ministry counts {fact(COUNTED)['value']} documents adopted, its news agency names "
              f"{fact(LISTED)['value']}. That the vision is {which}, only the press reports.")
    return Verdict(claim, verdict, verdict, reason, tuple(evidence))


def _dated(name, fact_id):
    row = fact(fact_id)
    return Evidence(name, row["date"], "date", sources=(fact_id,), vintage=row["published"] or "undated",
                    call=f"claims.c06_events.fact({fact_id!r})")


def summit_series():
    """Singapore's trade with China, and with all other partners, by month (S$)."""
    china, world = series("SGP", "CHN"), series("SGP", "WORLD")
    return china, (world - china).dropna()


def summit_gaps():
    """How trade of Singapore with China went after the ASEAN summit, against all dates without one.

    Returns ``months`` after the event, ``gap`` (log points: China less all others, over a year earlier), ``placebos``
    (dates), ``lo80``, ``hi80`` (of the placebo gaps) and ``share`` (placebos at least as far from zero).
    """
    china, others = summit_series()
    rows = []
    for span in SPANS:
        gaps, share = placebo_gaps(china, others, fact(SUMMIT)["date"][:7], span)
        low, high = gaps.quantile([0.1, 0.9])
        rows.append({"months": span, "gap": event_gap(china, others, fact(SUMMIT)["date"][:7], span),
                     "placebos": len(gaps), "lo80": low, "hi80": high, "share": share})
    return pd.DataFrame(rows)


def attention(claim):
    """Evidence and verdict of C15. Of the acts one only has months of trade after it, the summit with ASEAN."""
    acts = pd.DataFrame([fact(one) for one in ACTS])
    gaps = summit_gaps()
    evidence = [Evidence("dated acts of attention at hand", float(len(acts)), "count", sources=ACTS,
                         call="claims.c06_events.ACTS")]
    evidence += [Evidence(f"Singapore's trade with China less with others, {row.months} months after the summit",
                          row.gap, "log points", sources=("SG_SINGSTAT", SUMMIT), vintage="2025",
                          call="claims.c06_events.summit_gaps()") for row in gaps.itertuples()]
    reason = (f"Only {len(acts)} dated acts of attention are at hand where {NEEDED} would be needed, and leaders meet "
              "where trade already grows.")
    verdict = decide_attention(len(acts), int(gaps["gap"].iloc[-1] > gaps["hi80"].iloc[-1]))
    return Verdict(claim, verdict, verdict, reason, (evidence[0],), beside=tuple(evidence[1:]))
