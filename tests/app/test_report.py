"""Executing notebooks and writing the report, on notebooks made for the purpose."""

import functools
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from trade_lib import TradeDataError
from trade_lib.app import execute, page, report
from trade_lib.app.cli import app

FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
TABLE = "import pandas as pd\npd.DataFrame({'growth': [33.6]})"


def store(folder, name, *sources):
    path = folder / name
    cells = [new_markdown_cell(f"# Did {path.stem} grow?\n\nWith $x^2$."), *map(new_code_cell, sources)]
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    store(folder, "02-b.ipynb", "x = 6", "print(x * 7)")
    store(folder, "01-a.ipynb", FIGURE, TABLE)
    before = {path: path.read_bytes() for path in execute.find(folder)}
    done = execute.execute(before, progress=False)
    assert {path: path.read_bytes() for path in before} == before, "execution wrote to the notebooks"
    return done


def test_notebooks_come_in_order_executed_from_the_first_cell(executed):
    assert [done.path.name for done in executed] == ["01-a.ipynb", "02-b.ipynb"]
    first, second = (done.notebook for done in executed)
    assert [cell.execution_count for cell in second.cells[1:]] == [1, 2]
    assert second.cells[2].outputs[0].text == "42\n"
    assert "image/png" in first.cells[1].outputs[-1].data
    assert all(done.seconds > 0 for done in executed)


def test_the_report_lists_questions_with_answers_and_what_was_run(executed, tmp_path):
    index = report.write_report(executed, tmp_path / "deep" / "build")
    assert {"01-a.html", "02-b.html", "index.html"} <= {path.name for path in index.parent.iterdir()}
    text = index.read_text(encoding="utf-8")
    assert text.index("Did 01-a grow?") < text.index("Did 02-b grow?")
    assert 'href="01-a.html"' in text and "<p>42.</p>" in text and "pandas" in text
    assert "2 of 2 notebooks were executed in this run" in text and 'name="viewport"' in text
    held = (index.parent / "02-b.html").read_text(encoding="utf-8")
    assert held.index("The answer") < held.index("Show the code")
    first = (index.parent / "01-a.html").read_text(encoding="utf-8")
    assert "<title>Did 01-a grow?</title>" in first and "33.6" in first and "<math" in first
    assert 'src="figures/01-a-1.png"' in first and (index.parent / "figures" / "01-a-1.png").is_file()


def test_what_has_not_changed_is_read_back(tmp_path):
    path = store(tmp_path, "01.ipynb", "import time\nprint(time.time_ns())")
    run = functools.partial(execute.execute, [path], progress=False)
    (first,), (again,), (fresh,) = run(kept=tmp_path / "kept"), run(kept=tmp_path / "kept"), run()
    printed = [done.notebook.cells[1].outputs[0].text for done in (first, again, fresh)]
    assert printed[0] == printed[1] != printed[2]
    assert (first.fresh, again.fresh, fresh.fresh) == (True, False, True)
    store(tmp_path, "01.ipynb", "import time\nprint(time.time_ns())", "1")
    assert run(kept=tmp_path / "kept")[0].fresh
    assert len(list((tmp_path / "kept").iterdir())) == 1, "the earlier run's outputs stay beside the new ones"


def test_a_cell_that_prints_otherwise_than_stored_is_named(tmp_path):
    path = store(tmp_path, "01.ipynb", "print(1)", FIGURE)
    done, = execute.execute([path], progress=False)
    assert execute.differing(done) == [2, 3]
    execute.write_in_place([done])
    assert execute.differing(done) == []


def test_a_figure_keeps_its_finding_for_those_who_do_not_see_it(tmp_path):
    source = "from trade_lib.plots.style import figure\nfigure('Trade grew by a third')[0];"
    path = store(tmp_path, "01.ipynb", source)
    done, = execute.execute([path], progress=False)
    report.write_report([done], tmp_path / "build")
    assert 'alt="Trade grew by a third"' in (tmp_path / "build" / "01.html").read_text(encoding="utf-8")


def test_an_answer_box_holds_verdicts_reason_and_ways():
    record = {"id": "C1", "claim": "a < b", "verdict": "mixed", "verdict_now": "contradicted", "reason": "It fell.",
              "ways": {"held": 2, "of": 9}}
    box = page.answer_box([record], "claims/{}.html".format)
    assert all(text in box for text in ("a &lt; b", "mixed", "contradicted", "It fell.", "2 of 9", "claims/C1.html"))
    assert page.then_and_now({**record, "verdict_now": "mixed"}).count("pill ") == 1


