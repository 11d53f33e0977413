"""A backup is there whole or not at all."""

import os
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from clients import rights
from clients.models import Client
from crm_site.backups import archive, base, making
from crm_site.backups.making import BusyError
from stores.models import Employee

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_a_copy_holds_base_files_and_register(card: Client, admin: Employee, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "private/photos").mkdir(parents=True)
    (tmp_path / "private/photos/ring.jpg").write_bytes(b"ring")
    (tmp_path / "queue/messages").mkdir(parents=True)
    (tmp_path / "queue/messages/one.msg").write_bytes(b"{}")
    rights.erase(card, basis="asked", by=admin)

    path = making.make(tmp_path / "copies")

    manifest = archive.verified(path)
    assert {name for name in manifest["members"] if name.startswith("data/")} == {
        "data/private/photos/ring.jpg", "data/erasures.jsonl"
    }  # fmt: skip
    assert manifest["counts"] == base.counts()
    assert (manifest["counts"]["clients_client"], manifest["engine"]) == (1, base.of_settings().engine)
    assert (oct(path.stat().st_mode & 0o777), oct(path.parent.stat().st_mode & 0o777)) == ("0o600", "0o700")


def test_no_key_stands_in_a_copy(settings: Settings, tmp_path: Path) -> None:
    settings.PASSPORT_KEYS = ["a-key-of-passports"]

    words = str(archive.verified(making.make(tmp_path / "copies"))["keys"])

    assert [key for key in (settings.SECRET_KEY, "a-key-of-passports") if key in words] == []


def test_what_breaks_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "close", full)

    with pytest.raises(OSError, match="No space"):
        making.make(tmp_path / "copies")

    assert [path.name for path in (tmp_path / "copies").iterdir()] == [".lock"]


def test_one_that_was_killed_is_no_copy_and_is_swept_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "copies"
    child = os.fork()
    if not child:
        monkeypatch.setattr(base.of_settings().__class__, "snapshot", lambda self: os.kill(os.getpid(), 9))
        making.make(folder)
    os.waitpid(child, 0)
    left = [path.name for path in folder.iterdir() if path.name.endswith(making.PART)]

    made = making.make(folder)

    assert len(left) == 1
    assert sorted(path.name for path in folder.iterdir()) == [".lock", made.name]


def test_two_at_once_do_not_write_into_one_another(tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()

    with making._alone_in(folder), pytest.raises(BusyError):  # noqa: SLF001 — the lock of another process
        making.make(folder)

    assert [path.name for path in folder.iterdir()] == [".lock"]
