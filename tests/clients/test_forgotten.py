from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from clients import forgotten, rights
from clients.models import Client, ErasedMark
from imports import services
from imports.models import Decision, ListImport, Outcome, StagedRow
from imports.passes import engine
from imports.passes.handlers import NotReadyError
from stores.models import Employee, Role
from tests.clients.import_steps import applied, outcomes, take
from tests.conftest import DATA
from tests.factories import employee
from tests.lists import bring
from tests.present import present

ROW = "З-77;Забытова Вера Ильинична;06.06.1991;+7 914 555-13-01;z13@example.ru\n"


@pytest.fixture
def boss(db: None) -> Employee:
    return employee(Role.ADMIN)


@pytest.fixture
def erased(boss: Employee) -> None:
    (row,) = bring("clients", DATA / "field-reports" / "clients-erased-again.csv")
    rights.erase(Client.objects.get(pk=present(row.subject)), basis="asked in writing", by=boss)


def only_row(kept: ListImport) -> StagedRow:
    return kept.rows.get()


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        ";Иванова Анна;;8 914 555 13 01;\n",
        ";Иванова Анна;;;Z13@example.ru\n",
        ";Забытова Вера;06.06.1991;+7 914 555-99-01;new@example.ru\n",
        "з-77;Кто-то;;;\n",
    ],
)
def test_who_was_erased_waits_for_a_decision(erased: None, row: str) -> None:
    kept = engine.preview(take(row))
    assert (only_row(kept).outcome, only_row(kept).reason) == (Outcome.CONFLICT, f"erased on: {timezone.localdate()}")

    kept = applied(row)

    assert outcomes(kept) == [Outcome.CONFLICT]
    assert not Client.objects.live().exists()
    assert outcomes(applied(row)) == [Outcome.CONFLICT]


def test_others_of_the_list_are_taken(erased: None) -> None:
    assert outcomes(applied(ROW + ";Орлова Анна;01.02.1980;8 914 701 22 33;orlova@example.ru\n")) == ["conflict", "created"]


@pytest.mark.parametrize("decision", [Decision.TAKE, Decision.OTHER])
def test_by_a_decision_they_come_back(erased: None, boss: Employee, decision: Decision) -> None:
    row = services.settle(only_row(applied(ROW)), decision, by=boss)

    assert row.outcome == Outcome.CREATED
    assert [client.last_name for client in Client.objects.live()] == ["Забытова"]
    assert outcomes(applied(ROW)) == [Outcome.UNCHANGED]


def test_skipped_the_text_goes_and_stays_gone(erased: None, boss: Employee) -> None:
    row = services.settle(only_row(applied(ROW)), Decision.SKIP, by=boss)
    assert (row.raw, row.decision) == ([], Decision.SKIP)
    with pytest.raises(NotReadyError):
        services.unsettle(row)

    again = only_row(applied(ROW))

    assert (again.outcome, again.raw, again.decision) == (Outcome.CONFLICT, [], Decision.SKIP)


def test_after_thirty_days_the_text_goes_undecided(erased: None) -> None:
    kept = applied(ROW)
    assert forgotten.sweep(timezone.now()) == 0

    assert forgotten.sweep(timezone.now() + timedelta(days=31)) == 1

    kept.refresh_from_db()
    assert (only_row(kept).raw, bool(kept.file)) == ([], False)


def test_marks_tell_nothing_and_outlive_a_change_of_the_key(erased: None, settings: Settings) -> None:
    former = settings.SECRET_KEY
    assert not any(word in mark.digest for mark in ErasedMark.objects.all() for word in ("5551301", "z13"))

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [former]

    assert outcomes(applied(ROW)) == [Outcome.CONFLICT]


def test_a_phone_that_somebody_else_has_too_marks_nobody(boss: Employee) -> None:
    kept = applied(ROW + ";Забытов Пётр;07.07.1990;+7 914 555-13-02;z14@example.ru\n")
    first = Client.objects.get(pk=present(kept.rows.get(number=1).subject))
    rights.erase(first, basis="asked", by=boss)

    assert outcomes(applied(";Забытов Пётр;;+7 914 555-13-02;\n")) == [Outcome.UNCHANGED]
