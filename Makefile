# Everything a bare machine needs is git, make and Python 3.11 or newer.
#   make demo      set up, then run a small synthetic edition through every stage
#   make test      set up, then lint, type-check and test
#   make test-all  the same with every generated example
#   make schema    compose the definition's JSON Schema from the rules' own settings
#   make golden    write what the golden folders expect; read the difference before committing
#   make lock      resolve the dependencies anew into requirements.lock

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo check test test-all schema golden lock build clean

help:
	@sed -n 's/^#   //p' Makefile

setup: .venv/.ready

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "wsisctl needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet uv

# A marker file: the environment is rebuilt when what it is made from has changed.
.venv/.ready: requirements.lock pyproject.toml | $(UV)
	$(UV) venv --quiet --clear --python $(PYTHON) .venv
	$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

demo: setup
	@$(BIN)/wsisctl demo

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check
	$(BIN)/pytest -n auto

test-all: check
	WSISCTL_EXAMPLES=all $(BIN)/pytest -n auto

schema: setup
	$(BIN)/python scripts/compose_schema.py

golden: setup
	WSISCTL_GOLDEN=write $(BIN)/pytest -q tests/test_golden.py

lock: | $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-emit-index-url --group dev --output-file requirements.lock pyproject.toml

build: setup
	$(UV) build --quiet --wheel --out-dir dist

clean:
	rm -rf .venv .tools dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
