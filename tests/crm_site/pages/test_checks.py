"""A base of before the first release says so."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from crm_site.pages.checks import base_is_of_this_line


def test_a_base_of_this_line_passes(db: None) -> None:
    assert base_is_of_this_line(["default"]) == []


@pytest.mark.parametrize(("app", "found"), [("clients", ["carat.E001"]), ("sessions", [])])
def test_a_migration_that_the_house_no_more_knows_is_told(db: None, app: str, found: list[str]) -> None:
    MigrationRecorder(connection).record_applied(app, "0099_of_before")

    assert [message.id for message in base_is_of_this_line(["default"])] == found


def test_no_base_is_looked_at_unasked(db: None) -> None:
    MigrationRecorder(connection).record_applied("clients", "0099_of_before")

    assert base_is_of_this_line() == []
