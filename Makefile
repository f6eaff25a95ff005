# Every step of the project by name; `make` alone lists them.
PARTNERSHIP ?= hillingdon
YEAR ?= 2023-24
RELEASE ?= shared
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# A file's tests stay in one process, and files are taken in the order given: those that build releases first.
TESTS := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

unexport PYTHONDONTWRITEBYTECODE  # else each process that a test starts compiles the package anew: 2 seconds

# An environment holds the path that it was made at: in a clone that was moved since it is set up again.
MADE_AT := $(shell cat $(READY) 2>/dev/null)
ifneq ($(MADE_AT),)
ifneq ($(MADE_AT),$(CURDIR))
$(shell rm -f $(READY))
endif
endif

.DEFAULT_GOAL := help
.PHONY: help report check test lint bench backtest docs lab lock setup clean

help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## Make the virtual environment (the other commands do it when it is needed)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	cp tools/safeguarding.sh $(BIN)/safeguarding
	echo "$(CURDIR)" > $(READY)

report: $(READY) ## Build the report: PARTNERSHIP=hillingdon YEAR=2023-24 RELEASE=shared
	$(BIN)/safeguarding build --partnership $(PARTNERSHIP) --year $(YEAR) --release $(RELEASE)

check: lint ## Check style and run the fast tests: what to do before every commit
	$(TESTS) -m "not slow"

test: $(READY) ## Run the whole test suite
	$(TESTS)

lint: $(READY) ## Check style and stray notebook output
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --verify notebooks/*/*.ipynb

bench: $(READY) ## Measure speed against named alternatives
	$(BIN)/python -m benchmarks

backtest: $(READY) ## Recompute published official figures and say how many agree (needs the releases)
	$(BIN)/python -m tools.backtest

docs: $(READY) ## Make the documentation site in outputs/docs (no network)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	@echo outputs/docs/index.html

lab: $(READY) ## Open JupyterLab on the start notebook
	$(BIN)/safeguarding lab

lock: ## Renew requirements.lock and environment.yml from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra test --extra develop --extra docs --extra cluster --generate-hashes --no-header -o requirements.lock
	$(BIN)/python -m tools.environment

clean: ## Remove the reports that were built
	rm -rf outputs/*/
