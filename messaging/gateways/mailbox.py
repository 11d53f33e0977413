"""The mailbox that undelivered letters return to, read over IMAP."""

import imaplib
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from messaging.gateways import GatewayRefusedError

SECONDS = 30
MOST = 500


def unread(url: str) -> Iterator[bytes]:
    """Unread letters of ``imap[s]://user:password@host/FOLDER``; each is marked read after the caller took it.

    Raises GatewayRefusedError where the mailbox cannot be read.
    """
    parts = urlsplit(url)
    maker = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    try:
        box = maker(parts.hostname or "", parts.port or (993 if parts.scheme == "imaps" else 143), timeout=SECONDS)
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(unquote(parts.path.lstrip("/")) or "INBOX")
        _status, found = box.search(None, "UNSEEN")
        for number in found[0].split()[:MOST]:
            _status, letter = box.fetch(number, "(BODY.PEEK[])")
            if letter and isinstance(letter[0], tuple):
                yield letter[0][1]
            box.store(number, "+FLAGS", "\\Seen")
        box.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        raise GatewayRefusedError(f"{type(error).__name__}: {error}"[:160], down=True) from error
