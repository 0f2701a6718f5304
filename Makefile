# Everything runs from a fresh clone: the targets install what is missing into .venv first.
# They need Python 3.11 to 3.13, git and make; packaging/set-up.sh says what else is missing.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := install
.DELETE_ON_ERROR:

BIN := .venv/bin
READY := .venv/.ready

.PHONY: install cuda help demo test lint format bench screenshots references translations package clean distclean

install: $(READY)
	@echo "The program is $(BIN)/eventsnap; make help lists what else make does."

help:
	@echo "make            install the program into .venv"
	@echo "make cuda       the same with what an NVIDIA GPU needs, 1.3 GB to download"
	@echo "make demo       the whole chain on sample pictures: a table and demo/gallery.html"
	@echo "make test       linters and all tests"
	@echo "make lint       ruff, mypy and the import rules only"
	@echo "make format     let ruff format the code"
	@echo "make bench      the benchmarks, small"
	@echo "make screenshots   pictures of the windows for docs/, faces blurred"
	@echo "make references    docs/commands.md and docs/settings.md out of the program's code"
	@echo "make translations  take new texts of the windows into resources/translations"
	@echo "make package    the frozen program and the installers, into dist/"
	@echo "make clean      remove what demo, tests and tools left behind"
	@echo "make distclean  the same, and the installed program"

# The program and its tools as uv.lock names them; quick when nothing changed, no network then.
$(READY): pyproject.toml uv.lock packaging/set-up.sh packaging/system-packages.sh
	@packaging/set-up.sh
	@touch "$@"

cuda: $(READY)
	@packaging/set-up.sh cuda

demo: $(READY)
	@$(BIN)/eventsnap --demo

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# As many processes as there are cores, a file's tests in one of them. To look for a fault, run pytest
# itself: one process then, in which a debugger works.
# Some tests open a window on a screen of their own, some print through a CUPS of their own; without
# Xvfb, CUPS or poppler's tools these are left out.
test: lint
	@command -v Xvfb >/dev/null || packaging/system-packages.sh Xvfb:xvfb || true
	@PATH="$$PATH:/usr/sbin" && command -v cupsd >/dev/null && command -v pdftoppm >/dev/null || \
		packaging/system-packages.sh cupsd:cups lpadmin:cups-client cups-pdf:printer-driver-cups-pdf \
		pdftoppm:poppler-utils || true
	@$(BIN)/pytest --numprocesses logical --maxprocesses 8 --dist loadfile

# Small runs of those that need nothing but this checkout; each says by --help how to run it large.
# With LABELLED=FOLDER (photos/, selfies/, labels.csv, ignore.csv) the one of matching runs too.
bench: $(READY)
	@for script in $$(grep -l -e '"--quick"' benchmarks/*.py); do \
		name=$$(basename "$$script" .py); \
		echo "== $$name"; \
		$(BIN)/python -m "benchmarks.$$name" --quick; \
	done
	@if [ -n "$(LABELLED)" ]; then \
		echo "== matching"; \
		$(BIN)/python -m benchmarks.matching "$(LABELLED)"; \
	fi

# Nobody can be recognised in them; look at each before it is committed.
screenshots: $(READY)
	@$(BIN)/python packaging/screenshots.py
	@$(BIN)/python packaging/screenshots.py --kiosk

# A test fails when one of the two pages is not as this makes it.
references: $(READY)
	@$(BIN)/python packaging/references.py

# Translate what is marked unfinished in the .ts files with Qt Linguist or an editor, then run it again.
translations: $(READY)
	@packaging/translations.sh

# The frozen program and the installers, into dist/; VARIANT=cuda for the one with NVIDIA's libraries.
package: $(READY)
	@packaging/package.sh $(VARIANT)

clean:
	rm -rf demo build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

distclean: clean
	rm -rf .venv .cache
