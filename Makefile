# Each of `make demo` and `make test` works alone on a machine with Python 3.11+ and venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check format lint types walls storm bench fuzz messages keys snapshots lock

.venv/.run: constraints.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: .venv/.run constraints-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-dev.txt
	touch $@

demo: .venv/.run
	@$(BIN)/mgtui demo $(DEMO)

test: .venv/.dev
	$(BIN)/python -m pytest -q

check: .venv/.dev format lint types walls test

format: .venv/.dev
	$(BIN)/ruff format --check .

lint: .venv/.dev
	$(BIN)/ruff check .

types: .venv/.dev
	$(BIN)/mypy

walls: .venv/.dev
	$(BIN)/lint-imports

# Kills grabbers and cuts their connections at random, 300 times each; about five minutes.
storm: .venv/.dev
	$(BIN)/python -m tests.mgtui.grabber.storm $(STORM)

bench: .venv/.dev
	$(BIN)/python -m tests.benchmarks $(BENCH)

# Writes new texts into the catalogues of mgtui/locale and compiles them.
messages: .venv/.dev
	$(BIN)/python -m tests.mgtui.catalogue

# Lists the keys of all screens in the configuration that `mgtui init` writes.
keys: .venv/.dev
	$(BIN)/python -m tests.mgtui.tui.keylist

# Writes anew how each screen looks; read the differences before committing them.
snapshots: .venv/.dev
	MGTUI_NEW_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/mgtui/tui/test_snapshots.py

# Feeds the readers what atheris makes of the sample mails, FUZZ seconds long; what breaks a promise is in .fuzz/found.
FUZZ ?= 600
fuzz:
	test -x .fuzz/venv/bin/python || $(PYTHON) -m venv .fuzz/venv
	.fuzz/venv/bin/python -m pip install --quiet --disable-pip-version-check atheris==3.0.0
	.fuzz/venv/bin/python -m tests.fuzz.readers .fuzz/found $(FUZZ)

# Writes the pinned lists anew (needs `uv` on the path).
lock:
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -o constraints.txt
	uv pip compile pyproject.toml --extra build --extra dev -c constraints.txt --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -o constraints-dev.txt
