"""smsc.ru as its documentation describes it, on loopback."""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import urllib3

from messaging.gateways import Fate, GatewayRefusedError, GatewayRejectedError, GatewayUncertainError, Outgoing, http, smsc
from messaging.gateways.smsc import SmscGateway
from tests.messaging.stub import Asked, Said, Stub
from tests.present import present


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "pool", urllib3.PoolManager(timeout=urllib3.Timeout(connect=1, read=0.5), retries=False))


class Provider:
    """send.php, status.php and balance.php; ``error`` is what they answer with, ``sent`` what they took."""

    def __init__(self) -> None:
        self.error: int | None = None
        self.sent: dict[str, dict[str, str]] = {}
        self.status = 1

    def __call__(self, asked: Asked) -> Said:
        if (asked.fields.get("login"), asked.fields.get("psw")) != ("carat", "secret"):
            return self.say(error="authorise error", error_code=2)
        if self.error:
            return self.say(error="as the documentation says", error_code=self.error)
        if asked.path.endswith("send.php"):
            self.sent[asked.fields["id"]] = asked.fields
            return self.say(id=int(asked.fields["id"]), cnt=1)
        if asked.path.endswith("balance.php"):
            return self.say(balance="286.55")
        known = asked.fields["id"] in self.sent
        return self.say(status=self.status if known else -3, last_date="", err=0)

    def say(self, **facts: Any) -> Said:
        return Said(200, json.dumps(facts))


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def stub(provider: Provider) -> Iterator[Stub]:
    with Stub(provider).running() as running:
        yield running


@pytest.fixture
def gateway(stub: Stub) -> SmscGateway:
    return SmscGateway(login="carat", password="secret", sender="Carat", url=stub.url)


MESSAGE = Outgoing(message_id=17, token="t", recipient="+79147012233", text="Привет", minutes=600)


def test_a_message_goes_with_our_id(gateway: SmscGateway, provider: Provider) -> None:
    assert gateway.send(MESSAGE) == ""

    fields = provider.sent["17"]
    assert (fields["phones"], fields["mes"], fields["charset"], fields["valid"]) == ("+79147012233", "Привет", "utf-8", "10:00")


def test_the_password_is_not_in_the_address(gateway: SmscGateway, stub: Stub) -> None:
    gateway.send(MESSAGE)

    assert stub.asked[0].path == "/send.php"
    assert "secret" in stub.asked[0].body


@pytest.mark.parametrize(
    ("code", "error", "closed"),
    [
        (1, GatewayRefusedError, True), (2, GatewayRefusedError, True), (3, GatewayRefusedError, True), (4, GatewayRefusedError, True),
        (5, GatewayRejectedError, None), (6, GatewayRejectedError, None), (7, GatewayRejectedError, None),
        (8, GatewayRejectedError, None), (9, GatewayRefusedError, False), (99, GatewayUncertainError, None),
    ],
)  # fmt: skip
def test_each_documented_error_means_what_it_says(
    gateway: SmscGateway, provider: Provider, code: int, error: type[GatewayRefusedError], closed: bool | None
) -> None:
    provider.error = code

    with pytest.raises(error, match=str(code)) as refused:
        gateway.send(MESSAGE)

    assert getattr(refused.value, "closed", None) == closed
    assert getattr(refused.value, "busy", False) == (code == 9)


@pytest.mark.parametrize(
    "said",
    [
        Said(how="hang"), Said(how="cut"), Said(500, "Internal Server Error"), Said(200, "<html>garbage</html>"), Said(200, "[]"),
        Said(200, '{"id": 18, "cnt": 1}'), Said(502, '{"id": 17}'), Said(200, ""), Said(301, "moved"),
    ],
)  # fmt: skip
def test_whatever_is_not_a_clear_answer_is_a_doubt(said: Said) -> None:
    with Stub(lambda _asked: said).running() as stub:
        gateway = SmscGateway(login="carat", password="secret", sender="Carat", url=stub.url)

        with pytest.raises(GatewayUncertainError):
            gateway.send(MESSAGE)


