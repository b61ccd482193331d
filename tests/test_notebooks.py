"""The project's notebooks keep the rules; the rules and the comparison of outputs find what they are there to find."""

import base64
import io
import subprocess
import sys
from pathlib import Path

import nbformat
import notebook_rules
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_rules import RULES, faults

from trade_lib.app import execute

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))


def code(source, count=1, outputs=(), **extra):
    return new_code_cell(source, execution_count=count, outputs=list(outputs), **extra)


def notebook(*cells):
    """A notebook that opens well, with a text cell for each of the cells given."""
    opening = [new_markdown_cell("# Trade\n\nDid it grow?")]
    return new_notebook(cells=opening + [c for cell in cells for c in (cell, new_markdown_cell("So it did."))])


def test_the_project_has_its_notebooks():
    assert len(NOTEBOOKS) >= 4, "notebooks/ holds fewer than the four that the project began with"
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{n:02}" for n in range(1, len(NOTEBOOKS) + 1)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_rules(path):
    found = faults(nbformat.read(path, as_version=4))
    assert not found, f"{path.name}:\n" + "\n".join(found)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_as_make_notebooks_stores_it(path):
    stored = nbformat.read(path, as_version=4)
    nbformat.validate(stored)
    assert execute.normalise(stored) == stored, f"{path.name}: run make notebooks"


