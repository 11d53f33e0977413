"""People who may be on a card already, though no rule says so."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import CardState
from clients.sameness import resembling
from clients.sameness.matching import Card
from clients.sameness.resembling import Lookalikes
from clients.writing.names import PersonName
from clients.writing.person import Person
from tests.factories import ClientFactory

BORN, SWAPPED = date(1980, 2, 1), date(1980, 1, 2)
PHONE = "+79147012233"


def card(last: str = "Орлова", born: date | None = BORN, phone: str | None = PHONE) -> Card:
    return Card(1, PersonName(last, "Анна", "Петровна"), born, phone, None)


def person(last: str = "Орлова", born: date | None = BORN, phone: str | None = None, middle: str = "Петровна") -> Person:
    return Person(PersonName(last, "Анна", middle), born, phone)


@pytest.mark.parametrize(
    ("who", "likeness"),
    [
        (person("Орлово"), "surname"),
        (person("Арлово"), "surname"),
        (person("Арлавы"), ""),
        (person("Орлова"), ""),
        (person(born=SWAPPED), "swapped"),
        (person("Орлово", born=SWAPPED), ""),
        (person("Орлово", middle="Ивановна"), ""),
        (person(born=None, phone="+79147012234"), "digit"),
        (person(born=None, phone="+79147012244"), ""),
        (person(born=None), ""),
        (person(born=None, phone="+79147012234", middle=""), ""),
    ],
)
def test_in_what_two_are_alike(who: Person, likeness: str) -> None:
    cards = Lookalikes()
    cards.add(card())

    found = cards.find(who)

    assert (found.likeness if found else "") == likeness


def test_a_short_surname_that_differs_by_two_letters_is_another() -> None:
    assert resembling.alike_by_day(card("Кимо"), person("Кито")) == "surname"
    assert resembling.alike_by_day(card("Кимо"), person("Киты")) == ""


def test_a_card_without_a_phone_is_like_nobody_by_it() -> None:
    assert resembling.alike_by_name(card(phone=None), person(phone=PHONE)) == ""


def test_the_base_is_asked_for_those_who_may_be_alike(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    facts = {"last_name": "Орлова", "first_name": "Анна", "middle_name": "Петровна"}
    by_day = ClientFactory.create(**{**facts, "last_name": "Соколова"}, birth_date=SWAPPED)
    begins = ClientFactory.create(**facts, phone="+79147019999")
    ends = ClientFactory.create(**facts, phone="+79240012233")
    ClientFactory.create(**facts, birth_date=BORN, state=CardState.ERASED)
    ClientFactory.create(**facts, phone="+79240009999")

    with django_assert_num_queries(3):
        found = list(resembling.candidates([person(phone=PHONE)]))

    assert [(row[0].partition(":")[0], row[1]) for row in found] == [("born", by_day.pk), ("name", begins.pk), ("name", ends.pk)]
    assert found[0][5] == SWAPPED


def test_who_says_too_little_is_not_asked_about(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert (
            list(resembling.candidates([Person(PersonName("Орлова", "", ""), BORN), person(born=None, middle="", phone=PHONE)]))
            == []
        )
