# One line per thing a person wants: make demo | test | lint | bench | run | lock | clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

.PHONY: help demo test lint bench run pictures lock clean
help:
	@echo "make demo   a full round on bundled sample feeds, no network needed"
	@echo "make test   the test suite        make lint   ruff, mypy, import-linter"
	@echo "make bench  ratios to bench.json  make run    the service"

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@
# What the program needs; enough for demo and run. --no-compile: only what is imported gets compiled, at first use.
$(VENV)/.runtime: $(VENV)/.made requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
# The same with the tools of developers.
$(VENV)/.dev: $(VENV)/.made requirements-dev.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

demo: $(VENV)/.runtime
	@$(BIN)/market-pulse demo
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)
lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench
run: $(VENV)/.runtime
	$(BIN)/market-pulse run
pictures: $(VENV)/.dev
	$(BIN)/python -m tests.pictures
lock: $(VENV)/.dev
	$(BIN)/uv pip compile $(LOCK) --group build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile $(LOCK) --group build --group dev pyproject.toml --output-file requirements-dev.lock
clean:
	rm -rf $(VENV) build dist *.egg-info bench.json demo-output
