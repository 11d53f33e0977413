"""Columns of the list of all clients, and the order of its rows."""

from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from crm_site.pages import columns
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory


def test_unknown_columns_and_orders_are_not_shown() -> None:
    assert columns.shown(["nonsense"], "password") == columns.Shown(columns.USUAL, "")
    assert columns.shown(["spent", "phone"], "-spent").names == ("phone", "spent")


def test_a_head_asks_for_the_largest_first_and_then_for_the_smallest() -> None:
    heads = {name: after for name, _column, after in columns.shown(["spent", "email"], "-spent").columns}

    assert heads == {"spent": "spent", "email": ""}
    assert columns.shown(["spent"], "").columns[0][2] == "-spent"


def test_each_column_is_written_of_a_client_who_never_came(store: Store) -> None:
    written = dict(
        zip(columns.COLUMNS, columns.shown(columns.COLUMNS, "").cells(ClientFactory.create(home_store=store)), strict=True)
    )

    assert (written["visits"][1], written["spent"][1], written["last_day"][1], written["favourite"][1]) == ("0", "—", "—", "")


@pytest.fixture
def three(store: Store, sell: Sell) -> list[Client]:
    """Who spent 100, who spent 900, and who never came."""
    low, high, never = (ClientFactory.create(home_store=store, last_name=name) for name in ("Бобров", "Авдеев", "Зуева"))
    sell(low, date(2026, 5, 7), 100)
    sell(high, date(2026, 5, 5), 900)
    return [low, high, never]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", [1, 0, 2]), ("-spent", [1, 0, 2]), ("spent", [0, 1, 2]), ("-last_day", [0, 1, 2]), ("email", [1, 0, 2])],
)
def test_rows_stand_as_asked_and_who_lacks_the_fact_is_last(three: list[Client], sort: str, order: list[int]) -> None:
    assert list(columns.in_order(Client.objects.all(), sort)) == [three[at] for at in order]


@pytest.mark.parametrize(("sort", "order"), [("-last_day", [0, 1]), ("-spent", [1, 0, 2])])
def test_a_long_answer_is_sorted_by_an_index_or_by_name(
    three: list[Client], sort: str, order: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "MOST_SORTED", 2)

    assert list(columns.in_order(Client.objects.all(), sort)) == [three[at] for at in order]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a plan of PostgreSQL")
def test_a_long_answer_walks_the_index(three: list[Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "MOST_SORTED", 2)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_seqscan = off")

        plan = columns.in_order(Client.objects.all(), "-last_day")[:50].explain()

    assert "Index Scan Backward" in plan


def test_an_order_costs_one_query_more(three: list[Client], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        list(columns.in_order(Client.objects.all(), "-spent"))
