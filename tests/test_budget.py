"""A small library stays small: lines of code and of docstring by package, longest function, longest module."""

import ast
from pathlib import Path

import pytest

# Lines of code (no docstrings, comments, blanks) that a package may have. They are what it has, rounded up to the next
# 25: a package grows only where this line is changed too, and whoever makes one smaller lowers it. The aim for all is
# 8,800; the largest part of what is beyond it reads articles and files as people write them.
CODE = {"sources": 1350, "data": 1725, "measures": 475, "gravity": 600, "network": 325, "valuechain": 475,
        "forecast": 1200, "claims": 2575, "check": 2950, "plots": 1600, "app": 1275}
TOTAL, AIM, DOCSTRINGS = 14_425, 8_800, 4_500
LONGEST_FUNCTION, LONGEST_MODULE = 50, 300


def counted(text: str) -> tuple[int, int, list[tuple[int, str]]]:
    """Lines of code and of docstring in a module's text, and (lines of code, name) of each function."""
    tree = ast.parse(text)
    said = {line for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and ast.get_docstring(node) is not None
            for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)}
    lines = text.splitlines()
    code = {n for n, line in enumerate(lines, 1) if n not in said and line.strip()
            and not line.lstrip().startswith("#")}
    functions = [(len(code & set(range(node.lineno, node.end_lineno + 1))), node.name) for node in ast.walk(tree)
                 if isinstance(node, ast.FunctionDef)]
    return len(code), len(said), functions


def measured(folder: Path) -> dict[str, dict[str, tuple]]:
    """What `counted` finds, by package and module."""
    found: dict[str, dict[str, tuple]] = {}
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder)
        found.setdefault(place.parts[0] if len(place.parts) > 1 else "", {})[str(place)] = counted(
            path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def packages(root):
    return measured(root / "trade_lib")


def test_each_package_keeps_its_budget(packages):
    code = {name: sum(module[0] for module in modules.values()) for name, modules in packages.items() if name}
    assert set(code) <= set(CODE), "a new package needs a budget"
    assert {name: lines for name, lines in code.items() if lines > CODE[name]} == {}
    assert sum(code.values()) <= TOTAL


def test_docstrings_keep_their_budget(packages):
    assert sum(module[1] for modules in packages.values() for module in modules.values()) <= DOCSTRINGS


def test_functions_and_modules_are_short(packages):
    modules = {name: module for found in packages.values() for name, module in found.items()}
    assert {name: module[0] for name, module in modules.items() if module[0] > LONGEST_MODULE} == {}
    assert [(name, function) for name, module in modules.items() for function in module[2]
            if function[0] > LONGEST_FUNCTION] == []


def test_the_counting_counts():
    text = '"""Module."""\n\n# why\ndef f():\n    """One\n    two."""\n    return 1\n'
    assert counted(text) == (2, 3, [(2, "f")])


if __name__ == "__main__":
    total = [0, 0]
    for package, modules in measured(Path(__file__).parents[1] / "trade_lib").items():
        code, said = (sum(module[k] for module in modules.values()) for k in (0, 1))
        total = [total[0] + code, total[1] + said]
        print(f"{package or 'top':<11} {code:>6,} lines of code (of {CODE.get(package, 50):,}), docstrings {said:,}")
    print(f"{'all':<11} {total[0]:>6,} lines of code, at most {TOTAL:,} (aim: {AIM:,}); docstrings {total[1]:,}, "
          f"at most {DOCSTRINGS:,}")
