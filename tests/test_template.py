"""The template notebook takes a file of one's own through papermill, and ends with its answer."""

import nbformat
import papermill

CLAIMS = """article:
  title: A headline of my own
  date: 2019-03-01
claims:
  - id: M1
    text: Trade with Russia came to 107.06 billion dollars in 2018
    kind: level
    reporter: CHN
    partner: RUS
    flow: total
    period: 2018
    stated: 107.06
    unit: usd_bn
"""


def test_papermill_checks_an_article_of_ones_own(root, tmp_path):
    (tmp_path / "mine.yml").write_text(CLAIMS)
    papermill.execute_notebook(root / "notebooks" / "21-check-your-own-article.ipynb", tmp_path / "out.ipynb",
                               {"FILE": str(tmp_path / "mine.yml")}, progress_bar=False, kernel_name="python3")
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert cells[-1].outputs[0].text.startswith("1 of 1 claims held as of 2019-03-01")
    assert any("A headline of my own" in str(cell.get("outputs", "")) or "M1" in str(cell.get("outputs", ""))
               for cell in cells)
