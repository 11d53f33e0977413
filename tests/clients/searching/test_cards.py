"""Cards by every reading of what is typed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from clients.models import Client, ContactBeside
from clients.searching import cards
from clients.searching.cards import Way
from tests.factories import ClientFactory


@pytest.fixture
def card(db: None) -> Client:
    """Борисова Анна Юрьевна among others."""
    ClientFactory.create(last_name="Орлова")
    ClientFactory.create(last_name="Борисова", first_name="Вера", middle_name="Юрьевна", birth_date=date(1990, 1, 1))
    return ClientFactory.create(
        last_name="Борисова", first_name="Анна", middle_name="Юрьевна", birth_date=date(1988, 3, 14), phone="+79145550101",
        email="boriska.a@example.ru",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Борисова А.Ю.", "Борисова А Ю", "борисова а", "А.Ю. Борисова", "Борисова Ан Юр", "Анна Борисова", "Анна Юрьевна Борисова",
        "boriska", "boriska.a", "BORISKA.A@", "+7 (8914) 555-01-01", "тел. 8 914 555-01-01", "8914\u200b5550101", "0101", "555-01-01",
    ],
)  # fmt: skip
def test_a_card_is_found_as_it_is_written(card: Client, text: str) -> None:
    assert cards.find(text) == ([card], Way.AS_WRITTEN, "")


@pytest.mark.parametrize("text", ["14.03.1988", "14 марта 1988", "1988-03-14", "14.03.88", "14031988", "Борисова 14.03.1988"])
def test_a_card_is_found_by_the_birth_date(card: Client, text: str) -> None:
    assert cards.find(text) == ([card], Way.BIRTH_DATE, "14.03.1988")


@pytest.mark.parametrize(
    ("text", "read_as"), [(",jhbcjdf f", "борисова а"), ("<jhbcjdf F/>/", "Борисова А.Ю."), ('ищкшылфюф"', "boriska.a@")]
)
def test_a_card_is_found_in_the_other_layout(card: Client, text: str, read_as: str) -> None:
    assert cards.find(text) == ([card], Way.LAYOUT, read_as)


@pytest.mark.parametrize("text", ["Borisova Anna", "Anna Borisova", "borisova an"])
def test_a_card_is_found_by_its_latin_spelling(card: Client, text: str) -> None:
    assert cards.find(text) == ([card], Way.SPELLING, "")


@pytest.mark.parametrize("text", ["Zhukova", "Jukova", "Zhukova Anna", "жукова", ";erjdf", "Жуко"])
def test_zhukova_is_found_however_she_is_typed(db: None, text: str) -> None:
    card = ClientFactory.create(last_name="Жукова", first_name="Анна")

    assert cards.find(text).cards == [card]


def test_a_name_in_latin_letters_is_found_by_cyrillic_ones(db: None) -> None:
    card = ClientFactory.create(last_name="Smit", first_name="John", middle_name="")
    ClientFactory.create(last_name="Смит")

    assert cards.find_in_latin("Смит") == [card]
    assert cards.find_in_latin("Smit") == []


def test_decomposed_letters_are_composed(db: None) -> None:
    card = ClientFactory.create(last_name="Чайка")

    assert cards.find("Чаи\u0306ка").cards == [card]


def test_a_phone_of_another_country_is_found_from_its_brackets(db: None) -> None:
    card = ClientFactory.create(phone="+4930123456")

    assert cards.find("(+49) 30 123456").cards == [card]


@pytest.mark.parametrize("text", ["8 924 111-22-33", "vera77@"])
def test_a_further_contact_is_found_and_said(card: Client, text: str) -> None:
    at = datetime(2026, 6, 17, tzinfo=ZoneInfo("UTC"))
    for kind, value in (("phone", "+79241112233"), ("email", "vera77@example.ru")):
        ContactBeside.objects.create(client=card, kind=kind, value=value, at=at)

    assert cards.find(text) == ([card], Way.FURTHER_CONTACT, "")


def test_an_ending_that_looks_like_a_beginning_is_found(db: None) -> None:
    card = ClientFactory.create(phone="+79241298765")

    assert cards.find("98765").cards == [card]
    assert cards.find("8924129").cards == [card]


@pytest.mark.parametrize("text", ["О И", "о ин", "О И."])
def test_a_surname_of_one_letter_is_found(db: None, text: str) -> None:
    card = ClientFactory.create(last_name="О", first_name="Ин Сук", middle_name="")

    assert cards.find(text).cards == [card]


def test_a_double_surname_is_found_while_it_is_typed(card: Client) -> None:
    assert len(cards.find("Борисова-").cards) == 2


def test_one_digit_is_a_card(db: None) -> None:
    card = ClientFactory.create()

    assert cards.find(str(card.pk)).cards == [card]


@pytest.mark.parametrize("text", ["Борисова", "нет такого", "14.03.1988", "89145550101", "Zhukova Anna", "x@"])
def test_a_reading_has_a_constant_number_of_queries(
    card: Client, text: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        cards.find(text)


@pytest.mark.parametrize("text", ["Кузнецва", "кузнцеова", "Кузницова елена", "Кузнесава", "Repytwdf", "Kuznetsva"])
def test_a_misspelt_surname_shows_similar_ones(db: None, text: str) -> None:
    card = ClientFactory.create(last_name="Кузнецова")
    ClientFactory.create(last_name="Орлова")

    assert cards.find(text).cards == []
    assert cards.find_alike(text) == [card]


@pytest.mark.parametrize("text", ["Ким", "anna@", "8914", "", "Кузнецва Ольга"])
def test_what_is_no_misspelt_surname_shows_none(db: None, text: str) -> None:
    ClientFactory.create(last_name="Кузнецова")
    ClientFactory.create(last_name="Кин")

    assert cards.find_alike(text) == []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the plan of PostgreSQL")
def test_surnames_in_latin_letters_are_found_by_their_index(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT key FROM clients_surname WHERE fold LIKE 'zhuk%'")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "clients_surname_fold" in plan
    assert "Index Cond" in plan
