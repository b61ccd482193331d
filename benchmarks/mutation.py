"""Would the tests notice? Change one operator or constant of a module at a time and run the tests that pass through it.

    python benchmarks/mutation.py PACKAGE [--sample 100] [--seed 0] [--minutes 5] [--survivors] [--tests EXPRESSION]

A first run of the package's own tests (``tests/PACKAGE`` and its examples) records which test passes through which
line, and leaves everything imported. Each change is then made in a fork of that process, in memory and never in a
file, and tried by these tests and by those of the files that name the module, the quickest first (none of more than
SLOW seconds). What these let pass survives. A run goes on where the last one stopped; ``--survivors`` tries again
those on record.
Writes benchmarks/mutation.csv: package, module, line, code, change, survived, reason (why one that survives is no gap
of the tests; written by hand, kept as long as code and change are the same).
"""

import argparse
import ast
import os
import random
import re
import signal
import sys
import time
import types
from collections import defaultdict
from pathlib import Path

import coverage
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".csv")
COLUMNS = ["package", "module", "line", "code", "change", "survived", "reason"]
KEY = ["module", "code", "change"]
SLOW, BUDGET, LIMIT = 2.0, 15.0, 120  # seconds: of a test, of the tests of a change, of a change however slow they are
SWAPS = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Add: "-",
         ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.And: "or", ast.Or: "and"}
# What only sizes a cache, points a warning at a line, or cuts a value quoted in a message short decides nothing.
NO_RULE = re.compile(r"maxsize=|stacklevel=|\[:\d+\]|range\(len\(")


def mutations(text):
    """Every change of one operator or number: (line, start, end, new text), by place in the text."""
    starts, changes = [0], []
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))

    def at(node, end=False):
        return starts[(node.end_lineno if end else node.lineno) - 1] + (node.end_col_offset if end else node.col_offset)

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            more = node.value + 1 if abs(node.value) < 1000 else 2 * node.value
            changes.append((node.lineno, at(node), at(node, True), repr(more)))
        sides = ([(node.left, node.comparators[0], node.ops[0])] if isinstance(node, ast.Compare) else
                 [(node.left, node.right, node.op)] if isinstance(node, ast.BinOp) else
                 [(node.values[0], node.values[1], node.op)] if isinstance(node, ast.BoolOp) else [])
        for left, right, operator in sides:
            if type(operator) in SWAPS:
                between = text.encode()[at(left, True):at(right)].decode()
                old = {ast.And: "and", ast.Or: "or"}.get(type(operator)) or between.strip(" ()\n\\")
                if between.count(old) == 1:
                    start = at(left, True) + between.index(old)
                    changes.append((left.end_lineno, start, start + len(old), SWAPS[type(operator)]))
    said = {line for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Raise)
            for line in range(node.lineno, node.end_lineno + 1)}  # what a message quotes decides nothing
    lines = text.splitlines()
    return [change for change in changes if change[0] not in said and not NO_RULE.search(lines[change[0] - 1])]


class Trace:
    """A pytest plugin: how long each test takes and, with coverage, which lines it passes through."""

    def __init__(self, watch):
        self.watch, self.seconds = watch, {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        """Time one test under its own name."""
        self.watch.switch_context(item.nodeid)
        start = time.process_time()
        outcome = yield
        self.seconds[item.nodeid] = time.process_time() - start
        return outcome


def traced(package, chosen):
    """{(module, line): tests that pass through it} and the seconds of each test."""
    watch = coverage.Coverage(data_file=None, source=[str(ROOT / "trade_lib" / package)])
    trace = Trace(watch)
    watch.start()
    run_tests(["--doctest-modules", "-k", chosen, f"tests/{package}", f"trade_lib/{package}"], trace)
    watch.stop()
    data, lines = watch.get_data(), defaultdict(set)
    for path in data.measured_files():
        for line, tests in data.contexts_by_lineno(path).items():
            lines[Path(path).relative_to(ROOT).as_posix(), line] |= set(filter(None, tests))
    return lines, trace.seconds


def run_tests(tests, *plugins):
    """The exit code of pytest."""
    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests], plugins=list(plugins)))


