"""A card in words."""

from datetime import date

import pytest
from django.utils import timezone

from clients.models import CardState, Client, Pair
from clients.templatetags import cards
from tests.factories import ClientFactory


def test_an_age_is_told_where_a_birth_date_is_known() -> None:
    today = date.today()  # noqa: DTZ011

    assert cards.full_years(today.replace(year=today.year - 30, day=1)) == 30
    assert cards.full_years(None) == ""


def test_fields_have_names() -> None:
    assert [cards.field_label(name) for name in ("birth_date", "нет")] == ["Дата рождения", "Нет"]
    assert cards.capfirst_each(["phone", "email"]) == "телефон, почта"


@pytest.mark.django_db
def test_what_a_card_lacks_is_told_with_what_the_list_said() -> None:
    card = Client.objects.create(
        state=CardState.INCOMPLETE, last_name="Ким", first_name="Анна", email="a@b.ru", as_written={"birth_date": "30.02.1966"}
    )

    assert cards.lacks_with_reason(card) == "дата рождения («30.02.1966»), телефон, согласие на обработку персональных данных"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("counter", "у прилавка"),
        ("list 12 row 7", "из списка 12, строка 7"),
        ("list 12", "из списка 12"),
        ("undo of list 12", "загрузка отменена: из списка 12"),
        ("put back", "возвращено прежнее"),
        ("decided: list 12 row 7", "решено, предложено из списка 12, строка 7"),
        ("list of mine", "list of mine"),
    ],
)
def test_where_a_fact_came_from_is_told(text: str, words: str) -> None:
    assert cards.origin(text) == words


def test_why_two_are_alike_is_told_what_a_person_says_first_and_what_weighs_little_not(card: Client) -> None:
    twin = ClientFactory.create(last_name="Иванов", phone=card.phone, state=CardState.ERASED)
    reasons = [["first_same", 0.5], ["seller", 0], ["surname_gendered", 5.0], ["phone_same", 12.0], ["born_other", -8.0]]
    pair = Pair(first=card, second=twin, score=0.9, kind="likely", reasons=reasons, found_at=timezone.now())

    words = cards.reason_words(pair)

    assert len(words) == 4
    assert words[0] == "так считает продавец"
    assert words == [words[0], *cards.reason_words(Pair(first=card, second=twin, reasons=[reasons[3], reasons[2], reasons[4]]))]
