"""The base past a PgBouncer."""

import pytest
from django.db import connections

from stores.bases import direct


def test_it_is_the_usual_one_where_no_pgbouncer_is_between() -> None:
    assert direct.connection().alias == "default"


def test_it_is_the_server_itself_where_its_address_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.settings, "direct", connections.settings["default"])
    try:
        assert direct.connection().alias == "direct"
    finally:
        del connections["direct"]
