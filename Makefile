# make run     set up, read the sample reports, open the dashboard
# make test    set up with the tools of the tests, then lint, types and every test
# make help    the other targets
.DEFAULT_GOAL := help
.PHONY: help run dashboard samples setup setup-tests test quick lint format types audit bench clean

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
SOURCES ?= samples/*.jsonl samples/pages
TESTS ?=
export PYTHONUTF8 := 1

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | column -t -s "$$(printf '\t')"

run: samples dashboard  ## set up, read the sample reports (or SOURCES="..."), open the dashboard

dashboard: setup  ## open the dashboard on what has been published
	$(PY) -m streamlit run dashboard.py

# Real reports, once there are any, take the place of the samples and keep it.
samples: setup  ## read the sample reports into the store and publish them
	$(PY) -m pipeline run --replace-samples $(SOURCES)

setup: $(VENV)/installed static/leaflet/leaflet.js  ## .venv with what the project needs, and Leaflet
setup-tests: setup $(VENV)/installed-dev  ## the same, with linters, test runner, browser and PostgreSQL
	@.ci/system browser $(PY)
	@.ci/system postgresql
	@.ci/system pango

test: setup-tests  ## lint, types and every test; what lint finds does not keep the tests from running
	@$(MAKE) --no-print-directory lint; echo $$? > $(VENV)/lint-status
	$(PY) -m pytest $(TESTS)
	@exit $$(cat $(VENV)/lint-status)

quick: setup $(VENV)/installed-dev lint  ## lint, types and the tests that need no browser
	$(PY) -m pytest -m "not browser and not slow" $(TESTS)

lint: $(VENV)/installed-dev types  ## ruff, mypy --strict, bandit, hadolint
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m bandit -q -c pyproject.toml -r pipeline geodata pages dashboard.py
	$(VENV)/bin/hadolint Dockerfile

audit: $(VENV)/installed-dev  ## known vulnerabilities of what is installed (asks api.osv.dev; says so where it cannot)
	.ci/audit $(PY)

types: $(VENV)/installed-dev
	$(PY) -m mypy

format: $(VENV)/installed-dev  ## put the code into the house's form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/installed-dev  ## the benchmarks: ratios against a baseline in the same run
	$(PY) -m benchmarks.extract
	$(PY) -m benchmarks.geocode_accuracy
	$(PY) -m benchmarks.geocode_speed
	$(PY) -m benchmarks.export

clean:  ## remove what was set up and cached; data/ (store and snapshots) stays
	rm -rf $(VENV) static .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -prune -exec rm -rf {} +

# Each stamp is newer than what it was made from, so that a second call has nothing to do.
$(PY):
	.ci/venv $(VENV)

$(VENV)/installed: requirements.txt | $(PY)
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(PIP) -r requirements-dev.txt
	@touch $@

static/leaflet/leaflet.js: $(VENV)/installed
	$(PY) -m pages.ui.leaflet
	@touch $@
