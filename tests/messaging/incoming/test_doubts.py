"""An answer that may ask to stop is an errand for today, and holds advertising until somebody has read it."""

from django.utils import timezone

from clients.models import Client
from messaging.gateways import Incoming
from messaging.incoming import doubts, receipts
from messaging.models import Errand, Pause, StopEntry
from tests.factories import phone_of


def answer(card: Client, text: str, number: str) -> None:
    receipts.take_reply(Incoming(phone_of(card), text, number), gateway="smsc")


def test_what_may_be_a_refusal_is_one_errand_a_day_and_holds_advertising(card: Client) -> None:
    answer(card, "Больше не нужно", "1")
    answer(card, "Хватит", "2")

    errand = Errand.objects.get()
    assert (errand.client, errand.store, errand.is_service, "Больше не нужно" in errand.reason) == (
        card,
        card.home_store,
        True,
        True,
    )
    assert errand.store is not None
    assert errand.due_on == errand.store.today(timezone.now())
    assert (Pause.objects.get(), StopEntry.objects.exists()) == (errand.pause, False)


def test_a_refusal_of_something_else_is_no_errand(card: Client) -> None:
    answer(card, "отказ от примерки, приду завтра", "1")
    answer(card, "стоп", "2")

    assert not Errand.objects.exists()


def test_who_has_no_store_is_asked_about_on_the_chains_day(card: Client) -> None:
    card.home_store = None
    errand = doubts.ask_about(card, "хватит", now=timezone.now())

    assert errand is not None
    assert (errand.store, errand.due_on) == (None, timezone.localdate())
