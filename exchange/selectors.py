"""Sources, documents and what waits, for the admin's pages; sales without a card for the counter. Public."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Exists, Expression, Max, Min, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from exchange.documents import intake
from exchange.documents.finding import NO_WAREHOUSE
from exchange.models import CallState, DocumentState, FileState, GoodsFile, Hook, Pull, Source, Subject, Term, TillDocument, Wait
from purchases.models import FiscalOperation, Piece, Purchase
from stores.models import Store
from stores.texts.kept_words import Words

# So long a sale without a card can be given its client at the counter.
ATTACHING = timedelta(days=30)
# A lost minute of network mends itself; when it lasts, sales are missing from the day's figures.
PASSING_TROUBLE = timedelta(hours=1)
# So long the admin's page tells of what was taken back.
TOLD_OF_GONE = timedelta(days=30)
SUBJECT_OF = {Wait.STORE: Subject.STORE, Wait.SELLER: Subject.SELLER, Wait.KIND: Subject.KIND, Wait.ARTICLE: Subject.ARTICLE}


def sources(now: datetime) -> "QuerySet[Source]":
    """Sources with their last document, how many came in a day, and how many wait; their keys. Two queries."""
    documents = Q(documents__received_at__gte=now - timedelta(days=1))
    counted = Source.objects.annotate(
        last_at=Max("documents__received_at"),
        of_a_day=Count("documents", filter=documents),
        waiting=Count("documents", filter=Q(documents__state=DocumentState.WAITS)),
    )
    return counted.select_related("store").prefetch_related("keys").order_by("name")


class Waiting(NamedTuple):
    """Documents that wait for one thing: a word that nobody knows, of a source; ``document`` is the first of them."""

    reason: Wait
    words: Words | str
    source: Source
    documents: int
    since: datetime
    document: int

    @property
    def subject(self) -> Subject | None:
        """What a person may say of the word, once for all of them."""
        return SUBJECT_OF.get(self.reason)


def waiting() -> list[Waiting]:
    """What documents wait for, the most of them first; a document of its own reason stands alone. Two queries."""
    known = Source.objects.in_bulk()
    rows = TillDocument.objects.waiting().order_by().values("reason", "words", "source")
    counted = rows.annotate(times=Count("pk"), since=Min("received_at"), first=Min("pk")).order_by("-times", "first")
    return [
        Waiting(Wait(row["reason"]), row["words"], known[row["source"]], row["times"], row["since"], row["first"])
        for row in counted[:200]
    ]


class WaitingWarehouse(NamedTuple):
    """A warehouse of 1C that nobody knows, of a source; ``files`` wait for it."""

    name: str
    source: Source
    files: int


def waiting_warehouses() -> list[WaitingWarehouse]:
    """Warehouses that files of goods wait for. Two queries."""
    waiting = GoodsFile.objects.filter(state=FileState.WAITS).select_related("source").order_by("pk")
    told = Counter((file.source, key) for file in waiting for key in file.left.get("warehouses", ()))
    named = Term.objects.filter(kind="warehouse", external_id__in={key for _source, key in told})
    names = {(term.source_id, term.external_id): term.name for term in named}
    return [
        WaitingWarehouse(names.get((source.pk, key)) or key or NO_WAREHOUSE, source, files)
        for (source, key), files in told.items()
    ]


def goods_files() -> "QuerySet[GoodsFile]":
    """Files of goods, the newest first; an archive is shown by its files."""
    return GoodsFile.objects.exclude(name__iendswith=".zip", state=FileState.APPLIED).select_related("source").order_by("-pk")


def hooks() -> "QuerySet[Hook]":
    """Webhooks with their last answer, and how many calls wait and were given up. One query."""
    waiting = Q(calls__state__in=[CallState.WAITING, CallState.SENDING])
    return Hook.objects.annotate(
        last_at=Max("calls__answered_at"),
        waiting=Count("calls", filter=waiting),
        given_up=Count("calls", filter=Q(calls__state=CallState.FAILED)),
    ).order_by("name")


def hooks_given_up() -> "QuerySet[Hook]":
    """Webhooks that went off by themselves and that nobody has looked at."""
    return Hook.objects.exclude(off_at=None).exclude(failing_since=None)


def pulls_failing(before: "datetime | Expression") -> "QuerySet[Pull]":
    """Accounts of MoySklad that are asked and have not answered well since before a moment."""
    return Pull.objects.filter(off_at=None, failing_since__lte=before)


def waiting_documents() -> "QuerySet[TillDocument]":
    """Documents that a person decides on."""
    return TillDocument.objects.waiting()


def taken_back(now: datetime) -> "QuerySet[TillDocument]":
    """Documents that their sender deleted or unposted of late, and that nobody has to decide on. One query."""
    gone = TillDocument.objects.filter(reason=Wait.GONE, state=DocumentState.REFUSED, gone_at__gte=now - TOLD_OF_GONE)
    return gone.select_related("source", "purchase").order_by("-gone_at", "-pk")


def documents(state: str = "", source: int = 0, text: str = "") -> "QuerySet[TillDocument]":
    """Documents, the newest first; ``text`` is a part of their own number. Two queries with a page of them."""
    found = TillDocument.objects.select_related("source", "purchase__client").order_by("-pk")
    if state in DocumentState.values:
        found = found.filter(state=state)
    if source:
        found = found.filter(source=source)
    return found.filter(external_id__icontains=text) if text else found


def sales_for(document: TillDocument) -> list[Purchase]:
    """For a return whose sale nobody knows: the newest receipts in which one of its articles stands kept. Three queries."""
    if document.operation != FiscalOperation.RETURN:
        return []
    articles = {line.article for line in intake.read(document).lines}
    kept = Piece.objects.filter(purchase=OuterRef("pk"), article__in=articles, returned_on=None)
    found = Purchase.objects.filter(Exists(kept)).with_sums().select_related("store", "client").prefetch_related("pieces")
    return list(found.order_by("-sold_on", "-pk")[:5])


class WithoutCard(NamedTuple):
    """A sale of nobody known: when it was rung up, by whom, for how much."""

    purchase: Purchase
    at: datetime
    sum: Decimal

    @property
    def minute(self) -> str:
        """On the store's own clock."""
        return f"{self.at.astimezone(self.purchase.store.zone):%H:%M}"


def without_card(stores: Sequence[Store], day: date, limit: int = 12) -> list[WithoutCard]:
    """Kept sales of a day that may still be given their client, the newest first. Two queries."""
    sales = Purchase.objects.filter(store__in=stores, client=None, sold_on=day, created_at__gte=timezone.now() - ATTACHING)
    summed = sales.kept().annotate(total=Sum("pieces__price", filter=Q(pieces__returned_on=None)))
    rows = list(summed.select_related("seller", "store").order_by("-pk")[:limit])
    told = TillDocument.objects.filter(purchase__in=rows, operation=FiscalOperation.SALE).values_list("purchase", "at")
    moments = {purchase: at for purchase, at in told if at}
    found = [WithoutCard(row, moments.get(row.pk, row.created_at), row.total) for row in rows]  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: one.at, reverse=True)
