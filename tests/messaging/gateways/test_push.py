"""Notifications: sealed for one browser, signed by us, left with its service alone; what the service answers means for the message."""

import time

import pytest

from messaging.gateways import GatewayRefusedError, GatewayUncertainError, Outgoing, browsers
from messaging.gateways.push import PushGateway
from stores import places
from tests.messaging.push import Browser, Service, claims_of

REAL = places.is_public
PAGE = "https://crm.example.ru/s/"
KEY = "xBgcVCNxtO9Kyf3-2jlOl4sBOpDq_FBXGLtzXtDBxnY"


def gateway(contact: str = "Роскошь <info@example.ru>") -> PushGateway:
    return PushGateway(key=KEY, contact=contact, site="https://crm.example.ru", chain="Роскошь")


def outgoing(browser: Browser, **more: object) -> Outgoing:
    told = {
        "message_id": 1,
        "token": "",
        "recipient": browsers.keep(browsers.read(browser.says)),
        "text": "Кольцо готово.",
        "page": PAGE,
    }
    return Outgoing(**{**told, **more})  # type: ignore[arg-type]


def test_a_browser_opens_what_was_left_for_it_and_its_service_knows_us(push_service: Service) -> None:
    anna = push_service.browser()

    assert gateway().send(outgoing(anna, minutes=90, urgent=True)) == ""

    (left,) = push_service.left
    assert anna.opens(left) == {"title": "Роскошь", "body": "Кольцо готово.", "url": PAGE, "lang": "ru"}
    assert (left.path, left.headers["TTL"], left.headers["Urgency"], left.headers["Host"]) == (
        "/anna", "5400", "high", push_service.url.removeprefix("https://"),
    )  # fmt: skip
    claims = claims_of(left, browsers.public_key(KEY))
    assert (claims["aud"], claims["sub"]) == (push_service.url, "mailto:info@example.ru")
    assert 0 < claims["exp"] - time.time() < 24 * 60 * 60


def test_nobody_else_opens_it_and_no_two_are_alike(push_service: Service) -> None:
    anna, other = push_service.browser(), push_service.browser()
    for _time in range(2):
        gateway().send(outgoing(anna))

    first, second = push_service.left
    assert first.body[:86] != second.body[:86]
    with pytest.raises(Exception, match=""):
        other.opens(first)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Оцените: https://crm.example.ru/r/5f0c/. Спасибо!", "https://crm.example.ru/r/5f0c/"),
        ("Смотрите https://elsewhere.ru/x", PAGE),
        ("Готово", PAGE),
    ],
)
def test_a_touch_leads_to_a_page_of_ours(push_service: Service, text: str, url: str) -> None:
    anna = push_service.browser()
    gateway().send(outgoing(anna, text=text, subject="Ваш ремонт"))

    assert anna.opens(push_service.left[0]) == {"title": "Ваш ремонт", "body": text, "url": url, "lang": "ru"}


def test_without_an_address_of_ours_the_site_stands_for_us(push_service: Service) -> None:
    gateway(contact="").send(outgoing(push_service.browser()))

    assert claims_of(push_service.left[0], browsers.public_key(KEY))["sub"] == "https://crm.example.ru"


@pytest.mark.parametrize(
    ("status", "headers", "refused"),
    [
        (404, {}, {"ended": True}),
        (410, {}, {"ended": True}),
        (429, {"Retry-After": "30"}, {"busy": True, "wait": 30.0}),
        (429, {}, {"busy": True}),
        (503, {"Retry-After": "120"}, {"busy": True, "wait": 120.0}),
        (403, {}, {}),
        (413, {}, {}),
    ],
)
def test_a_refusal_is_of_this_browser_alone(
    push_service: Service, status: int, headers: dict[str, str], refused: dict[str, object]
) -> None:
    push_service.next = [(status, headers)]

    with pytest.raises(GatewayRefusedError) as no:
        gateway().send(outgoing(push_service.browser()))

    names = ("down", "closed", "busy", "wait", "ended")
    plain = dict.fromkeys(names, False) | {"wait": 0}
    assert {name: getattr(no.value, name) for name in names} == plain | refused


@pytest.mark.parametrize("status", [500, 503, 302])
def test_an_unclear_answer_is_a_doubt(push_service: Service, status: int) -> None:
    push_service.next = [(status, {})]

    with pytest.raises(GatewayUncertainError):
        gateway().send(outgoing(push_service.browser()))


def test_an_address_that_is_not_there_is_no_trouble_of_the_way(push_service: Service) -> None:
    nowhere, unknown = Browser("https://127.0.0.1:9/x"), Browser("https://nobody.invalid/x")

    for browser in (nowhere, unknown):
        with pytest.raises(GatewayRefusedError) as no:
            gateway().send(outgoing(browser))
        assert (no.value.down, no.value.closed, no.value.ended) == (False, False, False)


def test_nothing_goes_inside_the_chains_own_network(push_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    message = outgoing(push_service.browser())
    monkeypatch.setattr(places, "is_public", REAL)

    with pytest.raises(GatewayRefusedError, match="inside a private network"):
        gateway().send(message)
    assert push_service.left == []


def test_a_certificate_of_another_name_is_refused(push_service: Service) -> None:
    anna = browsers.read(push_service.browser().says)
    elsewhere = browsers.keep(anna._replace(endpoint=anna.endpoint.replace("127.0.0.1", "localhost")))

    with pytest.raises(GatewayRefusedError) as no:
        gateway().send(outgoing(push_service.browser(), recipient=elsewhere))
    assert (push_service.left, no.value.closed) == ([], False)


def test_a_long_text_goes_another_way(push_service: Service) -> None:
    anna = push_service.browser()
    gateway().send(outgoing(anna, text="я" * 1_900))
    assert len(push_service.left[0].body) <= 4_096

    with pytest.raises(GatewayRefusedError, match="longer"):
        gateway().send(outgoing(anna, text="я" * 2_000))


def test_what_another_key_of_the_server_sealed_is_refused(push_service: Service) -> None:
    with pytest.raises(GatewayRefusedError, match="another SECRET_KEY"):
        gateway().send(outgoing(push_service.browser(), recipient="gAAAAA"))
