"""A card's own row says which parts there are."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from crm_site.pages import whole_card
from tests.conftest import Sell

TODAY = date(2026, 11, 29)


def test_a_bare_card_has_no_parts_and_costs_one_question(card: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    whole_card.card_of(card.pk, TODAY)
    with django_assert_num_queries(1):
        found = whole_card.card_of(card.pk, TODAY)

    there = {name for name in vars(found) if name.startswith("has_") and getattr(found, name)}
    assert (found, there, whole_card.visit_days(found)) == (card, set(), [])


def test_nobody_is_nobody(db: None) -> None:
    assert whole_card.card_of(1, TODAY) is None


def test_visit_days_come_in_their_order(card: Client, sell: Sell) -> None:
    for day in (5, 3, 4):
        sell(card, date(2026, 5, day), *[100] * day)

    assert whole_card.visit_days(whole_card.card_of(card.pk, TODAY)) == [(date(2026, 5, day), day) for day in (3, 4, 5)]


def test_the_newest_receipts_come_with_their_pieces(card: Client, sell: Sell) -> None:
    for day in range(whole_card.SHOWN + 3):
        sell(card, date(2026, 5, 1 + day), 100, day)

    receipts = whole_card.newest_receipts(card.pk)

    assert len(receipts) == whole_card.SHOWN + 1
    assert receipts[0].sold_on == date(2026, 5, whole_card.SHOWN + 3)
    assert [piece.price for piece in receipts[0].lines] == [100, whole_card.SHOWN + 2]  # type: ignore[attr-defined]
    assert receipts[0].kept_sum == 102 + whole_card.SHOWN  # type: ignore[attr-defined]
