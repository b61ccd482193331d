"""The whole way of an article: from its text to answers, a marked page, and forms of exchange."""

import csv
import io
import re
from html.parser import HTMLParser

import jsonschema
import pytest
from typer.testing import CliRunner

from trade_lib.app.cli import app
from trade_lib.check import answer, articles, exchange, statement

TEXT = """China's trade in 2023

BEIJING, Jan. 12, 2024 - China's exports to Russia rose 46.9 percent in 2023 <script>alert(1)</script>, while imports
from Russia grew 31 percent\u202e, customs said. Trade with Russia came to $240.1 billion. Chip exports fell 10 percent.
"""
REVIEW = {  # what schema.org and its readers ask of a ClaimReview
    "type": "object", "required": ["@type", "claimReviewed", "datePublished", "author", "itemReviewed", "reviewRating"],
    "properties": {
        "@type": {"const": "ClaimReview"}, "claimReviewed": {"type": "string", "minLength": 1},
        "datePublished": {"type": "string", "format": "date"},
        "author": {"type": "object", "required": ["@type", "name"]},
        "itemReviewed": {"type": "object", "required": ["@type", "appearance"],
                         "properties": {"@type": {"const": "Claim"}}},
        "reviewRating": {
            "type": "object", "required": ["@type", "alternateName"],
            "properties": {"ratingValue": {"type": "integer", "minimum": 1, "maximum": 5}},
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]}},
        "citation": {"type": "array", "items": {"type": "string", "format": "uri", "pattern": "^https?://"}}}}
GRAPH = {"type": "object", "required": ["@context", "@graph"], "properties": {
    "@context": {"const": "https://schema.org"}, "@graph": {"type": "array", "minItems": 1, "items": REVIEW}}}


@pytest.fixture(scope="module")
def whole():
    """The reading, the article and the records of the text."""
    reading = articles.read(TEXT, reporter="CHN", url="https://example.org/trade")
    article, checked = articles.check(reading)
    return reading, article, [answer.as_record(one) for one in checked]


def test_the_altered_number_is_found_and_the_true_one_holds(whole):
    verdicts = {one["text"]: one["verdict"] for one in whole[2]}
    assert verdicts["China's exports to Russia rose 46.9 percent (2023)"] == "supported"
    assert verdicts["imports from Russia grew 31 percent (2023)"] == "contradicted"
    assert [one["reason"] for one in whole[0].missed] == ["of a part of trade only: Chip exports"]


def test_claim_reviews_are_in_the_form_of_schema_org(whole):
    _, article, records = whole
    graph = exchange.claim_reviews(article, records, "2026-01-02")
    jsonschema.validate(graph, GRAPH, format_checker=jsonschema.FormatChecker())
    ratings = {one["reviewRating"]["alternateName"]: one["reviewRating"].get("ratingValue") for one in graph["@graph"]}
    assert ratings["contradicted"] == 1
    assert graph["@graph"][0]["itemReviewed"]["appearance"]["url"] == "https://example.org/trade"


def test_what_cannot_be_tested_has_no_rating(whole):
    record = {**whole[2][0], "verdict": "not testable with these data", "sources": []}
    review = exchange.claim_reviews(whole[1], [record], "2026-01-02")["@graph"][0]
    assert "ratingValue" not in review["reviewRating"]
    assert "cannot be tested" in exchange.sentences(whole[1], [record])[1]


def test_the_table_starts_no_formula(whole):
    record = {**whole[2][0], "text": "=HYPERLINK(1)"}
    rows = list(csv.DictReader(io.StringIO(exchange.table([record, whole[2][1]]))))
    assert rows[0]["text"] == "'=HYPERLINK(1)"
    assert float(rows[1]["stated"]) == 31


def test_a_sentence_a_claim_with_its_source_and_day(whole):
    sentences = exchange.sentences(whole[1], whole[2])
    assert len(sentences) == len(whole[2]) + 1
    said = r"31 percent.*does not agree with 13 pct \(China's customs, public 2024-01-12\)"
    assert re.search(said, " ".join(sentences))


class _Page(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.opens, self.ids, self.addresses = set(), set(), set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.add(tag)
        self.opens |= {given["popovertarget"]} if "popovertarget" in given else set()
        self.ids |= {given["id"]} if "id" in given else set()
        self.addresses |= {given[name] for name in ("src", "href") if name in given and tag != "a"}


def test_the_marked_page_opens_every_answer_and_runs_nothing(whole):
    reading, _, records = whole
    page = _Page(articles.page(reading, records))
    assert page.opens == page.ids == {one["id"] for one in records}
    assert not page.tags & {"script", "iframe", "img", "object", "form"}
    assert page.addresses == {"data:,"}
    text = articles.page(reading, records)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "\u202e" not in text
    assert "default-src 'none'" in text


def test_an_article_of_one_sentence_is_its_own_title_and_is_marked_all_the_same():
    reading = articles.read("Exports to Russia rose 46.9 percent in 2023.", "2024-01-12", "CHN")
    page = articles.page(reading, [answer.as_record(one) for one in articles.check(reading)[1]])
    assert _Page(page).opens == {"S01"} and "1 statement checked" in page


def test_the_command_reads_checks_and_writes(tmp_path):
    source, page, graph = tmp_path / "article.txt", tmp_path / "page.html", tmp_path / "reviews.jsonld"
    source.write_text(TEXT, encoding="utf-8")
    call = ["check", str(source), "--reporter", "CHN", "--html", str(page), "--claimreview", str(graph), "--brief"]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == 0, result.output
    assert "does not agree" in result.output
    assert "popover" in page.read_text() and "ClaimReview" in graph.read_text()


def test_a_currency_without_rates_is_answered():
    article, checked = articles.check(articles.read("Nigeria's imports from China rose to N7.1 trillion in 2021.",
                                                    "2022-02-10", "NGA"))
    assert [(one.claim.unit, one.verdict) for one in checked] == [("ngn_trn", "not testable with these data")]


def test_the_shipped_text_gives_the_quantitative_claims_of_the_article():
    reading = articles.read(articles.text_of("article-2021-12-29.txt"), reporter="CHN")
    _, shipped, _ = statement.read("article-2021-12-29")
    fields = ("kind", "reporter", "partner", "flow", "start", "end", "number", "unit")
    _, ours, _ = statement.parse(reading.claims_file)
    assert [[getattr(one, name) for name in fields] for one in ours] == \
        [[getattr(one, name) for name in fields] for one in shipped]


def test_a_draft_is_a_claims_file(tmp_path):
    source, claims = tmp_path / "article.md", tmp_path / "claims.yml"
    source.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["read", str(source), "--output", str(claims)])
    assert result.exit_code == 0, result.output
    assert "# Seen in the text and not placed:" in claims.read_text()
    result = CliRunner().invoke(app, ["check", str(claims), "--json"])
    assert result.exit_code == 0, result.output
    assert '"verdict": "contradicted"' in result.output


def test_a_currency_that_was_assumed_denies_nothing_that_holds_in_dollars():
    text = "China's trade came to 41.76 trillion yuan in 2023. Exports to Russia rose {} percent in 2023."
    for rate, verdict in (("46.9", "supported"), ("31.9", "contradicted")):
        _, checked = articles.check(articles.read(text.format(rate), "2024-01-12", "CHN"))
        assert checked[1].claim.assumed == ("currency",) and checked[1].verdict == verdict
