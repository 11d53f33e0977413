"""What a person may tell a list to do, and when it does as told."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from clients.models import Client
from imports import intake, services, values
from imports.models import Decision, ImportState, ListImport, Settlement, StagedRow, ValueMeaning
from imports.passes import engine
from imports.passes.handlers import NotReadyError
from stores.models import Employee, Role, Store
from tests.conftest import Sell
from tests.factories import ClientFactory, employee
from tests.imports.brought import HEADER, keep, people
from tests.present import present


def test_two_admins_with_one_file_apply_it_once(db: None) -> None:
    first, second = (engine.preview(keep(people(5))) for _admin in range(2))
    services.start(first)

    with pytest.raises(NotReadyError):
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


def of_stores(*rows: str) -> ListImport:
    """A list of purchases, applied, whose stores nobody knows."""
    kept = intake.keep_file("purchases", BytesIO("\n".join(["Дата;Сумма;Магазин", *rows]).encode()), "list.csv", by=None)
    return engine.apply(intake.read(kept))


def test_an_answer_says_who_gave_it_and_is_changed_and_taken_back(store: Store, other_store: Store, admin: Employee) -> None:
    kept = of_stores("25.02.2026;500;Нигде")
    (question,) = values.questions(kept)
    other = employee(Role.ADMIN)

    for meaning, by in (("luxury", admin), ("luxury", other), ("duet", other), ("", admin)):
        services.answer_values(kept, [(question, meaning)], by=by)
        held = ValueMeaning.objects.first()
        assert (held and (held.meaning, held.by)) == {"luxury": ("luxury", admin), "duet": ("duet", other), "": None}[meaning]
        ListImport.objects.update(state=ImportState.APPLIED)


def test_nothing_is_answered_while_a_list_runs_or_has_no_rows_yet(store: Store, admin: Employee) -> None:
    kept = of_stores("25.02.2026;500;Нигде")
    asked = [(question, "luxury") for question in values.questions(kept)]

    for state in (ImportState.READ, ImportState.APPLYING, ImportState.PAUSED, ImportState.UNDONE):
        ListImport.objects.update(state=state)
        with pytest.raises(NotReadyError, match=state):
            services.answer_values(kept, asked, by=admin)

    assert not ValueMeaning.objects.exists()


def test_the_same_file_is_not_answered_while_another_upload_of_it_is_applied(store: Store, admin: Employee) -> None:
    first, second = (of_stores("25.02.2026;500;Нигде") for _time in range(2))
    ListImport.objects.filter(pk=second.pk).update(state=ImportState.APPLYING)

    with pytest.raises(NotReadyError, match="same file"):
        services.answer_values(first, [(question, "luxury") for question in values.questions(first)], by=admin)

    assert (ListImport.objects.get(pk=first.pk).state, ValueMeaning.objects.count()) == (ImportState.APPLIED, 0)


def test_rows_that_waited_go_on_when_their_file_is_gone(store: Store, admin: Employee) -> None:
    kept = of_stores("25.02.2026;500;Нигде")
    intake.forget_file(kept)

    services.answer_values(kept, [(question, "luxury") for question in values.questions(kept)], by=admin)
    engine.advance(kept)

    assert (kept.state, kept.counts) == (ImportState.APPLIED, {"created": 1})


def test_a_row_that_waits_for_an_answer_can_only_be_skipped(store: Store) -> None:
    row = of_stores("25.02.2026;500;Нигде").rows.get()

    assert intake.spec_of(row.list_import).choices(row) == (Decision.SKIP,)
