"""The article's ledger: its 18 claims in our words, each with the rule that was fixed before its numbers were read."""

from importlib import import_module

import pandas as pd

from trade_lib.claims.core import Claim, Verdict
from trade_lib.errors import TradeDataError

ARTICLE = {
    "title": "New progress has been made in economic and trade cooperation",
    "publisher": "China Business News Network",
    "date": "2021-12-29",
}

CLAIMS = (
    Claim("C01", "2", "Goods trade between China and Russia in January-November 2021 was 33.6 % above a year earlier",
          "growth",
          "Supported: the publisher's own release has the stated rate within 0.1 point, and a second reading of that "
          "side which does not use the rate (yuan figures at customs' exchange rates) comes within 0.5 point. With "
          "caveats: the same, but yuan terms, constant dollars, the mirror side or the yearly rate since 2019 differ "
          "by more than 2 points. Mixed: one of the two within 1 point only. Contradicted: neither. An alternative "
          "agrees when it is within 1 point.",
          "03-russia-growth"),
    Claim("C02", "2", "China-Russia trade was expected to pass US$140 bn in the whole of 2021", "forecast",
          "Supported: at the article's origin the calibrated probability of passing 140 bn is above 0.9 on the Chinese "
          "side. With caveats: above 0.9 there, but not on the Russian side. Mixed: between 0.5 and 0.9. Contradicted: "
          "below 0.5. Now: whether the outcome passed 140 bn on both sides (supported), one (with caveats) or none.",
          "04-russia-forecast-record"),
    Claim("C03", "2", "That total makes 2021 a record year for China-Russia trade", "record",
          "Supported: the highest of all years on record on both sides, in current and in constant dollars. With "
          "caveats: in current dollars on both sides only. Mixed: on one side only. Contradicted: on neither. As of "
          "the article the months known must already exceed every earlier full year.",
          "04-russia-forecast-record"),
    Claim("C04", "1", "Trade with China's important partners grew without a break over the past year", "trend",
          "Partner-months of January to November 2021 (January and February as one) at the partners' own customs, in "
          "dollars, and China's printed year-to-date growth with its large partners. Supported: every one of both is "
          "above a year earlier, and at least 90 % of the partner-months are above two years earlier too. With "
          "caveats: at least 90 % of the partner-months and every printed figure above a year earlier. Mixed: more "
          "than half of the partner-months. Contradicted: half or fewer. Now: the same with December and what was "
          "printed later. An alternative agrees when at least 90 % of its partner-months grew.",
          "05-partners-in-2021"),
    Claim("C05", "2", "Trade with ASEAN, Africa and Russia proved resilient and lively in the pandemic", "resilience",
          "Resilient: trade of 2020 fell no deeper (or grew more) than China's trade with the others. Recovered: 2021 "
          "above 2019. Lively: growth from 2019 to 2021 above the others'. On course: where months exist, trade of "
          "March 2020 to November 2021 is no lower than the 80 % interval of a forecast made at the end of 2019. "
          "Supported: all of these for all three partners. With caveats: all three recovered and at least two "
          "resilient. Mixed: at least one recovered. Contradicted: none. Then: China's side as printed, against its "
          "trade with the world; now: what partners report, same members in all years, against all other reporters. "
          "An alternative agrees when the partner outgrew the others from 2019 to 2021.",
          "06-resilience"),
    Claim("C06", "2", "China and ASEAN announced a comprehensive strategic partnership at 30 years of dialogue",
          "event",
          "Supported: a page of the article's date or before dates the announcement, and it falls thirty years after "
          "the dated start of the dialogue. Mixed: one of the two. Contradicted: neither.",
          "14-events-and-causes"),
    Claim("C07", "2", "The eighth Forum on China-Africa Cooperation adopted the Cooperation Vision 2035", "event",
          "Supported: reported as adopted by the article's date, and the organiser's own record at hand says so. With "
          "caveats: reported as adopted by then, but the organiser's record at hand names another document only. "
          "Mixed: named at the conference, adoption not reported. Contradicted: neither.",
          "14-events-and-causes"),
    Claim("C08", "1, 5", "China helped to keep the region's industrial and supply chains stable", "stability",
          "Three counts. Level: trade-based participation of the median economy of the region (ASEAN and Korea, Japan) "
          "is in 2022 within 2 points of 2019. Peers: the region's mean yearly move of participation over 2019-2022, "
          "in points, is no larger than that of the economies outside it. Calm: the spread of yearly growth of months "
          "rose less, from 2017-2019 to 2020-2022, in Singapore's and Korea's trade with China than in theirs with the "
          "US and the EU (Europe, for Singapore), on average. With caveats: all three, the best that can be had, since "
          "that China was the cause is not identified. Mixed: one or two. Contradicted: none. As of the article the "
          "same with 2020 for 2022, and months to November 2021.",
          "08-stable-chains"),
    Claim("C09", "1, 5", "Trade with China supported the region's recovery", "contribution",
          "The points that China, the US and Europe give to the yearly growth of the exports of the region's economies "
          "with months by destination (Korea, Singapore), in dollars: 2020, and January to November 2021. With "
          "caveats, the best that accounting can give: China's points are positive in every case and the largest of "
          "the three in at least three quarters. Mixed: positive in at least half. Contradicted: in fewer. Now: whole "
          "years, and 2022 as well. An alternative agrees when China's points are positive and the largest.",
          "13-regional-recovery"),
    Claim("C10", "6", "Value-chain trade between China and its main partners grows fast", "value chain",
          "Two counts, each over the longest window and over its last five years, exports both ways between China and "
          "its main partners in the table added up: domestic value added in bilateral exports, and intermediates, grow "
          "faster than gross trade. Then, on the last bilateral tables that reached the public by the article (to "
          "2011): with caveats when both do in both windows (the best that can be had: the tables end ten years "
          "before); mixed when a count holds in some window; contradicted when neither does in any. Now, on China's "
          "exports to all partners: supported when both outgrow gross exports from 2017 to 2021 and to 2022, mixed "
          "when a count holds in some window, contradicted when none does. An alternative agrees when its measure of "
          "value-chain trade (these, value added absorbed by the partner, or trade crossing more than one border) "
          "outgrows gross trade.",
          "07-value-chains"),
    Claim("C11", "6", "The digital economy proved its advantage in the epidemic and is a new bright spot", "services",
          "In the epidemic: from 2019 to 2020 China's digitally deliverable services grew more than its goods trade, "
          "in exports and in imports, and cross-border e-commerce more than goods trade in yuan. Bright spot: the "
          "same for services from 2019 to 2022, in exports and in imports. Supported: all tests of the window hold. "
          "With caveats: most do. Mixed: some do. Contradicted: none. Then: the epidemic tests; now: all five. Other "
          "services and single partners are shown where data reach, and decide nothing.",
          "11-digital-and-services"),
    Claim("C12", "6", "Manufacturing ties with ASEAN are close and move to chains of higher value", "structure",
          "Close: intermediate goods are more than half of the trade. Higher value: machinery's share of the trade "
          "rises in both directions over the long run (1993 or 1995 on) and over the last years known (2013 on), and "
          "ASEAN economies' domestic value added in exports rises as a share. Supported: close, and all of these. "
          "With caveats: close, and the long run rises in both directions. Mixed: only one direction rises in the "
          "long run. Contradicted: neither, or not close. An alternative agrees when its share rises.",
          "09-asean-higher-value"),
    Claim("C13", "6", "Imports other than resources are encouraged from Africa, farm products above all",
          "structure",
          "Encouraged: a dated pledge by the article's date. Farm: farm imports from Africa outgrow all imports from "
          "Africa over the same years. Non-resource: the bounds of the share prove a rise (the later lower bound is "
          "above the earlier upper bound), prove a fall, or overlap. Supported: pledge, farm faster and a proven "
          "rise. With caveats: pledge, farm faster and bounds that overlap. Mixed: pledge, and either farm not "
          "faster or a proven fall. Contradicted: no pledge, or both fail.",
          "10-africa-beyond-resources"),
    Claim("C14", "6", "Digital, biomedical, green, e-commerce and services trade with Russia are promising",
          "prospects",
          "A field is covered when its size and its growth over the last five years known can be measured with "
          "Russia, and promising when it outgrew goods trade with Russia. Fewer than three of the five fields "
          "covered: not testable, and what is covered is shown. Otherwise supported: all covered fields outgrew "
          "goods and four are covered; with caveats: all of three; mixed: some; contradicted: none.",
          "12-russia-new-growth-points"),
    Claim("C15", "4", "High-level cooperation depends on the attention of political leaders", "causal",
          "Identified only by a design that separates attention from what draws it: acts of attention that are dated, "
          "unexpected and unrelated to trade's prospects, many, and with partners left untreated. Fewer than ten such "
          "acts at hand: not testable. Trade after a dated summit beside dates without one is shown and decides "
          "nothing.",
          "14-events-and-causes"),
    Claim("C16", "7", "Trade potential with developing and emerging economies is largely untapped", "potential",
          "Potential: predicted over actual goods trade (both directions) in a Poisson gravity model with exporter and "
          "importer effects trained without China's pairs, China's own effects taken from its size. A: that ratio for "
          "all emerging and developing partners; R: A over the same ratio for advanced partners, which needs no "
          "assumption on China's size; both with 95 % intervals. Supported: both intervals above 1 and A above 2 (more "
          "than half of the potential unused). With caveats: both intervals above 1. Contradicted: no interval above 1 "
          "and at least one below. Mixed: all else. Then: 2019, the last year that was out; now: 2023. An alternative "
          "agrees when its ratio is above 1.",
          "15-untapped-potential"),
    Claim("C17", "7", "Developing economies can become pivots of China's network of trading partners", "network",
          "Pivot score: the mean of five ranks among China's partners (0 to 100): share in China's trade and, in the "
          "network without China, PageRank, betweenness (cost: one over value), open two-paths brokered between "
          "China's partners on the backbone, and participation across trade communities. Pivots: the 20 highest. "
          "Level: at least 5 of them are emerging or developing. Trend: more of them than in 2000. More than size: the "
          "mean of the four network ranks of such pivots, chosen on the data of five years before, lies above the 95 % "
          "range of random networks with the same links and the same exports and imports of every country. Supported: "
          "all three. With caveats: level and trend. Mixed: one of level and trend. Contradicted: neither. Then: 2019, "
          "the last year that was out; now: 2023. An alternative agrees when the number of emerging and developing "
          "pivots rises from 2000.",
          "16-pivots"),
    Claim("C18", "3", "Protectionism is rising", "context",
          "Decided by a count of measures or the trade they cover, over time. No such table here: not testable. What "
          "trade itself shows near a known tariff dispute is shown and decides nothing.",
          "14-events-and-causes"),
)

