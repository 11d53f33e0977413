"""Many rows at a time: into a table, out of one, and beside one."""

from datetime import time

import pytest
from django.db import IntegrityError, connection, transaction

from imports import bulk
from imports.bulk import batched
from imports.models import ListImport, StagedRow
from stores.models import ApiKey, Employee, Store
from tests.factories import StoreFactory

STORE = ("id", "code", "name", "time_zone", "opens_at", "closes_at", "is_active", "city", "address", "phone", "closed_weekdays")
ROW = ("list_import_id", "number", "raw", "outcome", "changes", "reason", "key", "likeness", "planned", "decision", "undone")
PLAIN = ("",) * 6


@pytest.mark.parametrize(("rows", "expected"), [([], []), ([1, 2], [[1, 2]]), ([1, 2, 3], [[1, 2], [3]])])
def test_rows_come_so_many_at_a_time(rows: list[int], expected: list[list[int]]) -> None:
    assert list(batched(rows, 2)) == expected


def test_no_more_is_read_than_is_wanted() -> None:
    rows = iter(range(10))

    assert next(batched(rows, 3)) == [0, 1, 2]
    assert next(rows) == 3


def test_keys_are_new_and_nobody_gets_them_twice(store: Store) -> None:
    with transaction.atomic():
        keys = bulk.next_keys(Store, 3)
        bulk.insert(Store, STORE, [(key, f"s{key}", f"Магазин {key}", "Asia/Vladivostok", time(10), time(20), True, "", "", "", "")
                                   for key in keys])  # fmt: skip

    assert len({store.pk, *keys}) == 4
    assert StoreFactory.create().pk not in {store.pk, *keys}
    assert Store.objects.filter(pk__any=keys).count() == 3


def test_rows_are_written_with_what_json_they_hold(db: None) -> None:
    found = ListImport.objects.create(spec="clients")

    bulk.insert(
        StagedRow,
        ROW,
        [(found.pk, 1, ["Ким", ""], "created", {"email": [None, "a"]}, *PLAIN), (found.pk, 2, [], "rejected", {}, *PLAIN)],
    )
    bulk.insert(StagedRow, ROW, [])

    assert list(found.rows.values_list("number", "raw", "changes")) == [(1, ["Ким", ""], {"email": [None, "a"]}), (2, [], {})]


def test_a_constraint_holds_for_many_rows_as_for_one(db: None) -> None:
    found = ListImport.objects.create(spec="clients")
    rows: list[tuple[object, ...]] = [(found.pk, 1, [], "created", {}, *PLAIN), (found.pk, 1, [], "created", {}, *PLAIN)]

    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(StagedRow, ROW, rows)

    assert not found.rows.exists()


def test_what_is_there_already_is_left_out(admin: Employee) -> None:
    columns = ("name", "employee_id", "beginning", "digest", "created_at")

    written = [
        bulk.insert_new(ApiKey, columns, [("1C", admin.pk, "carat", digest, None) for digest in digests])
        for digests in ("ab", "bcd", "d", "")
    ]

    assert written == [2, 2, 0, 0]
    assert sorted(ApiKey.objects.values_list("digest", flat=True)) == ["a", "b", "c", "d"]
    assert not ApiKey.objects.filter(created_at__isnull=True).exists()


def test_rows_of_texts_are_a_table_to_join_with(store: Store, other_store: Store) -> None:
    table, params = bulk.table_of([("duet", "1"), ("нет", "2")], {"code": "varchar", "place": "varchar"})

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s.id, t.place FROM {table} JOIN stores_store s ON s.code = t.code", params)
        assert cursor.fetchall() == [(other_store.pk, "1")]


def test_a_base_may_be_told_that_tables_have_grown(store: Store) -> None:
    bulk.analyse([Store], 1_000)

    assert Store.objects.get() == store


@pytest.mark.parametrize("more", ["", "\x1f"])
def test_any_text_is_found_among_many(db: None, more: str) -> None:
    texts = ["", "NULL", "null", "a,b", "{a}", 'он "сам"', "обратная \\ черта", "\\\\", "две\nстроки", "'", " с краю "]
    for text in texts:
        ListImport.objects.create(spec="clients", file_name=f"{text}{more}")

    found = ListImport.objects.filter(file_name__any=[f"{text}{more}" for text in texts]).values_list("file_name", flat=True)

    assert sorted(found) == sorted(f"{text}{more}" for text in texts)
    assert not ListImport.objects.filter(file_name__any=["b", "a", "сам"]).exists()
