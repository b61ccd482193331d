"""Reading an article: what is taken from sentences, and what is left."""

import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trade_lib.check.read.article import parts
from trade_lib.check.read.draft import draft, written
from trade_lib.check.read.text import plain, sentences
from trade_lib.errors import TradeDataError

ROWS = list(csv.DictReader((Path(__file__).parent / "sentences.csv").open(encoding="utf-8")))
NEWS = datetime.date(2024, 1, 12)


def stated(claim):
    """A claim as the table of sentences writes it: "growth CHN RUS export 2023 46.9 pct"."""
    number = claim.get("stated", claim.get("threshold"))
    words = [
        claim["kind"],
        claim["reporter"],
        claim["partner"],
        claim["flow"],
        str(claim.get("period", claim.get("horizon"))),
    ]
    words += [f"{float(number):g}", claim["unit"]] if number is not None else []
    return " ".join(words + [f"{name}={claim[name]}" for name in ("base", "since") if name in claim])


def normal(expected):
    words = expected.split()
    return " ".join([*words[:5], *([f"{float(words[5]):g}"] if len(words) > 5 else []), *words[6:]])


def read(text, date=NEWS, reporter="CHN", **more):
    return draft(text, date, reporter, **more)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_sentences(row):
    """Nothing is read that is not stated; what the grammar does not reach is marked in the table."""
    _, claims, _ = read(row["text"], datetime.date.fromisoformat(row["date"]), row["reporter"])
    expected = [normal(one) for one in row["expected"].split("; ") if one]
    got = [stated(claim) for claim in claims]
    assert [one for one in got if one not in expected] == []
    missed = len([one for one in expected if one not in got])
    assert missed == int(row["missed"])


@pytest.mark.parametrize(("text", "currency"), [
    ("Imports cost 9 billion dollars. Exports rose 5 percent to 9 trillion yuan in 2023.", "CNY"),  # of its own sum
    ("Imports cost 9 billion dollars. Exports were 9 trillion yuan in 2023, up 5 percent.", "CNY"),
    ("Exports rose 5 percent to 9 trillion yuan in 2023, in dollar terms by 4 percent.", "CNY USD"),
    ("Exports were 9 trillion yuan (1.2 trillion dollars) in 2023, up 5 percent.", "CNY"),
])
def test_a_rate_is_in_the_currency_of_its_sum(text, currency):
    rates = [claim["currency"] for claim in read(text)[1] if claim["kind"] == "growth"]
    assert " ".join(rates) in (currency, currency.split()[0]) and rates


@pytest.mark.parametrize(("text", "reason"), [
    ("Chip exports rose 5 percent in 2023.", "of a part of trade only: Chip exports"),
    ("Guangdong's exports rose 5 percent in 2023.", "of a part of trade only: Guangdong's exports"),
    ("Exports of cars rose 5 percent in 2023.", "of a part of trade only: of cars"),
    ("Trade with Atlantis rose 5 percent in 2023.", "partner not known: Atlantis"),
    ("Retail sales rose 5 percent in 2023.", "not trade in goods: retail sales"),
    ("Exports did not exceed 3 trillion dollars in 2023.", "denied, not stated"),
    ("Exports could rise 5 percent in 2024.", "said to be possible only"),
    ("Exports are expected to rise 5 percent in 2024.", "a forecast of a rate"),
    ("Exports rose 2 to 3 percent in 2023.", "a range, not one number"),
    ("Exports rose, against a fall of 3 percent in 2022.", "the basis of a comparison"),
    ("Export growth was 2 percentage points lower in 2023.", "a difference in percentage points"),
    ("Trade with ASEAN and Russia rose 5 percent in 2023.", "one number for several partners"),
    ("Exports rose 5 percent in the first 10 days of January.", "of a part of a month, or dated by a day"),
    ("Trade reached 4.1 trillion in 2023.", "in no currency named"),
    ("Exports rose 5 percent in 2012-14.", "period not clear: 2012-14"),
])
def test_what_is_not_clear_is_listed_with_its_reason(text, reason):
    _, claims, missed = read(text)
    assert claims == []
    assert [one["reason"] for one in missed] == [reason]


def test_one_sum_in_two_currencies_is_one_statement():
    _, claims, _ = read("Trade came to 1.2 trillion yuan ($185 billion) in 2023.")
    assert [stated(claim) for claim in claims] == ["level CHN WORLD total 2023 1.2 cny_trn"]


def test_quotes_lie_on_their_numbers_and_digits_are_kept():
    text = "Exports rose\u00a08.0 percent in 2023.\n\n\u201cImports fell 2.50\u2009percent,\u201d customs said."
    article, claims, missed = read(text)
    quoted = [text[c["quote"]["start"]:c["quote"]["end"]] for c in claims]
    assert quoted == ["8.0 percent", "2.50\u2009percent"]
    assert "stated: 8.0\n" in written(article, claims, missed)
    assert "stated: -2.50\n" in written(article, claims, missed)


def test_what_comes_from_context_is_noted():
    _, claims, _ = read("China's imports from Russia rose 12.7 percent in 2023. They came to 129.14 billion dollars.")
    assert [claim["assumed"] for claim in claims] == [[], ["flow", "partner", "period"]]
    assert [claim["sure"] for claim in claims] == ["high", "low"]


def test_a_page_is_read_without_its_menus_and_scripts():
    page = """<!DOCTYPE html><html><head><title>Trade of 2023</title>
      <meta property="article:published_time" content="2024-01-12T08:00:00Z"></head><body>
      <nav><p>Imports rose 99 percent in 2023.</p></nav><script>var x = "Exports rose 77 percent in 2023.";</script>
      <p>China's exports rose 5&nbsp;percent in 2023.</p></body></html>"""
    text, day, title = parts(page)
    assert (day, title) == (NEWS, "Trade of 2023")
    assert [stated(claim) for claim in draft(text, day, "CHN")[1]] == ["growth CHN WORLD export 2023 5 pct"]


@pytest.mark.parametrize(("text", "fault"), [
    ("", "no text to read"), ("Exports rose 5 percent last month.", "the day of the article is not known"),
    ("x" * 20_000_001, "article too large")])
def test_articles_that_cannot_be_read(text, fault):
    with pytest.raises(TradeDataError, match=fault):
        parts(text)


def test_a_line_of_megabytes_is_answered():
    _, claims, missed = read("exports rose 5 percent " * 80_000)
    assert claims == []
    assert missed[0]["reason"] == "longer than a sentence"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([
    "exports", "imports", "China's", "trade", "with Russia", "rose", "fell", "8.6 percent", "to", "3.5 trillion yuan",
    "in 2023", "and", ",", ".", "a record", "from", "by", "(", ")", "last year", "the largest partner", "doubled",
    "for the tenth month", "\u202e", "\x00", "<b>", "between 2019 and 2021", "will", "5 to 6 percent", "16 %", "share",
    "of"]), max_size=25))
def test_any_order_of_words_is_read_without_a_fault(words):
    text = " ".join(words)
    _, claims, missed = read(text)
    for one in [*claims, *missed]:
        assert 0 <= one["quote"]["start"] < one["quote"]["end"] <= len(text)
    assert len(plain(text)) == len(text)
    assert all(a < b for a, b, _ in sentences(plain(text)))
