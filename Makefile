PYTHON ?= python3
BIN := .venv/bin
BOTH := -n 2 --dist loadfile --no-loadscope-reorder
RECORD := --record=docs/test-all.md

.PHONY: install demo test test-all test-probe test-rules check serve bench docs lock clean

install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Jiangpu needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	@$(BIN)/python -m commands demo $(ARGS)

serve: install
	@$(BIN)/python -m commands serve $(ARGS)

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest -q $(BOTH) -m "not slow" $(ARGS)

test-all: check
	$(BIN)/python -m pytest -q $(BOTH) -m "not probe and not rules" --hypothesis-profile=long $(RECORD) $(ARGS)
	JIANGPU_NEO4J_VERSION=2026 $(BIN)/python -m pytest -q $(BOTH) -m "not slow" $(RECORD) $(ARGS)

test-probe: install
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m probe $(RECORD) $(ARGS)

test-rules: install
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m rules $(RECORD) $(ARGS)

bench: install
	$(BIN)/python -m bench $(ARGS)

docs: install
	$(BIN)/python -m commands model --markdown > docs/data-model.md
	$(BIN)/python -m commands schema > schema/schema.graphql
	$(BIN)/python -m commands schema --errors > docs/api/errors.md
	$(BIN)/python -m commands policy --coverage > docs/policy-coverage.md
	$(BIN)/python -m commands features --markdown > docs/matching-features.md

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --generate-hashes --quiet --python-version 3.11 --all-extras --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis dist
