"""One question to the client, "all well?", and what a low answer sets going: an errand, and a hold until it is closed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients import rights
from clients.models import LIVE
from messaging import errands, halting, service_texts
from messaging.models import Errand, Pause
from portal.models import Review
from purchases.models import Purchase
from stores import quiet_hours, rules
from stores.models import Store
from workshop.models import ServiceRequest, ServiceStatus

# Days after the hand-out, and after a purchase, on which it is asked; a beat that slept does not lose the question.
AFTER_SERVICE, AFTER_PURCHASE = (1, 3), (5, 7)
# One question a client in so many days.
REST = timedelta(days=30)
LOW = 6
CHANGEABLE = timedelta(days=1)


class TooLateError(Exception):
    """The answer was given, and its day to change it is over."""


def ask_all(now: datetime) -> int:
    """Ask where it is day now; safe to run again at any time. Returns questions asked."""
    if not rules.current().reviews_on:
        return 0
    awake = quiet_hours.awake(Store.objects.open(), now)
    return sum(_ask(review, now) for store in awake for review in _due(store, store.today(now)))


def _due(store: Store, today: date) -> Iterable[Review]:
    """Questions that it is time for, one a client; a service comes before a purchase."""
    asked: set[int] = set()
    for review in [*_after_services(store, today), *_after_purchases(store, today)]:
        if review.client_id not in asked:
            asked.add(review.client_id)
            yield review


def _days(today: date, between: tuple[int, int]) -> tuple[date, date]:
    return today - timedelta(days=between[1]), today - timedelta(days=between[0])


def _lately(today: date) -> "QuerySet[Review]":
    return Review.objects.filter(asked_on__gt=today - REST)


def _not_to_ask(today: date) -> Q:
    """Who was asked lately, and who took back the consent to keep their data."""
    lately, gone = _lately(today).values("client"), rights.taken_back().values("client")
    return Q(client__in=lately) | Q(client__in=gone)


def _after_services(store: Store, today: date) -> Iterable[Review]:
    found = ServiceRequest.objects.filter(
        store=store, status=ServiceStatus.HANDED_OUT, closed_on__range=_days(today, AFTER_SERVICE), client__state__in=LIVE
    ).exclude(_not_to_ask(today))
    for request in found.select_related("client__home_store").order_by("-closed_on", "pk"):
        yield Review(client=request.client, store=store, request=request, asked_on=today)


def _after_purchases(store: Store, today: date) -> Iterable[Review]:
    first, last = _days(today, AFTER_PURCHASE)
    found = Purchase.objects.kept().sold_between(first, last).filter(store=store, client__state__in=LIVE)
    found = found.exclude(_not_to_ask(today))
    for purchase in found.select_related("client__home_store").order_by("-sold_on", "pk"):
        yield Review(client=purchase.client, store=store, purchase=purchase, asked_on=today)


def _ask(review: Review, now: datetime) -> bool:
    """Whether the question went into the outbox; nothing is kept of one that nobody can be asked."""
    try:
        with transaction.atomic():
            review.save()
            values = {"link": address_of(review)}
            told = service_texts.tell(review.client, "review", occasion_key=f"review:{review.pk}", values=values, now=now)
            if told is None:
                review.delete()
    except IntegrityError:  # another worker asked a moment ago
        return False
    return told is not None


def address_of(review: Review) -> str:
    """The personal link: who has it may answer, and sees nothing but the question."""
    return f"{settings.SITE_URL}{reverse('portal:review', args=[review.token])}"


@transaction.atomic
def answer(token: UUID, score: int, words: str, *, now: datetime) -> Review:
    """Keep the answer; within a day it may be changed. A low one is the store's to see to, at once.

    Raises Review.DoesNotExist, TooLateError.
    """
    review = Review.objects.select_for_update(of=("self",)).select_related("client", "store", "errand").get(token=token)
    if review.answered_at and now - review.answered_at > CHANGEABLE:
        raise TooLateError
    review.score, review.words, review.answered_at = score, words.strip(), review.answered_at or now
    if score <= LOW:
        _raise_alarm(review, now)
    review.save()
    return review


def _raise_alarm(review: Review, now: datetime) -> None:
    """In the language of the chain: the errand is read by sellers, whatever the client speaks."""
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("The client is not happy: %(score)s of 10") % {"score": review.score}
        script = review.words or _("Ask what went wrong, apologise, and say what will be done.")
    if review.errand is None:
        review.errand, _new = errands.ask_for(
            review.client, store=review.store, occasion_key=f"review:{review.pk}", reason=reason, script=script,
            due_on=review.store.today(now), is_service=True, topic=errands.Topic.COMPLAINT,
        )  # fmt: skip
        halting.lock(review.client)
        halting.halt([review.client_id], now=now)
        review.pause = Pause.objects.create(client=review.client, reason=reason, until=None)
    else:
        Errand.objects.filter(pk=review.errand.pk).update(reason=reason[:200], script=script)
        if review.errand.outcome != Errand.Outcome.OPEN:  # still not well, though somebody saw to it
            errands.reopen(review.errand, now=now)


def follow_errand(errand: Errand, now: datetime) -> None:
    """Advertising to an unhappy client is paused as long as the errand about it is open."""
    ended = None if errand.outcome == Errand.Outcome.OPEN else now
    Pause.objects.filter(pk__in=Review.objects.filter(errand=errand).values("pause")).update(ended_at=ended)
