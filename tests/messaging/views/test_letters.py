"""A newsletter in a browser: with a first name, without what is the reader's own, kept by nobody."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client
from messaging.models import Letter
from messaging.unsubscribing import copy_address

PAGE = "<p>{name} {store} {dear}</p><img src='{letter_site}/p/1.jpg'><!--own--><a href='{letter_stop}'>x</a><!--/own-->"


@pytest.fixture
def letter(db: None) -> Letter:
    return Letter.objects.create(source="campaign:1", subject="!", html=PAGE, text="-")


def path(letter: Letter, client: int) -> str:
    return copy_address(letter.pk, client).removeprefix("http://127.0.0.1:8000")


def test_it_tells_a_first_name_and_no_more(client: Browser, letter: Letter, card: Client) -> None:
    shown = client.get(path(letter, card.pk))

    words = shown.content.decode()
    assert (card.first_name in words, card.last_name in words, card.middle_name in words, str(card.home_store) in words) == (
        True, False, False, False,
    )  # fmt: skip
    assert ("src='/p/1.jpg'" in words, "<a" in words) == (True, False)
    assert (shown["Cache-Control"], shown["X-Robots-Tag"].split(",")[0]) == ("no-store", "noindex")
    assert "script-src 'none'" in shown["Content-Security-Policy"]


def test_nobodys_copy_is_the_letter_of_all(client: Browser, letter: Letter) -> None:
    assert client.get(path(letter, 0)).status_code == 200


@pytest.mark.parametrize("token", ["x", "WzEsMV0:forged"])
def test_an_address_that_we_did_not_make_says_so(client: Browser, db: None, token: str) -> None:
    assert client.get(reverse("messaging:letter", args=[token])).status_code == 404


def test_a_letter_that_is_gone_is_not_there(client: Browser, letter: Letter) -> None:
    address = path(letter, 0)
    letter.delete()

    assert client.get(address).status_code == 404
