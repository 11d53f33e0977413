"""A provider over HTTP on loopback that answers as told: rightly, never, half, with garbage."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit


class Asked(NamedTuple):
    """A request as it came."""

    path: str
    fields: dict[str, str]
    headers: dict[str, str]
    body: str


class Said(NamedTuple):
    """An answer; ``how`` is "", "hang" (until the stub ends) or "cut" (the connection is closed after half a line)."""

    status: int = 200
    body: str = ""
    how: str = ""


class _Server(ThreadingHTTPServer):
    """Many at once; who hangs up on it is no error."""

    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Quiet: killed workers hang up."""


class Stub:
    """``answer`` is asked for every request; ``asked`` remembers them."""

    def __init__(self, answer: Callable[[Asked], Said]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.over = threading.Event()
        handler = type("Handler", (_Handler,), {"stub": self})
        self.server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @contextmanager
    def running(self) -> Iterator["Stub"]:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self.over.set()
            self.server.shutdown()
            self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    stub: Stub
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:
            self.close_connection = True
            return
        body = raw.decode()
        parts = urlsplit(self.path)
        fields = dict(parse_qsl(parts.query, keep_blank_values=True))
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            fields |= dict(parse_qsl(body, keep_blank_values=True))
        asked = Asked(parts.path, fields, dict(self.headers.items()), body)
        self.stub.asked.append(asked)
        self._say(self.stub.answer(asked))

    do_GET = do_POST  # noqa: N815 — the library's names

    def _say(self, said: Said) -> None:
        if said.how == "hang":
            self.stub.over.wait(30)
        if said.how:
            self.wfile.write(b"HTTP/1.1 20")
            self.close_connection = True
            return
        body = said.body.encode()
        self.send_response(said.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""
