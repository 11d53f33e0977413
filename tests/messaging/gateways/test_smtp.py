"""E-mail through a real SMTP server on loopback."""

import email
import email.policy
import socket
from asyncio import WriteTransport
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from messaging.gateways import GatewayRefusedError, GatewayRejectedError, GatewayUncertainError, Outgoing
from messaging.gateways.smtp import SmtpGateway
from tests.messaging.certificates import vouched_by_nobody
from tests.messaging.letters import TOKEN
from tests.present import present


class Box:
    """A mail server's handler: keeps letters, refuses as told."""

    def __init__(self) -> None:
        self.letters: list[tuple[str | None, list[str], bytes]] = []
        self.rcpt = self.mail = self.data = "250 OK"

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data == "cut":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
            return "451 gone"
        if self.data.startswith("250"):
            self.letters.append((envelope.mail_from, envelope.rcpt_tos, bytes(envelope.original_content or b"")))
        return self.data


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


@pytest.fixture
def gateway(server: int) -> SmtpGateway:
    return SmtpGateway(
        host="127.0.0.1", port=server, user="", password="", tls="", sender="Роскошь <info@example.ru>", chain="Роскошь",
        bounces="bounces@example.ru",
    )  # fmt: skip


def outgoing(**more: Any) -> Outgoing:
    facts = {
        "message_id": 1,
        "token": TOKEN,
        "recipient": "elena@example.ru",
        "subject": "С днём рождения",
        "text": "Елена,\n\nура <b>!",
    }
    return Outgoing(**{**facts, "unsubscribe": "https://crm.example.ru/u/abc/", **more})


def test_a_letter_has_both_parts_and_says_how_to_stop(gateway: SmtpGateway, box: Box) -> None:
    gateway.send(outgoing())
    gateway.send(outgoing())

    sender, recipients, raw = box.letters[0]
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert (sender, recipients, len(box.letters)) == (f"bounces+{TOKEN}@example.ru", ["elena@example.ru"], 2)
    assert (letter["Subject"], letter["Message-ID"]) == ("С днём рождения", f"<{TOKEN}@example.ru>")
    assert letter["List-Unsubscribe"] == "<https://crm.example.ru/u/abc/>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "ура <b>!" in present(letter.get_body(["plain"])).get_content()
    assert "ура &lt;b&gt;!" in present(letter.get_body(["html"])).get_content()


def test_a_newsletter_brings_its_page_and_its_addresses_in_words(gateway: SmtpGateway, box: Box) -> None:
    gateway.send(
        outgoing(html="<h1>Новая коллекция</h1>", copy="https://crm.example.ru/l/1/", topics="https://crm.example.ru/u/1/topics/")
    )

    letter = email.message_from_bytes(box.letters[0][2], policy=email.policy.default)
    plain = present(letter.get_body(["plain"])).get_content()
    assert present(letter.get_body(["html"])).get_content().strip() == "<h1>Новая коллекция</h1>"
    assert ("https://crm.example.ru/l/1/" in plain, "https://crm.example.ru/u/1/topics/" in plain) == (True, True)


def test_a_service_letter_has_no_link_to_stop(gateway: SmtpGateway, box: Box) -> None:
    gateway.send(outgoing(unsubscribe=""))

    assert b"List-Unsubscribe" not in box.letters[0][2]


@pytest.mark.parametrize(
    ("step", "said", "error"),
    [
        ("rcpt", "550 no such user", GatewayRejectedError), ("rcpt", "451 grey-listed", GatewayRefusedError),
        ("mail", "550 not you", GatewayRefusedError), ("data", "554 spam", GatewayRejectedError),
        ("data", "452 full", GatewayRefusedError), ("data", "cut", GatewayUncertainError),
    ],
)  # fmt: skip
def test_each_refusal_means_what_it_says(
    gateway: SmtpGateway, box: Box, step: str, said: str, error: type[GatewayRejectedError | GatewayRefusedError]
) -> None:
    setattr(box, step, said)

    with pytest.raises(error):
        gateway.send(outgoing())

    assert box.letters == []


def test_after_a_failure_the_next_letter_goes(gateway: SmtpGateway, box: Box) -> None:
    box.rcpt = "550 no such user"
    with pytest.raises(GatewayRejectedError):
        gateway.send(outgoing())
    box.rcpt = "250 OK"

    gateway.send(outgoing())

    assert len(box.letters) == 1


