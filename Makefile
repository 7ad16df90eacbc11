# Everything runs from here on a bare machine with python3 >= 3.11, pip and make; `make help` lists the targets.
# Each set of packages has its own environment, made from its lock in requirements/ and made anew when the lock changes.

PYTHON ?= python3
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
CHECK := .venv-check
SPARK := .venv-spark
PEERS := .venv-bench-lifetimes .venv-bench-pymc-marketing
REPORTS := build/reports

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help demo test thorough check browser shots spark postgres contract chaos chaos-kill chaos-disk load soak bench docs proof wheel lock format clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run  ## a believable company, its portfolio and what to do next
	@$(VENV)/bin/cartera demo

test: $(VENV)/.test  ## the tests, in a few minutes on two cores
	@mkdir -p $(REPORTS)
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal -m "not spark and not postgres and not browser and not slow and not thorough" --junitxml $(REPORTS)/test.xml
	@$(VENV)/bin/python .ci/counted.py $(REPORTS)/test.xml

thorough: $(VENV)/.test  ## what make test leaves out: every view on every kind of facts and engine
	@mkdir -p $(REPORTS)
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal -m "thorough and not spark and not postgres and not browser and not slow" --junitxml $(REPORTS)/thorough.xml
	@$(VENV)/bin/python .ci/counted.py $(REPORTS)/thorough.xml --only-these

check: $(CHECK)/.check $(VENV)/.test  ## style, types, direction of imports, installed packages
	$(CHECK)/bin/ruff check .
	$(CHECK)/bin/ruff format --check .
	$(CHECK)/bin/mypy --python-executable $(VENV)/bin/python
	PYTHONPATH=src $(CHECK)/bin/lint-imports --no-logo --no-cache
	@$(call pip,$(VENV)) check

browser: $(VENV)/.test  ## every page in a real browser: for everybody, by keyboard, without scripts (needs Debian's chromium)
	@mkdir -p $(REPORTS)
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal -m browser --junitxml $(REPORTS)/browser.xml
	@$(VENV)/bin/python .ci/counted.py $(REPORTS)/browser.xml --no-skips

shots: $(VENV)/.test  ## pictures of every page to be looked at, into build/shots, and those of docs/screens (needs Debian's chromium)
	$(VENV)/bin/python -m tests.web.browser.shots

FAST := and not slow
spark: $(SPARK)/.spark  ## the engine tests on a Spark cluster of one master and two workers (needs Java 17); all: make spark FAST=
	@mkdir -p $(REPORTS)
	.ci/spark-cluster $(SPARK)/bin/python -m pytest -q -m "spark $(FAST)" --junitxml $(REPORTS)/spark.xml
	@$(SPARK)/bin/python .ci/counted.py $(REPORTS)/spark.xml --no-skips

postgres: $(VENV)/.test  ## the ledger's tests on a PostgreSQL server made for them (needs Debian's postgresql)
	@mkdir -p $(REPORTS)
	.ci/postgres $(VENV)/bin/python -m pytest -q -n 2 --dist worksteal -m "postgres $(FAST)" --junitxml $(REPORTS)/postgres.xml
	@$(VENV)/bin/python .ci/counted.py $(REPORTS)/postgres.xml --no-skips

contract: $(VENV)/.test  ## every request to Xero against Xero's own specification, by Prism (needs Node; says skipped without)
	.ci/prism $(VENV)/bin/python -m pytest -q -n0 -m slow tests/connectors/xero/test_reading.py

chaos: $(VENV)/.test  ## kill work at random moments for a minute, on SQLite and PostgreSQL: nothing lost, half or doubled
	.ci/postgres $(VENV)/bin/python -m tests.chaos --seconds 60

N := 1000
chaos-kill: $(VENV)/.test  ## the same, so many times: make chaos-kill N=1000 (half an hour and more)
	.ci/postgres nice -n 10 $(VENV)/bin/python -m tests.chaos --kills $(N)

