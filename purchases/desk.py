"""The service desk after intake: steps, hand-out, price, place, master and notes. Each leaves its step in the story. Public."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from purchases import passports, services, telling
from purchases.models import HandOver, Master, PriceOffer, ServiceRequest, ServiceStatus, ServiceStep
from purchases.services import StatusError
from stores.models import Employee, Store

Kind = ServiceStep.Kind
Answer = PriceOffer.Answer


class HandedOutError(StatusError):
    """Somebody handed the piece out already: ``step``."""

    def __init__(self, step: ServiceStep | None) -> None:
        super().__init__("handed out")
        self.step = step


class OnItsWayError(StatusError):
    """The piece is on its way between two stores."""


class AnsweredError(Exception):
    """The offer was answered, or withdrawn, already."""


class PlaceError(Exception):
    """The piece cannot be sent there, or handed out here: it is closed, on its way, or lies elsewhere."""


@transaction.atomic
def move(
    request: ServiceRequest, status: str, *, by: Employee | None, words: str = "", now: datetime | None = None
) -> ServiceRequest:
    """As ``services.move``; the client is told once when all of the ticket is ready, and what waits is called off otherwise."""
    moment = now or timezone.now()
    before = ServiceRequest.objects.values_list("status", flat=True).get(pk=request.pk)
    moved = services.move(request, status, by=by, words=words)
    passports.note_closing(moved)
    if not telling.is_ready(telling.ticket_of(moved)):
        telling.call_off(moved, now=moment)
    elif before in telling.AT_WORK:
        telling.tell_ready(moved, now=moment)
    else:
        telling.tell_after_all(moved, now=moment)
    return moved


@transaction.atomic
def hand_out(
    request: ServiceRequest, *, handed_by: str, by: Employee, words: str = "", stores: Collection[Store] | None = None
) -> ServiceRequest:
    """Give the piece back to who showed ``handed_by``; ``words`` say who came with a document.

    Raises HandedOutError for the second of two, OnItsWayError, PlaceError where it lies in none of ``stores``, OpenOfferError,
    StatusError for what is not ready.
    """
    locked = _to_hand_out(request, stores)
    moved = move(locked, ServiceStatus.HANDED_OUT, by=by, words=words)
    moved.handed_by = handed_by
    _save(moved, ["handed_by"], by)
    return moved


@transaction.atomic
def hand_out_together(
    requests: Sequence[ServiceRequest], *, handed_by: str, by: Employee, words: str, stores: Collection[Store],
    proves: Callable[[], bool],
) -> bool:  # fmt: skip
    """Give back several pieces of a ticket, or none; False if ``proves`` says no, which is asked last: no code is spent in vain.

    Raises as ``hand_out``.
    """
    for request in requests:
        _to_hand_out(request, stores)
    if not proves():
        return False
    for request in requests:
        hand_out(request, handed_by=handed_by, by=by, words=words, stores=stores)
    return True


def _to_hand_out(request: ServiceRequest, stores: Collection[Store] | None) -> ServiceRequest:
    """The request, locked, if it can be handed out now. Raises as ``hand_out``."""
    locked = _locked(request)
    if locked.status == ServiceStatus.HANDED_OUT:
        raise HandedOutError(locked.steps.filter(status=ServiceStatus.HANDED_OUT).select_related("by").last())
    if locked.ways.filter(received_at=None).exists():
        raise OnItsWayError
    if stores is not None and telling.place_of(locked) not in stores:
        raise PlaceError
    if locked.status != ServiceStatus.READY:
        raise StatusError(locked.status)
    if locked.offers.filter(answer=Answer.OPEN).exists():
        raise services.OpenOfferError
    return locked


def set_master(request: ServiceRequest, master: Master | None, *, by: Employee) -> None:
    """Who does the work; None takes it from them."""
    with transaction.atomic():
        locked = _locked(request)
        if locked.master_id == (master.pk if master else None):
            return
        locked.master = master
        _save(locked, ["master"], by)
        _note(locked, Kind.MASTER, master.name if master else "—", by)


def add_note(request: ServiceRequest, words: str, *, by: Employee) -> ServiceStep:
    """A note for ourselves in the story."""
    return _note(request, Kind.NOTE, words, by)


@transaction.atomic
def offer_price(request: ServiceRequest, price: Decimal, *, reason: str, by: Employee) -> PriceOffer:
    """Ask the client about another price, by a message too; an offer that was open is withdrawn. The agreed price stays
    until their yes.

    Raises StatusError for a request that is closed.
    """
    locked = _locked(request)
    if locked.is_closed:
        raise StatusError("closed")
    for former in locked.offers.filter(answer=Answer.OPEN):
        telling.call_off_price(former, now=timezone.now())
    locked.offers.filter(answer=Answer.OPEN).update(answer=Answer.WITHDRAWN, answered_at=timezone.now(), taken_by=by)
    offer = locked.offers.create(price=price, reason=reason, by=by, at=timezone.now())
    telling.tell_price(offer, now=timezone.now())
    _note(locked, Kind.PRICE, f"{_roubles(locked.price)} → {_roubles(price)}? {reason}", by)
    return offer


@transaction.atomic
def answer_offer(offer: PriceOffer, agreed: bool, how: str, by: Employee | None) -> ServiceRequest:
    """Record the client's word about a price: a yes makes it the price agreed on. ``by`` is None on the client's own page.

    Raises AnsweredError if the offer, or its request, is open no more.
    """
    locked = _locked(offer.request)
    if locked.is_closed:
        raise AnsweredError
    answer = Answer.AGREED if agreed else Answer.DECLINED
    open_still = PriceOffer.objects.filter(pk=offer.pk, answer=Answer.OPEN)
    if not open_still.update(answer=answer, how=how, answered_at=timezone.now(), taken_by=by):
        raise AnsweredError
    if agreed:
        locked.price, locked.is_estimate = offer.price, False
        _save(locked, ["price", "is_estimate"], by)
    telling.call_off_price(offer, now=timezone.now())
    with translation.override(settings.LANGUAGE_CODE):  # read by sellers, whatever the client speaks
        words = f"{_roubles(offer.price)}: {answer.label}, {PriceOffer.How(how).label}"
    _note(locked, Kind.CLIENT, words, by)
    return locked


@transaction.atomic
def withdraw_offer(offer: PriceOffer, *, by: Employee) -> None:
    """The price stays as agreed. Raises AnsweredError if the offer is open no more."""
    locked = _locked(offer.request)
    open_still = PriceOffer.objects.filter(pk=offer.pk, answer=Answer.OPEN)
    if not open_still.update(answer=Answer.WITHDRAWN, answered_at=timezone.now(), taken_by=by):
        raise AnsweredError
    telling.call_off_price(offer, now=timezone.now())
    _note(locked, Kind.PRICE, f"{_roubles(offer.price)}: {Answer.WITHDRAWN.label}", by)


@transaction.atomic
def correct(request: ServiceRequest, facts: Mapping[str, Any], *, by: Employee) -> list[str]:
    """Put right what was written down at intake, price excepted; the story says what was there. Returns the changed fields.

    Raises StatusError for a request that is closed.
    """
    locked = _locked(request)
    if locked.is_closed:
        raise StatusError("closed")
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    words = [f"{_label(locked, name)}: {_shown(getattr(locked, name))} → {_shown(facts[name])}" for name in changed]
    for name in changed:
        setattr(locked, name, facts[name])
    if changed:
        _save(locked, changed, by)
        _note(locked, Kind.NOTE, "; ".join(words), by)
    return changed


def _label(request: ServiceRequest, name: str) -> str:
    return str(request._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "+" if value else "−"
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return "—" if value in (None, "") else str(value)


@transaction.atomic
def send(request: ServiceRequest, to: Store, *, by: Employee) -> HandOver:
    """Send a piece from where it lies to another store. Raises PlaceError."""
    locked = _locked(request)
    place = telling.place_of(locked)
    if locked.is_closed or place == to or locked.ways.filter(received_at=None).exists():
        raise PlaceError
    way = locked.ways.create(from_store=place, to_store=to, sent_at=timezone.now(), sent_by=by)
    _note(locked, Kind.PLACE, f"{place} → {to}", by)
    telling.call_off(locked, now=timezone.now())
    return way


@transaction.atomic
def receive(way: HandOver, *, by: Employee) -> ServiceRequest:
    """The piece has arrived; the client of one that is ready is told to come here. Received twice is received once."""
    locked = _locked(way.request)
    on_its_way = HandOver.objects.filter(pk=way.pk, received_at=None)
    if on_its_way.update(received_at=timezone.now(), received_by=by):
        locked.held_in = None if way.to_store_id == locked.store_id else way.to_store
        _save(locked, ["held_in"], by)
        _note(locked, Kind.PLACE, f"✓ {way.to_store}", by)
        if locked.status == ServiceStatus.READY:
            telling.tell_ready(locked, now=timezone.now())
    return locked


def _locked(request: ServiceRequest) -> ServiceRequest:
    """The request as it is now, behind its client's lock: the order in which every write here takes them."""
    services.lock(request.client)
    return ServiceRequest.objects.select_for_update(of=("self",)).select_related("client", "store", "held_in").get(pk=request.pk)


def _save(request: ServiceRequest, fields: list[str], by: Employee | None) -> None:
    request._history_user = by  # type: ignore[attr-defined]
    request.save(update_fields=fields)


def _note(request: ServiceRequest, kind: Kind, words: str, by: Employee | None) -> ServiceStep:
    return ServiceStep.objects.create(
        request=request, kind=kind, status=request.status, words=words[:300], at=timezone.now(), by=by
    )


def _roubles(value: Decimal | None) -> str:
    return "—" if value is None else telling.in_roubles(value)
