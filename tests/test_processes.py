"""A process takes what it uses: what is heavy and seldom wanted is not imported at start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SELDOM = ("scipy", "numpy", "pandas", "pyarrow", "fpdf", "fontTools", "openpyxl", "python_calamine", "PIL", "segno", "barcode")
WEB = "import crm_site.wsgi; from django.urls import get_resolver; assert get_resolver().reverse_dict"
WORKER = "import django; django.setup(); from crm_site.celery import app; app.loader.import_default_modules(); assert len(app.tasks) > 20"
IMPORTING = (
    "import django; django.setup(); import imports.passes.engine, imports.intake, clients.listing.handler, purchases.listing.spec"
)


@pytest.mark.parametrize("start", [WEB, WORKER, IMPORTING], ids=["web", "worker", "importing"])
def test_what_is_seldom_wanted_is_not_imported_at_start(start: str, tmp_path: Path) -> None:
    told = f"{start}; import sys; print(*(name for name in {SELDOM} if name in sys.modules))"
    environment = {**os.environ, "DEBUG": "1", "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "crm_site.settings"}

    fresh = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert (fresh.returncode, fresh.stdout.split()) == (0, []), fresh.stderr
