"""The mailbox of undelivered letters, read over IMAP."""

from pathlib import Path
from urllib.parse import quote

import pytest

from messaging.gateways import GatewayRefusedError, mailbox
from messaging.gateways.mailbox import unread
from tests.messaging.certificates import vouched_by_nobody
from tests.messaging.mailserver import PASSWORD, MailServer

LETTERS = (b"Subject: 1\r\n\r\nfirst", b"Subject: 2\r\n\r\nsecond")


def address(server: MailServer, password: str = PASSWORD, folder: str = "") -> str:
    return f"imap://carat:{quote(password, safe='')}@{server.place}/{folder}"


def test_each_unread_letter_is_given_and_marked_read_after_it_was_taken() -> None:
    with MailServer(*LETTERS).running() as server:
        letters = unread(address(server))

        assert (next(letters), server.seen) == (LETTERS[0], [])
        assert (list(letters), server.seen) == ([LETTERS[1]], [1, 2])
        assert list(unread(address(server))) == []


def test_a_password_goes_by_tls_alone_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "AT_HOME", ())
    with MailServer(*LETTERS).running() as server:
        with pytest.raises(GatewayRefusedError):
            list(unread(address(server)))

        assert server.seen == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with vouched_by_nobody(tmp_path) as port, pytest.raises(GatewayRefusedError, match="CERTIFICATE_VERIFY_FAILED"):
        list(unread(f"imaps://carat:x@127.0.0.1:{port}/"))


def test_another_folder_is_read_where_the_address_names_one() -> None:
    with MailServer(*LETTERS, folder="Bounces").running() as server:
        assert list(unread(address(server, folder="Bounces"))) == [*LETTERS]


def test_a_wrong_password_or_no_server_says_why_and_reads_nothing() -> None:
    with MailServer(*LETTERS).running() as server:
        with pytest.raises(GatewayRefusedError, match="error"):
            list(unread(address(server, password="other")))
        gone = address(server)
    with pytest.raises(GatewayRefusedError, match="ConnectionRefusedError") as refused:
        list(unread(gone))

    assert (server.seen, refused.value.down) == ([], True)
