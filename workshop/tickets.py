"""Tickets are taken in: their envelopes, their number, and the day on the client's time line."""

from collections.abc import Sequence
from uuid import uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from clients.locking import standing
from messaging import halting
from stores.models import Employee, Store
from visits import derived
from workshop.models import ServiceRequest


def take_in(request: ServiceRequest, *, by: Employee) -> ServiceRequest:
    """Save a service request of one envelope; ``take_in_together`` says the rest."""
    return take_in_together([request], by=by)[0]


def take_in_together(requests: Sequence[ServiceRequest], *, by: Employee) -> list[ServiceRequest]:
    """Save the envelopes of one ticket, give it a number and put the day on the client's time line; all or nothing.

    The ``form_key`` of the first stands for all: the same again gives the requests of the first time.
    """
    first = requests[0]
    try:
        with transaction.atomic():
            whose = standing(first.client)
            for request in requests:
                request.client = whose or request.client
            first.number = first.number or _next_ticket(first.store)
            for place, request in enumerate(requests, 1):
                _save_envelope(request, first, place, len(requests), by)
            derived.refresh([first.client_id], days=[first.accepted_on])
            if halting.is_fresh(first.accepted_on, timezone.now()):
                halting.halt([first.client_id], now=timezone.now())
    except IntegrityError:
        again = ServiceRequest.objects.filter(form_key=first.form_key).first()
        if again is None:
            raise
        return list(ServiceRequest.objects.beside(again).order_by("envelope"))
    return list(requests)


def _save_envelope(request: ServiceRequest, first: ServiceRequest, place: int, of: int, by: Employee) -> None:
    request.accepted_by, request.number = by, first.number
    request.accepted_on = first.accepted_on or first.store.today()
    request.envelope, request.envelopes = place, of
    if request is not first:
        request.form_key = uuid5(first.form_key, str(place))
    request.save()
    request.steps.create(status=request.status, at=timezone.now(), by=by)


def _next_ticket(store: Store) -> str:
    """``12-000345``: the store's key and its own count; taken under a lock on the store."""
    Store.objects.select_for_update().get(pk=store.pk)
    prefix = f"{store.pk}-"
    # The range is read along the index of numbers; lists may have brought others, which the pattern leaves out.
    ours = ServiceRequest.objects.filter(
        number__range=(f"{prefix}000000", f"{prefix}999999"), number__regex=rf"^{prefix}[0-9]{{6}}$"
    )
    last = ours.filter(store=store).order_by("-number").first()
    return f"{prefix}{int(last.number.removeprefix(prefix)) + 1 if last else 1:06d}"
