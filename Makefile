# `make run` tries Engage, `make test` proves it, `make help` lists the rest.
# Nothing is done twice: a stamp file stands for each finished step.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory --silent
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
step := .ci/step
bin := .venv/bin
npm := npm --no-audit --no-fund --no-update-notifier
packages := $(wildcard package.json widgets/*/package.json agent_console/package.json)
front_ends := $(shell find widgets agent_console -type f -not -path '*/node_modules/*' -not -path '*/dist/*')
tsconfigs := $(wildcard widgets/*/tsconfig.json agent_console/tsconfig.json tests/screens/tsconfig.json)
schema := widgets/client/src/schema.d.ts

.PHONY: help run test e2e bench check format types lock clean
help: ## List the commands
	awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Install what is missing, then serve the demo
	$(MAKE) -j2 .venv/.installed node_modules/.installed
	$(MAKE) engage/static/.built
	ENGAGE_DEMO=1 ENGAGE_DEMO_MAILS=1 exec $(bin)/engage serve

test: ## Install what the tests need, check the code, run every test
	.ci/system-packages
	$(MAKE) -j2 .venv/.installed-dev node_modules/.installed
	$(MAKE) engage/static/.built check
	npm test --workspaces --if-present
	$(bin)/pytest -n 2

e2e: .venv/.installed-dev engage/static/.built ## Only the journeys; with ENGAGE_EVERY_LOOK=1 each screen in every look
	$(bin)/pytest tests/journeys

bench: .venv/.installed-dev engage/static/.built ## Measure: make bench NAME=...
	if [ -z "$(NAME)" ]; then ls tests/bench | sed -n 's/^\([a-z].*\)\.py$$/make bench NAME=\1/p'; else $(bin)/python -m tests.bench.$(NAME); fi

typescripts := $(tsconfigs:%=typescript-%)
checks := check-format check-lint check-types check-imports check-schema $(typescripts)
.PHONY: $(checks)
check: .venv/.installed-dev node_modules/.installed ## Format, lint, types, import contracts, generated types
	$(MAKE) -j2 --keep-going $(checks)

check-format:
	$(step) "ruff format" $(bin)/ruff format --check
check-lint:
	$(step) "ruff check" $(bin)/ruff check
check-types:
	$(step) "mypy" $(bin)/mypy
check-imports:
	$(step) "import-linter" $(bin)/lint-imports
$(typescripts): typescript-%:
	$(step) "tsc $(*D)" npx --no-install tsc --noEmit --project $*
check-schema:
	$(step) "generated types" .ci/generate-types $(schema) --check

format: .venv/.installed-dev node_modules/.installed ## Format the code and mend what a tool can mend
	$(bin)/ruff check --fix --quiet && $(bin)/ruff format --quiet
	npx --no-install prettier --log-level warn --write widgets agent_console tests/screens

types: .venv/.installed-dev node_modules/.installed ## Write the front ends' types from the server's schemas
	$(step) "generated types" .ci/generate-types $(schema)

lock: .venv/.installed-dev ## Write the versions installed here to requirements.lock
	$(bin)/pip freeze --exclude-editable > requirements.lock

clean: ## Remove what was installed and built; the data in var/ stays
	rm -rf .venv node_modules engage/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	.ci/check-tools $(PYTHON)
	$(step) "Python" $(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml requirements.lock | .venv/bin/python
	$(step) "Python packages" $(bin)/pip install --progress-bar off --no-compile --disable-pip-version-check --constraint requirements.lock --editable .
	touch $@

.venv/.installed-dev: pyproject.toml requirements.lock | .venv/bin/python
	$(step) "Python packages" $(bin)/pip install --progress-bar off --no-compile --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	touch .venv/.installed $@

node_modules/.installed: package-lock.json $(packages)
	.ci/check-tools node
	$(step) "npm packages" $(npm) ci --loglevel http
	touch $@

engage/static/.built: node_modules/.installed $(front_ends)
	$(step) "front ends" npm run build --workspaces --if-present
	touch $@
