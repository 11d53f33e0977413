"""A visitor's form from their own phone: proved by a code, taken once, matched with the cards, gone after a day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clients.models import Client, Consent, ConsentText, ContactProof, HeardFrom, Purpose
from messaging import codes
from messaging.codes import Caller
from messaging.models import Message
from portal import arrivals
from portal.models import Arrival
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.messaging.sending import code_in
from tests.present import present

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
STRANGER = Caller("an address")


def said(**other: Any) -> dict[str, Any]:
    return {
        "last_name": "Ковалёва", "first_name": "Ирина", "middle_name": "", "birth_date": date(1990, 3, 8), "phone": "+79147012233",
        "email": "irina@mail.ru", "no_email": "", "heard_from": None, "consents": {"personal_data": None}, **other,
    }  # fmt: skip


def came(store: Store, *, at: datetime = NOW, **other: Any) -> Arrival:
    """A form whose phone is proved."""
    made = arrivals.write(store, said(**other), former=None, language="ru", now=at)
    Arrival.objects.filter(pk=made.pk).update(proved_at=at)
    made.refresh_from_db()
    return made


def test_the_code_that_went_to_the_phone_proves_it_in_the_browser_that_asked(store: Store) -> None:
    made = arrivals.write(store, said(), former=None, language="en", now=NOW)
    row = present(arrivals.ask_code(made, browser="mine", caller=STRANGER, now=NOW))
    message = present(codes.send(row.pk, NOW))

    assert (message.client, message.recipient, message.language) == (None, "+79147012233", "en")
    assert "is your code" in message.text
    assert not arrivals.prove(made, code_in(message), browser="another", now=NOW)
    assert not arrivals.prove(made, "000000", browser="mine", now=NOW)
    assert arrivals.prove(made, code_in(message), browser="mine", now=NOW)
    assert not arrivals.prove(made, code_in(message), browser="mine", now=NOW)


def test_one_callers_codes_to_a_phone_end_and_leave_anothers(store: Store) -> None:
    made = arrivals.write(store, said(), former=None, language="ru", now=NOW)

    asked = [arrivals.ask_code(made, browser="mine", caller=STRANGER, now=NOW) for _n in range(4)]

    assert [row is None for row in asked] == [False, False, False, True]
    assert arrivals.ask_code(made, browser="other", caller=Caller("another address"), now=NOW)


def test_nobody_like_them_a_new_card(store: Store, seller: Employee) -> None:
    answer = HeardFrom.objects.create(name="по радио", name_en="radio")
    text = ConsentText.objects.create(purpose=Purpose.CALLS, version=7, text="Звоните.", since=NOW.date())
    ConsentText.objects.create(purpose=Purpose.CALLS, version=8, text="Звоните иногда.", since=NOW.date())
    made = came(store, heard_from=answer, consents={"personal_data": None, "calls": text.pk})

    client = arrivals.take(made.pk, by=seller, now=NOW)

    assert (client.full_name, client.state, client.home_store, client.heard_from) == ("Ковалёва Ирина", "complete", store, answer)
    words = Consent.objects.filter(client=client, purpose="calls").values_list("given", "by", "where", "text_version", "at")
    assert list(words) == [(True, None, store.pk, text.pk, NOW)]
    assert ContactProof.objects.get(client=client).state == ContactProof.State.CONFIRMED
    assert client.registered_by == seller


def test_taken_twice_is_taken_once(store: Store, seller: Employee) -> None:
    made = came(store)

    first, second = (arrivals.take(made.pk, by=seller, now=NOW) for _n in range(2))

    assert first == second
    assert (Client.objects.count(), Consent.objects.count(), ContactProof.objects.count()) == (1, 1, 1)


def test_the_card_of_the_proved_phone_is_filled(store: Store, seller: Employee) -> None:
    known = ClientFactory.create(
        last_name="Ковалева", first_name="Ирина", middle_name="", birth_date=None, phone="+79147012233", email=None,
        state="incomplete",
    )  # fmt: skip

    client = arrivals.take(came(store).pk, by=seller, now=NOW)

    assert client == known
    assert (client.state, client.email, client.birth_date) == ("complete", "irina@mail.ru", date(1990, 3, 8))


def test_somebody_like_them_is_asked_about(store: Store, seller: Employee) -> None:
    alike = ClientFactory.create(
        last_name="Ковалёва", first_name="Ирина", birth_date=date(1990, 3, 8), phone="+79241234567", email="other@mail.ru"
    )
    made = came(store)

    with pytest.raises(arrivals.ToDecideError):
        arrivals.take(made.pk, by=seller, now=NOW)
    assert Client.objects.count() == 1

    client = arrivals.take_as(made.pk, alike, by=seller, now=NOW)

    assert client == alike
    assert sorted(client.conflicts.values_list("field", flat=True)) == ["email", "phone"]
    assert not ContactProof.objects.exists()


def test_a_second_person_behind_the_phone(store: Store, seller: Employee) -> None:
    holder = ClientFactory.create(last_name="Ковалёв", first_name="Пётр", phone="+79147012233")
    made = came(store)

    with pytest.raises(arrivals.ToDecideError):
        arrivals.take(made.pk, by=seller, now=NOW)
    client = arrivals.take_as_new(made.pk, by=seller, now=NOW)

    assert (client.state, client.reached_through, client.phone) == ("incomplete", holder, None)


def test_what_waits_is_of_the_store_and_of_today(store: Store, other_store: Store) -> None:
    arrivals.write(store, said(), former=None, language="ru", now=NOW)
    mine, _theirs = came(store, at=datetime.now(UTC)), came(other_store, at=datetime.now(UTC))
    came(store, at=datetime.now(UTC) - timedelta(days=1, minutes=1))

    assert list(arrivals.waiting([store])) == arrivals.waiting_in(store) == [mine]
    assert arrivals.waiting_in(None) == []


def test_whoever_goes_back_changes_what_they_typed(store: Store) -> None:
    first = arrivals.write(store, said(), former=None, language="ru", now=NOW)

    second = arrivals.write(store, said(first_name="Арина"), former=arrivals.unproved(str(first.key)), language="ru", now=NOW)

    assert (first.pk, Arrival.objects.get().first_name) == (second.pk, "Арина")


def test_forms_end_after_a_day_and_without_a_code_after_an_hour(store: Store, seller: Employee) -> None:
    arrivals.take(came(store).pk, by=seller, now=NOW)
    unproved = arrivals.write(store, said(phone="+79147012234"), former=None, language="ru", now=NOW)

    assert (arrivals.sweep(NOW + timedelta(minutes=59)), arrivals.sweep(NOW + timedelta(minutes=61))) == (0, 1)
    assert not Arrival.objects.filter(pk=unproved.pk).exists()
    assert (arrivals.sweep(NOW + timedelta(days=1, minutes=1)), Client.objects.count()) == (1, 1)
    with pytest.raises(arrivals.GoneError):
        arrivals.take(unproved.pk, by=seller, now=NOW)


def test_whom_strangers_codes_went_to_is_forgotten(store: Store) -> None:
    made = arrivals.write(store, said(), former=None, language="ru", now=NOW)
    codes.send(present(arrivals.ask_code(made, browser="mine", caller=STRANGER, now=NOW)).pk, NOW)

    codes.forget(NOW + timedelta(days=3))

    assert Message.objects.get().recipient == ""
