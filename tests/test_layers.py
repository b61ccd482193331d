"""The one-way flow of the package's modules (DESIGN: a module imports only from its left), read off its source."""

import ast
from pathlib import Path

import pytest

# The floors of the house, from the left: the way of the data. A module imports from floors to its left, and from its
# own without a circle. "" is trade_lib/__init__.py.
# Sources and data are one floor: what is fetched needs the areas, the tables need what was fetched.
LAYERS = (("errors",), ("sources", "data"), ("measures", "gravity", "network", "valuechain"), ("forecast",),
          ("claims", "check"), ("plots",), ("app", ""))
RANK = {package: rank for rank, layer in enumerate(LAYERS) for package in layer}
# Beyond the order: what a package never imports although it lies to its left.
NEVER = {"forecast": {"data.tables", "data.provenance", "data.areas", "data.releases", "data.verify", ""},
         "plots": {"data", "sources", ""}}
# A file is opened or written in these only: data.files for all, and those that take a file's bytes as they are.
TOUCH_FILES = {"data.files", "data.grids", "data.verify", "forecast.cache", "sources.registry", "sources.sdmx_csv",
               "sources.store", "check.read.words", "app.state", "app.execute"}
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


def within(name, places):
    """Whether a module is one of the places or lies in one."""
    return any(name == place or (place and name.startswith(f"{place}.")) for place in places)


def violations(folder):
    """Everything in a package that goes against the flow, as lines of text."""
    known = modules(folder)
    found, graph = [], {}
    for name, path in known.items():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        top = name.split(".")[0]
        if top not in RANK:
            found.append(f"{name}: not in LAYERS of tests/test_layers.py; put it into the package of what it does")
            continue
        if "." not in name and path.name != "__init__.py" and name != "errors":
            found.append(f"{name}: lies loose at the top; put it into the package of what it does")
        own, foreign = imports(tree, name, path.name == "__init__.py", known)
        graph[name] = own - {name}
        for other in sorted(own):
            left = other.split(".")[0]
            if RANK.get(left, -1) > RANK[top]:
                found.append(f"{name} imports {other or 'trade_lib'}, which lies to its right")
            elif within(other, NEVER.get(top, ())):
                found.append(f"{name} imports {other or 'trade_lib'}, which {top} never does")
        if within(name, {"app.cli"}):
            found += [f"{name} imports {library}: the command line computes nothing" for library in
                      sorted(foreign & COMPUTING)]
        if not within(name, TOUCH_FILES):
            found += [f"{name}, line {node.lineno}: {call} touches a file" for node in ast.walk(tree)
                      if isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "id", "") != "files"
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
    assert {"", "errors", "data.tables", "measures.growth", "claims", "app.cli"} <= set(known)
    own, _ = imports(ast.parse(known["data.tables"].read_text(encoding="utf-8")), "data.tables", False, known)
    assert "errors" in own


def test_no_module_is_hidden_by_a_function_of_its_name(root):
    hidden = [f"{name}.{alias.asname or alias.name}" for name, path in modules(root / "trade_lib").items()
              if path.name == "__init__.py" for node in ast.parse(path.read_text(encoding="utf-8")).body
              if isinstance(node, ast.ImportFrom) for alias in node.names
              if (path.parent / f"{alias.asname or alias.name}.py").exists() and node.module != f"trade_lib.{name}"]
    assert hidden == []


YOY = {"measures/__init__.py": "", "measures/growth.py": ""}
BAD = {
    "a measure takes from the forecast": (
        {"measures/growth.py": "from trade_lib.forecast import paths", "forecast/paths.py": ""},
        "measures.growth imports forecast.paths"),
    "a measure takes from the claims": (
        {"measures/growth.py": "import trade_lib.claims"},
        "measures.growth imports claims, which lies to its right"),
    "within a function": (
        {"data/tables.py": "def f():\n    from trade_lib.measures import growth", **YOY},
        "data.tables imports measures.growth"),
    "relative, from a package's module": (
        {"forecast/__init__.py": "", "forecast/models.py": "from ..claims import core", "claims/core.py": ""},
        "forecast.models imports claims.core"),
    "by name": (
        {"measures/growth.py": "from importlib import import_module\nimport_module('trade_lib.app.cli')"},
        "measures.growth imports app.cli"),
    "the forecast loads a table": (
        {"forecast/models.py": "from trade_lib.data.tables import load", "data/tables.py": ""},
        "forecast.models imports data.tables, which forecast never does"),
    "the forecast loads a table through the package": (
        {"forecast/models.py": "from trade_lib import load"}, "forecast.models imports trade_lib"),
    "a plot loads a table": (
        {"plots/russia.py": "from trade_lib.data.tables import load", "data/tables.py": ""},
        "plots.russia imports data.tables, which plots never does"),
    "a plot reads a file": (
        {"plots/russia.py": "import pandas as pd\npd.read_csv('x.csv')"},
        "plots.russia, line 2: read_csv touches a file"),
    "the command line computes": (
        {"app/cli/data.py": "import numpy.linalg"}, "app.cli.data imports numpy: the command line computes nothing"),
    "a circle in one layer": (
        {"measures/growth.py": "from trade_lib.measures import newyear",
         "measures/newyear.py": "from trade_lib.measures.growth import yoy"},
        "a circle of imports: measures.growth -> measures.newyear -> measures.growth"),
    "a circle within a package": (
        {"claims/core.py": "from trade_lib.claims import ledger", "claims/ledger.py": "import trade_lib.claims.core"},
        "a circle of imports: claims.core -> claims.ledger -> claims.core"),
    "an unknown package": ({"astrology/__init__.py": ""}, "astrology: not in LAYERS of tests/test_layers.py"),
    "a loose module": ({"growth.py": ""}, "growth: not in LAYERS"),
    "a module in the place of a package": ({"data.py": ""}, "data: lies loose at the top"),
    "a long module": ({"measures/growth.py": "x = 1\n" * (LONGEST + 1)},
                      f"measures.growth: {LONGEST + 1} lines"),
}


@pytest.mark.parametrize("files, expected", BAD.values(), ids=BAD)
def test_a_violation_is_found(tmp_path, files, expected):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = violations(tmp_path)
    assert any(expected in line for line in found), found


def test_imports_to_the_left_pass(tmp_path):
    for folder in ("data", "measures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "errors.py").write_text("", encoding="utf-8")
    (tmp_path / "data/tables.py").write_text("from trade_lib.errors import TradeDataError\nimport pandas",
                                             encoding="utf-8")
    (tmp_path / "measures/growth.py").write_text("from trade_lib.data.tables import load", encoding="utf-8")
    assert violations(tmp_path) == []
