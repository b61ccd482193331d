"""The one-way flow of the package's modules (DESIGN: a module imports only from its left), read off its source."""

import ast
from pathlib import Path

import pytest

# The layers, from the left. A module imports from layers to its left, and from its own layer without a circle.
# A new module is added here, in the layer of what it does; a package stands for its modules.
LAYERS = (
    ("errors",),
    ("schema", "plausible", "checks"),
    ("tables",),
    ("provenance", "partners", "printed", "verify", "claimsfile", "longfile", "kept"),
    ("growth", "newyear", "prices", "vintages", "products", "services", "valuechain", "network", "gravity",
     "resilience"),  # measures
    ("forecast",),
    ("claims",),
    ("plots",),
    ("report", "notebook_rules", "readme", "reading", "explorer", "cli", ""),  # "" is trade_lib/__init__.py
)
RANK = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}
DATA = {"schema", "plausible", "tables", "provenance", "partners", "printed", "verify"}
# Beyond the order: what a layer never imports although it lies to its left.
NEVER = {"forecast": DATA, "plots": DATA}
# A file is read or written in these only; the command line writes what it is asked to.
TOUCH_FILES = {"schema", "tables", "verify", "provenance", "report", "readme", "claimsfile", "longfile", "kept", "cli"}
FILE_CALLS = {"open", "read_csv", "read_parquet", "read_json", "read_excel", "read_text", "read_bytes", "write_text"}
# Libraries that compute, which a command line that computes nothing has no use for.
COMPUTING = {"numpy", "pandas", "scipy", "statsmodels", "statsforecast", "sklearn", "networkx", "pyfixest"}
LONGEST = 350


