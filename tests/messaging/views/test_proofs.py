"""Contacts confirmed at the counter, and those at which messages do not arrive."""

import re

import pytest
from django.utils import timezone

from clients import proving
from clients.models import ContactProof
from messaging.gateways import Fate, Receipt
from messaging.incoming import receipts
from messaging.models import Message, MessageState, StopEntry


def confirm(browser, card, field, code=None):
    browser.post(f"/clients/{card.pk}/prove/{field}/send/")
    code = code or re.search(r"\d{6}", Message.objects.filter(source="code").first().text)[0]
    return browser.post(f"/clients/{card.pk}/prove/{field}/", {"code": code})


@pytest.mark.parametrize("field", ["phone", "email"])
def test_a_contact_is_confirmed_by_the_code_sent_to_it(field, card, seller, signed_in):
    confirm(signed_in(seller), card, field)

    proof = ContactProof.objects.get()
    assert (proof.field, proof.value, proof.state, proof.by) == (field, getattr(card, field), "confirmed", seller)
    assert Message.objects.get().recipient == proof.value


def test_a_wrong_code_confirms_nothing(card, seller, signed_in):
    confirm(signed_in(seller), card, "phone", code="12")

    assert not ContactProof.objects.exists()


def test_a_stopped_phone_is_not_proved_by_a_letter(card, seller, signed_in):
    StopEntry.objects.create(recipient=card.phone)

    signed_in(seller).post(f"/clients/{card.pk}/prove/phone/send/")

    assert not Message.objects.exists()


def test_a_foreign_field_is_not_found(card, seller, signed_in):
    assert signed_in(seller).post(f"/clients/{card.pk}/prove/note/send/").status_code == 404


def test_an_undelivered_message_casts_doubt_once(put, card, seller, signed_in):
    for _n in range(2):
        message = put(state=MessageState.SENT, attempts=1)
        receipts.take_receipt(Receipt(Fate.UNDELIVERED, "absent", token=str(message.token)), gateway="console")

    assert ContactProof.objects.values_list("field", "value", "state").get() == ("phone", card.phone, "doubtful")
    page = signed_in(seller).get(f"/sales/new/?client={card.pk}").content.decode()
    assert page.count("alert-warning") == 1


def test_a_confirmation_ends_the_doubt_and_a_new_value_too(card, seller):
    proving.doubt([proving.Contact(card.pk, "phone", card.phone)], reason="", now=timezone.now())
    assert card.doubtful == ["phone"]

    proving.confirm(card, "phone", by=seller, now=timezone.now())
    assert card.doubtful == []

    proving.doubt([proving.Contact(card.pk, "email", card.email)], reason="", now=timezone.now())
    card.email = "new@example.ru"
    assert card.doubtful == []
