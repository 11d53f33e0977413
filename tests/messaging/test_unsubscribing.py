"""The address by which a client stops a purpose: it holds for good, and nobody else can make one."""

import pytest
from django.core import signing
from pytest_django import Settings

from clients.models import Purpose
from messaging.unsubscribing import (
    COPY_SALT,
    SALT,
    BadAddressError,
    CopyOf,
    Stops,
    copy_address,
    topics_address,
    unsubscribe_address,
    which,
    whose,
)


def test_an_address_tells_whose_it_is_and_what_it_stops(settings: Settings) -> None:
    settings.SITE_URL = "https://crm.example.ru"

    site, token = unsubscribe_address(17, Purpose.ADVERTISING_EMAIL).removesuffix("/").split("/u/")

    assert (site, whose(token)) == ("https://crm.example.ru", (17, "advertising_email", 0))


def test_an_address_of_a_newsletter_stops_its_topic() -> None:
    stop, choose = unsubscribe_address(17, Purpose.ADVERTISING_EMAIL, 3), topics_address(17, Purpose.ADVERTISING_EMAIL, 3)

    tokens = [address.split("/u/")[1].removesuffix("/topics/").rstrip("/") for address in (stop, choose)]
    assert [whose(token) for token in tokens] == [Stops(17, "advertising_email", 3)] * 2


def test_a_copy_is_one_letter_to_one_reader() -> None:
    assert which(copy_address(5, 17).rstrip("/").split("/l/")[1]) == CopyOf(5, 17)


@pytest.mark.parametrize(
    "token", ["", "x", signing.dumps([5, 17], salt=SALT), signing.dumps([5], salt=COPY_SALT)],
    ids=["empty", "no seal", "too many", "another seal"],
)  # fmt: skip
def test_a_copy_that_we_did_not_make_is_refused(token: str) -> None:
    with pytest.raises(BadAddressError):
        which(token)


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
