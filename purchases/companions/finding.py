"""Each night: what do clients buy together? One statement over the receipts of 365 days.

Clients who bought A and B within these days, each client once, whatever they brought back left out; A and B are two articles, two
kinds of pieces each of its collection, or two kinds. Of N clients, a bought A, b bought B, and n both: lift = n·N / (a·b). Its
logarithm is a function of multinomial counts, so its variance by the delta method (A. Agresti, *Categorical Data Analysis*,
3rd ed., 16.1) is 1/n − 1/a − 1/b + 2n/(a·b) − 1/N, and the lower end of its 95 % interval
exp(ln lift − 1.96·√variance). A pair holds where that is above 1 and n ≥ 30.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from catalogue.reading import BadArticleError, article_key
from purchases.models import ArticleWriting, Companion, Origin
from visits import dialect

WITHIN = timedelta(days=365)
LEAST = 30
Z = 1.959963984540054
LOT = 5_000

_NEW_WRITINGS = """
SELECT DISTINCT x.article FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id
WHERE p.sold_on >= %s AND NOT EXISTS (SELECT 1 FROM purchases_articlewriting w WHERE w.text = x.article)"""

# A thing is an article, a kind of a collection, or a kind; numbered, so that pairs are counted over whole numbers. How many
# bought at all is asked as a value: joined, it would be counted anew for each pair.
_FIND = """
INSERT INTO purchases_companion (origin, base_article, base_collection, base_kind, with_article, with_collection, with_kind,
    base_written, with_written, words, took_both, buyers, others, clients, lift_low, seen_on, first_on)
WITH kept AS (
    SELECT p.client_id AS client, x.article, x.kind FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id
    WHERE p.sold_on >= {since} AND p.sold_on < {today} AND p.client_id IS NOT NULL AND p.voided_at IS NULL
        AND x.returned_on IS NULL
), bought AS (
    SELECT DISTINCT client, 1 AS level, w.key AS article, '' AS collection, '' AS kind
    FROM kept k JOIN purchases_articlewriting w ON w.text = k.article
    UNION ALL
    SELECT DISTINCT client, 2, '', a.collection, a.kind FROM kept k
    JOIN purchases_articlewriting w ON w.text = k.article JOIN catalogue_article a ON a.key = w.key AND a.collection <> ''
    UNION ALL
    SELECT DISTINCT client, 3, '', '', kind FROM kept
), things AS (
    SELECT level, article, collection, kind, COUNT(*) AS n, ROW_NUMBER() OVER (ORDER BY level, article, collection, kind) AS id
    FROM bought GROUP BY level, article, collection, kind HAVING COUNT(*) >= %(least)s
), taken AS (
    SELECT b.client, b.level, t.id FROM bought b
    JOIN things t ON t.level = b.level AND t.article = b.article AND t.collection = b.collection AND t.kind = b.kind
), pairs AS (
    SELECT a.id AS one, b.id AS other, COUNT(*) AS n FROM taken a
    JOIN taken b ON b.client = a.client AND b.level = a.level AND b.id > a.id GROUP BY a.id, b.id HAVING COUNT(*) >= %(least)s
), everybody AS (
    SELECT COUNT(DISTINCT client) AS n FROM kept
), judged AS (
    SELECT one, other, p.n, (SELECT n FROM everybody) AS clients,
        CAST(p.n AS double precision) * (SELECT n FROM everybody) / (CAST(a.n AS double precision) * b.n) AS lift,
        1.0 / p.n - 1.0 / a.n - 1.0 / b.n + 2.0 * p.n / (CAST(a.n AS double precision) * b.n)
            - 1.0 / (SELECT n FROM everybody) AS spread
    FROM pairs p JOIN things a ON a.id = p.one JOIN things b ON b.id = p.other
), told AS (
    SELECT one, other, n, clients, EXP(LN(lift) - %(z)s * SQRT(CASE WHEN spread > 0 THEN spread ELSE 0 END)) AS low FROM judged
), turned AS (
    SELECT one AS base, other AS beside, n, clients, low FROM told WHERE low > 1
    UNION ALL SELECT other, one, n, clients, low FROM told WHERE low > 1
)
SELECT 'found', a.article, a.collection, a.kind, b.article, b.collection, b.kind,
    COALESCE((SELECT MIN(w.text) FROM purchases_articlewriting w WHERE w.key = a.article AND a.level = 1), ''),
    COALESCE((SELECT MIN(w.text) FROM purchases_articlewriting w WHERE w.key = b.article AND b.level = 1), ''),
    '', t.n, a.n, b.n, t.clients, t.low, {today}, {today}
FROM turned t JOIN things a ON a.id = t.base JOIN things b ON b.id = t.beside
WHERE true
ON CONFLICT (origin, base_article, base_collection, base_kind, with_article, with_collection, with_kind) WHERE ended_on IS NULL
DO UPDATE SET took_both = excluded.took_both, buyers = excluded.buyers, others = excluded.others, clients = excluded.clients,
    lift_low = excluded.lift_low, seen_on = excluded.seen_on"""


class Found(NamedTuple):
    """Pairs that hold after a night, each in both directions, and those that hold no longer."""

    standing: int
    ended: int


def find(today: date) -> Found:
    """Put the pairs of the 365 days before ``today`` in place; the same day twice changes nothing.

    A pair that is found again goes on, one that is not ends today. Three statements, and a lot of inserts for new writings.
    """
    read_writings(today - WITHIN)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement(), {"since": today - WITHIN, "today": today, "least": LEAST, "z": Z})
        found = Companion.objects.standing().filter(origin=Origin.FOUND)
        ended = found.exclude(seen_on=today).update(ended_on=today)
        return Found(found.count(), ended)


def statement() -> str:
    return _FIND.format(since=dialect.day("since"), today=dialect.day("today"))


def read_writings(since: date) -> int:
    """Learn the keys of articles that receipts since a day write in a way not seen before. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW_WRITINGS, [since])
        texts = [text for (text,) in cursor.fetchall()]
    ArticleWriting.objects.bulk_create(
        (ArticleWriting(text=text, key=_key(text)) for text in texts), batch_size=LOT, ignore_conflicts=True
    )
    return len(texts)


def _key(text: str) -> str:
    """What can be no article stands for itself."""
    try:
        return article_key(text)
    except BadArticleError:
        return text
