"""Rows that come back corrected by hand take the places of their former ones, and give them back."""

import csv
from io import StringIO

from clients.models import CardState, Client
from imports import outcomes, services
from imports.cells import escape
from imports.models import ImportState, ListImport
from imports.passes import corrections, engine
from imports.specs import SourceRow
from tests.imports.brought import HEADER, keep

ROWS = "Белова Ольга;05.06.1990;89147012244;belova@example.ru\nОрлова Анна;01.02.1980;;=orlova@example,ru\n"


def corrected(first: ListImport, was: str, becomes: str) -> ListImport:
    """The outcomes of a list, put right in one place and brought in again."""
    out = StringIO()
    table = outcomes.table(first, str)
    csv.writer(out, delimiter=";").writerows([escape(cell) for cell in row] for row in table)
    assert out.getvalue().count(was) == 1
    return keep(out.getvalue().replace(was, becomes))


def test_a_corrected_row_takes_the_place_of_its_former_one_and_the_others_keep_theirs(db: None) -> None:
    first = engine.apply(keep(HEADER + ROWS))

    second = engine.apply(corrected(first, ";'=orlova@example,ru", ";orlova@example.ru"))

    assert (second.corrects, second.counts) == (first, {"unchanged": 1, "updated": 1})
    assert list(first.rows.order_by("number").values_list("replaced_by", flat=True)) == [None, second.pk]
    assert Client.objects.get(last_name="Орлова").email == "orlova@example.ru"


def test_a_correction_that_is_taken_back_leaves_the_former_row_in_its_place(db: None) -> None:
    first = engine.apply(keep(HEADER + ROWS))
    second = engine.apply(corrected(first, ";01.02.1980;;", ";01.02.1980;89147012233;"))
    assert Client.objects.get(last_name="Орлова").phone == "+79147012233"

    services.undo(second)
    engine.take_back(second)

    assert list(first.rows.values_list("replaced_by", flat=True)) == [None, None]
    card = Client.objects.get(last_name="Орлова")
    assert (card.phone, card.state, Client.objects.count()) == (None, CardState.INCOMPLETE, 2)


def test_a_former_list_that_was_taken_back_itself_is_not_done_again(db: None) -> None:
    first = engine.apply(keep(HEADER + ROWS))
    second = engine.apply(corrected(first, ";01.02.1980;;", ";01.02.1980;89147012233;"))
    ListImport.objects.filter(pk=first.pk).update(state=ImportState.UNDONE)
    second.refresh_from_db()

    corrections.restore_former(second, list(second.rows.all()))

    assert first.rows.filter(replaced_by=second).count() == 1


def test_a_row_knows_whom_it_corrects_if_there_is_one(db: None) -> None:
    first = engine.apply(keep(HEADER + ROWS))
    second = corrected(first, ";01.02.1980;;", ";01.02.1980;89147012233;")
    rows = [SourceRow(at, [number, "", ""], {}) for at, number in enumerate(("2", "99", "нет"), start=1)]

    found = corrections.with_former(second, rows)

    assert [row.former and row.former.number for row in found] == [2, None, None]
    assert [row.former_values.get("full_name") for row in found] == ["Орлова Анна", None, None]
