"""A wheel carries its data and works where there is no checkout."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest

FILES = ("pyproject.toml", "setup.py", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(root, tmp_path_factory):
    """The content of a wheel built from a copy of the checkout, in a folder of its own."""
    copy, target = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("installed")
    for name in FILES:
        shutil.copy(root / name, copy)
    for name in ("trade_lib", "data"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w",
                    copy / "dist", copy], check=True, capture_output=True)
    wheel, = (copy / "dist").glob("trade_claims-*.whl")
    zipfile.ZipFile(wheel).extractall(target)
    return target


@pytest.mark.parametrize("line", ["data show areas", "claims C06"])
def test_an_installed_wheel_answers(line, installed, tmp_path):
    env = {**os.environ, "PYTHONPATH": str(installed)} | {"PYTHONSAFEPATH": "1"}
    env.pop("TRADE_LIB_DATA", None)
    run = subprocess.run([sys.executable, "-c", "import sys, trade_lib.app.cli as c; print(c.__file__, "
                          "file=sys.stderr); c.app(sys.argv[1:])", *line.split()], cwd=tmp_path, env=env,
                         capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert str(installed) in run.stderr and run.stdout.strip()


def test_the_wheel_holds_what_the_package_reads_and_not_what_builds_it(root, installed):
    read = {path.relative_to(root) for path in (root / "trade_lib").rglob("*")
            if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert read and all((installed / path).is_file() for path in read)
    assert (installed / "trade_lib" / "shipped" / "datapackage.json").is_file()
    assert not (installed / "trade_lib" / "shipped" / "builders").exists()
