"""Notebooks on a claim follow their parameters: papermill puts other values in, and the answer figure says so."""

from functools import lru_cache

import matplotlib.pyplot as plt
import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from trade_lib import TradeDataError, claims

# Notebook: parameters, and a word that the answer figure then shows.
CASES = [
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
]
WRONG = [
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
    for source in [*cells[:3], *[source for source in cells[3:] if also and also in source]]:  # the first two: values
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
