"""Copies by themselves, and what happens where one fails."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from crm_site.backups import keeping, making, tasks

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def missed(settings: Settings) -> datetime:
    """The last copy is of two days ago."""
    folder, moment = Path(settings.BACKUP_DIR), timezone.now() - timedelta(days=2)
    folder.mkdir()
    (folder / f"{moment:{making.NAME}}{making.SUFFIX}").write_bytes(b"copy")
    return moment


def test_a_missed_copy_is_made_once(missed: datetime) -> None:
    assert [tasks.keep_backups(), tasks.keep_backups()] == [1, 0]

    assert len(keeping.copies()) == 2
    assert not keeping.state(timezone.now()).is_bad


def test_a_failure_is_said_and_the_next_try_mends_it(missed: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(making, "make", fail)
        assert tasks.keep_backups() == 0
    assert "No space left" in keeping.state(timezone.now()).failure

    assert tasks.keep_backups() == 1
    assert keeping.state(timezone.now()).failure == ""


def test_a_copy_that_would_fill_the_disk_is_not_begun(missed: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda where: SimpleNamespace(free=1))

    assert tasks.keep_backups() == 0

    assert "Too little room" in keeping.state(timezone.now()).failure
    assert len(keeping.copies()) == 1
