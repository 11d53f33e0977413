"""What a person may tell a list to do, and when it does as told."""

from collections.abc import Callable
from datetime import date

import pytest

from clients.models import Client
from imports import intake, services
from imports.models import Decision, ImportState, ListImport, Settlement, StagedRow
from imports.passes import engine
from imports.passes.engine import NotReadyError
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.imports.brought import HEADER, keep, people
from tests.present import present


def test_two_admins_with_one_file_apply_it_once(db: None) -> None:
    first, second = (engine.preview(keep(people(5))) for _admin in range(2))
    services.start(first)

    with pytest.raises(engine.NotReadyError):
        services.start(second)
    engine.advance(first)

    assert services.twin(second) == first
    services.start(second)
    engine.advance(second)
    assert (second.counts, Client.objects.count()) == ({"unchanged": 5}, 5)


@pytest.mark.parametrize("step", [services.start, services.pause, services.resume, services.undo])
def test_a_list_does_nothing_that_its_state_forbids(db: None, step: Callable[[ListImport], None]) -> None:
    kept = keep(people(2))

    with pytest.raises(NotReadyError, match="read"):
        step(kept)

    assert ListImport.objects.get().state == ImportState.READ


def test_a_list_whose_file_is_gone_goes_nowhere(db: None) -> None:
    kept = engine.preview(keep(people(2)))
    intake.forget_file(kept)

    for step in (services.start, services.prepare, services.back_to_columns):
        with pytest.raises(NotReadyError, match="file"):
            step(kept)

    assert ListImport.objects.get().state == ImportState.PLANNED


def test_the_columns_are_looked_at_again_and_only_what_may_be_preferred_is(db: None) -> None:
    kept = engine.preview(keep(people(2)))

    services.back_to_columns(kept)
    assert kept.state == ImportState.READ
    services.prepare(kept, prefer=["email", "full_name", "нет"])

    assert (kept.state, kept.prefer, kept.counts) == (ImportState.PLANNING, ["email"], {})


def conflicting() -> ListImport:
    """A list whose row means the holder of a phone, or somebody else."""
    ClientFactory.create(phone="+79147012233")
    return keep(HEADER + "Орлова Анна;01.02.1980;89147012233;orlova@example.ru\n")


def test_nothing_is_decided_while_a_list_runs_nor_what_the_row_does_not_ask(admin: Employee) -> None:
    kept = engine.preview(conflicting())
    row = kept.rows.get()
    ListImport.objects.update(state=ImportState.APPLYING)

    with pytest.raises(NotReadyError, match="applying"):
        services.settle(row, Decision.SAME, by=admin)
    ListImport.objects.update(state=ImportState.PLANNED)
    StagedRow.objects.update(reason="unheard of")
    with pytest.raises(NotReadyError, match="same"):
        services.settle(row, Decision.SAME, by=admin)

    assert (kept.rows.get().decision, Settlement.objects.count(), services.to_settle(kept)) == ("", 0, 1)


def test_a_word_is_taken_back_before_the_list_is_applied_and_not_after(admin: Employee) -> None:
    kept = engine.preview(conflicting())
    services.settle(kept.rows.get(), Decision.OTHER, by=admin)

    services.unsettle(kept.rows.get())
    assert (kept.rows.get().decision, Settlement.objects.count()) == ("", 0)
    services.settle(kept.rows.get(), Decision.OTHER, by=admin)
    engine.apply(kept)
    with pytest.raises(NotReadyError, match="applied"):
        services.unsettle(kept.rows.get())

    assert (kept.rows.get().decision, Settlement.objects.count()) == ("other", 1)


def test_a_card_that_is_in_use_is_not_exchanged(admin: Employee, sell: Sell) -> None:
    orlova = ClientFactory.create(last_name="Орлова", first_name="Анна", middle_name="", birth_date=date(1980, 2, 1))
    kept = engine.apply(keep(HEADER + "Орлово Анна;01.02.1980;89149992233;x@example.ru\n"))
    row = kept.rows.get()
    sell(Client.objects.get(pk=present(row.subject)), date(2026, 1, 2), 1_000)

    with pytest.raises(services.StillInUseError, match="stays: purchases"):
        services.settle(row, Decision.SAME, by=admin)

    assert (row.resembles, kept.rows.get().decision) == (orlova.pk, "")
    assert Client.objects.count() == 2


def test_where_nothing_is_suggested_nothing_is_accepted(admin: Employee) -> None:
    kept = engine.apply(keep(people(1)))

    assert services.accept_suggestion(kept.rows.get(), by=admin) is False
    assert (kept.rows.get().decision, Client.objects.get().email) == ("", "e0@example.ru")


def test_a_file_that_nobody_applied_has_no_twin(db: None) -> None:
    first, second = (keep(people(2)) for _time in range(2))

    assert services.twin(second) is None
    engine.apply(first)
    assert (services.twin(second), services.twin(first)) == (first, None)
