"""The mailbox of undelivered letters, read over IMAP."""

from urllib.parse import quote

import pytest

from messaging.gateways import GatewayRefusedError
from messaging.gateways.mailbox import unread
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
