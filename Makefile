# The commands of a working day. `make` alone lists them; docs/contributing.md says more.
#
# Everything is installed below .venv from the lock files in requirements/, and again only when those change.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The options of the lock: every platform, every Python that the project supports, and no address of a package index.
# Extras stay: pip takes `coverage[toml]` for another requirement than `coverage`, and refuses the day a newer one is out.
COMPILE := $(BIN)/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-strip-extras --custom-compile-command "make lock" pyproject.toml --group build

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test coverage lint format tools bench bench-search bench-pages bench-workspace bench-sync bench-tools screenshots translations lock \
	upgrade clean

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS='	' read -r name what; do \
		printf 'make %-15s %s\n' "$$name" "$$what"; done

run: .venv/.run ## Build the demo library, serve it and print its address
	@$(BIN)/ideascube demo

test: .venv/.dev tools lint ## Everything that must be true before a change is handed in
	$(BIN)/python -m pytest -n 2 --dist loadfile

coverage: .venv/.dev tools ## The same tests, a third slower, and which lines none of them runs
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term

lint: .venv/.dev ## Style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev ## Lay the code out as the linter wants it
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

tools: ## Install the programs of Debian that some tests drive, where that is allowed
	@requirements/debian requirements/debian-test.txt

bench: .venv/.dev bench-tools ## Compare this server with kiwix-serve on this machine
	$(BIN)/python -m benchmarks

bench-search: .venv/.dev bench-tools ## Measure how well and how fast this server finds, beside kiwix-serve
	$(BIN)/python -m benchmarks.search

bench-pages: .venv/.dev tools ## Measure what pages weigh and when they show, beside kiwix-serve and Kolibri
	$(BIN)/python -m benchmarks.pages

bench-workspace: .venv/.dev bench-tools ## Measure the workspace with much in it, and what readers notice of a conversion
	$(BIN)/python -m benchmarks.workspace

bench-sync: .venv/.dev bench-tools ## Measure what a sync costs over a bad link, beside wget, rsync, zsync and casync
	$(BIN)/python -m benchmarks.sync

screenshots: .venv/.dev tools ## Take the pictures of docs/screenshots.md again
	$(BIN)/python -m tools.screenshots

bench-tools:
	@requirements/debian requirements/debian-test.txt requirements/debian-bench.txt

translations: .venv/.dev ## Bring the catalogues of the interface up to date with its texts and notes
	$(BIN)/python -m tools.translations

lock: .venv/.dev ## Write the lock files after a change of the dependencies in pyproject.toml
	$(COMPILE) --output-file requirements/run.txt
	$(COMPILE) --extra dev --constraints requirements/run.txt --output-file requirements/dev.txt

upgrade: .venv/.dev ## Write the lock files with the newest releases that pyproject.toml allows
	$(COMPILE) --upgrade --output-file requirements/run.txt
	$(COMPILE) --upgrade --extra dev --constraints requirements/run.txt --output-file requirements/dev.txt

clean: ## Remove the virtual environment and whatever tools left; never the data folder
	rm -rf .venv .coverage .coverage.* htmlcov build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- The virtual environment. Each stamp is newer than the lock file from which it was filled.

.venv/.made:
	@requirements/check-python $(PYTHON)
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.run: requirements/run.txt pyproject.toml | .venv/.made
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | .venv/.made
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
