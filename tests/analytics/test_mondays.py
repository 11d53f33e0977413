"""The report of the week by mail: on its Monday, once, over what its reader may see that day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from analytics import mondays
from analytics.models import WeeklyLetter
from clients.models import Client
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn

# Vladivostok is ten hours ahead: its Monday 30 November 2026, eight o'clock.
MONDAY, EIGHT = date(2026, 11, 30), datetime(2026, 11, 29, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mail(settings: Settings) -> None:
    settings.SMTP_HOST = "mail.example"


@pytest.fixture
def reader(manager: Employee, store: Store) -> Employee:
    manager.email = "manager@example.ru"
    manager.save()
    return manager


@pytest.fixture
def letter(reader: Employee, store: Store) -> WeeklyLetter:
    return WeeklyLetter.objects.create(employee=reader, store=store, told=MONDAY - timedelta(days=7))


def test_it_comes_once_on_monday_morning_with_the_week_before(letter: WeeklyLetter, card: Client, sell: Sell) -> None:
    sell(card, MONDAY - timedelta(days=10), 10_000)
    sell(card, MONDAY - timedelta(days=1), 15_000)
    sell(card, MONDAY, 99_000)

    sent = [mondays.send_due(EIGHT + timedelta(minutes=late)) for late in (-60, 7, 67)]

    assert sent == [0, 1, 0]
    [message] = mail.outbox
    assert message.to == ["manager@example.ru"]
    assert message.subject == "23 ноября – 29 ноября: выручка 15\xa0000\xa0₽"
    assert message.body.startswith("Выручка на 50\xa0% больше, чем неделей раньше (10\xa0000\xa0₽).")
    assert f"/returning/?first=2026-11-23&last=2026-11-29&store={letter.store_id}" in message.body
    [(name, pdf, kind)] = message.attachments
    assert (name, pdf[:5], kind) == ("carat-2026-11-23-2026-11-29.pdf", b"%PDF-", "application/pdf")


def test_a_monday_that_was_missed_is_made_up_for(letter: WeeklyLetter) -> None:
    assert mondays.send_due(EIGHT + timedelta(days=2)) == 1
    assert mondays.send_due(EIGHT + timedelta(days=3)) == 0


def test_a_mail_server_that_is_away_is_tried_again(letter: WeeklyLetter, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _refuses)
        assert mondays.send_due(EIGHT) == 0

    assert mondays.send_due(EIGHT + timedelta(hours=1)) == 1


def _refuses(*_args: object) -> int:
    raise ConnectionRefusedError


@pytest.mark.parametrize(
    "loses",
    [
        lambda reader: reader.stores.clear(),
        lambda reader: Employee.objects.filter(pk=reader.pk).update(role="seller"),
        lambda reader: Employee.objects.filter(pk=reader.pk).update(is_active=False),
        lambda reader: Employee.objects.filter(pk=reader.pk).update(email=""),
    ],
)
def test_who_may_no_longer_see_it_is_not_written_to(
    loses: Callable[[Employee], object], letter: WeeklyLetter, reader: Employee
) -> None:
    loses(reader)

    assert (mondays.send_due(EIGHT), mail.outbox) == (0, [])


def test_it_is_asked_for_and_called_off_on_the_page(
    reader: Employee, store: Store, card: Client, sell: Sell, signed_in: SignIn
) -> None:
    browser = signed_in(reader)
    address, page = f"/returning/mondays/?store={store.pk}", f"/returning/?store={store.pk}&first=2026-03-01&last=2026-03-31"
    sell(card, date(2026, 3, 5), 20_000)
    assert "Присылать по понедельникам" in browser.get(page).content.decode()

    browser.post(address, {"say": "begin"})
    assert WeeklyLetter.objects.get().store == store
    assert "Больше не присылать" in browser.get(page).content.decode()
    assert mondays.send_due(datetime.now(UTC)) == 0

    browser.post(address, {"say": "end"})
    assert not WeeklyLetter.objects.exists()


def test_nobody_asks_for_a_foreign_store(reader: Employee, other_store: Store, signed_in: SignIn) -> None:
    assert signed_in(reader).post(f"/returning/mondays/?store={other_store.pk}", {"say": "begin"}).status_code == 404