def test_a_server_that_is_not_there_took_nothing(gateway: SmtpGateway) -> None:
    gone = SmtpGateway(**{**gateway.__dict__, "port": 9})

    with pytest.raises(GatewayRefusedError) as refused:
        gone.send(outgoing())

    assert refused.value.down


def test_the_link_to_stop_leaves_unfolded(gateway: SmtpGateway, box: Box) -> None:
    link = "https://crm.example.ru/u/" + "WzEyMzQ1LCJhZHZlcnRpc2luZ19lbWFpbCJd:1vKabc:" + "x" * 43 + "/"
    gateway.send(outgoing(unsubscribe=link))

    assert f"List-Unsubscribe: <{link}>\r\n".encode() in box.letters[0][2]


@pytest.mark.parametrize("recipient", ["иван@example.ru", "a\nb@example.ru"])
def test_an_address_that_no_envelope_carries_is_rejected(gateway: SmtpGateway, box: Box, recipient: str) -> None:
    with pytest.raises(GatewayRejectedError):
        gateway.send(outgoing(recipient=recipient))

    assert box.letters == []


def test_a_domain_in_cyrillic_goes_in_its_ascii_form(gateway: SmtpGateway, box: Box) -> None:
    gateway.send(outgoing(recipient="info@почта.рф"))

    assert box.letters[0][1] == ["info@xn--80a1acny.xn--p1ai"]


def test_a_denied_relay_closes_the_gateway(gateway: SmtpGateway, box: Box) -> None:
    box.rcpt = "554 5.7.1 Relay access denied"

    with pytest.raises(GatewayRefusedError) as refused:
        gateway.send(outgoing())

    assert refused.value.closed


class Doorman:
    """Lets in who knows the password."""

    def __call__(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: LoginPassword) -> AuthResult:
        return AuthResult(success=said.password == b"secret", handled=False)


@pytest.fixture
def guarded(box: Box) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    asks: dict[str, Any] = {"authenticator": Doorman(), "auth_required": True, "auth_require_tls": False}
    controller = Controller(box, hostname="127.0.0.1", port=port, **asks)
    controller.start()
    yield port
    controller.stop()


def test_a_server_that_wants_a_password_gets_it(gateway: SmtpGateway, guarded: int, box: Box) -> None:
    SmtpGateway(**{**gateway.__dict__, "port": guarded, "user": "carat", "password": "secret"}).send(outgoing())

    assert len(box.letters) == 1


def test_a_wrong_password_closes_the_gateway(gateway: SmtpGateway, guarded: int, box: Box) -> None:
    with pytest.raises(GatewayRefusedError) as refused:
        SmtpGateway(**{**gateway.__dict__, "port": guarded, "user": "carat", "password": "wrong"}).send(outgoing())

    assert (refused.value.closed, box.letters) == (True, [])


@pytest.mark.parametrize("tls", ["starttls", "ssl"])
def test_a_server_without_tls_gets_nothing_where_tls_is_wanted(gateway: SmtpGateway, box: Box, tls: str) -> None:
    with pytest.raises(GatewayRefusedError) as refused:
        SmtpGateway(**{**gateway.__dict__, "tls": tls}).send(outgoing())

    assert (refused.value.down, box.letters) == (True, [])


def test_a_certificate_that_nobody_vouches_for_is_refused(gateway: SmtpGateway, tmp_path: Path) -> None:
    with vouched_by_nobody(tmp_path) as port, pytest.raises(GatewayRefusedError, match="CERTIFICATE_VERIFY_FAILED") as refused:
        SmtpGateway(**{**gateway.__dict__, "tls": "ssl", "port": port}).send(outgoing())

    assert refused.value.down


def test_a_connection_that_the_server_dropped_is_made_anew(gateway: SmtpGateway, box: Box) -> None:
    box.data = "cut"
    with pytest.raises(GatewayUncertainError):
        gateway.send(outgoing())
    box.data = "250 OK"

    assert [gateway.send(outgoing()) for _twice in range(2)] == [f"<{TOKEN}@example.ru>"] * 2


def test_it_tells_neither_money_nor_fates(gateway: SmtpGateway) -> None:
    assert (gateway.balance(), gateway.poll(1, "a@b.ru")) == (None, None)
