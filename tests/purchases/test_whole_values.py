"""Writings that nobody knows are explained once by a person, and the rows that waited for that go on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from imports import services, values
from imports.models import Decision, ImportState, ListImport, StagedRow, ValueMeaning
from imports.passes import corrections, engine
from imports.specs import SourceRow
from purchases.models import Piece, Purchase
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import DATA
from tests.lists import answer, bring, verdicts

REPORTS = DATA / "field-reports"
SPELLINGS, NO_STORE = REPORTS / "purchases-store-spellings.csv", REPORTS / "purchases-no-store-column.csv"
CREATED, UPDATED, UNCHANGED, CONFLICT, REJECTED = "created", "updated", "unchanged", "conflict", "rejected"
DUET = "roskosh-duet"


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two clients of the reports, in a chain of two stores."""
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", REPORTS / "clients-base.csv", source="LAB")
    Store.objects.create(code="luxury", name="Роскошь-Luxury")


@pytest.fixture
def by(db: None) -> Employee:
    return factories.employee(Role.ADMIN)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: str, columns: str = "Магазин", name: str = "list.csv") -> Path:
        path = tmp_path / name
        header = f"Чек;Телефон клиента;Дата;Артикул;Сумма;{columns}"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def of(rows: list[StagedRow]) -> ListImport:
    return ListImport.objects.get(pk=rows[0].list_import_id)


def now(found: ListImport) -> list[str]:
    return verdicts(list(found.rows.order_by("number")))


def asked(found: ListImport) -> dict[str, int]:
    """The writings that a person is asked about, with their rows."""
    return {one.said.text: one.said.rows for one in values.questions(found) if one.is_open}


def test_each_unknown_store_is_asked_once_and_an_empty_one_for_this_file_alone(base: None, by: Employee) -> None:
    rows = bring("purchases", SPELLINGS, source="LAB")
    assert verdicts(rows) == [CREATED] * 5 + [CONFLICT] * 4
    assert [row.reason for row in rows[5:]] == ["store: Дуэт", "store: duet", "store: ТЦ Роскошь-Дуэт", "store"]
    assert asked(of(rows)) == {"Дуэт": 1, "duet": 1, "ТЦ Роскошь-Дуэт": 1, "": 1}

    done = answer(of(rows), by, store=dict.fromkeys(asked(of(rows)), DUET))

    assert (now(done), done.state) == ([CREATED] * 9, ImportState.APPLIED)
    assert done.counts == {CREATED: 9}
    assert set(Purchase.objects.values_list("store__code")) == {(DUET,)}
    assert set(ValueMeaning.objects.values_list("key", "list_import", "by")) == {
        ("дуэт", None, by.pk), ("duet", None, by.pk), ("тцроскошьдуэт", None, by.pk), ("", done.pk, by.pk),
    }  # fmt: skip


def test_the_next_file_asks_for_nothing_but_its_own_store(base: None, by: Employee) -> None:
    first = of(bring("purchases", SPELLINGS, preview=True, source="LAB"))
    answer(first, by, store=dict.fromkeys(asked(first), DUET))

    again = bring("purchases", SPELLINGS, source="LAB")
    elsewhere = bring("purchases", SPELLINGS, source="another", preview=True)

    assert verdicts(again) == [CREATED] * 8 + [CONFLICT]
    assert asked(of(again)) == {"": 1}
    assert sorted(asked(of(elsewhere))) == ["", "duet", "Дуэт", "ТЦ Роскошь-Дуэт"]


def test_a_file_without_stores_is_asked_which_store_it_is_of(base: None, by: Employee) -> None:
    rows = bring("purchases", NO_STORE, source="LAB")
    assert (verdicts(rows), asked(of(rows)), Piece.objects.count()) == ([CONFLICT] * 3, {"": 3}, 0)

    done = answer(of(rows), by, store={"": DUET})

    assert now(done) == [CREATED] * 3
    assert set(Purchase.objects.values_list("store__code")) == {(DUET,)}
    assert verdicts(bring("purchases", NO_STORE, source="LAB")) == [CONFLICT] * 3


def test_a_chain_of_one_store_is_asked_only_where_a_cell_names_another(base: None, by: Employee) -> None:
    Store.objects.filter(code="luxury").delete()

    assert verdicts(bring("purchases", NO_STORE, source="LAB")) == [CREATED] * 3
    rows = bring("purchases", SPELLINGS, source="LAB")
    assert verdicts(rows) == [CREATED] * 5 + [CONFLICT] * 3 + [CREATED]
    assert sorted(asked(of(rows))) == ["duet", "Дуэт", "ТЦ Роскошь-Дуэт"]


