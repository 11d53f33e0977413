"""What to offer beside a piece, or beside what a client has: at most three, each with its reason. One query. Public."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.kinds import PieceKind
from catalogue.reading import BadArticleError, article_key
from purchases.companions import words
from purchases.companions.arms import sees
from purchases.models import Origin
from stores.models import Store
from visits import dialect

MOST = 3
# More candidates than are shown: of a kind that another already offers only the best stays.
CANDIDATES = 12
# Who bought a kind of piece so long ago may want another; an article that they have is never offered.
SINCE = timedelta(days=365)

# ``base``: what is bought now, or was; ``had``: what they have, kinds only of the last year; ``found``: pairs that apply, each
# with an article of the catalogue that shows it, one that lies in the store first.
_OFFERED = """
WITH asked AS ({asked}), had AS ({had}), base AS (
    SELECT DISTINCT q.article, COALESCE(a.kind, q.kind) AS kind, COALESCE(a.collection, '') AS collection
    FROM asked q LEFT JOIN catalogue_article a ON a.key = q.article
), found AS (
    SELECT DISTINCT c.id, b.kind AS shown_kind, c.origin, c.base_kind, c.base_collection, c.base_article, c.base_written,
        c.with_kind, c.with_collection, c.with_article, c.with_written, c.words, c.took_both, c.buyers,
        CASE WHEN c.origin = 'hand' THEN 0
            WHEN c.with_article <> '' THEN 1 WHEN c.with_collection <> '' THEN 2 ELSE 3 END AS rank,
        COALESCE(c.lift_low, 0) AS low
    FROM base b JOIN purchases_companion c ON c.ended_on IS NULL AND (
        (c.base_article = b.article AND b.article <> '')
        OR (c.base_article = '' AND c.base_kind = b.kind AND c.base_collection IN ('', b.collection)))
    WHERE (c.with_article = '' OR NOT EXISTS (SELECT 1 FROM had h WHERE h.article = c.with_article))
        AND (c.with_kind = '' OR NOT EXISTS (
            SELECT 1 FROM had h LEFT JOIN catalogue_article a ON a.key = h.article
            WHERE h.is_recent = 1 AND h.kind = c.with_kind AND (c.with_collection = '' OR a.collection = c.with_collection)))
), placed AS (
    SELECT f.*, CASE WHEN f.with_article <> '' THEN (SELECT a.id FROM catalogue_article a WHERE a.key = f.with_article)
        WHEN f.with_collection <> '' THEN (
            SELECT a.id FROM catalogue_article a
            WHERE a.collection = f.with_collection AND a.collection <> '' AND a.kind = f.with_kind
                AND NOT EXISTS (SELECT 1 FROM had h WHERE h.article = a.key)
            ORDER BY (SELECT COUNT(*) FROM catalogue_stock s WHERE s.article_id = a.id AND s.count > 0
                    AND s.store_id = {store}) DESC,
                (SELECT COUNT(*) FROM catalogue_stock s WHERE s.article_id = a.id AND s.count > 0) DESC, a.id LIMIT 1)
        END AS article_id
    FROM found f
)
SELECT p.shown_kind, p.origin, p.base_kind, p.base_collection, p.base_written, p.with_kind, p.with_collection, p.with_article,
    p.with_written, p.words, p.took_both, p.buyers, a.id, a.article, a.name, a.kind, a.price, a.photo,
    COALESCE((SELECT SUM(s.count) FROM catalogue_stock s
        WHERE s.article_id = a.id AND s.count > 0 AND s.store_id = {store}), 0) AS here
FROM placed p LEFT JOIN catalogue_article a ON a.id = p.article_id
ORDER BY CASE WHEN p.rank = 0 THEN 0 ELSE 1 END,
    CASE WHEN a.id IS NULL OR (SELECT COUNT(*) FROM catalogue_stock s
        WHERE s.article_id = a.id AND s.count > 0 AND s.store_id = {store}) = 0 THEN 1 ELSE 0 END,
    p.rank, p.low DESC, p.id LIMIT {candidates}"""

_OF_CLIENT = """SELECT COALESCE(w.key, x.article) AS article, x.kind, {recent} AS is_recent
    FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id
    LEFT JOIN purchases_articlewriting w ON w.text = x.article
    WHERE p.client_id = %(client)s AND p.voided_at IS NULL AND x.returned_on IS NULL"""


class Piece(NamedTuple):
    """A piece of a sale: its article's key and its kind."""

    article: str
    kind: str


