# Words to remember. `make help` prints them.
# Windows without make: README.md spells the same steps out.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: bench help report corrections merken accept test check gold score timex oai deliver erase view clean clean-cache

# the first Python that is new enough; choose another with `make report PYTHON=python3.13`
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKS := requirements-build.lock requirements.lock models/dist/requirements.txt
# `dvc` without an activated environment finds the environment's python too
PATH_HOOK := import os, sys; b = os.path.dirname(sys.executable); p = os.environ.get("PATH", ""); os.environ["PATH"] = p if p.startswith(b + os.pathsep) else b + os.pathsep + p

help:  ## Diese Übersicht
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

report: .venv/.ready  ## Bericht und Archivpaket aus data/raw/ machen
	@# what somebody corrected in the workbook of the last report counts for this one
	@if [ -e reports/presselese.xlsx ]; then $(BIN)/python -m pipeline.register.workbook reports/presselese.xlsx; fi
	@echo "Pressemitteilungen auswerten …"
	@PYTHONDONTWRITEBYTECODE=1 $(BIN)/python -m pipeline.lockfile
	@PYTHONDONTWRITEBYTECODE=1 $(BIN)/dvc repro
	@echo "Fertig. Der Bericht:       reports/site/index.html"
	@echo "        Zum Drucken:       reports/themenbericht.pdf"
	@echo "        Zum Berichtigen:   reports/presselese.xlsx"
	@echo "        Das Archivpaket:   data/archive/"

corrections: .venv/.ready  ## Korrekturen aus einer Arbeitsmappe übernehmen: make corrections FILE=mappe.xlsx
	@test -n "$(FILE)" || { echo "make corrections FILE=arbeitsmappe.xlsx"; exit 2; }
	@$(BIN)/python -m pipeline.register.workbook "$(FILE)"

test: .venv/.ready-dev  ## Alle Prüfungen und Tests
	@echo "Prüfen und testen …"
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n 2

check: .venv/.ready-dev  ## Nur Stil und Typen prüfen
	@$(BIN)/ruff check pipeline tests
	@$(BIN)/ruff format --check pipeline tests
	@$(BIN)/mypy

gold: .venv/.ready-dev  ## Erwartete Ausgaben der Tests neu annehmen (danach git diff lesen)
	@ACCEPT_GOLD=1 $(BIN)/python -m pytest -k golden

bench: .venv/.ready-dev  ## Geschwindigkeit messen (Stunden; einzeln: make bench FIGURES="speed repro")
	@$(BIN)/python -m benchmarks $(FIGURES)

score: .venv/.ready  ## Messen: make score GOLD=ordner FOUND=ordner
	@test -n "$(GOLD)" -a -n "$(FOUND)" || { echo "make score GOLD=ordner-mit-txt FOUND=ordner-für-json"; exit 2; }
	@$(BIN)/python -m pipeline.evaluate.score "$(GOLD)" "$(FOUND)"

timex: .venv/.ready  ## Zeitangaben in TimeML-Dateien auszeichnen: make timex IN=ordner OUT=ordner
	@test -n "$(IN)" -a -n "$(OUT)" || { echo "make timex IN=ordner-mit-tml OUT=ordner-für-ergebnisse"; exit 2; }
	@$(BIN)/python -m pipeline.extract.timeml "$(IN)" "$(OUT)"

oai: .venv/.ready  ## Archivpaket über OAI-PMH anbieten, nur auf diesem Rechner
	@$(BIN)/python -m pipeline.archive.oai $(if $(PORT),--port $(PORT))

deliver: .venv/.ready  ## Archivpaket abliefern: make deliver WHEN=2026-05-03 TO=ordner
	@$(BIN)/python -m pipeline.archive.deliver $(if $(WHEN),--when "$(WHEN)") $(if $(TO),--to "$(TO)")

erase: .venv/.ready  ## Mitteilung überall löschen und nachweisen: make erase ID=kennung REASON="warum"
	@PYTHONDONTWRITEBYTECODE=1 $(BIN)/python -m pipeline.erase $(ID) --reason "$(REASON)" $(if $(WHEN),--when "$(WHEN)")

view: report  ## Bericht im Browser öffnen
	@$(BIN)/python -m webbrowser -t "file://$(CURDIR)/reports/site/index.html"

accept: .venv/.ready  ## Entdeckte Themen annehmen: ihre Kennungen und Namen bleiben künftig
	@$(BIN)/python -m pipeline.themes.accept

merken: .venv/.ready  ## Stand des Berichts merken: der nächste sagt, was seitdem neu ist
	@$(BIN)/python -m pipeline.report.remember

clean-cache:  ## Zwischenspeicher gelesener Dateien löschen (kostet nur Zeit)
	@rm -rf .cache/presselese

clean:  ## Ergebnisse löschen (Eingaben und Korrekturen bleiben)
	@rm -rf data/ingest data/extract data/register data/themes data/archive reports/site reports/themenbericht.pdf

.venv/.ready: $(LOCKS) pyproject.toml
	@test -n "$(PYTHON)" || { echo "Presselese braucht Python 3.11 bis 3.14; gefunden: $$(python3 --version 2>&1)"; exit 1; }
	@test -x $(BIN)/python || { echo "Umgebung in .venv anlegen ($(PYTHON)) …"; $(PYTHON) -m venv .venv; }
	@echo "Pakete holen und prüfen (einmalig, etwa 300 MB) …"
	@$(PIP) --require-hashes -r requirements-build.lock
	@$(PIP) --require-hashes --no-build-isolation -r requirements.lock
	@echo "Deutsches Sprachmodell und Presselese selbst einrichten …"
	@$(PIP) --require-hashes --no-deps --no-index --force-reinstall -r models/dist/requirements.txt
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@printf '%s\n' '$(PATH_HOOK)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/presselese_path.pth"
	@# an unpacked archive has no git; DVC must be told
	@if [ "$$(git rev-parse --show-toplevel 2>/dev/null)" = "$$(pwd -P)" ]; then :; else $(BIN)/dvc config --local core.no_scm true; fi
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	@echo "Werkzeuge zum Testen holen …"
	@$(PIP) --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@
