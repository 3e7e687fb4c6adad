# `make` alone prints what there is. Everything sets up what it needs in .venv first.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KILLS ?= 50
TEXTS ?= 100000
PIN := pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: help
help: ## print this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/.core: requirements/core.txt requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what the program needs ..." >&2
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/core.txt -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.dev: $(BIN)/.core requirements/dev.txt
	@echo "installing what the tests need ..." >&2
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: demo
demo: $(BIN)/.core ## the real pipeline over sample feeds: no network, alerts on the terminal, under 10 s
	@$(BIN)/python -m monitor demo $(ARGS)

.PHONY: run
run: $(BIN)/.core ## the daemon in the foreground, with ./config.toml
	@$(BIN)/python -m monitor run $(ARGS)

.PHONY: test
test: $(BIN)/.dev ## the tests that need Python alone
	@$(BIN)/python -m pytest -n auto $(ARGS)

.PHONY: test-world
test-world: $(BIN)/.dev ## the rest: built wheel, network namespace, PostgreSQL, kills
	@$(BIN)/python -m pytest -m world $(ARGS)

.PHONY: crash-test
crash-test: $(BIN)/.dev ## kill the daemon KILLS times at random and count what arrived; last line JSON
	@$(BIN)/python -m tests.drills.crash --kills $(KILLS)

.PHONY: systemd-test
systemd-test: $(BIN)/.dev ## boot a real systemd (root) and drive the installed service in it; last line JSON
	@$(BIN)/python -m tests.drills.systemd

bench/.venv/.ready: requirements/core.txt bench/requirements.txt
	@test -x bench/.venv/bin/python || $(PYTHON) -m venv bench/.venv
	@echo "installing what is measured ..." >&2
	@bench/.venv/bin/python -m pip install --quiet --require-hashes -r requirements/core.txt
	@bench/.venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r bench/requirements.txt \
		|| echo "spaCy and hyperscan can't be installed here: the measurement goes without them" >&2
	@touch $@

.PHONY: bench-match
bench-match: bench/.venv/.ready ## articles a second of the matcher, beside re, spaCy and hyperscan; last line JSON
	@bench/.venv/bin/python -m bench.match $(ARGS)

.PHONY: bench-start
bench-start: $(BIN)/.core ## what --help and --version cost beside Python and click alone; last line JSON
	@$(BIN)/python -m bench.start $(ARGS)

.PHONY: bench-stories
bench-stories: $(BIN)/.core ## what placing an article costs beside up to 100,000 stories; last line JSON
	@$(BIN)/python -m bench.stories $(ARGS)

.PHONY: bench-deliver
bench-deliver: $(BIN)/.dev ## delays of delivery: idle, 1,000 at once, a channel down for a day, 10,000 drained; last line JSON
	@$(BIN)/python -m bench.deliver $(ARGS)

.PHONY: fuzz-rules
fuzz-rules: $(BIN)/.core ## TEXTS mutated articles through the matcher: none may raise or be slow; last line JSON
	@$(BIN)/python -m bench.fuzz --texts $(TEXTS) $(ARGS)

.PHONY: lint
lint: $(BIN)/.dev ## ruff, mypy --strict, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(BIN)/.data: $(BIN)/.core requirements/data.txt
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/data.txt
	@touch $@

.PHONY: states
states: $(BIN)/.data ## what CLDR calls the states and rules/actors does not; ARGS="--write ru,ko" adds names
	@$(BIN)/python scripts/states_from_cldr.py $(ARGS)

.PHONY: docs
docs: $(BIN)/.core ## what is made from the code: the reference of the rule language, schemas, completion, the picture
	@$(BIN)/python -m monitor rules docs > docs/rules-reference.md.new
	@mv docs/rules-reference.md.new docs/rules-reference.md
	@$(BIN)/python -m monitor rules schema --into rules/schema
	@$(BIN)/python -m monitor config schema > config.schema.json.new
	@mv config.schema.json.new config.schema.json
	@$(BIN)/python -m monitor completion --into packaging/completions
	@PYTHONPATH=. $(BIN)/python scripts/alert_picture.py > docs/alert.svg.new
	@mv docs/alert.svg.new docs/alert.svg

.PHONY: lock
lock: $(BIN)/.dev ## pin every dependency anew, with hashes
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv $(PIN) pyproject.toml --upgrade -o requirements/core.txt
	$(BIN)/uv $(PIN) pyproject.toml --extra postgres -c requirements/core.txt --upgrade -o requirements/postgres.txt
	$(BIN)/uv $(PIN) --group build -c requirements/core.txt --upgrade -o requirements/build.txt
	$(BIN)/uv $(PIN) --group data -c requirements/core.txt --upgrade -o requirements/data.txt
	$(BIN)/uv $(PIN) pyproject.toml --group dev -c requirements/core.txt -c requirements/build.txt -c requirements/postgres.txt --upgrade -o requirements/dev.txt
	$(BIN)/uv $(PIN) bench/requirements.in -c requirements/core.txt --upgrade -o bench/requirements.txt

.PHONY: clean
clean: ## remove everything that was made here
	rm -rf $(VENV) bench/.venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
