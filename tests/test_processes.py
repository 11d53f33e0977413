"""A process takes what it uses: what is heavy and seldom wanted is not imported at start."""

import os
import subprocess
import sys
import time
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


def test_a_process_that_dies_is_started_again_until_it_is_told_to_stop(tmp_path: Path) -> None:
    written = tmp_path / "starts"
    work = f"import os, time; open({str(written)!r}, 'a').write('x'); time.sleep(0.2 if len(open({str(written)!r}).read()) < 2 else 60)"
    keeper = subprocess.Popen([sys.executable, str(ROOT / "deploy/keep_running.py"), sys.executable, "-c", work])
    for _wait in range(100):
        if written.exists() and len(written.read_text()) == 2:
            break
        time.sleep(0.1)

    keeper.terminate()

    assert (keeper.wait(10), written.read_text()) == (0, "xx")
