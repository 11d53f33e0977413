"""What a chunk makes of cards, collected and written at once."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clients.listing import filling
from clients.listing.filling import CardWriter
from clients.models import CardState, Client, ClientKey, ContactConflict, Surname
from clients.sameness.matching import Card
from clients.writing.names import PersonName
from clients.writing.person import Person
from imports.specs import ListContext
from stores.models import Store
from tests.factories import ClientFactory

BORN = date(1985, 7, 3)


@pytest.fixture
def writer(db: None) -> CardWriter:
    return CardWriter(ListContext(12, "1c", False, timezone.now(), True, None), {("1c", "K1")})


def person(last: str = "Ким", first: str = "Анна", middle: str = "Петровна", **facts: Any) -> Person:
    return Person(PersonName(last, first, middle), **facts)


def card_of(client: Client) -> Card:
    return Card(client.pk, client.name, client.birth_date, client.phone, client.email, client.home_store_id)


def test_a_new_card_is_complete_or_keeps_what_the_list_said_of_what_it_lacks(writer: CardWriter, store: Store) -> None:
    whole = writer.create(person(birth_date=BORN, phone="+79147012233", email="a@example.ru"), store, 1)
    lacking = writer.create(person("Ли", birth_date=BORN, as_written={"phone": "нет", "note": "x"}), None, 2, holder=whole)
    writer.key(whole, "1c", "K1")
    writer.key(lacking, "1c", "K2")
    writer.key(lacking, "1c", "")

    touched = writer.write()

    first, second = Client.objects.order_by("pk")
    assert touched == [first.pk, second.pk]
    assert (first.state, first.home_store, first.birthday) == (CardState.COMPLETE, store, 703)
    assert (second.state, second.as_written, second.reached_through) == (CardState.INCOMPLETE, {"phone": "нет"}, first)
    assert list(ClientKey.objects.values_list("key", "client", "list_import")) == [("K2", second.pk, 12)]
    assert set(Surname.objects.values_list("key", flat=True)) == {"ким", "ли"}
    assert [(one.sources.get().origin, one.history.get().history_change_reason) for one in (first, second)] == [
        ("list 12 row 1", "list 12"), ("list 12 row 2", "list 12"),
    ]  # fmt: skip


def test_a_card_is_filled_where_it_lacks_and_over_what_the_list_is_preferred_in(writer: CardWriter, store: Store) -> None:
    client = ClientFactory.create(last_name="Ким", first_name="А.", middle_name="", birth_date=None, email="old@example.ru",
                                  state=CardState.INCOMPLETE)  # fmt: skip
    card = card_of(client)

    first = writer.fill(card, person(birth_date=BORN, email="new@example.ru", note="VIP"), store, 1)
    second = writer.fill(
        card, person(email="new@example.ru", phone="+79147012233", note="VIP"), None, 2, over=["email"], taken=True
    )
    writer.write()

    client.refresh_from_db()
    assert first == {
        "birth_date": (None, BORN), "store": (None, store.pk), "first_name": ("А.", "Анна"), "middle_name": ("", "Петровна"),
        "note": ("", "VIP"),
    }  # fmt: skip
    assert second == {"email": ("old@example.ru", "new@example.ru")}
    assert (client.state, client.full_name, client.email, client.note) == (
        CardState.COMPLETE, "Ким Анна Петровна", "new@example.ru", "VIP",
    )  # fmt: skip
    assert client.sources.get().origin == "list 12 row 2"


def test_a_card_that_somebody_changed_meanwhile_is_not_overwritten(writer: CardWriter) -> None:
    client = ClientFactory.create(email=None, state=CardState.INCOMPLETE)
    writer.fill(card_of(client), Person(client.name, email="list@example.ru"), None, 1)
    Client.objects.update(email="counter@example.ru")

    with pytest.raises(IntegrityError, match="email"), transaction.atomic():
        writer.write()

    assert Client.objects.get().email == "counter@example.ru"


@pytest.mark.parametrize(("taken", "decision"), [(True, "taken"), (False, "kept")])
def test_what_contradicts_waits_and_what_was_decided_does_no_more(
    writer: CardWriter, card: Client, taken: bool, decision: str
) -> None:
    writer.conflict(card_of(card), "email", "a@example.ru", 3)
    writer.conflict(card_of(card), "email", "b@example.ru", 4)
    writer.settle(card_of(card), "email", "a@example.ru", taken=taken)

    writer.write()

    assert list(ContactConflict.objects.order_by("offered").values_list("offered", "decision", "origin")) == [
        ("a@example.ru", decision, "list 12 row 3"), ("b@example.ru", "open", "list 12 row 4"),
    ]  # fmt: skip


def test_changes_are_kept_as_json_and_a_planned_store_as_nothing() -> None:
    changes = {"birth_date": (None, BORN), "store": (3, filling.PLANNED), "email": ("a", "b")}

    assert filling.as_json(changes) == {"birth_date": [None, "1985-07-03"], "store": [3, None], "email": ["a", "b"]}


def test_only_what_both_have_contradicts() -> None:
    card = Card(1, PersonName("Ким", "Анна", ""), BORN, "+79147012233", None)

    assert filling.differences(card, person("Ли", phone="+79147012233", email="a@example.ru", birth_date=date(1985, 3, 7))) == {
        "last_name": ("Ким", "Ли"), "birth_date": (BORN, date(1985, 3, 7)),
    }  # fmt: skip


def test_a_row_brought_what_it_says() -> None:
    assert filling.person_fields(person(middle="", phone="+79147012233", store="Дуэт")) == [
        "last_name",
        "first_name",
        "phone",
        "store",
    ]
