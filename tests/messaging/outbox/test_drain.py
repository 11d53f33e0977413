"""A worker's run over a queue: what goes, goes once, also where the database goes away between."""

import pytest
from django.db import OperationalError

from messaging.models import Message, MessageState
from messaging.outbox.claiming import Claimed
from messaging.outbox.drain import Drain
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, state
from tests.present import present


def test_a_message_goes_once_and_tells_its_story(queued: Message) -> None:
    phone = Phone()

    assert [send(phone), send(phone)] == [1, 0]

    assert phone.texts == [(queued.recipient, "Ура")]
    assert (state(queued), queued.provider_id, present(queued.consent).given) == (MessageState.SENT, f"id-{queued.pk}", True)
    assert list(queued.events.values_list("kind", "gateway")) == [("claimed", "console"), ("sent", "console")]


class Interrupted(Drain):
    """A run whose database goes away at the beginning of its turns, so many times."""

    def __init__(self, *troubles: Exception, phone: Phone) -> None:
        super().__init__("bulk", clock=lambda: NOON, gateways=phone)
        self.troubles = list(troubles)

    def turn(self, *, claiming_still: bool) -> Claimed:
        if self.troubles:
            raise self.troubles.pop(0)
        return super().turn(claiming_still=claiming_still)


class RefusesWords(Drain):
    """A run whose database takes no words of a gateway."""

    def turn(self, *, claiming_still: bool) -> Claimed:
        if any(outcome.provider_id for outcome in self.landed):
            raise ValueError("a letter that no database takes")
        return super().turn(claiming_still=claiming_still)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_run_waits_for_a_database_that_went_away(put: Put) -> None:
    message, phone = put(), Phone()

    assert Interrupted(OperationalError("gone"), phone=phone).run() == 1

    assert (state(message), phone.texts) == (MessageState.SENT, [(message.recipient, "Ура")])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_a_lost_commit_claimed_and_nobody_calls_for_goes_back_into_the_queue(put: Put) -> None:
    message, phone = put(), Phone()
    run = Interrupted(OperationalError("gone"), phone=phone)
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENDING, claim=run.name, attempts=1)

    assert run.run() == 1

    assert (state(message), len(phone.came)) == (MessageState.SENT, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_words_that_the_database_refuses_cost_no_outcome(put: Put) -> None:
    message, phone = put(), Phone()
    run = RefusesWords("bulk", clock=lambda: NOON, gateways=phone)

    assert run.run() == 1

    assert (state(message), message.provider_id, len(phone.came)) == (MessageState.SENT, "", 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_trouble_that_no_gateway_said_is_told(put: Put) -> None:
    message = put()

    with pytest.raises(ValueError, match="a bug"):
        Interrupted(ValueError("a bug"), phone=Phone()).run()

    assert state(message) == MessageState.PENDING


def test_a_run_hands_over_all_that_is_due_however_little_goes_at_once(put: Put) -> None:
    messages = [put(lane="urgent", purpose="") for _message in range(5)]
    phone = Phone()

    assert Drain("urgent", clock=lambda: NOON, gateways=phone, at_once=2).run() == 5

    assert sorted(message.message_id for message in phone.came) == [message.pk for message in messages]


def test_after_its_time_a_run_claims_nothing_more(queued: Message) -> None:
    assert Drain("bulk", clock=lambda: NOON, gateways=Phone()).run(seconds=0) == 0

    assert state(queued) == MessageState.PENDING
