"""What every notebook of the project keeps to. A rule takes a notebook and returns its faults, as lines of text."""

import ast
import re
from base64 import b64decode

from trade_lib.plots.drawn import stamped

# Code that reads as an argument, not as a program: lines of a code cell, blank ones not counted.
MEDIAN_LINES, NINETIETH_LINES, LONGEST_CELL = 3, 10, 20
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_DEFINITIONS = {ast.FunctionDef: "def", ast.AsyncFunctionDef: "def", ast.ClassDef: "class"}
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_READERS = re.compile(r"(open|Path|read_\w+|to_(csv|parquet|json|excel|pickle)|savefig|genfromtxt|loadtxt)$")
_FILE = re.compile(
    r"^(~|\.{1,2}|[A-Za-z]:)?[/\\]\w|^(data|notebooks|tests|build|benchmarks|trade_lib)[/\\]"
    r"|\.(csv|parquet|json|ipynb|png|xlsx|txt|zip)$"
)
_MACHINE = re.compile(
    r"(?<![\w/])/(home|root|Users|tmp|work|usr|opt|var|private)/\w|\b[A-Z]:\\\w|site-packages|ipykernel_\d"
)
_RANDOM = re.compile(r"\b0x[0-9a-f]{6,}\b|\bT_[0-9a-f]{5}(?=_|\b)")  # addresses; the ids that pandas draws for a Styler
_UNIT = r"(%|per ?cent\b|percentage points?\b|bn\b|billions?\b|trn\b|trillions?\b|mn\b|millions?\b)"
_LEVEL = r"(?!\s*-?(prediction |confidence |forecast )?(interval|band|level|coverage))"
_QUANTITY = re.compile(r"(?<![\w.])\d[\d.,\u202f\u00a0 ]*\s?" + _UNIT + _LEVEL)
_UNCHECKED = re.compile(r"nbval.(skip|ignore.output|raises.exception)|pytest_validate_ignore_output", re.IGNORECASE)


def executed_in_order(notebook):
    """Code cells that were not executed from the first to the last in one go: counts must be 1, 2, ... n.

    Parameters
    ----------
    notebook : dict
        A notebook in format 4, as of all rules here.

    Returns
    -------
    list of str

    Examples
    --------
    >>> executed_in_order({"cells": [{"cell_type": "code", "source": "1 + 1", "execution_count": None}]})
    ['cell 1: not executed']
    """
    faults = []
    for expected, (number, cell) in enumerate(_code(notebook), 1):
        count = cell.get("execution_count")
        if count is None:
            faults.append(f"cell {number}: not executed")
        elif count != expected:
            faults.append(f"cell {number}: execution count {count}, expected {expected}")
    return faults


def no_empty_cells(notebook):
    """Cells without text."""
    return [f"cell {number}: empty" for number, cell in _cells(notebook) if not _source(cell).strip()]


def no_errors_stored(notebook):
    """Outputs that are an error, or text on the error stream (a warning is one)."""
    faults = []
    for number, output in _outputs(notebook):
        if output["output_type"] == "error":
            faults.append(f"cell {number}: stored error {output.get('ename')}: {output.get('evalue')}")
        if output["output_type"] == "stream" and output.get("name") == "stderr":
            faults.append(f"cell {number}: text on stderr: {_join(output['text']).strip()[:80]!r}")
    return faults


def nothing_exempt(notebook):
    """Code cells marked, in a comment or a tag, to be left out of the comparison with stored outputs."""
    faults = []
    for number, cell in _code(notebook):
        marks = "\n".join([*re.findall(r"#.*", _source(cell)), *cell.get("metadata", {}).get("tags", [])])
        found = _UNCHECKED.search(marks) or re.search(r"raises-exception", marks)
        if found:
            faults.append(f"cell {number}: {found.group()} keeps its output from being compared")
    return faults


def no_closing_semicolons(notebook):
    """Code cells that end with `;`: IPython looks for it in its history, which the comparison of outputs does not keep.

    The cell then shows one output more than was stored. Give the result a name instead, or let it be shown.
    """
    return [f"cell {number}: ends with ';'" for number, cell in _code(notebook) if _source(cell).rstrip().endswith(";")]


def plain_python(notebook):
    """Code cells that do not parse as Python: magics, shell lines, syntax errors."""
    faults = []
    for number, cell in _code(notebook):
        try:
            ast.parse(_source(cell))
        except SyntaxError as error:
            faults.append(f"cell {number}: not plain Python, line {error.lineno}")
    return faults


def defines_nothing(notebook):
    """Functions, classes, and lambdas given a name: they belong in the library."""
    faults = []
    for number, node in _nodes(notebook):
        if type(node) in _DEFINITIONS:
            faults.append(f"cell {number}: {_DEFINITIONS[type(node)]} {node.name}")
        value = getattr(node, "value", None)
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and isinstance(value, ast.Lambda):
            faults.append(f"cell {number}: a lambda is given a name")
    return faults


def no_loops(notebook):
    """Loops, and comprehensions that are loops in disguise: two `for`, or more than one line."""
    faults = []
    for number, node in _nodes(notebook):
        if isinstance(node, _LOOPS):
            faults.append(f"cell {number}: a loop, line {node.lineno}")
        if isinstance(node, _COMPREHENSIONS) and (len(node.generators) > 1 or node.lineno != node.end_lineno):
            faults.append(f"cell {number}: a long comprehension, line {node.lineno}")
    return faults


