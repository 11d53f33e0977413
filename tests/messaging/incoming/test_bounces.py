"""Letters that came back: which message each is about, and what it means for it."""

from email.message import EmailMessage

import pytest

from messaging.gateways.smtp import envelope
from messaging.incoming import bounces
from messaging.models import Message, MessageState
from tests.messaging.conftest import Put
from tests.messaging.letters import TOKEN, dsn
from tests.present import present


@pytest.fixture
def sent(put: Put) -> Message:
    return put(channel="email", subject="Ура", state="sent", attempts=1, token=TOKEN)


def test_a_bounce_for_good_fails_its_message(sent: Message) -> None:
    bounces.take_bounce(dsn())

    sent.refresh_from_db()
    assert (sent.state, sent.words) == (MessageState.FAILED, "smtp; 550 5.1.1 no such user")


def test_a_delay_changes_nothing(sent: Message) -> None:
    bounces.take_bounce(dsn("4.2.2", "delayed"))

    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_a_bounce_is_known_by_the_letter_inside_it(sent: Message) -> None:
    assert present(bounces.parse(dsn(to="postmaster@example.ru"))).token == TOKEN


def test_an_answer_of_a_person_is_no_bounce(sent: Message) -> None:
    letter = EmailMessage()
    letter["To"], letter["Subject"] = envelope("bounces@example.ru", TOKEN), "Re: С днём рождения"
    letter["From"] = "elena@example.ru"
    letter.set_content("Спасибо!")

    assert bounces.take_bounce(letter.as_bytes()) is None


@pytest.mark.parametrize("broken", [b"To: <\n\nx", b'To: "\n\nx', b"To: a@[\n\nx", b"", b"\xff\xfe"])
def test_a_letter_that_cannot_be_read_stops_nothing(broken: bytes) -> None:
    assert bounces.take_bounce(broken) is None


def test_a_report_without_a_diagnosis_tells_its_status(sent: Message) -> None:
    letter = dsn().replace(b"Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n", b"")

    assert present(bounces.take_bounce(letter)).words == "5.1.1"


def test_a_token_that_is_none_is_nobodys(sent: Message) -> None:
    letter = dsn(to=f"bounces+{'-' * 36}@example.ru")

    assert bounces.take_bounce(letter) is None
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_a_letter_about_none_of_our_messages_is_no_bounce() -> None:
    letter = dsn(to="postmaster@example.ru").replace(TOKEN.encode(), b"theirs")

    assert bounces.parse(letter) is None
