"""The address by which a client stops a purpose: it holds for good, and nobody else can make one."""

import pytest
from django.core import signing
from pytest_django import Settings

from clients.models import Purpose
from messaging.unsubscribing import SALT, BadAddressError, unsubscribe_address, whose


def test_an_address_tells_whose_it_is_and_what_it_stops(settings: Settings) -> None:
    settings.SITE_URL = "https://crm.example.ru"

    site, token = unsubscribe_address(17, Purpose.ADVERTISING_EMAIL).removesuffix("/").split("/u/")

    assert (site, whose(token)) == ("https://crm.example.ru", (17, "advertising_email"))


@pytest.mark.parametrize(
    "token",
    [
        "", "x", signing.dumps([17, "calls"], salt="other"), signing.dumps([17, "nonsense"], salt=SALT),
        signing.dumps(["x", "calls"], salt=SALT), signing.dumps([17], salt=SALT), signing.dumps(17, salt=SALT),
    ],
    ids=["nothing", "a word", "another salt", "another list", "no client", "no list", "no pair"],
)  # fmt: skip
def test_what_we_did_not_make_is_refused(token: str) -> None:
    with pytest.raises(BadAddressError):
        whose(token)
