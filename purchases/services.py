"""Writes about receipts and service requests. Each locks the client's row first and renews the derived rows."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clients.models import CardState, Client, Wearer
from purchases import derived
from purchases.models import Kind, Piece, Purchase, ServiceRequest, ServiceStatus, ServiceStep, Uin
from stores.models import Employee, Store


class PieceLine(NamedTuple):
    """A line of a receipt as it was typed. ``price`` is what was paid."""

    article: str
    kind: Kind
    price: Decimal
    discount: Decimal = Decimal(0)
    uins: tuple[str, ...] = ()


class ReceiptTakenError(Exception):
    """The store already has a receipt of this number on this day: ``purchase``."""

    def __init__(self, purchase: Purchase) -> None:
        super().__init__(f"receipt {purchase.receipt_number} is purchase {purchase.pk}")
        self.purchase = purchase


class AlreadyReturnedError(Exception):
    """One of the pieces was returned before."""


class StatusError(Exception):
    """A service request cannot go from its status to the one asked for."""


class OpenOfferError(StatusError):
    """The client has not answered yet about another price."""


def sell(
    lines: Sequence[PieceLine],
    *,
    store: Store,
    seller: Employee | None,
    client: Client | None = None,
    no_card_reason: str = "",
    sold_on: date | None = None,
    receipt_number: str = "",
    form_key: UUID | None = None,
    wearer: Wearer | None = None,
) -> Purchase:
    """Save a receipt whole; ``wearer`` is whom the client bought it for. The same ``form_key`` gives the first purchase again.

    Raises ReceiptTakenError, with the other purchase, if the receipt number is taken; nothing is saved then.
    """
    key = form_key or uuid4()
    purchase = Purchase(
        store=store,
        client=client,
        no_card_reason=no_card_reason,
        sold_on=sold_on or store.today(),
        receipt_number=receipt_number.strip() or None,
        seller=seller,
        form_key=key,
        wearer=wearer,
    )
    try:
        with transaction.atomic():
            purchase.client = standing(client)
            purchase.save()
            _save_lines(purchase, lines)
            _renew(purchase)
    except IntegrityError:
        if again := Purchase.objects.filter(form_key=key).first():
            return again
        taken = Purchase.objects.filter(
            store=store, sold_on=purchase.sold_on, receipt_number=purchase.receipt_number or ""
        ).first()
        if taken is None:
            raise
        raise ReceiptTakenError(taken) from None
    return purchase


class GoneError(Exception):
    """The person was erased meanwhile: nothing is written on their card any more."""


def lock(client: Client | None) -> Client | None:
    """Take the client's row for this transaction, before any other. Returns the card that stands for it now.

    A card may have become part of another between the form and here.
    """
    locked = client and Client.objects.select_for_update().get(pk=client.pk)
    while locked and locked.state == CardState.MERGED and locked.merged_into_id:
        locked = Client.objects.select_for_update().get(pk=locked.merged_into_id)
    return locked


def standing(client: Client | None) -> Client | None:
    """As ``lock``, for what is written anew. Raises GoneError where the person was erased."""
    locked = lock(client)
    if locked and locked.state == CardState.ERASED:
        raise GoneError
    return locked


def _renew(purchase: Purchase) -> None:
    if purchase.client_id:
        derived.refresh([purchase.client_id], days=[purchase.sold_on])
    else:
        derived.mark_without_card(purchase.store_id, purchase.sold_on)


def _save_lines(purchase: Purchase, lines: Sequence[PieceLine]) -> None:
    seen: Counter[tuple[str, Decimal]] = Counter()
    pieces = []
    for line in lines:
        seen[line.article, line.price] += 1
        pieces.append(
            Piece(
                purchase=purchase,
                article=line.article,
                kind=line.kind,
                price=line.price,
                discount=line.discount,
                occurrence=seen[line.article, line.price],
            )
        )
    made = bulk_create_with_history(pieces, Piece, default_user=purchase.seller)
    uins = [Uin(piece=piece, number=uin) for piece, line in zip(made, lines, strict=True) for uin in line.uins]
    if uins:
        Uin.objects.bulk_create(uins)


@transaction.atomic
def return_pieces(purchase: Purchase, pieces: Collection[Piece], *, by: Employee | None, on: date | None = None) -> int:
    """Mark pieces of a receipt as returned on a day. Returns how many.

    Raises AlreadyReturnedError if one of them came back before; nothing changes then.
    """
    lock(purchase.client)
    wanted = {piece.pk for piece in pieces}
    locked = list(purchase.pieces.select_for_update().filter(pk__in=wanted, returned_on=None))
    if len(locked) != len(wanted):
        raise AlreadyReturnedError
    for piece in locked:
        piece.returned_on = on or purchase.store.today()
    bulk_update_with_history(locked, Piece, ["returned_on"], default_user=by, default_change_reason="returned")
    _renew(purchase)
    return len(locked)


@transaction.atomic
def undo_return(purchase: Purchase, *, by: Employee | None) -> int:
    """Take back the returns of a receipt that were marked today by mistake. Returns how many."""
    lock(purchase.client)
    pieces = list(purchase.pieces.select_for_update().filter(returned_on=purchase.store.today()))
    for piece in pieces:
        piece.returned_on = None
    if pieces:
        bulk_update_with_history(pieces, Piece, ["returned_on"], default_user=by, default_change_reason="return undone")
    _renew(purchase)
    return len(pieces)


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


STEPS: dict[str, tuple[str, ...]] = {
    ServiceStatus.RECEIVED: (ServiceStatus.IN_WORK, ServiceStatus.READY, ServiceStatus.CANCELLED),
    ServiceStatus.IN_WORK: (ServiceStatus.READY, ServiceStatus.CANCELLED),
    ServiceStatus.READY: (ServiceStatus.HANDED_OUT, ServiceStatus.IN_WORK),
    ServiceStatus.HANDED_OUT: (ServiceStatus.READY,),
    ServiceStatus.CANCELLED: (ServiceStatus.RECEIVED,),
}


@transaction.atomic
def move(request: ServiceRequest, status: str, *, by: Employee | None, words: str = "") -> ServiceRequest:
    """Take a request to its next status, or one back; ``purchases.desk`` also tells the client.

    Raises StatusError for a step that is none, OpenOfferError where the client has not answered about the price.
    """
    lock(request.client)
    locked = ServiceRequest.objects.select_for_update().select_related("store").get(pk=request.pk)
    if status == locked.status:
        return locked
    if status not in STEPS[locked.status]:
        raise StatusError(f"{locked.status} → {status}")
    if status in (ServiceStatus.READY, ServiceStatus.HANDED_OUT) and locked.offers.filter(answer="open").exists():
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