def picture(text, drawn=None, flip=False, stamp=True):
    """The output of a figure of a height: what its text says, and what its picture shows (the same by default)."""
    from matplotlib.figure import Figure

    from trade_lib.plots.drawn import DrawnFigure

    said, shown, buffer = DrawnFigure(), DrawnFigure() if stamp else Figure(), io.BytesIO()
    said.subplots().plot([0, text])
    shown.subplots().plot([0, drawn or text])
    shown.savefig(buffer, format="png")
    png = bytearray(buffer.getvalue())
    png[len(png) // 2] ^= flip
    return new_output("display_data", {"image/png": base64.b64encode(png).decode(), "text/plain": repr(said)})


GOOD = notebook(
    code("import trade_lib as t\n\nflows = t.load('flows')", 1),
    code("shares = [round(x, 1) for x in (0.2, 0.5)]\nshares", 2, [new_output("execute_result", {"text/plain": "[]"})]),
    code("print('CNY/USD, 1.5 %')", 3, [new_output("stream", text="CNY/USD, 1.5 %\n"), picture(1)]),
)

BAD = [
    ("executed_in_order", notebook(code("1", None)), "cell 2: not executed"),
    ("executed_in_order", notebook(code("1", 1), code("2", 3)), "cell 4: execution count 3, expected 2"),
    ("executed_in_order", notebook(code("1", 2), code("2", 1)), "cell 2: execution count 2, expected 1"),
    ("nothing_exempt", notebook(code("# NBVAL_IGNORE_OUTPUT\n1")), "NBVAL_IGNORE_OUTPUT"),
    ("nothing_exempt", notebook(code("1", metadata={"tags": ["nbval-skip"]})), "nbval-skip"),
    ("nothing_exempt", notebook(code("1", metadata={"tags": ["raises-exception"]})), "raises-exception"),
    ("no_empty_cells", notebook(code(" \n")), "cell 2: empty"),
    ("no_errors_stored", notebook(code("1 / 0", 1, [new_output("error", ename="ZeroDivisionError", evalue="no")])),
     "cell 2: stored error ZeroDivisionError"),
    ("no_errors_stored", notebook(code("1", 1, [new_output("stream", name="stderr", text="a warning")])),
     "cell 2: text on stderr: 'a warning'"),
    ("no_closing_semicolons", notebook(code("plot(x);\n")), "cell 2: ends with ';'"),
    ("plain_python", notebook(code("%matplotlib inline")), "cell 2: not plain Python, line 1"),
    ("plain_python", notebook(code("!ls")), "cell 2: not plain Python"),
    ("defines_nothing", notebook(code("def f():\n    return 1")), "cell 2: def f"),
    ("defines_nothing", notebook(code("class A:\n    pass")), "cell 2: class A"),
    ("defines_nothing", notebook(code("f = lambda x: x")), "cell 2: a lambda"),
    ("no_loops", notebook(code("for i in range(3):\n    print(i)")), "cell 2: a loop, line 1"),
    ("no_loops", notebook(code("while False:\n    pass")), "cell 2: a loop"),
    ("no_loops", notebook(code("[x for y in z for x in y]")), "cell 2: a long comprehension"),
    ("no_loops", notebook(code("[x\n for x in y]")), "cell 2: a long comprehension"),
    ("no_file_paths", notebook(code("load('../data/flows.csv')")), "cell 2: a file path '../data/flows.csv'"),
    ("no_file_paths", notebook(code("load('data/tables')")), "cell 2: a file path"),
    ("no_file_paths", notebook(code("pd.read_csv(name)")), "cell 2: read_csv() reaches for a file"),
    ("no_file_paths", notebook(code("figure.savefig(name)")), "cell 2: savefig() reaches for a file"),
    ("short_cells", notebook(code("x = 1\n" * 21)), "cell 2: 21 lines, at most 20"),
    ("short_cells", notebook(code("x = 1\n" * 4)), "median of 4 lines"),
    ("short_cells", notebook(code("x = 1"), code("y = 1"), code("x = 1\n" * 11)), "90th percentile of 11 lines"),
    ("explained", new_notebook(cells=[new_markdown_cell("# Why?"), code("1"), code("2", 2)]), "1 text cells for 2"),
    ("no_machine_in_it", notebook(code("1", 1, [new_output("stream", text="in /home/jane/trade")])), "/home/jane"),
    ("no_machine_in_it", notebook(code("1", 1, [new_output("execute_result", {"text/plain": "<Axes at 0x7f3a9c10>"})])),
     "0x7f3a9c10"),
    ("no_machine_in_it", notebook(code("1", 1, [new_output("execute_result", {"text/html": '<p id="T_5e072_row0">'})])),
     "T_5e072"),
    ("figures_are_png", notebook(code("1", 1, [new_output("display_data", {"image/svg+xml": "<svg/>"})])),
     "cell 2: output of type image/svg+xml"),
    ("pictures_are_what_was_drawn", notebook(code("1", 1, [picture(1, 2)])), "cell 2: the picture"),
    ("pictures_are_what_was_drawn", notebook(code("1", 1, [picture(1, flip=True)])), "cell 2: the picture"),
    ("pictures_are_what_was_drawn", notebook(code("1", 1, [picture(1, stamp=False)])), "cell 2: the picture"),
    ("opens_with_a_question", new_notebook(cells=[new_markdown_cell("Trade?")]), "cell 1: not a title"),
    ("opens_with_a_question", new_notebook(cells=[new_markdown_cell("# Trade\n\nIt grew.")]), "cell 1: no question"),
    ("opens_with_a_question", new_notebook(cells=[]), "cell 1: not a title"),
    ("no_numbers_typed", new_notebook(cells=[new_markdown_cell("# Why?\n\nIt grew by 33.6 %.")]), "'33.6 %'"),
    ("no_numbers_typed", new_notebook(cells=[new_markdown_cell("# Why?\n\nTo 140 bn US$.")]), "'140 bn'"),
    ("no_numbers_typed", new_notebook(cells=[new_markdown_cell("# Why?\n\nUp 2 percentage points.")]), "'2 percentage"),
]


def test_a_good_notebook_has_no_faults():
    assert faults(GOOD) == []


@pytest.mark.parametrize("rule, bad, expected", BAD, ids=[f"{rule}-{n}" for n, (rule, *_) in enumerate(BAD)])
def test_a_rule_finds_its_fault(rule, bad, expected):
    found = getattr(notebook_rules, rule)(bad)
    assert any(expected in fault for fault in found), found


def test_every_rule_is_seen_to_fail():
    assert {rule.__name__ for rule in RULES} == {rule for rule, *_ in BAD}


@pytest.mark.parametrize("text", [
    "# Did trade grow 33.6 %?", "# Why?\n\n> It grew by 33.6 %.", '# Why?\n\nThe article says "33.6 %".',
    "# Why?\n\nThe 80 % interval is drawn.", "# Why?\n\nIn 2021, of 11 months.", "# Why?\n\nSee `share(33.6 %)`.",
])
def test_numbers_that_may_be_typed(text):
    assert notebook_rules.no_numbers_typed(new_notebook(cells=[new_markdown_cell(text)])) == []


def validate(folder, root, cells):
    """Run nbval, strict as make test has it, on a notebook of the cells given: (exit code, what it said)."""
    path = folder / "one.ipynb"
    nbformat.write(execute.normalise(new_notebook(cells=cells)), path)
    command = [
        sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "--color=no", "--rootdir", folder,
        "-c", root / "pyproject.toml", path, "--nbval", "--nbval-current-env",
        "--nbval-sanitize-with", root / "notebooks" / "sanitize.cfg",
    ]
    run = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def test_a_true_output_passes_and_an_edited_one_fails(tmp_path, root):
    true = code("print(6 * 7, '2021-11-30')", 1, [new_output("stream", text="42 2021-11-30\n")])
    number = code("print(6 * 7, '2021-11-30')", 2, [new_output("stream", text="43 2021-11-30\n")])
    date = code("print(6 * 7, '2021-11-30')", 3, [new_output("stream", text="42 2021-12-30\n")])
    result = code("{'growth': 33.6}", 4, [new_output("execute_result", {"text/plain": "{'growth': 33.7}"})])
    missing = code("print('said')", 5)
    status, said = validate(tmp_path, root, [true, number, date, result, missing])
    assert status == 1 and "4 failed, 1 passed" in said, said
    assert "43 2021-11-30" in said and "33.7" in said
