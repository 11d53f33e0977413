"""A piece is sent to another store and arrives there. Public."""

from django.db import transaction
from django.utils import timezone

from stores.models import Employee, Store
from workshop import telling
from workshop.models import HandOver, ServiceRequest, ServiceStatus
from workshop.refusals import PlaceError
from workshop.story import StepKind, lock_request, note_step, save_fields


@transaction.atomic
def send(request: ServiceRequest, to: Store, *, by: Employee) -> HandOver:
    """Send a piece from where it lies to another store. Raises PlaceError."""
    locked = lock_request(request)
    place = telling.place_of(locked)
    if locked.is_closed or place == to or locked.ways.filter(received_at=None).exists():
        raise PlaceError
    way = locked.ways.create(from_store=place, to_store=to, sent_at=timezone.now(), sent_by=by)
    note_step(locked, StepKind.PLACE, f"{place} → {to}", by)
    telling.call_off(locked, now=timezone.now())
    return way


@transaction.atomic
def receive(way: HandOver, *, by: Employee) -> ServiceRequest:
    """The piece has arrived; the client of one that is ready is told to come here. Received twice is received once."""
    locked = lock_request(way.request)
    on_its_way = HandOver.objects.filter(pk=way.pk, received_at=None)
    if on_its_way.update(received_at=timezone.now(), received_by=by):
        locked.lies_in = None if way.to_store_id == locked.store_id else way.to_store
        save_fields(locked, ["lies_in"], by)
        note_step(locked, StepKind.PLACE, f"✓ {way.to_store}", by)
        if locked.status == ServiceStatus.READY:
            telling.tell_ready(locked, now=timezone.now())
    return locked
