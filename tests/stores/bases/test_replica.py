"""How far behind a replica is, and what is read from it."""

from time import monotonic

import pytest
from django.db import OperationalError, transaction

from clients.models import Client
from stores.bases import replica
from stores.bases.replica import Router, Watch

CAUGHT_UP, BEHIND = (True, 900.0, None), (True, 100.0, None)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What both sides answer; an exception is raised instead."""
    answers: dict[str, object] = {"default": (1_000.0, 900.0), "replica": CAUGHT_UP}

    def answer(alias: str, sql: str) -> object:
        if isinstance(answers[alias], Exception):
            raise answers[alias]  # type: ignore[misc]
        return answers[alias]

    monkeypatch.setattr(replica, "_one", answer)
    monkeypatch.setattr(replica, "LOOKED_EACH", 0.0)
    return answers


def test_a_replica_that_has_all_is_not_behind_however_long_nothing_happened(says: dict[str, object]) -> None:
    assert Watch().behind() == 0.0


def test_one_that_was_cut_off_is_behind_by_the_time_since_the_log_moved_on(says: dict[str, object]) -> None:
    watch = Watch()
    watch.behind()
    says["default"] = (1_012.0, 950.0)

    assert watch.behind() == 12.0
    assert not watch.is_fit()


def test_what_it_replayed_last_tells_where_nothing_else_is_known(says: dict[str, object]) -> None:
    says["replica"] = (True, 100.0, 996.5)

    assert Watch().behind() == 3.5


@pytest.mark.parametrize("told", [BEHIND, (False, 900.0, 1_000.0)], ids=["nothing known", "made a primary"])
def test_one_of_which_nothing_is_known_is_not_read(says: dict[str, object], told: object) -> None:
    says["replica"] = told

    assert Watch().behind() is None
    assert not Watch().is_fit()


def test_one_that_is_gone_is_left_alone_and_then_asked_again(says: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    says["replica"] = OperationalError("gone")
    assert not watch.is_fit()
    says["replica"] = CAUGHT_UP
    assert not watch.is_fit()

    later = monotonic() + replica.REST
    monkeypatch.setattr(replica, "monotonic", lambda: later)

    assert watch.is_fit()


def test_nothing_but_a_reading_view_reads_it(store: object) -> None:
    replica.forget_writes()

    assert Router().db_for_read(Client) == "default"
    with replica.reading():
        assert Router().db_for_read(Client) == "default"  # a test is a transaction


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_transaction_and_a_write_lead_back_to_the_primary() -> None:
    replica.forget_writes()
    with replica.reading():
        read = [Router().db_for_read(Client)]
        with transaction.atomic():
            read.append(Router().db_for_read(Client))
        read.append(Router().db_for_read(Client))
        Router().db_for_write(Client)
        read.append(Router().db_for_read(Client))

    assert read == ["replica", "default", "replica", "default"]
    replica.forget_writes()
