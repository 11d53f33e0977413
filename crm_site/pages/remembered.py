"""Cards by whatever one remembers of a client, those seen last first: for a search that found nothing better."""

import json

from django.db import connection

from clients.models import Client
from clients.searching import anywhere
from clients.searching.cards import FOUND_LIMIT

# What stands on so many cards is found sooner by looking at who was seen last than by all who have it (docs/adr/0029).
COMMON = 2_000
ESTIMATE = "EXPLAIN (FORMAT JSON) SELECT 1 FROM clients_client c WHERE %s"
FOUND = """SELECT c.id, c.state, c.last_name, c.first_name, c.middle_name, c.birth_date, c.phone, c.email, c.note, c.likes
FROM %s WHERE c.state IN ('complete', 'incomplete') AND (%s) ORDER BY seen.last_day DESC%s LIMIT %%s"""
# From the newest visit back, until the page is full; and all who have it, each with the last visit.
# On PostgreSQL the look at the other table is made for each row alone, whatever the planner thinks of its cost.
WALK = {
    "postgresql": """(SELECT client_id, last_day FROM visits_clientactivity ORDER BY last_day DESC LIMIT 3000) seen
CROSS JOIN LATERAL (SELECT id, state, last_name, first_name, middle_name, birth_date, phone, email, note, likes, name_key
FROM clients_client WHERE id = seen.client_id OFFSET 0) c""",
    "sqlite": """(SELECT client_id, last_day FROM visits_clientactivity ORDER BY last_day DESC LIMIT 3000) seen
CROSS JOIN clients_client c ON c.id = seen.client_id""",
}
ALL = {
    "postgresql": """clients_client c
LEFT JOIN LATERAL (SELECT last_day FROM visits_clientactivity WHERE client_id = c.id OFFSET 0) seen ON true""",
    "sqlite": "clients_client c LEFT JOIN visits_clientactivity seen ON seen.client_id = c.id",
}


def find_remembered(text: str, *, limit: int = FOUND_LIMIT) -> list[Client]:
    """Cards in whose name, e-mail or note the text stands. Three queries at most."""
    if (asked := anywhere.condition(text)) is None:
        return []
    found = _those(WALK, asked, "", limit) if is_common(asked) else []
    return found if len(found) == limit else _those(ALL, asked, " NULLS LAST", limit)


def is_common(asked: anywhere.Condition) -> bool:
    """By the planner's estimate, which reads no card; SQLite, which has none, has small bases."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATE % asked.sql, asked.values)
        [(told,)] = cursor.fetchall()
    plan = json.loads(told) if isinstance(told, str) else told
    return bool(plan[0]["Plan"]["Plan Rows"] >= COMMON)


def _those(place: dict[str, str], asked: anywhere.Condition, order: str, limit: int) -> list[Client]:
    """Written by hand, as the search by a beginning is (``clients.searching.cards``)."""
    return list(Client.objects.raw(FOUND % (place[connection.vendor], asked.sql, order), [*asked.values, limit]))
