# Everything that one does with Kairos. Each target does its own set-up; nothing is done twice, nothing needs root.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PYTEST := $(BIN)/python -m pytest -q
# Two workers: more of them only wait for one another's sockets and disks.
WORKERS ?= 2
TIME ?= 600
ROUNDS ?= 200
SEED ?=
FUZZ ?= codec session mapping log
# The packages that are compiled, and what is written for them.
CORE_TESTS = $(wildcard $(addprefix tests/,model fix market state risk algos engine venue scenarios transcripts properties fuzz))

# Once brought, that compiler stays in use.
ifneq ($(filter 1,$(ZIG))$(wildcard .venv/ready-zig),)
READY := .venv/ready-zig
export CC = $(CURDIR)/$(BIN)/python -m ziglang cc
export LDSHARED = $(CC) -shared
endif

.PHONY: help demo test quick check lint format generate bench peers instructions interop torture fuzz build pure wheel lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## run the main job: engine, venue and clients on a real tape (ARGS="--speed 20")
	@$(BIN)/kairos demo $(ARGS)

test: build ## run all tests, compiled; then the quick half of the core's tests again, interpreted
	@if $(BIN)/python -c 'import kairos, sys; sys.exit(not kairos.COMPILED)'; then \
		KAIROS_EXPECT=compiled $(PYTEST) -n $(WORKERS); \
		KAIROS_PURE=1 KAIROS_EXPECT=interpreted $(PYTEST) -n $(WORKERS) -m 'not slow' $(CORE_TESTS); \
	else \
		KAIROS_EXPECT=interpreted $(PYTEST) -n $(WORKERS); \
	fi

quick: $(READY) ## run the quick half of the tests, without compiling
	@$(PYTEST) -n $(WORKERS) -m 'not slow' $(ARGS)

check: lint test ## everything that must hold before a commit: lint, then test

lint: $(READY) ## ruff, mypy --strict, import directions, generated files
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python tools/check_imports.py
	@$(BIN)/python tools/generate_model.py --check

format: $(READY) ## put the sources into ruff's format and sort their imports
	@$(BIN)/ruff check --quiet --select I --fix .
	@$(BIN)/ruff format --quiet .

generate: $(READY) ## write anew what is made from tables: the model's classes, parts of the documents
	@$(BIN)/python tools/generate_model.py
	@$(BIN)/python tools/make_docs.py

interop: build .venv-interop/ready ## trade with a real QuickFIX and kill -9 either side (first time: nine minutes, 2.8 GB of memory)
	@KAIROS_INTEROP_PYTHON=$(CURDIR)/.venv-interop/bin/python $(PYTEST) -s tests/interop $(ARGS)

torture: build ## kill -9 engine, supervisor, venue, clients under load: ROUNDS=200, SEED; then fill disks, cut their power (as root)
	@$(BIN)/python -m tests.torture --rounds $(ROUNDS) --seed "$(SEED)"
	@KAIROS_TORTURE_ROUNDS=10 $(PYTEST) tests/torture/test_disks.py tests/torture/test_interruptions.py

bench: build .venv/ready-bench ## measure, and write docs/PERFORMANCE.md: twenty minutes (ARGS="fix_ack": that alone; --quick: a look)
	@$(BIN)/python -m bench $(ARGS)

peers: .venv-interop/ready ## set up what `make bench` compares with (first time: as `make interop`, and 2 GB of disk)
	@$(PYTHON) tools/make_peers.py

instructions: build ## count the instructions of the hot paths, and keep the counts as the baseline of the tests
	@$(BIN)/python -m bench.instructions --renew

fuzz: .venv/ready-fuzz ## look for bytes that break the FIX code: TIME=600 seconds each of FUZZ="codec session mapping log"
	@for target in $(FUZZ); do \
		mkdir -p build/fuzz/$$target; \
		if [ -d tests/fuzz/found/$$target ]; then cp -n tests/fuzz/found/$$target/* build/fuzz/$$target; fi; \
		KAIROS_PURE=1 $(BIN)/python -m tests.fuzz $$target build/fuzz/$$target -max_total_time=$(TIME) \
			-max_len=4096 -len_control=0 -artifact_prefix=build/fuzz/$$target- -print_final_stats=1; \
	done

build: $(READY) ## compile the hot packages in place, if there is a compiler (ZIG=1 brings one: 411 MB)
	@$(BIN)/python tools/build_in_place.py

pure: $(READY) ## remove the compiled files: everything runs interpreted until the next build
	@$(BIN)/python tools/build_in_place.py --remove

wheel: build ## make dist/kairos_oms-*.whl for this Python and machine
	@mkdir -p build; rm -rf dist build/lib* build/bdist*
	@$(BIN)/python -m build --wheel --no-isolation . > build/wheel.log 2>&1 || { cat build/wheel.log; exit 1; }
	@ls dist/*.whl

lock: $(READY) ## renew the lock files from requirements/*.in
	@cd requirements && for name in run dev zig fuzz interop bench; do \
		../$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file $$name.lock $$name.in; \
	done

clean: ## remove all that these targets make
	@find src -name '*.so' -delete
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -rf .venv .venv-interop .venv-bench-* build dist src/kairos/_built.txt src/*.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache

.venv/ready: requirements/dev.lock pyproject.toml setup.py tools/make_venv.py
	@$(PYTHON) tools/make_venv.py .venv requirements/dev.lock
	@touch $@

.venv/ready-zig: .venv/ready requirements/zig.lock
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/zig.lock
	@touch $@

.venv/ready-bench: .venv/ready requirements/bench.lock
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/bench.lock
	@touch $@

.venv/ready-fuzz: .venv/ready requirements/fuzz.lock
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/fuzz.lock
	@touch $@

# QuickFIX comes as source only; its build takes what the help says, and is kept.
.venv-interop/ready: requirements/interop.lock tools/make_venv.py
	@echo "Compiling QuickFIX: about nine minutes and 2.8 GB of memory, once."
	@$(PYTHON) tools/make_venv.py .venv-interop requirements/interop.lock --without-kairos
	@touch $@
