"""Letters that came back: which message, and whether the address is dead for good."""

import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import NamedTuple, cast
from uuid import UUID

import structlog

from messaging.gateways import Fate, Receipt
from messaging.incoming import receipts

log = structlog.get_logger(__name__)
RETURNED_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
VERP = re.compile(r"\+([0-9a-f-]{36})@")
OWN_ID = re.compile(r"^Message-ID:\s*<([0-9a-f-]{36})@", re.MULTILINE | re.IGNORECASE)
MOST_WORDS = 160


class Bounce(NamedTuple):
    """A letter that was not delivered. ``permanent`` is False for a server that goes on trying."""

    token: str
    permanent: bool
    words: str


def parse(raw: bytes) -> Bounce | None:
    """The bounce that a letter is; None for any other letter, or one that is not about a message of ours."""
    from flufl.bounce import all_failures

    letter = BytesParser(policy=email.policy.default).parsebytes(raw)
    temporary, permanent = all_failures(letter)
    token = _token(letter, raw)
    if not (temporary or permanent) or not token:
        return None
    return Bounce(token, bool(permanent), _words(letter))


def take_bounce(raw: bytes) -> Bounce | None:
    """Write a bounce down at its message: one for good has failed; a delay is only noted."""
    try:
        bounce = parse(raw)
    except Exception:
        # Anybody can write to that mailbox; what cannot be read is nobody's bounce, and must not stop the next.
        log.exception("bounce.unreadable")
        return None
    if bounce:
        fate = Fate.UNDELIVERED if bounce.permanent else Fate.ACCEPTED
        receipts.take_receipt(Receipt(fate, bounce.words, token=bounce.token), gateway="smtp")
    return bounce


def _token(letter: Message, raw: bytes) -> str:
    """Our token: from the address that the letter was returned to, else from the letter inside it."""
    for header in RETURNED_TO:
        for value in letter.get_all(header, []):
            if found := VERP.search(str(value)):
                return _checked(found[1])
    found = OWN_ID.search(raw.decode("latin-1"))
    return _checked(found[1]) if found else ""


def _checked(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _words(letter: Message) -> str:
    """What the server said: the diagnostic of the report, else the subject."""
    for part in _reports(letter):
        for header in ("Diagnostic-Code", "Status"):
            if part.get(header):
                return " ".join(str(part[header]).split())[:MOST_WORDS]
    return str(letter.get("Subject", ""))[:MOST_WORDS]


def _reports(letter: Message) -> Iterator[EmailMessage]:
    for part in letter.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from reversed(cast("list[EmailMessage]", part.get_payload()))
