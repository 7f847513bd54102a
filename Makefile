# Needs Python 3.11 or newer with pip, and make.  TeX and Chromium are used where they are there.
#
#   make         check the course and render it into output/
#   make test    style, types and tests
#   make clean   remove what these two have made

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: all test clean
all: .venv/runtime
	@# 3: something is undecided; the notes say so, and are rendered all the same.
	$(BIN)/lemmata check || [ $$? -eq 3 ]
	$(BIN)/lemmata build
	@echo
	@echo "What has been rendered:"
	@find output -name 'notes.*' | sort | sed 's/^/  /'

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	for room in theorems derivations exercises; do $(BIN)/mypy $$room/*.py || exit 1; done
	$(BIN)/pytest -n 2

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(PIP) install -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/runtime requirements/dev.txt
	$(PIP) install -r requirements/dev.txt
	@touch $@

clean:
	rm -rf .venv output .mypy_cache .ruff_cache .pytest_cache .hypothesis
