"""Misspelt surnames: looked for among the distinct ones of the cards, which are far fewer than the cards."""

from django.db import connection
from django.db.models.functions import Length

from clients import names
from clients.models import Client, Surname

# Two slips of a word of so many letters still mean that word.
LONG, SHORTEST = 6, 4
# More surnames than this would not be read.
ALIKE = 12
SWEPT = 500
# The index finds what shares letters in threes with the word; from how much on depends on the word's length.
NEAR = """SELECT key FROM clients_surname WHERE key %% %s AND levenshtein_less_equal(key, %s, %s) <= %s
ORDER BY levenshtein(key, %s), key LIMIT %s"""


def alike(word: str) -> list[str]:
    """Keys of surnames that differ from the word by a slip, by two in a long one; the nearest first. One query."""
    limit = 2 if len(word) >= LONG else 1
    if len(word) < SHORTEST:
        return []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(NEAR, [word, word, limit, limit, word, ALIKE])
            return [key for (key,) in cursor.fetchall()]
    keys = Surname.objects.alias(long=Length("key")).filter(long__gte=len(word) - limit, long__lte=len(word) + limit)
    near = [(names.edit_distance(word, key, limit), key) for key in keys.order_by().values_list("key", flat=True)]
    return [key for distance, key in sorted(near) if distance <= limit][:ALIKE]


def refresh() -> int:
    """Make the table hold the surnames of the live cards alone. Returns how many there are."""
    written = Client.objects.live().order_by().values_list("last_name", flat=True).distinct()
    live = {names.key(surname)[:80] for surname in written.iterator()} - {""}
    held = set(Surname.objects.values_list("key", flat=True))
    Surname.objects.note(live - held)
    stale = sorted(held - live)
    for start in range(0, len(stale), SWEPT):
        Surname.objects.filter(key__in=stale[start : start + SWEPT]).delete()
    return len(live)
