"""What goes together, found in the receipts of a year, beside one bare pass that counts the clients of each article and kind."""

import sys
from datetime import date

from django.db import connection, transaction

from benchmarks.measure import tell, timed
from purchases.companions import finding
from purchases.models import Companion

# The day after the last one of the data set.
TODAY = date(2025, 1, 1)
BARE = """SELECT x.article, x.kind, COUNT(DISTINCT p.client_id) FROM purchases_purchase p
JOIN purchases_piece x ON x.purchase_id = p.id
WHERE p.sold_on >= %s AND p.sold_on < %s AND p.client_id IS NOT NULL AND p.voided_at IS NULL AND x.returned_on IS NULL
GROUP BY GROUPING SETS ((x.article), (x.kind))"""
# Every article is of one of two hundred collections, so that pairs of these are counted too.
CATALOGUE = """INSERT INTO catalogue_article (key, article, name, kind, metal, stones, sizes, collection, tariff, photo, words, changed_at)
SELECT w.key, MIN(w.text), '', 'ring', '', '', '[]', 'c' || (abs(hashtext(w.key)) % 200), 'tag', '', '', now()
FROM purchases_articlewriting w GROUP BY w.key ON CONFLICT DO NOTHING"""
ROUNDS = 3


def run(scale: float) -> bool:
    since = TODAY - finding.WITHIN
    with transaction.atomic():
        finding.read_writings(since)
        with connection.cursor() as cursor:
            cursor.execute(CATALOGUE)
            cursor.execute("ANALYZE catalogue_article, purchases_articlewriting")
        bare = sorted(timed(lambda: _bare(since)) for _round in range(ROUNDS))[ROUNDS // 2]
        found = sorted(timed(lambda: finding.find(TODAY)) for _round in range(ROUNDS))[ROUNDS // 2]
        _check(since)
        sys.stderr.write(f"companions: {Companion.objects.standing().count()} pairs in {found:.1f} s, one pass {bare:.1f} s\n")
        transaction.set_rollback(True)
    return tell("companions", scale, found, bare, at_most=15)


def _bare(since: date) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [since, TODAY])
        return list(cursor.fetchall())


def _check(since: date) -> None:
    """The buyers of a pair's base are those that the pass counted."""
    kinds = {kind: n for article, kind, n in _bare(since) if article is None}
    for pair in Companion.objects.standing().exclude(base_kind="").filter(base_collection=""):
        assert pair.buyers == kinds[pair.base_kind], pair
