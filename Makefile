# Everything a reader or maintainer runs. `make` alone lists the targets.
PYTHON ?= python3
# How many test processes and how many notebooks at a time: a number, or auto.
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
# Stamps named by content: a changed lock makes the environment anew, changed package metadata is installed again,
# and when neither changed nothing is done.
LOCKED := $(VENV)/lock-$(shell cksum < requirements.lock | cut -d ' ' -f 1)
STAMP := $(VENV)/package-$(shell cksum < pyproject.toml | cut -d ' ' -f 1)
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 --dist loadscope
NBVAL := --nbval --nbval-current-env --nbval-cell-timeout=300 --nbval-sanitize-with notebooks/sanitize.cfg

# One thread in the numerical libraries: sums come out in the same order on every machine, and processes do not compete.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1
export RAYON_NUM_THREADS := 1
# Kernels of this environment, never one of the same name that the user has elsewhere.
export JUPYTER_PREFER_ENV_PATH := 1
# Kernels start as everyone's do, without the user's own start-up files.
reproduce test notebooks: export IPYTHONDIR := $(CURDIR)/$(VENV)/ipython
# What the user of this machine has fetched changes no result.
reproduce test notebooks readme stable site: export TRADE_LIB_SHIPPED_ONLY := 1
# The lock alone decides what is installed where.
export PIP_USER := 0
# Modules are compiled once, when the environment is made, and not by every process that starts.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup reproduce test lab explorer notebooks readme stable site lint licences mutate lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## Make .venv from requirements.lock (every other target does this by itself)

reproduce: $(STAMP) ## Execute every notebook and write the report to build/index.html
	@$(BIN)/trade-lib report --out build --workers $(WORKERS)

test: $(STAMP) ## Unit tests, notebook rules, and every notebook cell's output compared with the stored one
	@$(PYTEST) tests trade_lib notebooks --doctest-modules $(NBVAL)

lab: $(STAMP) ## Open the notebooks in JupyterLab
	$(BIN)/python -m jupyterlab --notebook-dir=notebooks

explorer: $(STAMP) ## Open the explorer as a page of its own (Voila)
	$(BIN)/python -m voila notebooks/22-explorer.ipynb

notebooks: $(STAMP) ## Execute the notebooks and store their outputs in place (maintainers)
	@$(BIN)/trade-lib report --in-place --workers $(WORKERS)

readme: $(STAMP) ## Refresh the verdict table and the pictures of the README (maintainers; needs chromium)
	@$(BIN)/trade-lib claims --picture site/scorecard.png --readme README.md
	@$(BIN)/trade-lib check article-2021-12-29.txt --reporter CHN --html build/marked.html
	@chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=760,480 \
		--screenshot=site/marked.png build/marked.html 2> /dev/null

stable: $(STAMP) ## Compare the stored outputs three times, on one process and on two, hash seeds varied (maintainers)
	PYTHONHASHSEED=1 $(MAKE) --no-print-directory test WORKERS=1
	PYTHONHASHSEED=2 $(MAKE) --no-print-directory test WORKERS=2
	PYTHONHASHSEED=random $(MAKE) --no-print-directory test WORKERS=2

site: $(STAMP) ## Build the web site from the executed notebooks into build/site
	@$(BIN)/python site/build.py --out build/site

lint: $(STAMP) ## Check the style, and print how many lines each package has and may have
	@$(BIN)/ruff check .
	@$(BIN)/python tests/test_budget.py

licences: $(STAMP) ## List the licence of every package of the lock
	@$(BIN)/python tests/licences.py

mutate: $(STAMP) ## Change the code in many small ways and count what the tests let pass (maintainers; slow)
	@$(BIN)/python benchmarks/mutation.py

lock: ## Resolve pyproject.toml anew into requirements.lock (maintainers; needs uv)
	@command -v uv > /dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	@sed -n 's/^requires = \["\(.*\)"\]$$/\1/p' pyproject.toml | uv pip compile pyproject.toml - --all-extras --universal \
		--python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock" --quiet --output-file requirements.lock
	@sed -i.part '/^  - pip:$$/q' environment.yml && sed -nE 's/^([a-z0-9_.-]+==[^\\]*[^ \\]) *\\?$$/      - \1/p' requirements.lock >> environment.yml
	@echo "      - -e ." >> environment.yml && rm -f environment.yml.part

clean: ## Remove the environment and everything built
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .hypothesis .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(LOCKED):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || \
		{ echo "Python 3.11 or later is needed, and '$(PYTHON)' is not; try: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Making $(VENV) from requirements.lock (once; a few minutes)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { echo "python -m venv failed; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install -qq --no-compile --require-hashes --requirement requirements.lock
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib > /dev/null || true  # a few test files of others are no Python
	@touch $@

$(STAMP): $(LOCKED)
	@$(BIN)/python -m pip install -qq --no-build-isolation --no-deps --editable .
	@$(BIN)/python -c 'import matplotlib.font_manager'  # its font cache is written now, lest a cell print that it is
	@touch $@
