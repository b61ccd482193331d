"""pyproject.toml, requirements.lock and environment.yml say the same, and nothing is asked for that is not used."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Dependencies that are used without being imported: what in the project uses them, as text in a file.
USED_BY = {
    "dask": ("trade_lib/forecast/run_on.py", 'f"fugue_{engine}"'),  # fugue_dask runs on its data frames
    "ipykernel": ("trade_lib/app/execute.py", 'kernel_name="python3"'),  # the kernel of that name
    "jupyterlab": ("Makefile", "-m jupyterlab"),
    "nbval": ("Makefile", "--nbval "),
    "openpyxl": ("trade_lib/data/grids.py", 'engine="openpyxl"'),  # pandas reads spreadsheets with it
    "papermill": ("notebooks/21-check-your-own-article.ipynb", "`papermill`"),
    "voila": ("Makefile", "-m voila"),
    "myst-nb": ("site/conf.py", '"myst_nb"'),
    "pydata-sphinx-theme": ("site/conf.py", '"pydata_sphinx_theme"'),
    "pytest-xdist": ("Makefile", "--dist loadscope"),
    "ruff": ("Makefile", "/ruff check"),
    "sphinx": ("site/build.py", '"-m", "sphinx"'),
}
IMPORTED_AS = {"pyyaml": "yaml", "ipython": "IPython", "pillow": "PIL"}
SOURCES = ("trade_lib/**/*.py", "tests/**/*.py", "data/builders/*.py", "benchmarks/*.py", "site/*.py")


def parse_lock(text):
    """A lock's pins as {name: (version, marker, number of hashes)}."""
    pins = {}
    for block in re.sub(r"^\s*#.*\n", "", text, flags=re.M).replace("\\\n", " ").splitlines():
        if block.strip():
            pin = Requirement(block.split(" --hash", 1)[0].strip())
            exact = re.fullmatch(r"==([^*,]+)", str(pin.specifier))
            assert exact, f"requirements.lock: {pin} is not an exact pin"
            assert canonicalize_name(pin.name) not in pins, f"requirements.lock: {pin.name} is pinned twice"
            hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}(?=\s|$)", block)
            pins[canonicalize_name(pin.name)] = (exact[1], pin.marker, len(hashes))
    return pins


def applies(requirement, extras=("",)):
    """Whether a requirement holds on this machine, for any of the extras."""
    return requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def direct(project):
    extras = project["project"]["optional-dependencies"].values()
    return [Requirement(text) for text in sum(extras, project["project"]["dependencies"])]


