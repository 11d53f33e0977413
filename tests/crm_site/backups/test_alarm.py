"""Admins hear once a day that copies are missing, and nothing where all is well."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from crm_site.backups import alarm, keeping, making
from stores.models import Employee

LATER = timezone.now() + timedelta(hours=40)


@pytest.fixture
def boss(admin: Employee, manager: Employee, settings: Settings) -> Employee:
    settings.SMTP_HOST = "mail.example.ru"
    admin.email, manager.email = "boss@example.ru", "manager@example.ru"
    for one in (admin, manager):
        one.save()
    return admin


def test_a_letter_a_day_to_admins_alone(boss: Employee) -> None:
    keeping.remember_failure("pg_dump is not on this machine")

    told = [alarm.tell_admins(LATER + timedelta(hours=hours)) for hours in (0, 1, 23, 25)]

    assert told == [1, 0, 0, 1]
    assert [letter.to for letter in mail.outbox] == [["boss@example.ru"]] * 2
    assert "pg_dump is not on this machine" in mail.outbox[0].body


def test_no_letter_while_all_is_well(boss: Employee, settings: Settings) -> None:
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir()
    (folder / f"{timezone.now():{making.NAME}}{making.SUFFIX}").write_bytes(b"copy")

    assert (alarm.tell_admins(timezone.now()), mail.outbox) == (0, [])


def test_mail_that_is_away_stops_nothing(boss: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(alarm, "send_mail", refuse)

    assert alarm.tell_admins(LATER) == 0
