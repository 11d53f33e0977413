"""The sale calls nothing: who bought is found afterwards."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from inquiries import winning
from inquiries.models import Inquiry, LostReason, State
from purchases.models import Purchase
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory, phone_of
from tests.inquiries.conftest import Ask


@pytest.mark.parametrize(("days", "won"), [(-1, False), (0, True), (1, True), (60, True), (61, False)])
def test_a_receipt_within_sixty_days_wins(ask: Ask, card: Client, sell: Sell, store: Store, days: int, won: bool) -> None:
    inquiry = ask(phone=phone_of(card))
    sale = sell(card, store.today(), 100)
    Purchase.objects.update(sold_on=store.today() + timedelta(days=days))

    assert (winning.settle(), winning.settle()) == (int(won), 0)

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.purchase) == ((State.WON, sale) if won else (State.NEW, None))


def test_what_was_bought_before_asking_on_the_same_day_wins_nothing(ask: Ask, card: Client, sell: Sell, store: Store) -> None:
    sell(card, store.today(), 100)
    ask(phone=phone_of(card))

    assert winning.settle() == 0


def test_who_was_given_up_and_bought_is_won(ask: Ask, card: Client, sell: Sell, store: Store) -> None:
    inquiry = ask(phone=phone_of(card), lost_reason=LostReason.PRICE)
    sell(card, store.today(), 100)

    assert winning.settle(card.pk) == 1

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.lost_reason) == (State.WON, "")


def test_a_voided_receipt_wins_nothing(ask: Ask, card: Client, sell: Sell, store: Store) -> None:
    inquiry, sale = ask(phone=phone_of(card)), sell(card, store.today(), 100)
    winning.settle()
    Purchase.written.filter(pk=sale.pk).update(voided_at="2026-06-01T00:00Z", void_reason="ошибка")

    assert winning.settle() == 1

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.purchase) == (State.CONTACTED, None)


def test_who_has_got_a_card_since_is_recognised(ask: Ask, store: Store) -> None:
    by_phone, by_email, strange = ask(phone="+79147012233"), ask(phone="+79147012234"), ask(phone="+79147012235")
    Inquiry.objects.filter(pk=by_email.pk).update(phone="", email="elena@example.ru")
    first, second = ClientFactory.create(phone="+79147012233"), ClientFactory.create(email="elena@example.ru")

    assert (winning.recognise(), winning.recognise()) == (2, 0)

    assert [Inquiry.objects.get(pk=one.pk).client for one in (by_phone, by_email, strange)] == [first, second, None]


@pytest.mark.parametrize("count", [1, 3])
def test_nothing_to_settle_costs_the_same(
    ask: Ask, card: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        ask(phone=phone_of(card))

    with django_assert_num_queries(2):
        winning.settle()