def test_a_provider_that_cannot_be_reached_took_nothing() -> None:
    gateway = SmscGateway(login="carat", password="secret", sender="Carat", url="http://127.0.0.1:9")

    with pytest.raises(GatewayRefusedError) as refused:
        gateway.send(MESSAGE)

    assert refused.value.down


def test_the_balance_is_told(gateway: SmscGateway, provider: Provider) -> None:
    assert gateway.balance() == Decimal("286.55")

    provider.error = 2
    with pytest.raises(GatewayRefusedError):
        gateway.balance()


@pytest.mark.parametrize(
    ("status", "fate"),
    [(-2, "undelivered"), (-1, "accepted"), (0, "accepted"), (1, "delivered"), (2, "delivered"), (3, "undelivered"),
     (4, "delivered"), (20, "undelivered"), (22, "undelivered"), (23, "undelivered"), (24, "undelivered"), (25, "undelivered")],
)  # fmt: skip
def test_each_documented_status_is_understood(gateway: SmscGateway, provider: Provider, status: int, fate: str) -> None:
    gateway.send(MESSAGE)
    provider.status = status

    assert present(gateway.poll(17, "+79147012233")).fate == Fate(fate)


def test_a_message_that_never_arrived_is_not_found(gateway: SmscGateway) -> None:
    assert present(gateway.poll(17, "+79147012233")).fate == Fate.NOT_FOUND


def callback(secret: str = "word", **fields: Any) -> dict[str, str]:
    text = ":".join([*(fields.get(name, "") for name in ("id", "phone", "status")), secret])
    return {**fields, "md5": hashlib.md5(text.encode()).hexdigest()}


def test_a_callback_with_its_checksum_is_taken_and_a_forged_one_is_not() -> None:
    fields = callback(id="17", phone="79147012233", status="1")

    assert smsc.parse_receipt(fields, "word") == (Fate.DELIVERED, "1 delivered", 17, "", "79147012233")
    assert smsc.parse_receipt({**fields, "status": "20"}, "word") is None
    assert smsc.parse_receipt({"id": "17", "status": "x"}, "word") is None
    assert smsc.parse_receipt({"id": "1" * 40, "status": "1"}, "word") is None
    assert smsc.parse_receipt({"id": "17", "status": "--1"}, "word") is None


def test_an_incoming_message_is_told_from_a_forged_one() -> None:
    fields = {"phone": "79147012233", "mes": "СТОП", "to": "79990000000", "sms_id": "5"}
    fields["sha1"] = hashlib.sha1(b"79147012233:" + "СТОП".encode() + b":79990000000:word").hexdigest()

    assert smsc.parse_incoming(fields, "word") == ("79147012233", "СТОП", "5")
    assert smsc.parse_incoming({**fields, "mes": "да"}, "word") is None


@pytest.mark.parametrize("error", [2, 9])
def test_who_cannot_be_asked_says_why(gateway: SmscGateway, provider: Provider, error: int) -> None:
    provider.error = error

    with pytest.raises(GatewayRefusedError, match=str(error)):
        gateway.poll(17, "+79147012233")


def test_a_provider_that_speaks_nonsense_is_down() -> None:
    with Stub(lambda _asked: Said(200, "<html>")).running() as stub, pytest.raises(GatewayRefusedError) as refused:
        SmscGateway(login="carat", password="secret", sender="Carat", url=stub.url).poll(17, "+7")

    assert refused.value.down


@pytest.mark.parametrize("status", ["", "x", "99", "-9"])
def test_a_status_that_nobody_documented_says_nothing(status: str) -> None:
    assert smsc.parse_receipt({"id": "17", "status": status}, "word") is None


def test_an_incoming_message_without_a_number_of_its_own_is_known_by_what_it_says() -> None:
    fields = {"phone": "79147012233", "mes": "да", "to": "79990000000", "time": "12:00"}

    first, again, later = (present(smsc.parse_incoming(said, "")) for said in (fields, fields, {**fields, "time": "12:01"}))

    assert (first.provider_id == again.provider_id, first.provider_id == later.provider_id) == (True, False)
    assert smsc.parse_incoming({**fields, "phone": ""}, "") is None
