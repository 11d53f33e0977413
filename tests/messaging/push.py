"""A push service on loopback as RFC 8030 describes it, and browsers that open what is sealed for them (RFC 8291)."""

import json
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from os import urandom
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID


class Left(NamedTuple):
    """What was left for a browser."""

    path: str
    headers: dict[str, str]
    body: bytes


def text64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """A browser with keys of its own, whose notifications are left at ``endpoint``."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint, self.key, self.auth = endpoint, ec.generate_private_key(ec.SECP256R1()), urandom(16)

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def says(self) -> str:
        """As PushSubscription.toJSON() has it."""
        keys = {"p256dh": text64(self.point), "auth": text64(self.auth)}
        return json.dumps({"endpoint": self.endpoint, "expirationTime": None, "keys": keys})

    def opens(self, left: Left) -> dict[str, Any]:
        """RFC 8291, section 3.4, by the letter and by no library of ours."""
        salt, size, length = left.body[:16], int.from_bytes(left.body[16:20], "big"), left.body[20]
        theirs, sealed = left.body[21 : 21 + length], left.body[21 + length :]
        assert (left.headers["Content-Encoding"], length, size >= len(sealed)) == ("aes128gcm", 65, True)
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        material = _derived(shared, self.auth, b"WebPush: info\0" + self.point + theirs, 32)
        key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1] == 2  # the last record
        told: dict[str, Any] = json.loads(plain[:-1])
        return told


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def claims_of(left: Left, public_key: str) -> dict[str, Any]:
    """What we told the service of ourselves (RFC 8292): raises where it is not signed by the key that browsers were told."""
    scheme, _space, said = left.headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in said.split(","))
    assert (scheme, parts["k"]) == ("vapid", public_key)
    head, body, mark = parts["t"].split(".")
    assert json.loads(bytes64(head)) == {"typ": "JWT", "alg": "ES256"}
    raw, own = bytes64(mark), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes64(public_key))
    signed = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    own.verify(signed, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    claims: dict[str, Any] = json.loads(bytes64(body))
    return claims


class Service:
    """``gone`` are paths whose browser takes nothing any more; ``next`` are statuses (and headers) of the next answers."""

    def __init__(self) -> None:
        self.left: list[Left] = []
        self.gone = set[str]()
        self.next: list[tuple[int, dict[str, str]]] = []
        self.url = ""

    def browser(self, name: str = "anna") -> Browser:
        return Browser(f"{self.url}/{name}")

    def answer(self, left: Left) -> tuple[int, dict[str, str]]:
        if self.next:
            return self.next.pop(0)
        if left.path in self.gone:
            return 410, {}
        self.left.append(left)
        return 201, {"Location": f"{self.url}/messages/1"}


@contextmanager
def running(folder: Path) -> Iterator[Service]:
    """The service by TLS; ``folder/service.pem`` vouches for it."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers = service.answer(Left(self.path, dict(self.headers.items()), body))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = _certificate(folder).wrap_socket(server.socket, server_side=True)
    service.url = f"https://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path) -> ssl.SSLContext:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(names, False).add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "service.pem").write_bytes(private + signed.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "service.pem")
    return context
