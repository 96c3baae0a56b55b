# One line per thing a person wants: make demo | test | lint | bench | run | lock | clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo test lint bench run pictures lock clean
help:
	@echo "make demo   a full round on bundled sample feeds, no network needed"
	@echo "make test   the test suite        make lint   ruff, mypy, import-linter"
	@echo "make bench  ratios to bench.json  make run    the service"

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)
	@$(BIN)/market-pulse demo
test: $(STAMP)
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)
lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
bench: $(STAMP)
	$(BIN)/python -m tests.bench
run: $(STAMP)
	$(BIN)/market-pulse run
pictures: $(STAMP)
	$(BIN)/python -m tests.pictures
lock:
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group dev pyproject.toml --output-file requirements.lock
clean:
	rm -rf $(VENV) build dist *.egg-info bench.json demo-output
