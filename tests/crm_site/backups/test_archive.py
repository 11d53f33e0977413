"""The file of a backup: whole or nothing, sealed or not."""

import io
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_site.backups import archive
from crm_site.backups.archive import ArchiveError, Writer

PIECES = [b"a" * 70_000, b"", b"third"]


@pytest.fixture
def kept(tmp_path: Path) -> Callable[..., Path]:
    def keep(recipient: str = "") -> Path:
        path = tmp_path / "kept"
        with path.open("wb") as file, archive.sealing(file, recipient) as sink:
            writer = Writer(sink)
            writer.put_pieces("base", PIECES)
            writer.put("data/photo.jpg", io.BytesIO(b"photo"), 5)
            writer.close({"made": "now"})
        return path

    return keep


def read(path: Path, identity: str = "") -> dict[str, bytes]:
    with archive.opening(path, identity) as stream:
        return {member.name: member.content.read() for member in archive.members(stream)}


def test_what_was_put_comes_out_in_its_order(kept: Callable[..., Path]) -> None:
    found = read(kept())

    assert list(found) == ["base/00000000", "base/00000001", "base/00000002", "data/photo.jpg", archive.MANIFEST]
    assert [found[name] for name in list(found)[:-1]] == [*PIECES, b"photo"]


def test_a_sealed_copy_opens_by_its_secret_key_alone(kept: Callable[..., Path]) -> None:
    key, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    path = kept(str(key.to_public()))

    assert archive.verified(path, str(key))["made"] == "now"
    for identity, words in (("", "sealed"), (str(stranger), "does not open")):
        with pytest.raises(ArchiveError, match=words):
            archive.verified(path, identity)


def test_a_key_that_is_none_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with (tmp_path / "kept").open("wb") as file, pytest.raises(ArchiveError, match="BACKUP_KEY"), archive.sealing(file, "age1no"):
        pass

    assert (tmp_path / "kept").read_bytes() == b""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), is_sealed=st.booleans())
def test_a_copy_that_was_cut_anywhere_is_none(kept: Callable[..., Path], share: float, is_sealed: bool) -> None:
    key = pyrage.x25519.Identity.generate()
    path = kept(str(key.to_public()) if is_sealed else "")
    whole = path.read_bytes()

    path.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(ArchiveError):
        archive.verified(path, str(key))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0.05, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_copy_with_another_byte_is_none_or_the_same(kept: Callable[..., Path], share: float, flip: int) -> None:
    path = kept()
    whole = bytearray(path.read_bytes())
    whole[int(len(whole) * share)] ^= flip
    before = read(kept())

    path.write_bytes(whole)

    try:
        archive.verified(path)
    except ArchiveError:
        return
    assert read(path) == before  # a byte that says nothing, as of gzip's head


def test_names_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with path.open("wb") as file:
        writer = Writer(file)
        writer.put("data/../../etc/cron.d/x", io.BytesIO(b"x"), 1)
        writer.close({})

    with pytest.raises(ArchiveError, match="plain files"):
        archive.verified(path)


def test_what_differs_from_the_manifest_is_named(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with path.open("wb") as file:
        writer = Writer(file)
        writer.put("data/a", io.BytesIO(b"one"), 3)
        writer.members["data/a"]["sha256"] = "0" * 64
        writer.close({})

    with pytest.raises(ArchiveError, match="data/a"):
        archive.verified(path)
