"""Letters that came back, given to the command."""

from pathlib import Path

import pytest

from messaging.models import Message
from tests.messaging.letters import dsn


def test_bounces_come_in_by_files(sent: Message, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    path = tmp_path / "1.eml"
    path.write_bytes(dsn())
    call_command("take_bounces", str(path))

    assert capsys.readouterr().out == "1 of 1\n"
