"""What is kept about those who wanted something goes with their card, and when they ask."""

from django.utils import timezone

from clients.models import Client
from inquiries.models import Appointment, Coming, Inquiry
from inquiries.parts import InquiriesPart
from stores.models import Store
from tests.factories import ClientFactory, phone_of
from tests.inquiries.conftest import Ask

PART = InquiriesPart()


def test_inquiries_go_to_the_surviving_card_and_back(ask: Ask, card: Client) -> None:
    inquiry, survivor = ask(phone=phone_of(card)), ClientFactory.create()

    moved = PART.move(card.pk, survivor.pk)
    assert Inquiry.objects.get().client == survivor
    PART.restore(moved, card.pk, survivor.pk)

    assert Inquiry.objects.get() == inquiry
    assert Inquiry.objects.get().client == card


def test_a_card_with_an_inquiry_stays(ask: Ask, card: Client) -> None:
    ask(phone=phone_of(card))
    other = ClientFactory.create()

    assert PART.holdings([card.pk, other.pk]) == {card.pk: "inquiries"}
    assert PART.counted(card.pk) == {"обращения": 1, "встречи": 0}
    assert PART.describe(card.pk)["Обращения"][0]["что хотят"] == "кольцо 17,5"
    PART.appeared([card.pk])
    assert PART.reason_not_to_erase(card.pk) == ""


def test_who_is_erased_is_nobody_in_inquiries_too(ask: Ask, card: Client) -> None:
    ask(phone=phone_of(card))
    strange, other = ask(phone="+79147012233"), ask(phone="+79147012234")
    Inquiry.objects.filter(pk=strange.pk).update(email="old@example.ru", phone="")

    assert PART.erase(card.pk, [phone_of(card), "old@example.ru"]) == {"inquiries": 2}
    assert PART.erase(card.pk, [phone_of(card), "old@example.ru"]) == {"inquiries": 0}

    assert list(Inquiry.objects.filter(erased_at=None)) == [other]
    assert not Inquiry.objects.exclude(client=None, name="", wish="").exclude(pk=other.pk).exists()


def test_appointments_go_with_the_card_and_nobody_expects_who_was_erased(card: Client, store: Store) -> None:
    survivor = ClientFactory.create()
    one = Appointment.objects.create(store=store, client=card, starts_at=timezone.now(), place=1, words="примерить")

    moved = PART.move(card.pk, survivor.pk)
    assert PART.holdings([card.pk, survivor.pk]) == {survivor.pk: "appointments"}
    PART.restore(moved, card.pk, survivor.pk)
    assert (PART.counted(card.pk)["встречи"], "примерить" in PART.describe(card.pk)["Встречи"][0].values()) == (1, True)

    assert PART.erase(card.pk, []) == {"inquiries": 0, "appointments": 1}
    one.refresh_from_db()
    assert (one.client, one.words, one.state) == (None, "", Coming.CANCELLED)
