"""Kannel by its HTTP interface. Receipts come back to an address that only this message knows."""

import re
from dataclasses import dataclass
from decimal import Decimal

import smsutil

from messaging.gateways import (
    Fate,
    GatewayRefusedError,
    GatewayRejectedError,
    GatewayUncertainError,
    Incoming,
    Outgoing,
    Receipt,
    http,
)

# Delivered, undelivered and rejected by the operator. "Accepted" often comes after "delivered", and says less.
DLR_MASK = 1 | 2 | 16
FATES = {1: Fate.DELIVERED, 2: Fate.UNDELIVERED, 4: Fate.ACCEPTED, 8: Fate.ACCEPTED, 16: Fate.UNDELIVERED}
# Our own wish for the order in Kannel's queue, 0 to 3.
URGENT, BULK = "3", "0"
TAKEN = 202
# What it says about a number; its other refusals are about us.
REJECTED = re.compile(r"receiver|Number\(s\)|Not routable", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class KannelGateway:
    """``url`` is smsbox's sendsms address; ``receipts`` where Kannel reaches Carat, without a slash at its end."""

    url: str
    user: str
    password: str
    sender: str
    receipts: str
    name: str = "kannel"
    at_once: int = 32

    def send(self, message: Outgoing) -> str:
        # A text with headers, not a query: addresses are logged, and there would be the password.
        headers = self._headers(message)
        if not all(value.isascii() for value in headers.values()):
            raise GatewayRefusedError("SMS_SENDER, KANNEL_USER and KANNEL_PASSWORD take Latin letters alone", closed=True)
        answer = http.post_text(self.url, message.text, headers)
        if answer.status == TAKEN:
            return ""
        if answer.status in (401, 403) and answer.words.startswith("Authorization"):
            raise GatewayRefusedError(answer.words, closed=True)
        # smsbox says 503 when it has no bearerbox to give the message to; it keeps nothing of it.
        if answer.status == 503 and answer.words.startswith("Temporal failure"):
            raise GatewayRefusedError(answer.words, down=True)
        if answer.status in (400, 403) and REJECTED.search(answer.words):
            raise GatewayRejectedError(answer.words)
        if 400 <= answer.status < 500:
            raise GatewayRefusedError(f"{answer.status} {answer.words}", down=True)
        raise GatewayUncertainError(f"{answer.status} {answer.words}")

    def balance(self) -> Decimal | None:
        """Kannel does not know what its operators charge."""
        return None

    def poll(self, message_id: int, recipient: str) -> Receipt | None:
        """Kannel cannot be asked; it tells."""
        return None

    def _headers(self, message: Outgoing) -> dict[str, str]:
        return {
            "X-Kannel-Username": self.user,
            "X-Kannel-Password": self.password,
            "X-Kannel-From": self.sender,
            "X-Kannel-To": message.recipient,
            # Without 2 every Cyrillic letter arrives as a question mark.
            "X-Kannel-Coding": "0" if smsutil.is_valid_gsm(message.text) else "2",
            "X-Kannel-Priority": URGENT if message.urgent else BULK,
            "X-Kannel-Validity": str(max(1, message.minutes)),
            "X-Kannel-DLR-Mask": str(DLR_MASK),
            "X-Kannel-DLR-Url": f"{self.receipts}/receipts/kannel/{message.token}/?type=%d&answer=%A",
        }


def parse_receipt(token: str, kind: str, answer: str) -> Receipt | None:
    """What Kannel calls the receipt address with; None for a type that says nothing."""
    fate = FATES.get(int(kind)) if kind.isdecimal() and len(kind) < 3 else None
    return Receipt(fate, answer[:160], token=token) if fate else None


def parse_incoming(fields: "dict[str, str]") -> Incoming | None:
    """What Kannel's sms-service calls with: ``from`` (%p), ``text`` (%a) and ``id`` (%I)."""
    if not fields.get("from") or not fields.get("id"):
        return None
    return Incoming(fields["from"][:40], fields.get("text", "")[:2_000], fields["id"][:120])
