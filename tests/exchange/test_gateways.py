"""Addresses that are told: those of the internet, by the number that was looked at."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from exchange import gateways
from exchange.gateways import UnreachableError
from stores.places import is_public


class Told(BaseHTTPRequestHandler):
    said: list[tuple[str, bytes, str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.said.append((self.path, body, self.headers["Host"]))
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "/secret")
        self.end_headers()
        self.wfile.write("принято".encode())

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    Told.said = []
    made = HTTPServer(("127.0.0.1", 0), Told)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def test_an_address_is_told_and_redirections_are_not_followed(server: HTTPServer, settings: Any) -> None:
    settings.HOOKS_TO_PRIVATE = True
    address = f"http://127.0.0.1:{server.server_port}"

    answers = [gateways.post(f"{address}{path}", b"{}", {"webhook-id": "msg_1"}) for path in ("/hook?a=1", "/away", "")]

    assert [(answer.status, answer.words) for answer in answers] == [(200, "принято"), (302, "принято"), (200, "принято")]
    assert [path for path, _body, _host in Told.said] == ["/hook?a=1", "/away", "/"]
    assert Told.said[0][2] == f"127.0.0.1:{server.server_port}"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://10.0.0.5/", "http://169.254.169.254/latest/", "http://[::1]/",
     "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "http://192.168.1.1:8080/", "http://[64:ff9b::a00:1]/", "http://2130706433/"],
)  # fmt: skip
def test_the_chains_own_network_is_not_entered(address: str, server: HTTPServer) -> None:
    with pytest.raises(UnreachableError):
        gateways.post(address, b"{}", {})
    assert Told.said == []


@pytest.mark.parametrize(
    "address", ["ftp://example.com/", "file:///etc/passwd", "http://", "nothing", "http://a:b@example.com/", "http://x:99999/"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UnreachableError):
        gateways.post(address, b"{}", {})


def test_numbers_of_the_internet_are_public() -> None:
    assert [is_public(number) for number in ("8.8.8.8", "2001:4860:4860::8888", "100.64.0.1", "224.0.0.1", "fe80::1%eth0")] == [
        True, True, False, False, False,
    ]  # fmt: skip
