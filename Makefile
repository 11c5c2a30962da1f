# Everything a person types while working here. Needs Python 3.11 or newer, git and make; the rest comes from the lock file.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
unexport PYTHONDONTWRITEBYTECODE  # the tests start hundreds of processes, and each would compile everything anew

PORT ?= 8000
PYTEST_ARGS ?=
MUTANTS ?=
SECONDS ?= 7200
BIN := .venv/bin
READY := .venv/.installed
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)

# What is named behind `bench` is no goal of its own.
ifeq (bench,$(firstword $(MAKECMDGOALS)))
MEASURED := $(filter append rebuild serving pages hostile importing,$(MAKECMDGOALS))
.PHONY: $(MEASURED)
$(MEASURED): ; @:
endif

.PHONY: help demo test test-long check mutants bench soak lock clean

help: ## what there is to type
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## a worked example partnership on http://127.0.0.1:8000 (PORT=… changes it); Ctrl-C stops everything
	@exec $(BIN)/goldenthread demo --port $(PORT)

test: $(READY) ## all tests but the long ones
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

test-long: $(READY) ## the tests that take minutes
	$(BIN)/python -m pytest -n 2 -m long $(PYTEST_ARGS)

check: $(READY) ## format, lint, types, import contracts, schema drift, container files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m api.schema_check
	$(BIN)/hadolint --failure-threshold info Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

mutants: $(READY) ## change src/domain a little and see its tests notice: what differs from main (MUTANTS=--all, or a file)
	PYTHONPATH=src:tests:. nice $(BIN)/python -m tools.mutants $(MUTANTS)

bench: $(READY) ## the benchmarks, or those named behind it (make bench serving); writes benchmarks/results/*.json
	$(BIN)/python -m benchmarks $(MEASURED)

soak: $(READY) ## two hours of mixed requests (SECONDS=…): does what the service holds stay flat? writes benchmarks/results/soak.json
	$(BIN)/python -m benchmarks.soak $(SECONDS)

lock: $(READY) ## compile requirements.lock anew from pyproject.toml (needs uv; installs it into .venv if missing)
	@[ -x $(BIN)/uv ] || $(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --upgrade --quiet --output-file requirements.lock

clean: ## remove everything that is made here, but not the data in .data
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache
	find . -name __pycache__ -not -path './.data/*' -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Golden Thread needs Python 3.11 or newer, and none was found on the PATH." >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo "$(PYTHON) cannot make virtual environments: install its venv package." >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
