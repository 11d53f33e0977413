"""Wishes that the catalogue answers: asked of what has changed in it since the last time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from catalogue.models import Article, Stock
from inquiries.models import CatalogueSeen, Inquiry
from inquiries.wishes import Offer, Wish, answers
from messaging import errands
from messaging.models import Errand
from stores.chain_day import day_of
from stores.texts import writing

# A change may be committed later than its moment says.
OVERLAP = timedelta(minutes=10)
BATCH = 2_000


def wish_of(inquiry: Inquiry) -> Wish:
    return Wish(inquiry.kind, inquiry.metal, inquiry.size, inquiry.budget, inquiry.article_key)


def offers(articles: Iterable[Article]) -> list[tuple[Article, Offer]]:
    """Articles as wishes look at them, with the sizes that lie somewhere. One query."""
    articles = list(articles)
    sizes: dict[int, set[str]] = {}
    for article, size in Stock.objects.lying().filter(article__in=articles).values_list("article", "size"):
        sizes.setdefault(article, set()).add(size)
    return [(one, Offer(one.key, one.kind, one.metal, one.price, sizes.get(one.pk, ()))) for one in articles]


def wake(now: datetime) -> int:
    """Compare what has changed in the catalogue with the wishes that wait. Returns how many woke.

    Two queries for 2 000 changed articles, and three for each wish that wakes. The first time there is nothing to compare with.
    """
    seen = CatalogueSeen.objects.first()
    if seen is None:
        CatalogueSeen.objects.create(until=now)
        return 0
    waiting = list(Inquiry.objects.wishing().filter(woken_at=None).select_related("client", "store"))
    woken = 0
    if waiting:
        news = Q(changed_at__gt=seen.until - OVERLAP)
        came = Exists(Stock.objects.lying().filter(news, article=OuterRef("pk")))
        kinds = {inquiry.kind for inquiry in waiting} - {""}
        keys = {inquiry.article_key for inquiry in waiting} - {""}
        changed = Article.objects.filter(news | Q(came)).filter(Q(kind__in=kinds) | Q(key__in=keys)).order_by("pk")
        for batch in _batches(changed):
            woken += _compare(waiting, offers(batch), now)
    CatalogueSeen.objects.filter(pk=seen.pk).update(until=now)
    return woken


def _batches(articles: models.QuerySet[Article]) -> Iterable[list[Article]]:
    last = 0
    while batch := list(articles.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _compare(waiting: list[Inquiry], offered: list[tuple[Article, Offer]], now: datetime) -> int:
    """Wake the wishes that one of the articles answers; they leave those that wait."""
    by_kind: dict[str, list[tuple[Article, Offer]]] = {}
    by_key: dict[str, list[tuple[Article, Offer]]] = {}
    for one in offered:
        by_kind.setdefault(one[1].kind, []).append(one)
        by_key.setdefault(one[1].article_key, []).append(one)
    woken = 0
    for inquiry in list(waiting):
        wish = wish_of(inquiry)
        near = by_key.get(wish.article_key, []) if wish.article_key else by_kind.get(wish.kind, [])
        article = next((article for article, offer in near if answers(offer, wish)), None)
        if article:
            woken += _wake(inquiry, article, now)
            waiting.remove(inquiry)
    return woken


@transaction.atomic
def _wake(inquiry: Inquiry, article: Article, now: datetime) -> int:
    """The next step is today, an errand where there is a card; once, whoever else wakes it too."""
    today = inquiry.store.today(now) if inquiry.store else day_of(now)
    woken = Inquiry.objects.open().filter(pk=inquiry.pk, woken_at=None)
    if not woken.update(woken_at=now, woken_by=article, next_on=today, step_at=now):
        return 0
    if inquiry.client:
        said = _("What they wished for has come: %(article)s, %(price)s")
        reason = said % {"article": article, "price": writing.money(article.price)}
        store = inquiry.store or inquiry.client.home_store
        errand, _is_new = errands.ask_for(
            inquiry.client, store=store, occasion_key=f"wish:{inquiry.pk}:{article.pk}", reason=reason, script=inquiry.wish,
            due_on=today, is_service=True, topic=Errand.Topic.INQUIRY,
        )  # fmt: skip
        Inquiry.objects.filter(pk=inquiry.pk).update(errand=errand)
    return 1


def found_for(inquiry: Inquiry, limit: int = 3) -> list[Article]:
    """Articles that lie in the stores now and are what was wished. Two queries."""
    wish = wish_of(inquiry)
    if not (wish.kind or wish.article_key):
        return []
    meant = Q(key=wish.article_key) if wish.article_key else Q(kind=wish.kind)
    cheap = Q(price__lte=wish.budget) if wish.budget is not None else Q()
    lying = Article.objects.in_stock(size=wish.size).filter(meant, cheap).order_by("-changed_at")
    return [article for article, offer in offers(lying[:50]) if answers(offer, wish)][:limit]
