"""What one remembers of a client: those seen last come first, and no road is a slow one."""

from datetime import date

import pytest
from django.db import connection

from clients.models import CardState, Client
from clients.searching import anywhere
from crm_site.pages import remembered
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits import derived


@pytest.fixture(params=["walk", "all"])
def road(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both roads, whatever the planner believes."""
    monkeypatch.setattr(remembered, "is_common", lambda asked: request.param == "walk")


def test_those_seen_last_come_first_and_those_never_seen_at_the_end(road: None, sell: Sell) -> None:
    never, older, newer = (ClientFactory.create(first_name="Дмитрий", last_name=word) for word in ("Абов", "Бобов", "Вобов"))
    ClientFactory.create(first_name="Дмитрий", last_name="Гобов", state=CardState.ERASED)
    sell(newer, date(2026, 5, 5), 100)
    sell(older, date(2026, 3, 3), 100)

    assert remembered.find_remembered("Дмитрий") == [newer, older, never]


def test_a_full_page_is_taken_from_those_seen_last(road: None, sell: Sell) -> None:
    for day in range(1, 6):
        sell(ClientFactory.create(first_name="Дмитрий", last_name=f"Бобов{'абвгде'[day]}"), date(2026, 5, day), 100)

    found = remembered.find_remembered("митри", limit=3)

    assert [client.last_name[-1] for client in found] == ["е", "д", "г"]


def test_per_cent_signs_are_no_pattern(db: None) -> None:
    ClientFactory.create()

    assert remembered.find_remembered("%%%%") == []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the plan of PostgreSQL")
@pytest.mark.parametrize(
    ("text", "indexes"),
    [
        ("жевск", {"client_name_trigrams", "client_note_trigrams"}),
        ("zaika", {"client_name_trigrams", "client_note_trigrams", "client_email_trigrams"}),
    ],
)
def test_the_middle_of_a_word_is_found_by_trigrams(db: None, text: str, indexes: set[str]) -> None:
    Client.objects.bulk_create(
        [ClientFactory.build(email=f"{n:05d}@example.ru", last_name=f"Я{n}").prepare() for n in range(3_000)]
    )
    asked = anywhere.condition(text)
    assert asked is not None
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clients_client")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(remembered.ESTIMATE.replace("(FORMAT JSON)", "") % asked.sql, asked.values)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert {name for name in ("client_name_trigrams", "client_note_trigrams", "client_email_trigrams") if name in plan} == indexes


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the plan of PostgreSQL")
def test_what_many_have_is_found_by_a_walk_from_the_newest_visit(db: None) -> None:
    Client.objects.bulk_create([ClientFactory.build(email=f"{n:05d}@example.ru").prepare() for n in range(3_000)])
    derived.rebuild()
    asked = anywhere.condition("Елена")
    assert asked is not None
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clients_client")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + remembered.FOUND % (remembered.WALK["postgresql"], asked.sql, ""), [*asked.values, 20])
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert remembered.is_common(asked)
    assert "visits_clientactivity_last_day" in plan
    assert "Sort" not in plan
