"""Cards found by what is typed, and by their days."""

from datetime import date, timedelta

import pytest
from django.db import connection

from clients import selectors
from clients.models import Client
from clients.sameness import pairs
from stores.models import Store
from tests.factories import ClientFactory


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the plan of PostgreSQL")
@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ({"name_key__startswith": "иванов"}, "client_by_name"),
        ({"phone_reversed__startswith": "5432"}, "client_by_phone_ending"),
        ({"email__startswith": "anna@"}, "client_by_email"),
    ],
)
def test_a_prefix_is_found_by_its_index(db: None, condition: dict[str, str], index: str) -> None:
    Client.objects.bulk_create(
        [ClientFactory.build(email=f"{n:05d}@example.ru", last_name=f"Я{n}").prepare() for n in range(3_000)]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clients_client")

    plan = Client.objects.live().filter(**condition).order_by("name_key")[:20].explain()

    assert index in plan
    assert "Index Cond" in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigram index is PostgreSQL's")
def test_a_phone_is_looked_up_by_its_unique_index(db: None) -> None:
    ClientFactory.create_batch(20)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM clients_client WHERE state IN ('complete', 'incomplete') AND phone = '+79147012233'"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "client_phone_once" in plan


@pytest.mark.parametrize("year", [2027, 2028])
@pytest.mark.parametrize("days", [1, 2, 3, 300, 364, 365, 366])
def test_the_days_of_a_span_are_those_of_its_days(db: None, year: int, days: int) -> None:
    for born in (date(2000, 1, 1), date(2000, 2, 27), date(2000, 2, 28), date(2000, 2, 29), date(2000, 3, 1), date(2000, 12, 31)):
        ClientFactory.create(birth_date=born)
    ClientFactory.create(birth_date=None, state="incomplete")

    for first in (date(year, 1, 31), date(year, 2, 27), date(year, 2, 28), date(year, 3, 1), date(year, 12, 31)):
        span = [first + timedelta(days=ahead) for ahead in range(days)]
        kept = {key for day in span for key in selectors.days_kept_on(day)}
        found = Client.objects.filter(selectors.birthdays_between(span[0], span[-1]))
        assert set(found) == set(Client.objects.filter(birthday__in=kept)), first


def test_open_pairs_are_those_of_my_stores_the_likeliest_first(
    two: tuple[Client, Client], store: Store, other_store: Store
) -> None:
    pairs.find_pairs()

    assert selectors.pairs([store]).get().second == two[1]
    assert not selectors.pairs([other_store])
    Client.objects.filter(pk=two[1].pk).update(home_store=None)
    assert selectors.pairs([other_store]).count() == 1
