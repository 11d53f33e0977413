"""Misspelt surnames: looked for among the distinct ones of the cards, which are far fewer than the cards."""

from django.db import connection
from django.db.models.functions import Length

from clients.models import Client, Surname
from clients.writing import names, spelling
from imports.bulk import batched

# Two slips of a word of so many letters still mean that word.
LONG, SHORTEST = 6, 4
# More surnames than this would not be read.
ALIKE = 40
SWEPT = 500
# The index finds what shares letters in threes with the word.
NEAR = """SELECT key, levenshtein(key, %s) FROM clients_surname WHERE key %% %s AND levenshtein_less_equal(key, %s, %s) <= %s
ORDER BY 2, similarity(key, %s) DESC LIMIT %s"""


def alike(word: str) -> dict[str, int]:
    """Keys of surnames that differ from the word by a slip, by two in a long one, with how many; the nearest first.

    Neighbours exchanged are one slip. One query.
    """
    limit = 2 if len(word) >= LONG else 1
    if len(word) < SHORTEST:
        return {}
    found = _by_index(word, limit) if connection.vendor == "postgresql" else _by_length(word, limit)
    near = {key: 1 if letters == 2 and spelling.one_off(word, key) else letters for key, letters in found}
    return {key: near[key] for key in sorted(near, key=lambda key: near[key])[:ALIKE] if near[key] <= limit}


def _by_index(word: str, limit: int) -> list[tuple[str, int]]:
    # Two neighbours exchanged are two letters for Levenshtein.
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [word, word, word, 2, 2 if len(word) > SHORTEST else limit, word, ALIKE])
        return [(key, letters) for key, letters in cursor.fetchall()]


def _by_length(word: str, limit: int) -> list[tuple[str, int]]:
    keys = Surname.objects.alias(long=Length("key")).filter(long__gte=len(word) - limit, long__lte=len(word) + limit)
    return [(key, names.edit_distance(word, key, 2)) for key in keys.order_by("key").values_list("key", flat=True)]


def refresh() -> int:
    """Make the table hold the surnames of the live cards alone. Returns how many there are."""
    written = Client.objects.live().order_by().values_list("last_name", flat=True).distinct()
    live = {names.key(surname)[:80] for surname in written.iterator()} - {""}
    held = set(Surname.objects.values_list("key", flat=True))
    Surname.objects.note(live - held)
    for stale in batched(sorted(held - live), SWEPT):
        Surname.objects.filter(key__in=stale).delete()
    return len(live)
