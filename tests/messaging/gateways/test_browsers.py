"""What browsers say of themselves: an address that leads to one, and keys that seal for it."""

import pytest

from messaging.gateways import browsers
from messaging.gateways.browsers import BadSubscriptionError
from tests.messaging.push import Browser

GOOD = Browser("https://fcm.googleapis.com/fcm/send/abc")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://localhost/x", "https://127.0.0.1/x", "https://10.0.0.5/x", "https://[::1]/x",
        "https://169.254.169.254/latest", "https://a:b@example.com/x", "https://intranet/x", "https://example.com:0/x",
        "https://example.com/" + "x" * 1_000, "ftp://example.com/x", "https://пример.рф/x", "",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_not_taken(endpoint: str) -> None:
    assert browsers.read(GOOD.says).endpoint == GOOD.endpoint

    with pytest.raises(BadSubscriptionError):
        browsers.read(Browser(endpoint).says)


@pytest.mark.parametrize(
    "said", ["", "[]", "{}", "null", '{"endpoint": "https://a.ru/", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}', "x" * 5_000]
)
def test_what_is_no_subscription_is_not_taken(said: str) -> None:
    with pytest.raises(BadSubscriptionError):
        browsers.read(said)


def test_a_secret_of_another_length_is_not_taken() -> None:
    browser = Browser(GOOD.endpoint)
    browser.auth = b"short"

    with pytest.raises(BadSubscriptionError):
        browsers.read(browser.says)


def test_a_new_key_is_a_key() -> None:
    key = browsers.new_key()

    assert len(browsers.public_key(key)) == 87
    assert key != browsers.new_key()
