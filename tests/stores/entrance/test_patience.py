"""Wrong passwords: who guesses waits, and nobody else; never by the name alone."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from stores.entrance.patience import said_name, wait_after
from stores.models import Employee
from tests.conftest import Decided
from tests.factories import PASSWORD

LOGIN = "/accounts/login/"


def wrong(browser: Browser, name: str, times: int = 1, address: str = "198.51.100.7") -> list[int]:
    said = {"login": name, "password": "wrong"}
    return [browser.post(LOGIN, said, REMOTE_ADDR=address).status_code for _time in range(times)]


def right(browser: Browser, one: Employee, address: str = "198.51.100.7") -> int:
    return browser.post(LOGIN, {"login": one.username, "password": PASSWORD}, REMOTE_ADDR=address).status_code


def test_a_stranger_elsewhere_stops_nobody_but_themselves(seller: Employee) -> None:
    stranger = Browser()
    assert wrong(stranger, seller.username, 6)[-1] == 429

    assert right(stranger, seller) == 429
    assert right(Browser(), seller, address="203.0.113.5") == 302


def test_behind_the_proxy_the_seller_is_not_the_stranger(seller: Employee, settings: Settings) -> None:
    settings.BEHIND_PROXY = True

    def post(password: str, address: str) -> int:
        said = {"login": seller.username, "password": password}
        return Browser().post(LOGIN, said, headers={"X-Forwarded-For": f"9.9.9.9, {address}"}).status_code

    assert [post("wrong", "198.51.100.7") for _time in range(6)][-1] == 429
    assert (post(PASSWORD, "198.51.100.7"), post(PASSWORD, "203.0.113.5")) == (429, 302)


def test_a_known_device_goes_on_where_a_stranger_shares_its_address(seller: Employee) -> None:
    own = Browser()
    right(own, seller)
    own.post("/accounts/logout/")

    assert wrong(Browser(), seller.username, 6)[-1] == 429
    assert right(own, seller) == 302


def test_a_device_that_guesses_waits_too(seller: Employee) -> None:
    own = Browser()
    right(own, seller)
    own.post("/accounts/logout/")

    assert wrong(own, seller.username, 6)[-1] == 429
    assert right(own, seller) == 429
    assert right(Browser(), seller) == 302


def test_invented_names_stop_strangers_of_the_address_and_no_known_device(
    seller: Employee, manager: Employee, decided: Decided
) -> None:
    decided(sign_in_failures_per_address=8)
    own = Browser()
    right(own, seller)
    own.post("/accounts/logout/")

    statuses = [wrong(Browser(), f"nobody{number}")[0] for number in range(10)]

    assert statuses == [200] * 8 + [429] * 2
    assert (right(own, seller), right(Browser(), manager), right(Browser(), manager, "203.0.113.5")) == (302, 429, 302)


def test_thirty_one_at_once_from_a_stores_address_lock_nobody(seller: Employee) -> None:
    wrong(Browser(), "nobody1", 3)
    for number in range(28):
        wrong(Browser(), f"nobody{number}")

    assert right(Browser(), seller) == 302


def test_the_wait_grows_and_ends(seller: Employee) -> None:
    stranger = Browser()
    wrong(stranger, seller.username, 5)
    assert (right(stranger, seller), AccessAttempt.objects.get().failures_since_start) == (429, 5)

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(seconds=16))
    assert wrong(stranger, seller.username) == [429]
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(seconds=16))
    assert right(stranger, seller) == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(seconds=31))

    assert (right(stranger, seller), AccessAttempt.objects.count()) == (302, 0)


def test_the_page_says_how_long(client: Browser, seller: Employee) -> None:
    wrong(client, seller.username, 5)
    answer = client.post(LOGIN, {"login": seller.username, "password": "wrong"}, REMOTE_ADDR="198.51.100.7")

    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 15) == (429, True)


def test_another_browsers_name_is_no_way_around(seller: Employee) -> None:
    for number in range(6):
        status = (
            Browser(headers={"user-agent": f"b{number}"}).post(LOGIN, {"login": seller.username, "password": "x"}).status_code
        )

    assert (status, AccessAttempt.objects.count()) == (429, 1)


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (4, 0), (5, 15), (6, 30), (8, 120), (11, 900), (10_000, 900)])
def test_five_are_free_and_then_it_doubles(failures: int, seconds: int) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("posted", "credentials", "name"),
    [
        ({"login": " ANN "}, None, "ann"),
        ({"username": "Ann"}, None, "ann"),
        ({"login": "other"}, {"username": "ANN"}, "ann"),
        ({"login": "Ann"}, {"password": "x"}, "ann"),
        ({}, None, ""),
    ],
)
def test_a_name_is_one_in_any_writing_and_from_any_form(
    rf: RequestFactory, posted: dict[str, str], credentials: dict[str, str] | None, name: str
) -> None:
    assert said_name(rf.post("/", posted), credentials) == name
