"""Contacts confirmed by a code, or doubted since messages do not arrive."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients import proving
from clients.models import Client, ContactProof
from clients.proving import Contact
from stores.models import Employee
from tests.factories import ClientFactory, email_of, phone_of

NOW = timezone.now()


@pytest.fixture
def contact(card: Client) -> Contact:
    return Contact(card.pk, "phone", phone_of(card))


def test_a_doubt_is_written_down_once_until_somebody_confirms(card: Client, contact: Contact, seller: Employee) -> None:
    written = [proving.doubt(contacts, reason="x" * 300, now=NOW) for contacts in ([contact, contact], [contact], [])]
    proving.confirm(card, "phone", by=seller, now=NOW)
    again = proving.doubt([contact], reason="undelivered", now=NOW)

    assert (written, again) == ([1, 0, 0], 1)
    assert list(card.proofs.order_by("pk").values_list("state", "by")) == [
        ("doubtful", None), ("confirmed", seller.pk), ("doubtful", None),
    ]  # fmt: skip
    assert ContactProof.objects.earliest("pk").reason == "x" * 200


def test_the_newest_word_about_what_the_card_has_now_holds(card: Client, contact: Contact, seller: Employee) -> None:
    former = Contact(card.pk, "email", "former@example.ru")
    proving.doubt([contact, former, Contact(card.pk, "email", email_of(card))], reason="undelivered", now=NOW)
    confirmed = proving.confirm(card, "phone", by=seller, now=NOW)

    newest = proving.newest(card)

    assert {field: proof.state for field, proof in newest.items()} == {"phone": "confirmed", "email": "doubtful"}
    assert newest["phone"] == confirmed
    assert (newest["email"].value, [doubt.field for doubt in card.doubts]) == (card.email, ["email"])


@pytest.mark.parametrize("cards", [1, 3])
def test_a_doubt_takes_two_queries_for_any_number(
    db: None, cards: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    contacts = [Contact(one.pk, "phone", phone_of(one)) for one in ClientFactory.create_batch(cards)]

    with django_assert_num_queries(2):
        assert proving.doubt(contacts, reason="undelivered", now=NOW) == cards


def test_a_doubt_that_was_a_slip_is_gone_and_an_older_one_stays(card: Client) -> None:
    before, slip = timezone.now() - timedelta(days=1), timezone.now()
    proving.doubt([Contact(card.pk, "phone", str(card.phone))], reason="не дошло", now=before)
    ContactProof.objects.create(client=card, field="phone", value=card.phone, state="doubtful", at=slip)

    proving.doubt_no_more(card, "phone", since=slip)

    assert [proof.at for proof in card.proofs.all()] == [before]
