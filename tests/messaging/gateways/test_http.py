"""Requests to providers: what a failure of the network means for a message."""

from datetime import timedelta
from pathlib import Path
from socket import create_server
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Thread

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from messaging.gateways import GatewayRefusedError, GatewayUncertainError, http
from tests.messaging.stub import Said, Stub


def test_a_form_and_a_text_arrive_as_they_were_written() -> None:
    with Stub(lambda asked: Said(200, f"{asked.path} {asked.body}")).running() as stub:
        form = http.post(f"{stub.url}/a", {"mes": "Ура & да"})
        text = http.post_text(f"{stub.url}/b", "Ура & да", {"X-To": "+7"})

        assert (form.status, stub.asked[0].fields) == (200, {"mes": "Ура & да"})
        assert (text.body.decode(), stub.asked[1].headers["X-To"]) == ("/b Ура & да", "+7")


def test_an_answer_is_one_short_line_for_a_person() -> None:
    assert http.Answer(500, " Внутренняя \n ошибка \xff".encode()).words == "Внутренняя ошибка ÿ"
    assert http.Answer(500, b"\xff" + b"a" * 500).words == "\ufffd" + "a" * 159


def test_an_answer_without_end_is_cut() -> None:
    with Stub(lambda _asked: Said(200, "a" * 200_000)).running() as stub:
        assert len(http.post(stub.url, {}).body) == http.MOST_BYTES


def test_a_provider_without_tls_where_it_was_expected_took_nothing() -> None:
    with Stub(lambda _asked: Said()).running() as stub, pytest.raises(GatewayRefusedError) as refused:
        http.post(stub.url.replace("http:", "https:"), {})

    assert (refused.value.closed, stub.asked) == (True, [])


@pytest.fixture
def of_nobody(tmp_path: Path) -> SSLContext:
    """TLS by a certificate that nobody we trust has signed."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = timezone.now() - timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(days=9)).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "both.pem").write_bytes(key.private_bytes(*pem) + made.public_bytes(serialization.Encoding.PEM))
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    return context


def test_a_stranger_in_the_providers_place_gets_nothing(of_nobody: SSLContext) -> None:
    heard: list[bytes] = []

    def shake_hands() -> None:
        connection, _address = server.accept()
        with connection, pytest.raises(OSError):
            heard.append(of_nobody.wrap_socket(connection, server_side=True).recv(1))

    with create_server(("127.0.0.1", 0)) as server:
        stranger = Thread(target=shake_hands)
        stranger.start()
        with pytest.raises(GatewayRefusedError, match="CERTIFICATE_VERIFY_FAILED") as refused:
            http.post(f"https://127.0.0.1:{server.getsockname()[1]}", {"psw": "secret"})
        stranger.join()

    assert (refused.value.closed, heard) == (True, [])


@pytest.mark.parametrize("how", ["cut", "hang"])
def test_an_answer_that_never_came_whole_is_a_doubt(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient = urllib3.PoolManager(timeout=urllib3.Timeout(connect=1, read=0.3), retries=False)
    monkeypatch.setattr(http, "pool", impatient)

    with Stub(lambda _asked: Said(how=how)).running() as stub, pytest.raises(GatewayUncertainError):
        http.post(stub.url, {})
