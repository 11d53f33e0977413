"""The stop list on a page of the settings."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Client, Purpose
from clients.services import record_consents, words_of
from messaging.models import StopEntry
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.factories import phone_of

LIST = "/messages/stop-list/"


@pytest.fixture
def owner(admin: Employee, signed_in: SignIn) -> Browser:
    return signed_in(admin)


def test_one_is_added_by_hand_with_a_reason_and_agrees_to_nothing_more(
    owner: Browser, admin: Employee, card: Client, store: Store, seller: Employee
) -> None:
    record_consents(card, {Purpose.ADVERTISING_SMS: True}, by=seller, where=store)

    owner.post(LIST, {"recipient": f"8{phone_of(card)[2:]}", "reason": "просил по телефону"})

    entry = StopEntry.objects.get()
    assert (entry.recipient, entry.reason, words_of(card)[Purpose.ADVERTISING_SMS]) == (
        phone_of(card),
        "просил по телефону",
        False,
    )
    (line,) = owner.get(LIST).context["lines"]
    assert (line.entry, line.clients, line.by) == (entry, [card], admin)


@pytest.mark.parametrize("wrong", [{"recipient": "кто-то"}, {"recipient": "a@b"}, {"reason": ""}])
def test_what_is_no_contact_or_has_no_reason_is_refused(owner: Browser, wrong: dict[str, str]) -> None:
    answer = owner.post(LIST, {"recipient": "anna@example.ru", "reason": "просила", **wrong})

    assert (answer.status_code, StopEntry.objects.exists()) == (422, False)


def test_one_is_found_by_a_part_of_contact_or_reason(owner: Browser) -> None:
    StopEntry.objects.create(recipient="+79147012233", reason="SMS: стоп")
    StopEntry.objects.create(recipient="anna@example.ru", reason="жалоба")

    found = {
        text: len(owner.get(LIST, {"q": text}).context["lines"])
        for text in ("8 914 701-22-33", "2233", "anna", "жалоб", "нет", "")
    }

    assert list(found.values()) == [1, 1, 1, 1, 0, 2]


def test_one_taken_off_is_put_back_as_it_was(owner: Browser) -> None:
    entry = StopEntry.objects.create(recipient="+79147012233", reason="SMS: стоп")
    StopEntry.objects.update(at=timezone.now() - timedelta(days=30))
    entry.refresh_from_db()

    owner.post(f"{LIST}{entry.pk}/lift/")

    assert not StopEntry.objects.exists()
    lifted = owner.get(LIST).context["lifted"]
    owner.post(f"{LIST}put-back/", {"sealed": lifted["sealed"]})
    back = StopEntry.objects.get()
    assert (back.recipient, back.reason, back.at) == (entry.recipient, entry.reason, entry.at)
    owner.post(f"{LIST}put-back/", {"sealed": lifted["sealed"][:-1]})
    assert (owner.get(LIST).context["lifted"], StopEntry.objects.count()) == (None, 1)


def test_it_asks_the_base_the_same_for_one_and_three(owner: Browser) -> None:
    owner.get(LIST)
    asked = []
    for number in range(3):
        StopEntry.objects.create(recipient=f"+7914701223{number}")
        with CaptureQueriesContext(connection) as queries:
            owner.get(LIST)
        asked.append(len(queries))

    assert asked[0] == asked[2]


def test_it_is_the_admins_alone(manager: Employee, signed_in: SignIn) -> None:
    assert signed_in(manager).get(LIST).status_code == 403