chaos-disk: $(VENV)/.test  ## let every single write and flush of an import fail, and the disk be full at every size (half an hour)
	$(VENV)/bin/python -m pytest -q -n0 -s -m "slow or thorough" tests/chaos/test_kth_write.py tests/chaos/test_disk.py

load: $(VENV)/.test  ## the app with 20,000 and a million invoices before 16 and 64 visitors, and each of its budgets (ten minutes)
	$(VENV)/bin/python -m benchmarks --only web --rows 1000000

SECONDS := 7200
soak: $(VENV)/.test  ## two hours of visits and notes; fails when the server grows: make soak SECONDS=7200
	$(VENV)/bin/python -m benchmarks.soak --seconds $(SECONDS)

bench: $(VENV)/.test $(PEERS:=/.bench)  ## ratios against hand-written SQL and peers, in one run (many minutes)
	$(VENV)/bin/python -m benchmarks

docs: $(VENV)/.test  ## write the made parts of README and docs anew, then run every code block
	@$(VENV)/bin/python -m tests.docs.write
	$(VENV)/bin/python -m pytest -q tests/docs

proof: $(VENV)/.test  ## every promise with today's figure: the slow tests as well, on every engine and database, and a soak (hours)
	@mkdir -p $(REPORTS)
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal -m "not spark and not postgres and not browser" --junitxml $(REPORTS)/proof.xml
	@$(VENV)/bin/python .ci/counted.py $(REPORTS)/proof.xml
	@$(MAKE) spark FAST=
	@$(MAKE) postgres FAST=
	@$(MAKE) soak

wheel: $(VENV)/.run  ## build the wheel and run it as a user of a release would
	.ci/wheel

lock: $(CHECK)/.check  ## write requirements/*.txt anew; `make lock UPGRADE=--upgrade` takes the newest that fit
	.ci/lock $(UPGRADE)

format: $(CHECK)/.check  ## lay out the code
	$(CHECK)/bin/ruff check --fix-only --quiet .
	$(CHECK)/bin/ruff format .

clean:  ## remove the environments and everything made
	rm -rf $(VENV) $(CHECK) $(SPARK) $(PEERS) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests benchmarks .ci -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- environments -----------------------------------------------------------------------------------------------------
# A bare Debian python has no ensurepip: the environment is made without pip and filled by the pip outside.
pip = $(shell $(PYTHON) -m pip --version >/dev/null 2>&1 && echo $(PYTHON) -m pip || echo pip3) --python $(1)/bin/python
install = $(call pip,$(1)) install --quiet --no-build-isolation --require-hashes --requirement requirements/$(2).txt

%/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit(f"Cartera needs Python 3.11 or newer, not \
	{sys.version.split()[0]}. Name one: make PYTHON=python3.11")'
	@echo "Making the environment $* ..."
	@$(PYTHON) -m venv --without-pip $*

%/.build: requirements/build.txt | %/bin/python
	@$(call install,$*,build)
	@touch $@

# A stamp per set; the package itself is installed without its dependencies, which the lock has brought.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/.build
	@$(call install,$(VENV),run)
	@$(call package,$(VENV))
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@$(call install,$(VENV),test)
	@touch $@

$(CHECK)/.check: requirements/check.txt | $(CHECK)/bin/python
	@$(call install,$(CHECK),check)
	@touch $@

$(SPARK)/.spark: requirements/spark.txt pyproject.toml | $(SPARK)/.build
	@$(call install,$(SPARK),spark)
	@$(call package,$(SPARK))
	@touch $@

# A peer of the benchmarks, away from our own versions.
.venv-bench-%/.bench: requirements/bench-%.txt | .venv-bench-%/.build
	@$(call install,$(@D),bench-$*)
	@touch $@

package = $(call pip,$(1)) install --quiet --no-build-isolation --no-deps --editable .

.PRECIOUS: %/bin/python %/.build