def no_file_paths(notebook):
    """File names in strings, and calls that open, read or write files: the library's loader knows where data are."""
    faults = []
    for number, node in _nodes(notebook):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _FILE.search(node.value):
            faults.append(f"cell {number}: a file path {node.value!r}")
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if _READERS.match(name):
                faults.append(f"cell {number}: {name}() reaches for a file")
    return faults


def short_cells(notebook):
    """Code cells too long: median over 3 lines, 90th percentile over 10, or one over 20."""
    lines = {number: sum(bool(line.strip()) for line in _source(cell).splitlines()) for number, cell in _code(notebook)}
    faults = [f"cell {number}: {n} lines, at most {LONGEST_CELL}" for number, n in lines.items() if n > LONGEST_CELL]
    if lines:
        ordered = sorted(lines.values())
        median, ninetieth = ordered[(len(ordered) - 1) // 2], ordered[-(-9 * len(ordered) // 10) - 1]
        if median > MEDIAN_LINES:
            faults.append(f"median of {median} lines a code cell, at most {MEDIAN_LINES}")
        if ninetieth > NINETIETH_LINES:
            faults.append(f"90th percentile of {ninetieth} lines a code cell, at most {NINETIETH_LINES}")
    return faults


def explained(notebook):
    """More code cells than text cells."""
    text, code = sum(c["cell_type"] == "markdown" for _, c in _cells(notebook)), len(_code(notebook))
    return [f"{text} text cells for {code} code cells"] if text < code else []


def no_machine_in_it(notebook):
    """Outputs that another machine or run prints otherwise: paths of a machine, addresses in memory, random ids."""
    faults = []
    for number, text in _texts(notebook):
        for found in (_MACHINE.search(text), _RANDOM.search(text)):
            if found:
                faults.append(f"cell {number}: output names {text[max(0, found.start() - 10):found.end() + 20]!r}")
    return faults


def figures_are_png(notebook):
    """Figures in a format that is compared byte by byte (SVG), or that needs a script of another host (HTML, JS)."""
    wrong = ("image/svg+xml", "application/javascript", "application/pdf")
    return [f"cell {number}: output of type {kind}"
            for number, output in _outputs(notebook) for kind in wrong if kind in output.get("data", {})]


def pictures_are_what_was_drawn(notebook):
    """Pictures that do not carry the text stored beside them, which says what was drawn and is compared in every run.

    A picture exchanged for another, drawn over or stored without its text is found so on every machine, whatever its
    fonts make of the pixels.
    """
    pictures = [(number, output["data"]) for number, output in _outputs(notebook)
                if "image/png" in output.get("data", {})]
    return [f"cell {number}: the picture is not the one that the text beside it speaks of" for number, data in pictures
            if f", {stamped(b64decode(_join(data['image/png'])))}>" not in _join(data.get("text/plain", ""))]


def opens_with_a_question(notebook):
    """A first cell that is not a title (`# ...`) with a question in the title or the text below it."""
    first = notebook["cells"][0] if notebook["cells"] else {"cell_type": "", "source": ""}
    text = _source(first)
    if first["cell_type"] != "markdown" or not text.startswith("# "):
        return ["cell 1: not a title"]
    return [] if "?" in text else ["cell 1: no question"]


def no_numbers_typed(notebook):
    """Percentages and amounts of money typed into text cells, which then drift from what the code computes.

    The article's own numbers may stand in headings, in block quotes (`> ...`) and in quotation marks; the level of an
    interval ("80 % interval") may stand anywhere.
    """
    faults = []
    for number, cell in _cells(notebook):
        if cell["cell_type"] != "markdown":
            continue
        for line in _source(cell).splitlines():
            if line.lstrip().startswith((">", "#")):
                continue
            found = _QUANTITY.search(re.sub(r"`[^`]*`|\"[^\"]*\"|\u201c[^\u201d]*\u201d|\]\([^)]*\)", "", line))
            if found:
                faults.append(f"cell {number}: a number typed into the text: {found.group().strip()!r}")
    return faults


RULES = (
    executed_in_order, nothing_exempt, no_empty_cells, no_errors_stored, no_closing_semicolons, plain_python,
    defines_nothing, no_loops, no_file_paths, short_cells, explained, no_machine_in_it, figures_are_png,
    pictures_are_what_was_drawn, opens_with_a_question, no_numbers_typed,
)


def faults(notebook):
    """The faults that all rules find in a notebook, in the rules' order.

    Parameters
    ----------
    notebook : dict
        A notebook in format 4.

    Returns
    -------
    list of str
        Each begins with the rule's name; empty when the notebook keeps to all of them.

    Examples
    --------
    >>> faults({"cells": [{"cell_type": "markdown", "source": "# Trade"}]})
    ['opens_with_a_question: cell 1: no question']
    """
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(notebook)]


def _cells(notebook):
    return list(enumerate(notebook["cells"], 1))


def _code(notebook):
    return [(number, cell) for number, cell in _cells(notebook) if cell["cell_type"] == "code"]


def _outputs(notebook):
    return [(number, output) for number, cell in _code(notebook) for output in cell.get("outputs", [])]


def _texts(notebook):
    for number, output in _outputs(notebook):
        if "text" in output:
            yield number, _join(output["text"])
        for kind, value in output.get("data", {}).items():
            if not kind.startswith("image/"):
                yield number, _join(value) if isinstance(value, (str, list)) else str(value)


def _nodes(notebook):
    for number, cell in _code(notebook):
        try:
            tree = ast.parse(_source(cell))
        except SyntaxError:  # plain_python says so
            continue
        for node in ast.walk(tree):
            yield number, node


def _source(cell):
    return _join(cell["source"])


def _join(text):
    return text if isinstance(text, str) else "".join(text)
