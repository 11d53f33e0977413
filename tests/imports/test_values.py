"""What the rows of a list say in its columns of words and days, and what people answered."""

from pytest_django import DjangoAssertNumQueries

from imports import intake, values
from imports.models import ListImport, ValueMeaning
from imports.specs import registered
from stores.models import Employee, Store
from tests.imports.brought import keep


def visitors(*rows: str) -> ListImport:
    from io import BytesIO

    text = "\n".join(["Дата;Посетители;Магазин", *rows])
    return intake.read(intake.keep_file("visitors", BytesIO(text.encode()), "visitors.csv", by=None))


def told(found: ListImport) -> list[tuple[str, str, str, int, int]]:
    return [(said["column"], said["text"], said["meaning"], said["number"], said["rows"]) for said in found.layout["said"]]


def test_writings_are_gathered_with_their_rows_and_an_example(store: Store, other_store: Store) -> None:
    found = visitors("05.03.2026;1;Люкс", "06.03.2026;2;люкс", "07.03.2026;3;Luxury", "08.03.2026;4;")

    assert told(found) == [("store", "Люкс", "", 1, 2), ("store", "Luxury", "luxury", 3, 1), ("store", "", "", 4, 1)]
    assert found.layout["said"][0]["example"] == "05.03.2026 · 1 · Люкс"
    assert values.open_writings(found) == values.open_writings(found, waiting=True) == 2


def test_a_base_without_stores_takes_them_and_asks_for_none(db: None) -> None:
    assert told(visitors("05.03.2026;1;Люкс", "06.03.2026;2;Люкс")) == []
    assert [said[1] for said in told(visitors("05.03.2026;1;Люкс", "06.03.2026;2;Дуэт", "07.03.2026;3;"))] == [""]


def test_a_home_store_may_stay_unknown(store: Store, other_store: Store) -> None:
    found = keep("ФИО;Магазин\nКим Анна;Люкс\nКим Вера;\n")

    assert told(found) == [("store", "Люкс", "", 1, 1)]
    assert (values.open_writings(found), values.open_writings(found, waiting=True)) == (1, 0)


def test_an_answer_stands_in_the_row_and_the_row_keeps_what_is_written(store: Store, other_store: Store) -> None:
    found = visitors("05.03.2026;1;Люкс", "06.03.2026;1;Дуэт +")
    digests = [row.digest for row in intake.source_rows(found, already=0)]
    ValueMeaning.objects.create(spec="visitors", source="list", column="store", key="люкс", meaning="luxury")
    ValueMeaning.objects.create(spec="visitors", source="list", column="store", key="дуэт+", meaning="closed long ago")

    values.take_answers(found)

    rows = list(intake.source_rows(found, already=0))
    assert [row.values["store"] for row in rows] == ["luxury", "Дуэт +"]
    assert rows[0].written["store"] == "Люкс"
    assert [row.digest for row in rows] == digests
    assert found.layout["meanings"] == {"store": {"люкс": "luxury"}}


def test_an_answer_may_be_that_it_means_nothing() -> None:
    said = {"full_name": "Ким Анна", "store": "Склад"}

    meant = values.meant(registered()["clients"], {"meanings": {"store": {"склад": "-"}}}, said)

    assert meant == {"full_name": "Ким Анна", "store": ""}
    assert values.meant(registered()["clients"], {}, said) is said


def test_questions_know_who_answered_for_the_source_and_for_this_file(store: Store, other_store: Store, admin: Employee) -> None:
    found = visitors("03/04/2026;1;Люкс", "03/05/2026;1;")
    place = {"spec": "visitors", "source": "list", "column": "store", "by": admin}
    ValueMeaning.objects.create(**place, key="люкс", meaning="luxury")
    ValueMeaning.objects.create(**place, key="", meaning="duet", list_import=found)
    ValueMeaning.objects.create(**place | {"source": "other"}, key="", meaning="luxury")

    asked = {one.said.text: one for one in values.questions(found)}

    assert {text: one.answer and (one.answer.meaning, one.answer.by) for text, one in asked.items()} == {
        "Люкс": ("luxury", admin), "": ("duet", admin),
    }  # fmt: skip
    assert [(one.of_file, one.waits, one.is_order, one.is_open) for one in asked.values()] == [
        (False, True, False, False), (True, True, False, False),
    ]  # fmt: skip


def test_questions_take_as_many_queries_for_three_as_for_one(
    store: Store, other_store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for found in (visitors("05.03.2026;1;A"), visitors("05.03.2026;1;A", "06.03.2026;1;B", "07.03.2026;1;C")):
        with django_assert_num_queries(2):
            values.questions(found)


def test_a_list_counted_before_there_were_questions_has_none(db: None) -> None:
    assert (values.questions(ListImport(spec="clients")), values.open_writings(ListImport(spec="clients"))) == ([], 0)


def test_an_example_goes_with_the_text_of_its_row(store: Store) -> None:
    found = keep("ФИО;Магазин\nКим Анна;Чужой\nКим Вера;Другой\n")

    values.forget_example(found, 1)

    assert [said["example"] for said in ListImport.objects.get().layout["said"]] == ["", "Ким Вера · Другой"]
    intake.forget_file(ListImport.objects.get())
    assert [said["example"] for said in ListImport.objects.get().layout["said"]] == ["", ""]
