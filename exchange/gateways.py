"""The network of tills: Carat at an address, as a till reaches it, and addresses that Carat tells or asks."""

import json
import socket
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError

from stores.places import is_public
from stores.texts.kept_words import SaidError, Words
from stores.texts.kept_words import words as _

CONNECT_SECONDS, READ_SECONDS, FETCH_SECONDS, MOST_WORDS = 5, 10, 60, 2_000


class Address:
    """Sends documents with the key of a source; an answer is its status and its JSON."""

    def __init__(self, address: str, key: str) -> None:
        self.address = address.rstrip("/")
        self.pool = urllib3.PoolManager(headers={"Authorization": f"Bearer {key}"}, timeout=10, retries=False)

    def send(self, document: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        body, headers = json.dumps(document), {**self.pool.headers, "Content-Type": "application/json"}
        answer = self.pool.request("POST", f"{self.address}/api/receipts/", body=body, headers=headers)
        return answer.status, answer.json()


class UnreachableError(SaidError):
    """Nothing was sent, or nothing was answered; the words say why."""


class Answer(NamedTuple):
    """What an address answered, and the beginning of its words."""

    status: int
    words: Words | str


class Fetched(NamedTuple):
    """What an address answered, whole; names of headers in any case."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def fetch(address: str, headers: dict[str, str]) -> Fetched:
    """GET from an address that the settings name; redirections are not followed. Raises UnreachableError."""
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=FETCH_SECONDS)
    try:
        with urllib3.PoolManager(timeout=timeout, retries=False) as pool:
            answer = pool.request("GET", address, headers={**headers, "User-Agent": "Carat"}, redirect=False)
            return Fetched(answer.status, answer.data, answer.headers)
    except (HTTPError, OSError, ValueError) as error:
        raise UnreachableError(f"{type(error).__name__}: {error}"[:160]) from None


def post(address: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST JSON to an address of the internet; redirections are not followed. Raises UnreachableError."""
    parts = urlsplit(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise UnreachableError(_("this is no address")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise UnreachableError(_("this is no address"))
    place = _placed(parts.hostname, port)
    told = {**headers, "Content-Type": "application/json", "Host": parts.netloc, "User-Agent": "Carat"}
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    # By the number that was looked at: a name may mean another place a moment later.
    names = {"server_hostname": parts.hostname, "assert_hostname": parts.hostname} if parts.scheme == "https" else {}
    kind: Any = urllib3.HTTPSConnectionPool if names else urllib3.HTTPConnectionPool
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        with kind(place, port, timeout=timeout, retries=False, **names) as pool:
            answer = pool.request("POST", path, body=body, headers=told, redirect=False, preload_content=False)
            words = answer.read(MOST_WORDS).decode("utf-8", "replace")
            answer.close()
            return Answer(answer.status, " ".join(words.split())[:160])
    except (HTTPError, OSError, ValueError) as error:
        raise UnreachableError(f"{type(error).__name__}: {error}"[:160]) from None


def _placed(host: str, port: int) -> str:
    """The number of a host. Raises UnreachableError for one that is nowhere, or inside the chain's own network."""
    try:
        found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise UnreachableError(_("nobody knows the address %(host)s") % {"host": host}) from None
    if not settings.HOOKS_TO_PRIVATE and not all(is_public(str(one)) for one in found):
        raise UnreachableError(_("%(host)s is inside a private network; the setting HOOKS_TO_PRIVATE allows it") % {"host": host})
    return str(found[0])
