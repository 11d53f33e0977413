"""Whose address it is: what a caller says of it counts only where one of our proxies adds to it."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from stores.recognising import callers

PROXY, CALLER = "10.0.0.2", "203.0.113.9"


@pytest.mark.parametrize(
    ("seen", "forwarded", "address"),
    [
        (PROXY, CALLER, CALLER),
        (PROXY, f"1.1.1.1, {CALLER}", CALLER),
        (PROXY, f"{CALLER}, 10.0.0.3", CALLER),
        (PROXY, f"127.0.0.1, {CALLER}:51324", CALLER),
        (PROXY, "[2001:db8::7]:443", "2001:db8::7"),
        (PROXY, f"::ffff:{CALLER}", CALLER),
        (PROXY, f"{CALLER}, unknown", PROXY),
        (PROXY, "", PROXY),
        ("", CALLER, CALLER),
        ("198.51.100.7", CALLER, "198.51.100.7"),
        ("", "", callers.NOBODY),
    ],
)
def test_behind_a_proxy_the_last_that_is_none_of_ours(
    rf: RequestFactory, settings: Settings, seen: str, forwarded: str, address: str
) -> None:
    settings.BEHIND_PROXY = True

    assert callers.address_of(rf.get("/", REMOTE_ADDR=seen, HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_without_a_proxy_nobodys_word_counts(rf: RequestFactory) -> None:
    assert callers.address_of(rf.get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=CALLER)) == PROXY


def test_a_network_of_ipv6_is_counted_as_one_and_kept_as_a_digest(rf: RequestFactory) -> None:
    one, two, other = (rf.get("/", REMOTE_ADDR=address) for address in ("2001:db8::1", "2001:db8::2", "2001:db8:1::1"))

    assert callers.counted_as(one) == callers.counted_as(two) == "2001:db8::/64"
    assert callers.digest_of(one) == callers.digest_of(two) != callers.digest_of(other)


def test_what_is_counted_is_the_address_or_who_is_known(rf: RequestFactory) -> None:
    def over(address: str, who: str = "") -> bool:
        return callers.is_over(rf.post("/", REMOTE_ADDR=address), "tests", "1/h", who=who)

    assert [over("198.51.100.7"), over("198.51.100.7"), over("198.51.100.8")] == [False, True, False]
    assert [over("198.51.100.7", "client 1"), over("198.51.100.9", "client 1")] == [False, True]
