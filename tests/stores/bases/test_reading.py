"""Pages that are read from a replica: a copy of the base as it was, that knows nothing of what came after."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper

from stores.bases import reading, replica
from stores.models import Employee
from tests.conftest import Sell, SignIn

RECEIPTS = "/sales/?first=2026-03-01&last=2026-03-31"
HOUSE = settings.BASE_DIR


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Makes a second base out of the first one as it stands: on SQLite a copy, on PostgreSQL a window on the same base."""
    monkeypatch.setattr(replica.watch, "is_fit", lambda: True)
    monkeypatch.setattr("django.conf.settings.DATABASES", {**settings.DATABASES, "replica": {}}, raising=False)
    monkeypatch.setattr("django.db.router.routers", [replica.Router()])

    def make() -> None:
        told = {**connections["default"].settings_dict}
        if connection.vendor == "sqlite":
            told["NAME"] = str(tmp_path / "replica.sqlite3")
            with sqlite3.connect(told["NAME"]) as file:
                connection.connection.backup(file)
        connections.databases["replica"] = told
        connections["replica"].connect()  # by itself a test opens none that it did not name

    yield make
    if "replica" in connections.databases:
        connections["replica"].close()
        del connections["replica"]
        del connections.databases["replica"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_list_of_receipts_is_read_from_it_until_one_writes(
    copy: Callable[[], None], manager: Employee, sell: Sell, signed_in: SignIn
) -> None:
    browser = signed_in(manager)
    copy()
    asked = Asked()

    with connections["replica"].execute_wrapper(asked):
        browser.get(RECEIPTS)
    assert any("purchases_purchase" in sql for sql in asked.sql)

    browser.post("/sales/new/", {})
    assert browser.cookies["wrote"]["max-age"] > replica.MOST_BEHIND
    asked.sql.clear()
    with connections["replica"].execute_wrapper(asked):
        browser.get(RECEIPTS)
    assert asked.sql == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_it_shows_what_it_has_and_the_primary_shows_all(
    copy: Callable[[], None], manager: Employee, sell: Sell, signed_in: SignIn
) -> None:
    copy()
    sell(None, date(2026, 3, 7), 10_000, receipt_number="Z-1", no_card_reason="declined")
    browser = signed_in(manager)

    behind = browser.get(RECEIPTS).content.decode()
    browser.cookies["wrote"] = "1"
    mine = browser.get(RECEIPTS).content.decode()

    assert ("Z-1" in behind, "Z-1" in mine) == (False, True)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_that_breaks_meanwhile_makes_the_primary_answer(
    copy: Callable[[], None], manager: Employee, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(manager)
    copy()
    rested: list[object] = []
    monkeypatch.setattr(replica.watch, "rest", rested.append)

    with connections["replica"].execute_wrapper(gone):
        answer = browser.get(RECEIPTS)

    assert (answer.status_code, len(rested)) == (200, 1)


def gone(execute: object, sql: str, *more: object) -> None:
    raise OperationalError("terminating connection due to administrator command")


class Asked:
    """The statements that went through a connection."""

    def __init__(self) -> None:
        self.sql: list[str] = []

    def __call__(self, execute: Callable[..., CursorWrapper], sql: str, *more: object) -> CursorWrapper:
        self.sql.append(sql)
        return execute(sql, *more)


def test_without_a_replica_no_cookie_is_set(manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)
    browser.post("/sales/new/", {})

    assert reading.COOKIE not in browser.cookies


def test_only_views_read_from_it() -> None:
    users = {
        str(path.relative_to(HOUSE))
        for app in settings.HOUSE
        for path in (HOUSE / app).rglob("*.py")
        if "from_replica" in path.read_text() or "replica.reading" in path.read_text()
    }

    assert all("views" in name for name in users - {"stores/bases/reading.py", "stores/bases/replica.py"})
