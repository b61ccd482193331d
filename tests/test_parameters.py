"""Notebooks on a claim follow their parameters: papermill puts other values in, and the answer figure says so."""

from functools import lru_cache

import matplotlib.pyplot as plt
import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from trade_lib import TradeDataError, claims

# Notebook: parameters, and a word that the answer figure then shows.
CASES = [
    ("01-article-and-scorecard", {"GROUP": "Figures"}, "3 claims"),
    ("01-article-and-scorecard", {"GROUP": "Trends"}, "4 claims"),
    ("01-article-and-scorecard", {"GROUP": "Announcements"}, "2 claims"),
    ("02-sides-and-vintages", {"PARTNER": "USA"}, "United States"),
    ("02-sides-and-vintages", {"PARTNER": "SGP"}, "Singapore"),
    ("02-sides-and-vintages", {"PARTNER": "KOR"}, "Korea"),
    ("03-russia-growth", {"PARTNER": "ASEAN"}, "ASEAN"), ("03-russia-growth", {"PARTNER": "KOR"}, "Korea"),
    ("03-russia-growth", {"PARTNER": "USA", "WINDOW": ["2021-01", "2021-12"]}, "2021-12"),
    ("04-russia-forecast-record", {"THRESHOLD": 130.0}, "More than 130 bn"),
    ("04-russia-forecast-record", {"THRESHOLD": 150.0}, "More than 150 bn"),
    ("04-russia-forecast-record", {"PARTNER": "USA", "THRESHOLD": 700.0}, "United States"),
    ("05-partners-in-2021", {"YEAR": 2015}, "of 2015"), ("05-partners-in-2021", {"YEAR": 2019}, "of 2019"),
    ("05-partners-in-2021", {"YEAR": 2022}, "of 2022"),
    ("06-resilience", {"YEARS": [2015, 2016, 2017]}, "in 2016"),
    ("06-resilience", {"PARTNERS": ["JPN"]}, "Japan fell"),
    ("06-resilience", {"YEARS": [2017, 2018, 2019]}, "in 2018"),
    ("13-regional-recovery", {"YEAR": 2016}, "In 2016"), ("13-regional-recovery", {"YEAR": 2018}, "In 2018"),
    ("13-regional-recovery", {"YEAR": 2019}, "In 2019"),
    ("07-value-chains", {"PARTNER": "JPN"}, "Japan"), ("07-value-chains", {"PARTNER": "IDN"}, "Indonesia"),
    ("07-value-chains", {"PARTNER": "EU"}, "European Union"),
    ("10-africa-beyond-resources", {"FIRST": 2012, "LAST": 2019}, "2012 to 2019"),
    ("10-africa-beyond-resources", {"FIRST": 1995, "LAST": 2005}, "1995 to 2005"),
    ("10-africa-beyond-resources", {"FIRST": 2015, "LAST": 2021}, "2015 to 2021"),
    ("12-russia-new-growth-points", {"START": 2009}, "2009-2019"), ("12-russia-new-growth-points", {"START": 2012},
                                                                     "2012-2019"),
    ("12-russia-new-growth-points", {"START": 2016}, "2016-2019"),
    ("15-untapped-potential", {"YEAR": 2023}, "2023"), ("15-untapped-potential", {"PARTNERS": 12}, "12 largest"),
    ("15-untapped-potential", {"YEAR": 2023, "PARTNERS": 20}, "20 largest"),
    ("16-pivots", {"YEAR": 2005}, "in 2005"), ("16-pivots", {"YEAR": 2013}, "in 2013"),
    ("16-pivots", {"YEAR": 2020}, "in 2020"),
    ("14-events-and-causes", {"PARTNER": "CHN"}, "imports from China"),
    ("14-events-and-causes", {"PARTNER": "VNM"}, "Vietnam"),
    ("14-events-and-causes", {"PARTNER": "KOR", "RECENT": 2}, "South Korea"),
    ("17-what-moves-a-month", {"FLOW": "export"}, "China's exports"),
    ("17-what-moves-a-month", {"FIRST": "2019-01"}, "2019-01 to"),
    ("17-what-moves-a-month", {"FIRST": "2021-01", "FLOW": "export"}, "2021-01 to"),
    ("20-from-year-to-date-prints", {"PARTNER": "RUS"}, "2021 with Russia"),
]
WRONG = [
    ("01-article-and-scorecard", {"GROUP": "Trade"}, "Trends"),
    ("24-the-article-today", {"YEAR": 2025}, "no release of 2025"),
    ("02-sides-and-vintages", {"PARTNER": "ASEAN"}, "KOR, RUS"),
    ("14-events-and-causes", {"PARTNER": "NGA"}, "VNM"), ("14-events-and-causes", {"RECENT": 5}, "too few years"),
    ("17-what-moves-a-month", {"FLOW": "transit"}, "transit"),
    *[("20-from-year-to-date-prints", {"PARTNER": partner}, "ASEAN or RUS") for partner in ("AFRICA", "KOR", "USA")],
    ("03-russia-growth", {"PARTNER": "VAT"}, "RUS or ASEAN"),
    ("04-russia-forecast-record", {"PARTNER": "VNM"}, "year-to-date"),
    ("05-partners-in-2021", {"YEAR": 2030}, "2004 to 2022"), ("08-stable-chains", {"LAST": "2024-06"}, "2023-09"),
    ("06-resilience", {"YEARS": [2003, 2004, 2005]}, "2015 to 2023"),
    ("13-regional-recovery", {"YEAR": 2024}, "month missing"),
    ("07-value-chains", {"PARTNER": "VNM"}, "VNM"), ("10-africa-beyond-resources", {"FIRST": 2000}, "2000"),
    ("15-untapped-potential", {"YEAR": 2010}, "2019 or 2023"), ("16-pivots", {"YEAR": 2021}, "2000 to 2020"),
]


