"""The picture of a checked article: it says what the verdicts say, and all text stays on the canvas."""

from trade_lib import plots
from trade_lib.check import answer as check


def test_the_headline_counts_what_held(readable):
    article, checked = check.check_file("trade-in-2023")
    answers = check.overview(checked)
    held = sum(one.verdict.startswith("supported") for one in checked)
    assert readable(plots.checked(answers, article["title"], article["date"])).startswith(f"{held} of {len(checked)}")


def test_long_claims_and_odd_signs_stay_on_the_canvas(readable):
    article, checked = check.check_file("article-2021-12-29")
    answers = check.overview(checked).assign(claim="$a very long claim$ " * 30, why="; because " * 60)
    readable(plots.checked(answers, "a title " * 20, article["date"]))