@pytest.fixture(scope="module")
def lock(root):
    return parse_lock((root / "requirements.lock").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def conda(root):
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


def test_every_direct_dependency_is_locked_within_its_range(direct, lock, project):
    for requirement in direct + [Requirement(text) for text in project["build-system"]["requires"]]:
        name = canonicalize_name(requirement.name)
        assert name in lock, f"{name} is in pyproject.toml and not in requirements.lock: run make lock"
        assert lock[name][0] in requirement.specifier, f"{name} {lock[name][0]} is not {requirement.specifier}"


def test_every_pin_has_hashes_and_no_address_is_named(root, lock):
    assert not [name for name, (_, _, hashes) in lock.items() if not hashes]
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|^-[ief] ", text, flags=re.M)


def test_the_lock_serves_other_systems_than_the_one_that_wrote_it(lock):
    marked = " ".join(str(marker) for _, marker, _ in lock.values())
    assert "win32" in marked and "darwin" in marked
    for compiled in ("numpy", "pandas", "scipy", "matplotlib", "pyarrow", "statsmodels"):
        assert lock[compiled][2] > 10, f"{compiled}: too few hashes to cover wheels of Linux, macOS and Windows"


def test_the_lock_holds_nothing_that_is_not_needed(direct, lock, project):
    """Walk the requirements of what is installed; a pin that no walk reaches is left over."""
    todo = [(r, tuple(r.extras)) for r in direct + [Requirement(t) for t in project["build-system"]["requires"]]]
    reached = set()
    while todo:
        requirement, extras = todo.pop()
        name = canonicalize_name(requirement.name)
        if (name, extras) in reached:
            continue
        reached.add((name, extras))
        try:
            needed = requires(name) or []
        except PackageNotFoundError:
            pytest.fail(f"{name} is required and not installed: run make setup")
        todo += [(r, tuple(sorted(r.extras))) for r in map(Requirement, needed) if applies(r, ("", *extras))]
    here = {name for name, (_, marker, _) in lock.items() if marker is None or marker.evaluate()}
    assert here == {name for name, _ in reached}


def test_what_is_installed_is_what_is_locked(root, lock):
    if Path(sys.prefix).resolve() != root / ".venv":
        pytest.skip("another environment than the one that make sets up")
    here = {name: pin for name, (pin, marker, _) in lock.items() if marker is None or marker.evaluate()}
    assert {name: version(name) for name in here} == here


def test_environment_yml_names_the_versions_of_the_lock(conda, direct, lock, project):
    pip = next(entry["pip"] for entry in conda["dependencies"] if isinstance(entry, dict))
    assert pip[-1] == "-e ."
    named = {canonicalize_name(pin.name): (str(pin.specifier)[2:], pin.marker) for pin in map(Requirement, pip[:-1])}
    assert named == {name: pin[:2] for name, pin in lock.items()}, "environment.yml is not that of make lock"
    python = next(e.removeprefix("python=") for e in conda["dependencies"] if str(e).startswith("python="))
    assert f"{python}.99" in Requirement(f"python{project['project']['requires-python']}").specifier
    assert conda["channels"] == ["conda-forge"]


@pytest.fixture(scope="module")
def imported(root):
    """The top-level names that the project's modules import."""
    names = set()
    for path in (path for pattern in SOURCES for path in root.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(node.module.split(".")[0])
    return names


def test_every_direct_dependency_is_used(root, direct, imported):
    for requirement in direct:
        name = canonicalize_name(requirement.name)
        if name in USED_BY:
            file, text = USED_BY[name]
            assert text in (root / file).read_text(encoding="utf-8"), f"{name}: {file} does not say {text!r} any more"
        else:
            module = IMPORTED_AS.get(name, name.replace("-", "_"))
            assert module in imported, f"{name} is required and nothing imports it"


def test_everything_imported_is_a_direct_dependency(root, direct, imported):
    names = [canonicalize_name(requirement.name) for requirement in direct]
    declared = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in names}
    own = {path.stem for pattern in SOURCES[1:] for path in root.glob(pattern)} | {"trade_lib", "tests"}
    assert imported - declared - own - set(sys.stdlib_module_names) == set()


def test_importing_the_package_loads_no_heavy_library(root):
    code = (
        "import sys, trade_lib; "
        "print(sorted({'statsmodels', 'matplotlib', 'seaborn', 'statsforecast', 'sklearn', 'nbconvert', 'IPython'} "
        "& set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_command_line_says_what_it_does_without_the_notebook_libraries(root):
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['nbclient', 'nbconvert', 'nbformat', 'ipykernel']))\n"
        "from trade_lib.app.cli import app; app(['--help'])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "data" in run.stdout


def test_versions_agree(root, project):
    import trade_lib

    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert project["project"]["version"] == trade_lib.__version__ == str(citation["version"])
    assert project["project"]["license"] == citation["license"]


def test_continuous_integration_runs_the_test_command_of_the_readme(root):
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert commands[-1] == "make test"
    assert "make test" in (root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["pandas>=2 --hash=sha256:" + "0" * 64, "pandas==2.* --hash=sha256:" + "0" * 64])
def test_a_loose_pin_is_noticed(line):
    with pytest.raises(AssertionError, match="not an exact pin"):
        parse_lock(line)


def test_a_pin_without_a_hash_is_counted_as_such():
    assert parse_lock("pandas==2.3.3 \\\n    --hash=sha256:short\nsix==1.17.0\n")["pandas"][2] == 0
