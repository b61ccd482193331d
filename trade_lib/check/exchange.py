"""Answers for others to use: ClaimReview (schema.org), a csv table, and sentences to paste."""

import csv
import io

from trade_lib.check.verdicts import CAVEATS, CONTRADICTED, MIXED, NOT_TESTABLE, SUPPORTED

RATING = {SUPPORTED: 5, CAVEATS: 4, MIXED: 3, CONTRADICTED: 1}  # of 1 to 5; what cannot be tested has none
HEDGE = {SUPPORTED: "agrees with", CAVEATS: "roughly agrees with",
         MIXED: "agrees with some figures only; the nearest is", CONTRADICTED: "does not agree with",
         NOT_TESTABLE: "cannot be tested with the figures at hand; the nearest is"}
COLUMNS = ("id", "text", "verdict", "verdict_now", "stated", "difference", "explanation", "missing")
SOURCE = ("value", "unit", "publisher", "source", "side", "vintage", "public", "url")


def claim_reviews(article: dict, records: list[dict], today: str, author: str = "trade-lib") -> dict:
    """The answers as one JSON-LD graph of ClaimReview objects, one a claim."""
    seen = {"@type": "NewsArticle", "headline": article["title"], "datePublished": article["date"]}
    seen |= {"url": article["url"]} if article.get("url") else {}
    return {"@context": "https://schema.org", "@graph": [{
        "@type": "ClaimReview", "claimReviewed": one["text"], "datePublished": today,
        "author": {"@type": "Organization", "name": author},
        "itemReviewed": {"@type": "Claim", "datePublished": article["date"], "appearance": seen},
        "reviewRating": {"@type": "Rating", "alternateName": one["verdict"]} | (
            {"ratingValue": RATING[one["verdict"]], "bestRating": 5, "worstRating": 1}
            if one["verdict"] in RATING else {}),
        "reviewBody": one["explanation"],
        "citation": [source["url"] for source in one["sources"] if source.get("url")]} for one in records]}


def table(records: list[dict]) -> str:
    """The answers as csv, a row a claim, with the first figure behind each.

    Texts that a spreadsheet would take for a formula begin with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *SOURCE])
    for one in records:
        first = one["sources"][0] if one["sources"] else {}
        cells = [*(one.get(name) for name in COLUMNS), *(first.get(name) for name in SOURCE)]
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
                         for cell in cells])
    return out.getvalue()


def sentences(article: dict, records: list[dict]) -> list[str]:
    """A sentence a claim to paste: what was said, what the nearest figure is, whose it is and from when."""
    lines = [f"{article['title']} ({article['date']}), checked against official figures:"]
    for one in records:
        said = f"“{one['text'].rstrip('.')}”"
        if not one["sources"]:
            lines.append(f"- {said} cannot be tested with the figures at hand.")
            continue
        first = one["sources"][0]
        now = "" if one["verdict_now"] == one["verdict"] else f" As known now: {one['verdict_now']}."
        day = f", public {first['public']}" if first.get("public") else f", {first['vintage']}"
        lines.append(f"- {said} {HEDGE[one['verdict']]} {first['value']:,.4g} {first['unit']} "
                     f"({first['publisher']}{day}).{now}{' ' + first['url'] if first.get('url') else ''}")
    return lines
