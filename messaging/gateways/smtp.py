"""E-mail by SMTP: plain and HTML part, one-click unsubscribing (RFC 8058), an envelope by which bounces find back."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from threading import local

from django.template.loader import render_to_string
from django.utils import translation

from messaging.gateways import GatewayRefusedError, GatewayRejectedError, GatewayUncertainError, Outgoing, Receipt

SECONDS = 20
# A folded address in List-Unsubscribe would be encoded, and RFC 8058 wants it plain.
UNFOLDED = SMTP.clone(max_line_length=998)
POLICY = re.compile(r"\b5\.7\.|relay", re.IGNORECASE)
_kept = local()


@dataclass(frozen=True, kw_only=True)
class SmtpGateway:
    """One connection a thread, kept while it works. ``bounces`` is the address that undelivered mail returns to."""

    host: str
    port: int
    user: str
    password: str
    tls: str
    sender: str
    chain: str
    bounces: str
    name: str = "smtp"
    at_once: int = 8

    def send(self, message: Outgoing) -> str:
        try:
            letter, recipient = self.letter(message), _ascii(message.recipient)
        except ValueError as error:
            raise GatewayRejectedError(_said(error)) from error
        with self._connection() as server:
            _hand_over(server, letter, envelope(self.bounces, message.token), recipient)
        return str(letter["Message-ID"])

    def balance(self) -> Decimal | None:
        return None

    def poll(self, message_id: int, recipient: str) -> Receipt | None:
        return None

    def letter(self, message: Outgoing) -> EmailMessage:
        """The e-mail as it goes out."""
        letter = EmailMessage()
        letter["Subject"] = message.subject
        letter["From"] = self.sender
        letter["To"] = message.recipient
        letter["Date"] = formatdate()
        letter["Message-ID"] = f"<{message.token}@{self.bounces.rpartition('@')[2]}>"
        if message.unsubscribe:
            letter["List-Unsubscribe"] = f"<{message.unsubscribe}>"
            letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        context = {"message": message, "chain": self.chain, "paragraphs": message.text.split("\n\n")}
        with translation.override(message.language):
            letter.set_content(render_to_string("messaging/email.txt", context))
            letter.add_alternative(message.html or render_to_string("messaging/email.html", context), subtype="html")
        return letter

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        server = getattr(_kept, "server", None)
        if server is None or not _alive(server):
            server = self._connect()
        _kept.server = None
        try:
            yield server
        except Exception:
            server.close()
            raise
        _kept.server = server

    def _server(self) -> smtplib.SMTP:
        if self.tls == "ssl":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS)

    def _connect(self) -> smtplib.SMTP:
        try:
            server = self._server()
            if self.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
            if self.user:
                server.login(self.user, self.password)
        except smtplib.SMTPAuthenticationError as error:
            raise GatewayRefusedError(_said(error), closed=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise GatewayRefusedError(_said(error), down=True) from error
        return server


def envelope(bounces: str, token: str) -> str:
    """The envelope's sender: ``bounces+<token>@…``, so that a bounce names its message (VERP)."""
    name, _at, domain = bounces.rpartition("@")
    return f"{name}+{token}@{domain}"


def _ascii(address: str) -> str:
    """The address as an envelope can carry it. Raises ValueError for a name that none can."""
    name, _at, domain = address.rpartition("@")
    return f"{name.encode('ascii').decode()}@{domain.encode('idna').decode()}"


def _alive(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _hand_over(server: smtplib.SMTP, letter: EmailMessage, sender: str, recipient: str) -> None:
    """MAIL, RCPT and DATA. Until the end of DATA nothing is taken; after it only the server knows."""
    try:
        code, words = server.mail(sender)
        if code >= 500:
            raise GatewayRefusedError(f"{code} {words!r}"[:160], closed=True)
        _judge(code, words)
        code, words = server.rcpt(recipient)
        if code >= 500 and POLICY.search(words.decode("utf-8", errors="replace")):
            # Not this recipient is at fault but we are: a relay that is denied is denied to all.
            raise GatewayRefusedError(f"{code} {words!r}"[:160], closed=True)
        _judge(code, words)
    except (smtplib.SMTPException, OSError) as error:
        raise GatewayRefusedError(_said(error), down=True) from error
    try:
        _judge(*server.data(letter.as_bytes(policy=UNFOLDED)))
    except smtplib.SMTPDataError as error:
        _judge(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        raise GatewayUncertainError(_said(error)) from error


def _judge(code: int, words: bytes | str) -> None:
    said = f"{code} {words.decode('utf-8', errors='replace') if isinstance(words, bytes) else words}"[:160]
    if code >= 500:
        raise GatewayRejectedError(said)
    if code >= 400:
        raise GatewayRefusedError(said)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:160]
