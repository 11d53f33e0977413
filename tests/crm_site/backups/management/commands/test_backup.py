"""What the command prints, and how it fails."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from crm_site.backups import archive

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_the_path_stands_alone_on_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", str(tmp_path / "copies"))

    said = capsys.readouterr()
    assert archive.verified(Path(said.out.removesuffix("\n")))["format"] == 1
    assert "not sealed" in said.err


def test_without_a_folder_it_is_that_of_the_settings(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup")

    assert Path(capsys.readouterr().out.strip()).parent == settings.BACKUP_DIR


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("a file")

    with pytest.raises(CommandError, match="copies"):
        call_command("backup", str(tmp_path / "copies"))
