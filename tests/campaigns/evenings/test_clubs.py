"""A club proposes who meets its question; a person admits; leaving is by hand, and undone."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from analytics.models import Segment
from campaigns.evenings import clubs
from campaigns.models import Club
from clients.models import Client
from stores.models import Employee, Store
from tests import factories
from tests.campaigns.evenings.conftest import NOON

TODAY = NOON.date()


@pytest.fixture
def club(store: Store, manager: Employee) -> Club:
    never = Segment.objects.create(name="Ещё не покупали", definition=[[{"what": "never"}]])
    return Club.objects.create(title="Жемчуг", segment=never, store=store, by=manager, form_key=uuid4())


def proposed(club: Club) -> list[Client]:
    return list(clubs.proposed(club, None, TODAY))


def test_who_meets_the_question_is_proposed_until_a_person_decides(club: Club, store: Store, manager: Employee) -> None:
    one, other = (factories.ClientFactory.create(home_store=store) for _ in range(2))
    assert (set(proposed(club)), club.members.count()) == ({one, other}, 0)

    admitted = [clubs.admit(club, [one.pk], why="любит жемчуг", by=manager, today=TODAY) for _twice in range(2)]
    clubs.leave(club, other, why="не хочет", by=manager, today=TODAY)

    assert (admitted, proposed(club)) == ([1, 0], [])
    assert list(club.members.present().values_list("client", "since", "why")) == [(one.pk, TODAY, "любит жемчуг")]


def test_leaving_is_undone_with_the_day_of_entry_and_an_admission_wholly(club: Club, card: Client, manager: Employee) -> None:
    clubs.admit(club, [card.pk], why="", by=manager, today=TODAY)

    member = clubs.leave(club, card, why="переехала", by=manager, today=TODAY)
    clubs.take_back(member)
    assert list(club.members.present().values_list("since", "why_left")) == [(TODAY, "")]
    clubs.take_back(member)

    assert (club.members.count(), proposed(club)) == (0, [card])


def test_who_left_may_come_again(club: Club, card: Client, manager: Employee) -> None:
    clubs.leave(club, card, why="", by=manager, today=TODAY)

    clubs.admit(club, [card.pk], why="передумала", by=manager, today=TODAY)

    assert list(club.members.values_list("since", "why", "until")) == [(TODAY, "передумала", None)]


def test_without_a_question_nobody_is_proposed(club: Club, card: Client) -> None:
    Segment.objects.all().delete()

    assert proposed(Club.objects.get()) == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_one_query(
    club: Club, store: Store, manager: Employee, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(many):
        Club.objects.create(title=f"Клуб {n}", by=manager, form_key=uuid4())

    with django_assert_num_queries(1):
        listed = [(row.club.store, row.club.segment, row.members) for row in clubs.listed([store])]

    assert len(listed) == many + 1
