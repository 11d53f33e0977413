"""Messages of two cards that become one, and two again: of each occasion one message, and none lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Client
from clients.sameness import merging
from messaging.models import PUSH, Chat, Errand, Message, PushDevice, Reason, Reply, Topic, TurnedOff
from messaging.parts import MessagingPart
from tests.factories import ClientFactory, phone_of
from tests.messaging.conftest import Put

PART = MessagingPart()


@pytest.fixture
def twin(agreed: Client) -> Client:
    return ClientFactory.create(home_store=agreed.home_store)


def greeting(client: Client, put: Put, year: int = 2026, **more: Any) -> Message:
    """A message by a key that a program gives it: what it is about, then for whom."""
    message = put(client, **{"expires_at": timezone.now() + timedelta(days=1), "send_after": timezone.now(), **more})
    Message.objects.filter(pk=message.pk).update(occasion_key=f"birthday:{year}:{client.pk}", source="birthday")
    return message


def states(client: Client) -> list[tuple[str, str, str]]:
    return list(client.messages.order_by("pk").values_list("occasion_key", "state", "reason"))


def test_a_card_with_messages_stays(put: Put, agreed: Client, twin: Client, errand: Errand) -> None:
    put()

    assert PART.holdings([agreed.pk, twin.pk]) == {agreed.pk: "messages"}
    assert [list(PART.counted(pk).values()) for pk in (agreed.pk, twin.pk)] == [[1, 1], [0, 0]]


def test_of_two_that_wait_the_survivors_goes_and_parted_both_wait_again(put: Put, agreed: Client, twin: Client) -> None:
    mine, theirs = greeting(agreed, put), greeting(twin, put)

    made = merging.merge(agreed, twin, chosen={}, by=None)
    assert states(agreed) == [(f"birthday:2026:{agreed.pk}", "pending", ""), (f"birthday:2026:{twin.pk}", "suppressed", "merged")]
    merging.undo(made, by=None)

    assert [Message.objects.get(pk=one.pk).client for one in (mine, theirs)] == [agreed, twin]
    assert set(Message.objects.values_list("state", "reason")) == {("pending", "")}


@pytest.mark.parametrize(
    ("mine", "theirs", "after"),
    [("pending", "delivered", ["suppressed", "delivered"]), ("failed", "pending", ["failed", "pending"]),
     ("delivered", "delivered", ["delivered", "delivered"])],
)  # fmt: skip
def test_what_went_to_one_of_the_cards_goes_to_neither_again(
    put: Put, agreed: Client, twin: Client, mine: str, theirs: str, after: list[str]
) -> None:
    greeting(agreed, put, state=mine), greeting(twin, put, state=theirs)

    merging.merge(agreed, twin, chosen={}, by=None)

    assert [state for _key, state, _reason in states(agreed)] == after


@pytest.mark.parametrize(
    ("key", "source"), [("review", "review"), ("price:offer", "service-price"), ("ready:7", "service-ready")]
)
def test_a_number_of_anything_but_the_card_takes_nobodys_place(
    put: Put, agreed: Client, twin: Client, key: str, source: str
) -> None:
    put(twin, occasion_key=f"{key}:{twin.pk}", source=source, state="sent")

    merging.merge(agreed, twin, chosen={}, by=None)

    assert states(agreed) == [(f"{key}:{twin.pk}", "sent", "")]


def test_what_the_absorbed_card_alone_had_holds_the_survivors_place(put: Put, agreed: Client, twin: Client) -> None:
    greeting(twin, put, state="sent")

    made = merging.merge(agreed, twin, chosen={}, by=None)
    assert (f"birthday:2026:{agreed.pk}", "suppressed", Reason.MERGED) in states(agreed)
    merging.undo(made, by=None)

    assert (states(agreed), states(twin)) == ([], [(f"birthday:2026:{twin.pk}", "sent", "")])


def test_what_came_since_to_the_absorbed_cards_own_phone_is_its_own(put: Put, agreed: Client, twin: Client) -> None:
    theirs, own = phone_of(twin), phone_of(agreed)
    made = merging.merge(agreed, twin, chosen={}, by=None)
    greeting(agreed, put, 2027, recipient=theirs, state="sent"), greeting(agreed, put, 2028, recipient=own, state="sent")
    Reply.objects.create(sender=theirs, text="Спасибо", gateway="smsc", provider_id="1", client=agreed)

    merging.undo(made, by=None)

    assert sorted(states(twin)) == [
        (f"birthday:2027:{agreed.pk}", "sent", ""), (f"birthday:2027:{twin.pk}", "suppressed", "merged"),
    ]  # fmt: skip
    assert (states(agreed), Reply.objects.get().client) == ([(f"birthday:2028:{agreed.pk}", "sent", "")], twin)


def test_what_is_too_late_by_the_parting_waits_no_more(put: Put, agreed: Client, twin: Client) -> None:
    greeting(agreed, put), greeting(twin, put)
    made = merging.merge(agreed, twin, chosen={}, by=None)
    Message.objects.update(send_after=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1))

    merging.undo(made, by=None)

    assert [reason for _key, _state, reason in states(twin)] == [Reason.MERGED]


def test_what_either_wanted_no_letters_about_the_person_wants_none_about(agreed: Client, twin: Client) -> None:
    new, offers, *_rest = Topic.objects.all()
    TurnedOff.objects.create(client=agreed, topic=new)
    for topic in (new, offers):
        TurnedOff.objects.create(client=twin, topic=topic)

    made = merging.merge(agreed, twin, chosen={}, by=None)
    assert set(agreed.topics_off.values_list("topic", flat=True)) == {new.pk, offers.pk}
    merging.undo(made, by=None)

    assert list(agreed.topics_off.values_list("topic", flat=True)) == [new.pk]
    assert set(twin.topics_off.values_list("topic", flat=True)) == {new.pk, offers.pk}
    assert PART.holdings([agreed.pk]) == {agreed.pk: "messages"}


def chat_of(client: Client, number: str) -> Chat:
    return Chat.objects.create(client=client, messenger="telegram", number=number, linked_at=timezone.now())


def live() -> dict[str, int]:
    return dict(Chat.objects.live().values_list("number", "client"))


def test_of_two_chats_in_one_messenger_the_survivors_stays_and_parted_both_are_there(agreed: Client, twin: Client) -> None:
    chat_of(agreed, "1"), chat_of(twin, "2")

    made = merging.merge(agreed, twin, chosen={}, by=None)
    assert live() == {"1": agreed.pk}
    assert set(Chat.objects.values_list("client", flat=True)) == {agreed.pk}
    merging.undo(made, by=None)

    assert live() == {"1": agreed.pk, "2": twin.pk}


def test_a_chat_moves_with_its_card_and_back(agreed: Client, twin: Client) -> None:
    chat_of(twin, "2")

    made = merging.merge(agreed, twin, chosen={}, by=None)
    assert live() == {"2": agreed.pk}
    merging.undo(made, by=None)

    assert live() == {"2": twin.pk}


def test_a_chat_that_was_connected_anew_meanwhile_stays_where_it_is(agreed: Client, twin: Client) -> None:
    chat_of(agreed, "1"), chat_of(twin, "2")
    made = merging.merge(agreed, twin, chosen={}, by=None)
    Chat.objects.live().update(ended_at=timezone.now(), why_ended="stop")
    chat_of(agreed, "2")

    merging.undo(made, by=None)

    assert live() == {"2": agreed.pk}


def test_browsers_that_take_notifications_all_come_along_and_go_back(agreed: Client, twin: Client) -> None:
    for client, number in ((agreed, "1"), (twin, "2")):
        chat = Chat.objects.create(client=client, messenger=PUSH, number=number, linked_at=timezone.now())
        PushDevice.objects.create(chat=chat, sealed=number)

    made = merging.merge(agreed, twin, chosen={}, by=None)
    assert live() == {"1": agreed.pk, "2": agreed.pk}
    merging.undo(made, by=None)

    assert live() == {"1": agreed.pk, "2": twin.pk}
    assert PushDevice.objects.count() == 2
