"""Requests to providers over HTTP, and what their failures mean for a message."""

import json
import socket
from collections.abc import Mapping
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from messaging.gateways import GatewayRefusedError, GatewayUncertainError
from stores import places

CONNECT_SECONDS, READ_SECONDS = 5, 15
CONNECTIONS = 64
MOST_BYTES = 64_000
# Failures before a byte of the request was written: the provider cannot have taken it.
NEVER_WRITTEN = (NewConnectionError, NameResolutionError, ConnectTimeoutError, ProxyError)

pool = urllib3.PoolManager(
    maxsize=CONNECTIONS, block=False, timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS), retries=False
)


class Answer(NamedTuple):
    """A provider's answer; the body is cut. ``wait``: after how many seconds it asked to come again."""

    status: int
    body: bytes
    wait: float = 0

    @property
    def words(self) -> str:
        """The body as a line of text for a person."""
        return " ".join(self.body.decode("utf-8", errors="replace").split())[:160]


def post(url: str, fields: Mapping[str, str]) -> Answer:
    """POST a form. Raises GatewayRefusedError if it cannot have arrived, GatewayUncertainError if it may have."""
    return _asked(url, urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"})


def post_text(url: str, text: str, headers: Mapping[str, str]) -> Answer:
    """POST a text, what belongs to it in headers. Raises as ``post`` does."""
    return _asked(url, text.encode(), {**headers, "Content-Type": "text/plain; charset=UTF-8"})


def post_json(url: str, said: Mapping[str, Any], *, most: int = MOST_BYTES) -> Answer:
    """POST JSON; the answer's body is cut at ``most``. Raises as ``post`` does."""
    return _asked(url, json.dumps(said, ensure_ascii=False).encode(), {"Content-Type": "application/json"}, most)


def post_to_stranger(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST to an https address that somebody outside named: never into the chain's own network. Raises as ``post`` does."""
    parts = urlsplit(url)
    port = parts.port or 443
    # By the number that was looked at: a name may mean another place a moment later.
    place = _placed(parts.hostname or "", port)
    path, told = parts._replace(scheme="", netloc="", fragment="").geturl() or "/", {**headers, "Host": parts.netloc}
    timeout, name = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS), parts.hostname
    with urllib3.HTTPSConnectionPool(
        place, port, timeout=timeout, retries=False, server_hostname=name, assert_hostname=name
    ) as own:
        return _asked(path, body, told, through=own)


def _placed(host: str, port: int) -> str:
    """The number of a host. Raises GatewayRefusedError for one that is nowhere, or inside a private network."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise GatewayRefusedError(f"nobody knows the address {host}") from error
    if not all(map(places.is_public, found)):
        raise GatewayRefusedError(f"{host} is inside a private network")
    return found[0]


def _asked(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    most: int = MOST_BYTES,
    through: urllib3.HTTPSConnectionPool | None = None,
) -> Answer:
    try:
        response = (through or pool).request("POST", url, body=body, headers=dict(headers), preload_content=False, redirect=False)
        return Answer(response.status, _body(response, most), _wait(response.headers.get("Retry-After", "")))
    except NEVER_WRITTEN as error:
        raise GatewayRefusedError(_named(error), down=True) from error
    except SSLError as error:
        raise _of_tls(error) from error
    except (HTTPError, OSError, ValueError) as error:
        raise GatewayUncertainError(_named(error)) from error


def _of_tls(error: SSLError) -> GatewayRefusedError | GatewayUncertainError:
    """A handshake that failed came before the request; TLS that breaks later may have come after it."""
    words = str(error).upper()
    if any(sign in words for sign in ("CERTIFICATE", "HANDSHAKE", "WRONG_VERSION", "PROTOCOL_VERSION", "DOESN'T MATCH")):
        return GatewayRefusedError(_named(error), closed=True)
    return GatewayUncertainError(_named(error))


def _wait(said: str) -> float:
    """Seconds of a Retry-After; a moment by the calendar counts as none."""
    return min(float(said), 24 * 60 * 60) if said.isascii() and said.isdigit() else 0


def _body(response: urllib3.BaseHTTPResponse, most: int) -> bytes:
    """The beginning of the body; a provider that never ends its answer is hung up on."""
    body, deadline = b"", monotonic() + READ_SECONDS
    for piece in response.stream(8_192):
        body += piece
        if len(body) > most or monotonic() > deadline:
            response.close()
            return body[:most]
    response.release_conn()
    return body


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:160]
