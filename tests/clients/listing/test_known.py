"""The cards that a chunk of a list can meet."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.listing.known import KnownCards
from clients.listing.planned import PlannedCards
from clients.models import CardState, Client, ClientKey
from clients.sameness.matching import Card, Rule
from clients.writing.names import PersonName, person_key
from clients.writing.person import Person
from tests.factories import ClientFactory

BORN = date(1985, 7, 3)
NAME = PersonName("Иванова", "Елена", "Викторовна")


def person(**facts: Any) -> Person:
    found = Person(NAME, **facts)
    found.key = person_key(found.name, found.birth_date)
    return found


def test_cards_are_known_by_code_phone_and_person(card: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    coded, by_phone = ClientFactory.create(last_name="Ким"), ClientFactory.create(phone="+79240001122")
    ClientKey.objects.create(source="1c", key="K17", client=coded)
    ClientKey.objects.create(source="list", key="K18", client=coded)
    people = [person(code="K17"), person(code="K18"), person(phone="+79240001122"), person(birth_date=BORN)]
    known = KnownCards("1c", None)

    with django_assert_num_queries(8):
        known.load(people)

    assert [(match.card.pk, match.rule) if (match := known.match(one)) else None for one in people] == [
        (coded.pk, Rule.CODE), None, (by_phone.pk, Rule.PHONE), (card.pk, Rule.PERSON),
    ]  # fmt: skip
    assert known.held == {("1c", "K17")}


def test_somebody_who_is_reached_through_the_phone_is_known_with_it(db: None) -> None:
    holder = ClientFactory.create(last_name="Ким", first_name="Пётр", phone="+79240001122")
    behind = ClientFactory.create(phone=None, state=CardState.INCOMPLETE, reached_through=holder)
    known = KnownCards("1c", None)

    known.load([person(phone="+79240001122")])

    match = known.match(person(phone="+79240001122"))
    assert match is not None
    assert (match.card.pk, match.card.behind) == (behind.pk, "+79240001122")


def test_a_card_that_somebody_meant_is_known_even_if_no_row_asks_for_it(card: Client) -> None:
    known = KnownCards("1c", None)

    match = known.as_match(Card(card.pk, NAME, None, None, None), person(phone="+79240001122"))

    assert (match.card.email, match.rule, match.conflicts) == (card.email, Rule.DECIDED, ("identity",))


def test_a_card_that_is_only_planned_is_meant_as_it_is() -> None:
    planned = Card(None, NAME, BORN, None, None)

    assert KnownCards("1c", None).as_match(planned, person()).card is planned


@pytest.mark.parametrize(("chunks", "email"), [(1, None), (2, "new@example.ru")])
def test_what_a_preview_would_have_filled_is_known_to_the_chunks_after_it(card: Client, chunks: int, email: str | None) -> None:
    Client.objects.update(email=None, state=CardState.INCOMPLETE)
    plan = PlannedCards()
    for _chunk in range(chunks):
        known = KnownCards("1c", plan)
        known.load([person(birth_date=BORN)])
        found = known.by_pk[card.pk]
        before = found.email
        found.email = "new@example.ru"
        known.remember(found, person(birth_date=BORN, code="K17"))
        known.keep_plan()

    assert before == email
    assert [one.pk for one, _words in plan.find(["code:K17"])] == [card.pk]
