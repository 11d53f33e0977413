"""A pair of keys: the public half is printed for the settings, the secret one lies in a file that opens copies."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from crm_site.backups import archive, making
from crm_site.backups.management.commands.restore import _identity


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_file_opens_what_the_line_seals(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup_key", str(tmp_path / "key"))
    settings.BACKUP_KEY = capsys.readouterr().out.strip().removeprefix("BACKUP_KEY=")

    copy = making.make(tmp_path / "copies")

    assert copy.name.endswith(".age")
    assert archive.verified(copy, _identity(tmp_path / "key"))["format"] == 1
    assert oct((tmp_path / "key").stat().st_mode & 0o777) == "0o600"


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of the last year")

    with pytest.raises(CommandError):
        call_command("backup_key", str(tmp_path / "key"))

    assert (tmp_path / "key").read_text() == "of the last year"
