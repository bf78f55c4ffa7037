# Tasks of claimex. Each sets up what it needs: a Python environment in .venv, from requirements.lock with hashes.
# `. .venv/bin/activate` enters the environment; `make demo` and `make test` work without entering it.

BIN := .venv/bin
READY := .venv/.ready
# Gold that CI holds to the floors in data/gold/floors.json.
GOLD := $(sort $(wildcard data/gold/*.jsonl))
EVALUATE := $(BIN)/claimex evaluate $(GOLD) --articles seeds --articles data/gold/articles --floors data/gold/floors.json

# What a user's shell may hold for other projects must not reach this one.
unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX

.PHONY: demo setup test test-report screenshot lint types check golden schema evaluate floors readme regenerate bench lock clean

demo: $(READY)  ## extract the seed articles into data/claims.jsonl and show what they say about North Korea
	$(BIN)/claimex extract seeds/
	@$(BIN)/claimex show --entity "North Korea" --kind troop_count --kind treaty_event --format table
	@echo "Enter the environment with: . .venv/bin/activate"

setup: $(READY)  ## make .venv; rewrites nothing else

# The first Python from 3.11 on that the PATH has, an active environment's own included.
$(READY): requirements.lock pyproject.toml
	@for python in python3.11 python3.12 python3.13 python3 python; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    echo "making .venv with $$(command -v $$python)"; exec $$python -m venv --clear .venv; \
	  fi; \
	done; echo "claimex needs Python 3.11, 3.12 or 3.13 with the venv module" >&2; exit 1
	@echo "installing what requirements.lock names, by hash (a minute or two)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

test: $(READY)  ## run all tests
	$(BIN)/python -m pytest

# The browser is looked for where CHROMIUM says, else in the PATH. A fresh machine has none: `make test` needs none.
test-report: $(READY)  ## run the tests of the report in headless Chromium
	$(BIN)/python -m pytest tests/report/browser.py

screenshot: $(READY)  ## rewrite docs/report.png, the report on the seeds (needs Chromium)
	$(BIN)/python scripts/screenshot.py

lint: $(READY)  ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## check types
	$(BIN)/mypy

check: test lint types evaluate  ## everything that CI runs

golden: $(READY)  ## rewrite data/claims.jsonl and data/claims.run.json, the golden output of the seeds
	$(BIN)/claimex extract seeds/

schema: $(READY)  ## rewrite data/claim.schema.json
	$(BIN)/claimex schema > data/claim.schema.json

evaluate: $(READY)  ## score the gold sets against their pinned floors
	$(EVALUATE) --format table

floors: $(READY)  ## rewrite data/gold/floors.json; refuses to lower a floor without FLAGS=--allow-regression
	$(EVALUATE) --format table --update-floors $(FLAGS)

readme: $(READY)  ## rewrite the console blocks of README.md with what the commands print
	$(BIN)/python scripts/readme.py

regenerate: golden schema readme floors  ## rewrite all that tests compare with: read the differences before you commit them

bench: $(READY)  ## print time and memory of the commands
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/report.py

lock: $(READY)  ## rewrite requirements.lock with the newest versions (needs uv)
	uv pip compile pyproject.toml --extra report --group dev --group build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --upgrade --quiet --output-file requirements.lock

clean:  ## remove the environment and what tools leave behind
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
