# The one door to everything: run, test, check, bench.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PEERS := .venv/.peers
# What pip would do on one core, and for the libraries' own tests as well.
COMPILE := $(BIN)/python -m compileall -qq -j 0 -x '/tests/' .venv/lib adapters bot db recommender

.DEFAULT_GOAL := help
.PHONY: help run test tests coverage check format bench clean

help:  ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

$(READY): pyproject.toml constraints.txt
	@echo "Setting up .venv with pinned versions (the first time takes a minute or two)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
		--constraint constraints.txt --editable '.[dev]'
	@$(COMPILE) || true # some libraries hold files of other Pythons
	@touch $(READY)

$(PEERS): $(READY)
	@echo "Adding the peers that benchmarks compare with"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev,bench]'
	@touch $(PEERS)

run: $(READY)  ## Open the chat in the terminal (without one: play a short tour)
	@$(BIN)/matinee run

test: $(READY)  ## Check the code and run every test, on loopback only
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check tests

tests: $(READY)
	@echo "Running the tests on all cores, in random order"
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

coverage: $(READY)  ## Run every test and show the lines that none of them runs
	@$(BIN)/python -m pytest -q -n auto --cov --cov-report=term

check: $(READY)  ## Lint, format, types, import contracts
	@echo "Checking style, types and import contracts"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports > .venv/imports.log || { cat .venv/imports.log; exit 1; }

format: $(READY)  ## Put the code into shape
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

bench: $(PEERS)  ## Measure beside peers in the same run (make bench DATA=folder for real films)
	@for each in wishes long_lines service_load engines_load discord_load discord_memory slack_load web_load member_import deliveries_lateness \
		deliveries_kill9 imdb_import; do \
		echo "== $$each"; $(BIN)/python benchmarks/$$each.py || exit 1; done
	@for each in titles catalogue_import recommender_speed recommender_club recommender_quality \
		$(if $(DATA),recommender_words); do echo "== $$each"; \
		$(BIN)/python benchmarks/$$each.py $(if $(DATA),--data $(DATA)) || exit 1; done
	$(if $(DATA),@echo "== matinee evaluate"; $(BIN)/matinee evaluate $(DATA))

clean:  ## Take away the environment and caches (never your data)
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
