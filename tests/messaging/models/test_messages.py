"""Messages: which are due and whose, what their people may read, and what the base itself refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from messaging.models import Message
from stores.models import Store
from tests.messaging.conftest import NOON, Put


def test_what_waits_is_due_from_its_moment_on(put: Put) -> None:
    now, _later, _sent = put(send_after=NOON), put(send_after=NOON + timedelta(seconds=1)), put(state="sent")

    assert list(Message.objects.due(NOON)) == [now]


def test_messages_are_of_a_store_or_of_nobodys_home(put: Put, store: Store, other_store: Store) -> None:
    here, nowhere, _there = put(), put(store=None), put(store=other_store)

    assert set(Message.objects.of_stores([store])) == {here, nowhere}


@pytest.mark.parametrize(
    ("source", "shown"), [("sign-in", "•••••• — код"), ("code", "•••••• — код"), ("birthday", "123456 — код")]
)
def test_a_code_is_nobodys_but_the_clients(source: str, shown: str) -> None:
    assert Message(source=source, text="123456 — код").text_shown == shown


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"expires_at": NOON - timedelta(hours=1)}, {"client": None}])
def test_the_base_refuses_what_cannot_be(queued: Message, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**wrong)

    assert Message.objects.values_list("state", "client").get() == ("pending", queued.client_id)


def test_a_trial_is_to_nobodys_card(queued: Message) -> None:
    Message.objects.update(client=None, source="test")

    assert str(Message.objects.get()) == str(queued)