def apply(module, text, change):
    """Make a change in the imported module: run the statement that holds it and put what it defines in place."""
    old = sys.modules[module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")]
    changed = (text.encode()[:change[1]] + change[3].encode() + text.encode()[change[2]:]).decode()
    body = ast.parse(changed).body
    here = next(node for node in body if node.lineno <= change[0] <= node.end_lineno)
    later = [node for node in body if isinstance(node, ast.FunctionDef) and node.lineno > here.lineno]  # their defaults
    namespace = dict(vars(old))
    exec(compile(ast.Module([here, *(later if isinstance(here, ast.Assign) else [])], []), old.__file__, "exec"),
         namespace)
    for name, new in namespace.items():
        before = vars(old).get(name)
        if new is before:
            continue
        if isinstance(new, type):
            pairs = [(vars(before).get(key), value) for key, value in vars(new).items()]
        else:
            pairs = [(before, new)]
        for was, now in pairs:
            was, now = getattr(was, "__wrapped__", was), getattr(now, "__wrapped__", now)
            if isinstance(was, types.FunctionType) and isinstance(now, types.FunctionType):
                was.__code__, was.__defaults__, was.__kwdefaults__ = now.__code__, now.__defaults__, now.__kwdefaults__
        if not isinstance(new, type) and not hasattr(new, "__code__") and not hasattr(new, "__wrapped__"):
            for other in [one for one in sys.modules.values() if getattr(one, name, None) is before]:
                setattr(other, name, new)


def forget(package):
    """Empty the caches of a package's functions, which hold what the code gave before it was changed."""
    for name, module in list(sys.modules.items()):
        if name.startswith(f"trade_lib.{package}"):
            for thing in list(vars(module).values()):
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()


def tests_of(module, text, line, lines):
    """The tests that pass through a line; through a function for its head, and through all that use a name for where
    it is given on import.
    """
    tree = ast.parse(text)
    spans = [range(node.lineno, node.end_lineno + 1) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    uses = [line]
    for node in tree.body:
        if node.lineno <= line <= node.end_lineno and isinstance(node, ast.Assign | ast.AnnAssign):
            names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)
                     and isinstance(name.ctx, ast.Store)}
            uses = [n for n, code in enumerate(text.splitlines(), 1) if names & set(re.findall(r"\w+", code))]
    through = lines.get((module, line)) or set()
    return through or set().union(*[lines.get((module, n), set()) for use in uses for span in spans if use in span
                                    for n in span])


def survives(module, text, change, lines, seconds, package):
    """Whether the tests pass in a process in which the module is changed."""
    stem = Path(module).stem
    naming = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / package).rglob("test_*.py")
              if re.search(rf"\b{stem}\b", path.read_text(encoding="utf-8"))}
    through = tests_of(module, text, change[0], lines)
    order = sorted(seconds, key=lambda test: (test not in through, seconds[test]))
    chosen, spent = [], 0.0
    for test in [test for test in order if test in through or test.partition("::")[0] in naming]:
        spent += seconds[test]
        if spent < BUDGET and seconds[test] < SLOW or not chosen:
            chosen.append(test)
    child = os.fork()
    if not child:
        code = 1
        try:
            signal.alarm(LIMIT)  # a loop without end is noticed
            apply(module, text, change)
            forget(package)
            code = run_tests(["--doctest-modules", *chosen]) if chosen else 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def todo(package, sample, seed, table, again):
    """(changes to try, record without those of code that is gone): of the sample those not on record, or the survivors
    on record (`again`).
    """
    changes = []
    for path in sorted((ROOT / "trade_lib" / package).rglob("*.py")):
        module, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        for change in mutations(text):
            old = text.encode()[change[1]:change[2]].decode()
            column = change[1] - sum(len(line.encode()) for line in text.splitlines(keepends=True)[:change[0] - 1])
            changes.append((module, change, text.splitlines()[change[0] - 1].strip(),
                            f"{old} to {change[3]} at {column}"))
    chosen = random.Random(seed).sample(changes, min(sample, len(changes)))
    there = {(one[0], one[2], one[3]) for one in changes}
    table = table[[row.package != package or (row.module, row.code, row.change) in there for row in table.itertuples()]]
    known = table.drop_duplicates(KEY).set_index(KEY)["survived"].astype(str).eq("True").to_dict()
    if again:
        return [one for one in changes if known.get((one[0], one[2], one[3]))], table
    return [one for one in chosen if (one[0], one[2], one[3]) not in known], table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--tests", default="", help="pytest -k: leave out slow ones")
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    said = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what pytest prints
    lines, seconds = traced(options.package, options.tests)
    start = time.monotonic()
    table = pd.read_csv(TABLE, keep_default_na=False) if TABLE.exists() else pd.DataFrame(columns=COLUMNS)
    changes, table = todo(options.package, options.sample, options.seed, table, options.survivors)
    for module, change, code, what in changes:
        if time.monotonic() - start > 60 * options.minutes:
            break
        outcome = survives(module, (ROOT / module).read_text(encoding="utf-8"), change, lines, seconds, options.package)
        same = table[KEY].eq([module, code, what]).all(axis=1)
        reason = table.loc[same, "reason"].iloc[0] if same.any() else ""
        row = pd.DataFrame([[options.package, module, change[0], code, what, outcome, reason]], columns=COLUMNS)
        table = pd.concat([table[~same], row], ignore_index=True).sort_values(["module", "line", "change"])
        table.to_csv(TABLE, index=False, lineterminator="\n")
        print(module, change[0], what, "SURVIVES" if outcome else "noticed", file=said)
    mine = table[table["package"] == options.package]
    print(f"{options.package}: {mine['survived'].eq(True).sum()} of {len(mine)} changes were not noticed", file=said)


if __name__ == "__main__":
    main()