class Row(NamedTuple):
    """A row of ``_OFFERED``."""

    shown_kind: str
    origin: str
    base_kind: str
    base_collection: str
    base_written: str
    with_kind: str
    with_collection: str
    with_article: str
    with_written: str
    words: str
    took_both: int | None
    buyers: int | None
    article_id: int | None
    article: str | None
    name: str | None
    kind: str | None
    price: Any
    photo: str | None
    here: int


class Offered(NamedTuple):
    """What is offered and why: ``reason`` is the seller's words or what receipts tell, ``counted`` only the latter.

    ``article_id`` is the catalogue's article that shows it, ``here`` how many lie in the store.
    """

    what: str
    reason: str
    counted: str
    kind: str
    article_id: int | None = None
    price: Decimal | None = None
    has_photo: bool = False
    here: int = 0


def piece_of(text: str) -> Piece | None:
    """A piece as it was scanned; its kind by its first letter, where the catalogue does not know it."""
    try:
        return Piece(article_key(text), kinds.kind_of("", text.strip()))
    except BadArticleError:
        return None


def beside_piece(text: str, others: Iterable[str] = (), *, client: int | None, store: Store | None, today: date) -> list[Offered]:
    """What goes with a scanned article, beside the other pieces of the sale and what the client has. One query at most."""
    base = piece_of(text)
    if base is None or not sees(client):
        return []
    return _told(_rows([base], [base, *filter(None, map(piece_of, others))], client, store, today))


def beside_client(client: int, *, store: Store | None, today: date) -> list[Offered]:
    """What goes with what the client bought within a year. One query at most."""
    return _told(_rows(None, [], client, store, today)) if sees(client) else []


def _rows(
    base: Sequence[Piece] | None, basket: Sequence[Piece], client: int | None, store: Store | None, today: date
) -> list[Row]:
    """``base`` is None for what the client bought within a year."""
    params: dict[str, Any] = {"client": client, "since": today - SINCE, "store": store.pk if store else 0}
    recent = f"CASE WHEN p.sold_on >= {dialect.day('since')} THEN 1 ELSE 0 END"
    owned = _OF_CLIENT.format(recent=recent)
    if base is None:
        asked = f"{_OF_CLIENT.format(recent='1')} AND p.sold_on >= {dialect.day('since')}"
    else:
        asked = _listed(base, "base", params)
    had = " UNION ALL ".join(([_listed(basket, "had", params)] if basket else []) + ([owned] if client else []))
    sql = _OFFERED.format(
        asked=asked, had=had or "SELECT '' AS article, '' AS kind, 0 AS is_recent", store="%(store)s", candidates=CANDIDATES
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Row(*row) for row in cursor.fetchall()]


def _listed(pieces: Sequence[Piece], name: str, params: dict[str, Any]) -> str:
    """Pieces as rows of SQL, as if bought today."""
    rows = []
    for place, piece in enumerate(pieces):
        params |= {f"{name}{place}a": piece.article, f"{name}{place}k": piece.kind}
        article, kind = f"CAST(%({name}{place}a)s AS varchar(40))", f"CAST(%({name}{place}k)s AS varchar(10))"
        rows.append(f"SELECT {article} AS article, {kind} AS kind, 1 AS is_recent")
    return " UNION ALL ".join(rows)


def _told(rows: Iterable[Row]) -> list[Offered]:
    """The best ones: a thing once, and a bare kind only where nothing of this kind is offered."""
    told: list[Offered] = []
    for row in rows:
        one, is_bare = _one(row)
        said = {other.what for other in told}
        if one.what in said or (is_bare and one.kind in {other.kind for other in told}):
            continue
        told.append(one)
        if len(told) == MOST:
            break
    return told


def _one(row: Row) -> tuple[Offered, bool]:
    """What is offered, and whether it is a bare kind."""
    kind = row.kind or row.with_kind or kinds.kind_of("", row.with_written or row.with_article)
    written = row.article or row.with_written or row.with_article
    named = row.name or (PieceKind(kind).label if written else words.taken(kind, "", "", beside=""))
    base = words.base(row.base_kind or row.shown_kind, row.base_collection, row.base_written)
    taken = words.taken(row.with_kind or kind, row.with_collection, row.with_written, beside=row.base_collection)
    counted = "" if row.origin == Origin.HAND else words.counted(base, taken, row.took_both or 0, row.buyers or 0)
    reason = row.words or counted or _("the chain advises it %(base)s") % {"base": base}
    price = None if row.price is None else Decimal(str(row.price))
    what = " ".join(filter(None, (str(named), written or "")))
    offered = Offered(what, reason, counted, kind, row.article_id, price, bool(row.photo), int(row.here))
    return offered, not (row.with_article or row.with_collection)
