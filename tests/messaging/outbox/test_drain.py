"""A worker's run over a queue: what goes, goes once, also where the database goes away between."""

from messaging.models import Message, MessageState
from tests.messaging.phone import Phone
from tests.messaging.sending import send, state
from tests.present import present


def test_a_message_goes_once_and_tells_its_story(queued: Message) -> None:
    phone = Phone()

    assert [send(phone), send(phone)] == [1, 0]

    assert phone.texts == [(queued.recipient, "Ура")]
    assert (state(queued), queued.provider_id, present(queued.consent).given) == (MessageState.SENT, f"id-{queued.pk}", True)
    assert list(queued.events.values_list("kind", "gateway")) == [("claimed", "console"), ("sent", "console")]
