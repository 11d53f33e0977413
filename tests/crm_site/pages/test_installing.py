"""A tablet of the counter can install Carat: a browser finds what it asks for."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings as house
from django.test import Client as Browser
from django.urls import resolve

from stores.models import Employee
from tests.conftest import SignIn


def test_the_page_names_its_manifest_and_the_manifest_what_a_browser_needs(client: Browser, db: None) -> None:
    page = client.get("/accounts/login/").content.decode()
    address = re.findall(r'<link rel="manifest" href="([^"]+)"', page)

    described = json.loads(client.get(address[0]).content)

    assert (described["start_url"], described["scope"], described["display"]) == ("/", "/", "standalone")
    assert [icon["sizes"] for icon in described["icons"]] == ["any", "any"]
    assert (Path(house.BASE_DIR) / "static" / described["icons"][0]["src"].removeprefix("/static/")).is_file()


def test_what_a_long_press_offers_is_there(client: Browser, db: None) -> None:
    described = json.loads(client.get("/manifest.webmanifest").content)

    assert [resolve(act["url"]).view_name for act in described["shortcuts"]] == [
        "purchases:sell",
        "workshop:take_in",
        "clients:register",
    ]


@pytest.mark.parametrize(("language", "word"), [("ru", "Продажа"), ("en", "Sale")])
def test_it_speaks_the_language_of_the_browser(client: Browser, db: None, language: str, word: str) -> None:
    described = json.loads(client.get("/manifest.webmanifest", headers={"accept-language": language}).content)

    assert (described["lang"], described["shortcuts"][0]["name"]) == (language, word)


def test_every_page_says_what_becomes_of_what_is_typed_without_a_connection(signed_in: SignIn, seller: Employee) -> None:
    page = signed_in(seller).get("/").content.decode()

    assert "Связи нет. Всё набранное остаётся на странице" in page
