"""A list and its rows in words."""

from clients.listing.spec import CLIENTS
from imports.models import Decision, ListImport, StagedRow
from imports.templatetags import lists
from stores.models import Store


def test_cells_stand_beside_their_headers_and_the_further_ones_beside_none() -> None:
    assert lists.beside(["Ким", "1", "x"], [("ФИО", "Full name"), ("Код", "")]) == [("ФИО", "Ким"), ("Код", "1"), ("", "x")]


def test_a_row_may_be_shorter_than_the_widest() -> None:
    assert [lists.at(["Ким"], place) for place in (0, 1)] == ["Ким", ""]


def test_a_kind_and_a_column_have_words() -> None:
    assert [lists.list_kind(kind) for kind in ("clients", "cats")] == ["Клиенты", "cats"]
    assert lists.column_of("birth_date", CLIENTS) == "дата рождения"
    assert lists.said_by("missing: phone, email", CLIENTS) == CLIENTS.say("missing: phone, email")


def test_a_broken_cell_gets_a_suggestion_until_somebody_decides() -> None:
    found = ListImport(spec="clients", layout={"columns": {"email": 1}})

    told = [
        lists.suggested(StagedRow(raw=["Ким", address], decision=decision), found)
        for address, decision in (("a@mail,ru", ""), ("a@mail.ru", ""), ("a@mail,ru", Decision.TAKE))
    ]

    assert told == ["a@mail.ru", "", ""]


def test_what_a_row_changes_is_told_as_a_person_reads_it(store: Store) -> None:
    changes = {"store": [None, store.pk], "birth_date": ["1980-02-01", "1980-03-01"], "x": ["1", ""]}

    assert lists.changes_by(StagedRow(changes=changes), CLIENTS) == [
        ("Магазин", "", "Роскошь-Luxury"), ("Дата рождения", "01.02.1980", "01.03.1980"), ("x", "1", ""),
    ]  # fmt: skip
