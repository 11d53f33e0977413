"""The stop list, as cards have phones and addresses."""

import pytest
from django.db import IntegrityError, transaction

from messaging.models import Reply, StopEntry


def test_the_stop_list_of_the_back_office_takes_a_phone_in_any_writing() -> None:
    entry = StopEntry(recipient="8 914 701-22-33")
    entry.clean()

    assert entry.recipient == "+79147012233"


def test_an_address_is_kept_in_lower_case_and_what_is_neither_as_it_is() -> None:
    entries = [StopEntry(recipient=" Elena@Example.ru "), StopEntry(recipient="12345 ")]

    for entry in entries:
        entry.clean()

    assert [entry.recipient for entry in entries] == ["elena@example.ru", "12345"]


def test_an_answer_of_a_gateway_stands_once(db: None) -> None:
    facts = {"sender": "+7", "gateway": "smsc", "provider_id": "7"}
    Reply.objects.create(**facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(**facts)

    assert str(Reply.objects.get()) == "+7: "
