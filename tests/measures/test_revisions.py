"""Revisions between vintages: their size on figures worked by hand, news and noise on simulated ones."""

import numpy as np
import pandas as pd
import pytest

from trade_lib.measures import revisions


def vintages(*columns):
    """Vintages of China's monthly exports to Russia: (day, values from January 2020 on)."""
    return pd.concat([pd.DataFrame({
        "source": "A", "reporter": "CHN", "partner": "RUS", "flow": "export", "item": "TOTAL", "window": "month",
        "unit": "USD", "known": day, "value": values,
        "period": pd.period_range("2020-01", periods=len(values), freq="M").astype(str)}) for day, values in columns],
        ignore_index=True)


def test_bias_and_size_by_time_since_the_first():
    compared = revisions.pairs(vintages(("2020-03-01", [100.0, 200.0]), ("2020-03-31", [110.0, 200.0]),
                                        ("2021-02-01", [100.0, 180.0])))
    table = revisions.summary(compared).set_index("horizon")
    assert table.index.tolist() == ["within a month", "7 to 12 months"]
    up, down = 100 * np.log(1.1), 100 * np.log(0.9)
    first = table.loc["within a month", ["figures", "revised", "bias", "size"]]
    assert first.tolist() == pytest.approx([2, 50, up / 2, up / 2])
    second = table.loc["7 to 12 months", ["bias", "size", "largest"]]
    assert second.tolist() == pytest.approx([down / 2, -down / 2, -down])
    assert revisions.largest(compared, 1)["period"].tolist() == ["2020-02"]


@pytest.mark.parametrize("day, horizon", [("2020-03-31", "within a month"), ("2020-04-02", "2 to 6 months"),
                                          ("2020-08-31", "2 to 6 months"), ("2020-09-02", "7 to 12 months"),
                                          ("2021-02-28", "7 to 12 months"), ("2021-03-08", "later")])
def test_horizons(day, horizon):
    assert revisions.pairs(vintages(("2020-03-01", [1.0]), (day, [2.0])))["horizon"].tolist() == [horizon]


def test_one_vintage_has_no_revisions():
    compared = revisions.pairs(vintages(("2020-03-01", [1.0, 2.0])))
    assert compared.empty and revisions.summary(compared).empty


@pytest.mark.parametrize("kind", ["news", "noise"])
def test_news_and_noise_are_told_apart(kind):
    """News: the first figure is right but for what nobody knew; noise: it is the later one measured with error."""
    answers = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        one, error = np.cumsum(rng.normal(0, 0.1, 150)), rng.normal(0, 0.03, 150)
        first, later = (one, one + error) if kind == "news" else (one + error, one)
        answers.append(revisions.news_or_noise(revisions.pairs(vintages(
            ("2020-03-01", 1e9 * np.exp(first)), ("2020-06-01", 1e9 * np.exp(later))))))
    assert answers.count(kind) >= 14 and answers.count(kind) + answers.count("undecided") >= 19


def test_too_few_figures_say_nothing():
    assert revisions.news_or_noise(revisions.pairs(vintages(("2020-03-01", [1.0] * 5), ("2020-06-01", [2.0] * 5)))) == (
        "too few")
    same = np.exp(np.arange(30.0))
    assert revisions.news_or_noise(revisions.pairs(vintages(("2020-03-01", same), ("2020-06-01", same)))) == "too few"
