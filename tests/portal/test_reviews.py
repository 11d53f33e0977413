from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from clients.models import Client
from messaging import errands
from messaging.models import Errand, Message, Pause, StopEntry
from portal import reviews
from portal.models import Review
from purchases import services as purchases_services
from stores.models import Employee, Store
from tests import factories
from tests.conftest import Decided, Sell
from tests.factories import email_of, phone_of
from tests.portal.conftest import NOON, TODAY
from workshop.models import ServiceRequest


def test_it_is_asked_once_after_a_hand_out(handed_out: ServiceRequest, card: Client) -> None:
    assert reviews.ask_all(NOON) == 1
    assert reviews.ask_all(NOON + timedelta(hours=1)) == 0

    message, review = Message.objects.get(), Review.objects.get()
    assert (message.client, message.purpose, message.source) == (card, "", "review")
    assert str(review.token) in message.text


def test_it_is_asked_five_to_seven_days_after_a_purchase(card: Client, sell: Sell) -> None:
    sell(card, TODAY - timedelta(days=4), 5_000)
    assert reviews.ask_all(NOON) == 0

    assert reviews.ask_all(NOON + timedelta(days=1)) == 1


def test_a_client_is_asked_once_in_a_month(card: Client, handed_out: ServiceRequest, sell: Sell) -> None:
    sell(card, TODAY - timedelta(days=6), 5_000)

    reviews.ask_all(NOON)
    reviews.ask_all(NOON + timedelta(hours=2))

    assert Review.objects.get().request == handed_out


def test_nobody_is_asked_at_night_nor_beside_the_stop_list(card: Client, handed_out: ServiceRequest, decided: Decided) -> None:
    assert reviews.ask_all(NOON.replace(hour=14)) == 0
    StopEntry.objects.create(recipient=phone_of(card))
    StopEntry.objects.create(recipient=email_of(card))
    assert reviews.ask_all(NOON) == 0
    StopEntry.objects.all().delete()
    decided(reviews_on=False)

    assert (reviews.ask_all(NOON), Review.objects.count()) == (0, 0)


def test_a_low_answer_makes_an_errand_and_a_hold_until_it_is_closed(
    asked: Review, card: Client, store: Store, seller: Employee
) -> None:
    now = timezone.now()

    reviews.answer(asked.token, 3, "камень шатается", now=now)

    errand, hold = Errand.objects.get(), Pause.objects.get()
    assert (errand.client, errand.store, errand.due_on, errand.script) == (card, store, store.today(now), "камень шатается")
    assert (hold.client, hold.ended_at) == (card, None)
    errands.close(errand, "no_answer", by=seller, now=now)
    assert Pause.objects.get().ended_at is None
    errands.close(errand, "done", by=seller, now=now)
    assert Pause.objects.get().ended_at == now
    errands.reopen(errand, now=now)
    assert Pause.objects.get().ended_at is None


def test_a_good_answer_sets_nothing_going(asked: Review) -> None:
    reviews.answer(asked.token, 9, "", now=timezone.now())

    assert (Errand.objects.count(), Pause.objects.count(), Review.objects.get().score) == (0, 0, 9)


def test_an_answer_is_changed_within_a_day(asked: Review) -> None:
    now = timezone.now()
    reviews.answer(asked.token, 3, "плохо", now=now)

    reviews.answer(asked.token, 2, "очень плохо", now=now + timedelta(hours=5))
    with pytest.raises(reviews.TooLateError):
        reviews.answer(asked.token, 10, "", now=now + timedelta(days=2))

    assert (Review.objects.get().score, Errand.objects.get().script) == (2, "очень плохо")


def test_a_base_without_anybody_asks_nobody(db: None) -> None:
    factories.StoreFactory.create()
    call_command("check", verbosity=0)

    assert reviews.ask_all(NOON) == 0


def test_a_worse_answer_after_the_errand_was_closed_opens_it_again(asked: Review, seller: Employee) -> None:
    now = timezone.now()
    reviews.answer(asked.token, 3, "плохо", now=now)
    errands.close(Errand.objects.get(), "done", by=seller, now=now)

    reviews.answer(asked.token, 2, "хуже", now=now)

    errand = Errand.objects.get()
    assert (errand.outcome, errand.script, Pause.objects.get().ended_at) == ("open", "хуже", None)


def test_a_purchase_that_came_back_whole_is_not_asked_about(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, TODAY - timedelta(days=6), 5_000)
    purchases_services.return_pieces(purchase, purchase.pieces.all(), by=seller)

    assert (reviews.ask_all(NOON), Review.objects.count()) == (0, 0)
