"""The mailbox that undelivered letters return to, read over IMAP."""

import imaplib
import ssl
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from messaging.gateways import GatewayRefusedError

SECONDS = 30
MOST = 500
AT_HOME = ("127.0.0.1", "::1", "localhost")


def unread(url: str) -> Iterator[bytes]:
    """Unread letters of ``imap[s]://user:password@host/FOLDER``; each is marked read after the caller took it.

    Raises GatewayRefusedError where the mailbox cannot be read.
    """
    parts = urlsplit(url)
    try:
        box = _opened(parts)
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


def _opened(parts: SplitResult) -> imaplib.IMAP4:
    """By TLS whose certificate is looked at; without, a password goes to one's own machine alone."""
    host = parts.hostname or ""
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, parts.port or 993, timeout=SECONDS, ssl_context=ssl.create_default_context())
    box = imaplib.IMAP4(host, parts.port or 143, timeout=SECONDS)
    if host not in AT_HOME:
        box.starttls(ssl.create_default_context())
    return box
