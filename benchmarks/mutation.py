"""Would the tests notice? Change one operator or constant of a module at a time and run the module's own tests.

    python benchmarks/mutation.py [--modules measures data gravity network valuechain] [--sample 100] [--seed 0]

The package, its data and its tests are copied to a temporary folder; the checkout is never touched. A mutation that
the tests of the module's folder let pass is a survivor. Writes benchmarks/mutation.csv: module, line, change, survived.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
SWAPS = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Add: "-",
         ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.And: "or", ast.Or: "and"}


def mutations(text):
    """Every change of one operator or number: (line, start, end, new text), by place in the text."""
    starts, found = [0], []
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))

    def at(node, end=False):
        return starts[(node.end_lineno if end else node.lineno) - 1] + (node.end_col_offset if end else node.col_offset)

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            found.append((node.lineno, at(node), at(node, True), repr(node.value + 1)))
        sides = ([(node.left, node.comparators[0], node.ops[0])] if isinstance(node, ast.Compare) else
                 [(node.left, node.right, node.op)] if isinstance(node, ast.BinOp) else
                 [(node.values[0], node.values[1], node.op)] if isinstance(node, ast.BoolOp) else [])
        for left, right, operator in sides:
            if type(operator) in SWAPS:
                between = text.encode()[at(left, True):at(right)].decode()
                old = {ast.And: "and", ast.Or: "or"}.get(type(operator)) or between.strip(" ()\n\\")
                if between.count(old) == 1:
                    start = at(left, True) + between.index(old)
                    found.append((node.lineno, start, start + len(old), SWAPS[type(operator)]))
    return found


def survives(folder, path, change, tests):
    """Whether the tests pass although the copy of a module is changed."""
    copy, content = folder / path, (ROOT / path).read_bytes()
    copy.write_bytes(content[:change[1]] + change[3].encode() + content[change[2]:])
    try:
        run = subprocess.run([sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests], cwd=folder,
                             env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, timeout=900,
                             check=False)
        return run.returncode == 0
    except subprocess.TimeoutExpired:  # a loop without end is noticed
        return False
    finally:
        copy.write_bytes(content)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modules", nargs="+", default=["measures", "data", "gravity", "network", "valuechain"])
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    paths = [path.relative_to(ROOT) for name in options.modules for path in
             sorted((ROOT / "trade_lib" / name).rglob("*.py") if (ROOT / "trade_lib" / name).is_dir()
                    else [ROOT / "trade_lib" / f"{name}.py"])]
    every = [(path, change) for path in paths for change in mutations((ROOT / path).read_text(encoding="utf-8"))]
    chosen = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("trade_lib", "tests", "data"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        for path, change in chosen:
            old = (ROOT / path).read_bytes()[change[1]:change[2]].decode()
            tests = [f"tests/{path.parts[1]}"]
            rows.append([path.as_posix(), change[0], f"{old} to {change[3]}", survives(folder, path, change, tests)])
            print(*rows[-1], flush=True)
    table = pd.DataFrame(rows, columns=["module", "line", "change", "survived"])
    table.to_csv(Path(__file__).with_suffix(".csv"), index=False)
    print(f"{table['survived'].sum()} of {len(table)} mutations were not noticed")


if __name__ == "__main__":
    main()
