# Đôn Đốc. `make` alone lists what can be done; every target says so in the words after its ##.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
# How long `make fuzz` searches the formats and the finders of the reader, each; and how long `make test` does, which
# begins at the same place each time: what it finds is not a matter of luck.
FUZZ_SECONDS ?= 600
TEST_SECONDS ?= 30
# Three processes on two cores: while one waits for a server or a page, another one works.
TEST_PROCESSES ?= 3
# Where `make demo` keeps its office: outside git, removed by `make demo-fresh` only.
DONDOC_HOME ?= $(CURDIR)/.demo

# Each process of a site and of the tests reads the compiled modules; where it may not keep them, it compiles them
# anew, which is half of its start.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
LOCALE := src/dondoc/office/locale
VENDOR := src/dondoc/office/static/vendor
CATALOGUES := $(wildcard $(LOCALE)/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
DEBIAN_PACKAGES := chromium tesseract-ocr-vie libreoffice-writer postgresql-15

define search
if $(BIN)/python -c "import atheris" 2>/dev/null; then \
	searches=(); \
	for target in formats finders; do \
		( said=$$($(BIN)/python tests/fuzz/$$target.py -max_total_time=$(1) $(2) 2>&1) || { tail -40 <<< "$$said"; exit 1; }; \
		echo "$$target: $(1) s without a fault" ) & searches+=($$!); \
	done; \
	for search in "$${searches[@]}"; do wait "$$search" || fault=yes; done; \
	[ -z "$${fault:-}" ]; \
else echo "atheris is not here (it needs Linux on x86_64): the formats were not searched with it." >&2; fi
endef

.PHONY: help install demo demo-fresh dev test fast fuzz bench bench-reader docs lint lock messages system

help: ## List the targets (this list)
	@awk -F ' *## ' '/^[a-z-]+:.*##/ { split($$1, name, ":"); printf "  make %-12s %s\n", name[1], $$2 }' Makefile

install: .venv/.installed $(VENDOR)/.installed $(COMPILED) ## Make .venv (with .venv/bin/dondoc), fetch the page's parts, compile the messages

.venv/.installed: requirements.lock pyproject.toml tools/make_venv.sh
	@PYTHON="$(PYTHON)" tools/make_venv.sh
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || { echo "Node is missing: install Node 20 or later with npm." >&2; exit 1; }
	@node -e 'if (parseInt(process.versions.node) < 20) { console.error("Node " + process.versions.node + " is too old: Đôn Đốc needs Node 20 or later."); process.exit(1) }'
	npm ci --no-audit --no-fund
	@touch $@

$(VENDOR)/.installed: node_modules/.installed tools/vendor.mjs
	npm run --silent vendor
	@touch $@

$(LOCALE)/%.mo: $(LOCALE)/%.po tools/messages.py .venv/.installed
	@$(BIN)/python tools/messages.py compile

demo: install ## Start the demo office on http://127.0.0.1:8000 (PORT=8123 for another port); the data stay
	@DONDOC_HOME="$(DONDOC_HOME)" $(BIN)/dondoc demo --port $(PORT)

demo-fresh: install ## The same, after throwing the demo office of the last time away
	@DONDOC_HOME="$(DONDOC_HOME)" $(BIN)/dondoc demo --fresh --port $(PORT)

dev: install ## Start the site for working on it: it restarts when a file changes
	@DONDOC_HOME="$(DONDOC_HOME)" DONDOC_DEBUG=1 $(BIN)/dondoc serve --reload --port $(PORT)

test: install system lint ## Everything that CI runs: style, layers, types, all tests
	$(BIN)/pytest -n $(TEST_PROCESSES) --dist loadscope --no-loadscope-reorder
	@$(call search,$(TEST_SECONDS),-seed=1)

fast: .venv/.installed ## Reader, rules and the checks of the project itself: no database, a few seconds
	$(BIN)/pytest -q tests/fast tests/guards

fuzz: .venv/.installed ## Property tests with many more examples than `make test` takes
	$(BIN)/pytest -q --hypothesis-profile=fuzz -m "not flow and not engine"
	@$(call search,$(FUZZ_SECONDS))

bench: install ## Measure speed and the reader's scores
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file; done

bench-reader: .venv/.installed ## Scores of the reader, the held third beside the rest (GOLD=DIR for a folder with docs/ and gold/)
	@$(BIN)/python bench/reader.py $(if $(GOLD),--gold "$(GOLD)")

lint: .venv/.installed ## Style, import layers and types, without running a test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/mypy bench

system: # What the tests need of the machine itself
	@tools/system_packages.sh $(DEBIAN_PACKAGES)

docs: install ## Write the generated pages of docs/ again (commands, figures)
	@$(BIN)/python tools/docs.py

messages: .venv/.installed ## Collect the texts of the screens into the Vietnamese and English catalogues
	@$(BIN)/python tools/messages.py extract
	@$(BIN)/python tools/messages.py check

lock: ## Choose the versions of the dependencies anew and write requirements.lock
	$(or $(wildcard $(BIN)/uv),uv) pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
		--extra dev pyproject.toml -o requirements.lock
