"""Kannel itself: what it takes, what reaches the phone, what it tells and how it fails."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from clients.models import Client, Purpose
from messaging import services
from messaging.gateways import GatewayRefusedError, GatewayRejectedError, GatewayUncertainError, Outgoing, registry
from messaging.gateways.kannel import KannelGateway, parse_incoming
from messaging.models import Message, MessageState, Reply, Route, StopEntry
from tests.factories import phone_of
from tests.messaging.conftest import NOON, Put
from tests.messaging.kannel import DENIED, PASSWORD, Kannel, installed
from tests.messaging.stub import Said, Stub

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not installed() and not os.environ.get("CI"), reason="no Kannel (Debian's kannel, kannel-extras)"),
]
LONG = "Уважаемая Александра Константиновна, " + "украшения ждут вас " * 5


@pytest.fixture
def web() -> Iterator[Stub]:
    """Where Kannel tells what happened; its calls are kept, to be given to Carat one by one."""
    with Stub(lambda _asked: Said(200, "")).running() as stub:
        yield stub


@pytest.fixture
def kannel(tmp_path: Path, web: Stub) -> Iterator[Kannel]:
    running = Kannel(tmp_path / "kannel", replies=f"{web.url}/replies/kannel/{registry.callback_secret('kannel')}/")
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def gateway(kannel: Kannel, web: Stub) -> KannelGateway:
    return KannelGateway(url=kannel.url, user="carat", password=PASSWORD, sender="Carat", receipts=web.url)


def outgoing(text: str = "Привет", to: str = "+79147012233", number: int = 1) -> Outgoing:
    return Outgoing(message_id=number, token=f"00000000-0000-4000-8000-{number:012}", recipient=to, text=text)


def wait_for(condition: Callable[[], object], seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not condition():
        time.sleep(0.05)
    assert condition()


@pytest.mark.parametrize("text", ["Привет, Ольга! «Роскошь» ждёт", "Hello", "С днём рождения 🎂"])
def test_a_text_reaches_the_phone_whole(kannel: Kannel, gateway: KannelGateway, text: str) -> None:
    assert gateway.send(outgoing(text)) == ""

    wait_for(kannel.texts)
    assert kannel.texts() == [("+79147012233", text)]


def test_a_long_text_arrives_in_parts_and_nothing_of_it_is_cut(kannel: Kannel, gateway: KannelGateway) -> None:
    gateway.send(outgoing(LONG))

    wait_for(lambda: "".join(part for _phone, part in kannel.texts()) == LONG)
    assert len(kannel.texts()) == 2


def test_the_password_stands_in_no_log(kannel: Kannel, gateway: KannelGateway) -> None:
    gateway.send(outgoing())

    wait_for(kannel.texts)
    assert PASSWORD not in kannel.logs()


def test_a_denied_number_is_rejected_for_good(gateway: KannelGateway) -> None:
    with pytest.raises(GatewayRejectedError, match="Not routable"):
        gateway.send(outgoing(to=f"{DENIED}0000000"))


def test_a_wrong_password_closes_the_gateway(kannel: Kannel, web: Stub) -> None:
    gateway = KannelGateway(url=kannel.url, user="carat", password="wrong", sender="Carat", receipts=web.url)

    with pytest.raises(GatewayRefusedError) as refused:
        gateway.send(outgoing())

    assert refused.value.closed


@pytest.mark.parametrize(
    ("status", "words"), [(404, "Not found"), (429, "Slow down"), (400, "Sender missing and no global set, rejected")]
)
def test_what_is_our_own_fault_is_tried_again(status: int, words: str) -> None:
    with Stub(lambda _asked: Said(status, words)).running() as stub:
        gateway = KannelGateway(url=stub.url, user="carat", password=PASSWORD, sender="Carat", receipts=stub.url)

        with pytest.raises(GatewayRefusedError) as refused:
            gateway.send(outgoing())

    assert refused.value.down


def test_a_kannel_that_is_not_there_took_nothing(kannel: Kannel, gateway: KannelGateway) -> None:
    kannel.stop()

    with pytest.raises(GatewayRefusedError) as refused:
        gateway.send(outgoing())

    assert (refused.value.down, refused.value.closed) == (True, False)


def test_a_kannel_without_its_bearerbox_takes_nothing(kannel: Kannel, gateway: KannelGateway) -> None:
    kannel.kill("bearerbox")
    time.sleep(0.2)

    with pytest.raises((GatewayRefusedError, GatewayUncertainError)):
        gateway.send(outgoing())


@pytest.fixture
def through_kannel(db: None, settings: Settings, kannel: Kannel, web: Stub) -> Route:
    settings.KANNEL_URL, settings.KANNEL_PASSWORD, settings.CALLBACK_URL = kannel.url, PASSWORD, web.url
    Route.objects.filter(channel="sms").update(is_on=False)
    return Route.objects.create(channel="sms", gateway="kannel", is_on=True, price="2.10")


def tell_carat(web: Stub, client: Browser) -> None:
    """What Kannel has called, given to Carat in the order of arrival."""
    for asked in web.asked:
        assert client.get(urlsplit(asked.path).path, asked.fields).status_code == 200


def test_from_the_outbox_to_the_phone_and_back(
    through_kannel: Route, put: Put, kannel: Kannel, web: Stub, client: Browser
) -> None:
    message = put(text=LONG, segments=2)

    assert services.send_due_messages(now=NOON) == 1
    wait_for(lambda: web.asked)
    tell_carat(web, client)

    message.refresh_from_db()
    assert (message.state, str(message.cost)) == (MessageState.DELIVERED, "4.20")
    assert [event.kind for event in message.events.all()] == ["claimed", "sent", "receipt"]


def test_stop_from_a_phone_stops_at_once(
    through_kannel: Route, put: Put, kannel: Kannel, web: Stub, client: Browser, agreed: Client
) -> None:
    waiting = put()
    kannel.answer(phone_of(agreed), "Стоп")
    wait_for(lambda: web.asked)

    tell_carat(web, client)
    tell_carat(web, client)

    assert services.send_due_messages(now=NOON) == 0
    assert (StopEntry.objects.get().recipient, Reply.objects.get().client) == (agreed.phone, agreed)
    assert Message.objects.get(pk=waiting.pk).state == MessageState.SUPPRESSED
    assert agreed.consents.filter(purpose=Purpose.ADVERTISING_SMS).latest("pk").given is False


def through(stub: Stub, sender: str = "Carat") -> KannelGateway:
    return KannelGateway(url=stub.url, user="carat", password=PASSWORD, sender=sender, receipts=stub.url)


def test_a_smsbox_without_its_bearerbox_keeps_nothing() -> None:
    said = Said(503, "Temporal failure, try again later.")
    with Stub(lambda _asked: said).running() as stub, pytest.raises(GatewayRefusedError) as refused:
        through(stub).send(outgoing())

    assert (refused.value.down, refused.value.closed) == (True, False)


@pytest.mark.parametrize("status", [500, 503, 200])
def test_an_answer_that_is_not_kannels_own_is_a_doubt(status: int) -> None:
    with Stub(lambda _asked: Said(status, "<html>")).running() as stub, pytest.raises(GatewayUncertainError):
        through(stub).send(outgoing())


def test_a_sender_that_no_header_carries_closes_the_gateway_before_a_word_leaves() -> None:
    with Stub(lambda _asked: Said(202)).running() as stub:
        with pytest.raises(GatewayRefusedError, match="SMS_SENDER") as refused:
            through(stub, sender="Роскошь").send(outgoing())

        assert (refused.value.closed, stub.asked) == (True, [])


def test_it_tells_neither_money_nor_fates() -> None:
    gateway = KannelGateway(url="", user="", password="", sender="", receipts="")

    assert (gateway.balance(), gateway.poll(1, "+7")) == (None, None)


@pytest.mark.parametrize("fields", [{}, {"from": "+7", "text": "стоп"}, {"id": "1", "text": "стоп"}])
def test_an_answer_of_nobody_is_none(fields: dict[str, str]) -> None:
    assert parse_incoming(fields) is None
