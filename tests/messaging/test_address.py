"""How a client is spoken to, and what fills a text about them."""

from datetime import date

import pytest

from clients.models import Client
from messaging import address, texts
from messaging.address import Addressee
from stores.models import Store


@pytest.mark.parametrize(
    ("to", "words"),
    [
        (Addressee("Елена", "Викторовна"), "Уважаемая Елена Викторовна"), (Addressee("Олег", "Ильич"), "Уважаемый Олег Ильич"),
        (Addressee("Лейла", "Рашид кызы"), "Уважаемая Лейла Рашид кызы"), (Addressee("Али", "Рашид Оглы"), "Уважаемый Али Рашид Оглы"),
        (Addressee("Саша"), "Саша"), (Addressee("Елена", "Викторовна", "en"), "Dear Елена"),
    ],
)  # fmt: skip
def test_the_patronymic_tells_how_to_say_dear(to: Addressee, words: str) -> None:
    assert address.dear(to) == words


@pytest.mark.parametrize(("language", "name"), [("ru", "Елена Викторовна"), ("en", "Елена")])
def test_a_patronymic_is_said_in_russian_alone(language: str, name: str) -> None:
    assert address.polite_name(Addressee("Елена", "Викторовна", language)) == name


def test_every_field_of_a_text_is_filled(card: Client, store: Store) -> None:
    store.phone = "+74232223344"
    card.home_store = store

    values = address.values_for(address.addressee_of(card), occasion="день рождения", day=date(2026, 7, 3))

    assert {name: value for name, value in values.items() if value} == {
        "name": "Елена Викторовна", "first_name": "Елена", "dear": "Уважаемая Елена Викторовна", "store": "Роскошь-Luxury",
        "store_phone": "+7 423 222-33-44", "chain": "Роскошь", "occasion": "день рождения", "occasion_day": "3 июля",
    }  # fmt: skip
    assert values.keys() == texts.PLACEHOLDERS.keys()


def test_who_has_no_home_is_written_to_by_the_chain() -> None:
    values = address.values_for(Addressee("Елена"))

    assert (values["store"], values["store_phone"], values["occasion_day"]) == ("Роскошь", "", "")