def modules(folder):
    """The modules of a package as {dotted name below it: path}; an __init__ goes by its package's name."""
    found = {}
    for path in sorted(Path(folder).rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(tree, name, is_package, known):
    """What a module imports, anywhere in it: (modules of the package, top-level names of other libraries)."""
    own, foreign = set(), set()

    def note(target, names=()):
        root, _, below = target.partition(".")
        if root != "trade_lib":
            foreign.add(root)
            return
        members = {".".join(filter(None, (below, n))) for n in names} & set(known)
        own.update(members)
        if not names or len(members) < len(names):
            own.add(below)

    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                note(alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = ["trade_lib", *filter(None, name.split("."))]
                package = package[: len(package) - node.level + (1 if is_package else 0)]
                base = ".".join([*package, *filter(None, [node.module])])
            note(base, [alias.name for alias in node.names])
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                note(node.args[0].value)
    return own, foreign


def violations(folder):
    """Everything in a package that goes against the flow, as lines of text."""
    known = modules(folder)
    found, graph = [], {}
    for name, path in known.items():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        top = name.split(".")[0]
        if top not in RANK:
            found.append(f"{name}: not in LAYERS of tests/test_layers.py; add it to the layer of what it does")
            continue
        own, foreign = imports(tree, name, path.name == "__init__.py", known)
        graph[name] = own - {name}
        for other in sorted(own):
            left = other.split(".")[0]
            if RANK.get(left, -1) > RANK[top]:
                found.append(f"{name} imports {other or 'trade_lib'}, which lies to its right")
            elif left in NEVER.get(top, ()):
                found.append(f"{name} imports {other}, which {top} never does")
        if top == "cli":
            found += [f"{name} imports {library}: the command line computes nothing" for library in
                      sorted(foreign & COMPUTING)]
        if top not in TOUCH_FILES:
            found += [f"{name}, line {node.lineno}: {call} touches a file" for node in ast.walk(tree)
                      if isinstance(node, ast.Call)
                      and (call := getattr(node.func, "attr", getattr(node.func, "id", ""))) in FILE_CALLS]
        lines = len(text.splitlines())
        if lines > LONGEST:
            found.append(f"{name}: {lines} lines, at most {LONGEST}")
    return found + [f"a circle of imports: {' -> '.join(circle)}" for circle in circles(graph)]


def circles(graph):
    """The first circle met from each module on, by depth-first search; each is told once."""
    done, found = set(), []

    def visit(name, trail):
        if name in trail:
            found.append([*trail[trail.index(name):], name])
        elif name not in done:
            for other in sorted(graph.get(name, ())):
                visit(other, [*trail, name])
            done.add(name)

    for name in sorted(graph):
        visit(name, [])
    return found


def test_the_package_keeps_the_flow(root):
    assert violations(root / "trade_lib") == []


def test_the_check_sees_the_package(root):
    """Guards against a check that passes because it reads nothing."""
    known = modules(root / "trade_lib")
    assert {"", "errors", "tables", "growth", "claims", "cli"} <= set(known)
    own, _ = imports(ast.parse(known["tables"].read_text(encoding="utf-8")), "tables", False, known)
    assert "errors" in own


BAD = {
    "a measure takes from the forecast": (
        {"growth.py": "from trade_lib.forecast import paths", "forecast/paths.py": ""},
        "growth imports forecast.paths"),
    "a measure takes from the claims": (
        {"growth.py": "import trade_lib.claims"}, "growth imports claims, which lies to its right"),
    "within a function": (
        {"tables.py": "def f():\n    from trade_lib import growth", "growth.py": ""}, "tables imports growth"),
    "relative": (
        {"tables.py": "from . import growth", "growth.py": ""}, "tables imports growth"),
    "relative, from a package's module": (
        {"forecast/__init__.py": "", "forecast/models.py": "from ..claims import core", "claims/core.py": ""},
        "forecast.models imports claims.core"),
    "by name": (
        {"growth.py": "from importlib import import_module\nimport_module('trade_lib.cli')"}, "growth imports cli"),
    "the forecast loads a table": (
        {"forecast/models.py": "from trade_lib.tables import load", "tables.py": ""},
        "forecast.models imports tables, which forecast never does"),
    "the forecast loads a table through the package": (
        {"forecast/models.py": "from trade_lib import load"}, "forecast.models imports trade_lib"),
    "a plot loads a table": (
        {"plots/russia.py": "from trade_lib.tables import load", "tables.py": ""},
        "plots.russia imports tables, which plots never does"),
    "a plot reads a file": (
        {"plots/russia.py": "import pandas as pd\npd.read_csv('x.csv')"},
        "plots.russia, line 2: read_csv touches a file"),
    "the command line computes": (
        {"cli/data.py": "import numpy.linalg"}, "cli.data imports numpy: the command line computes nothing"),
    "a circle in one layer": (
        {"growth.py": "from trade_lib import newyear", "newyear.py": "from trade_lib.growth import yoy"},
        "a circle of imports: growth -> newyear -> growth"),
    "a circle within a package": (
        {"claims/core.py": "from trade_lib.claims import ledger", "claims/ledger.py": "import trade_lib.claims.core"},
        "a circle of imports: claims.core -> claims.ledger -> claims.core"),
    "an unknown module": ({"astrology.py": ""}, "astrology: not in LAYERS of tests/test_layers.py"),
    "a long module": ({"growth.py": "x = 1\n" * (LONGEST + 1)}, f"growth: {LONGEST + 1} lines"),
}


@pytest.mark.parametrize("files, expected", BAD.values(), ids=BAD)
def test_a_violation_is_found(tmp_path, files, expected):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = violations(tmp_path)
    assert any(expected in line for line in found), found


def test_imports_to_the_left_pass(tmp_path):
    (tmp_path / "errors.py").write_text("", encoding="utf-8")
    (tmp_path / "growth.py").write_text("from trade_lib.errors import TradeDataError\nimport pandas", encoding="utf-8")
    (tmp_path / "newyear.py").write_text("from trade_lib.growth import yoy", encoding="utf-8")
    assert violations(tmp_path) == []
