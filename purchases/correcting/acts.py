"""A receipt put right. Each act locks the clients first, then the receipt, keeps what stood before, and renews the figures.

All take the ``version`` that the person saw, and raise StaleReceiptError where the receipt has changed since.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from clients import locking
from clients.models import CardState, Client
from loyalty.certificates import acts as certificates
from messaging import halting
from purchases import bonuses, noticing, payments
from purchases.correcting import contents
from purchases.correcting.contents import Contents
from purchases.models import Act, Correction, Piece, Purchase, TenderKind
from purchases.orders import acts as orders
from purchases.payments import TenderLine
from purchases.services import ReceiptTakenError, StaleReceiptError, VoidedError
from stores.models import Employee
from visits import derived


class ExchangedPieceError(Exception):
    """Something hangs on a piece that was exchanged: that receipt must be voided first, or cannot come back."""


class NothingToUndoError(Exception):
    """The last thing that happened to the receipt is no correction."""


@transaction.atomic
def correct(purchase: Purchase, *, wanted: Contents, version: int, by: Employee | None) -> Correction | None:
    """Pieces, number, day, wearer, occasion and payments become what is wanted; None where they were so already.

    One payment of one kind follows the new sum. Raises PaymentsDifferError, ReceiptTakenError, ExchangedPieceError, VoidedError.
    """
    locked = _opened(purchase, version)
    _refuse_voided(locked)
    before = contents.of(locked)
    _refuse_exchanged(locked, before, wanted)
    wanted = replace(wanted, client=before.client, voided="", tenders=_following(locked, before, wanted))
    return None if wanted == before else _write(locked, before, wanted, Act.CORRECTED, by)


@transaction.atomic
def attach_client(purchase: Purchase, *, client: Client, version: int, by: Employee | None) -> Correction | None:
    """The receipt is this client's: one that had no card gets it, a wrong client is replaced; None where it was theirs.

    Raises GoneError where the person was erased meanwhile, VoidedError.
    """
    cards = _lock([purchase, client.pk])
    locked = _opened(purchase, version, cards)
    _refuse_voided(locked)
    card = cards[client.pk]
    if card.state == CardState.ERASED:
        raise locking.GoneError
    before = contents.of(locked)
    if before.client == card.pk:
        return None
    wanted = replace(before, client=card.pk, no_card_reason="", wearer=None)
    return _write(locked, before, wanted, Act.ATTACHED, by)


@transaction.atomic
def void(purchase: Purchase, *, reason: str, version: int, by: Employee | None) -> Correction:
    """As if the receipt had never been, but to read; its number is free, and what came back for it is with the client again.

    Raises VoidedError where it is void already, ExchangedPieceError.
    """
    locked = _opened(purchase, version)
    _refuse_voided(locked)
    if _exchanged(locked):
        raise ExchangedPieceError
    before = contents.of(locked)
    return _write(locked, before, replace(before, voided=reason.strip()[:200]), Act.VOIDED, by)


@transaction.atomic
def restore(purchase: Purchase, *, version: int, by: Employee) -> Correction:
    """A voided receipt stands again.

    Raises ReceiptTakenError where its number is another's by now, ExchangedPieceError, OrderMovedOnError.
    """
    locked = _opened(purchase, version)
    if not locked.is_voided:
        raise StaleReceiptError
    before = contents.of(locked)
    return _write(locked, before, replace(before, voided=""), Act.RESTORED, by)


@transaction.atomic
def undo(purchase: Purchase, *, version: int, by: Employee) -> Correction:
    """What stood before the last correction stands again. Raises NothingToUndoError, and what its act would."""
    last = purchase.corrections.first()
    if last is None or last.act == Act.UNDONE:
        raise NothingToUndoError
    wanted = Contents.from_json(last.before)
    cards = _lock([purchase, wanted.client])
    locked = _opened(purchase, version, cards)
    if last.version != locked.version:
        raise NothingToUndoError
    client = cards[wanted.client].pk if wanted.client else None
    before = contents.of(locked)
    _refuse_exchanged(locked, before, wanted)
    return _write(locked, before, replace(wanted, client=client), Act.UNDONE, by)


def last_to_undo(purchase: Purchase) -> Correction | None:
    """The correction that can be undone: the last thing that happened to the receipt. One query."""
    last = purchase.corrections.first()
    return last if last and last.version == purchase.version and last.act != Act.UNDONE else None


def _lock(wanted: Iterable[Purchase | int | None]) -> dict[int, Client]:
    """The clients of receipts, of what came back for them, and others, locked in the order of their keys."""
    keys: set[int | None] = set()
    for one in wanted:
        if isinstance(one, Purchase):
            keys.update(Purchase.written.filter(pk=one.pk).values_list("client", flat=True))
            keys.update(one.taken_back.values_list("purchase__client", flat=True))
        else:
            keys.add(one)
    return locking.lock_all([key for key in keys if key])


def _opened(purchase: Purchase, version: int, cards: dict[int, Client] | None = None) -> Purchase:
    cards = _lock([purchase]) if cards is None else cards
    locked = Purchase.written.select_for_update(of=("self",)).select_related("store").get(pk=purchase.pk)
    if locked.version != version or (locked.client_id and locked.client_id not in cards):
        raise StaleReceiptError
    return locked


def _refuse_voided(purchase: Purchase) -> None:
    if purchase.is_voided:
        raise VoidedError


def _exchanged(purchase: Purchase) -> set[int]:
    """Pieces for which something else was taken, in a receipt that stands."""
    return set(purchase.pieces.filter(exchanged_in__voided_at=None).exclude(exchanged_in=None).values_list("pk", flat=True))


def _refuse_exchanged(purchase: Purchase, before: Contents, wanted: Contents) -> None:
    """What was exchanged stays what it was: the sum of the other receipt rests on it."""
    fixed = _exchanged(purchase)
    was, becomes = ({piece.pk: piece for piece in state.pieces} for state in (before, wanted))
    if any(becomes.get(key) is None or becomes[key].price != was[key].price for key in fixed):
        raise ExchangedPieceError


def _came_back(purchase: Purchase) -> Decimal:
    return sum((piece.price for piece in purchase.taken_back.all()), payments.NOTHING)


def _following(purchase: Purchase, before: Contents, wanted: Contents) -> tuple[TenderLine, ...]:
    """What certificates paid stays, as far as there is so much to pay; one other payment of one kind follows the rest."""
    to_pay = contents.to_pay(wanted, _came_back(purchase))
    is_known = any(one.kind == TenderKind.CERTIFICATE for one in before.tenders)
    spent = certificates.spent_in(purchase.loyalty_key) if is_known else payments.NOTHING
    by_certificates = max(payments.NOTHING, min(to_pay, spent))
    tenders, was = (
        tuple(one for one in state.tenders if not by_certificates or one.kind != TenderKind.CERTIFICATE)
        for state in (wanted, before)
    )
    if len(tenders) == 1 and tenders == was:
        tenders = (TenderLine(tenders[0].kind),)
    return payments.settled(tenders, to_pay, by_certificates)


def _write(purchase: Purchase, before: Contents, wanted: Contents, act: Act, by: Employee | None) -> Correction:
    try:
        with transaction.atomic():
            _refuse_taken(purchase, wanted)
            after = contents.write(purchase, wanted, by=by, why=act)
    except IntegrityError:
        _refuse_taken(purchase, wanted)
        raise
    others = _give_back(purchase, before, by) if after.voided and not before.voided else []
    others += _take_again(purchase, by) if before.voided and not after.voided else []
    if by and after.voided and not before.voided:  # a till, which is nobody, voids nothing
        orders.unsell(purchase, by=by)
    if by and before.voided and not after.voided:
        orders.sell_again(purchase, by=by)
    _follow_bonuses(purchase, before, after, others, by)
    _renew(purchase, before, after, others)
    return Correction.objects.create(
        purchase=purchase, act=act, version=purchase.version, before=before.as_json(), after=after.as_json(), by=by
    )


def _refuse_taken(purchase: Purchase, wanted: Contents) -> None:
    if not wanted.number or wanted.voided:
        return
    others = Purchase.objects.filter(
        store=purchase.store_id, sold_on=wanted.sold_on, receipt_number=wanted.number, till_key=purchase.till_key
    )
    if taken := others.exclude(pk=purchase.pk).first():
        raise ReceiptTakenError(taken)


def _give_back(purchase: Purchase, before: Contents, by: Employee | None) -> list[Piece]:
    """What came back for a receipt that is voided did not come back."""
    pieces = list(purchase.taken_back.select_related("purchase"))
    for piece in pieces:
        piece.returned_on = None
    noticing.undone(pieces, on=purchase.store.today())
    return _save_returns(pieces, by)


def _take_again(purchase: Purchase, by: Employee | None) -> list[Piece]:
    """The same comes back with it, if it is all still there to come."""
    voided = purchase.corrections.filter(act=Act.VOIDED).first()
    pieces = list(purchase.taken_back.select_related("purchase").order_by("pk"))
    still = [piece.pk for piece in pieces if piece.returned_on is None and not piece.purchase.is_voided]
    if voided and still != voided.before["came_back"]:
        raise ExchangedPieceError
    for piece in pieces:
        piece.returned_on = purchase.sold_on
    noticing.returned(pieces, in_exchange=True)
    return _save_returns(pieces, by)


def _save_returns(pieces: Collection[Piece], by: Employee | None) -> list[Piece]:
    if pieces:
        bulk_update_with_history(list(pieces), Piece, ["returned_on"], default_user=by, default_change_reason="exchange")
        Purchase.written.filter(pk__in={piece.purchase_id for piece in pieces}).update(version=F("version") + 1)
    return list(pieces)


def _follow_bonuses(
    purchase: Purchase, before: Contents, after: Contents, others: Collection[Piece], by: Employee | None
) -> None:
    """What was spent and earned, and what certificates paid, follows the receipt, and those whose pieces came back for it."""
    was, is_ = ((state.client, state.sold_on, [(piece.pk, piece.price) for piece in state.pieces]) for state in (before, after))
    today = purchase.store.today()
    bonuses.follow(purchase, by=by, on=today, anew=was != is_, whose=before.client)
    payments.follow(purchase, by=by, on=today)
    for other in Purchase.written.filter(pk__in={piece.purchase_id for piece in others}):
        bonuses.follow(other, by=by, on=today)
        payments.follow(other, by=by, on=today)


def _renew(purchase: Purchase, before: Contents, after: Contents, others: Collection[Piece]) -> None:
    """The figures of whoever had the receipt and has it now, and of those whose pieces came back for it."""
    touched = {(purchase.store_id, state.sold_on, state.client) for state in (before, after)}
    touched |= {(piece.purchase.store_id, piece.purchase.sold_on, piece.purchase.client_id) for piece in others}
    days = {day for _store, day, _client in touched}
    derived.refresh({client for _store, _day, client in touched if client}, days=days)
    now = timezone.now()
    if after.client and after.client != before.client and halting.is_fresh(after.sold_on, now):
        halting.halt([after.client], now=now)
    for store, day, client in touched:
        if client is None:
            derived.mark_without_card(store, day)