# Where each claim is worked: module and function, imported only when asked for.
_EVALUATORS = {
    "C01": "trade_lib.claims.c01_russia_growth:growth",
    "C02": "trade_lib.claims.c02_russia_total:expectation",
    "C03": "trade_lib.claims.c02_russia_total:record",
    "C08": "trade_lib.claims.c08_chain_stability:stable_chains",
    "C10": "trade_lib.claims.c10_chain_growth:value_chains",
    "C04": "trade_lib.claims.c04_partner_growth:partners",
    "C05": "trade_lib.claims.c05_resilience:resilience",
    "C06": "trade_lib.claims.c06_events:announcement",
    "C07": "trade_lib.claims.c06_events:adoption",
    "C09": "trade_lib.claims.c09_recovery:support",
    "C11": "trade_lib.claims.c11_digital:digital",
    "C12": "trade_lib.claims.c12_asean_chains:higher_value",
    "C13": "trade_lib.claims.c13_africa:beyond_resources",
    "C14": "trade_lib.claims.c14_russia_prospects:prospects",
    "C15": "trade_lib.claims.c06_events:attention",
    "C17": "trade_lib.claims.c17_pivots:pivots",
    "C18": "trade_lib.claims.c06_events:protection",
    "C16": "trade_lib.claims.c16_potential:potential",
}


