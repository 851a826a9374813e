# setup: the environment, with .venv/bin/dialoog      run: index, API and page on 127.0.0.1:8000
# test: all that CI runs                              lint, eval, api, pytest, test-embeddings: its parts
# screenshots: pictures of the page, from a server that runs (make run), in build/screenshots
# lock: both lock files after a change of dependencies (LOCK_FLAGS=--upgrade for newer versions)

PYTHON ?= python3
LOCK_FLAGS ?=
PACKAGES = assistant evals ingest kb ui
# Pinned here and not in the lock, because it installs the lock. pip takes minutes where uv takes seconds.
UV_VERSION = 0.13.9
# The version that the tests run with. pip installs it, because it also looks for a CPU build on the machine itself.
TORCH = torch==2.13.0

BIN = .venv/bin
WEB = tests/web/node_modules
UV = $(BIN)/uv
EMBEDDINGS = .venv-embeddings
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" $(LOCK_FLAGS)
# --no-build-isolation: setuptools comes from the lock too.
INSTALL_PROJECT = pip install --quiet --no-deps --no-build-isolation --editable .

.NOTPARALLEL:
.PHONY: setup setup-embeddings run test lint eval api pytest test-embeddings screenshots lock

# Compiled here, because an environment with PYTHONDONTWRITEBYTECODE never does and then starts slowly.
setup: .venv/installed
	@$(BIN)/python -m compileall -q $(PACKAGES)

$(UV): Makefile
	@$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit('Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)')"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/installed: $(UV) pyproject.toml requirements.lock
	$(UV) pip install --quiet --python .venv --compile-bytecode --requirement requirements.lock
	$(UV) $(INSTALL_PROJECT) --python .venv
	$(UV) pip check --quiet --python .venv
	@touch $@

setup-embeddings: setup $(EMBEDDINGS)/installed

# An environment of its own keeps torch out of .venv. uv links the packages that both have, so it costs little more.
$(EMBEDDINGS)/installed: .venv/installed requirements-embeddings.lock
	$(UV) venv --quiet --allow-existing --python $(BIN)/python $(EMBEDDINGS)
	$(UV) pip install --quiet --no-deps --python $(EMBEDDINGS) --requirement requirements.lock --requirement requirements-embeddings.lock
	$(BIN)/python -m pip --python $(EMBEDDINGS) install --quiet --disable-pip-version-check $(TORCH)
	$(UV) $(INSTALL_PROJECT) --python $(EMBEDDINGS)
	$(UV) pip check --quiet --python $(EMBEDDINGS)
	@touch $@

run: setup
	$(BIN)/dialoog ingest
	$(BIN)/dialoog serve

# pytest comes last, so that its summary closes the output.
test: lint eval api test-embeddings pytest

lint: setup
	@echo "== Format"
	$(BIN)/ruff format --check .
	@echo "== Lint"
	$(BIN)/ruff check .
	@echo "== Types"
	$(BIN)/mypy

eval: export DIALOOG_HOME = $(CURDIR)/build/eval
eval: setup
	@echo "== Evaluation"
	$(BIN)/dialoog ingest
	$(BIN)/dialoog eval --check --no-baselines

# The design rules of the government, held against the specification that the server gives.
api: export DIALOOG_HOME = $(CURDIR)/build/eval
api: setup $(WEB)/.package-lock.json
	@echo "== Specification of the API"
	$(BIN)/dialoog ingest
	$(BIN)/python -m assistant.api > build/openapi.json
	tests/web/node_modules/.bin/spectral lint --fail-severity warn --ruleset tests/web/nlgov.yaml build/openapi.json

# --ignore-scripts: no package of npm runs anything at its installation.
$(WEB)/.package-lock.json: tests/web/package-lock.json
	npm ci --silent --ignore-scripts --prefix tests/web
	@touch $@

test-embeddings: setup-embeddings
	@echo "== Tests of the sentence-transformers extra"
	$(EMBEDDINGS)/bin/python -m pytest -m embeddings

pytest: export AXE_CORE = $(CURDIR)/$(WEB)/axe-core/axe.min.js
pytest: setup $(WEB)/.package-lock.json
	@echo "== Tests"
	$(BIN)/python -m pytest

screenshots: setup
	$(BIN)/python tests/web/screenshots.py

# torch is pinned to the tested version where it is a dependency (Windows), and left out of the second lock.
lock: $(UV)
	echo "$(TORCH)" | $(COMPILE) --constraints - --extra dev --extra openai --extra ollama --output-file requirements.lock pyproject.toml
	echo torch | $(COMPILE) --no-annotate --excludes - --constraints requirements.lock --group embeddings --output-file requirements-embeddings.lock
