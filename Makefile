# Everything a bare machine needs is git, make and Python 3.11 or newer.
#   make demo       set up, then run a small synthetic edition through every stage
#   make setup      the environment in .venv, from requirements.lock; whatever needs it does this first
#   make format     mend what ruff can mend, and format the code
#   make check      lint and type-check
#   make test       check, then test
#   make test-all   the same with every generated example
#   make build      a wheel to install anywhere, in dist/
#   make mutants    make each comparison of the rules and of the count wrong, and list the test that catches it (minutes)
#   make mutants-count  the same for the SQL of the count alone
#   make wheel-demo build the wheel, and run it alone in a place that has never seen the repository
#   make schema     compose the definition's JSON Schema from the rules' own settings
#   make golden     write what the golden folders expect; read the difference before committing
#   make docs       write the pages of rules and clauses, and what the commands in README and docs print
#   make benchmark  a contest as big as a real one, command by command (minutes)
#   make benchmark-validate  validate alone, from 1,000 to 50,000 submissions (minutes)
#   make benchmark-imports   importing, against DuckDB reading the same CSV into Parquet (minutes)
#   make benchmark-tally     the count, against DuckDB alone, Polars and pandas (minutes; VOTES="…" for other numbers)
#   make benchmark-recount   the count with the second counter, and that alone (a minute; VOTES="…" for other numbers)
#   make lock       resolve the dependencies anew into requirements.lock
#   make clean      take away the environment, the wheels and all caches

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo format check test test-all mutants mutants-count wheel-demo schema golden docs benchmark benchmark-validate benchmark-imports benchmark-tally benchmark-recount lock build clean

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

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check
	$(BIN)/pytest -n auto

test-all: check
	WSISCTL_EXAMPLES=all $(BIN)/pytest -n auto

mutants: setup
	$(BIN)/python -m tests.mutation

mutants-count: setup
	$(BIN)/python -m tests.mutation --only wsisctl/voting/

# As a user gets it: no development tools, no repository, only what the wheel says it needs, in the
# versions that were tested. Any failing command ends it.
wheel-demo: setup
	@set -eu; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; trap 'exit 1' HUP INT TERM; \
	$(UV) build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir "$$place"; \
	$(UV) venv --quiet --python $(PYTHON) "$$place/env"; \
	$(UV) pip install --quiet --python "$$place/env/bin/python" --constraint requirements.lock \
		"$$place"/*.whl; \
	mkdir "$$place/empty"; cd "$$place/empty"; unset PYTHONPATH; PATH="$$place/env/bin:$$PATH"; \
	python -c 'import sys, wsisctl; sys.exit(not wsisctl.__file__.startswith(sys.prefix) and \
		f"{wsisctl.__file__} is not what was installed in {sys.prefix}")'; \
	wsisctl --version; \
	for command in "rules --contest 2018" schema "demo demo"; do \
		wsisctl $$command >output || { cat output; echo "wsisctl $$command failed" >&2; exit 1; }; \
		echo "wsisctl $$command: done"; \
	done

schema: setup
	$(BIN)/python scripts/compose_schema.py

docs: setup
	WSISCTL_DOCS=write $(BIN)/pytest -q tests/test_rule_pages.py tests/test_docs.py

benchmark: setup
	$(BIN)/python -m benchmarks.stages

benchmark-validate: setup
	$(BIN)/python -m benchmarks.validate

benchmark-imports: setup
	@$(BIN)/python -m benchmarks.imports

# Polars and pandas have an environment of their own: no test needs them, and they must not slow down what is measured.
benchmark-tally: setup .bench/.ready
	@$(BIN)/python -m benchmarks.tally .bench/bin/python $(VOTES)

benchmark-recount: setup
	@$(BIN)/python -m benchmarks.recount $(VOTES)

.bench/.ready: pyproject.toml | $(UV)
	$(UV) venv --quiet --clear --python $(PYTHON) .bench
	$(UV) pip install --quiet --python .bench/bin/python --group bench
	@touch $@

golden: setup
	WSISCTL_GOLDEN=write $(BIN)/pytest -q tests/test_golden.py

lock: | $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-emit-index-url --group dev --output-file requirements.lock pyproject.toml

build: setup
	$(UV) build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir dist

clean:
	rm -rf .venv .bench .tools dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
