"""An installation of its own to put copies into, as far away as another machine: other base, other folder, other process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as of_project
from django.db import connection

FACTS = """
import json
from clients.models import Client
from crm_site.backups import base
from messaging import sending
from purchases.models import Piece
told = {"phones": sorted(map(str, Client.objects.exclude(phone=None).values_list("phone", flat=True))),
  "prices": sorted(map(int, Piece.objects.values_list("price", flat=True))), "sending": sending.is_open()}
print(json.dumps(told))
"""


class Elsewhere:
    """An empty installation; ``manage`` runs a command there and returns what came of it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        given = {"DEBUG": "1", "DATA_DIR": str(folder), "DATABASE_URL": database, "REDIS_URL": "", "DJANGO_SETTINGS_MODULE": ""}
        self.environment = {name: value for name, value in {**os.environ, **given}.items() if value}

    def manage(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=of_project.BASE_DIR, env=self.environment, capture_output=True, text=True, check=False)

    def facts(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.manage("shell", "-v0", "-c", FACTS).stdout.splitlines()[-1])
        return told


@pytest.fixture
def elsewhere(tmp_path: Path, django_db_serialized_rollback: None, transactional_db: None) -> Iterator[Elsewhere]:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if connection.vendor == "sqlite":
        yield Elsewhere(folder, f"sqlite:///{folder / 'carat.sqlite3'}")
        return
    name, told = f"carat_{uuid4().hex[:12]}", connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield Elsewhere(folder, f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}/{name}")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
