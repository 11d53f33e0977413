"""Gateways for one's own machine: one prints, one writes to a file. Nothing reaches a phone."""

import json
from decimal import Decimal
from pathlib import Path
from threading import Lock

import structlog

from messaging.gateways import Outgoing, Receipt

log = structlog.get_logger(__name__)
_writing = Lock()


class _Nowhere:
    """There is no money and nobody to ask."""

    at_once = 32

    def balance(self) -> Decimal | None:
        return None

    def poll(self, message_id: int, recipient: str) -> Receipt | None:
        return None


class ConsoleGateway(_Nowhere):
    """Writes each message to the log of the worker, the recipient's middle hidden."""

    name = "console"

    def send(self, message: Outgoing) -> str:
        to = f"{message.recipient[:5]}…{message.recipient[-4:]}"
        log.info("message.printed", to=to, subject=message.subject, text=message.text, message=message.message_id)
        return f"console-{message.message_id}"


class FileGateway(_Nowhere):
    """Appends each message as a line of JSON to a file: for trials, and for what another system picks up."""

    name = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, message: Outgoing) -> str:
        facts = {"id": message.message_id, "to": message.recipient, "subject": message.subject, "text": message.text}
        line = json.dumps(facts, ensure_ascii=False) + "\n"
        with _writing, self.path.open("a", encoding="utf-8") as file:
            file.write(line)
        return f"file-{message.message_id}"
