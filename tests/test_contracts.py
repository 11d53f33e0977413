"""The import contracts would notice: forbidden imports are planted in a copy of the house, and each is named."""

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

# Where it is planted, what, the contract that it breaks, and the arrow that is named.
PLANTED = [
    ("clients/writing/names.py", "clients.sameness.likeness", "No circles among siblings", ".writing -> .sameness"),
    ("clients/selectors.py", "crm_site.secret", "An app imports only from", "clients.selectors -> crm_site.secret"),
    ("purchases/selectors.py", "workshop.models", "An app imports only from", "purchases.selectors -> workshop.models"),
    ("analytics/figures/today.py", "messaging.outbox.claiming", "The outbox is entered", "today -> messaging.outbox.claiming"),
    ("campaigns/planning.py", "imports.passes.engine", "What imports shows", "campaigns.planning -> imports.passes.engine"),
    ("portal/guests.py", "workshop.services", "What workshop shows", "portal.guests -> workshop.services"),
    ("catalogue/kinds.py", "urllib3", "Only gateways speak", "catalogue.kinds -> urllib3"),
    ("workshop/telling.py", "socket", "Only gateways speak", "workshop.telling -> socket"),
    ("workshop/places.py", "workshop.prices", "Inside the workshop", "workshop.places -> workshop.prices"),
    ("messaging/selectors.py", "messaging.services", "Inside messaging", "messaging.selectors -> messaging.services"),
    ("analytics/figures/silent.py", "analytics.figures.worth", "A figure knows periods", "silent -> analytics.figures.worth"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of the copy, its lines joined: it breaks them at the terminal's width."""
    copy = tmp_path_factory.mktemp("house")
    for app in (*settings.HOUSE, "crm_site"):
        shutil.copytree(settings.BASE_DIR / app, copy / app, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(settings.BASE_DIR / "pyproject.toml", copy)
    for where, what, _contract, _arrow in PLANTED:
        file = copy / where
        file.write_text(file.read_text() + f"\n\ndef planted() -> None:\n    import {what}  # planted\n")
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [linter, "--no-cache"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(copy), "COLUMNS": "200"},
    )
    assert run.returncode == 1
    return run.stdout


@pytest.mark.parametrize(("contract", "arrow"), [(contract, arrow) for _where, _what, contract, arrow in PLANTED])
def test_a_forbidden_import_is_noticed(contract: str, arrow: str, told: str) -> None:
    _kept, _words, broken = told.partition("Broken contracts")

    assert arrow in _section(broken, contract)


def _section(broken: str, contract: str) -> str:
    """What is said of one contract: from its heading to the next one."""
    headings = [line for line, under in pairwise(broken.splitlines()) if line and set(under) == {"-"}]
    heading = next(line for line in headings if line.startswith(contract))
    said = broken.partition(f"{heading}\n")[2]
    return min((said.partition(f"\n{other}\n---")[0] for other in headings if other != heading), key=len)
