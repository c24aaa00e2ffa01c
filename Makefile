# The commands of the project. `make demo` and `make test` need only Python 3.11+, git and make:
# everything else is installed into .venv, from locks with hashes. Stamps in .venv keep a second
# call quick.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header
WORKERS ?= 2

.PHONY: help demo test lint types docs bench-smoke lock clean

help:
	@echo 'make demo         set up .venv and plan the Busan case; ends with the path of the report'
	@echo 'make test         set up .venv and run the tests'
	@echo 'make lint         ruff: rules and layout'
	@echo 'make types        mypy, strict'
	@echo 'make docs         build docs/_build/html, warnings as errors'
	@echo 'make bench-smoke  run every bench once on small input'
	@echo 'make lock         resolve requirements/*.txt anew'
	@echo 'make clean        remove .venv and everything built'

demo: $(VENV)/.core $(VENV)/.package
	@$(BIN)/motorworks run busan

test: $(VENV)/.dev $(VENV)/.package
	$(BIN)/python -m pytest -n $(WORKERS) -rs

lint: $(VENV)/.dev
	$(BIN)/ruff check src tests bench docs
	$(BIN)/ruff format --check src tests bench docs

types: $(VENV)/.dev $(VENV)/.package
	$(BIN)/mypy

docs: $(VENV)/.dev $(VENV)/.package
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html
	@echo docs/_build/html/index.html

bench-smoke: $(VENV)/.dev $(VENV)/.package
	$(BIN)/python -m bench --smoke

lock: $(VENV)/.dev
	$(LOCK) $(UPGRADE) pyproject.toml requirements/build.in -o requirements/core.txt
	$(LOCK) $(UPGRADE) --extra dev --extra docs --extra bench -c requirements/core.txt \
		pyproject.toml requirements/build.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist docs/_build docs/reference/generated
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

# An environment that is there and works is kept, whoever made it.
$(VENV)/.made:
	@if $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  touch $@; exit 0; \
	fi; \
	for python in '$(PYTHON)' python3.13 python3.12 python3.11; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$python cannot make a virtual environment: install venv for it," >&2; \
	    echo "on Debian or Ubuntu: apt install python3-venv" >&2; \
	    exit 1; \
	  fi; \
	  "$$python" -m venv --clear $(VENV) && touch $@; \
	  exit $$?; \
	done; \
	echo "Motorworks needs Python 3.11 or newer; '$(PYTHON)' is not." >&2; \
	echo "Install it, or name it: make PYTHON=/path/to/python3.11 ..." >&2; \
	exit 1

$(VENV)/.core: requirements/core.txt | $(VENV)/.made
	@echo 'Installing what Motorworks needs into $(VENV) ...'
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core | $(VENV)/.made
	@echo 'Installing what its tests need into $(VENV) ...'
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(VENV)/.package: pyproject.toml src/motorworks/__init__.py $(VENV)/.core | $(VENV)/.made
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
