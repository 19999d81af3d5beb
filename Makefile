# Two commands for everybody: make tutorial, make test. Both make .venv first, from a bare clone.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH := $(VENV)/.bench-installed
WORKERS ?= 2

.PHONY: tutorial test check types layers pytest replay bench picture clean

tutorial: $(STAMP)
	$(BIN)/pyex replay --show sessions/otp-servers.md

test: check pytest replay

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

pytest: $(STAMP)
	$(BIN)/pytest -q -n $(WORKERS) --timeout 120 --timeout-method thread

replay: $(STAMP)
	$(BIN)/pyex replay README.md sessions docs

bench: $(BENCH)
	$(BIN)/python benchmarks/run.py

picture: $(STAMP)
	$(BIN)/python docs/picture.py

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "pyex needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(BENCH): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,bench]'
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
