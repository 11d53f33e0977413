"""smsc.ru by its documented HTTP API: send.php, status.php, balance.php, and what it calls back with."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

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
from messaging.texts import MAX_SEGMENTS

# Errors of send.php. Those of the account close the gateway until a person acts; those of the message end it.
ACCOUNT = {1: "wrong parameters", 2: "wrong login or password", 3: "no money", 4: "the address of this server is blocked"}
MESSAGE = {5: "wrong day", 6: "the text or the sender is forbidden", 7: "wrong number", 8: "the number cannot be reached"}
# Too many requests at once, or the same one again: nothing was taken.
TOO_MANY = 9
FATES = {
    -1: Fate.ACCEPTED, 0: Fate.ACCEPTED, 1: Fate.DELIVERED, 2: Fate.DELIVERED, 4: Fate.DELIVERED,
    -2: Fate.UNDELIVERED, 3: Fate.UNDELIVERED, 20: Fate.UNDELIVERED, 22: Fate.UNDELIVERED, 23: Fate.UNDELIVERED,
    24: Fate.UNDELIVERED, 25: Fate.UNDELIVERED, -3: Fate.NOT_FOUND,
}  # fmt: skip
WORDS = {
    -3: "not found", -2: "stopped", -1: "waits", 0: "with the operator", 1: "delivered", 2: "read", 3: "out of date",
    4: "link opened", 20: "cannot be delivered", 22: "wrong number", 23: "forbidden", 24: "no money", 25: "number out of reach",
}  # fmt: skip
JSON = "3"
NUMBER, STATUS = re.compile(r"[0-9]{1,18}"), re.compile(r"-?[0-9]{1,2}")


@dataclass(frozen=True, kw_only=True)
class SmscGateway:
    """``url`` is the folder of the scripts, without a slash at its end. Our id is sent along, so a message can be asked for."""

    login: str
    password: str
    sender: str
    url: str
    name: str = "smsc"
    at_once: int = 10

    def send(self, message: Outgoing) -> str:
        said = self._ask("send", self._fields(message))
        if "error_code" in said:
            _refuse(said)
        if str(said.get("id", "")) != str(message.message_id):
            raise GatewayUncertainError(f"an answer about another message: {said}"[:160])
        # The number is our own, so there is none to remember.
        return ""

    def balance(self) -> Decimal | None:
        try:
            said = self._ask("balance", {})
            return Decimal(str(said["balance"]))
        except (GatewayUncertainError, KeyError, InvalidOperation) as error:
            raise GatewayRefusedError(str(error)[:160]) from error

    def poll(self, message_id: int, recipient: str) -> Receipt | None:
        try:
            said = self._ask("status", {"id": str(message_id), "phone": recipient})
        except GatewayUncertainError as error:
            raise GatewayRefusedError(str(error), down=True) from error
        if "error_code" in said:
            raise GatewayRefusedError(str(said)[:160])
        return _receipt(str(message_id), str(said.get("status", "")), recipient)

    def _fields(self, message: Outgoing) -> dict[str, str]:
        return {
            "id": str(message.message_id),
            "phones": message.recipient,
            "mes": message.text,
            "sender": self.sender,
            "charset": "utf-8",
            "maxsms": str(MAX_SEGMENTS),
            "valid": f"{max(1, min(message.minutes, 24 * 60 - 1)) // 60:02}:{max(1, min(message.minutes, 24 * 60 - 1)) % 60:02}",
        }

    def _ask(self, script: str, fields: Mapping[str, str]) -> dict[str, Any]:
        known = {"login": self.login, "psw": self.password, "fmt": JSON}
        answer = http.post(f"{self.url}/{script}.php", {**known, **fields})
        try:
            said = json.loads(answer.body)
        except ValueError as error:
            raise GatewayUncertainError(f"{answer.status} {answer.words}") from error
        if answer.status != 200 or not isinstance(said, dict):
            raise GatewayUncertainError(f"{answer.status} {answer.words}")
        return said


def _refuse(said: Mapping[str, Any]) -> None:
    code = said["error_code"]
    words = f"{code}: {said.get('error', '')}"[:160]
    if code in MESSAGE:
        raise GatewayRejectedError(words)
    if code in ACCOUNT:
        raise GatewayRefusedError(words, closed=True)
    if code == TOO_MANY:
        raise GatewayRefusedError(words, busy=True)
    raise GatewayUncertainError(words)


def _receipt(message_id: str, status: str, phone: str) -> Receipt | None:
    if not NUMBER.fullmatch(message_id) or not STATUS.fullmatch(status):
        return None
    fate = FATES.get(int(status))
    return Receipt(fate, f"{status} {WORDS[int(status)]}", message_id=int(message_id), recipient=phone) if fate else None


def parse_receipt(fields: Mapping[str, str], secret: str) -> Receipt | None:
    """What smsc.ru calls back with about a message of ours; None when its checksum is wrong or it says nothing."""
    if not _genuine(fields, ("id", "phone", "status"), secret):
        return None
    return _receipt(fields.get("id", ""), fields.get("status", ""), fields.get("phone", ""))


def parse_incoming(fields: Mapping[str, str], secret: str) -> Incoming | None:
    """What smsc.ru calls back with when somebody writes; None when its checksum is wrong."""
    if not fields.get("phone") or not _genuine(fields, ("phone", "mes", "to"), secret):
        return None
    said = "".join(fields.get(name, "") for name in ("phone", "mes", "to", "time"))
    own = fields.get("sms_id") or hashlib.sha256(said.encode()).hexdigest()
    return Incoming(fields["phone"][:40], fields.get("mes", "")[:2_000], own[:120])


def _genuine(fields: Mapping[str, str], signed: tuple[str, ...], secret: str) -> bool:
    """Whether the checksum, where the address of the handler asks for one, is the provider's own."""
    text = ":".join([*(fields.get(name, "") for name in signed), secret])
    given = {name: fields[name].lower() for name in ("sha1", "md5") if fields.get(name)}
    return all(
        hmac.compare_digest(hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest(), checksum)
        for name, checksum in given.items()
    )
