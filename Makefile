# Everything pkui needs is made here: `make run` opens the workbench on demo data, `make test` runs every check.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
JOBS ?= 4

.PHONY: run test check tests lint types imports words sealed soak bench lock holidays catalogues readme snapshots clean

run: .venv/.ok
	$(BIN)/pkui demo

test: check tests

check: lint types imports words

tests: .venv/.ok
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

lint: .venv/.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.ok
	$(BIN)/mypy

imports: .venv/.ok
	$(BIN)/lint-imports --no-cache

words: .venv/.ok
	$(BIN)/python -m tests.tools.words check

# The tests of storage and services on a file sealed as a whole (SQLCipher). Its key is changed with no desk open, in
# tests/storage/test_sealed_file.py; the tests left out change it beside one.
sealed: .venv/.ok
	PKUI_TEST_ENGINES=sqlcipher $(BIN)/python -m pytest -n $(JOBS) tests/storage tests/services \
	    --ignore=tests/services/test_rotation.py

soak: .venv/.ok
	$(BIN)/python -m pytest -m soak
	$(BIN)/python -m pytest -m fuzz --hypothesis-profile=searching

bench: .venv/.ok
	$(BIN)/python -m pytest -m bench
	$(BIN)/python -m tests.benchmarks $(if $(DATA),--data $(DATA)) $(BENCH)

# Msgids from the code into the catalogues, and the catalogues compiled.
catalogues: .venv/.ok
	$(BIN)/python -m tests.tools.words update

holidays: .venv/.ok
	$(BIN)/python -m tests.tools.public_holidays pkui/domain/public_holidays.toml

readme: .venv/.ok
	$(BIN)/python -m tests.tools.readme update

snapshots: .venv/.ok
	$(BIN)/python -m pytest tests/snapshots --snapshot-update

# Needs uv; the index addresses stay out of the lock.
lock:
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate --quiet -o requirements.lock

.venv/.ok: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (python3.11)"; exit 1; }
	@echo "Making .venv from requirements.lock ..."
	rm -rf .venv
	$(PYTHON) -m venv .venv || { rm -rf .venv && $(PYTHON) -m venv --without-pip .venv; }
	if [ -x $(BIN)/pip ]; then pip="$(BIN)/python -m pip"; else pip="$(PYTHON) -m pip --python $(BIN)/python"; fi; \
	$$pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock && \
	$$pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache dist
