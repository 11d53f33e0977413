"""Which card a visitor may be on."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import CardState, Client
from clients.sameness import matching
from clients.sameness.matching import Nearness
from clients.writing.names import PersonName
from tests.factories import ClientFactory, phone_of

BORN = date(1985, 7, 3)


@pytest.mark.parametrize(
    ("name", "day", "kind"),
    [
        (PersonName("Иванова", "Елена"), BORN, Nearness.SAME_PERSON),
        (PersonName("Иванова"), BORN, Nearness.SAME_SURNAME),
        (PersonName("Иванова", "Лена"), BORN, Nearness.SIMILAR),
        (PersonName("Ивонова", "Елена"), BORN, Nearness.SIMILAR),
        (PersonName("Ivanova", "Elena"), BORN, Nearness.SIMILAR),
        (PersonName("Иванов", "Елена"), BORN, Nearness.SIMILAR),
        (PersonName("Иванова", "Елена"), date(1985, 3, 7), Nearness.SIMILAR),
    ],
)
def test_the_card_of_a_visitor_is_proposed_with_reasons(card: Client, name: PersonName, day: date, kind: Nearness) -> None:
    proposal = matching.propose(name, birth_date=day)[0]

    assert (proposal.client, proposal.kind) == (card, kind)
    assert proposal.words
    assert 0 < proposal.score < 1


def test_another_first_name_is_proposed_by_its_phone_alone(card: Client) -> None:
    name = PersonName("Иванова", "Ольга")

    assert matching.propose(name, birth_date=BORN) == []
    assert [p.kind for p in matching.propose(name, birth_date=BORN, phone=card.phone)] == [Nearness.SAME_PHONE]


def test_cards_that_stand_for_nobody_are_not_proposed(card: Client) -> None:
    card.state, card.merged_into = CardState.MERGED, ClientFactory.create(first_name="Ольга")
    card.save()

    assert matching.propose(card.name, birth_date=BORN) == []


def test_a_visitor_costs_four_queries_at_most(card: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    ClientFactory.create_batch(3, birth_date=BORN)

    with django_assert_max_num_queries(4):
        matching.propose(card.name, birth_date=BORN, phone=card.phone, email=card.email)


def test_a_digit_off_is_found_at_the_counter_where_the_name_is_right(db: None) -> None:
    known = ClientFactory.create(last_name="Гончарова", first_name="Ирина", middle_name="Павловна", birth_date=date(1985, 7, 12))

    by_day = matching.propose(PersonName("Гончарова", "Ирина", "Павловна"), birth_date=date(1985, 7, 13), phone="+79990001122")
    wrong = phone_of(known)[:-1] + ("1" if phone_of(known)[-1] != "1" else "2")
    by_phone = matching.propose(PersonName("Гончарова", "Ирина", ""), phone=wrong)

    assert [[proposal.client for proposal in found] for found in (by_day, by_phone)] == [[known], [known]]