def requested(text):
    """The addresses on other hosts that a browser would fetch to show a page."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)  # comments in styles name their authors' sites
    asks = r"(?:\bsrc=|<link[^>]*href=|url\(|@import |\bimport\(|\bfrom )"
    return re.findall(asks + r"[\s\"']*((?:https?:)?//[^\"')\s]+)", text)


def test_the_pages_request_nothing(executed, tmp_path):
    report.write_report(executed, tmp_path)
    for path in tmp_path.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert requested(text) == [], path.name
        assert not re.search(r"cdn|unpkg|<script[^>]*src=", text), path.name


def test_a_failing_cell_is_named(tmp_path):
    path = store(tmp_path, "03-c.ipynb", "x = 1", "x / 0")
    with pytest.raises(TradeDataError, match=r"03-c\.ipynb: cell 3 failed: ZeroDivisionError: division by zero"):
        execute.execute([path], progress=False)


def test_a_failing_notebook_stops_the_others(tmp_path):
    bad = store(tmp_path, "01.ipynb", "1 / 0")
    slow = store(tmp_path, "02.ipynb", "import time", "time.sleep(300)")
    with pytest.raises(TradeDataError, match=r"01\.ipynb: cell 2 failed"):
        execute.execute([bad, slow], workers=2, progress=False)


def test_a_dead_kernel_is_named(tmp_path):
    path = store(tmp_path, "01.ipynb", "import os\nos._exit(1)")
    with pytest.raises(TradeDataError, match=r"01\.ipynb: cell 2 failed: .*[Kk]ernel died"):
        execute.execute([path], progress=False)


@pytest.mark.parametrize("text", ["", "not json", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, text):
    (tmp_path / "01.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(TradeDataError, match=r"01\.ipynb: cannot be read as a notebook"):
        execute.execute(execute.find(tmp_path), progress=False)


def test_a_folder_without_notebooks_is_named(tmp_path):
    with pytest.raises(TradeDataError, match="no notebooks"):
        execute.find(tmp_path)


def test_stored_in_place_two_runs_write_the_same_bytes(tmp_path):
    path = store(tmp_path, "01.ipynb", FIGURE, "1 + 1", "print(1)\nprint(2)", "print(1)\nprint(2)")
    execute.write_in_place(execute.execute([path], progress=False))
    first = path.read_bytes()
    execute.write_in_place(execute.execute([path], progress=False))
    assert path.read_bytes() == first
    stored = nbformat.read(path, as_version=4)
    nbformat.validate(stored)
    assert stored.metadata.language_info == {"name": "python"}
    assert len({cell.id for cell in stored.cells}) == 5
    assert not any(cell.metadata for cell in stored.cells)


def test_ids_of_other_cells_stay_when_one_is_added():
    old = execute.normalise(new_notebook(cells=[new_markdown_cell("# A?"), new_code_cell("x")]))
    new = execute.normalise(new_notebook(cells=[new_markdown_cell("# A?"), new_code_cell("y"), new_code_cell("x")]))
    assert [old.cells[0].id, old.cells[1].id] == [new.cells[0].id, new.cells[2].id]


def test_the_command_writes_pages_and_fails_with_one_clear_line(tmp_path):
    store(tmp_path, "01.ipynb", "1 + 1")
    out = tmp_path / "build"
    run = CliRunner().invoke(app, ["report", str(tmp_path), "--out", str(out), "--workers", "1"])
    assert run.exit_code == 0, run.output
    assert (out / "01.html").is_file() and (out / "index.html").is_file()
    assert "unchanged" in CliRunner().invoke(app, ["report", str(tmp_path), "--out", str(out)]).output
    anew = CliRunner().invoke(app, ["report", str(tmp_path), "--out", str(out), "--fresh"])
    assert "unchanged" not in anew.output
    store(tmp_path, "02.ipynb", "raise ValueError('no such month')")
    run = CliRunner().invoke(app, ["report", str(tmp_path), "--out", str(out)])
    assert run.exit_code == 1
    assert "02.ipynb: cell 2 failed: ValueError: no such month" in run.output.replace("\n", "")
    assert "Traceback" not in run.output
