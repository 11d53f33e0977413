"""Contacts confirmed at the counter, and those at which messages do not arrive."""

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients import proving
from clients.models import Client, ContactProof
from messaging.gateways import Fate, Receipt
from messaging.incoming import receipts
from messaging.models import Message, MessageState, StopEntry
from stores.models import Employee
from tests.answers import Answer
from tests.conftest import SignIn
from tests.factories import email_of, phone_of
from tests.messaging.conftest import Put
from tests.messaging.sending import code_in


def confirm(browser: Browser, card: Client, field: str, code: str | None = None) -> Answer:
    browser.post(f"/clients/{card.pk}/prove/{field}/send/")
    code = code or code_in(Message.objects.filter(source="code").latest("pk"))
    return browser.post(f"/clients/{card.pk}/prove/{field}/", {"code": code})


@pytest.mark.parametrize("field", ["phone", "email"])
def test_a_contact_is_confirmed_by_the_code_sent_to_it(field: str, card: Client, seller: Employee, signed_in: SignIn) -> None:
    confirm(signed_in(seller), card, field)

    proof = ContactProof.objects.get()
    assert (proof.field, proof.value, proof.state, proof.by) == (field, getattr(card, field), "confirmed", seller)
    assert Message.objects.get().recipient == proof.value


def test_a_wrong_code_confirms_nothing(card: Client, seller: Employee, signed_in: SignIn) -> None:
    confirm(signed_in(seller), card, "phone", code="12")

    assert not ContactProof.objects.exists()


def test_a_stopped_phone_is_not_proved_by_a_letter(card: Client, seller: Employee, signed_in: SignIn) -> None:
    StopEntry.objects.create(recipient=phone_of(card))

    signed_in(seller).post(f"/clients/{card.pk}/prove/phone/send/")

    assert not Message.objects.exists()


def test_a_foreign_field_is_not_found(card: Client, seller: Employee, signed_in: SignIn) -> None:
    assert signed_in(seller).post(f"/clients/{card.pk}/prove/note/send/").status_code == 404


def test_an_undelivered_message_casts_doubt_once(put: Put, card: Client, seller: Employee, signed_in: SignIn) -> None:
    for _n in range(2):
        message = put(state=MessageState.SENT, attempts=1)
        receipts.take_receipt(Receipt(Fate.UNDELIVERED, "absent", token=str(message.token)), gateway="console")

    assert ContactProof.objects.values_list("field", "value", "state").get() == ("phone", card.phone, "doubtful")
    page = signed_in(seller).get(f"/sales/new/?client={card.pk}").content.decode()
    assert page.count("сообщения не доходят") == 1


def test_a_confirmation_ends_the_doubt_and_a_new_value_too(card: Client, seller: Employee) -> None:
    proving.doubt([proving.Contact(card.pk, "phone", phone_of(card))], reason="", now=timezone.now())
    assert [doubt.field for doubt in card.doubts] == ["phone"]

    proving.confirm(card, "phone", by=seller, now=timezone.now())
    assert card.doubts == []

    proving.doubt([proving.Contact(card.pk, "email", email_of(card))], reason="", now=timezone.now())
    card.email = "new@example.ru"
    assert card.doubts == []


def test_so_many_codes_go_to_a_contact_and_no_more(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser, address = signed_in(seller), f"/clients/{card.pk}/prove/phone/send/"

    told = [browser.post(address, follow=True).content.decode().count("alert-warning") for _time in range(4)]

    asked = 1  # about the consent to data, each time
    assert ([times - asked for times in told], Message.objects.count()) == ([0, 0, 0, 1], 3)


def test_a_card_without_the_contact_has_nothing_to_confirm(card: Client, seller: Employee, signed_in: SignIn) -> None:
    Client.objects.filter(pk=card.pk).update(email=None, state="incomplete")

    assert signed_in(seller).post(f"/clients/{card.pk}/prove/email/send/").status_code == 404
    assert not Message.objects.exists()
