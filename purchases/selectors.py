"""Receipts, services and visits for a screen."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from catalogue import selectors as catalogue_selectors
from catalogue.kinds import KIND_OF_LETTER, PieceKind
from clients.models import LIVE, Client
from purchases.models import Deduction, Order, OrderStatus, Piece, Purchase, PurchaseQuerySet
from stores.models import Store
from visits.models import CHAIN, Visit


def purchases_of(client: Client) -> QuerySet[Purchase]:
    """Receipts of a client with kept sums, pieces and store, the newest first, voided ones too. Two queries."""
    return (
        Purchase.written.filter(client=client)
        .with_sums()
        .order_by("-sold_on", "-pk")
        .select_related("store", "seller", "wearer")
        .prefetch_related("pieces")
    )


def all_purchases_of(client: Client) -> list[Purchase]:
    """The same as a list, the pieces of each as ``lines``. Two queries."""
    receipts = list(purchases_of(client))
    for receipt in receipts:
        receipt.lines = list(receipt.pieces.all())  # type: ignore[attr-defined]
    return receipts


def open_orders_of(client: Client) -> QuerySet[Order]:
    """What a client waits for, of any store, due first on top. One query."""
    return client.orders.open().select_related("store").order_by(F("due_on").asc(nulls_last=True), "pk")


# A bare number is the end of a phone, or a card.
CALLED_ORDER = re.compile(r"/\d\d$|^\s*(?:заказ|order)\b|^\s*[zя]\d+\s*$|^\s*№\s*\d+\s*$", re.IGNORECASE)


def find_orders(text: str, stores: Collection[Store], limit: int = 10) -> list[Order]:
    """Orders of these stores by number or slip: ``17/26``, ``заказ 17``, a scan; the newest first. One query at most."""
    if not CALLED_ORDER.search(text):
        return []
    found = Order.objects.numbered(text).filter(store__in=stores).select_related("client", "store")
    return list(found.order_by("-taken_on", "-pk")[:limit])


def orders_due(store: Store, today: date) -> QuerySet[Order]:
    """Orders of a store that were promised by today and are not there yet, the latest ones first."""
    late = Order.objects.open().exclude(status=OrderStatus.ARRIVED).filter(store=store, due_on__lte=today)
    return late.select_related("client").order_by("due_on", "pk")


def orders_arrived(store: Store) -> QuerySet[Order]:
    """Orders of a store that wait for their clients."""
    return Order.objects.filter(store=store, status=OrderStatus.ARRIVED)


def pieces_of(client: Client, limit: int = 9) -> list[Piece]:
    """The last pieces that a client bought and kept, the newest first, with their pictures. Two queries."""
    kept = Piece.objects.kept().filter(purchase__client=client).select_related("purchase__store")
    pieces = list(kept.order_by("-purchase__sold_on", "-pk")[:limit])
    pictured = catalogue_selectors.pictured(piece.article for piece in pieces) if pieces else {}
    for piece in pieces:
        piece.pictured = pictured.get(piece.article)
    return pieces


class ArticleFacts(NamedTuple):
    """What the base knows about an article: by the catalogue, else by what it was last sold as.

    ``words`` say what it is, ``lies`` which sizes lie where; only the catalogue knows these.
    """

    kind: str
    price: Decimal | None
    tariff: str = ""
    words: str = ""
    lies: str = ""
    catalogued: int | None = None


def article_facts(article: str, here: Store | None = None) -> ArticleFacts:
    """What a scanned article brings to its line: of the catalogue, else kind and last price of what was sold under it; an
    unknown one gets its kind from its first letter. Two or three queries.
    """
    known = catalogue_selectors.article_of(article)
    sold = None
    if article and (known is None or known.price is None):
        sold = Piece.objects.standing().filter(article=article).order_by("-pk").first()
    if known:
        words, lies = catalogue_selectors.in_words(known), catalogue_selectors.whereabouts(known, here)
        price = known.price if known.price is not None or sold is None else sold.tag
        return ArticleFacts(known.kind, price, known.tariff, words, lies, known.pk)
    if sold:
        return ArticleFacts(sold.kind, sold.tag)
    return ArticleFacts(KIND_OF_LETTER.get(article[:1].upper(), PieceKind.OTHER if article else ""), None)


class Buyer(NamedTuple):
    """Who bought an article, and when for the last time."""

    client: Client
    article: str
    on: date


# What is shorter, or has no digit, is no article that somebody asks for.
SHORTEST_ARTICLE = 4
LINES_READ = 200


def buyers_of(articles: Collection[str], *, begun: Collection[str] = (), limit: int = 20) -> list[Buyer]:
    """Clients who bought and kept an article, in any of these writings or begun so; the newest first. One query."""
    meant = {text for text in articles if len(text) >= SHORTEST_ARTICLE and re.search(r"\d", text)}
    if not meant:
        return []
    condition = Q(article__in=meant)
    for text in meant.intersection(begun):
        condition |= Q(article__startswith=text) if re.search(r"[^\W\d_]", text) else Q()
    pieces = Piece.objects.kept().filter(condition, purchase__client__state__in=LIVE).select_related("purchase__client")
    found: dict[int, Buyer] = {}
    for piece in pieces.order_by("-purchase__sold_on", "-pk")[:LINES_READ]:
        client = piece.purchase.client
        if client:
            found.setdefault(client.pk, Buyer(client, piece.article, piece.purchase.sold_on))
    return list(found.values())[:limit]


class Receipts(NamedTuple):
    """Which receipts a figure stands for: of which days, which store, which group of clients."""

    first: date
    last: date
    store: Store | None = None
    group: str = ""


def whole_receipts() -> QuerySet[Purchase]:
    """Receipts with all that their page shows, voided ones too."""
    receipts: QuerySet[Purchase] = (
        Purchase.written.with_sums()
        .select_related("store", "client", "seller", "wearer")
        .prefetch_related("pieces__uins", "pieces__deductions", "pieces__exchanged_in", "tenders", "taken_back__purchase")
    )
    return receipts


def receipts_behind(wanted: Receipts, stores: list[Store]) -> QuerySet[Purchase]:
    """As ``bare_receipts_behind``, the newest first, with their sums and all that a list shows."""
    return (
        bare_receipts_behind(wanted, stores)
        .with_sums()
        .order_by("-sold_on", "-pk")
        .select_related("client", "store", "seller")
        .prefetch_related("pieces")
    )


def bare_receipts_behind(wanted: Receipts, stores: list[Store]) -> PurchaseQuerySet:
    """The receipts that a number of the returning report counts: kept pieces, clients of the group.

    The group ``everything`` is the plain list of receipts, wholly returned ones too; ``voided`` are those that count nowhere.
    """
    written = Purchase.written.voided() if wanted.group == "voided" else Purchase.objects.all()
    receipts = written.sold_between(wanted.first, wanted.last).of_stores([wanted.store] if wanted.store else stores)
    if wanted.group in ("everything", "voided"):
        return receipts
    receipts = receipts.kept()
    since = Q(client__activity__first_day__gte=wanted.first)
    match wanted.group:
        case "regular":
            return receipts.filter(client__activity__first_day__lt=wanted.first)
        case "newcomer":
            return receipts.filter(since)
        case "converted":
            second = Visit.objects.filter(client=OuterRef("client"), scope=CHAIN, second_day__lte=wanted.last)
            return receipts.filter(since, Exists(second))
        case "bonus" | "tier":
            deducted = Deduction.objects.filter(piece__purchase=OuterRef("pk"), piece__returned_on=None, source=wanted.group)
            return receipts.filter(Exists(deducted))
        case "without_card":
            return receipts.filter(client=None)
    return receipts.exclude(client=None)
