"""A list that is taken back leaves the base as it was, whatever was in it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clients import services as clients_services
from clients.models import CardState, Client, ClientKey, ContactConflict, FactSource
from imports import services
from imports.models import ImportState, ListImport, Settlement
from imports.passes import engine
from stores.models import Employee
from stores.opened import edit_now
from tests.clients.import_steps import ORLOVA, SECOND, applied, outcomes, take, undo
from tests.conftest import Sell
from tests.factories import ClientFactory


def facts() -> list[tuple[Any, ...]]:
    return list(
        Client.objects.order_by("pk").values_list(
            "state", "last_name", "first_name", "middle_name", "birth_date", "phone", "email", "note", "home_store"
        )
    )


def test_undo_leaves_the_base_as_it_was(orlova: Client) -> None:
    before = facts()
    kept = applied("К1" + ORLOVA + "К2" + SECOND.replace("22 33", "22 44") + "К3;Пустой Ян;;;\n")
    assert Client.objects.count() == 3

    undo(kept)

    assert facts() == before
    assert not ClientKey.objects.exists()
    assert not ContactConflict.objects.exists()
    assert set(kept.rows.values_list("undone", flat=True)) == {"back"}
    assert ListImport.objects.get().state == ImportState.UNDONE


def test_what_people_used_since_stays_and_says_why(db: None, seller: Employee, sell: Sell) -> None:
    kept = applied(ORLOVA + SECOND.replace("22 33", "22 44") + ";Пустой Ян;;;\n")
    orlova, belova, _pustoy = Client.objects.order_by("pk")
    sell(orlova, date(2026, 1, 2), 1000)
    clients_services.correct_card(belova, edit=edit_now(belova, note="звонила"), by=seller)

    undo(kept)

    assert dict(kept.rows.values_list("number", "undone")) == {1: "stays: purchases", 2: "stays: changed since", 3: "back"}
    assert set(Client.objects.values_list("pk", flat=True)) == {orlova.pk, belova.pk}


def test_a_fact_that_somebody_changed_since_is_not_put_back(orlova: Client, seller: Employee) -> None:
    Client.objects.update(email=None, state=CardState.INCOMPLETE)
    kept = applied(ORLOVA)
    card = Client.objects.get()
    clients_services.correct_card(card, edit=edit_now(card, email="third@example.ru"), by=seller)

    undo(kept)

    card.refresh_from_db()
    assert (card.email, card.middle_name) == ("third@example.ru", "")
    assert kept.rows.get().undone == "changed since: email"


def test_an_undone_list_can_be_applied_again(db: None) -> None:
    kept = applied(ORLOVA)
    undo(kept)

    services.prepare(kept)
    engine.apply(engine.preview(kept))

    assert (outcomes(kept), Client.objects.count()) == (["created"], 1)


def test_undo_goes_on_where_it_was_cut(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 2)
    kept = applied("".join(f";Иванова Елена;01.02.19{n + 40};8914{n + 7_000_000};e{n}@example.ru\n" for n in range(7)))
    services.undo(kept)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.take_back(kept, progress=stop)
    assert Client.objects.count() == 5
    engine.take_back(ListImport.objects.get())

    assert not Client.objects.exists()


NAMES = st.sampled_from(
    ["Орлова Анна", "ОРЛОВА А.", "Орлова Анна Петровна", "Белова Ольга", "Белов Олег", "Орлово Анна", "Итого", ""]
)


DAYS = st.sampled_from(["01.02.1980", "02.01.1980", "1.2.80", "", "31.02.1980"])


PHONES = st.sampled_from(["89147012233", "+7 914 701-22-34", "89147012235", "", "нет"])


EMAILS = st.sampled_from(["a@example.ru", "b@example.ru", "a@example,ru", ""])


ROWS = st.lists(st.tuples(st.sampled_from(["", "К1", "К2"]), NAMES, DAYS, PHONES, EMAILS), min_size=1, max_size=9)


def text_of(rows: list[tuple[str, ...]]) -> str:
    return "".join(";".join(row) + "\n" for row in rows)


# Two cards of one person, of whom only the elder has a phone: the row with a third phone means the elder, planned or written.
TWO_OF_ONE = [
    ("", "Орлова Анна", "02.01.1980", "+7 914 701-22-34", "a@example.ru"), ("", "Орлова Анна", "", "89147012233", "a@example.ru"),
    ("", "Орлова Анна", "01.02.1980", "", "a@example.ru"), ("", "Орлова Анна", "01.02.1980", "89147012233", "a@example.ru"),
]  # fmt: skip


AND_A_THIRD_PHONE = [TWO_OF_ONE[2], TWO_OF_ONE[3], ("", "Орлова Анна", "01.02.1980", "89147012235", "a@example.ru")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(first=TWO_OF_ONE, second=AND_A_THIRD_PHONE, chunk=1, prefer=[])
@given(
    first=ROWS, second=ROWS, chunk=st.sampled_from([1, 2, 1000]), prefer=st.sampled_from([[], ["email"], ["phone", "birth_date"]])
)
def test_preview_promises_undo_restores_and_again_changes_nothing(
    db: None, first: list[tuple[str, ...]], second: list[tuple[str, ...]], chunk: int, prefer: list[str]
) -> None:
    engine.CHUNK, usual = chunk, engine.CHUNK
    try:
        applied(text_of(first))
        before = facts()
        kept = engine.preview(take(text_of(second), prefer=prefer))
        promised = list(kept.rows.order_by("number").values_list("outcome", "reason"))
        assert facts() == before

        engine.apply(kept)
        assert list(kept.rows.order_by("number").values_list("outcome", "reason")) == promised
        assert sum(kept.counts.values()) == len(second)
        after = facts()

        undo(kept)
        assert facts() == before
        engine.apply(engine.preview(_again(kept)))
        assert facts() == after
    finally:
        engine.CHUNK = usual
        for model in (ContactConflict, ClientKey, FactSource, Settlement):
            model.objects.all().delete()
        Client.objects.update(reached_through=None)
        Client.objects.all().delete()
        ListImport.objects.all().delete()


def _again(kept: ListImport) -> ListImport:
    services.prepare(kept, prefer=kept.prefer)
    return kept


def test_a_phone_that_is_somebody_elses_by_now_is_not_put_back(orlova: Client) -> None:
    kept = applied(ORLOVA.replace("22 33", "22 99").replace("orlova@example.ru", ""), prefer=["phone"])
    other = ClientFactory.create(phone="+79147012233")

    undo(kept)

    orlova.refresh_from_db()
    assert (orlova.phone, other.phone, kept.rows.get().undone) == ("+79147012299", "+79147012233", "changed since: phone")
