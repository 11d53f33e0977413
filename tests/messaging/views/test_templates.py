"""Texts of messages on their pages: written, refused in words, measured by the longest real names."""

from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Client, Purpose
from messaging.models import Template
from stores.models import Store
from tests.factories import ClientFactory
from tests.messaging.views.pages import page
from tests.opened import carried


def text_of(**more: Any) -> dict[str, str]:
    return {"key": "offer", "title": "Подарок", "channel": "sms", "nature": "advertising", "text": "{name}, ждём!", **more}


def test_a_new_text_is_written(desk: Browser) -> None:
    assert desk.post("/messages/templates/new/", text_of()).status_code == 302

    assert Template.objects.get(key="offer").purpose == Purpose.ADVERTISING_SMS


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"text": "{surname}"}, "surname"), ({"text": "{name"}, "скобки"), ({"text": "я" * 403}, "обрежет"), ({"text": ""}, "Обязательное поле"),
     ({"channel": "email"}, "тема"), ({"text_en": "я" * 403}, "обрежет"), ({"key": "birthday"}, "существует")],
)  # fmt: skip
def test_a_wrong_text_gets_its_words_at_the_field(desk: Browser, wrong: dict[str, str], words: str) -> None:
    response = desk.post("/messages/templates/new/", text_of(**wrong))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Template.objects.filter(key__in=["birthday", "offer"]).count() == 1


def test_a_text_is_measured_with_the_longest_real_name(desk: Browser, store: Store) -> None:
    ClientFactory.create(home_store=store, first_name="Максимилиана", middle_name="Апполинариевна")
    text = "{name}" + "я" * (6 * 67 - 20)

    assert desk.post("/messages/templates/new/", text_of(text=text)).status_code == 422
    assert "Максимилиана Апполинариевна" in desk.post("/messages/meter/", text_of()).content.decode()


def test_a_short_cyrillic_name_costs_an_english_text_more_than_a_long_latin_one(desk: Browser, other_store: Store) -> None:
    ClientFactory.create(home_store=other_store, language="en", first_name="Wolfeschlegelsteinhausen", middle_name="")
    ClientFactory.create(home_store=other_store, language="en", first_name="Аня", middle_name="")
    text = "{first_name}" + "a" * 100

    ru, en = desk.post("/messages/meter/", text_of(text="Ура", text_en=text)).context["meters"]

    assert (ru.length.segments, en.language, en.sample) == (1, "en", "Аня" + "a" * 100)
    assert (en.length.encoding, en.length.segments) == ("UCS-2", 2)


def test_a_russian_text_is_measured_for_those_who_read_english_while_there_is_no_other(desk: Browser, store: Store) -> None:
    ClientFactory.create(home_store=store, language="en", first_name="Wolfeschlegelsteinhausen", middle_name="")
    text = "{first_name}" + "я" * (6 * 67 - 20)

    assert desk.post("/messages/templates/new/", text_of(text=text)).status_code == 422
    assert desk.post("/messages/templates/new/", text_of(text=text, text_en="Hooray")).status_code == 302


def test_the_longest_first_name_counts_where_the_text_asks_for_it_alone(desk: Browser, store: Store) -> None:
    ClientFactory.create(home_store=store, first_name="Анна", middle_name="Константиновна")
    ClientFactory.create(home_store=store, first_name="Максимилиана", middle_name="")

    (meter,) = desk.post("/messages/meter/", text_of(text="{first_name}!")).context["meters"]

    assert meter.sample == "Максимилиана!"


def test_the_preview_is_that_of_real_clients_who_agreed(desk: Browser, agreed: Client) -> None:
    ClientFactory.create(home_store=agreed.home_store, first_name="Несогласная")

    shown = desk.post("/messages/meter/", text_of(text="{dear}, мы ждём 🎂")).content.decode()

    assert "Уважаемая Елена Викторовна, мы ждём 🎂" in shown
    assert "Иванова Несогласная" not in shown
    assert "эмодзи" in shown


def test_a_text_in_use_is_changed_on_its_page(desk: Browser) -> None:
    kept = Template.objects.get(key="birthday")
    assert kept.title in page(desk, "/messages/templates/")
    assert page(desk, f"/messages/templates/{kept.pk}/").count(kept.text) > 0

    address = f"/messages/templates/{kept.pk}/"
    saved = desk.post(address, text_of(title="Новое имя", text="{name}, ура!", **carried(desk, address)))

    assert saved.status_code == 302
    assert Template.objects.values_list("key", "title", "text").get(key=kept.key) == (kept.key, "Новое имя", "{name}, ура!")