def test_an_answer_in_the_preview_makes_it_again_and_keeps_what_was_decided(base: None, by: Employee) -> None:
    found = of(bring("purchases", SPELLINGS, preview=True, source="LAB"))
    services.settle(found.rows.get(number=9), Decision.SKIP, by=by)

    planned = answer(found, by, store={"Дуэт": "luxury", "": DUET})
    assert now(planned) == [CREATED] * 6 + [CONFLICT] * 2 + [CREATED]
    assert planned.rows.get(number=9).decision == Decision.SKIP
    changed = answer(planned, by, store={"Дуэт": DUET, "": ""})

    assert (now(changed), changed.state) == ([CREATED] * 6 + [CONFLICT] * 3, ImportState.PLANNED)
    assert changed.rows.get(number=9).decision == Decision.SKIP
    assert ValueMeaning.objects.get().meaning == DUET
    services.start(changed)
    engine.advance(changed)
    assert Purchase.objects.count() == 6


def test_exactly_the_rows_that_waited_go_on(base: None, by: Employee) -> None:
    found = of(bring("purchases", SPELLINGS, source="LAB"))
    before = dict(found.rows.exclude(reason="store: Дуэт").values_list("pk", "outcome"))

    done = answer(found, by, store={"Дуэт": DUET})

    assert (done.rows.get(number=6).outcome, Piece.objects.count()) == (CREATED, 6)
    assert dict(found.rows.exclude(number=6).values_list("pk", "outcome")) == before
    assert sum(done.counts.values()) == done.rows_total


