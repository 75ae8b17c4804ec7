# Every command sets up what it needs: a fresh clone asks for Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
READY := .venv/ready
ZENSICAL := .zensical.yml
export NO_MKDOCS_2_WARNING := 1  # a banner of the theme; pyproject.toml pins mkdocs<2 because of what it says

.DEFAULT_GOAL := help
.PHONY: help serve build test check links archive verify lint bench zensical schema lock clean

help:  ## Show this list
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: $(READY)  ## Show the site at http://127.0.0.1:8000/ and renew it whenever a file is saved (PORT=8001: there instead)
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2> /dev/null || \
	    { echo 'Port $(PORT) cannot be had, most likely because something uses it. Try: make serve PORT='$$(($(PORT) + 1)) >&2; exit 1; }
	$(BIN)/mkdocs serve --dirty --dev-addr 127.0.0.1:$(PORT)

build: $(READY)  ## Build the site into site/
	$(BIN)/mkdocs build --strict

test: $(READY)  ## Run the tests; says which need Chromium if it is missing
	$(BIN)/pytest -q

check: $(READY)  ## List what is wrong with the entries (every warning: .venv/bin/chronicle check --warnings)
	$(BIN)/chronicle check

links: $(READY)  ## Look whether the sources still answer, politely; takes a while (SINCE=report.md: tells what changed)
	$(BIN)/chronicle links $(if $(SINCE),--since '$(SINCE)')

archive: $(READY)  ## Look for archived copies of the sources and write where they are (LIMIT=20: no more sources than this)
	$(BIN)/chronicle archive $(if $(LIMIT),--limit '$(LIMIT)') $(if $(IA_ACCESS_KEY),--save)

verify: $(READY)  ## Look whether quotations and numbers stand in their sources (SINCE=report.md: tells what changed)
	$(BIN)/chronicle verify $(if $(SINCE),--since '$(SINCE)')

lint: $(READY)  ## Check the style and the types of the program
	$(BIN)/ruff check scripts tests
	$(BIN)/mypy

bench: $(READY)  ## Measure how long loading, building and rebuilding take
	$(BIN)/python tests/bench.py $(SIZES)

zensical: $(READY)  ## Build the site with Zensical, the other generator, into site-zensical/
	$(BIN)/chronicle build
	@printf 'INHERIT: mkdocs.yml\nsite_dir: site-zensical\n' > $(ZENSICAL)
	$(BIN)/zensical build --strict --config-file $(ZENSICAL)
	$(BIN)/chronicle index site-zensical

schema: $(READY)  ## Write the JSON Schemas from which editors know the keys of an entry, and the forms for GitHub
	$(BIN)/chronicle schema
	$(BIN)/chronicle forms

lock:  ## Choose the newest releases that pyproject.toml allows, and write requirements.lock
	@$(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip install --quiet --upgrade uv
	.cache/lock/bin/uv pip compile --quiet --upgrade --universal --all-extras --generate-hashes --no-header \
	    --python-version 3.11 --output-file requirements.lock pyproject.toml

clean:  ## Remove what was made: pages, sites, caches and the environment
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache site site-zensical $(ZENSICAL)
	git clean -fdXq docs

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'This needs Python 3.11 or newer. If you have it under another name: make PYTHON=python3.12 …' >&2; exit 1; }
	@echo 'Setting up .venv from requirements.lock; this takes a minute and happens only when that file changes.'
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
