"""A disk without room is said in words, spoils nothing, and is over when there is room again."""

import errno
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory

from clients.models import Client
from crm_site import full_disk
from messaging.models import Pause
from stores.models import Employee
from tests.conftest import SignIn


@pytest.fixture
def full(django_db_serialized_rollback: None, transactional_db: None) -> Iterator[None]:
    """The base cannot grow by a single page."""
    if connection.vendor != "sqlite":
        pytest.skip("a server's disk is filled by the drill")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 4294967294")


def test_what_cannot_be_saved_is_said_and_nothing_is_lost(full: None, card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    browser.raise_request_exception = False
    words = {"reason": "слов много " * 15}
    while (answer := browser.post(f"/clients/{card.pk}/pause/", words)).status_code == 302:
        kept = Pause.objects.count()

    assert (answer.status_code, "кончилось место" in answer.content.decode()) == (507, True)
    assert Pause.objects.count() == kept


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full"),
     OperationalError('could not extend file "base/5/1": No space left on device')],
)  # fmt: skip
def test_it_is_known_by_its_number_and_by_its_words(error: Exception) -> None:
    wrapped = RuntimeError("saving failed")
    wrapped.__cause__ = error

    assert (full_disk.is_full_disk(error), full_disk.is_full_disk(wrapped)) == (True, True)
    assert not full_disk.is_full_disk(OperationalError("database is locked"))


@pytest.mark.parametrize(("free", "full"), [(0, True), (1 << 30, False)])
def test_a_disk_that_cannot_be_written_is_full_where_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch, free: int, full: bool
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: _Usage(free))

    assert full_disk.is_full_disk(OperationalError("disk I/O error")) == full


class _Usage(NamedTuple):
    free: int


def test_a_session_that_could_not_be_kept_ends_in_the_same_words() -> None:
    request = RequestFactory().get("/")
    try:
        raise OperationalError("database or disk is full") from sqlite3.OperationalError("database or disk is full")
    except OperationalError:
        said = full_disk.server_error(request)
    try:
        raise ValueError
    except ValueError:
        other = full_disk.server_error(request)

    assert (said.status_code, other.status_code) == (507, 500)


def test_other_errors_stay_what_they_are() -> None:
    middleware = full_disk.FullDiskMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]

    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None
