"""An inquiry is written down once, moved on by one of two, and forgotten in the end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from clients.models import Client
from inquiries import services
from inquiries.models import Inquiry, LostReason, Source, State
from inquiries.services import Contact, MovedMeanwhileError
from messaging import errands
from messaging.models import Errand
from stores.models import Employee, Store
from tests.factories import ClientFactory, phone_of
from tests.inquiries.conftest import Ask

Outcome = Errand.Outcome


def test_with_a_phone_the_next_step_is_tomorrow(ask: Ask, store: Store) -> None:
    inquiry = ask(phone="+79147012233")

    assert (inquiry.state, inquiry.next_on, inquiry.kind, inquiry.size) == (
        State.NEW,
        store.today() + timedelta(days=1),
        "ring",
        "17.5",
    )
    assert (inquiry.client, inquiry.errand, inquiry.won_until) == (None, None, store.today() + timedelta(days=60))


def test_whom_nobody_can_reach_only_counts(ask: Ask) -> None:
    inquiry = ask()

    assert (inquiry.state, inquiry.lost_reason, inquiry.next_on) == (State.LOST, LostReason.SILENT, None)
    assert (ask(lost_reason=LostReason.PRICE, phone="+79147012233").lost_reason) == LostReason.PRICE


def test_a_form_sent_twice_is_one_inquiry(ask: Ask) -> None:
    key = uuid4()

    assert ask(phone="+79147012233", form_key=key) == ask(phone="+79147012233", form_key=key)
    assert Inquiry.objects.count() == 1


def test_the_holder_of_the_phone_gets_an_errand(ask: Ask, card: Client) -> None:
    inquiry = ask(phone=phone_of(card))

    errand = Errand.objects.get()
    assert (inquiry.client, inquiry.errand) == (card, errand)
    assert (errand.client, errand.due_on, errand.is_service, errand.reason) == (
        card,
        inquiry.next_on,
        True,
        "Был интерес, без покупки: кольцо 17,5",
    )


def test_an_address_of_two_cards_is_nobodys(db: None) -> None:
    first = ClientFactory.create(email="one@example.ru")
    assert services.holder(Contact(email="one@example.ru")) == first
    ClientFactory.create(email="one@example.ru")

    assert services.holder(Contact(email="one@example.ru")) is None
    assert services.holder(Contact()) is None


def test_a_step_closes_the_errand_and_gives_the_next(ask: Ask, card: Client, seller: Employee, store: Store) -> None:
    inquiry, day = ask(phone=phone_of(card)), store.today() + timedelta(days=5)

    moved = services.step(inquiry, State.AGREED, was=State.NEW, by=seller, next_on=day, words="придут с мамой")

    first, second = Errand.objects.order_by("pk")
    assert (first.outcome, second.outcome, second.due_on) == (Outcome.DONE, Outcome.OPEN, day)
    assert (moved.state, moved.next_on, moved.errand, moved.words) == (State.AGREED, day, second, "придут с мамой")


def test_of_two_who_move_an_inquiry_the_second_is_told(ask: Ask, card: Client, seller: Employee) -> None:
    inquiry = ask(phone=phone_of(card))
    services.step(inquiry, State.LOST, was=State.NEW, by=seller, reason=LostReason.PRICE)

    with pytest.raises(MovedMeanwhileError):
        services.step(inquiry, State.CONTACTED, was=State.NEW, by=seller)

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.lost_reason, Errand.objects.filter(outcome=Outcome.OPEN).count()) == (
        State.LOST,
        LostReason.PRICE,
        0,
    )


@pytest.mark.parametrize(("outcome", "state", "reason"), [(Outcome.DONE, State.CONTACTED, ""), (Outcome.DROPPED, State.LOST, "silent"),
                                                          (Outcome.NO_ANSWER, State.NEW, "")])  # fmt: skip
def test_what_came_of_the_errand_moves_the_inquiry(
    ask: Ask, card: Client, seller: Employee, outcome: Any, state: State, reason: str
) -> None:
    inquiry = ask(phone=phone_of(card))

    errand = errands.close(Errand.objects.get(), outcome, by=seller, now=timezone.now())

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.lost_reason) == (state, reason)
    assert inquiry.next_on == (errand.due_on if state == State.NEW else None)


def test_without_a_step_for_180_days_the_person_is_forgotten(ask: Ask, card: Client, seller: Employee) -> None:
    inquiry, other = ask("серьги", phone=phone_of(card)), ask("кольцо", phone="+79147012233", for_day=None)
    services.step(inquiry, State.AGREED, was=State.NEW, by=seller, next_on=timezone.localdate() + timedelta(days=9))
    last = Inquiry.objects.get(pk=other.pk).step_at

    assert services.forget_old(last + services.KEPT) == 0
    assert services.forget_old(timezone.now() + services.KEPT + timedelta(days=1)) == 2

    inquiry.refresh_from_db()
    assert (inquiry.client, inquiry.phone, inquiry.wish, inquiry.errand) == (None, "", "", None)
    assert (inquiry.state, inquiry.lost_reason, inquiry.kind, inquiry.source) == (
        State.LOST,
        "silent",
        "earrings",
        Source.COUNTER,
    )
    with pytest.raises(MovedMeanwhileError):
        services.step(inquiry, State.CONTACTED, was=State.LOST, by=seller)
