"""Visits and habits for a screen."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits import selectors


def test_last_visits_are_of_those_who_came_in_one_query(
    card: Client, sell: Sell, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stranger = ClientFactory.create()
    for day in (5, 9):
        sell(card, date(2026, 5, day), 100)

    with django_assert_num_queries(1):
        assert selectors.last_visits([card, stranger]) == {card.pk: date(2026, 5, 9)}
