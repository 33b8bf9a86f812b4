# Each of `make demo` and `make test` works alone on a machine with Python 3.11+ and venv.
PYTHON ?= python3
BIN := .venv/bin

READERS := $(wildcard mgtui/report/*.py mgtui/report/dialects/*.py mgtui/bounce/*.py mgtui/bounce/reasons/*.py)

.PHONY: demo install test plain check format lint types walls storm bench fuzz messages keys snapshots lock

.venv/.run: constraints.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: .venv/.run constraints-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-dev.txt
	touch $@

# The readers of mail as machine code; where nothing can be compiled they stay plain Python, and it says why.
.venv/.compiled: .venv/.run $(READERS) $(wildcard mgtui/compiled/*.py)
	-$(BIN)/python -m mgtui.compiled
	touch $@

install: .venv/.run .venv/.compiled

demo: .venv/.run
	@$(BIN)/mgtui demo $(DEMO)

test: .venv/.dev .venv/.compiled
	$(BIN)/python -m pytest -q

# The tests of the readers once more, on plain Python.
plain: .venv/.dev
	MGTUI_PLAIN=1 $(BIN)/python -m pytest -q tests/mgtui/report tests/mgtui/bounce tests/test_sample_mail_understood.py

check: .venv/.dev format lint types walls test plain

format: .venv/.dev
	$(BIN)/ruff format --check .

lint: .venv/.dev
	$(BIN)/ruff check .

types: .venv/.dev
	$(BIN)/mypy

walls: .venv/.dev
	$(BIN)/lint-imports

# Kills grabbers and cuts their connections at random, 300 times each; about five minutes.
storm: .venv/.dev .venv/.compiled
	$(BIN)/python -m tests.mgtui.grabber.storm $(STORM)

bench: .venv/.dev .venv/.compiled
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