def test_a_killed_worker_goes_on_with_the_rows_that_still_wait(base: None, by: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", 2)
    found = of(bring("purchases", SPELLINGS, source="LAB"))
    go_on, chunks = corrections.with_former, []

    def dies(list_import: ListImport, rows: list[SourceRow]) -> list[SourceRow]:
        chunks.append(rows)
        if len(chunks) > 1:
            raise KeyboardInterrupt
        return go_on(list_import, rows)

    monkeypatch.setattr(corrections, "with_former", dies)
    with pytest.raises(KeyboardInterrupt):
        answer(found, by, store=dict.fromkeys(asked(found), DUET))
    cut = ListImport.objects.get(pk=found.pk)
    assert (cut.state, now(cut), Piece.objects.count()) == (ImportState.APPLYING, [CREATED] * 7 + [CONFLICT] * 2, 7)
    monkeypatch.setattr(corrections, "with_former", go_on)

    done = engine.advance(cut)

    assert (done.state, now(done), Piece.objects.count()) == (ImportState.APPLIED, [CREATED] * 9, 9)
    assert done.counts == {CREATED: 9}


def test_what_went_on_is_taken_back_with_its_list(base: None, by: Employee) -> None:
    done = answer(of(bring("purchases", NO_STORE, source="LAB")), by, store={"": DUET})

    services.undo(done)
    engine.advance(done)

    assert (ListImport.objects.get(pk=done.pk).state, Piece.objects.count()) == (ImportState.UNDONE, 0)


def test_a_line_that_waited_is_not_taken_for_its_like_behind_it(base: None, by: Employee, write: Callable[..., Path]) -> None:
    line = "1;+7 914 555-01-02;01.02.2026;К-1;500;"
    path = write(f"{line}Дуэт", f"{line}Роскошь-Дуэт", f"{line}Дуэт")

    done = answer(of(bring("purchases", path, source="LAB")), by, store={"Дуэт": DUET})

    assert (now(done), Piece.objects.count()) == ([CREATED] * 3, 3)
    assert verdicts(bring("purchases", path, source="LAB")) == [UNCHANGED] * 3


def test_a_return_that_waited_for_its_sale_goes_on_with_it(base: None, by: Employee, write: Callable[..., Path]) -> None:
    path = write("1;+7 914 555-01-02;01.02.2026;К-1;500;Дуэт", "2;+7 914 555-01-02;05.02.2026;К-1;-500;Дуэт")
    rows = bring("purchases", path, source="LAB")
    assert verdicts(rows) == [CONFLICT] * 2

    done = answer(of(rows), by, store={"Дуэт": DUET})

    assert now(done) == [CREATED, UPDATED]
    assert [str(piece.returned_on) for piece in Piece.objects.all()] == ["2026-02-05"]


def test_operations_that_nobody_knows_are_asked(base: None, by: Employee, write: Callable[..., Path]) -> None:
    operations = ["Приход", "Обмен", "Внесение", "Коррекция"]
    path = write(
        *(f"{at};+7 914 555-01-02;0{at}.02.2026;К-1;500;luxury;{said}" for at, said in enumerate(operations, 1)),
        columns="Магазин;Вид операции",
    )
    rows = bring("purchases", path, source="LAB")
    assert [(row.outcome, row.reason) for row in rows] == [
        (CREATED, ""), (CONFLICT, "operation: Обмен"), (CONFLICT, "operation: Внесение"), (CONFLICT, "operation: Коррекция"),
    ]  # fmt: skip

    done = answer(of(rows), by, operation={"Обмен": "back", "Внесение": "neither", "Коррекция": "sale"})

    assert now(done) == [CREATED, UPDATED, REJECTED, CREATED]
    assert done.rows.get(number=3).reason == "neither"
    assert [piece.returned_on is None for piece in Piece.objects.order_by("pk")] == [False, True]


def test_a_mark_of_return_is_asked_but_a_sum_is_none(base: None, by: Employee, write: Callable[..., Path]) -> None:
    path = write(
        "1;+7 914 555-01-02;01.02.2026;К-1;500;luxury;смотри акт", "2;+7 914 555-01-02;02.02.2026;К-2;500;luxury;43900 руб",
        columns="Магазин;Возврат",
    )  # fmt: skip
    rows = bring("purchases", path, source="LAB")
    assert [(row.outcome, row.reason) for row in rows] == [(CONFLICT, "return: смотри акт"), (CONFLICT, "return")]
    assert asked(of(rows)) == {"смотри акт": 1}

    done = answer(of(rows), by, returned_on={"смотри акт": "yes"})

    assert now(done) == [CREATED, CONFLICT]
    assert [str(piece.returned_on) for piece in Piece.objects.all()] == ["2026-02-01"]


def test_kinds_are_asked_and_no_sale_waits_for_them(base: None, by: Employee, write: Callable[..., Path]) -> None:
    sale = "1;+7 914 555-01-02;01.02.2026;К-1;500;luxury"
    planned = of(bring("purchases", write(f"{sale};Сувенир", columns="Магазин;Изделие"), preview=True, source="LAB"))
    assert (now(planned), asked(planned)) == ([CREATED], {"Сувенир": 1})

    answer(planned, by, kind={"Сувенир": "brooch"})
    bring("purchases", write(f"{sale};сувенир.", columns="Магазин;Изделие"), source="LAB")

    assert Piece.objects.get().kind == "brooch"


def test_a_column_of_names_is_no_column_of_words(base: None, write: Callable[..., Path]) -> None:
    rows = [f"{at};+7 914 555-01-02;01.02.2026;К-{at};500;luxury;Сувенир {at}" for at in range(values.MOST_WORDS + 1)]

    planned = of(bring("purchases", write(*rows, columns="Магазин;Изделие"), preview=True, source="LAB"))

    assert asked(planned) == {}


def test_the_order_of_days_is_asked_and_remembered(base: None, by: Employee, write: Callable[..., Path]) -> None:
    path = write("1;+7 914 555-01-02;03/04/2026;К-1;500;luxury", "2;+7 914 555-01-02;03/03/2026;К-2;500;luxury")
    rows = bring("purchases", path, source="LAB")
    assert (verdicts(rows), asked(of(rows))) == ([CONFLICT, CREATED], {"03/04/2026": 1})

    done = answer(of(rows), by, sold_on={"03/04/2026": "month"})

    assert now(done) == [CREATED] * 2
    assert str(Purchase.objects.get(receipt_number="1").sold_on) == "2026-03-04"
    further = bring("purchases", write("5;+7 914 555-01-02;05/06/2026;К-1;500;luxury"), source="LAB")
    assert (verdicts(further), str(Purchase.objects.get(receipt_number="5").sold_on)) == ([CREATED], "2026-05-06")


def test_a_column_that_shows_its_order_is_believed_before_what_was_said_of_others(
    base: None, by: Employee, write: Callable[..., Path]
) -> None:
    first = write("1;+7 914 555-01-02;03/04/2026;К-1;500;luxury")
    answer(of(bring("purchases", first, source="LAB")), by, sold_on={"03/04/2026": "month"})

    path = write("7;+7 914 555-01-02;05/06/2026;К-1;500;luxury", "8;+7 914 555-01-02;25/06/2026;К-1;500;luxury")
    shown = of(bring("purchases", path, preview=True, source="LAB"))
    assert shown.layout["orders"] == {"sold_on": "day"}
    turned = answer(shown, by, sold_on={"05/06/2026": "month"})

    assert turned.layout["orders"] == {"sold_on": "month"}
    assert list(ValueMeaning.objects.order_by("pk").values_list("list_import", "meaning")) == [
        (None, "month"),
        (shown.pk, "month"),
    ]
