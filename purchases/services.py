"""Writes about receipts. Each locks the client's row first and renews the derived rows. Public."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from catalogue.kinds import PieceKind
from clients.locking import lock, standing
from clients.models import Client, Wearer
from loyalty.pricing import UNIT, Tariff, Wish
from loyalty.services import NotEnoughError
from purchases import bonuses, payments
from purchases.bonuses import Quote, Tagged
from purchases.models import Piece, Purchase, Uin
from purchases.payments import TenderLine
from stores.models import Employee, Store
from visits import derived


class PieceLine(NamedTuple):
    """A line of a receipt as it was typed. ``price`` is what was paid; loyalty takes off the rest, and says what it earned."""

    article: str
    kind: PieceKind
    price: Decimal
    discount: Decimal = Decimal(0)
    uins: tuple[str, ...] = ()
    tariff: Tariff = Tariff.TAG
    earned: int = 0


class ReceiptTakenError(Exception):
    """The store already has a receipt of this number on this day: ``purchase``."""

    def __init__(self, purchase: Purchase) -> None:
        super().__init__(f"receipt {purchase.receipt_number} is purchase {purchase.pk}")
        self.purchase = purchase


class AlreadyReturnedError(Exception):
    """One of the pieces was returned before."""


class StaleReceiptError(Exception):
    """The receipt is not what the person saw: somebody changed it since."""


class VoidedError(Exception):
    """The receipt was voided: nothing is written on it any more."""


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
    occasion: str = "",
    tenders: Sequence[TenderLine] = (),
    spend: Wish = 0,
) -> Purchase:
    """Save a receipt whole; ``wearer`` is whom the client bought it for. The same ``form_key`` gives the first purchase again.

    ``spend`` bonuses pay for a part of it. Raises ReceiptTakenError, with the other purchase, if the receipt number is taken,
    PaymentsDifferError if the tenders are not the sum of the pieces, NotEnoughError; nothing is saved then.
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
        occasion=occasion,
    )
    try:
        with transaction.atomic():
            purchase.client = standing(client)
            _save_whole(purchase, lines, tenders, spend)
            _renew(purchase)
    except (IntegrityError, NotEnoughError):
        if again := Purchase.written.filter(form_key=key).first():
            return again
        taken = Purchase.objects.filter(
            store=store, sold_on=purchase.sold_on, receipt_number=purchase.receipt_number or ""
        ).first()
        if taken is None:
            raise
        raise ReceiptTakenError(taken) from None
    return purchase


def _save_whole(purchase: Purchase, lines: Sequence[PieceLine], tenders: Sequence[TenderLine], spend: Wish) -> None:
    """The receipt with its pieces, payments and bonuses, at what the bill says."""
    tagged = [Tagged(line.price, line.discount, line.tariff) for line in lines]
    quote = bonuses.binding(tagged, purchase.client, purchase.sold_on, spend)
    lines = _billed(lines, quote) if quote else lines
    paid = payments.settled(tenders, sum((line.price for line in lines), payments.NOTHING))
    purchase.save()
    pieces = _save_lines(purchase, lines)
    if paid:
        payments.save(purchase, paid)
    if quote:
        bonuses.write(purchase, pieces, quote, by=purchase.seller)


def _billed(lines: Sequence[PieceLine], quote: Quote) -> list[PieceLine]:
    return [
        line._replace(price=Decimal(told.paid) / UNIT, discount=Decimal(told.tag - told.paid) / UNIT, earned=told.earns)
        for line, told in zip(lines, quote.bill.lines, strict=True)
    ]


def _renew(purchase: Purchase) -> None:
    if purchase.client_id:
        derived.refresh([purchase.client_id], days=[purchase.sold_on])
    else:
        derived.mark_without_card(purchase.store_id, purchase.sold_on)


def _held(purchase: Purchase) -> Purchase:
    """The receipt as it stands now, locked after its client, another version from now on.

    Raises VoidedError, StaleReceiptError where it became another client's this very moment.
    """
    standing = Purchase.written.select_related("client", "store").get(pk=purchase.pk)
    lock(standing.client)
    if not Purchase.objects.filter(pk=purchase.pk).update(version=F("version") + 1):
        raise VoidedError
    if not Purchase.objects.filter(pk=purchase.pk, client=standing.client_id).exists():
        raise StaleReceiptError
    standing.version += 1
    return standing


def _save_lines(purchase: Purchase, lines: Sequence[PieceLine]) -> list[Piece]:
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
                tariff=line.tariff,
                earned=line.earned,
                occurrence=seen[line.article, line.price],
            )
        )
    made: list[Piece] = bulk_create_with_history(pieces, Piece, default_user=purchase.seller)
    uins = [Uin(piece=piece, number=uin) for piece, line in zip(made, lines, strict=True) for uin in line.uins]
    if uins:
        Uin.objects.bulk_create(uins)
    return made


@transaction.atomic
def return_pieces(purchase: Purchase, pieces: Collection[Piece], *, by: Employee | None, on: date | None = None) -> int:
    """Mark pieces of a receipt as returned on a day. Returns how many.

    Raises AlreadyReturnedError if one of them came back before, VoidedError; nothing changes then.
    """
    purchase = _held(purchase)
    wanted = {piece.pk for piece in pieces}
    locked = list(purchase.pieces.select_for_update().filter(pk__in=wanted, returned_on=None))
    if len(locked) != len(wanted):
        raise AlreadyReturnedError
    for piece in locked:
        piece.returned_on, piece.exchanged_in = on or purchase.store.today(), None
    bulk_update_with_history(locked, Piece, ["returned_on", "exchanged_in"], default_user=by, default_change_reason="returned")
    bonuses.follow(purchase, by=by, on=on or purchase.store.today())
    _renew(purchase)
    return len(locked)


@transaction.atomic
def undo_return(purchase: Purchase, *, by: Employee | None) -> int:
    """Take back the returns of a receipt that were marked today by mistake, but exchanges. Returns how many.

    An exchange is undone by voiding its receipt. Raises VoidedError.
    """
    purchase = _held(purchase)
    pieces = list(purchase.pieces.select_for_update().filter(returned_on=purchase.store.today(), exchanged_in=None))
    for piece in pieces:
        piece.returned_on = None
    if pieces:
        bulk_update_with_history(pieces, Piece, ["returned_on"], default_user=by, default_change_reason="return undone")
    bonuses.follow(purchase, by=by, on=purchase.store.today())
    _renew(purchase)
    return len(pieces)
