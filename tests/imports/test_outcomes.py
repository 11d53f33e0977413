"""What became of each row, as a file."""

import csv
from io import StringIO

import pytest

from imports import outcomes
from imports.passes import engine
from tests.imports.brought import keep, people


def test_outcomes_are_written_for_every_row(db: None) -> None:
    kept = keep(people(2) + "ООО Ромашка;;;\n")
    engine.apply(kept)
    out = StringIO()

    outcomes.write_outcomes(kept, out)

    rows = list(csv.DictReader(StringIO(out.getvalue()), delimiter=";"))
    assert [(row["row"], row["outcome"], row["reason"], bool(row["client"])) for row in rows] == [
        ("1", "created", "", True),
        ("2", "created", "", True),
        ("3", "rejected", "name", False),
    ]


def test_the_table_holds_the_rows_of_one_outcome_in_words(db: None) -> None:
    kept = engine.apply(keep(people(2) + "ООО Ромашка;;;\n"))

    header, *rows = outcomes.table(kept, lambda reason: f"<{reason}>", outcome="rejected")

    assert header == [f"Строка списка {kept.pk}", "Итог", "Причина", "ФИО", "Дата рождения", "Телефон", "E-mail"]
    assert rows == [["3", "отклонено", "<name>", "ООО Ромашка", "", "", ""]]
    assert len(list(outcomes.table(kept, str))) == 4


@pytest.mark.parametrize(
    ("header", "pk"),
    [("Строка списка 12", "12"), ("Row of list 7", "7"), ("Строка 12", None), ("Row of list 7 ", None)],
)
def test_the_first_header_says_which_list_it_corrects(header: str, pk: str | None) -> None:
    found = outcomes.CORRECTIONS.match(header)

    assert (found and found[1]) == pk
