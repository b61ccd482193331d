"""What is left after a kill at any moment or on a full disk, and whether answers depend on the place they are made in.

    python benchmarks/hardship.py [--kills 20] [--only NAME ...]

A command is killed (SIGKILL) at random moments of its run, and run on a disk of DISK bytes (a tmpfs; needs root). Each
file that it writes has to be the old one or the new one, whole; a run after the last kill has to end in the same bytes
as one that nobody disturbed, and to leave no draft behind. Then four commands answer in a folder with blanks and other
letters, without HOME, in other languages, time zones and masks, and from a checkout that cannot be written to: the same
answers as here. Writes benchmarks/hardship.csv: what, runs, held, detail.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".csv")
DISK = 20_000
QUIET = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TRADE_LIB_SHIPPED_ONLY": "1",
         "PYTHONDONTWRITEBYTECODE": "1"}
ANSWERS = (["data", "verify", "new_year_dates"], ["claims", "C06"],
           ["check", "article-2021-12-29", "--brief"], ["data", "show", "areas"])


def command(folder, line, root=ROOT, env=(), **options):
    """A command of the package, or a builder, as a process in a folder; a variable that is None is not set."""
    code = ("import sys; sys.path.insert(0, 'data/builders'); import area_codes; area_codes.build_area_codes(None)"
            if line[0] == "builder" else "from trade_lib.app.cli import app; app()")
    chosen = {**os.environ, **QUIET, "PYTHONPATH": str(root), "TRADE_LIB_DATA": None, **dict(env)}
    return subprocess.Popen([sys.executable, "-c", code, *line], cwd=folder, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env={k: v for k, v in chosen.items() if v is not None}, **options)


def made(name, folder):
    """The inputs of a task in a folder, and its command line."""
    months = pd.period_range("2012-01", periods=96, freq="M").astype(str)
    series = pd.concat([pd.DataFrame({"series": f"s{n}", "month": months, "value": np.arange(96.0) % 12 + 50 + n})
                        for n in range(40)])
    series.to_csv(folder / "in.csv", index=False)
    if name == "notebook":
        cells = [nbformat.v4.new_markdown_cell("# One", id="a"), nbformat.v4.new_code_cell("1 + 1", id="b")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "one.ipynb")
    if name == "builder":
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("__pycache__", "*.parquet"))
        shutil.copytree(ROOT / "trade_lib", folder / "trade_lib", ignore=shutil.ignore_patterns("__pycache__"))
    quick = ["--samples", "50"]
    return {"forecast": ["forecast", "in.csv", "--horizon", "3", "--output", "out.csv", *quick],
            "backtest": ["backtest", "in.csv", "--horizon", "2", "--origins", "3", "--models", "seasonal_naive",
                         "--output", "out.csv", *quick],
            "notebook": ["report", ".", "--in-place", "--workers", "1"], "builder": ["builder"]}[name]


def written(name, folder):
    """The files that a task writes, by name; of a notebook without the moment of its run."""
    paths = {"notebook": ["one.ipynb"], "builder": ["data/tables/area_codes.csv", "data/datapackage.json",
                                                    "data/fingerprints/area_codes.crc32"]}.get(name, ["out.csv"])
    return {path: (folder / path).read_bytes() for path in paths if (folder / path).exists()}


def run(name, folder, line, **options):
    """Exit code and seconds of a whole run."""
    start = time.monotonic()
    process = command(folder, line, folder if name == "builder" else ROOT,
                      {"XDG_CACHE_HOME": str(folder / "cache")}, **options)
    said = process.communicate()[1].decode("utf-8", "replace")
    return process.returncode, time.monotonic() - start, said


def killed(name, times, seed=0):
    """A task killed at random moments: how often each file was old or new, and whether a last run ends as ever."""
    rng, good = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as scratch:
        whole, broken = Path(scratch) / "whole", Path(scratch) / "broken"
        whole.mkdir(), broken.mkdir()
        line = made(name, whole), made(name, broken)
        code, seconds, said = run(name, whole, line[0])
        assert code == 0, said
        new = written(name, whole)
        old = {path: content if name == "builder" else b"old" for path, content in new.items()}
        if name == "notebook":
            old = written(name, broken)
        for path, content in old.items():
            (broken / path).write_bytes(content)
        for _ in range(times):
            process = command(broken, line[1], broken if name == "builder" else ROOT,
                              {"XDG_CACHE_HOME": str(broken / "cache")}, start_new_session=True)
            time.sleep(rng.uniform(0.2, 1.0) * seconds)
            os.killpg(process.pid, 9)
            process.communicate()
            after = written(name, broken)
            good += all(after.get(path) in (old[path], new[path]) for path in old)
        code, _, said = run(name, broken, line[1])
        same = code == 0 and written(name, broken) == new
        drafts = len(list(broken.rglob(".trade-lib-*.part")))
    return [f"{name}, killed", times, good, f"a last run: {'the same bytes' if same else 'OTHER BYTES'}, "
            f"{drafts} drafts left"]


def full_disk(name):
    """A task whose output lies on a disk that is too small: an error in words, and the old file whole."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, disk = Path(scratch) / "work", Path(scratch) / "disk"
        folder.mkdir(), disk.mkdir()
        line = made(name, folder)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK // 4096 * 4096}", "none", disk], check=True)
        try:
            (disk / "out.csv").write_bytes(b"old")
            (disk / "rest").write_bytes(b"x" * (DISK // 4096 * 4096 - 2 * 4096))
            line = [str(disk / "out.csv") if word == "out.csv" else word for word in line]
            code, _, said = run(name, folder, line)
            kept = (disk / "out.csv").read_bytes() == b"old" and sorted(os.listdir(disk)) == ["out.csv", "rest"]
        finally:
            subprocess.run(["umount", disk], check=True)
    last = said.strip().splitlines()[-1] if said.strip() else ""
    return [f"{name}, full disk", 1, int(code == 1 and kept and "Traceback" not in said),
            last.replace(str(disk), "DISK")]


def places():
    """The same answers in every place."""
    here = [_answer(ROOT, ROOT, line) for line in ANSWERS]
    with tempfile.TemporaryDirectory() as scratch:
        odd, fixed = Path(scratch) / "a folder é 中文", Path(scratch) / "fixed"
        for name in ("trade_lib", "data"):
            shutil.copytree(ROOT / name, odd / name, ignore=shutil.ignore_patterns("__pycache__"))
        fixed.mkdir()
        tried = {"a folder with blanks and other letters": (odd, {}, {}),
                 "HOME unset": (ROOT, {"HOME": None}, {}), "LANG=C": (ROOT, {"LANG": "C", "LC_ALL": "C"}, {}),
                 "another time zone": (ROOT, {"TZ": "Pacific/Kiritimati"}, {}),
                 "umask 077": (ROOT, {}, {"umask": 0o077}), "another hash seed": (ROOT, {"PYTHONHASHSEED": "7"}, {})}
        rows = [[place, len(ANSWERS), sum(_answer(root, root, line, env, **options) == answer for line, answer in
                                          zip(ANSWERS, here, strict=True)), "answers as here"]
                for place, (root, env, options) in tried.items()]
        subprocess.run(["mount", "--bind", odd, fixed], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", fixed], check=True)
        try:
            same = sum(_answer(fixed, fixed, line) == answer for line, answer in zip(ANSWERS, here, strict=True))
        finally:
            subprocess.run(["umount", fixed], check=True)
    return [*rows, ["a checkout that cannot be written to", len(ANSWERS), same, "answers as here"]]


def _answer(folder, root, line, env=(), **options):
    process = command(folder, line, root, env, **options)
    return *process.communicate(), process.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", nargs="+", default=["forecast", "backtest", "notebook", "builder", "disk", "places"])
    options = parser.parse_args()
    columns = ["what", "runs", "held", "detail"]
    rows = pd.read_csv(TABLE).to_numpy().tolist() if TABLE.exists() else []
    for name in options.only:
        new = ([full_disk(task) for task in ("forecast", "backtest")] if name == "disk" else places()
               if name == "places" else [killed(name, options.kills)])
        rows = [row for row in rows if row[0] not in {one[0] for one in new}] + new
        print(*new, sep="\n", flush=True)
        pd.DataFrame(rows, columns=columns).to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
