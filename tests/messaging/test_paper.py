"""Letters on paper: taken by the rules, printed once, at the post by a person's word."""

from datetime import timedelta
from decimal import Decimal

import pytest

from clients.models import Client, Consent, Purpose
from clients.services import record_consents
from messaging import paper, services
from messaging.models import Message, MessageEvent, MessageState
from messaging.outbox import rules
from messaging.paper import SettledError
from stores.models import Employee
from tests.conftest import Decided
from tests.factories import ClientFactory
from tests.messaging.conftest import NIGHT, NOON, Put
from tests.together import SEVERAL_CONNECTIONS, together

ADDRESS = "690091, Владивосток, ул. Светланская, д. 10, кв. 5"
SOURCE = "campaign:1"


@pytest.fixture
def reader(db: None) -> Client:
    """Somebody without phone or e-mail who agreed to letters on paper."""
    made = ClientFactory.create(state="incomplete", phone=None, email=None, postal_address=ADDRESS)
    record_consents(made, {Purpose.ADVERTISING_POST: True}, by=None, where=None)
    return made


@pytest.fixture
def letter(put: Put, reader: Client) -> Message:
    return put(reader, source=SOURCE, channel="post", purpose=Purpose.ADVERTISING_POST, recipient="")


def test_no_gateway_takes_it_and_no_queue_waits_for_it(letter: Message) -> None:
    assert services.send_due_messages(now=NOON) == 0
    assert (Message.objects.due(NOON).count(), paper.waiting(SOURCE, NOON)) == (0, 1)


def test_it_is_printed_once_and_counts_as_a_contact_from_then_on(letter: Message, reader: Client, seller: Employee) -> None:
    batch = paper.take(SOURCE, by=seller, now=NIGHT)

    assert batch is not None
    assert [paper.take(SOURCE, by=seller, now=NIGHT), paper.waiting(SOURCE, NIGHT)] == [None, 0]
    printed = paper.letters_of(SOURCE, batch).get()
    assert (printed.recipient, printed.state, printed.consent) == (
        ADDRESS,
        MessageState.SENDING,
        Consent.objects.get(client=reader),
    )
    asked = Client.objects.filter(pk=reader.pk).annotate(**rules.contacts(NIGHT, of="pk")).get()
    assert (asked.week, asked.month) == (1, 1)  # type: ignore[attr-defined]
    assert services.keep_outbox(NIGHT + timedelta(hours=2)) == (0, 0)


def test_it_went_on_a_day_for_a_price_as_one_person_says(letter: Message, seller: Employee) -> None:
    batch = paper.take(SOURCE, by=seller, now=NOON)
    assert batch is not None

    assert paper.sent(SOURCE, batch, on=NOON, each=Decimal("89.50"), by=seller, now=NOON) == 1
    with pytest.raises(SettledError):
        paper.not_sent(SOURCE, batch, by=seller, now=NOON)

    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.cost) == (MessageState.SENT, NOON, Decimal("89.50"))
    assert [(told.letters, told.sent, told.cost, told.is_open) for told in paper.batches(SOURCE)] == [
        (1, 1, Decimal("89.50"), False)
    ]
    assert list(MessageEvent.objects.values_list("kind", "by")) == [("claimed", seller.pk), ("sent", seller.pk)]


def test_what_did_not_go_waits_again_and_was_no_contact(letter: Message, reader: Client, seller: Employee) -> None:
    batch = paper.take(SOURCE, by=seller, now=NOON)
    assert batch is not None

    assert paper.not_sent(SOURCE, batch, by=seller, now=NOON) == 1

    assert (paper.waiting(SOURCE, NOON), paper.batches(SOURCE), paper.letters_of(SOURCE, batch).count()) == (1, [], 0)
    asked = Client.objects.filter(pk=reader.pk).annotate(**rules.contacts(NOON, of="pk")).get()
    assert asked.week == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("address", "agrees", "state"),
    [(ADDRESS, False, "suppressed"), ("Владивосток", True, "suppressed"), ("", True, "suppressed")],
)
def test_who_objected_or_has_no_address_by_now_gets_none(
    letter: Message, reader: Client, seller: Employee, address: str, agrees: bool, state: str
) -> None:
    Client.objects.filter(pk=reader.pk).update(postal_address=address)
    record_consents(reader, {Purpose.ADVERTISING_POST: agrees}, by=None, where=None)

    assert paper.take(SOURCE, by=seller, now=NOON) is None

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (state, "contact" if agrees else "consent")


def test_who_takes_the_consent_back_is_taken_out_at_once(letter: Message, reader: Client) -> None:
    services.withdraw(reader, Purpose.ADVERTISING_POST, now=NOON)

    letter.refresh_from_db()
    assert (letter.state, paper.waiting(SOURCE, NOON)) == (MessageState.SUPPRESSED, 0)


def test_the_cap_puts_it_off(letter: Message, seller: Employee, decided: Decided) -> None:
    decided(cap_week=0)

    assert paper.take(SOURCE, by=seller, now=NOON) is None

    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.send_after > NOON) == (MessageState.PENDING, "cap", True)


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_two_printers_take_each_letter_once(self, put: Put, seller: Employee) -> None:
        for _each in range(3):
            reader = ClientFactory.create(state="incomplete", phone=None, email=None, postal_address=ADDRESS)
            record_consents(reader, {Purpose.ADVERTISING_POST: True}, by=None, where=None)
            put(reader, source=SOURCE, channel="post", purpose=Purpose.ADVERTISING_POST, recipient="")

        said = together(*(lambda: paper.take(SOURCE, by=seller, now=NOON) for _twice in range(2)))

        taken = [batch for batch in said if batch is not None]
        assert sum(paper.letters_of(SOURCE, batch).count() for batch in taken) == 3
        assert Message.objects.filter(attempts=1).count() == 3
