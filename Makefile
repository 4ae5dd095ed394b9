# Kinfolk from a checkout. Each of these sets up what it needs by itself; it starts from any
# Python >= 3.11. Messages of the setup go to standard error, so that
#     make run ARGS="people --json" > people.json
# holds exactly what the program printed (from elsewhere: make -s -C kinfolk run ...).
# make itself turns every failure into its own status 2; for the exact one, call
# .venv/bin/kinfolk.

MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
SETUP := packaging/setup
BIN := .venv/bin
ARGS ?=
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test check torture bench bench-indexing bench-scaling bench-window hostile screenshots \
  guide-pictures translations package package-try clean libraries libraries-dev libraries-package

help:
	@echo "make run                 open the window"
	@echo "make run ARGS='...'      the command line: make run ARGS=\"index ~/Pictures --json\""
	@echo "                         Quotes inside ARGS are the shell's: ARGS=\"name 3 'Aunt Anna'\""
	@echo "make test                run all tests, on up to four cores; ARGS='tests/media -x' for some"
	@echo "make check               lint, format, types, and who may import whom"
	@echo "make torture             kill the program 100 times and see that nothing is lost;"
	@echo "                         ARGS='--kills 20 --seed 7'"
	@echo "make bench ARGS='...'    how well faces are grouped: make bench ARGS='--synthetic 2000'"
	@echo "make bench-indexing ARGS='--photos FOLDER'  how quick photos are looked at; ARGS='--help'"
	@echo "make bench-window        how quick the window is over 200,000 photos; ARGS='--help'"
	@echo "make bench-scaling       how grouping grows with the library; ARGS='--faces 1000 100000'"
	@echo "make hostile             index 1000 hostile files; ARGS='--count 5000 --seed 2'"
	@echo "make screenshots         pictures of every page; ARGS=\"--photos FOLDER --into DIR\""
	@echo "make guide-pictures      the pictures of the user guide, of a drawn family"
	@echo "make translations        bring the catalogues of texts up to date; ARGS='todo de'"
	@echo "make package             the program for others: a folder, an archive and a .deb, in dist"
	@echo "make package-try         install that .deb in a clean place and try it"
	@echo "make clean               remove everything that these made"

run: .venv/.installed libraries
	@$(BIN)/python -m app $(ARGS)

test: .venv/.installed-dev libraries-dev
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest \
	  -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/.installed-dev
	@$(BIN)/ruff check app tests packaging
	@$(BIN)/ruff format --check --quiet app tests packaging || { $(BIN)/ruff format --check app tests packaging; false; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

torture: .venv/.installed-dev libraries
	@$(BIN)/python -m tests.torture $(ARGS)

bench: .venv/.installed-bench
	@$(BIN)/python -m tests.benchmarks.grouping $(or $(ARGS),--help)

bench-indexing: .venv/.installed-dev
	@$(BIN)/python -m tests.benchmarks.indexing $(or $(ARGS),--help)

bench-window: .venv/.installed-dev libraries
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m tests.benchmarks.window $(ARGS)

bench-scaling: .venv/.installed-bench
	@$(BIN)/python -m tests.benchmarks.scaling $(ARGS)

hostile: .venv/.installed-dev
	@$(BIN)/python -m tests.hostile --look $(ARGS)

screenshots: .venv/.installed-dev libraries-dev
	@$(BIN)/python -m tests.ui.screenshots $(or $(ARGS),--into screenshots)

guide-pictures: .venv/.installed-dev libraries-dev
	@$(BIN)/python -m tests.ui.guide_pictures $(ARGS)

translations: .venv/.installed-dev
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.translations $(or $(ARGS),update)

package: .venv/.installed-package libraries-package
	@$(BIN)/python packaging/packages.py $(ARGS)

package-try: .venv/.installed-package libraries-package
	@$(BIN)/python packaging/try_package.py $(ARGS)

clean:  # the library of photos lies elsewhere and is not touched
	@rm -rf .venv .setup build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find app tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: pyproject.toml $(SETUP)/environment.sh
	@sh $(SETUP)/environment.sh

.venv/.installed-dev: pyproject.toml $(SETUP)/environment.sh
	@sh $(SETUP)/environment.sh dev

.venv/.installed-bench: pyproject.toml $(SETUP)/environment.sh
	@sh $(SETUP)/environment.sh bench

.venv/.installed-package: pyproject.toml $(SETUP)/environment.sh
	@sh $(SETUP)/environment.sh package

libraries-package:
	@sh $(SETUP)/system_libraries.sh package

libraries:
	@sh $(SETUP)/system_libraries.sh

libraries-dev:
	@sh $(SETUP)/system_libraries.sh dev
