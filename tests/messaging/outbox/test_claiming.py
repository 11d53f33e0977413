"""Due messages claimed: each by one worker, to the contact of now."""

from clients.models import Client
from messaging.models import Message
from messaging.outbox import claiming
from messaging.outbox.drain import Drain
from messaging.outbox.routes import Roads
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send


def test_a_new_phone_gets_the_message_of_the_old_one(queued: Message, agreed: Client) -> None:
    type(agreed).objects.filter(pk=agreed.pk).update(phone="+79140000001")
    phone = Phone()

    send(phone)

    assert phone.texts == [("+79140000001", "Ура")]


def test_two_workers_claim_different_messages(put: Put) -> None:
    put(), put()
    drains = [Drain("urgent", at_once=1), Drain("urgent", at_once=1)]
    Message.objects.update(lane="urgent")

    claimed = [claiming.claim("urgent", 1, by=drain.name, now=NOON, roads=Roads(NOON)).flights[0].message.pk for drain in drains]

    assert len(set(claimed)) == 2
