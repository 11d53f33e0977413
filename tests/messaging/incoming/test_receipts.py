from itertools import permutations

import pytest

from clients.models import Client
from messaging.gateways import Fate, Incoming, Receipt
from messaging.incoming import receipts
from messaging.models import Message, MessageState, Reply, StopEntry
from tests.factories import phone_of
from tests.messaging.conftest import Put
from tests.present import present


def told(message: Message, *fates: Fate) -> str:
    for fate in fates:
        receipts.take_receipt(Receipt(fate, "said", token=str(message.token)), gateway="kannel")
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize("fates", permutations([Fate.ACCEPTED, Fate.DELIVERED, Fate.DELIVERED, Fate.NOT_FOUND]))
def test_twice_late_or_reversed_it_is_delivered(put: Put, fates: tuple[Fate, Fate, Fate, Fate]) -> None:
    assert told(put(state="sent", attempts=1), *fates) == MessageState.DELIVERED


def test_a_final_state_never_goes_back(put: Put) -> None:
    delivered, failed = put(state="delivered", attempts=1), put(state="failed", attempts=1)

    assert told(delivered, Fate.UNDELIVERED) == MessageState.DELIVERED
    assert told(failed, Fate.DELIVERED) == MessageState.FAILED


@pytest.mark.parametrize(
    ("fate", "state"),
    [(Fate.DELIVERED, "delivered"), (Fate.UNDELIVERED, "failed"), (Fate.ACCEPTED, "sent"), (Fate.NOT_FOUND, "unknown")],
)
def test_a_receipt_resolves_a_doubt(put: Put, fate: Fate, state: str) -> None:
    assert told(put(state="unknown", reason="doubt", attempts=1), fate) == state


def test_a_message_waiting_for_its_next_try_that_did_arrive_is_not_sent_again(put: Put) -> None:
    assert told(put(state="pending", attempts=1), Fate.DELIVERED) == MessageState.DELIVERED


def test_a_word_about_what_was_never_sent_is_not_believed(put: Put) -> None:
    assert told(put(), Fate.DELIVERED) == MessageState.PENDING


def test_a_flood_of_receipts_does_not_fill_the_story(put: Put) -> None:
    message = put(state="sent", attempts=1)

    told(message, *[Fate.DELIVERED] * 100)
    assert message.events.count() == 1
    told(message, *[Fate.UNDELIVERED] * 100)

    assert message.events.count() == receipts.MOST_RECEIPTS


def test_an_answer_that_comes_twice_counts_once(card: Client) -> None:
    incoming = Incoming(phone_of(card).lstrip("+"), "Спасибо", "7")

    replies = [receipts.take_reply(incoming, gateway="smsc") for _twice in range(2)]

    assert (present(replies[0]).client, replies[1], Reply.objects.count()) == (card, None, 1)
    assert not StopEntry.objects.exists()


def test_a_stop_from_nobody_we_know_is_kept_too(db: None) -> None:
    receipts.take_reply(Incoming("+79990001122", "стоп", "8"), gateway="kannel")

    assert StopEntry.objects.get().recipient == "+79990001122"


@pytest.mark.parametrize(
    "sender", ["+79147012233", "79147012233", "89147012233", "9147012233", "0079147012233", "+7 914 701-22-33"]
)
def test_a_stop_is_that_of_the_card_however_the_sender_is_written(card: Client, sender: str) -> None:
    type(card).objects.filter(pk=card.pk).update(phone="+79147012233")

    reply = receipts.take_reply(Incoming(sender, "стоп", sender), gateway="smsc")

    assert (present(reply).client, StopEntry.objects.get().recipient) == (card, "+79147012233")


def test_a_late_no_about_what_is_to_be_sent_again_changes_nothing(put: Put) -> None:
    assert told(put(state="pending", attempts=1), Fate.UNDELIVERED) == MessageState.PENDING
