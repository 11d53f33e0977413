"""Where facts of a card came from, and what contradicts them."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clients.models import Client, ClientKey, ContactConflict, FactSource


def test_a_code_is_one_persons_within_its_source(card: Client) -> None:
    key = ClientKey.objects.create(source="1c", key="77", client=card)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClientKey.objects.create(source="1c", key="77", client=card)
    ClientKey.objects.create(source="list", key="77", client=card)

    assert (str(key), ClientKey.objects.count()) == ("1c:77", 2)


def test_a_question_is_asked_once_until_it_is_decided(card: Client) -> None:
    facts = {"client": card, "field": "email", "offered": "x@y.ru", "origin": "counter", "at": timezone.now()}
    asked = ContactConflict.objects.create(**facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContactConflict.objects.create(**facts)
    ContactConflict.objects.update(decision=ContactConflict.Decision.KEPT)
    ContactConflict.objects.create(**facts)

    assert (str(asked), ContactConflict.objects.count()) == ("email: x@y.ru", 2)


def test_a_source_says_which_fields_it_brought() -> None:
    assert str(FactSource(fields="phone,email", origin="counter")) == "phone,email ← counter"
