"""Another price is asked about: it holds only after the client's yes. Public."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from stores.models import Employee
from stores.opened import ChangedMeanwhileError
from stores.texts import writing
from workshop import telling
from workshop.models import PriceOffer, ServiceRequest
from workshop.refusals import AnsweredError, StatusError
from workshop.story import StepKind, lock_request, note_step, refuse_unseen, save_fields

Answer = PriceOffer.Answer


@transaction.atomic
def offer_price(
    request: ServiceRequest, price: Decimal, *, reason: str, by: Employee, seen: Mapping[str, Any] | None = None
) -> PriceOffer:
    """Ask the client about another price, by a message too; an offer that was open is withdrawn. The agreed price stays
    until their yes. ``seen`` is what the page showed, and no open offer.

    Raises StatusError for a request that is closed, ChangedMeanwhileError.
    """
    locked = lock_request(request)
    if locked.is_closed:
        raise StatusError("closed")
    refuse_unseen(locked, seen)
    if seen is not None and locked.offers.filter(answer=Answer.OPEN).exists():
        raise ChangedMeanwhileError(["price"])
    for former in locked.offers.filter(answer=Answer.OPEN):
        telling.call_off_price(former, now=timezone.now())
    locked.offers.filter(answer=Answer.OPEN).update(answer=Answer.WITHDRAWN, answered_at=timezone.now(), taken_by=by)
    offer = locked.offers.create(price=price, reason=reason, by=by, at=timezone.now())
    telling.tell_price(offer, now=timezone.now())
    note_step(locked, StepKind.PRICE, f"{writing.money(locked.price)} → {writing.money(price)}? {reason}", by)
    return offer


@transaction.atomic
def answer_offer(offer: PriceOffer, agreed: bool, how: str, by: Employee | None) -> ServiceRequest:
    """Record the client's word about a price: a yes makes it the price agreed on. ``by`` is None on the client's own page.

    Raises AnsweredError if the offer, or its request, is open no more.
    """
    locked = lock_request(offer.request)
    if locked.is_closed:
        raise AnsweredError
    answer = Answer.AGREED if agreed else Answer.DECLINED
    open_still = PriceOffer.objects.filter(pk=offer.pk, answer=Answer.OPEN)
    if not open_still.update(answer=answer, how=how, answered_at=timezone.now(), taken_by=by):
        raise AnsweredError
    if agreed:
        locked.price, locked.is_estimate = offer.price, False
        save_fields(locked, ["price", "is_estimate"], by)
    telling.call_off_price(offer, now=timezone.now())
    with translation.override(settings.LANGUAGE_CODE):  # read by sellers, whatever the client speaks
        words = f"{writing.money(offer.price)}: {answer.label}, {PriceOffer.How(how).label}"
    note_step(locked, StepKind.CLIENT, words, by)
    return locked


@transaction.atomic
def withdraw_offer(offer: PriceOffer, *, by: Employee) -> None:
    """The price stays as agreed. Raises AnsweredError if the offer is open no more."""
    locked = lock_request(offer.request)
    open_still = PriceOffer.objects.filter(pk=offer.pk, answer=Answer.OPEN)
    if not open_still.update(answer=Answer.WITHDRAWN, answered_at=timezone.now(), taken_by=by):
        raise AnsweredError
    telling.call_off_price(offer, now=timezone.now())
    note_step(locked, StepKind.PRICE, f"{writing.money(offer.price)}: {Answer.WITHDRAWN.label}", by)
