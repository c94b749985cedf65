# Two commands matter: `make run` sets everything up and opens Serge, `make test` sets everything up and runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests of screens wait for half of their time: one worker more than there are cores.
JOBS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1 )))

.PHONY: help run test setup lint types imports content check bench wheel smoke coverage screenshots snapshots site manual quick sdist pythons clean

help:  ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.installed  ## set up and open Serge
	@$(BIN)/serge

# Compiled modules are kept: without them every worker, and every program a test starts, compiles all modules again.
test: $(VENV)/.installed-dev  ## set up and run the tests, in parallel
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n $(JOBS) --dist worksteal -q

# Documents, tables, folding of text, keys, the name finder, pictures of screens: most of what a missing file or another
# Python would break, in a small part of the time of all tests.
QUICK := tests/test_documents.py tests/test_documented_keys.py tests/test_site.py tests/test_sentences.py \
	tests/test_snapshots.py tests/db/test_schema.py tests/db/test_text.py tests/db/test_backups.py \
	tests/serge_tui/commands tests/serge_tui/core/name_finder tests/serge_tui/modes/figures/test_figure_pictures.py

quick: $(VENV)/.installed-dev  ## run a small part of the tests
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n $(JOBS) --dist worksteal -q $(QUICK)

setup: $(VENV)/.installed-dev  ## set up everything for working on Serge

# uv where it is there; else venv and pip. Debian's python3 has no ensurepip: the venv is then made without pip and the
# pip that stands outside installs into it.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Serge needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then uv venv -q --python $(PYTHON) $(VENV); \
	else $(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); }; fi

define install
	@if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python -c constraints.txt -e '$(1)'; \
	elif [ -x $(BIN)/pip ]; then $(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '$(1)'; \
	else $(PYTHON) -m pip --python $(BIN)/python install -q --disable-pip-version-check -c constraints.txt -e '$(1)'; fi
endef

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(call install,.)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(call install,.[dev])
	@touch $@ $(VENV)/.installed

lint: $(VENV)/.installed-dev  ## ruff: lint and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev  ## mypy --strict, the tests too
	$(BIN)/mypy

imports: $(VENV)/.installed-dev  ## the one-way flow between the rooms
	$(BIN)/lint-imports

content: $(VENV)/.installed-dev  ## check the study pack
	$(BIN)/python -m import_scripts.pack

coverage: $(VENV)/.installed-dev  ## the tests, with coverage printed
	$(BIN)/pytest -n $(JOBS) --dist worksteal -q --cov --cov-report=term

wheel: $(VENV)/.installed-dev  ## build the wheel and the source archive into dist/
	@rm -rf dist
	$(BIN)/python -m build --wheel --sdist --no-isolation -o dist . >/dev/null
	@tar -tzf dist/*.tar.gz | grep -q '/constraints.txt$$'  # without it neither command of the README works there
	@ls dist

smoke: wheel  ## install the wheel far from the checkout and use it
	PYTHON=$(PYTHON) sh tests/smoke.sh dist/*.whl

sdist: wheel  ## set up the source archive far from the checkout, with the newest Python here, and run a part of its tests
	PYTHON=$$(sh tests/pythons.sh 2>/dev/null | tail -n 1) sh tests/sdist.sh dist/*.tar.gz

pythons: wheel  ## use the wheel with every Python here, and the newest dependencies it allows
	@for python in $$(sh tests/pythons.sh); do PYTHON=$$python NEWEST=1 sh tests/smoke.sh dist/*.whl || exit 1; done

check: lint types imports content site test smoke sdist pythons  ## everything CI checks

bench: $(VENV)/.installed-dev  ## measure, and print a table
	$(BIN)/python -m tests.benchmarks

screenshots: $(VENV)/.installed-dev  ## draw the pictures of the README from the running app
	$(BIN)/python -m tests.screenshots docs/pictures

snapshots: $(VENV)/.installed-dev  ## accept the screens as they are now as right
	$(BIN)/pytest -q --accept-screens $$(grep -rl --include="test_*.py" snap_compare tests)

site: $(VENV)/.installed-dev  ## build the documentation site into site/, and check its links
	$(BIN)/python -m tests.site

manual: $(VENV)/.installed-dev  ## make the manual page anew from the command line
	$(BIN)/python -m tests.site.manual --accept

clean:  ## remove what was made
	rm -rf $(VENV) dist build site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage* htmlcov
