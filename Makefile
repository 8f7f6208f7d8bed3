# The commands of this project. `make` alone lists them.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := .venv/bin/uv
MAIN := .venv/.ready
BOT := bot/.venv/.ready

# uv takes the packages that pip was told of, such as a torch without CUDA
ifdef PIP_FIND_LINKS
UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
export UV_FIND_LINKS
endif
export RASA_TELEMETRY_ENABLED := false

.PHONY: help setup run check format test lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(MAIN) $(BOT) ## Make both Python environments, .venv and bot/.venv

run: setup ## Run the shop: builds what is missing, Ctrl-C stops it
	@.venv/bin/storekeep up

check: setup ## Check style, types, imports, dialogue data and documents; changes nothing
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest tests/test_architecture.py tests/test_docs.py
	STOREKEEP_HOME=build/home .venv/bin/storekeep build
	PYTHONPATH=. bot/.venv/bin/rasa data validate --fail-on-warnings \
		--config bot/config.yml --domain bot/domain --data data/nlu data/rules data/stories

format: setup ## Format the code and fix what can be fixed
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

test: setup ## Build what is missing and run every test, the browser's included
	STOREKEEP_HOME=build/home .venv/bin/storekeep build
	.venv/bin/pytest

lock: $(UV) ## Renew both lists of pinned packages
	UV_FIND_LINKS= $(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header \
		| grep -vE '^(nvidia|triton|cuda)' > requirements.lock.new
	mv requirements.lock.new requirements.lock
	UV_FIND_LINKS= $(UV) pip compile bot/requirements.in --universal --python-version 3.10 \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header \
		-o bot/requirements.lock

clean: ## Remove the environments and what was built; the shop's state in var/ stays
	rm -rf .venv bot/.venv build

$(UV): requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or run make PYTHON=/path/to/python3."; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.lock)"
	@touch $@

$(MAIN): $(UV) requirements.lock pyproject.toml
	$(UV) pip install --python .venv/bin/python -r requirements.lock
	$(UV) pip install --python .venv/bin/python --no-deps --editable .
	@touch $@

$(BOT): $(UV) bot/requirements.lock bot/.python-version
	@test -x bot/.venv/bin/python || (cd bot && ../$(UV) venv .venv) || \
		{ echo "Rasa needs Python 3.10, and none could be found or downloaded: install it and run make again."; exit 1; }
	$(UV) pip install --python bot/.venv/bin/python -r bot/requirements.lock
	@touch $@
