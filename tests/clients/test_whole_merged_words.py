"""What two cards agreed to and what was sent to them, when they become one and two again."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.utils import timezone

from campaigns import services as campaigns_services
from clients.models import Client, Consent
from clients.sameness import merging
from clients.selectors import consent_states
from clients.services import record_consents
from messaging.gateways import Incoming
from messaging.incoming import receipts
from messaging.models import Message, MessageState, Reason, Reply
from messaging.unsubscribing import unsubscribe_address
from stores.models import Employee, Store
from tests import factories
from tests.clients.greetings import queued
from tests.factories import phone_of

DAY = date(2026, 3, 1)


def newest_words(card: Client) -> dict[str, bool]:
    return {word.purpose: word.given for word in consent_states(card) if word.given is not None}


def test_the_stricter_consent_wins(card: Client, twin: Client, seller: Employee) -> None:
    record_consents(card, {"advertising_sms": True, "calls": True}, by=seller, where=None)
    record_consents(twin, {"advertising_sms": True, "advertising_email": True}, by=seller, where=None)
    record_consents(twin, {"advertising_sms": False}, by=seller, where=None)

    merging.merge(card, twin, chosen={}, by=seller)

    newest = dict(card.consents.order_by("pk").values_list("purpose", "given"))
    assert newest == {"advertising_sms": False, "calls": True, "advertising_email": True}


def test_who_was_greeted_as_the_other_card_is_not_greeted_again(card: Client, twin: Client, seller: Employee) -> None:
    record_consents(card, {"advertising_sms": True}, by=seller, where=None)
    Client.objects.filter(pk=card.pk).update(birth_date=date(1985, 11, 24), birthday=1124)
    queued(twin, f"birthday:2026:{twin.pk}", state=MessageState.DELIVERED)

    merging.merge(card, twin, chosen={}, by=seller)
    campaigns_services.run_programs(now=timezone.now().replace(year=2026, month=11, day=24, hour=3))

    standing = Message.objects.get(occasion_key=f"birthday:2026:{card.pk}")
    assert (standing.state, standing.reason, standing.client) == (MessageState.SUPPRESSED, Reason.MERGED, card)
    assert Message.objects.count() == 2


@pytest.mark.parametrize(("theirs", "mine", "expected"), [
    (MessageState.PENDING, MessageState.PENDING, (MessageState.SUPPRESSED, MessageState.PENDING)),
    (MessageState.DELIVERED, MessageState.PENDING, (MessageState.DELIVERED, MessageState.SUPPRESSED)),
    (MessageState.PENDING, MessageState.DELIVERED, (MessageState.SUPPRESSED, MessageState.DELIVERED)),
])  # fmt: skip
def test_of_two_greetings_one_goes(
    card: Client,
    twin: Client,
    seller: Employee,
    theirs: MessageState,
    mine: MessageState,
    expected: tuple[MessageState, MessageState],
) -> None:
    one = queued(twin, f"birthday:2026:{twin.pk}", state=theirs)
    other = queued(card, f"birthday:2026:{card.pk}", state=mine)

    merging.merge(card, twin, chosen={}, by=seller)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == expected


def test_what_went_to_the_other_cards_phone_since_is_its_own_and_goes_once(card: Client, twin: Client, seller: Employee) -> None:
    record_consents(card, {"advertising_sms": True}, by=seller, where=None)
    record_consents(twin, {"advertising_sms": True}, by=seller, where=None)
    for one in (card, twin):
        Client.objects.filter(pk=one.pk).update(birth_date=date(1985, 11, 24), birthday=1124)
    phone = phone_of(twin)
    made = merging.merge(card, twin, chosen={"phone": "absorbed"}, by=seller)
    card.refresh_from_db()
    sent = queued(card, f"birthday:2026:{card.pk}", state=MessageState.DELIVERED)
    answer = receipts.take_reply(Incoming(phone, "Спасибо!", "1"), gateway="console")

    merging.undo(made, by=seller)
    campaigns_services.run_programs(now=timezone.now().replace(year=2026, month=11, day=24, hour=3))

    sent.refresh_from_db()
    assert (sent.client, sent.recipient, Reply.objects.get().client) == (twin, phone, twin), answer
    assert Message.objects.get(occasion_key=f"birthday:2026:{twin.pk}").state == MessageState.SUPPRESSED


def test_a_word_that_only_the_other_card_gave_does_not_outlive_the_undo(card: Client, twin: Client, seller: Employee) -> None:
    record_consents(twin, {"calls": True}, by=seller, where=None)
    made = merging.merge(card, twin, chosen={}, by=seller)

    merging.undo(made, by=seller)

    assert card.consents.latest("pk").given is False
    assert twin.consents.get().given is True


def test_consents_only_grow(card: Client, twin: Client, seller: Employee) -> None:
    record_consents(twin, {"calls": True}, by=seller, where=None)
    before = list(Consent.objects.order_by("pk").values_list())

    merging.undo(merging.merge(card, twin, chosen={}, by=seller), by=seller)

    assert list(Consent.objects.order_by("pk").values_list())[: len(before)] == before


def test_a_no_of_both_cards_time_is_both_cards(card: Client, twin: Client, seller: Employee) -> None:
    for one in (card, twin):
        record_consents(one, {"advertising_sms": True, "calls": True}, by=seller, where=None)
    made = merging.merge(card, twin, chosen={}, by=seller)
    record_consents(card, {"advertising_sms": False}, by=seller, where=None)

    merging.undo(made, by=seller)

    for one in (card, twin):
        assert newest_words(one) == {"advertising_sms": False, "calls": True}


def test_nothing_is_agreed_to_where_the_data_may_not_be_kept(card: Client, twin: Client, seller: Employee) -> None:
    record_consents(card, {"personal_data": True, "advertising_sms": True}, by=seller, where=None)
    record_consents(twin, {"personal_data": True}, by=seller, where=None)
    record_consents(twin, {"personal_data": False}, by=None, where=None)

    merging.merge(card, twin, chosen={}, by=seller)

    assert newest_words(card) == {"personal_data": False, "advertising_sms": False}


def test_a_word_taken_over_keeps_its_proof(card: Client, twin: Client, seller: Employee, store: Store) -> None:
    record_consents(twin, {"calls": True}, by=seller, where=store)
    theirs = twin.consents.get()

    merging.merge(card, twin, chosen={}, by=None)

    mine = card.consents.get()
    assert (mine.at, mine.by, mine.where) == (theirs.at, seller, store)


def test_three_cards_of_one_person_are_greeted_once(card: Client, twin: Client, seller: Employee) -> None:
    third = factories.ClientFactory.create()
    queued(twin, f"birthday:2026:{twin.pk}", state=MessageState.SENT)
    merging.merge(card, twin, chosen={}, by=seller)

    merging.merge(third, card, chosen={}, by=seller)

    assert Message.objects.filter(occasion_key=f"birthday:2026:{third.pk}", state=MessageState.SUPPRESSED).exists()


def test_a_letter_of_before_the_merge_still_stops_what_it_says(
    card: Client, twin: Client, seller: Employee, client: Browser
) -> None:
    for one in (card, twin):
        record_consents(one, {"advertising_email": True}, by=seller, where=None)
    address = unsubscribe_address(twin.pk, "advertising_email")
    merging.merge(card, twin, chosen={}, by=seller)

    client.post(address[address.index("/u/") :], {"List-Unsubscribe": "One-Click"})

    assert newest_words(card) == {"advertising_email": False}
