# The verbs. Each makes its own environment first; all they need is make and Python 3.11 or newer.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check

# Many small matrices on every worker: threads of BLAS would only wait for each other.
export OPENBLAS_NUM_THREADS := 1

.PHONY: demo serve test check docs bench lock clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("kinetamine needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what kinetamine needs into $(VENV) (once, about a minute)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what the tests need into $(VENV) (once, about a minute)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run.stamp   ## one course, from milligrams to a report
	@$(BIN)/kinetamine simulate examples/depression_six_infusions.toml --report build/demo.html

serve: $(VENV)/run.stamp  ## the simulator in the browser
	@$(BIN)/kinetamine serve

test: $(VENV)/dev.stamp   ## everything a change must pass, in under 15 minutes on two cores
	@$(BIN)/python -m pytest -n auto -m "not slow"

check: $(VENV)/dev.stamp  ## style, types, layers, docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory docs

docs: $(VENV)/dev.stamp
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html

bench: $(VENV)/dev.stamp  ## measured, never asserted
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/population.py --peers all
	@$(BIN)/python benchmarks/whole.py
	@$(BIN)/python benchmarks/bands.py
	@$(BIN)/python benchmarks/growth.py
	@$(BIN)/python benchmarks/roofline.py
	@$(BIN)/python benchmarks/server.py

lock:                     ## exact versions with hashes, without download addresses (needs uv)
	@uv pip compile -q pyproject.toml --group build --extra web --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -o requirements.lock
	@uv pip compile -q pyproject.toml --group build --group dev --extra inference --extra interop --extra cluster --extra sensitivity --extra web --extra clinic --extra postgresql -c requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-dev.lock

clean:
	@rm -rf $(VENV) build dist docs/_build