@pytest.fixture(autouse=True)
def verdicts_once(monkeypatch):
    monkeypatch.setattr(claims, "evaluate", _evaluate)


_evaluate = lru_cache(claims.evaluate)


def answer(root, notebook, parameters, also=""):
    """Run a notebook with other parameters down to its answer figure, in this process; returns what it then holds.

    ``also``: a piece of the source of one more cell to run.
    """
    plain = load_notebook_node(str(root / "notebooks" / f"{notebook}.ipynb"))
    cells = [cell.source for cell in parameterize_notebook(plain, parameters).cells if cell.cell_type == "code"]
    scope = {}
    first = next(i for i, source in enumerate(cells) if "fig = " in source) + 1  # the answer figure
    for source in [*cells[:first], *[source for source in cells[first:] if also and also in source]]:
        exec(source, scope)  # noqa: S102 - the project's own notebook
    plt.close("all")
    return scope


@pytest.mark.parametrize(("notebook", "parameters", "word"), CASES)
def test_the_answer_figure_follows(root, notebook, parameters, word):
    figure = answer(root, notebook, parameters)["fig"]
    texts = " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(plt.Text))
    assert word in texts


@pytest.mark.parametrize(("notebook", "parameters", "said"), WRONG)
def test_a_value_that_cannot_be_had_is_refused_with_those_that_can(root, notebook, parameters, said):
    with pytest.raises(TradeDataError, match=said):
        answer(root, notebook, parameters)


@pytest.mark.parametrize("end", [2020, 2021, 2023])
def test_services_follow_their_last_year(root, end, capsys):
    answer(root, "11-digital-and-services", {"END": end}, "digital.leads(END)")
    assert f"2019 to {end}: China's digital exports led" in capsys.readouterr().out


@pytest.mark.parametrize("member", ["MYS", "THA", "IDN"])
def test_the_member_of_asean_follows(root, member, capsys):
    scope = answer(root, "09-asean-higher-value", {"MEMBER": member}, "chosen = indicators")
    assert f"{scope['name'](member)}: foreign value was" in capsys.readouterr().out


@pytest.mark.parametrize("last", ["2021-11", "2022-06", "2023-06"])
def test_the_months_of_trade_end_where_asked(root, last):
    scope = answer(root, "08-stable-chains", {"LAST": last})
    assert str(scope["growth"].index[-1]) == scope["since"][1] == last
