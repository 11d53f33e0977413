"""Notifications to browsers by Web Push (RFC 8030): left with the browser's own service until the browser asks.

Addresses come from browsers, that is from strangers: nothing goes inside the chain's own network, and what one of them
answers says nothing of the others.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from email.utils import parseaddr

from messaging.gateways import GatewayRefusedError, GatewayUncertainError, Outgoing, Receipt, http
from stores.sealing import SealError

TAKEN, GONE, TOO_MUCH = (200, 201, 202, 204), (404, 410), (429, 503)


@dataclass(frozen=True, kw_only=True)
class PushGateway:
    """``key`` is the private half of ours; ``contact`` whom a service may write to about us; ``site`` our own address."""

    key: str
    contact: str
    site: str
    chain: str
    name: str = "push"
    at_once: int = 32

    def send(self, message: Outgoing) -> str:
        from messaging.gateways import browsers  # cryptography, which a chain without notifications never needs

        body = self._body(message)
        if len(body) > browsers.LONGEST:
            raise GatewayRefusedError("longer than a notification may be")
        try:
            to = browsers.kept(message.recipient)
        except SealError:
            raise GatewayRefusedError("the browser's address was sealed by another SECRET_KEY") from None
        headers = {"Authorization": browsers.word(self.key, to.endpoint, self._who()), **_headers(message)}
        try:
            answer = http.post_to_stranger(to.endpoint, browsers.seal(body, to), headers)
        except GatewayRefusedError as error:
            # An address that a stranger named is not there: that is no trouble of the whole way.
            raise GatewayRefusedError(str(error)) from None
        if answer.status in TAKEN:
            return ""
        raise _refusal(answer)

    def balance(self) -> Decimal | None:
        """It costs nothing."""
        return None

    def poll(self, message_id: int, recipient: str) -> Receipt | None:
        """What a service took it brings; when it is seen it does not tell."""
        return None

    def _body(self, message: Outgoing) -> bytes:
        told = {"title": message.subject or self.chain, "body": message.text, "url": self._page_in(message.text) or message.page}
        told["lang"] = message.language
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    def _page_in(self, text: str) -> str:
        """Where a touch leads, if not to the client's own page: to the page of ours that the text names."""
        ours = re.search(rf"{re.escape(self.site)}/\S+", text) if self.site else None
        return ours.group().rstrip(".,;:!?)»") if ours else ""

    def _who(self) -> str:
        address = parseaddr(self.contact)[1]
        return f"mailto:{address}" if address else self.site


def _headers(message: Outgoing) -> dict[str, str]:
    return {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(message.minutes * 60),
        "Urgency": "high" if message.urgent else "normal",
    }


def _refusal(answer: http.Answer) -> GatewayRefusedError | GatewayUncertainError:
    """What an answer means for the message."""
    words = f"{answer.status} {answer.words}"
    if answer.status in GONE:
        return GatewayRefusedError(words, ended=True)
    if answer.status in TOO_MUCH and (answer.wait or answer.status < 500):
        return GatewayRefusedError(words, busy=True, wait=answer.wait)
    if 400 <= answer.status < 500:
        return GatewayRefusedError(words)
    return GatewayUncertainError(words)
