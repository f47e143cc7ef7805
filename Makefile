# Two commands for a fresh machine: `make demo` and `make test`. Each says what it does.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test install install-demo format lint types imports unit snapshots conformance docs bench clean

help: ## show these lines
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

demo: install-demo ## install, start the server, let the embedded LLM answer real questions
	@$(BIN)/hrm chat --demo

test: install lint types imports unit conformance docs ## every check
	@echo "test: every check passed"

install: ## the environment with everything
	@$(PYTHON) scripts/install.py dev

install-demo: ## the environment for the demo only
	@$(PYTHON) scripts/install.py demo

format: ## rewrite the code in the house style
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint:
	@echo "test: style (ruff)" && $(BIN)/ruff format --check . && $(BIN)/ruff check .

types:
	@echo "test: types (mypy --strict)" && $(BIN)/mypy

imports:
	@echo "test: dependency direction (import-linter)" && $(BIN)/lint-imports

unit:
	@echo "test: behaviour and branch coverage (pytest)"
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --cov --cov-report= --durations=10
	@echo "test: branch coverage outside the engine, at least 95 %"
	@$(BIN)/coverage report --omit 'hrm_engine/*' --skip-covered --fail-under=95
	@echo "test: branch coverage inside the engine, at least 90 %"
	@$(BIN)/coverage report --include 'hrm_engine/*' --skip-covered --fail-under=90

snapshots: ## write the published schemas anew, after a change that is meant
	@HRM_WRITE_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/tools/test_schema.py

conformance: install ## the official MCP suite and a TypeScript client against our server and client
	@echo "test: the protocol, as others see it (MCP conformance suite, Inspector)"
	@$(BIN)/python scripts/conformance.py

docs:
	@echo "test: documentation builds (mkdocs)" && $(BIN)/mkdocs build -q --strict -d .venv/site

bench: install ## the figures of the README, measured on this machine
	@$(BIN)/python benchmarks/run_all.py

clean: ## remove what the commands above made
	rm -rf .venv site build dist .mypy_cache .ruff_cache .coverage .coverage.*
