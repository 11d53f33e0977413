"""Letters that came back, given to the command."""

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import call_command

from messaging.models import MessageState
from tests.messaging.conftest import Put
from tests.messaging.letters import TOKEN, dsn
from tests.messaging.sending import state


def test_bounces_come_in_by_files(put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = put(channel="email", subject="Ура", state="sent", attempts=1, token=TOKEN)
    bounce, other = tmp_path / "1.eml", tmp_path / "2.eml"
    bounce.write_bytes(dsn())
    other.write_bytes(b"Subject: hello\r\n\r\n")

    call_command("take_bounces", str(bounce), str(other))

    assert capsys.readouterr().out == "1 of 2\n"
    assert state(sent) == MessageState.FAILED


def test_a_mail_server_pipes_one_letter(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = put(channel="email", subject="Ура", state="sent", attempts=1, token=TOKEN)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(dsn())))

    call_command("take_bounces")

    assert state(sent) == MessageState.FAILED
