"""Copies on a page, the alarms of Today, and opening sending after a restore."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings

from clients.models import Client
from crm_site.backups import keeping, tasks
from messaging import sending, services
from messaging.models import Message, MessageState, Reason, SendingStamp
from stores.models import Employee
from tests.conftest import SignIn

NOW = timezone.now()
MADE = NOW - timedelta(hours=5)


@pytest.fixture
def boss(admin: Employee, signed_in: SignIn) -> Browser:
    return signed_in(admin)


@pytest.fixture
def message(card: Client) -> Callable[..., Message]:
    def queue(after: timedelta) -> Message:
        key = f"birthday:2026:{after}"
        services.queue([
            Message(client=card, occasion_key=key, source="birthday", recipient=card.phone, text="Ура", send_after=MADE + after,
                    expires_at=MADE + timedelta(days=2))
        ])  # fmt: skip
        return Message.objects.get(occasion_key=key)

    return queue


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_copy_made_by_the_button_stands_on_the_page(admin: Employee, signed_in: SignIn) -> None:
    boss = signed_in(admin)
    assert "следующей ночью" in boss.get("/backups/").content.decode()

    boss.post("/backups/make/")

    page = boss.get("/backups/").content.decode()
    assert ("Есть свежая копия" in page, keeping.copies()[0].path.name in page) == (True, True)


def test_a_failure_stands_on_the_page_and_on_today(boss: Browser, manager: Employee, signed_in: SignIn) -> None:
    keeping.remember_failure("pg_dump is not on this machine")

    assert "pg_dump is not on this machine" in boss.get("/backups/").content.decode()
    assert "/backups/" in boss.get("/").content.decode().partition('id="today"')[2]
    assert "/backups/" not in signed_in(manager).get("/").content.decode()


def test_a_queue_that_is_away_is_said(boss: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks.make_backup, "delay", refuse)

    answer = boss.post("/backups/make/", follow=True)

    assert "manage.py backup" in answer.content.decode()


@pytest.mark.parametrize(("said", "reason"), [("went_on", Reason.RESTORED), ("stood", "")])
def test_opening_sends_what_a_person_decided(
    said: str, reason: str, boss: Browser, message: Callable[..., Message], settings: Settings
) -> None:
    due, later = message(timedelta(hours=1)), message(timedelta(days=1))
    sending.close(as_of=MADE, now=NOW)
    page = boss.get("/sending/").content.decode()
    assert ("Поздравление с днём рождения" in page, "/sending/" in boss.get("/").content.decode()) == (True, True)

    boss.post("/sending/open/", {"since": said})

    due.refresh_from_db()
    later.refresh_from_db()
    assert (sending.is_open(), later.state) == (True, MessageState.PENDING)
    assert (due.reason == Reason.RESTORED) == (reason == Reason.RESTORED)
    assert "Отправка открыта" in boss.get("/sending/").content.decode()


def test_without_a_choice_sending_stays_closed(boss: Browser, message: Callable[..., Message]) -> None:
    due = message(timedelta(hours=1))
    sending.close(as_of=MADE, now=NOW)

    answer = boss.post("/sending/open/", {})

    due.refresh_from_db()
    assert (answer.status_code, sending.is_open(), due.state) == (422, False, MessageState.PENDING)


def test_a_second_click_opens_nothing_twice(boss: Browser) -> None:
    sending.close(as_of=MADE, now=NOW)
    boss.post("/sending/open/", {"since": "stood"})
    value = SendingStamp.objects.get().value

    answer = boss.post("/sending/open/", {"since": "went_on"}, follow=True)

    assert (answer.status_code, SendingStamp.objects.get().value) == (200, value)