def claim(claim_id):
    """The claim of that id.

    Examples
    --------
    >>> claim("C01").kind
    'growth'
    """
    for one in CLAIMS:
        if one.id == claim_id:
            return one
    raise TradeDataError("no such claim", value=claim_id, expected=f"{CLAIMS[0].id} to {CLAIMS[-1].id}")


def evaluate(claim_id):
    """Evidence and verdict of one claim, recomputed from the shipped tables; "not evaluated" where it is not worked.

    Returns
    -------
    trade_lib.claims.Verdict

    Examples
    --------
    >>> evaluate("C18").claim.paragraph
    '3'
    """
    one = claim(claim_id)
    if claim_id not in _EVALUATORS:
        return Verdict(one)
    module, function = _EVALUATORS[claim_id].split(":")
    return getattr(import_module(module), function)(one)


def evaluate_all():
    """The verdicts of all claims, in the article's order of ids."""
    return [evaluate(one.id) for one in CLAIMS]


def rules(*ids):
    """The claims and the rules that decide them, as a frame for reading; all of them, or those named.

    Examples
    --------
    >>> len(rules()), rules("C06", "C07")["id"].tolist()
    (18, ['C06', 'C07'])
    """
    held = [claim(one) for one in ids] or CLAIMS
    return pd.DataFrame([{"id": c.id, "paragraph": c.paragraph, "kind": c.kind, "rule": c.rule} for c in held])


def scorecard(verdicts):
    """Verdicts as a frame for reading: a row a claim.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``claim``, ``then``, ``now``, ``agreement`` (share or missing), ``why``, ``notebook``.

    Examples
    --------
    >>> scorecard([evaluate("C18")])["id"].tolist()
    ['C18']
    """
    return pd.DataFrame([{"id": v.claim.id, "claim": v.claim.claim, "then": v.verdict, "now": v.verdict_now,
                          "agreement": v.agreement, "why": v.why, "notebook": v.claim.notebook} for v in verdicts])


def markdown_table(card):
    """The scorecard as a Markdown table for the README, each claim linked to its notebook.

    Examples
    --------
    >>> print(markdown_table(scorecard([evaluate("C18")])).splitlines()[0])
    | claim | then | now | agreement | why |
    """
    lines = ["| claim | then | now | agreement | why |", "|---|---|---|---|---|"]
    for row in card.itertuples():
        name = f"[{row.id}](notebooks/{row.notebook}.ipynb)" if row.notebook else row.id
        share = "" if pd.isna(row.agreement) else f"{100 * row.agreement:.0f} %"
        lines.append(f"| {name} {row.claim} | {row.then} | {row.now} | {share} | {row.why} |")
    return "\n".join(lines)
