# Tasks of claimex. Each sets up what it needs in a Python environment, .venv, from a lock with hashes: what claimex runs on
# from requirements.lock, what tests, benchmarks and every extra need from requirements-dev.lock.
# `. .venv/bin/activate` enters the environment; `make demo` and `make test` work without entering it.

BIN := .venv/bin
READY := .venv/.ready
DEV := .venv/.ready-dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Gold that CI holds to the floors in data/gold/floors.json.
GOLD := $(sort $(wildcard data/gold/*.jsonl))
EVALUATE := $(BIN)/claimex evaluate $(GOLD) --articles seeds --articles data/gold/articles --floors data/gold/floors.json

# Of the installed wheel: all golden output, readers, a command. What reads src/ or the pages is tested in the clone.
WHEEL_TESTS := tests/golden tests/inputs/test_text.py tests/inputs/test_json.py tests/cli/test_show.py \
  tests/unit/test_rule_sentences.py --deselect tests/golden/test_golden.py::test_the_pages_show_what_is_printed

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

# What a user's shell may hold for other projects must not reach this one.
unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX

.PHONY: demo setup test test-report test-python test-wheel screenshot lint types check golden schema evaluate floors readme docs regenerate
.PHONY: bench fuzz wheel sbom lock clean

demo: $(READY)  ## extract the seed articles into data/claims.jsonl and show what they say about North Korea
	$(BIN)/claimex extract seeds/
	@$(BIN)/claimex show --entity "North Korea" --kind troop_count --kind treaty_event --format table
	@echo "Enter the environment with: . .venv/bin/activate"

setup: $(DEV)  ## make .venv with all that tests and benchmarks need; rewrites nothing else

# The first Python from 3.11 on that the PATH has, an active environment's own included.
$(READY): requirements.lock pyproject.toml
	@for python in python3.11 python3.12 python3.13 python3 python; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    echo "making .venv with $$(command -v $$python)"; exec $$python -m venv --clear .venv; \
	  fi; \
	done; echo "claimex needs Python 3.11, 3.12 or 3.13 with the venv module" >&2; exit 1
	@echo "installing what requirements.lock names, by hash (half a minute or so)"
	$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(READY)
	@echo "installing what requirements-dev.lock names, by hash (a minute or two)"
	$(PIP) --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

test: $(DEV)  ## run all tests
	$(BIN)/python -m pytest

# The browser is looked for where CHROMIUM says, else in the PATH. A fresh machine has none: `make test` needs none.
test-report: $(DEV)  ## run the tests of the report and of Datasette in headless Chromium
	$(BIN)/python -m pytest tests/report/browser.py tests/export/browser.py

# In an environment of its own, build/python3.13; TESTS='tests/hard tests/golden' for less than all.
test-python: $(DEV)  ## run the tests with another Python: PYTHON=python3.13
	rm -rf build/$(notdir $(PYTHON)) && $(PYTHON) -m venv build/$(notdir $(PYTHON))
	build/$(notdir $(PYTHON))/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --only-binary :all: -r requirements-dev.lock
	build/$(notdir $(PYTHON))/bin/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --no-build-isolation --editable .
	build/$(notdir $(PYTHON))/bin/python -m pytest -p no:cacheprovider $(TESTS)

# In an environment of its own, with what requirements.lock names and, behind that, pytest and the like from .venv.
test-wheel: wheel  ## install the wheel and run tests on it, beside an unpacked sdist without src/
	rm -rf build/wheel && mkdir -p build/wheel
	tar xzf dist/claimex-*.tar.gz -C build/wheel --strip-components 1 && rm -r build/wheel/src
	$(BIN)/python -m venv build/wheel/.venv
	build/wheel/$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	build/wheel/$(PIP) --no-deps dist/claimex-*.whl
	build/wheel/$(BIN)/python -m pip check --disable-pip-version-check
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
	  > $$(build/wheel/$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/tools.pth
	cd build/wheel && $(BIN)/claimex doctor && $(BIN)/python -m pytest -p no:cacheprovider $(WHEEL_TESTS)

screenshot: $(DEV)  ## rewrite docs/report.png, the report on the seeds (needs Chromium)
	$(BIN)/python scripts/screenshot.py

lint: $(DEV)  ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)  ## check types
	$(BIN)/mypy

check: test lint types evaluate  ## everything that CI runs

golden: $(READY)  ## rewrite data/claims.jsonl and data/claims.run.json, the golden output of the seeds
	$(BIN)/claimex extract seeds/ --fresh

schema: $(READY)  ## rewrite data/claim.schema.json
	$(BIN)/claimex schema > data/claim.schema.json

evaluate: $(READY)  ## score the gold sets against their pinned floors
	$(EVALUATE) --format table

floors: $(READY)  ## rewrite data/gold/floors.json; refuses to lower a floor without FLAGS=--allow-regression
	$(EVALUATE) --format table --update-floors $(FLAGS)

readme: $(DEV)  ## rewrite the console blocks of README.md and docs/ with what the commands print
	$(BIN)/python scripts/readme.py

docs: $(DEV)  ## build the pages of docs/ and the help of every command as a site, in site/; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

regenerate: golden schema readme floors  ## rewrite all that tests compare with: read the differences before you commit them

# ARTICLES=FILE.jsonl.gz measures extraction on these articles too (an object with `text` a line).
bench: $(DEV)  ## measure everything and rewrite benchmarks/results.md (twenty minutes; ONLY=store.py measures one part)
	$(BIN)/python benchmarks/bench.py -o benchmarks/results.md $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(ONLY),--only $(ONLY))

# atheris is no dependency: it has wheels for Linux alone.
fuzz: $(DEV)  ## search readers and grammars for inputs that break them, a minute each; FLAGS='--seconds 600 numbers'
	$(PIP) --only-binary :all: 'atheris==3.0.0; python_version < "3.12"' 'atheris==3.1.0; python_version >= "3.12"'
	$(BIN)/python scripts/fuzz.py $(FLAGS)

wheel: $(DEV)  ## build wheel and sdist in dist/
	rm -rf dist
	$(BIN)/python -m hatchling build --directory dist

sbom: $(DEV)  ## write dist/claimex.cdx.json, what claimex is installed with, as CycloneDX
	mkdir -p dist
	$(BIN)/python scripts/sbom.py > dist/claimex.cdx.json

lock: $(READY)  ## rewrite both locks with the newest versions (needs uv)
	$(LOCK) --all-extras --group dev --group build --group docs --upgrade --output-file requirements-dev.lock
	$(LOCK) --extra report --group build --constraint requirements-dev.lock --output-file requirements.lock

clean:  ## remove the environment and what tools leave behind
	rm -rf .venv build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis
