"""The service desk after intake: steps, hand-out, master, notes and corrections. Each leaves its step in the story. Public."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from clients.locking import lock
from stores import opened
from stores.models import Employee, Store
from stores.opened import Edit
from visits import derived
from workshop import passports, telling
from workshop.models import Master, PriceOffer, ServiceRequest, ServiceStatus, ServiceStep
from workshop.refusals import HandedOutError, OnItsWayError, OpenOfferError, PlaceError, StatusError
from workshop.story import StepKind, label_of, lock_request, note_step, refuse_unseen, save_fields, value_in_words

STEPS: dict[str, tuple[str, ...]] = {
    ServiceStatus.RECEIVED: (ServiceStatus.IN_WORK, ServiceStatus.READY, ServiceStatus.CANCELLED),
    ServiceStatus.IN_WORK: (ServiceStatus.READY, ServiceStatus.CANCELLED),
    ServiceStatus.READY: (ServiceStatus.HANDED_OUT, ServiceStatus.IN_WORK),
    ServiceStatus.HANDED_OUT: (ServiceStatus.READY,),
    ServiceStatus.CANCELLED: (ServiceStatus.RECEIVED,),
}


@transaction.atomic
def move(
    request: ServiceRequest, status: str, *, by: Employee | None, words: str = "", now: datetime | None = None,
    seen: Mapping[str, Any] | None = None,
) -> ServiceRequest:  # fmt: skip
    """Take a request to its next status, or one back; ``seen`` is what its page showed.

    The client is told once when all of the ticket is ready; what waits to be told is called off otherwise.
    Raises StatusError for a step that is none, OpenOfferError where the client has not answered about the price,
    ChangedMeanwhileError.
    """
    moment = now or timezone.now()
    before = ServiceRequest.objects.values_list("status", flat=True).get(pk=request.pk)
    moved = _take_step(request, status, by=by, words=words, seen=seen)
    passports.note_closing(moved)
    if not telling.is_ready(telling.ticket_of(moved)):
        telling.call_off(moved, now=moment)
    elif before in telling.AT_WORK:
        telling.tell_ready(moved, now=moment)
    else:
        telling.tell_after_all(moved, now=moment)
    return moved


def _take_step(
    request: ServiceRequest, status: str, *, by: Employee | None, words: str = "", seen: Mapping[str, Any] | None = None
) -> ServiceRequest:
    """The step itself, without a word to the client. Raises as ``move``."""
    lock(request.client)
    locked = ServiceRequest.objects.select_for_update().select_related("store").get(pk=request.pk)
    if status == locked.status:
        return locked
    refuse_unseen(locked, seen)
    if status not in STEPS[locked.status]:
        raise StatusError(f"{locked.status} → {status}")
    if status in (ServiceStatus.READY, ServiceStatus.HANDED_OUT) and locked.offers.filter(answer=PriceOffer.Answer.OPEN).exists():
        raise OpenOfferError
    counted_before = locked.status != ServiceStatus.CANCELLED
    _note_days(locked, status)
    locked._history_user = by  # type: ignore[attr-defined]
    locked.save(update_fields=["status", "ready_on", "closed_on", "handed_by"])
    ServiceStep.objects.create(request=locked, status=status, words=words[:300], at=timezone.now(), by=by)
    if counted_before != (status != ServiceStatus.CANCELLED):
        derived.refresh([locked.client_id], days=[locked.accepted_on])
    return locked


def _note_days(request: ServiceRequest, status: str) -> None:
    """Status with the days that belong to it, of the store's calendar; a step back clears them."""
    today = request.store.today()
    is_closing = status in (ServiceStatus.HANDED_OUT, ServiceStatus.CANCELLED)
    if status == ServiceStatus.READY:
        request.ready_on = request.ready_on if request.status == ServiceStatus.HANDED_OUT else today
    elif not is_closing:
        request.ready_on = None
    request.status, request.closed_on = status, today if is_closing else None
    request.handed_by = request.handed_by if is_closing else ""


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
    save_fields(moved, ["handed_by"], by)
    return moved


@transaction.atomic
def hand_out_together(
    requests: Sequence[ServiceRequest], *, handed_by: str, by: Employee, words: str, stores: Collection[Store],
    proves: Callable[[], bool], seen: Mapping[str, Any] | None = None,
) -> bool:  # fmt: skip
    """Give back several pieces of a ticket, or none; False if ``proves`` says no, which is asked last: no code is spent in vain.

    ``seen`` is what the page of the first showed. Raises as ``hand_out``, and ChangedMeanwhileError.
    """
    locked = [_to_hand_out(request, stores) for request in requests]
    refuse_unseen(locked[0], seen)
    if not proves():
        return False
    for request in requests:
        hand_out(request, handed_by=handed_by, by=by, words=words, stores=stores)
    return True


def _to_hand_out(request: ServiceRequest, stores: Collection[Store] | None) -> ServiceRequest:
    """The request, locked, if it can be handed out now. Raises as ``hand_out``."""
    locked = lock_request(request)
    if locked.status == ServiceStatus.HANDED_OUT:
        raise HandedOutError(locked.steps.filter(status=ServiceStatus.HANDED_OUT).select_related("by").last())
    if locked.ways.filter(received_at=None).exists():
        raise OnItsWayError
    if stores is not None and telling.place_of(locked) not in stores:
        raise PlaceError
    if locked.status != ServiceStatus.READY:
        raise StatusError(locked.status)
    if locked.offers.filter(answer=PriceOffer.Answer.OPEN).exists():
        raise OpenOfferError
    return locked


def set_master(request: ServiceRequest, master: Master | None, *, by: Employee) -> None:
    """Who does the work; None takes it from them."""
    with transaction.atomic():
        locked = lock_request(request)
        if locked.master_id == (master.pk if master else None):
            return
        locked.master = master
        save_fields(locked, ["master"], by)
        note_step(locked, StepKind.MASTER, master.name if master else "—", by)


def add_note(request: ServiceRequest, words: str, *, by: Employee) -> ServiceStep:
    """A note for ourselves in the story."""
    return note_step(request, StepKind.NOTE, words, by)


@transaction.atomic
def correct(request: ServiceRequest, edit: Edit, *, by: Employee) -> list[str]:
    """Put right what a person changed of what was written down at intake, price excepted; the story says what was there.

    Returns the changed fields. Raises StatusError for a request that is closed, ChangedMeanwhileError.
    """
    locked = lock_request(request)
    if locked.is_closed:
        raise StatusError("closed")
    facts = edit.onto(opened.standing(locked, list(edit.wanted)))
    changed = list(facts)
    words = [
        f"{label_of(locked, name)}: {value_in_words(getattr(locked, name))} → {value_in_words(facts[name])}" for name in changed
    ]
    for name in changed:
        setattr(locked, name, facts[name])
    if changed:
        save_fields(locked, changed, by)
        note_step(locked, StepKind.NOTE, "; ".join(words), by)
    return changed
