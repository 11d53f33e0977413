"""What was kept comes back; what is torn, foreign or newer is refused before anything is touched."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from clients import rights
from clients.models import Client
from crm_site.backups import archive, base, making, restoring
from crm_site.backups.archive import ArchiveError
from crm_site.backups.base import BaseError
from messaging import sending
from stores.models import Employee, Store
from tests import factories
from tests.conftest import Sell
from tests.crm_site.backups.conftest import Elsewhere

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_everything_comes_back_but_who_was_erased(
    elsewhere: Elsewhere, card: Client, admin: Employee, sell: Sell, settings: Settings, tmp_path: Path
) -> None:
    other = factories.ClientFactory.create(home_store=card.home_store)
    sell(card, timezone.localdate(), 700, 800)
    (settings.DATA_DIR / "private").mkdir(exist_ok=True)
    (settings.DATA_DIR / "private/ring.jpg").write_bytes(b"ring")
    copy = making.make(tmp_path / "copies")
    rights.erase(other, basis="asked after the copy", by=admin)
    (elsewhere.folder / rights.JOURNAL).write_bytes((settings.DATA_DIR / rights.JOURNAL).read_bytes())

    done = elsewhere.manage("restore", str(copy))

    assert (done.returncode, "1 cards taken out again" in done.stdout) == (0, True), done.stderr
    assert elsewhere.facts() == {"phones": [str(card.phone)], "prices": [700, 800], "sending": False}
    assert (elsewhere.folder / "private/ring.jpg").read_bytes() == b"ring"
    again = elsewhere.manage("restore", str(copy))
    assert (again.returncode, "People work in this base" in again.stderr) == (1, True)


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[..., Path]:
    """A copy without a base, whose manifest says what a test wants."""

    def make(**said: Any) -> Path:
        usual = {
            "format": 1, "engine": base.of_settings().engine, "made_at": "2026-11-28T03:00:00+00:00", "migrations": [],
            "counts": {}, "keys": {"secret": "another", "passports": ["another"]},
        }  # fmt: skip
        path = tmp_path / "copy.backup"
        with path.open("wb") as file:
            writer = archive.Writer(file)
            writer.put("data/private/x", io.BytesIO(b"x"), 1)
            writer.close({**usual, **said})
        return path

    return make


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"engine": "oracle"}, "oracle"),
        ({"format": 2}, "installation works on"),
        ({"migrations": [["clients", "9999_of_next_year"]]}, "another Carat"),
        ({"counts": {"clients_erasedmark": 1}}, "SECRET_KEY is another"),
        ({"counts": {"workshop_passport": 1}}, "PASSPORT_KEYS lack a key"),
    ],
)
def test_what_does_not_fit_is_refused_untouched(
    said: dict[str, Any], words: str, copy_of: Callable[..., Path], settings: Settings
) -> None:
    with pytest.raises(ArchiveError, match=words):
        restoring.restore(copy_of(**said), tell=print)

    assert not (settings.DATA_DIR / "private/x").exists()
    assert sending.closed() is None


def test_a_base_with_people_in_it_is_refused(copy_of: Callable[..., Path], store: Store, settings: Settings) -> None:
    with pytest.raises(BaseError, match="--over"):
        restoring.restore(copy_of(), tell=print)

    assert (Store.objects.count(), (settings.DATA_DIR / "private/x").exists()) == (1, False)


def test_less_than_was_kept_is_no_restore(copy_of: Callable[..., Path]) -> None:
    with pytest.raises(BaseError, match="clients_client: 0 of 5 rows"):
        restoring.restore(copy_of(counts={"clients_client": 5}), tell=print)


def test_a_whole_copy_closes_sending_as_of_its_moment(copy_of: Callable[..., Path]) -> None:
    told = restoring.restore(copy_of(), tell=print)

    stamp = sending.closed()
    assert (told.files, told.wrong) == (1, 0)
    assert stamp is not None
    assert (stamp.at, stamp.stops_at - timezone.now() < timedelta(minutes=1)) == (told.made_at, True)
