"""A list and its rows for a screen."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from imports import selectors
from imports.models import ListImport, StagedRow
from imports.passes import engine
from imports.selectors import Pair, Tally
from tests.factories import ClientFactory
from tests.imports.brought import HEADER, keep

OLGA = "Белова Ольга;05.06.1990;89147012233;belova@example.ru\n"


@pytest.fixture
def rows(db: None) -> ListImport:
    """Rows with all that may have become of them."""
    found = ListImport.objects.create(
        spec="clients", counts={"created": 2}, layout={"headers": ["ФИО", ""], "columns": {"full_name": 0}}
    )
    said: list[dict[str, Any]] = [
        {"outcome": "created"},
        {"outcome": "created", "likeness": "surname"},
        {"outcome": "conflict"},
        {"outcome": "conflict", "decision": "skip"},
        {"outcome": "updated", "planned": "created"},
        {"outcome": "unchanged", "undone": "stays: purchases"},
        {"outcome": "unchanged", "undone": "back"},
        {"outcome": "rejected", "likeness": "digit", "replaced_by": found},
    ]
    for number, more in enumerate(said, start=1):
        StagedRow.objects.create(list_import=found, number=number, raw=[], **more)
    return found


@pytest.mark.parametrize(
    ("show", "numbers"),
    [("conflict", [3, 4]), ("open", [2, 3]), ("changed", [5]), ("stayed", [6]), ("", range(1, 9)), ("<b>", range(1, 9))],
)
def test_rows_are_shown_by_what_became_of_them(rows: ListImport, show: str, numbers: list[int]) -> None:
    assert [row.number for row in selectors.rows_shown(rows, show)] == list(numbers)


def test_the_page_of_a_list_counts_in_one_query(rows: ListImport, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        told = selectors.overview(rows)

    assert told["more"] == {"open": 2, "decided": 1, "changed": 1, "stayed": 1, "replaced": 1}
    assert told["counts"][:2] == [Tally("created", "создано", 2), Tally("updated", "дополнено", 0)]
    assert (told["columns"], told["undoable"]) == ([("ФИО", "ФИО"), ("столбец 2", "")], False)


@pytest.mark.parametrize(("after", "number"), [(0, 2), (2, 3), (3, 2), (99, 2)])
def test_the_next_row_to_decide_comes_round_again(rows: ListImport, after: int, number: int) -> None:
    found = selectors.next_to_settle(rows, after=after)

    assert found is not None
    assert found.number == number


def test_where_nothing_waits_there_is_no_next(rows: ListImport) -> None:
    rows.rows.all().delete()

    assert selectors.next_to_settle(rows) is None


def test_a_row_stands_beside_the_card_that_it_contradicts(db: None) -> None:
    card = ClientFactory.create(phone="+79147012233", email=None, state="incomplete")
    found = engine.preview(keep(HEADER + OLGA))

    told = selectors.side_by_side(found, found.rows.get())

    assert (told["card"], told["earlier"]) == (card.pk, None)
    assert {pair.label: (pair.card, pair.row) for pair in told["pairs"]}["Дата рождения"] == ("03.07.1985", "05.06.1990")
    assert [(choice.value, key) for choice, key in told["choices"]] == [
        ("same", "1"), ("take", "2"), ("other", "3"), ("skip", "4"),
    ]  # fmt: skip


def test_a_row_stands_beside_an_earlier_one_whose_card_is_only_planned(db: None) -> None:
    found = engine.preview(keep(HEADER + "Орлова Анна;01.02.1980;89147012233;\n" + OLGA))

    told = selectors.side_by_side(found, found.rows.get(number=2))

    assert (told["card"], told["earlier"]) == (None, 1)
    assert Pair("Телефон", "89147012233", "89147012233", False) in told["pairs"]
    assert {pair.label: (pair.card, pair.row) for pair in told["pairs"]}["Почта"] == ("", "belova@example.ru")


def test_sources_are_told_once_in_order(db: None) -> None:
    for source in ("list", "1c", "list"):
        ListImport.objects.create(spec="clients", source=source)

    assert selectors.sources() == ["1c", "list"]
